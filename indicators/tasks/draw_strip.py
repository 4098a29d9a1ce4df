"""Drawing the profile of a region."""

from functools import partial

from indicators.charts.frame import Drawing
from indicators.charts.strip import Heads, strip
from indicators.language.messages import text
from indicators.model.spec import years_text
from indicators.tasks.browse import View
from indicators.tasks.profile import profile_of


def draw_strip(view: View) -> Drawing:
    """All rows of a profile as one figure."""
    profile = profile_of(view)
    return partial(
        strip,
        profile.rows,
        profile.field,
        profile.courses,
        heads=heads_of(view),
        highlight=profile.region,
        name=profile.name,
        peers=profile.peers,
        kept=view.colours,
    )


def heads_of(view: View) -> Heads:
    """The words over the columns of a profile."""
    language, years = view.spec.language, view.spec.years
    scale = ("profile.last", "profile.middle", "profile.first")
    return Heads(
        text(language, "profile.indicator"),
        text(language, "profile.latest"),
        text(language, "profile.change"),
        text(language, "profile.place_moved", year=years[0]),
        (text(language, scale[0]), text(language, scale[1]), text(language, scale[2])),
        years_text(years).replace("-", "–"),
    )
