"""Reranker: what reads a question together with each passage found, as the rest of the project sees it; one for tests.

There is none unless the settings name one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.chunks import Chunk
from corpus.errors import RerankerError
from corpus.hits import RRF_K
from corpus.sentences import stems

Scores = NDArray[np.float32]

_log = logging.getLogger(__name__)


class Reranker(Protocol):
    """A model of how well a text answers a question."""

    @property
    def name(self) -> str:
        """What a report says it ranked with."""
        ...

    @property
    def is_loaded(self) -> bool:
        """Whether `scores` answers without loading a model first."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """How well each text answers the question, shape (len(texts),), finite, on a scale of the model's own.

        Raises:
            RerankerError: the model cannot be loaded, or fails.
        """
        ...


class SharedWordsReranker:
    """A reranker with no model: a text scores the share of the question's words that it holds, by their stems."""

    name = "shared words"
    is_loaded = True

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Each 0..1; 0 where the question has no words."""
        asked = frozenset(stems(question))
        shares = [len(asked.intersection(stems(text))) / max(1, len(asked)) for text in texts]
        return np.array(shares, dtype=np.float32)


def reranked_order(reranker: Reranker | None, question: str, passages: Sequence[Chunk]) -> list[int]:
    """The places of passages that come best first, in the order that they and the reranker make together.

    As they are where there is no reranker, it is not loaded yet, or it fails: nobody waits for it, and no answer
    fails with it.
    """
    if reranker is None or not reranker.is_loaded:
        return list(range(len(passages)))
    try:
        return fused_order(reranker.scores(question, [chunk.embedding_text for chunk in passages]))
    except RerankerError as error:
        _log.warning("ranking without the reranker: %s", error)
        return list(range(len(passages)))


def fused_order(scores: Sequence[float] | Scores) -> list[int]:
    """Reciprocal rank fusion of the order that scores come in with the order that they make, as a list of places.

    Places are compared and not scores, which have no scale in common with the features', and both count alike: the
    model is whichever a user has, so no weight for it can be learned. It cannot know what the features do, which
    names mean the same and what the rest of a document says, and so it does not replace them. Where the two are even,
    the model decides, for it read both texts together; where it sees no difference, the order stays as it is.
    """
    by_score = sorted(range(len(scores)), key=lambda place: -scores[place])
    rank = {place: rank for rank, place in enumerate(by_score)}
    return sorted(rank, key=lambda place: (-1.0 / (RRF_K + 1 + place) - 1.0 / (RRF_K + 1 + rank[place]), rank[place]))
