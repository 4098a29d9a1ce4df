"""How long checking and publishing a large workbook take, beside the plain tools for the same rows.

Run by hand: python -m tests.benchmarks.workbook_speed [ROUNDS]. Checking, from the bytes of a file to
its draft, stands beside pandas.read_excel, which gives cells only; publishing beside one insert of the
same rows into a table of the same columns, without indexes, in the same database. Both sides take
turns; times vary with the machine, so the ratios count.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from itertools import cycle
from pathlib import Path
from statistics import median

import pandas as pd
from openpyxl import Workbook
from sqlalchemy import Column, MetaData, Table, insert

from indicators.model.observation import no_observations
from indicators.model.revision import FULL_COLUMNS, Changes, changes
from indicators.settings import PROJECT
from indicators.store.connection import Store, open_store
from indicators.store.files import UploadedFile
from indicators.store.revisions import publish
from indicators.store.schema import observations
from indicators.tasks.import_workbook import Choices, State, draft_of, read_state
from indicators.tasks.load_data import load_data
from tests.real import catalogue, figures
from tests.tasks.uploads import NOW
from tests.workbook.written import saved

SIZE = 22_000
TARGETS = {"check": 1.0, "publish": 3.0}
PLAIN = Table("plain", MetaData(), *(Column(column.name, column.type) for column in observations.columns))

Times = tuple[float, float]


def main(rounds: int) -> None:
    """Measure and print the ratios of the medians."""
    print(f"{'':10}{'ratio':>8}{'target':>8}   (medians of {rounds})")
    for step, times in {"check": check_times(rounds), "publish": publish_times(rounds)}.items():
        plain, ours = map(median, zip(*times, strict=True))
        print(f"{step:10}{ours / plain:8.2f}{TARGETS[step]:8.2f}")


def check_times(rounds: int) -> list[Times]:
    """Seconds that pandas takes to read a workbook, and that making the draft of it on the shipped figures takes."""
    content, state = saved(workbook_of_figures()), _shipped()

    def read() -> None:
        pd.read_excel(BytesIO(content), engine="openpyxl", sheet_name=None, header=None)

    def check_it() -> None:
        anew = replace(state)  # keeps nothing that an earlier draft has prepared
        draft = draft_of(UploadedFile("指标.xlsx", content), anew, Choices(), now=NOW)
        assert len(draft.reading.observations) >= SIZE

    gc.collect()
    gc.freeze()  # as the server does after its first visit
    return [(_seconds(read), _seconds(check_it)) for _ in range(rounds + 1)][1:]  # the first turn warms both


def _shipped() -> State:
    """What holds in a store that has loaded data/."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'store.sqlite'}")
        load_data(store, PROJECT / "data", now=NOW)
        state = read_state(store, 1)
        store.engine.dispose()
    return state


def publish_times(rounds: int) -> list[Times]:
    """Seconds that a plain insert takes, and that a publication of the same rows takes, in a new store each time."""
    rows = repeated_figures()
    change = changes(no_observations(), rows)
    records = rows.astype(object).where(rows.notna(), None).assign(from_revision=1).to_dict("records")
    times: list[Times] = []
    for _ in range(rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(f"sqlite:///{Path(folder) / 'store.sqlite'}")
            PLAIN.create(store.engine)
            times.append((_seconds(partial(_insert, store, records)), _seconds(partial(_publish, store, change))))
            store.engine.dispose()
    return times[1:]


def workbook_of_figures() -> Workbook:
    """A sheet of regions by years for every indicator, and again, until the figures are SIZE or a little more."""
    book = Workbook()
    book.remove(book.active)
    written = 0
    for number, (code, table) in enumerate(cycle(_tables().items())):
        if written >= SIZE:
            return book
        sheet = book.create_sheet(f"{number + 1:03} {code}"[:31])
        indicator = catalogue().indicators[code]
        sheet.append([indicator.name_zh])
        sheet.append([f"单位：{indicator.unit}"])
        sheet.append(["地区", *table.columns])
        for region, values in table.iterrows():
            cells = [None if pd.isna(value) else value for value in values]
            sheet.append([catalogue().regions[str(region)].name_zh, *cells])
        written += int(table.count().sum())
    return book


def _tables() -> dict[str, pd.DataFrame]:
    """Exact figures of years by indicator, regions in rows and years in columns."""
    rows = figures().query("qualifier == '=' and status == 'actual' and subject == '' and value.notna()")
    yearly = rows[rows["period"].str.fullmatch(r"\d{4}")].drop_duplicates(["indicator", "region", "period"])
    groups = yearly.groupby("indicator", sort=False)
    return {str(code): group.pivot(index="region", columns="period", values="value") for code, group in groups}


def repeated_figures() -> pd.DataFrame:
    """SIZE real figures; the second time round under another source's name, as a key may stand only once."""
    once = figures()[FULL_COLUMNS]
    again = once.assign(source=once["source"] + "-2")
    return pd.concat([once, again]).head(SIZE).reset_index(drop=True)


def _insert(store: Store, records: list[dict]) -> None:
    with store.writing() as connection:
        connection.execute(insert(PLAIN), records)


def _publish(store: Store, change: Changes) -> None:
    publish(
        store,
        change,
        author="analyst",
        note="Speed",
        origin="workbook",
        origin_hash="",
        created_at=datetime(2025, 1, 2, tzinfo=UTC),
        expected_revision=0,
    )


def _seconds(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
