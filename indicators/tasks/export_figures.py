"""Carrying figures away: a selection as CSV, as a list in Excel, and in yearbook layout."""

from collections import Counter
from typing import Literal

import pandas as pd

from indicators.language.listing import CODES, headings, listing, selection_words
from indicators.model.qualifier import QUALIFIERS
from indicators.tasks.export import Export
from indicators.tasks.year_sheets import year_sheet
from indicators.workbook.csv_text import BYTE_ORDER_MARK, csv_text, number_text
from indicators.workbook.figure_list import figure_list
from indicators.workbook.guide import Guide
from indicators.workbook.writing import sheet_name
from indicators.workbook.year_tables import year_tables

ExportKind = Literal["csv", "list", "tables"]


def exported(export: Export, kind: ExportKind) -> bytes:
    """The bytes of the file; numbers equal those of the store, in its units."""
    match kind:
        case "csv":
            return _csv(export)
        case "list":
            return _list(export)
        case "tables":
            return _tables(export)


def file_name(export: Export, kind: ExportKind) -> str:
    """Name of the file: what it holds, of which revision, and that it is internal where it is."""
    name = export.text(f"figures.file.{kind}", revision=export.edition.revision)
    internal = export.text("figures.file.internal") if export.is_internal else ""
    return f"{name}{internal}.{'csv' if kind == 'csv' else 'xlsx'}"


def _rows(export: Export) -> pd.DataFrame:
    """Names and codes of every observation, its classification and revision."""
    own, catalogue = export.observations, export.edition.catalogue
    marks = {code: export.text(f"classification.{source.classification}") for code, source in catalogue.sources.items()}
    words = listing(own, catalogue, export.language).assign(
        period=own["period"],
        classification=own["source"].map(marks),
        revision=f"r{export.edition.revision}",
    )
    return words.assign(**{f"{column}_code": own[column] for column in CODES})


def _csv(export: Export) -> bytes:
    rows = _rows(export)
    heads = headings(list(rows.columns), export.language)
    sign = heads[list(rows.columns).index("qualifier_code")]
    worded = rows.assign(value=rows["value"].map(number_text)).astype("str").set_axis(heads, axis=1)
    return (BYTE_ORDER_MARK + csv_text(worded, fixed=(sign,))).encode()


def _list(export: Export) -> bytes:
    rows = _rows(export)
    return figure_list(
        rows,
        headings=headings(list(rows.columns), export.language),
        sheet=export.text("figures.sheet.list"),
        guide=_guide(export, (_columns(export),)),
    )


def _tables(export: Export) -> bytes:
    catalogue = export.edition.catalogue
    names: list[str] = [export.text("figures.sheet.guide")]
    sheets, contents = [], []
    by_indicator = dict(list(export.observations.groupby("indicator", sort=False)))
    for code in (code for code in catalogue.indicators if code in by_indicator):
        own, indicator = by_indicator[code], catalogue.indicators[code]
        names.append(sheet_name(indicator.short(export.language), names))
        sheets.append(year_sheet(export, own, code, names[-1]))
        contents.append(
            (names[-1], export.text("figures.contents", name=indicator.name(export.language), count=len(own)))
        )
    guide = _guide(export, ((export.text("figures.sheets"), tuple(contents)),))
    return year_tables(sheets, guide=guide)


def _guide(export: Export, sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Guide:
    """What the workbook is, how its figures were chosen, and the sources they come from."""
    language, catalogue = export.language, export.edition.catalogue
    facts = [
        (export.text("figures.fact.origin"), export.text("app.name")),
        (export.text("figures.fact.version"), export.version),
        (export.text("figures.fact.count"), f"{len(export.observations):,}"),
        *selection_words(export.selection, catalogue, language),
        (export.text("figures.fact.values"), export.text("figures.fact.values.are")),
    ]
    if export.is_internal:
        facts.append((export.text("figures.fact.classification"), export.text("footer.internal")))
    counts = Counter(export.observations["source"])
    sources = []
    for code, count in counts.most_common():
        source = catalogue.sources[code]
        words = export.text(
            "figures.source.line",
            publisher=source.publisher(language),
            edition=source.edition(language),
            licence=source.licence(language),
            classification=export.text(f"classification.{source.classification}"),
            count=f"{count:,}",
        )
        sources.append((source.name(language), words))
    return Guide(
        sheet=export.text("figures.sheet.guide"),
        title=export.text("figures.guide.title"),
        facts=tuple(facts),
        sections=(*sections, (export.text("figures.part.sources"), tuple(sources)), _signs(export)),
        mark="    ".join([export.version, *([export.text("footer.internal")] if export.is_internal else [])]),
    )


def _columns(export: Export) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What the columns of the list hold, as far as their headings do not say it."""
    told = ("value", "unit", "qualifier", "status", "basis", "printed", "locator")
    meanings = [export.text(f"figures.column.{name}.means") for name in told]
    return export.text("figures.columns"), tuple(zip(headings(told, export.language), meanings, strict=True))


def _signs(export: Export) -> tuple[str, tuple[tuple[str, str], ...]]:
    pairs = tuple((sign, export.text(f"qualifier.word.{sign}")) for sign in QUALIFIERS)
    return export.text("figures.column.qualifier"), pairs
