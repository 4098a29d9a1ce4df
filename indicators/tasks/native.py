"""A view as content of office programs: what is drawn on the screen as native charts, tables and tiles."""

from indicators.export.native import Panel, Slide
from indicators.language.fact_panels import panel_notes
from indicators.language.messages import text
from indicators.tasks.browse import View
from indicators.tasks.draw_change import is_of_places
from indicators.tasks.native_bars import change_bars, ranking_bars
from indicators.tasks.native_lines import panel_lines, slope_lines, trend_lines
from indicators.tasks.native_scatter import scatter_dots
from indicators.tasks.native_tables import fact_grid, heat_grid, map_tiles, profile_grid, table_grids


def slide_of(view: View, *, stamp: str = "", address: str = "") -> Slide:
    """All words and numbers of a view for a slide, from its series table; `stamp` and `address` lead back to it."""
    words = view.caption
    nothing = text(view.spec.language, "native.nothing")
    has_content = view.facts is not None or not view.is_empty
    panels, notes = _content(view) if has_content else ((), (nothing,))
    of_drawing = text(view.spec.language, "footer.strip")  # which says how strips are drawn that a table has not
    return Slide(
        title=words.title,
        subtitle=words.subtitle,
        sentences=view.sentences,
        footer=tuple(line for line in words.footer if line != of_drawing),
        mark=view.mark,
        stamp=stamp,
        address=address,
        alt=words.alt,
        language=view.spec.language,
        panels=panels,
        notes=notes,
    )


def _content(view: View) -> tuple[tuple[Panel, ...], tuple[str, ...]]:
    """The panels of a view, and what has to be said of their marks."""
    match view.spec.chart:
        case "ranking":
            return (ranking_bars(view),), ()
        case "change" if not is_of_places(view):  # of which the best is the shortest bar
            return (change_bars(view),), ()
        case "map":
            return (map_tiles(view),), ()
        case "slope" | "change":
            return (slope_lines(view),), ()
        case "multiples":
            return panel_lines(view)
        case "scatter":
            dots, notes = scatter_dots(view)
            return (dots,), notes
        case "heat":
            return (heat_grid(view),), ()
        case "strip":
            return (profile_grid(view),), ()
        case "facts":
            assert view.facts is not None
            return (fact_grid(view),), tuple(panel_notes(view.facts, view.series, view.edition.catalogue))
        case "table":
            return table_grids(view), ()
        case _:
            return trend_lines(view), ()
