"""Opening the store: a SQLite file on a laptop, PostgreSQL for several servers, by URL.

An existing store is upgraded, never replaced. One process at a time may write; on SQLite that is
BEGIN IMMEDIATE, on PostgreSQL an advisory lock, both held until the transaction ends.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, ProgrammingError

from indicators.errors import Conflict, Invalid, Unavailable
from indicators.store.schema import KNOWN_SCHEMAS, SCHEMA, metadata

BUSY_SECONDS = 10
_LOCK = 20_120_714
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Store:
    """An open store whose tables are those of this program."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with. Raises Unavailable("store.unreachable")."""
        with _reachable(self.engine.url), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction of the only writer: all of it happens, or nothing."""
        with _reachable(self.engine.url), self.engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                    connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
                yield connection


def open_store(url: str) -> Store:
    """The store at a database URL, created or upgraded where needed.

    Raises Invalid("settings.database_url"), Unavailable("store.unreachable"),
    Conflict("store.newer_schema") and Conflict("store.not_ours").
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _make_folder(address)
    store = Store(_engine(address))
    try:
        if _schema_of(store) != SCHEMA:
            _upgrade(store)
        if address.get_backend_name() == "sqlite":
            _let_readers_and_writer_work_at_once(store)
    except Exception:
        store.engine.dispose()
        raise
    return store


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise Invalid("settings.database_url", found=_without_password(url)) from None
    driver = _DRIVERS.get(address.drivername)
    if driver is None or (driver == "sqlite" and not _is_file(address)):
        raise Invalid("settings.database_url", found=_without_password(url))
    return address.set(drivername=driver)


def _is_file(address: URL) -> bool:
    name = address.database or ""
    return not address.host and name not in ("", ":memory:") and not name.startswith("file:")


def _without_password(url: str) -> str:
    """Anything that may be a password replaced, also in a URL that cannot be parsed."""
    return re.sub(r"(password=)[^&]*", r"\1***", re.sub(r"://.*@", "://***@", url))


def _make_folder(address: URL) -> None:
    try:
        Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unreachable(address, error.strerror or str(error)) from None


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "postgresql":
        return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS})
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # transactions are begun below, not by the driver
    connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _schema_of(store: Store) -> str | None:
    """Version of the store's tables; None where there are none yet."""
    with store.reading() as connection:
        return _schema_seen_by(connection)


def _schema_seen_by(connection: Connection) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None and found not in KNOWN_SCHEMAS:
            raise Conflict("store.newer_schema", found=found, known=SCHEMA)
        return None if found is None else str(found)
    foreign = sorted(tables & set(metadata.tables))
    if foreign:
        raise Conflict("store.not_ours", found=", ".join(foreign))
    return None


def _upgrade(store: Store) -> None:
    from alembic import command  # slow to import, and needed on the first start only
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with store.writing() as connection:
        if _schema_seen_by(connection) != SCHEMA:  # another process may have been first
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _let_readers_and_writer_work_at_once(store: Store) -> None:
    """SQLite's write-ahead log, a property of the file; while somebody uses the file, the next start sets it."""
    connection = store.engine.raw_connection()
    try:
        with suppress(sqlite3.OperationalError):
            connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


@contextmanager
def _reachable(address: URL) -> Iterator[None]:
    """Turns what the database's driver says into an error that tells the person what to do."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, (IntegrityError, ProgrammingError)) and not _is_denied(error):
            raise
        reason = str(error.orig).strip().split("\n")[0]
        raise _unreachable(address, reason) from None


def _is_denied(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) == "42501"


def _unreachable(address: URL, reason: str) -> Unavailable:
    shown = address.set(query={}).render_as_string(hide_password=True)
    return Unavailable("store.unreachable", url=shown, reason=reason[:160])
