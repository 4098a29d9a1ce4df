"""The range of many regions behind a few lines: lowest to highest pale, the middle half darker, the median dashed."""

from dataclasses import dataclass

import pandas as pd

from indicators.charts.frame import Part
from indicators.charts.theme import SECONDARY

RANGE_FILL, HALF_FILL = "#e3eaf0", "#c8d5e1"
_BREADTH = 0.12
_GAP = None


@dataclass(frozen=True)
class Band:
    """One row a year with definition, lowest, lower, median, upper, highest, and hover; with the words on it.

    Without words on the range, only the middle half is drawn: where the extremes would dwarf the rest.
    """

    rows: pd.DataFrame
    range_words: str
    half_words: str
    median: str

    @property
    def words(self) -> list[str]:
        """What the shades mean, each behind its colour."""
        shades = ((RANGE_FILL, self.range_words), (HALF_FILL, self.half_words))
        return [f'<span style="color:{shade}">■</span> {words}' for shade, words in shades if words]

    @property
    def values(self) -> pd.Series:
        """The outermost values drawn."""
        ends = ["lowest", "highest"] if self.range_words else ["lower", "upper"]
        drawn: pd.Series = pd.concat([self.rows[end] for end in ends])
        return drawn


def band_traces(band: Band, x_axis: str, y_axis: str) -> list[Part]:
    """The band from back to front; a change of definition or a year without figures parts it."""
    runs = _runs(band.rows)
    place: Part = {"type": "scatter", "xaxis": x_axis, "yaxis": y_axis}
    return [
        *([place | _area(runs, "lowest", "highest", RANGE_FILL)] if band.range_words else []),
        place | _area(runs, "lower", "upper", HALF_FILL),
        place | _median(runs),
    ]


def _runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Years that follow one another on one definition; a single year is given some breadth, to be seen at all."""
    parted = rows["definition"].ne(rows["definition"].shift()) | rows["year"].diff().ne(1)
    return [_broad(run) if len(run) == 1 else run for _, run in rows.groupby(parted.cumsum(), sort=False)]


def _broad(run: pd.DataFrame) -> pd.DataFrame:
    year = run["year"].astype(float)
    return pd.concat([run.assign(year=year - _BREADTH), run.assign(year=year + _BREADTH)])


def _area(runs: list[pd.DataFrame], low: str, high: str, fill: str) -> Part:
    x: list[float | None] = []
    y: list[float | None] = []
    for run in runs:
        years = run["year"].tolist()
        x += [*years, *years[::-1], _GAP]
        y += [*run[high].tolist(), *run[low].tolist()[::-1], _GAP]
    return {
        "x": x[:-1],
        "y": y[:-1],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": fill,
        "line": {"color": HALF_FILL, "width": 0.8},
        "customdata": [f"band.{low}"],
        "hoverinfo": "skip",
    }


def _median(runs: list[pd.DataFrame]) -> Part:
    years: list[float | None] = []
    values: list[float | None] = []
    hovers: list[str] = []
    for run in runs:
        years += [*run["year"].tolist(), _GAP]
        values += [*run["median"].tolist(), _GAP]
        hovers += [*run["hover"].tolist(), ""]
    return {
        "x": years[:-1],
        "y": values[:-1],
        "hovertext": hovers[:-1],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "mode": "lines",
        "line": {"color": SECONDARY, "width": 1.4, "dash": "dash"},
        "customdata": ["band.median"],
        "connectgaps": False,
    }
