"""Reciprocal rank fusion of other baselines' rankings (Cormack, Clarke & Büttcher 2009)."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.hits import RRF_K
from evals.retriever import Passage, Retriever, by_source

DEPTH = 100
"""Passages that each ranking puts up."""


class Fusion:
    """A `Retriever` over others, on documents: their passages are cut differently, so only documents can be joined."""

    name = "fusion"

    def __init__(self, parts: Sequence[Retriever]) -> None:
        self._parts = parts

    def search(self, question: str, k: int) -> list[Passage]:
        """Up to k passages, one a document: of each the passage of the first ranking that has it."""
        scores: dict[str, float] = {}
        passages: dict[str, Passage] = {}
        for part in self._parts:
            for rank, passage in enumerate(by_source(part.search(question, DEPTH), DEPTH), start=1):
                passages.setdefault(passage.source, passage)
                scores[passage.source] = scores.get(passage.source, 0.0) + 1.0 / (RRF_K + rank)
        best = sorted(scores, key=lambda source: (-scores[source], source))
        return [passages[source] for source in best[:k]]
