"""Office files that are the same bytes for the same content: every part with one date, none of its own."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# What a file is dated with that has no date of its own.
EPOCH = datetime(2000, 1, 1)
_DATE = (1980, 1, 1, 0, 0, 0)
_ABOUT = "docProps/core.xml"
_PREVIEW = "docProps/thumbnail.jpeg"  # of the empty template
_PREVIEWED = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
_WHEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def packed(
    content: bytes, *, created: datetime, changed: Mapping[str, Callable[[bytes], bytes]] | None = None
) -> bytes:
    """The file with its parts dated alike, itself dated when its figures were published, some parts changed.

    The preview that a template brings along is left out: it shows nothing of the content.
    """
    when = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=5) as after:
        for name in before.namelist():
            if name == _PREVIEW:
                continue
            part = before.read(name)
            part = changed[name](part) if changed and name in changed else part
            part = _WHEN.sub(rb"\g<1>" + when, part) if name == _ABOUT else part
            part = _PREVIEWED.sub(b"", part) if name == "_rels/.rels" else part
            info = ZipInfo(name, _DATE)
            info.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED  # which a PNG is already
            info.external_attr = 0o600 << 16
            after.writestr(info, part)
    return out.getvalue()
