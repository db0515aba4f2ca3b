"""Where a ledger is kept, an SQLite file or a PostgreSQL server, through SQLAlchemy; its errors as the project's."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

BUSY_SECONDS = 30.0
"""How long one who writes waits for another who is writing."""

# What a line says stands in `content` as JSON, so that a new kind of fact about an attempt needs no migration.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger (
    seq {sequence},
    learner TEXT NOT NULL,
    exam TEXT NOT NULL,
    sort TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (learner, sort, id)
)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS ledger_of_learner ON ledger (learner, exam, sort, seq)"
_SEQUENCE = {
    "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}
_OPENING_LOCK = "SELECT pg_advisory_xact_lock(7305804402)"
"""On a server, "IF NOT EXISTS" alone fails when two processes create a table at once. The number is any."""

Row = dict[str, Any]


class LedgerDatabase:
    """One table of lines, for several threads and processes at once."""

    def __init__(self, place: str | Path) -> None:
        import sqlalchemy  # noqa: PLC0415

        self._sql = sqlalchemy
        url = self._url(place)
        self._file = Path(url.database or "") if url.drivername == "sqlite" else None
        self.name = str(self._file or url.render_as_string(hide_password=True))
        with self._errors():
            self._engine = self._open_engine(url)
            try:
                self._create()
            except BaseException:
                self._engine.dispose()
                raise

    def read(self, statement: str, **values: object) -> list[Row]:
        """The rows that a query finds, as they were at one moment."""
        with self._errors(), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(self._sql.text(statement), values).mappings()]

    def write(self, statement: str, rows: Sequence[Mapping[str, object]]) -> int:
        """Run a statement for every row, all or none; how many lines of the table it touched."""
        if not rows:
            return 0
        with self._errors(), self._transaction() as connection:
            return connection.execute(self._sql.text(statement), list(rows)).rowcount

    def wipe(self) -> None:
        """Leave no trace of deleted lines in the SQLite file; a server's vacuum and backups are its keeper's matter.

        Raises:
            LedgerError: another process holds on to an older state of the file, so that traces stay for now.
        """
        if self._file is None:
            return
        with self._errors(), self._engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            still_read = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        if still_read:
            raise LedgerError(
                f"The lines are deleted, but another process is reading {self.name}, so that traces of them stay.",
                "Close what else uses it and delete once more.",
            )

    def close(self) -> None:
        """Close the connections of all threads."""
        self._engine.dispose()

    def _url(self, place: str | Path) -> URL:
        if isinstance(place, Path):
            return self._sql.URL.create("sqlite", database=str(place))
        try:
            url = self._sql.make_url(place)
        except self._sql.exc.ArgumentError:
            raise _unusable("The address of the ledger is not one of a database.") from None
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql+psycopg")
        if url.drivername != "sqlite" or url.database in {None, "", ":memory:"}:
            raise _unusable(f"The ledger cannot be kept in {url.render_as_string(hide_password=True)}.")
        return url

    def _open_engine(self, url: URL) -> Engine:
        if self._file is None:
            return self._sql.create_engine(url, pool_pre_ping=True)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # The driver's own transactions are off: it would begin them late, and fail where waiting is enough.
        engine = self._sql.create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})
        self._sql.event.listen(engine, "connect", _prepare_sqlite)
        return engine

    def _create(self) -> None:
        if self._file is not None:
            self._refuse_another_database()
            self.read("PRAGMA journal_mode=WAL")  # once and for all: the file remembers
        schema = _SCHEMA.format(sequence=_SEQUENCE[self._engine.dialect.name])
        with self._transaction() as connection:
            if self._file is None:
                connection.exec_driver_sql(_OPENING_LOCK)
            connection.exec_driver_sql(schema)
            connection.exec_driver_sql(_INDEX)

    def _refuse_another_database(self) -> None:
        tables = {row["name"] for row in self.read("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "ledger" not in tables:
            found = ", ".join(sorted(tables)[:3])
            raise LedgerError(
                f"The file {self.name} is a database of something else ({found}); it was not touched.",
                "Name another file for the ledger, or move this one away.",
            )

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            if self._file is not None:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except self._sql.exc.DBAPIError as error:
            raise self._translated(error.orig) from error.orig
        except ImportError as error:
            raise LedgerError(
                "A ledger on a PostgreSQL server needs psycopg, which is not installed.",
                "pip install 'exam-tutor[postgresql]'",
            ) from error
        except (self._sql.exc.SQLAlchemyError, OSError, UnicodeError) as error:
            raise LedgerError(f"The ledger {self.name} failed: {error}.") from error

    def _translated(self, error: BaseException | None) -> LedgerError:
        # The low byte is the error, the rest is its detail.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            return LedgerError(
                f"The file {self.name} is not a ledger, nor any other SQLite database; it was not touched.",
                "Move it away, or name another file for the ledger.",
            )
        if code == sqlite3.SQLITE_CORRUPT:
            return LedgerError(
                f"The ledger {self.name} is damaged: {error}.",
                "Put back a copy of it, or move it away and import what was exported.",
            )
        if self._file is not None:
            hint = "Check that the disk is not full and that the file is yours to write."
        else:
            hint = "Check that the server runs and that the address, the name and the password are right."
        return LedgerError(f"The ledger {self.name} failed: {str(error).strip()}.", hint)


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """An answer survives a power cut (FULL waits for the disk), and what is deleted is overwritten."""
    with contextlib.closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA secure_delete=ON")


def _unusable(problem: str) -> LedgerError:
    return LedgerError(problem, "Write sqlite:///FILE or postgresql://NAME:PASSWORD@HOST/DATABASE.")
