"""The vectors of questions: what a message wants and what answers it are both read from one, made once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.embedder import Embedder

KEPT = 256
"""As many vectors are kept, 400 kB of them: those of the messages that are being answered, and of their parts."""


class QuestionVectors:
    """What an embedder makes of single texts, the last ones kept. Any thread may ask."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.of = lru_cache(KEPT)(self._make)
        """The vector of one text, of length 1; it cannot be written to.

        Raises:
            EmbedderError: the model cannot be loaded.
        """

    def forget(self) -> None:
        """Make every vector anew: for who measures how long that takes."""
        self.of.cache_clear()

    def _make(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.embedder.embed([text])[0]
        vector.setflags(write=False)
        return vector
