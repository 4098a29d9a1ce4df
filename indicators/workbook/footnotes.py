"""What notes below a table and comments at cells say of single figures."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from indicators.workbook.words import FOOTNOTES, clean
from indicators.workbook.years import years_in

_MARK = re.compile(FOOTNOTES)
_PIECE = re.compile(r"[;；。，,\n]")
_PROVISIONAL = re.compile(rf"(?:[为系是属]|^\W*(?:注|备注)?\W*{FOOTNOTES}+\W*)[^为系是属]{{0,6}}?(?:初步(?!核实)|快报)")
_ITEM_NUMBER = re.compile(r"(?<!\d)\d\s*[.、]\s*(?=(?:19|20)\d\d年)")
CHANGES_MEANING = re.compile(
    r"口径|范围|含|包括|仅|单位|[万亿]|累计|增|估|预|目标|计划|初步|快报|暂|待|核|错|误|疑|确认|作废|修订|调整|更正|删"
)
_OWN_REMARKS = re.compile(  # as `annotate` writes them: each a line, with what to do on the next
    r"(?:^|\n\n)(?:科技成果转化统计指标看板|Research-to-Business Indicators):"
    r"(?:\n\[(?:错误|警告|说明|Error|Warning|Note)\] [^\n]*(?:\n(?!\[)[^\n]+)?)+"
)
_ALL_FIGURES = re.compile(r"^\W*(?:注\W*)?(?:本表|表中|表内|以上|全部)?(?:数据|数字|数)?[为系是]")


def written_by_people(comment: str) -> str:
    """What a comment says beside the remarks of our own annotated copies."""
    return _OWN_REMARKS.sub("", comment).strip()


class Provisional(NamedTuple):
    """Which figures of a table are provisional: those with a mark, those of some years, or all."""

    marks: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    is_all: bool = False

    def holds_for(self, period: str, printed: Iterable[str]) -> bool:
        """Whether a figure of a period is, whose own print, headings and labels are given as printed."""
        if self.is_all or period[:4] in self.years:
            return True
        return bool(self.marks) and any(self.marks.intersection(_MARK.findall(text)) for text in printed)


def provisional_in(notes: Iterable[str]) -> Provisional:
    """The provisional figures that notes speak of: ①为初步统计数, 2023年数据为快报数, 本表为初步数."""
    marks: set[str] = set()
    years: set[str] = set()
    is_all = False
    for piece in (piece for note in notes for piece in _PIECE.split(_ITEM_NUMBER.sub("", clean(note)))):
        if not _PROVISIONAL.search(piece):
            continue
        found, mentioned = _MARK.findall(piece), years_in(piece)
        marks.update(found)
        years.update(str(year) for year in mentioned if not found)
        is_all = is_all or bool(not found and not mentioned and _ALL_FIGURES.match(piece))
    return Provisional(frozenset(marks), frozenset(years), is_all)
