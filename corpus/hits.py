"""What a search finds, by words and by meaning, fused into one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.chunks import Chunk

RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009)."""

Ranked = Sequence[tuple[str, float]]
"""Passage ids with the score an index gave them, best first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Ranks count from 1 and are None where an index did not find it.

    `score` is the reciprocal-rank-fusion score; `bm25` and `cosine` are what the two indexes gave it.
    """

    chunk: Chunk
    score: float
    lexical_rank: int | None = None
    bm25: float | None = None
    vector_rank: int | None = None
    cosine: float | None = None


def fuse(lexical: Ranked, near: Ranked, chunks: Mapping[str, Chunk]) -> list[Hit]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (60 + rank) over the indexes that found it."""
    lexical_ranks = {key: (rank, score) for rank, (key, score) in enumerate(lexical, start=1)}
    vector_ranks = {key: (rank, score) for rank, (key, score) in enumerate(near, start=1)}
    hits = []
    for key, chunk in chunks.items():
        lexical_rank, bm25 = lexical_ranks.get(key, (None, None))
        vector_rank, cosine = vector_ranks.get(key, (None, None))
        score = sum(1.0 / (RRF_K + rank) for rank in (lexical_rank, vector_rank) if rank is not None)
        hits.append(Hit(chunk, score, lexical_rank, bm25, vector_rank, cosine))
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk.id))
