"""Vector index: nearest neighbours by cosine, as the rest of the project sees it; and one in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from corpus.embedder import Vectors


class VectorSearch(Protocol):
    """Vectors under ids, to be searched."""

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine in -1..1, nearest first; fewer where there are fewer."""
        ...


class VectorIndex(VectorSearch, Protocol):
    """Vectors under ids. Writing an id again replaces its vector; removing an unknown one does nothing."""

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors of length 1, shape (len(ids), dimension).

        Raises:
            LibraryError: the index cannot be written, or the dimension is not that of the vectors in it.
        """
        ...

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these ids."""
        ...

    def ids(self) -> set[str]:
        """All ids in the index."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...


class InMemoryVectorIndex:
    """A `VectorIndex` in a dictionary: exact, and gone with the process."""

    def __init__(self) -> None:
        self._vectors: dict[str, Vectors] = {}

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors of length 1, shape (len(ids), dimension)."""
        self._vectors.update(zip(ids, vectors, strict=True))

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these ids."""
        for key in ids:
            self._vectors.pop(key, None)

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine, nearest first."""
        if not self._vectors:
            return []
        return nearest(list(self._vectors), np.stack(list(self._vectors.values())), vector, k)

    def ids(self) -> set[str]:
        """All ids in the index."""
        return set(self._vectors)

    def close(self) -> None:
        """Nothing to let go of."""


def nearest(ids: Sequence[str], vectors: Vectors, vector: Vectors, k: int) -> list[tuple[str, float]]:
    """The k ids nearest to a vector with their cosine, by comparing all: `vectors` has one row an id."""
    cosines = vectors @ vector
    return [(ids[row], float(cosines[row])) for row in np.argsort(-cosines, kind="stable")[:k]]
