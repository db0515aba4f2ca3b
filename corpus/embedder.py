"""Embedder: what turns text into vectors, as the rest of the project sees it; and one for tests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
TokenSpan = tuple[int, int]

_WORD = re.compile(r"\w+|[^\w\s]")


class Embedder(Protocol):
    """A model of text. Two embedders with the same `name` make the same vectors."""

    @property
    def name(self) -> str:
        """What the library records its vectors under."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, its special tokens left out."""
        ...

    @property
    def is_loaded(self) -> bool:
        """Whether `embed` answers without loading a model first."""
        ...

    def token_spans(self, texts: Sequence[str]) -> list[list[TokenSpan]]:
        """For each text the (start, end) character offsets of the model's tokens, none cut off."""
        ...

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """For each text how many tokens `token_spans` would give."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1, shape (len(texts), dimension), float32.

        Raises:
            EmbedderError: the model cannot be loaded.
        """
        ...


class HashEmbedder:
    """An embedder with no model: each word is hashed to a few dimensions. Quick, exact, knows no synonyms."""

    name = "hash-64"
    dimension = 64
    max_tokens = 254
    is_loaded = True

    def token_spans(self, texts: Sequence[str]) -> list[list[TokenSpan]]:
        """Words and punctuation marks count as one token each."""
        return [[match.span() for match in _WORD.finditer(text)] for text in texts]

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """How many words and punctuation marks each text has."""
        return [len(spans) for spans in self.token_spans(texts)]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The sum of the words' hashes, made length 1; a text with no word gets the first unit vector."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                digest = hashlib.sha256(word.encode()).digest()
                for byte in digest[:4]:
                    vectors[row, byte % self.dimension] += 1.0 if byte & 0x80 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / norms, dtype=np.float32)
