"""What `check --json` says holds still."""

from tests.workbook.make_reports import FOLDER, made


def test_the_reports_of_three_files_are_as_kept():
    for name, text in made().items():
        assert text == (FOLDER / f"{name}.json").read_text(encoding="utf-8"), name
