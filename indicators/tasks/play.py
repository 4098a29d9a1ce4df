"""Playing a comparison over the years: one view a year, all of them on one scale."""

from dataclasses import dataclass

from indicators.model.spec import ChartKind
from indicators.tasks.browse import View

PLAYED: tuple[ChartKind, ...] = ("ranking", "map")
FEWEST_YEARS = 3
_FEWEST_REGIONS = 2


@dataclass(frozen=True)
class Moment:
    """Where a play stands: the query of the view it belongs to, the year it shows, whether it goes on by itself.

    It is fresh until its year has been shown, so that what a person chose is not passed over.
    """

    query: str
    year: int
    is_running: bool = False
    is_fresh: bool = True

    def following(self, years: tuple[int, ...]) -> "Moment | None":
        """What is shown next: the year after while it runs, the same one while it does not, None after the last."""
        if self.is_fresh or not self.is_running:
            return Moment(self.query, self.year, self.is_running, is_fresh=False)
        later = [year for year in years if year > self.year]
        return Moment(self.query, later[0], is_running=True, is_fresh=False) if later else None


def years_played(view: View) -> tuple[int, ...]:
    """Years of a view in which there is something to compare."""
    counts = view.series.shown.groupby("year")["region"].nunique()
    fewest = min(_FEWEST_REGIONS, view.series.table["region"].nunique())
    return tuple(int(year) for year in counts[counts >= fewest].index)


def year_beside(years: tuple[int, ...], year: int, step: int) -> int | None:
    """The nearest year before (step -1) or after (step 1) a year, if there is one."""
    if step < 0:
        return max((other for other in years if other < year), default=None)
    return min((other for other in years if other > year), default=None)
