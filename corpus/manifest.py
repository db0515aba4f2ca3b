"""The manifest: which sources are indexed, with which passages, and which of those have their vector.

One SQLite file is the one truth. Replacing a source writes its new passages, drops the old ones and moves
the lexical index along, all in one transaction: whoever looks sees the old source or the new one. Vectors
follow outside of it: a passage starts out pending, and the ids of dropped passages wait in `stale` until
the vector index has forgotten them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import lexical_index
from corpus.chunks import Chunk
from corpus.database import Database
from corpus.errors import LibraryError
from corpus.manifest_rows import (
    CHUNK_COLUMNS,
    SOURCE_COLUMNS,
    SourceRecord,
    chunk_row,
    source_row,
    to_chunk,
    to_source,
)

__all__ = ["LibraryState", "Manifest", "SourceRecord"]

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


@dataclass(frozen=True, slots=True)
class LibraryState:
    """How far the library is. `embedder` is the model that made its vectors, None while there are none."""

    sources: int
    chunks: int
    embedded: int
    embedder: str | None

    @property
    def pending(self) -> int:
        """Passages that can be found by words only, so far."""
        return self.chunks - self.embedded


class Manifest(Database):
    """The manifest in one file; every thread gets a connection of its own."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file,
            _SCHEMA + lexical_index.SCHEMA,
            when_damaged=f"Move it away with {file.name}-wal and {file.name}-shm, or put a copy of yours in its place, "
            "then run 'exam-tutor ingest' on your sources again: the vectors that were made are kept beside it.",
        )
        version = self.get_meta("schema")
        if version is None:
            self.set_meta("schema", SCHEMA_VERSION)
        elif version != SCHEMA_VERSION:
            self.close()
            raise LibraryError(
                f"The library {file} was written in form {version}; this version of Exam Tutor reads form "
                f"{SCHEMA_VERSION}.",
                "Move the folder away and ingest your sources again, or use the version that wrote it.",
            )

    def get_meta(self, key: str) -> str | None:
        """What is recorded under a key, or None."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Record a value under a key."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Sources and passages -----------------------------------------------------------------------------

    def replace(self, record: SourceRecord, chunks: Sequence[Chunk]) -> None:
        """Make these the source's passages, in one transaction. A passage that stays keeps its vector."""
        with self.transaction() as connection:
            old = dict(connection.execute("SELECT id, embedded FROM chunks WHERE source = ?", (record.id,)))
            connection.execute("DELETE FROM chunks WHERE source = ?", (record.id,))
            connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)", source_row(record))
            connection.executemany(
                f"""INSERT INTO chunks({CHUNK_COLUMNS}, position, context, embedded)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",  # noqa: S608  no input in it
                [(*chunk_row(chunk), n, chunk.context, old.get(chunk.id, 0)) for n, chunk in enumerate(chunks)],
            )
            kept = {chunk.id for chunk in chunks}
            connection.executemany("DELETE FROM stale WHERE id = ?", [(key,) for key in kept])
            _mark_stale(connection, (key for key, embedded in old.items() if embedded and key not in kept))

    def remove(self, source: str) -> tuple[int, int] | None:
        """Drop a source: how many passages and vectors it had, or None where there is none of that name."""
        with self.transaction() as connection:
            old = connection.execute("SELECT id, embedded FROM chunks WHERE source = ?", (source,)).fetchall()
            connection.execute("DELETE FROM chunks WHERE source = ?", (source,))
            embedded = [key for key, has_vector in old if has_vector]
            _mark_stale(connection, embedded)
            known = connection.execute("DELETE FROM sources WHERE id = ?", (source,)).rowcount > 0
            return (len(old), len(embedded)) if known else None

    def sources(self) -> list[SourceRecord]:
        """All sources, by name."""
        return self._sources("ORDER BY id")

    def source(self, source: str) -> SourceRecord | None:
        """The source of that name, or None."""
        found = self._sources("WHERE id = ?", source)
        return found[0] if found else None

    def tagged(self) -> list[tuple[str, str, str | None, int]]:
        """(source, domain, task or None, how many passages), for every source that has tagged passages."""
        return [
            (str(source), str(domain), None if task is None else str(task), int(passages))
            for source, domain, task, passages in self._rows(
                "SELECT source, domain, task, COUNT(*) FROM chunks "
                "WHERE domain IS NOT NULL GROUP BY source, domain, task"
            )
        ]

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The passages that are current, under their ids; ids that are not are left out."""
        return {chunk.id: chunk for chunk in self._chunks(f"WHERE id IN ({','.join('?' * len(ids))})", *ids)}

    def sources_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The source of each passage that is current, under the passage's id; cheaper than the passages."""
        return {
            str(key): str(source)
            for key, source in self._rows(
                "SELECT id, source FROM chunks WHERE id IN (SELECT value FROM json_each(?))", json.dumps(list(ids))
            )
        }

    def chunks_of(self, source: str) -> list[Chunk]:
        """A source's passages in reading order."""
        return self._chunks("WHERE source = ? ORDER BY position", source)

    def own_texts_of(self, source: str) -> list[str]:
        """What the model read of a source's passages (`Chunk.embedding_text`), without what it read elsewhere too.

        The text begins with the source's title, so that only sources of the same title can share one.
        """
        rows = self._rows(
            """SELECT context || char(10) || text FROM chunks WHERE source = ?1
               EXCEPT SELECT context || char(10) || text FROM chunks WHERE source IN (
                   SELECT id FROM sources WHERE id != ?1 AND title = (SELECT title FROM sources WHERE id = ?1))""",
            source,
        )
        return [str(row[0]) for row in rows]

    def state(self) -> LibraryState:
        """How far the library is."""
        ((sources, chunks, pending, embedder),) = self._rows(
            """SELECT (SELECT count(*) FROM sources), (SELECT coalesce(sum(chunks), 0) FROM sources),
                      (SELECT count(*) FROM chunks WHERE embedded = 0),
                      (SELECT value FROM meta WHERE key = 'embedder')"""
        )
        return LibraryState(sources, chunks, chunks - pending, embedder)

    # Vectors ------------------------------------------------------------------------------------------

    def pending(self, limit: int) -> list[Chunk]:
        """Passages that have no vector yet, oldest first."""
        return self._chunks("WHERE embedded = 0 ORDER BY rowid LIMIT ?", limit)

    def embedded(self) -> dict[str, str]:
        """What the model read of each passage that has its vector (`Chunk.embedding_text`), under the passage's id."""
        return dict(self._rows("SELECT id, context || char(10) || text FROM chunks WHERE embedded"))

    def stale(self) -> list[str]:
        """Ids that the vector index should forget."""
        return [str(row[0]) for row in self._rows("SELECT id FROM stale")]

    def vectors_due(self) -> bool:
        """Whether a passage waits for its vector, or the vector index should forget an id."""
        ((due,),) = self._rows("SELECT EXISTS(SELECT 1 FROM chunks WHERE embedded = 0) OR EXISTS(SELECT 1 FROM stale)")
        return bool(due)

    def mark_embedded(self, ids: Iterable[str]) -> None:
        """Note that these passages have their vector."""
        self._set_embedded(1, ids)

    def mark_pending(self, ids: Iterable[str]) -> None:
        """Note that these passages have no vector."""
        self._set_embedded(0, ids)

    def forget_model(self) -> None:
        """Note that no passage has a vector, nor the library a model, in one transaction."""
        with self.transaction() as connection:
            connection.execute("UPDATE chunks SET embedded = 0")
            connection.execute("DELETE FROM stale")
            connection.execute("DELETE FROM meta WHERE key = 'embedder'")

    def unmark_stale(self, ids: Iterable[str]) -> None:
        """Note that the vector index has forgotten these."""
        with self.transaction() as connection:
            connection.executemany("DELETE FROM stale WHERE id = ?", [(key,) for key in ids])

    def _set_embedded(self, value: int, ids: Iterable[str]) -> None:
        with self.transaction() as connection:
            connection.executemany("UPDATE chunks SET embedded = ? WHERE id = ?", [(value, key) for key in ids])

    def _sources(self, which: str, *values: object) -> list[SourceRecord]:
        rows = self._rows(f"SELECT {SOURCE_COLUMNS} FROM sources {which}", *values)  # noqa: S608  no input in it
        return [to_source(row) for row in rows]

    def _chunks(self, which: str, *values: object) -> list[Chunk]:
        rows = self._rows(f"SELECT {CHUNK_COLUMNS} FROM chunks {which}", *values)  # noqa: S608  no input in it
        return [to_chunk(row) for row in rows]

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.errors():
            return self.connection.execute(query, values).fetchall()


def _mark_stale(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    connection.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(key,) for key in ids])
