"""Makes the reports of tests/workbook/cases/reports, which hold still what `check --json` says of three files.

Run by hand when the report is meant to change: python -m tests.workbook.make_reports.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook

from indicators.store.files import UploadedFile
from indicators.tasks.import_workbook import Choices, State, draft_of, report
from tests.real import catalogue, figures
from tests.workbook.written import contract_table, saved

FOLDER = Path(__file__).parent / "cases" / "reports"
FILES = Path(__file__).parent / "files"
MESSY = [
    ["2023年各地区技术市场情况", None, None, None],
    ["地区", "技术合同成交额（万元）", "技术合同成交项数", "2023年为2022年%"],
    ["合计", None, None, None],
    ["北京", 85369400, "约10万", None],
    ["陜西", 41184600, 69716, 135.1],
    ["四川", "待核实", "(28331)", None],
    ["注：按卖方所在地。", None, None, None],
]


def files() -> dict[str, bytes]:
    """A clean yearbook table, the same table saved as .xls by another program, and a messy one; by name."""
    messy = Workbook()
    messy.active.title = "2023"
    for row in MESSY:
        messy.active.append(row)
    cover = messy.create_sheet("说明")
    cover.append(["本表供内部使用"])
    xls = (FILES / "contracts.xls").read_bytes()
    return {"contracts.xlsx": saved(contract_table()), "contracts.xls": xls, "messy.xlsx": saved(messy)}


def made() -> dict[str, str]:
    """The report of each file as JSON, by the file's name."""
    state = State(1, catalogue(), figures())
    drafts = {
        name: draft_of(UploadedFile(name, content), state, Choices(), now=datetime(2025, 6, 1, tzinfo=UTC))
        for name, content in files().items()
    }
    reports = {name: {**report(draft, "zh")} for name, draft in drafts.items()}
    for of_file in reports.values():
        del of_file["changes"]  # counts all figures that hold
    return {name: json.dumps(of_file, ensure_ascii=False, indent=1) + "\n" for name, of_file in reports.items()}


def main() -> None:
    for name, text in made().items():
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
