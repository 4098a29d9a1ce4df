"""The layer rule: each folder imports only what stands to its right."""

import ast
from pathlib import Path

import pytest

from indicators.settings import PROJECT

SIBLINGS = ("export", "charts", "workbook", "store", "language")
BELOW = {
    "errors": set(),
    "model": {"errors"},
    "language": {"model", "errors"},
    "charts": {"model", "errors"},
    "store": {"model", "errors"},
    "workbook": {"model", "errors"},
    "export": {"charts", "model", "errors"},
    "settings": set(),
    "terminal": {"errors"},
    "tasks": {*SIBLINGS, "model", "errors", "settings"},
    "ui": {"tasks", *SIBLINGS, "model", "errors", "settings"},
    "command_line": {"tasks", *SIBLINGS, "model", "errors", "settings", "terminal"},
    "__main__": {"command_line"},
}
PACKAGE = sorted((PROJECT / "indicators").rglob("*.py"))
PAGES = sorted((PROJECT / "pages").rglob("*.py"))


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def layer(file: Path) -> str:
    return file.relative_to(PROJECT / "indicators").parts[0].removesuffix(".py")


def layers_of(names: set[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("indicators.")}


@pytest.mark.parametrize("file", PACKAGE, ids=lambda file: str(file.relative_to(PROJECT)))
def test_a_module_imports_only_what_stands_below_it(file):
    if layer(file) != "__init__":
        assert layers_of(imported(file)) <= {layer(file), *BELOW[layer(file)]}


def test_only_the_ui_imports_streamlit():
    users = {layer(file) for file in PACKAGE if any(n.split(".")[0] == "streamlit" for n in imported(file))}
    assert users <= {"ui"}


def test_the_model_knows_no_database_workbook_chart_or_clock():
    names = {n.split(".")[0] for file in PACKAGE if layer(file) == "model" for n in imported(file)}
    assert not names & {"sqlalchemy", "openpyxl", "plotly", "datetime", "time", "os", "pathlib"}


def test_no_page_lies_directly_in_pages():
    assert list((PROJECT / "pages").glob("*.py")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_only_composes(page):
    source = page.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree)
    assert not [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef)
    ]
    assert len(source.splitlines()) <= 80
    assert layers_of(imported(page)) <= {"ui", "tasks"}
