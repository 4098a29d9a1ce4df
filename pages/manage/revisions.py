"""版本记录: what was published by whom, what differs, the history of a figure, going back."""

from indicators.ui.briefing import show_outdated
from indicators.ui.history import offer_rollback, show_differences, show_done, show_figure_history, show_revisions
from indicators.ui.shell import open_desk

desk = open_desk("revisions")
show_done(desk)
show_revisions(desk)
show_outdated(desk)
show_differences(desk)
show_figure_history(desk)
offer_rollback(desk)
