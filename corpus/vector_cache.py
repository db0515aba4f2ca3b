"""Vectors kept by model and text, so that nothing is embedded twice: not after a rename, not after a loss."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.database import Database
from corpus.embedder import Vectors

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors(key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class VectorCache:
    """A file of vectors, for any thread and process."""

    def __init__(self, file: Path) -> None:
        self._database = Database(
            file,
            _SCHEMA,
            when_damaged="Delete it, then run 'exam-tutor doctor' and 'exam-tutor embed': it holds nothing but "
            "vectors, which will be computed again.",
        )

    def get(self, model: str, texts: Sequence[str]) -> dict[int, Vectors]:
        """The vectors that are here, under the position of their text."""
        found = {}
        with self._database.errors():
            for position, text in enumerate(texts):
                row = self._database.connection.execute(
                    "SELECT vector FROM vectors WHERE key = ?", (_key(model, text),)
                ).fetchone()
                if row is not None:
                    found[position] = np.frombuffer(row[0], dtype=np.float32)
        return found

    def missing(self, model: str, texts: Sequence[str]) -> list[int]:
        """The positions of the texts whose vectors are not here."""
        query = "SELECT 1 FROM vectors WHERE key = ?"
        with self._database.errors():
            find = self._database.connection.execute
            return [n for n, text in enumerate(texts) if find(query, (_key(model, text),)).fetchone() is None]

    def put(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors, shape (len(texts), dimension); those that are here stay as they are."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                [(_key(model, text), vector.tobytes()) for text, vector in zip(texts, vectors, strict=True)],
            )

    def forget(self, model: str, texts: Sequence[str]) -> int:
        """Drop the vectors of these texts; returns how many there were."""
        with self._database.transaction() as connection:
            rows = connection.executemany("DELETE FROM vectors WHERE key = ?", [(_key(model, t),) for t in texts])
            return max(rows.rowcount, 0)  # SQLite says -1 for no texts

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _key(model: str, text: str) -> bytes:
    return hashlib.sha256(f"{model}\0{text}".encode()).digest()
