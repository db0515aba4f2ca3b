"""Vectors kept by model and text, so that nothing is embedded twice: not after a rename, not after a loss."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.embedder import Vectors
from corpus.errors import LibraryError

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors(key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class VectorCache:
    """A file of vectors. Used by one thread at a time."""

    def __init__(self, file: Path) -> None:
        try:
            self._connection = sqlite3.connect(file, timeout=30, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(_SCHEMA)
        except sqlite3.Error as error:
            raise LibraryError(
                f"The vector cache {file} cannot be opened: {error}",
                "Delete the file and run 'exam-tutor embed'; its vectors will be computed again.",
            ) from error

    def get(self, model: str, texts: Sequence[str]) -> dict[int, Vectors]:
        """The vectors that are here, under the position of their text."""
        found = {}
        for position, text in enumerate(texts):
            row = self._connection.execute("SELECT vector FROM vectors WHERE key = ?", (_key(model, text),)).fetchone()
            if row is not None:
                found[position] = np.frombuffer(row[0], dtype=np.float32)
        return found

    def put(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors, shape (len(texts), dimension)."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                [(_key(model, text), vector.tobytes()) for text, vector in zip(texts, vectors, strict=True)],
            )

    def forget(self, model: str, texts: Sequence[str]) -> None:
        """Drop the vectors of these texts."""
        with self._connection:
            self._connection.executemany("DELETE FROM vectors WHERE key = ?", [(_key(model, t),) for t in texts])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _key(model: str, text: str) -> bytes:
    return hashlib.sha256(f"{model}\0{text}".encode()).digest()
