"""An embedder that computes no text's vector twice, whichever library or baseline asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.embedder import Embedder, TokenSpan, Vectors
from corpus.vector_cache import VectorCache

BATCH = 256
"""Texts embedded before what was computed is kept: a run that is stopped loses no more than these."""


class CachedEmbedder:
    """An `Embedder` over another one and a file of vectors. For building indexes; a question is timed without it."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self._embedder = embedder
        self._cache = VectorCache(file)

    @property
    def name(self) -> str:
        """The name of the model behind it: its vectors are the same."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads."""
        return self._embedder.max_tokens

    @property
    def is_loaded(self) -> bool:
        """Whether the model behind it is loaded."""
        return self._embedder.is_loaded

    def token_spans(self, texts: Sequence[str]) -> list[list[TokenSpan]]:
        """For each text the character offsets of the model's tokens."""
        return self._embedder.token_spans(texts)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """For each text how many tokens it has."""
        return self._embedder.token_counts(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1, shape (len(texts), dimension): kept ones where there are, else new ones, then kept."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            vectors[start : start + BATCH] = self._batch(texts[start : start + BATCH])
        return vectors

    def close(self) -> None:
        """Close the file."""
        self._cache.close()

    def _batch(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        found = self._cache.get(self.name, texts)
        for position, vector in found.items():
            vectors[position] = vector
        missing = [n for n in range(len(texts)) if n not in found]
        if missing:
            new = self._embedder.embed([texts[n] for n in missing])
            self._cache.put(self.name, [texts[n] for n in missing], new)
            vectors[missing] = new
        return vectors
