"""Whether a zipped workbook is safe to unpack, decided before anything is unpacked."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from indicators.errors import Invalid

MOST_ENTRIES = 2_000
MOST_UNPACKED = 300 * 2**20
MOST_RATIO = 250
_SMALL = 4 * 2**20
_HEAD = 8_192


def open_archive(content: bytes) -> ZipFile:
    """The archive, if it is whole and no bomb.

    Raises Invalid("workbook.corrupt"), Invalid("workbook.bomb") and Invalid("workbook.entities").
    """
    try:
        archive = ZipFile(BytesIO(content))
    except (BadZipFile, ValueError, OSError, EOFError):
        raise Invalid("workbook.corrupt") from None
    _refuse_bombs(archive, len(content))
    _refuse_entities(archive)
    return archive


def _refuse_bombs(archive: ZipFile, packed: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    is_dense = unpacked > _SMALL and unpacked > MOST_RATIO * max(packed, 1)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_dense:
        raise Invalid("workbook.bomb", entries=len(entries), size=round(unpacked / 2**20))


def _refuse_entities(archive: ZipFile) -> None:
    """No workbook needs a document type; one that has it means to blow up its reader."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            try:
                with archive.open(name) as part:
                    head = part.read(_HEAD)
            except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
                raise Invalid("workbook.corrupt") from None
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Invalid("workbook.entities")
