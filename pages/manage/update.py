"""数据更新: from an analyst's workbook to a published revision."""

from indicators.ui.briefing import show_outdated
from indicators.ui.draft import publish_form, show_changes, show_problems, show_published
from indicators.ui.shell import open_desk
from indicators.ui.upload import answer_questions, choose_file, draft_now, show_answers, show_steps

desk = open_desk("update")
if show_published(desk):
    show_outdated(desk)
file = choose_file(desk)
if file is None:
    show_steps(desk)
else:
    draft = draft_now(desk, file)
    show_problems(desk, draft)
    answer_questions(desk, draft, file)
    show_answers(desk, file)
    show_changes(desk, draft, file)
    publish_form(desk, draft)
