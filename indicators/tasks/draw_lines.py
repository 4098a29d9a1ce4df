"""Drawing a trend: its lines, the targets that stand beside them, the range of all provinces behind them."""

from functools import partial

import pandas as pd

from indicators.charts.band import Band
from indicators.charts.frame import Drawing
from indicators.charts.lines import MOST_COLOURS, Panel, lines
from indicators.language.captions import series_scale
from indicators.language.messages import text
from indicators.language.numbers import Scale
from indicators.model.catalogue import NATION
from indicators.model.observation import records
from indicators.model.spec import DWARFED, ChartSpec
from indicators.tasks.browse import View
from indicators.tasks.marks import SIGNED, worded


def draw_lines(view: View) -> Drawing:
    """Lines over the years, a panel for each indicator."""
    spec = view.spec
    highlight = spec.highlight or view.edition.focus
    is_crowded = view.series.table["region"].nunique() > MOST_COLOURS
    return partial(
        lines,
        worded(view, view.series.table, in_full=(highlight, NATION) if is_crowded else None),
        panels=[panel_of(view, code) for code in spec.indicators],
        highlight=highlight,
        nation=NATION,
        shares_axis=spec.measure == "index",
        years=years_drawn(spec),
        targets=target_rows(view),
        band=band_drawn(view),
        scale_words=_scale_words(view),
        kept=view.colours,
    )


def years_drawn(spec: ChartSpec) -> tuple[int, ...]:
    """Years that the axis spans; an average growth begins with the year after its base."""
    later = tuple(year for year in spec.years if year > spec.base_year)
    return later if spec.measure == "cagr" and later else spec.years


def panel_of(view: View, code: str) -> Panel:
    """The panel of an indicator, with a heading where there are several."""
    catalogue, spec = view.edition.catalogue, view.spec
    scale = series_scale(view.series, catalogue, code)
    heading = ""
    if len(spec.indicators) > 1:
        heading = text(
            spec.language, "chart.panel", name=catalogue.indicators[code].short(spec.language), unit=scale.unit
        )
        heading = " · ".join(part for part in (heading, _scale_words(view)) if part)
    is_place = spec.measure == "rank" or catalogue.indicators[code].kind == "rank"
    return Panel(code, heading, scale.axis, is_place, text(spec.language, "chart.break"), spec.scale == "log")


def _scale_words(view: View) -> str:
    return text(view.spec.language, "caption.log") if view.spec.scale == "log" else ""


def target_rows(view: View) -> pd.DataFrame | None:
    """Targets with what is written beside their marks."""
    if view.series.targets.empty:
        return None
    rows = worded(view, view.series.targets)
    labels = [
        text(view.spec.language, "chart.target", name=name, value=label)
        for name, label in zip(rows["name"], rows["label"], strict=True)
    ]
    return rows.assign(label=labels)


def band_drawn(view: View) -> Band | None:
    """The range of all provinces with its words, where the view asks for it."""
    if view.band is None:
        return None
    language = view.spec.language
    scale = series_scale(view.series, view.edition.catalogue)
    median = float(view.band["median"].iloc[-1]) if len(view.band) else float("nan")
    return Band(
        rows=view.band.assign(hover=_band_hovers(view, scale)),
        range_words="" if view.spec.measure in DWARFED else text(language, "chart.band.range"),
        half_words=text(language, "chart.band.half"),
        median=text(language, "chart.median", value=scale.label(median, signed=view.spec.measure in SIGNED)),
    )


def _band_hovers(view: View, scale: Scale) -> list[str]:
    bands = records(view.band) if view.band is not None else []
    points = ("lowest", "lower", "median", "upper", "highest")
    return [
        text(
            view.spec.language,
            "hover.band",
            year=row["year"],
            count=row["count"],
            **{point: scale.full(row[point]) for point in points},
        )
        for row in bands
    ]
