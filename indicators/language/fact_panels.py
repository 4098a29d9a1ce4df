"""The words of single figures side by side: what each is, what compares, and why the rest does not."""

from datetime import datetime

import pandas as pd

from indicators.language.captions import Caption
from indicators.language.comparability import comparison_texts
from indicators.language.footer import footer
from indicators.language.messages import joined, listed, text
from indicators.language.names import name_in
from indicators.language.numbers import scale_of
from indicators.language.periods import period_in_words
from indicators.model.catalogue import Catalogue
from indicators.model.comparability import Reason, Verdict
from indicators.model.fact_panels import Arrangement, FactPanel, FactRow, ListedFact, fact_rows
from indicators.model.series import Series

_MOST_REASONS = 2
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def panels_caption(
    series: Series, arranged: Arrangement, *, catalogue: Catalogue, published: datetime, revision: int
) -> Caption:
    """All words around the figures; the title tells how many of them compare."""
    language = series.spec.language
    title = series.spec.title or _title(series, arranged, catalogue)
    names = [catalogue.indicators[code].short(language) for code in series.spec.indicators]
    return Caption(
        title=title,
        subtitle=f"{listed(names, language)} · {text(language, 'panels.subtitle')}",
        footer=footer(series, None, catalogue=catalogue, published=published, revision=revision),
        alt=_alternative(series, arranged, title, catalogue),
    )


def fact_name(row: FactRow, series: Series, catalogue: Catalogue, *, beside: pd.DataFrame | None = None) -> str:
    """What a figure is: place, subject, time, and what tells it from those `beside` it; without any, all of it."""
    language = series.spec.language
    parts = [name_in(series, row["region"], catalogue)]
    if beside is None or beside["indicator"].nunique() > 1:
        parts.append(catalogue.indicators[row["indicator"]].short(language))
    if row["subject"] in catalogue.subjects:
        parts.append(catalogue.subjects[row["subject"]].name(language))
    if row["basis"] in catalogue.bases and (beside is None or beside["basis"].nunique() > 1):
        parts.append(catalogue.bases[row["basis"]].name(language))
    parts.append(period_in_words(row["period"], language))
    return " · ".join(parts)


def fact_value(row: FactRow, series: Series, catalogue: Catalogue) -> str:
    """The figure with its unit, and what it is where it is no plain result; or the words printed in its place."""
    if pd.isna(row["value"]):
        return row["printed"]
    language = series.spec.language
    decimals = catalogue.indicators[row["indicator"]].decimals
    scale = scale_of([row["value"]], row["unit"], catalogue=catalogue, language=language, decimals=decimals)
    value = scale.spoken(row["value"], row["qualifier"])
    if row["status"] == "actual":
        return value
    return text(language, "panels.value", value=value, status=text(language, f"status.{row['status']}"))


def panel_headings(arranged: Arrangement, series: Series, catalogue: Catalogue) -> list[str]:
    """What the figures of each panel measure, what tells panels that measure the same apart, the mark of its note."""
    names = [_panel_name(panel, series, catalogue) for panel in arranged.panels]
    marks = marks_of(arranged)
    headings = []
    for name, panel, mark in zip(names, arranged.panels, marks, strict=True):
        alike = [other for other, own in zip(arranged.panels, names, strict=True) if own == name]
        parts = [name, *([_telling(panel, alike, series, catalogue)] if len(alike) > 1 else [])]
        headings.append(" · ".join(filter(None, parts)) + mark)
    return headings


def _panel_name(panel: FactPanel, series: Series, catalogue: Catalogue) -> str:
    """What the figures of a panel measure, by which definition where that is one."""
    language = series.spec.language
    codes = list(dict.fromkeys(panel.rows["indicator"]))
    if series.spec.side_by_side and panel.verdict.decision == "incomparable":
        return text(language, "panels.mixed")
    name = listed([catalogue.indicators[code].short(language) for code in codes], language)
    bases = [basis for basis in panel.rows["basis"].unique() if basis in catalogue.bases]
    if len(bases) == 1 and len(codes) == 1:
        name = text(language, "caption.basis", name=name, basis=catalogue.bases[bases[0]].name(language))
    return name


def _telling(panel: FactPanel, alike: list[FactPanel], series: Series, catalogue: Catalogue) -> str:
    """What a panel has to itself among those that measure the same: its unit, its time or its places."""
    language = series.spec.language
    for column in ("unit", "period", "region"):
        own = [tuple(dict.fromkeys(each.rows[column])) for each in alike]
        if len(set(own)) == len(own):
            return joined([_said(column, code, series, catalogue) for code in panel.rows[column].unique()], language)
    return ""


def _said(column: str, code: str, series: Series, catalogue: Catalogue) -> str:
    """A unit, a time or a place in words."""
    if column == "unit":
        return catalogue.units[code].name(series.spec.language)
    is_time = column == "period"
    return period_in_words(code, series.spec.language) if is_time else name_in(series, code, catalogue)


def marks_of(arranged: Arrangement) -> list[str]:
    """A mark for each panel with a note, where several have one."""
    noted = [panel for panel in arranged.panels if panel.verdict.reasons]
    numbers = iter(_MARKS)
    return [next(numbers) if len(noted) > 1 and panel.verdict.reasons else "" for panel in arranged.panels]


def panel_notes(arranged: Arrangement, series: Series, catalogue: Catalogue) -> list[str]:
    """What has to be borne in mind about each panel, or why its figures do not compare."""
    language = series.spec.language
    return [
        mark
        + text(
            language,
            f"panels.note.{panel.verdict.decision}",
            reasons=comparison_texts(_weightiest(panel.verdict), catalogue, language),
        )
        for panel, mark in zip(arranged.panels, marks_of(arranged), strict=True)
        if panel.verdict.reasons
    ]


def panel_warning(panel: FactPanel, series: Series) -> str:
    """Why a panel's figures do not compare, in a few words within the picture; empty where they do."""
    language = series.spec.language
    if panel.verdict.decision != "incomparable":
        return ""
    kinds = dict.fromkeys(reason.code.split(".")[0] for reason in panel.verdict.reasons if reason.forbids)
    return joined([text(language, f"compare.short.{kind}") for kind in kinds], language)


def listed_lines(arranged: Arrangement, series: Series, catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Figures that stand for themselves: what each is, the figure, and why."""
    rows = [(fact, fact_rows(fact.row)[0]) for fact in arranged.listed]
    return [
        (fact_name(row, series, catalogue), fact_value(row, series, catalogue), why_listed(fact, series, catalogue))
        for fact, row in rows
    ]


def why_listed(fact: ListedFact, series: Series, catalogue: Catalogue) -> str:
    """Why a figure stands for itself."""
    language = series.spec.language
    if not fact.reasons:
        return text(language, "compare.alone")
    return text(language, "panels.apart", reasons=comparison_texts(fact.reasons[:_MOST_REASONS], catalogue, language))


def _weightiest(verdict: Verdict) -> list[Reason]:
    """Reasons that forbid, or where none does all."""
    return [reason for reason in verdict.reasons if reason.forbids] or list(verdict.reasons)


def _title(series: Series, arranged: Arrangement, catalogue: Catalogue) -> str:
    language = series.spec.language
    codes = series.spec.indicators
    what = catalogue.indicators[codes[0]].short(language)
    if len(codes) > 1:
        what = text(language, "panels.several", name=what, count=len(codes))
    if series.table.empty:
        return text(language, "finding.none", what=what)
    drawn = sum(len(panel.rows) for panel in arranged.panels)
    kind = "groups" if len(arranged.panels) > 1 else "some" if arranged.listed else "all"
    if series.spec.side_by_side and drawn and arranged.verdict.decision == "incomparable":
        kind = "mixed"
    elif not drawn:
        kind = "one" if len(series.table) == 1 else "none"
    return text(
        language, f"panels.title.{kind}", what=what, count=len(series.table), drawn=drawn, groups=len(arranged.panels)
    )


def _alternative(series: Series, arranged: Arrangement, title: str, catalogue: Catalogue) -> str:
    """The title and every figure, those that compare together."""
    language = series.spec.language
    said = [title, *(_told(panel.rows, series, catalogue) for panel in arranged.panels)]
    if arranged.listed:
        alone = pd.concat([fact.row for fact in arranged.listed])
        said.append(text(language, "panels.apart", reasons=_told(alone, series, catalogue)))
    return ("。" if language == "zh" else ". ").join(said)


def _told(rows: pd.DataFrame, series: Series, catalogue: Catalogue) -> str:
    told = [f"{fact_name(row, series, catalogue)} {fact_value(row, series, catalogue)}" for row in fact_rows(rows)]
    return ("；" if series.spec.language == "zh" else "; ").join(told)
