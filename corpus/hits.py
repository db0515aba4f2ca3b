"""What a search finds, by words and by meaning, fused into one ranking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.chunks import Chunk

RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009)."""

OTHER_NAMES_WEIGHT = 0.25
"""Set by hand: enough to be among what is ranked. Names mixed into the search itself cost MRR@10 0.10 on aws-qa/dev."""

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


def fuse(lexical: Ranked, near: Ranked, other_names: Ranked = ()) -> list[tuple[str, Callable[[Chunk], Hit]]]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (60 + rank) over the indexes that found it.

    What was found under `other_names` counts `OTHER_NAMES_WEIGHT` of that: it is there to be considered, not to push
    down what goes by the name that was asked for. Returns passage ids, best first, each with what makes a hit of its
    passage: only those that are wanted need to be read.
    """
    lists = [
        {key: (rank, score) for rank, (key, score) in enumerate(ranked, start=1)}
        for ranked in (lexical, near, other_names)
    ]
    found = []
    for key in {**lists[0], **lists[1], **lists[2]}:
        (lexical_rank, bm25), (vector_rank, cosine), (other_rank, other_bm25) = (
            ranked.get(key, (None, None)) for ranked in lists
        )
        score = sum(1.0 / (RRF_K + rank) for rank in (lexical_rank, vector_rank) if rank is not None)
        score += OTHER_NAMES_WEIGHT / (RRF_K + other_rank) if other_rank is not None else 0.0
        make = partial(
            Hit,
            score=score,
            lexical_rank=lexical_rank,
            bm25=other_bm25 if bm25 is None else bm25,
            vector_rank=vector_rank,
            cosine=cosine,
        )
        found.append((-score, key, make))
    return [(key, make) for _, key, make in sorted(found, key=lambda one: one[:2])]
