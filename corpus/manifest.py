"""The manifest: which sources are indexed, with which passages, and which of those have their vector.

One SQLite file is the one truth. Replacing a source writes its new passages, drops the old ones and moves
the lexical index along, all in one transaction: whoever looks sees the old source or the new one. Vectors
follow outside of it: a passage starts out pending, and the ids of dropped passages wait in `stale` until
the vector index has forgotten them.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus import lexical_index
from corpus.chunks import Chunk, Tags
from corpus.documents import Location
from corpus.errors import LibraryError

SCHEMA_VERSION = "1"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources(
    id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, url TEXT, sha256 TEXT NOT NULL,
    recipe TEXT NOT NULL, added_at TEXT NOT NULL, chunks INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunks(
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL REFERENCES sources(id),
    position INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, heading TEXT NOT NULL, page INTEGER, url TEXT,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, domain TEXT, task TEXT, confidence REAL NOT NULL,
    cards TEXT NOT NULL, context TEXT NOT NULL, text TEXT NOT NULL, embedded INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS chunks_by_source ON chunks(source, position);
CREATE INDEX IF NOT EXISTS chunks_pending ON chunks(rowid) WHERE embedded = 0;
CREATE TABLE IF NOT EXISTS stale(id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_COLUMNS = 'id, text, source, title, kind, heading, page, url, start, "end", domain, task, confidence, cards'


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One indexed source. `recipe` names how it was read and split: another recipe, and it is read again."""

    id: str
    title: str
    kind: str
    url: str | None
    sha256: str
    recipe: str
    added_at: datetime
    chunks: int


class Manifest:
    """The manifest in one file; every thread gets a connection of its own."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        with self.errors():
            connection = self.connection
            connection.executescript(_SCHEMA)
            connection.executescript(lexical_index.SCHEMA)
        version = self.get_meta("schema")
        if version is None:
            self.set_meta("schema", SCHEMA_VERSION)
        elif version != SCHEMA_VERSION:
            raise LibraryError(
                f"The library {file} was written in form {version}; this version of Exam Tutor reads form "
                f"{SCHEMA_VERSION}.",
                "Move the folder away and ingest your sources again, or use the version that wrote it.",
            )

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._file, timeout=30, check_same_thread=False, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA cache_size=-65536")
            connection.execute("PRAGMA mmap_size=268435456")
            self._local.connection = connection
            with self._lock:
                self._open.append(connection)
        return connection

    @contextmanager
    def errors(self) -> Iterator[None]:
        """SQLite's errors as the project's own."""
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(
                f"The library {self._file} failed: {error}",
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

    def get_meta(self, key: str) -> str | None:
        """What is recorded under a key, or None."""
        with self.errors():
            row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Record a value under a key."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def replace(self, record: SourceRecord, chunks: Sequence[Chunk]) -> None:
        """Make these the source's passages, in one transaction. A passage that stays keeps its vector."""
        with self.transaction() as connection:
            old = dict(connection.execute("SELECT id, embedded FROM chunks WHERE source = ?", (record.id,)))
            connection.execute("DELETE FROM chunks WHERE source = ?", (record.id,))
            connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    record.id,
                    record.title,
                    record.kind,
                    record.url,
                    record.sha256,
                    record.recipe,
                    record.added_at.isoformat(),
                    len(chunks),
                ),
            )
            connection.executemany(
                f"""INSERT INTO chunks({_COLUMNS}, position, context, embedded)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",  # noqa: S608  no input in it
                [(*_row(chunk), n, chunk.context, old.get(chunk.id, 0)) for n, chunk in enumerate(chunks)],
            )
            kept = {chunk.id for chunk in chunks}
            connection.executemany("DELETE FROM stale WHERE id = ?", [(key,) for key in kept])
            _mark_stale(connection, (key for key, embedded in old.items() if embedded and key not in kept))

    def remove(self, source: str) -> bool:
        """Drop a source and its passages; False where there is none of that name."""
        with self.transaction() as connection:
            old = connection.execute("SELECT id FROM chunks WHERE source = ? AND embedded", (source,)).fetchall()
            connection.execute("DELETE FROM chunks WHERE source = ?", (source,))
            _mark_stale(connection, (row[0] for row in old))
            return connection.execute("DELETE FROM sources WHERE id = ?", (source,)).rowcount > 0

    def sources(self) -> list[SourceRecord]:
        """All sources, by name."""
        with self.errors():
            rows = self.connection.execute(
                "SELECT id, title, kind, url, sha256, recipe, added_at, chunks FROM sources ORDER BY id"
            ).fetchall()
        return [_record(row) for row in rows]

    def source(self, source: str) -> SourceRecord | None:
        """The source of that name, or None."""
        with self.errors():
            row = self.connection.execute(
                "SELECT id, title, kind, url, sha256, recipe, added_at, chunks FROM sources WHERE id = ?", (source,)
            ).fetchone()
        return None if row is None else _record(row)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The passages that are current, under their ids; ids that are not are left out."""
        marks = ",".join("?" * len(ids))
        with self.errors():
            rows = self.connection.execute(
                f"SELECT {_COLUMNS} FROM chunks WHERE id IN ({marks})",  # noqa: S608  only question marks in it
                list(ids),
            ).fetchall()
        return {row[0]: _chunk(row) for row in rows}

    def chunks_of(self, source: str) -> list[Chunk]:
        """A source's passages in reading order."""
        with self.errors():
            rows = self.connection.execute(
                f"SELECT {_COLUMNS} FROM chunks WHERE source = ? ORDER BY position",  # noqa: S608
                (source,),
            ).fetchall()
        return [_chunk(row) for row in rows]

    def pending(self, limit: int) -> list[Chunk]:
        """Passages that have no vector yet, oldest first."""
        with self.errors():
            rows = self.connection.execute(
                f"SELECT {_COLUMNS} FROM chunks WHERE embedded = 0 ORDER BY rowid LIMIT ?",  # noqa: S608
                (limit,),
            ).fetchall()
        return [_chunk(row) for row in rows]

    def counts(self) -> tuple[int, int, int]:
        """How many sources, passages, and passages with a vector there are."""
        with self.errors():
            row = self.connection.execute(
                """SELECT (SELECT count(*) FROM sources), (SELECT coalesce(sum(chunks), 0) FROM sources),
                          (SELECT count(*) FROM chunks WHERE embedded = 0)"""
            ).fetchone()
        return int(row[0]), int(row[1]), int(row[1]) - int(row[2])

    def mark_embedded(self, ids: Iterable[str]) -> None:
        """Note that these passages have their vector; one dropped meanwhile becomes stale instead."""
        with self.transaction() as connection:
            for key in ids:
                found = connection.execute("UPDATE chunks SET embedded = 1 WHERE id = ?", (key,)).rowcount
                if not found:
                    _mark_stale(connection, [key])

    def mark_pending(self, ids: Iterable[str]) -> None:
        """Note that these passages have no vector."""
        with self.transaction() as connection:
            connection.executemany("UPDATE chunks SET embedded = 0 WHERE id = ?", [(key,) for key in ids])

    def mark_all_pending(self) -> None:
        """Note that no passage has a vector."""
        with self.transaction() as connection:
            connection.execute("UPDATE chunks SET embedded = 0")
            connection.execute("DELETE FROM stale")

    def stale(self) -> list[str]:
        """Ids that the vector index should forget."""
        with self.errors():
            return [str(row[0]) for row in self.connection.execute("SELECT id FROM stale")]

    def unmark_stale(self, ids: Iterable[str]) -> None:
        """Note that the vector index has forgotten these."""
        with self.transaction() as connection:
            connection.executemany("DELETE FROM stale WHERE id = ?", [(key,) for key in ids])

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()


def _record(row: tuple[str, ...]) -> SourceRecord:
    key, title, kind, url, sha256, recipe, added_at, chunks = row
    return SourceRecord(key, title, kind, url, sha256, recipe, datetime.fromisoformat(added_at), int(chunks))


def _mark_stale(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    connection.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(key,) for key in ids])


def _row(chunk: Chunk) -> tuple[object, ...]:
    place, tags = chunk.location, chunk.tags
    return (
        chunk.id,
        chunk.text,
        chunk.source,
        chunk.title,
        chunk.kind,
        json.dumps(place.heading, ensure_ascii=False),
        place.page,
        place.url,
        place.start,
        place.end,
        tags.domain,
        tags.task,
        tags.confidence,
        json.dumps(tags.cards),
    )


def _chunk(row: tuple[str, ...]) -> Chunk:
    key, text, source, title, kind, heading, page, url, start, end, domain, task, confidence, cards = row
    return Chunk(
        id=key,
        text=text,
        source=source,
        title=title,
        kind=kind,
        location=Location(
            start=int(start),
            end=int(end),
            heading=tuple(json.loads(heading)),
            page=None if page is None else int(page),
            url=url,
        ),
        tags=Tags(domain=domain, task=task, confidence=float(confidence), cards=tuple(json.loads(cards))),
    )
