"""One colour for a region in all views of a briefing that tell regions apart by colour: lines and profiles."""

from collections.abc import Sequence

from indicators.charts.lines import line_colours
from indicators.charts.theme import FOCUS, NATION_INK, OTHERS, SERIES_COLOURS
from indicators.model.catalogue import NATION
from indicators.tasks.browse import View
from indicators.tasks.profile import profile_of


def shared_colours(views: Sequence[View]) -> dict[str, str]:
    """A colour for each region that has one in any view, different from those beside it in any of them.

    The region in focus stays red wherever it is in focus. Of more regions beside one another than there are colours
    those that come last have none to keep, and take what their chart has free.
    """
    beside = [_coloured(view) for view in views]
    given: dict[str, str] = {}
    for regions in beside:
        for region in regions:
            neighbours = {other for others in beside if region in others for other in others}
            taken = {given[other] for other in neighbours if other in given}
            free = [colour for colour in SERIES_COLOURS if colour not in taken]
            if region not in given and free:
                given[region] = free[0]
    return given


def _coloured(view: View) -> list[str]:
    """Regions that a view gives a colour of the series, in its order."""
    if view.spec.chart == "strip":
        return list(profile_of(view).peers)
    if view.spec.chart != "lines":
        return []
    regions = list(dict.fromkeys(view.series.table["region"]))
    colours = line_colours(regions, view.spec.highlight or view.edition.focus, NATION)
    return [region for region, colour in colours.items() if colour not in (FOCUS, NATION_INK, OTHERS)]
