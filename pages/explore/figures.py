"""数据与来源: every figure with its source, every indicator with its definition, and what has to be known of both."""

from indicators.ui.figure_record import show_chosen
from indicators.ui.figures import choose_part, choose_selection, show_list
from indicators.ui.indicator_page import show_indicator
from indicators.ui.reference import show_all_facts, show_notes, show_sources
from indicators.ui.shell import open_lookup

page = open_lookup("figures")
match choose_part(page):
    case "indicators":
        show_indicator(page)
    case "sources":
        show_sources(page)
    case "notes":
        show_notes(page)
    case "facts":
        show_all_facts(page)
    case _:
        show_list(page, choose_selection(page))
        show_chosen(page)
