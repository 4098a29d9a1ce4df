"""What a person does, from a terminal: the same tasks as the pages.

Results go to standard output, errors as one sentence to standard error; the exit code is 0 only
on success. Whatever is slow to import is imported by the command that needs it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from indicators.errors import IndicatorsError

if TYPE_CHECKING:
    import pandas as pd

    from indicators.model.catalogue import Catalogue, Language
    from indicators.store.connection import Store
    from indicators.tasks.import_workbook import Draft

COLUMNS = [
    "indicator",
    "region",
    "subject",
    "period",
    "basis",
    "value",
    "qualifier",
    "status",
    "unit",
    "source",
    "locator",
    "printed",
    "note",
]
_REVISION_COLUMNS = [
    "number",
    "created_at",
    "author",
    "origin",
    "note",
    "added",
    "revised",
    "withdrawn",
    "content_hash",
]

app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None, add_completion=False, no_args_is_help=True)

Codes = Annotated[list[str] | None, typer.Option(help="代码，可重复或用逗号分隔 · codes, repeated or comma-separated")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
WorkbookFile = Annotated[Path, typer.Argument(help="工作簿文件 · workbook file")]
FromSource = Annotated[
    str, typer.Option(help="数字出自哪个来源（代码） · code of the source that the figures come from")
]
Before = Annotated[int, typer.Argument(help="从哪个数据版本 · revision to start from")]
After = Annotated[int, typer.Argument(help="到哪个数据版本 · revision to arrive at")]


@app.callback()
def options(
    context: typer.Context,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="语言 · language of messages")] = "zh",
) -> None:
    """科技成果转化统计指标 · Indicators on turning research into business."""
    context.obj = lang


@app.command()
def init(context: typer.Context) -> None:
    """建立数据库并载入 data/ · Create the store and load data/ as revision 1."""
    from datetime import UTC, datetime

    from indicators.settings import read_settings
    from indicators.store.connection import open_store
    from indicators.store.revisions import list_revisions
    from indicators.tasks.load_data import load_data

    settings = read_settings()
    store = open_store(settings.database_url)
    loaded = load_data(store, settings.data_dir, now=datetime.now(UTC))
    newest = list_revisions(store).iloc[0]
    if loaded is None:
        _say(context.obj, "cli.nothing_to_load", revision=newest["number"])
    else:
        counts = {"added": newest["added"], "revised": newest["revised"]}
        _say(context.obj, "cli.loaded", revision=newest["number"], **counts)


@app.command()
def observations(
    context: typer.Context,
    indicator: Codes = None,
    region: Codes = None,
    source: Codes = None,
    rev: Annotated[int | None, typer.Option(help="数据版本，缺省为最新 · revision, the newest by default")] = None,
    disagreements: Annotated[
        bool, typer.Option(help="只列各来源互不相符的数 · only figures on which sources disagree beyond rounding")
    ] = False,
    csv: Annotated[Path | None, typer.Option(help="写入 CSV 文件 · write a CSV file")] = None,
    json: Json = False,
) -> None:
    """列出观测值 · List observations as a revision holds them."""
    from indicators.store.catalogue import read_catalogue
    from indicators.store.revisions import current_revision, require_revision
    from indicators.terminal import json_text, show, table_text, write_file
    from indicators.workbook.csv_text import csv_text

    store = _filled_store()
    revision = require_revision(store, current_revision(store) if rev is None else rev)
    chosen = _chosen(read_catalogue(store, revision), indicators=indicator, regions=region, sources=source)
    found = _read(store, revision=revision, **chosen)
    if disagreements:
        from indicators.model.comparability import disagreements as only_disagreements

        found = only_disagreements(found)
    if csv is not None:
        write_file(csv, csv_text(_printable(found)))
    if json:
        show(json_text(_records(found[COLUMNS])))
    elif csv is not None:
        _say(context.obj, "cli.written", path=csv, count=len(found), revision=revision)
    else:
        show((table_text if sys.stdout.isatty() else csv_text)(_printable(found)))


@app.command()
def revisions(context: typer.Context, json: Json = False) -> None:
    """列出数据版本，新的在前 · List revisions, newest first."""
    from indicators.language.messages import text
    from indicators.store.revisions import list_revisions
    from indicators.tasks.browse import minute_in_beijing
    from indicators.terminal import json_text, show, table_text

    listed = list_revisions(_filled_store())
    if json:
        moments = [moment.isoformat() for moment in listed["created_at"]]
        show(json_text(listed.assign(created_at=moments).to_dict("records")))
    else:
        times = [minute_in_beijing(moment) for moment in listed["created_at"]]
        short = listed["content_hash"].str[:12]
        rows = listed.assign(created_at=times, content_hash=short)[_REVISION_COLUMNS]
        show(table_text(rows.rename(columns={"created_at": text(context.obj, "revisions.created_at")})))


@app.command()
def diff(context: typer.Context, before: Before, after: After, json: Json = False) -> None:
    """两个数据版本有何不同 · What differs between two revisions."""
    from indicators.model.revision import entry_effect, listed
    from indicators.store.catalogue import read_catalogue
    from indicators.tasks.roll_back import differences
    from indicators.terminal import json_text, show

    store = _filled_store()
    change, entries = differences(store, before, after)
    named = read_catalogue(store, before)
    told = [{"change": entry_effect(entry, named), "kind": entry.kind, "code": entry.code} for entry in entries]
    if json:
        counted = {**change.counts, "unchanged": change.unchanged, "entries": len(told)}
        rows = _records(listed(change))
        show(json_text({"before": before, "after": after, "observations": rows, "entries": told, "counts": counted}))
    else:
        _show_differences(listed(change), told)
        _say(context.obj, "cli.differences", before=before, after=after, **change.counts, entries=len(told))


@app.command()
def rollback(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="要恢复的数据版本 · revision to restore")],
    author: Annotated[str, typer.Option(help="操作人 · who does it")],
    note: Annotated[str, typer.Option(help="原因 · why")],
    json: Json = False,
) -> None:
    """把旧数据版本的内容发布为新版本 · Publish the state of an earlier revision as a new one."""
    from datetime import UTC, datetime

    from indicators.model.access import local_person
    from indicators.tasks.roll_back import differences, roll_back
    from indicators.terminal import json_text, show

    store = _filled_store()
    revision = roll_back(store, number, person=local_person(author), note=note, now=datetime.now(UTC))
    change, entries = differences(store, revision - 1, revision)
    counts = {**change.counts, "entries": len(entries)}
    if json:
        show(json_text({"revision": revision, "restored": number, "counts": counts}))
    else:
        _say(context.obj, "cli.rolled_back", revision=revision, restored=number, **counts)


@app.command()
def check(
    context: typer.Context,
    workbook: WorkbookFile,
    source: FromSource = "",
    json: Json = False,
) -> None:
    """读取并检查一份工作簿，不写入任何内容 · Read a workbook and report; writes nothing."""
    from indicators.language.messages import text
    from indicators.tasks.import_workbook import report
    from indicators.terminal import json_text, show

    store = _filled_store()
    draft = _draft(store, workbook, source)
    told = report(draft, context.obj)
    if json:
        show(json_text(told))
    else:
        _show_draft(context.obj, draft)
        _say(context.obj, "cli.nothing_written")
    if errors := draft.of("error"):
        _complain(text(context.obj, "cli.check_failed", count=len(errors)))
        raise typer.Exit(1)


@app.command()
def publish(
    context: typer.Context,
    workbook: WorkbookFile,
    author: Annotated[str, typer.Option(help="操作人 · who does it")],
    note: Annotated[str, typer.Option(help="说明 · what it is")],
    source: FromSource = "",
    accept_warnings: Annotated[
        bool, typer.Option("--accept-warnings", help="已核对全部警告 · all warnings have been looked at")
    ] = False,
    json: Json = False,
) -> None:
    """把一份工作簿发布为新的数据版本 · Publish a workbook as the next revision, whole or not at all."""
    from datetime import UTC, datetime

    from indicators.model.access import local_person
    from indicators.tasks.import_workbook import counts
    from indicators.tasks.publish import publish_draft
    from indicators.terminal import json_text, show

    store = _filled_store()
    draft = _draft(store, workbook, source)
    if not json:
        _show_draft(context.obj, draft)
    revision = publish_draft(
        store,
        draft,
        person=local_person(author),
        note=note,
        accepts_warnings=accept_warnings,
        now=datetime.now(UTC),
    )
    if json:
        show(json_text({"revision": revision, "changes": counts(draft)}))
    else:
        _say(context.obj, "cli.published", revision=revision, **counts(draft))


@app.command()
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="要写入的 .xlsx 文件 · .xlsx file to write")],
    indicator: Codes = None,
) -> None:
    """生成填好现有数据的填报模板 · Write a workbook with the current figures, to be filled in."""
    from indicators.store.revisions import current_revision
    from indicators.tasks.make_template import make_template
    from indicators.terminal import write_file

    store = _filled_store()
    revision = current_revision(store)
    content = make_template(store, revision=revision, indicators=_split(indicator), language=context.obj)
    write_file(file, content)
    _say(context.obj, "cli.template", path=file, revision=revision)


@app.command()
def export(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="视图的网址：页面和参数 · path and query string of a view")],
    file: Annotated[Path, typer.Argument(help=".png .svg .pdf .pptx .docx .xlsx .csv")],
    size: Annotated[
        Literal["wide", "slide", "page", "square", "phone"],
        typer.Option(help="图片尺寸 · 1600×900, 1440×1080, 1600×1000, 1200×1200, 1080×1440"),
    ] = "wide",
    times: Annotated[int, typer.Option(min=1, max=3, help="PNG 放大倍数 · magnification of a PNG")] = 1,
) -> None:
    """把一个视图存成文件 · Save a view as a picture, slide, document, workbook or table."""
    from indicators.errors import Invalid
    from indicators.language.links import left_out_text
    from indicators.settings import read_settings
    from indicators.tasks.addresses import view_at
    from indicators.tasks.deliver import FILE_KINDS, delivered, leaf_of
    from indicators.terminal import show, write_file

    kind = file.suffix.removeprefix(".").lower()
    if kind not in FILE_KINDS:
        raise Invalid("export.unknown_kind", found=file.name)
    store = _filled_store()
    opened = view_at(store, query, focus=read_settings().focus_region)
    for problem in opened.asked.problems:
        show(left_out_text(problem, context.obj) + "\n")
    leaf = leaf_of(store, opened.view, page=opened.asked.page)
    write_file(file, delivered(leaf, kind, size=size, times=times))
    _say(context.obj, "cli.exported", file=str(file), stamp=str(leaf.stamp), address=leaf.address)


@app.command()
def verify(context: typer.Context, json: Json = False) -> None:
    """检查已发布的版本是否完好 · Prove that no published revision has changed."""
    from indicators.language.messages import text
    from indicators.store.revisions import current_revision
    from indicators.store.verify import verify as problems_of
    from indicators.terminal import json_text, show

    store = _filled_store()
    revision = current_revision(store)
    problems = problems_of(store)
    sentences = [text(context.obj, problem.code, **problem.details) for problem in problems]
    if json:
        entries = [{"code": p.code, **p.details, "message": s} for p, s in zip(problems, sentences, strict=True)]
        show(json_text({"revision": revision, "problems": entries}))
    elif sentences:
        show("".join(f"{sentence}\n" for sentence in sentences))
    else:
        _say(context.obj, "verify.ok", revision=revision)
    if problems:
        _complain(text(context.obj, "verify.failed", count=len(problems)))
        raise typer.Exit(1)


def main() -> None:
    """Runs a command; whatever goes wrong becomes one sentence and an exit code other than 0."""
    _print_in_utf8()
    arguments = _language_first(sys.argv[1:])
    language: Language = "en" if arguments[1:2] == ["en"] else "zh"
    try:
        app(arguments, prog_name="python -m indicators")
    except IndicatorsError as error:
        _fail(language, error)
    except Exception as error:
        _fail(
            language, IndicatorsError("internal", kind=type(error).__name__, reason=" ".join(str(error).split())[:200])
        )


def _print_in_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _language_first(arguments: list[str]) -> list[str]:
    """The arguments with --lang, wherever it stands, moved before the command."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return ["--lang", arguments[place + 1], *arguments[:place], *arguments[place + 2 :]]
        if argument.startswith("--lang="):
            return ["--lang", argument.removeprefix("--lang="), *arguments[:place], *arguments[place + 1 :]]
    return arguments


def _fail(language: "Language", error: IndicatorsError) -> None:
    from indicators.language.messages import error_text

    _complain(error_text(language, error))
    sys.exit(1)


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _say(language: "Language", code: str, **details: object) -> None:
    from indicators.language.messages import text
    from indicators.terminal import show

    show(text(language, code, **details) + "\n")


def _show_problems(problems: "list[dict[str, str]]") -> None:
    from indicators.terminal import show

    for problem in problems:
        place = "!".join(part for part in (problem["sheet"], problem["cell"]) if part)
        show(f"{problem['severity']:8}{place}  {problem['message']} {problem['suggestion']}".rstrip() + "\n")


def _show_draft(language: "Language", draft: "Draft") -> None:
    """Problems, one a line, and what publishing would change."""
    from indicators.tasks.import_workbook import counts, report

    told = report(draft, language)
    _show_problems(told["problems"])  # type: ignore[arg-type]
    _say(language, "cli.checked", tables=len(draft.reading.tables), count=len(draft.reading.observations))
    _say(language, "cli.would_change", **counts(draft))


def _draft(store: "Store", workbook: Path, source: str) -> "Draft":
    """The draft of a file, with what was answered about its layout before."""
    from datetime import UTC, datetime

    from indicators.store.files import UploadedFile
    from indicators.store.revisions import current_revision
    from indicators.tasks.import_workbook import Choices, draft_of, read_state, remembered
    from indicators.tasks.lookup import require_codes
    from indicators.terminal import read_bytes

    file = UploadedFile(workbook.name, read_bytes(workbook))
    state = read_state(store, current_revision(store))
    require_codes(_split([source]), state.catalogue.sources, kind="source")
    now = datetime.now(UTC)
    draft = draft_of(file, state, Choices(source=source), now=now)
    answers = remembered(store, draft)
    return draft_of(file, state, Choices(answers=answers, source=source), now=now) if answers else draft


def _filled_store() -> "Store":
    """The store of this installation, filled from data/ on its first use as the app does."""
    from datetime import UTC, datetime

    from indicators.settings import read_settings
    from indicators.store.connection import open_store
    from indicators.tasks.load_data import ensure_loaded

    settings = read_settings()
    store = open_store(settings.database_url)
    ensure_loaded(store, settings.data_dir, now=datetime.now(UTC))
    return store


def _read(
    store: "Store",
    *,
    revision: int,
    indicators: tuple[str, ...] = (),
    regions: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
) -> "pd.DataFrame":
    from indicators.store.observations import read_observations

    return read_observations(store, revision=revision, indicators=indicators, regions=regions, sources=sources)


def _chosen(
    catalogue: "Catalogue", *, indicators: list[str] | None, regions: list[str] | None, sources: list[str] | None
) -> dict[str, tuple[str, ...]]:
    """Codes to read; a group of regions stands for its members. Raises NotFound with near codes."""
    from indicators.tasks.lookup import require_codes

    members = catalogue.members(_split(regions))
    return {
        "indicators": require_codes(_split(indicators), catalogue.indicators, kind="indicator"),
        "regions": require_codes(members, catalogue.regions, kind="region"),
        "sources": require_codes(_split(sources), catalogue.sources, kind="source"),
    }


def _split(codes: list[str] | None) -> list[str]:
    return [code.strip() for text in codes or [] for code in text.split(",") if code.strip()]


def _show_differences(observations: "pd.DataFrame", entries: list[dict[str, str]]) -> None:
    """What changes, as one table of observations and one of catalogue entries, each only where it has rows."""
    import pandas as pd

    from indicators.terminal import show, table_text
    from indicators.workbook.csv_text import number_text

    if len(observations):
        values = {name: observations[name].map(number_text).astype("str") for name in ("value_before", "value")}
        show(table_text(observations.assign(**values)) + "\n")
    if entries:
        show(table_text(pd.DataFrame(entries)) + "\n")


def _printable(found: "pd.DataFrame") -> "pd.DataFrame":
    from indicators.workbook.csv_text import number_text

    return found[COLUMNS].assign(value=found["value"].map(number_text).astype("str"))


def _records(rows: "pd.DataFrame") -> list[dict[str, object]]:
    """Rows for JSON: a missing value is null, a whole number has no fraction."""

    def plain(value: float) -> float | int | None:
        if value != value:
            return None
        return int(value) if value == int(value) else value

    columns = [map(plain, rows[name]) if rows[name].dtype == "float64" else rows[name] for name in rows.columns]
    return [dict(zip(rows.columns, row, strict=True)) for row in zip(*columns, strict=True)]
