import ast
import re
from itertools import chain
from string import Formatter

import pytest

from indicators.errors import Invalid
from indicators.language.messages import error_text, messages, text
from indicators.settings import PROJECT

SOURCES = [PROJECT / "app.py", *(PROJECT / "pages").rglob("*.py"), *(PROJECT / "indicators").rglob("*.py")]
CALLS = {"text", "_say"}
ERRORS = {"NotFound", "Invalid", "Conflict", "Forbidden", "Unavailable"}
HELD = {"code", "kind", "break_label"}
LITERAL = re.compile(r"[a-z_]+(\.[\w%<>=~]+)+")


def trees() -> list[ast.Module]:
    return [ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES]


def literals() -> set[str]:
    """Every text in the source that has the form of a code."""
    nodes = chain.from_iterable(ast.walk(tree) for tree in trees())
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def pattern(argument: ast.expr) -> str | None:
    """What an argument can be, as a pattern; None where the source does not say."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return re.escape(argument.value)
    if isinstance(argument, ast.JoinedStr):
        parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in argument.values]
        return "".join(map(str, parts))
    if isinstance(argument, ast.IfExp):
        ends = [pattern(argument.body), pattern(argument.orelse)]
        return f"(?:{'|'.join(end for end in ends if end)})"
    return None


def used() -> set[str]:
    """Patterns of the codes that calls of `text` and errors name."""
    found: set[str | None] = set()
    for call in (n for tree in trees() for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in ERRORS:
            code = pattern(call.args[0])
            found.add(code and rf"error\.{code}")
        elif name in CALLS:
            found |= {p for p in map(pattern, call.args[:2]) if p and r"\." in p}
    return {code for code in found if code}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_languages_have_the_same_codes_with_the_same_placeholders():
    chinese, english = ({c: placeholders(t) for c, t in messages(language).items()} for language in ("zh", "en"))
    assert chinese == english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_is_empty(language):
    assert [code for code, words in messages(language).items() if not words.strip()] == []


def test_every_code_of_the_source_has_a_text():
    codes = messages("zh")
    assert [code for code in sorted(used()) if not any(re.fullmatch(code, known) for known in codes)] == []


def test_every_text_is_used():
    patterns = [re.compile(code) for code in used()]
    written = literals()
    unused = [code for code in messages("zh") if code not in written and not any(p.fullmatch(code) for p in patterns)]
    assert unused == []


def test_a_text_is_filled_with_its_details():
    assert text("zh", "caption.top", count=20) == "前20位"
    assert text("en", "region.nation")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 figures"), (1, "1 figure"), (2, "2 figures"), ("1", "1 figure"), ("12,507", "12,507 figures")],
)
def test_english_tells_one_from_several(count, said):
    assert text("en", "figures.count", count=count) == said
    assert text("zh", "figures.count", count=count) == f"{count} 个数"


def test_a_missing_code_is_a_bug():
    with pytest.raises(KeyError):
        text("zh", "no.such.code")


def test_an_error_says_what_was_found_and_what_to_do():
    error = Invalid("period.unreadable", text="2023-02-29")
    for language in ("zh", "en"):
        assert "2023-02-29" in error_text(language, error)
        assert "2023-Q1" in error_text(language, error)
