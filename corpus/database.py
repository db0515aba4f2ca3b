"""An SQLite file of the library: a connection a thread, transactions, and its errors as the project's own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LibraryError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Database:
    """One file; every thread gets a connection of its own. `when_damaged` says what to do about a broken file."""

    def __init__(self, file: Path, schema: str, *, when_damaged: str) -> None:
        self._file = file
        self._when_damaged = when_damaged
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._watcher: sqlite3.Connection | None = None
        with self.errors():
            self.connection.executescript(schema)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA cache_size=-65536")
            connection.execute("PRAGMA mmap_size=268435456")
            self._local.connection = connection
        return connection

    @contextmanager
    def errors(self) -> Iterator[None]:
        """SQLite's errors as the project's own."""
        try:
            yield
        except sqlite3.Error as error:
            # The low byte is the error, the rest is its detail; errors of the sqlite3 module itself have no code.
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
                raise LibraryError(f"The file {self._file} is damaged: {error}.", self._when_damaged) from error
            raise LibraryError(
                f"The file {self._file} failed: {error}.",
                "Check that the disk is not full and that the file is yours to write.",
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is written inside, or nothing of it."""
        with self.errors():
            connection = self.connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def version(self) -> int:
        """A number that is another one once anybody, in whatever process, has written to the file."""
        with self.errors(), self._lock:
            # SQLite counts the writes of others only, so this connection is one that never writes.
            self._watcher = self._watcher or self._connect()
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._watcher = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=30, check_same_thread=False, isolation_level=None)
        self._open.append(connection)  # appending is atomic, and `version` calls this with the lock held
        return connection
