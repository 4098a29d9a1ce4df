"""Office files that are the same bytes for the same content: every part with one date, none of its own."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DATE = (1980, 1, 1, 0, 0, 0)


def packed(content: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The file with its parts dated alike, and some of them replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=5) as after:
        for name in before.namelist():
            part = (replaced or {}).get(name, before.read(name))
            info = ZipInfo(name, _DATE)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            after.writestr(info, part)
    return out.getvalue()
