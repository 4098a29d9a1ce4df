import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from indicators.errors import Conflict, Invalid, Unavailable
from indicators.store import connection
from indicators.store.connection import open_store
from indicators.store.revisions import current_revision
from indicators.store.schema import KNOWN_SCHEMAS, metadata


def test_a_new_store_has_the_tables_that_the_program_knows(store):
    tables = set(inspect(store.engine).get_table_names())
    assert tables == {*metadata.tables, "alembic_version"}
    assert current_revision(store) == 0


def test_the_migrations_lead_to_the_schema_that_the_program_uses(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as open_connection:
        context = MigrationContext.configure(open_connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_migration_is_known_to_the_program_in_order():
    from alembic.script import ScriptDirectory

    migrations = ScriptDirectory(connection._MIGRATIONS).walk_revisions()
    assert tuple(reversed([m.revision for m in migrations])) == KNOWN_SCHEMAS


def test_a_second_start_leaves_alembic_alone(store_url):
    open_store(store_url)
    script = (
        "import sys; from indicators.store.connection import open_store; open_store(sys.argv[1]);"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script, store_url], check=False).returncode == 0


def test_two_first_starts_at_once_make_one_store(store_url):
    script = "import sys; from indicators.store.connection import open_store; open_store(sys.argv[1])"
    starts = [
        subprocess.Popen([sys.executable, "-c", script, store_url], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert [(start.communicate()[1], start.returncode) for start in starts] == [("", 0)] * 4
    assert current_revision(open_store(store_url)) == 0


def test_threads_may_open_one_new_store_at_once(store_url):
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(open_store, [store_url] * 4))
    assert [current_revision(store) for store in stores] == [0] * 4


def test_sqlite_readers_and_the_writer_work_at_once(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with store.reading() as open_connection:
        assert open_connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert open_connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert open_connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_a_start_while_somebody_reads_goes_on_and_a_later_one_sets_the_log(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    file = tmp_path / "store.sqlite"
    open_store(f"sqlite:///{file}").engine.dispose()
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("PRAGMA journal_mode = DELETE")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM revisions").fetchall()
    assert current_revision(open_store(f"sqlite:///{file}")) == 0
    assert _journal(file) == "delete"
    reader.close()
    assert current_revision(open_store(f"sqlite:///{file}")) == 0
    assert _journal(file) == "wal"


def _journal(file: Path) -> str:
    with sqlite3.connect(file) as opened:
        return str(opened.execute("PRAGMA journal_mode").fetchone()[0])


def test_a_newer_schema_is_refused_and_left_alone(store_url):
    store = open_store(store_url)
    with store.engine.begin() as open_connection:
        open_connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(Conflict) as refusal:
        open_store(store_url)
    assert (refusal.value.code, refusal.value.details) == ("store.newer_schema", {"found": "0999", "known": "0003"})
    with store.engine.connect() as open_connection:
        assert open_connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0999"


def test_a_database_with_tables_of_somebody_else_is_refused_and_left_alone(store_url, tmp_path):
    (tmp_path / "new folder").mkdir()
    address = make_url(store_url)
    engine = create_engine(address.set(drivername=connection._DRIVERS[address.drivername]))
    with engine.begin() as open_connection:
        open_connection.execute(text("CREATE TABLE observations (bird text)"))
    with pytest.raises(Conflict, match="not_ours"):
        open_store(store_url)
    assert inspect(engine).get_table_names() == ["observations"]


@pytest.mark.parametrize(
    "content", [b"indicator,region\n" * 200, b"SQLite format 3\0" + b"\xff" * 5000], ids=["a CSV", "a broken header"]
)
def test_a_file_that_is_no_database_stays_as_it_is(tmp_path, content):
    file = tmp_path / "store.sqlite"
    file.write_bytes(content)
    with pytest.raises(Unavailable, match="unreachable"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == content
    assert sorted(tmp_path.iterdir()) == [file]


def test_a_store_with_a_damaged_page_stays_as_it_is(tmp_path):
    file = tmp_path / "store.sqlite"
    open_store(f"sqlite:///{file}").engine.dispose()
    damaged = file.read_bytes()[:3000] + b"\x5a" * 3000 + file.read_bytes()[6000:]
    file.write_bytes(damaged)
    with pytest.raises(Unavailable):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == damaged


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable) as failure:
        open_store(f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}")
    assert failure.value.details["url"] == f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}"


def test_a_store_that_another_program_holds_is_unavailable(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    file = tmp_path / "store.sqlite"
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable) as failure:
        open_store(f"sqlite:///{file}")
    holder.close()
    assert failure.value.details["reason"] == "database is locked"


def test_an_unreachable_server_is_named_without_its_password():
    with pytest.raises(Unavailable) as failure:
        open_store("postgresql://reader:secret@127.0.0.1:1/figures")
    assert failure.value.details["url"] == "postgresql+psycopg://reader:***@127.0.0.1:1/figures"
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://user:secret@host/figures",
        "oracle://user:secret@host",
        "postgresql://user:se/cret@host:port/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://host/figures.sqlite",
        "postgresql+asyncpg://user:secret@host/figures",
    ],
)
def test_an_url_of_another_kind_is_refused_without_its_password(url):
    with pytest.raises(Invalid) as refusal:
        open_store(url)
    assert refusal.value.code == "settings.database_url"
    assert "cret" not in str(refusal.value)


def test_postgres_is_another_spelling_of_postgresql(postgres_url):
    store = open_store(postgres_url.replace("postgresql://", "postgres://"))
    assert store.engine.dialect.driver == "psycopg"


def test_a_relative_file_is_made_with_its_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///中文 100% folder/store.sqlite")
    assert Path("中文 100% folder/store.sqlite").exists()
