"""A view as content of office programs: what is drawn on the screen as native charts, tables and tiles."""

from indicators.export.native import Panel, Slide
from indicators.language.messages import text
from indicators.tasks.browse import View
from indicators.tasks.native_bars import change_bars, ranking_bars


def slide_of(view: View, *, stamp: str = "", address: str = "") -> Slide:
    """All words and numbers of a view for a slide, from its series table; `stamp` and `address` lead back to it."""
    words = view.caption
    mark = text(view.spec.language, "footer.internal")
    return Slide(
        title=words.title,
        subtitle=words.subtitle,
        sentences=view.sentences,
        footer=words.footer,
        mark=mark if mark in words.footer else "",
        stamp=stamp,
        address=address,
        alt=words.alt,
        language=view.spec.language,
        panels=_panels(view),
    )


def _panels(view: View) -> tuple[Panel, ...]:
    match view.spec.chart:
        case "ranking":
            return (ranking_bars(view),)
        case "change":
            return (change_bars(view),)
    return ()
