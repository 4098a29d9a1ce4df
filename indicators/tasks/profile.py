"""The profile of a region: its rows with their words, the provinces it stands among, and its courses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from indicators.charts.sparkline import sparkline
from indicators.charts.stripline import stripline
from indicators.language.captions import hover_text
from indicators.language.names import region_name
from indicators.language.numbers import Scale
from indicators.language.profile import own_scales, standing_text, worded_profile
from indicators.model.catalogue import ALL_PROVINCES, Catalogue
from indicators.model.profile import compared_regions, courses_of, profile_field, profile_rows
from indicators.model.series import SeriesRow, rows_of
from indicators.model.spec import ChartSpec
from indicators.tasks.browse import View
from indicators.tasks.offers import MOST_PEERS

# Marks of peers that tell all on hover; of more, a page would be slow to come.
_MOST_IN_FULL = 60


@dataclass(frozen=True)
class Profile:
    """What a profile draws: the region's `rows`, the `field` of provinces beside them, its `courses` over the years."""

    view: View
    region: str
    name: str
    peers: Mapping[str, str]
    rows: pd.DataFrame
    field: pd.DataFrame
    courses: pd.DataFrame

    @cached_property
    def strips(self) -> dict[str, str]:
        """Where the region stands by each indicator, as a small SVG; empty where it has no place."""
        fields = dict(iter(self.field.groupby("indicator", sort=False)))
        nothing = self.field.head(0)
        return {
            code: stripline(fields.get(code, nothing), highlight=self.region, peers=self.peers)
            for code in self.rows["indicator"]
        }

    @cached_property
    def sparklines(self) -> dict[str, str]:
        """How each indicator came on over the years, as a small SVG; empty without two years."""
        return {str(code): sparkline(own) for code, own in self.courses.groupby("indicator", sort=False)}


def spec_of_profile(spec: ChartSpec, catalogue: Catalogue) -> ChartSpec:
    """The spec with all provinces among its regions, and with the region of the profile, where that is none of them."""
    regions = tuple(dict.fromkeys((ALL_PROVINCES, *spec.regions)))
    if spec.highlight is not None and spec.highlight not in catalogue.members(regions):
        regions = (*regions, spec.highlight)
    return spec.but(regions=regions)


def profile_of(view: View) -> Profile:
    """The profile of the highlighted region (else the one in focus) of a view."""
    catalogue, series, spec = view.edition.catalogue, view.series, view.spec
    region = spec.highlight or view.edition.focus
    courses = courses_of(series, region=region)
    scales = own_scales(courses, catalogue, spec.language)
    rows = worded_profile(profile_rows(courses), scales, catalogue, language=spec.language, since=spec.years[0])
    codes = compared_regions(spec.regions, catalogue=catalogue, highlight=region)[:MOST_PEERS]
    field = profile_field(series, rows, catalogue=catalogue)
    in_full = (region, *(codes if len(rows) * len(codes) <= _MOST_IN_FULL else ()))
    return Profile(
        view,
        region,
        region_name(region, catalogue, spec.language),
        {code: region_name(code, catalogue, spec.language) for code in codes},
        rows,
        field.assign(hover=[_hover(view, row, scales[row["indicator"]], in_full) for row in rows_of(field)]),
        courses.assign(hover=[_said(row, scales[row["indicator"]]) for row in rows_of(courses)]),
    )


def _hover(view: View, row: SeriesRow, scale: Scale, in_full: Collection[str]) -> str:
    """All that is known of the regions told in full; name, figure and place of the others."""
    catalogue = view.edition.catalogue
    if row["region"] in in_full:
        return hover_text(row, view.series, scale, catalogue)
    name = region_name(row["region"], catalogue, view.spec.language)
    return f"{name} {_said(row, scale)} · {standing_text(row, view.spec.language)}"


def _said(row: SeriesRow, scale: Scale) -> str:
    return f"{row['year']} {scale.spoken(row['value'], row['qualifier'])}" if row["qualifier"] else str(row["year"])
