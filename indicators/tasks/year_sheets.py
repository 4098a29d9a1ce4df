"""One indicator in yearbook layout: regions by periods for each basis, with sources and notes below."""

from collections import Counter
from collections.abc import Sequence
from typing import cast

import pandas as pd

from indicators.language.facts import ObservationRow
from indicators.language.listing import period_text
from indicators.language.names import region_name
from indicators.language.numbers import mark
from indicators.model.notes import notes_of
from indicators.tasks.export import Export
from indicators.workbook.csv_text import number_text
from indicators.workbook.year_tables import YearBlock, YearCell, YearSheet

_MOST_MARKED = 20  # a note on more figures than these is said once, for the sheet
_LAST_CIRCLES = ((20, 0x245F), (35, 0x323C), (50, 0x328D))


def year_sheet(export: Export, own: pd.DataFrame, code: str, name: str) -> YearSheet:
    """One indicator in yearbook layout: a table for each basis, then sources and notes."""
    language, catalogue = export.language, export.edition.catalogue
    indicator = catalogue.indicators[code]
    notes = _Notes(export, own)
    bases = [basis for basis in (*indicator.all_bases, "") if (own["basis"] == basis).any()]
    blocks = tuple(_block(export, own[own["basis"] == basis], basis, notes, indicator.decimals) for basis in bases)
    return YearSheet(
        sheet=name,
        title=indicator.name(language),
        unit=export.text("figures.unit", unit=catalogue.units[indicator.unit].name(language)),
        corner=export.text("figures.column.region"),
        blocks=blocks,
        notes=(
            *notes.lines(),
            export.version,
            *([export.text("footer.internal")] if _is_internal(export, own) else []),
        ),
    )


def _is_internal(export: Export, own: pd.DataFrame) -> bool:
    return any(export.edition.catalogue.sources[c].classification == "internal" for c in own["source"].unique())


def _block(export: Export, own: pd.DataFrame, basis: str, notes: "_Notes", decimals: int) -> YearBlock:
    """Regions (and subjects) by periods; of several sources the preferred one stands in the table."""
    language, catalogue = export.language, export.edition.catalogue
    places = list(dict.fromkeys(zip(own["region"], own["subject"], strict=True)))
    periods = sorted(set(zip(own["period"], own["is_target"], strict=True)))
    lines = {place: line for line, place in enumerate(places)}
    columns = {period: column for column, period in enumerate(periods)}
    ranks = own["source"].map({code: source.rank for code, source in catalogue.sources.items()})
    figures: dict[tuple[int, int], list[ObservationRow]] = {}
    for row in cast("list[ObservationRow]", own.assign(rank=ranks).sort_values(["rank", "source"]).to_dict("records")):
        place = lines[row["region"], row["subject"]], columns[row["period"], row["status"] == "target"]
        figures.setdefault(place, []).append(row)
    cells = {place: _cell(export, figures[place], notes) for place in sorted(figures)}
    names = []
    for region, subject in places:
        parts = [region_name(region, catalogue, language)]
        if subject:
            parts.append(catalogue.subjects[subject].name(language))
        names.append(" · ".join(parts))
    heads = [
        period_text(period, language) + (f" {export.text('status.target')}" if is_target else "")
        for period, is_target in periods
    ]
    named = catalogue.bases[basis].name(language) if basis else ""
    line = export.text("figures.basis", basis=named) if basis else ""
    return YearBlock(line, tuple(names), tuple(heads), cells, decimals)


def _cell(export: Export, by_rank: Sequence[ObservationRow], notes: "_Notes") -> YearCell:
    row = by_rank[0]
    footnote = notes.mark_of(by_rank)
    if pd.isna(row["value"]):
        return YearCell(str(row["printed"]), footnote)
    if row["qualifier"] != "=":
        return YearCell(mark(export.language, row["qualifier"]) + number_text(row["value"]), footnote)
    return YearCell(float(row["value"]), footnote)


class _Notes:
    """The notes below one sheet, numbered as its cells ask for them."""

    def __init__(self, export: Export, own: pd.DataFrame) -> None:
        self.export = export
        self.own = own
        self.numbers: dict[str, int] = {}
        notes = own["note"] if export.language == "zh" else own["note_en"].where(own["note_en"] != "", own["note"])
        counts = Counter(note for note in notes if note)
        self.shared = {note: count for note, count in counts.items() if count > _MOST_MARKED}

    def mark_of(self, figures: Sequence[ObservationRow]) -> str:
        """The mark of a cell whose figure stands first, the same figure of other sources after it."""
        row = figures[0]
        words = [] if row["status"] in ("actual", "target") else [self.export.text(f"status.{row['status']}")]
        note = row["note"] if self.export.language == "zh" else row["note_en"] or row["note"]
        if note and note not in self.shared:
            words.append(note.rstrip("。."))
        words += [self._otherwise(other) for other in figures[1:] if _differs(row, other)]
        if not words:
            return ""
        said = ("；" if self.export.language == "zh" else "; ").join(words)
        return circled(self.numbers.setdefault(said, len(self.numbers) + 1))

    def _otherwise(self, other: ObservationRow) -> str:
        number = mark(self.export.language, other["qualifier"]) + number_text(other["value"])
        source = self.export.edition.catalogue.sources[other["source"]].name(self.export.language)
        return self.export.text("figures.otherwise", source=source, number=number or other["printed"])

    def lines(self) -> list[str]:
        """All notes: numbered ones, those on many figures, data notes, signs, sources."""
        export, catalogue = self.export, self.export.edition.catalogue
        stop = "。" if export.language == "zh" else "."
        lines = [f"{circled(number)} {words}{stop}" for words, number in self.numbers.items()]
        lines += [
            export.text("figures.shared_note", note=note.rstrip("。."), count=count)
            for note, count in self.shared.items()
        ]
        lines += [
            export.text(
                "figures.data_note",
                title=export.text(f"note.{note.code}.title"),
                body=export.text(f"note.{note.code}.body"),
            )
            for note in notes_of(self.own)
        ]
        if (self.own["qualifier"] != "=").any():
            lines.append(export.text("footer.qualifiers"))
        for code, count in Counter(self.own["source"]).most_common():
            source = catalogue.sources[code]
            lines.append(
                export.text(
                    "figures.from",
                    source=source.citation(export.language),
                    edition=source.edition(export.language),
                    count=f"{count:,}",
                )
            )
        return lines


def _differs(one: ObservationRow, other: ObservationRow) -> bool:
    return one["value"] != other["value"] or one["qualifier"] != other["qualifier"]


def circled(number: int) -> str:
    """A footnote number in a circle, in brackets beyond 50."""
    for last, before in _LAST_CIRCLES:
        if number <= last:
            return chr(before + number)
    return f"({number})"
