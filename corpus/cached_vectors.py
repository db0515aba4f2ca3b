"""Search by meaning for a process that may not touch the vector index: exact, over the vectors in the cache.

Whatever is in the index is in the cache as well, by model and text; the manifest says which texts are current.
Comparing a question with all of them costs milliseconds: they are as many rows of one matrix.
"""

from __future__ import annotations

import threading

import numpy as np

from corpus.embedder import Vectors
from corpus.manifest import Manifest
from corpus.vector_cache import VectorCache
from corpus.vector_index import nearest


class CachedVectors:
    """A `VectorSearch` over all passages that have their vector; four bytes a number in memory.

    What other processes write it sees at the next search, which reads in the passages that are new.
    """

    def __init__(self, manifest: Manifest, cache: VectorCache, model: str, dimension: int) -> None:
        self._manifest = manifest
        self._cache = cache
        self._model = model
        self._lock = threading.Lock()
        self._version: int | None = None
        self._ids: list[str] = []
        self._vectors: Vectors = np.zeros((0, dimension), dtype=np.float32)

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine, nearest first."""
        with self._lock:
            version = self._manifest.version()
            if version != self._version:
                self._follow_manifest()
                self._version = version
            ids, vectors = self._ids, self._vectors
        return nearest(ids, vectors, vector, k)

    def _follow_manifest(self) -> None:
        texts = self._manifest.embedded()
        kept = [row for row, key in enumerate(self._ids) if key in texts]
        known = set(self._ids)
        new = [key for key in texts if key not in known]
        found = self._cache.get(self._model, [texts[key] for key in new])
        self._ids = [self._ids[row] for row in kept] + [new[position] for position in found]
        self._vectors = np.concatenate([self._vectors[kept], *(vector[None, :] for vector in found.values())])
