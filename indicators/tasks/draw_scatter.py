"""Drawing two indicators against each other: a view's pairs with the words that axes, marks and notes carry."""

from collections.abc import Iterable, Sequence
from functools import partial

import pandas as pd

from indicators.charts.frame import Drawing
from indicators.charts.placing import wrapped
from indicators.charts.ranking import ReferenceLine
from indicators.charts.scatter import scatter
from indicators.charts.scatter_layout import TITLE_SIZE, Axis, SizeKey
from indicators.charts.theme import DOUBTFUL
from indicators.language.captions import measure_name, series_scale
from indicators.language.correlations import correlation_text
from indicators.language.messages import joined, text
from indicators.language.names import name_in
from indicators.model.catalogue import DIVISION, Catalogue
from indicators.model.correlation import (
    AXES,
    Association,
    association,
    followed_regions,
    has_log_axes,
    paths_of,
    reference_level,
)
from indicators.model.observation import records
from indicators.model.series import Series, of_indicator
from indicators.model.spec import AXES_OF_SCATTER
from indicators.tasks.browse import View
from indicators.tasks.marks import SIGNED, worded

_LINE_WIDTH = 296
_JOINT = " · "


def draw_scatter(view: View) -> Drawing:
    """The figure of a view of two indicators, its marks of the last year and its paths over all years."""
    spec, catalogue = view.spec, view.edition.catalogue
    groups = group_names(view.series, catalogue)
    found = association(view.series)
    points = points_of(view, found.drawn)
    paths = steps_of(view)
    return partial(
        scatter,
        points,
        x=axis_of(view, 0, found),
        y=axis_of(view, 1, found),
        groups=groups,
        highlight=spec.highlight or view.edition.focus,
        paths=paths,
        is_log=has_log_axes(spec),
        size=size_of(view, points),
        notes=notes_of(view, found, points, paths),
        nothing=text(spec.language, "scatter.nothing"),
        unnamed=lambda count: text(spec.language, "scatter.unnamed", count=count, among=len(points)),
    )


def group_of(region: str, catalogue: Catalogue) -> str:
    """The one of the four groups of provinces that a region lies in; empty for countries and wholes."""
    entry = catalogue.region(region)
    own = entry.groups or (catalogue.regions[entry.parent].groups if entry.parent in catalogue.regions else ())
    return next((group for group in DIVISION if group in own), "")


def group_names(series: Series, catalogue: Catalogue) -> dict[str, str]:
    """Names of the four groups of provinces in their order, and of what belongs to none."""
    language = series.spec.language
    names = {code: catalogue.groups[code].name(language) for code in DIVISION if code in catalogue.groups}
    return names | {"": text(language, "scatter.ungrouped")}


def points_of(view: View, pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs of the last year with name, group and all that is known of their figures."""
    catalogue = view.edition.catalogue
    last = worded(view, view.series.at(view.spec.last_year))
    hovers = {(row["indicator"], row["region"]): row["hover"] for row in records(last)}
    return pairs.assign(
        name=[name_in(view.series, region, catalogue) for region in pairs["region"]],
        group=[group_of(region, catalogue) for region in pairs["region"]],
        hover=[_hover(view, region, hovers) for region in pairs["region"]],
    )


def _hover(view: View, region: str, hovers: dict[tuple[str, str], str]) -> str:
    """Region and year, then each indicator with its value, change, place and source."""
    parts: list[str] = []
    for code in view.spec.indicators:
        head, _, rest = hovers[code, region].partition("<br>")
        parts += [head] if not parts else []
        parts.append(f"<b>{view.edition.catalogue.indicators[code].short(view.spec.language)}</b> {rest}")
    return "<br>".join(parts)


def steps_of(view: View) -> pd.DataFrame:
    """Steps of the regions that have a path, in words."""
    spec, catalogue = view.spec, view.edition.catalogue
    steps = paths_of(view.series, followed_regions(view.series, spec.highlight or view.edition.focus))
    scales = [series_scale(view.series, catalogue, code) for code in spec.indicators[:AXES_OF_SCATTER]]
    names = [catalogue.indicators[code].short(spec.language) for code in spec.indicators[:AXES_OF_SCATTER]]
    hovers = [
        f"<b>{name_in(view.series, step['region'], catalogue)}</b> {step['year']}<br>"
        + "<br>".join(
            f"{name} {scale.full(step[axis], step[f'{axis}_qualifier'])}"
            for name, scale, axis in zip(names, scales, AXES, strict=False)
        )
        for step in records(steps)
    ]
    return steps.assign(group=[group_of(region, catalogue) for region in steps["region"]], hover=hovers)


def axis_of(view: View, place: int, found: Association) -> Axis:
    """An axis with indicator, basis, unit and kind of scale in its title, and the line to compare with."""
    catalogue, spec = view.edition.catalogue, view.spec
    code = spec.indicators[place]
    own = of_indicator(view.series, code, catalogue)
    scale = series_scale(view.series, catalogue, code)
    here = own.at(spec.last_year)
    bases = here.loc[here["region"].isin(found.drawn["region"]) & here["value"].notna(), "basis"].unique()
    parts = [measure_name(own, catalogue)]
    parts += [catalogue.bases[basis].name(spec.language) for basis in bases if basis in catalogue.bases]
    parts += [scale.unit] if spec.measure != "rank" else []
    parts += [text(spec.language, "scatter.log")] if has_log_axes(spec) else []
    parts[0 if place else -1] = f"↑ {parts[0]}" if place else f"{parts[-1]} →"
    is_place = spec.measure == "rank" or catalogue.indicators[code].kind == "rank"
    return Axis(
        _wrapped(parts, _JOINT),
        scale.axis,
        _reference(view, place, found.counted),
        is_place,
    )


def _reference(view: View, place: int, counted: pd.DataFrame) -> ReferenceLine | None:
    """The line of what an axis is compared with, in words."""
    spec, catalogue = view.spec, view.edition.catalogue
    level = reference_level(view.series, place, counted, catalogue=catalogue, nation=view.nation)
    if level is None:
        return None
    scale = series_scale(view.series, catalogue, spec.indicators[place])
    label = scale.label(level.value, signed=spec.measure in SIGNED)
    kind = spec.reference or "median"
    return ReferenceLine(level.value, text(spec.language, f"reference.{kind}", value=label, count=level.count))


def size_of(view: View, points: pd.DataFrame) -> SizeKey | None:
    """What the area of the marks shows, where a third indicator gives any."""
    spec, catalogue = view.spec, view.edition.catalogue
    if len(spec.indicators) <= AXES_OF_SCATTER or not (points["size"] > 0).any():
        return None
    code = spec.indicators[AXES_OF_SCATTER]
    scale = series_scale(view.series, catalogue, code)
    name = catalogue.indicators[code].short(spec.language)
    return SizeKey(text(spec.language, "scatter.size", name=name, unit=scale.unit), scale.axis)


def notes_of(view: View, found: Association, points: pd.DataFrame, paths: pd.DataFrame) -> list[str]:
    """The coefficients, and what is drawn otherwise than it seems, in lines that a phone has room for."""
    spec, language = view.spec, view.spec.language
    has_size = len(spec.indicators) > AXES_OF_SCATTER
    lines = []
    if len(points):
        lines += _wrapped(correlation_text(found.correlation, spec), _JOINT)
    if found.not_positive:
        lines += _listed(view, "scatter.not_positive", found.not_positive)
    if has_size and not (points["size"] > 0).all():
        lines += _listed(view, "scatter.no_size", points.loc[~(points["size"] > 0), "region"])
    if not has_size and points["status"].isin(DOUBTFUL).any():
        lines.append(text(language, "scatter.doubtful"))
    if paths["segment"].groupby(paths["region"]).nunique().gt(1).any():
        lines.append(text(language, "scatter.path_break"))
    return lines


def _listed(view: View, code: str, regions: Iterable[str]) -> list[str]:
    """A sentence that names regions, broken between them."""
    language = view.spec.language
    names = [name_in(view.series, region, view.edition.catalogue) for region in regions]
    joint = joined(["", ""], language)
    return _wrapped(text(language, code, regions=joined(names, language)).split(joint), joint)


def _wrapped(parts: Sequence[str], joint: str) -> list[str]:
    return wrapped(parts, joint, size=TITLE_SIZE, width=_LINE_WIDTH)
