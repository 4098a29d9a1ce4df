"""Files that an analyst uploads, made of real contract values, and the drafts that they become."""

from datetime import UTC, datetime

from indicators.store.connection import Store
from indicators.store.files import UploadedFile
from indicators.store.revisions import current_revision
from indicators.tasks.import_workbook import Choices, Draft, draft_of, read_state, remembered
from tests.workbook.written import saved, written

NOW = datetime(2026, 3, 14, 1, 59, 26, tzinfo=UTC)
CORRECTED = 4830.91  # Shaanxi 2024 as an analyst may correct it: 5 above the yearbook's 4825.91


def contracts(*rows: tuple, years: tuple = ("2023年", "2024年"), title: str = "各地区技术市场成交额") -> bytes:
    """A yearbook table of contract values in 亿元: a row is a region and its values."""
    return saved(written([[title], ["单位：亿元"], ["地区", *years], *rows]))


def draft(store: Store, content: bytes, name: str = "成交额.xlsx", **choices: object) -> Draft:
    """The draft of a file on what holds, with the answers remembered for its layout unless others are given."""
    file = UploadedFile(name, content)
    state = read_state(store, current_revision(store))
    given = {"answers": remembered(store, draft_of(file, state, Choices(), now=NOW)), **choices}
    return draft_of(file, state, Choices(**given), now=NOW)
