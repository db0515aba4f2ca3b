"""A question's evidence: the passages that may support an answer, and how likely it is that they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from corpus.card_names import CardNames
from corpus.cards import Card
from corpus.chunks import Chunk
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.reranker import reranked_order
from tutor.question import Question, read_question
from tutor.ranking import Passage, rank, read_passage
from tutor.support import support

PASSAGES = 12
"""How many passages make up the evidence, those of the cards that the question names not counted."""

CONSIDERED = 30
"""How many of the passages that a search finds are ranked."""

NEIGHBOURS = 3
"""For how many of the best passages it is looked whether what they say goes on in the next one."""


@dataclass(frozen=True)
class Evidence:
    """What was found for one question.

    `passages` come best first; `support` is the estimated probability that they answer the question.
    """

    asked: Question
    passages: tuple[Passage, ...]
    support: float

    @property
    def question(self) -> str:
        """The question in the learner's words."""
        return self.asked.text

    @property
    def subjects(self) -> tuple[Card, ...]:
        """The cards that the question names, in its order."""
        return self.asked.subjects

    @cached_property
    def chunks(self) -> dict[str, Chunk]:
        """The passages' chunks under their ids: all that an answer to this question may cite."""
        return {passage.chunk.id: passage.chunk for passage in self.passages}

    @property
    def missing(self) -> tuple[str, ...]:
        """What the question asks about that no passage speaks of."""
        return tuple(
            term.text for term in self.asked.terms if not any(term.is_in(passage.stems) for passage in self.passages)
        )


def find_evidence(
    question: str, library: Library, pack: ExamPack, names: CardNames, passages: int = PASSAGES
) -> Evidence:
    """Search the library for a question, under the names it uses and the other names of the same things."""
    asked = read_question(question, library, names)
    hits = library.search(asked.sought, CONSIDERED, variants=asked.variants)
    ranked = _reranked(rank(asked, hits), asked, library)[:passages]
    further = [*_that_go_on(ranked[:NEIGHBOURS], asked, library), *_of_subjects(asked, library, pack)]
    found: dict[str, Passage] = {}
    for passage in (*ranked, *further):
        found.setdefault(passage.chunk.id, passage)
    passages_found = tuple(found.values())
    return Evidence(asked, passages_found, support(asked, passages_found))


def _reranked(ranked: list[Passage], asked: Question, library: Library) -> list[Passage]:
    """The passages in the order that the library's reranker makes of them; each takes the score of its new place.

    So scores go on falling with the rank as they did: what is read from them, how far the first one leads and how a
    sentence's passage compares with the best, was fitted on scores that do.
    """
    order = reranked_order(library.reranker, asked.sought, [passage.chunk for passage in ranked])
    return [replace(ranked[moved], score=at_place.score) for moved, at_place in zip(order, ranked, strict=True)]


def _that_go_on(best: list[Passage], asked: Question, library: Library) -> Iterator[Passage]:
    """The passages behind those that end at a colon: what was announced stands there."""
    for passage in best:
        if passage.chunk.text.rstrip().endswith(":"):
            for chunk, following in pairwise(library.chunks_of(passage.chunk.source)):
                if chunk.id == passage.chunk.id:
                    yield read_passage(asked, following)


def _of_subjects(asked: Question, library: Library, pack: ExamPack) -> Iterator[Passage]:
    """All passages of the cards that a question names: its own search may have missed the one that decides."""
    for card in asked.subjects:
        for chunk in library.chunks_of(pack.source_of_card(card.id)):
            yield read_passage(asked, chunk)
