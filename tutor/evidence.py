"""A question's evidence: the passages that may support an answer, and how likely it is that they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.card_names import CardNames
from corpus.cards import Card
from corpus.chunks import Chunk
from corpus.exam_pack import ExamPack
from corpus.library import Library
from tutor.question import Question, read_question
from tutor.ranking import Passage, rank, read_passage
from tutor.support import support

PASSAGES = 12
"""How many passages make up the evidence, those of the cards that the question names not counted."""

CONSIDERED = 60
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
    hits = library.search(question, CONSIDERED, variants=asked.variants)
    ranked = rank(asked, hits)[:passages]
    ranked += _that_go_on(ranked[:NEIGHBOURS], asked, library)
    ranked += _of_subjects(asked, library, pack, {passage.chunk.id for passage in ranked})
    return Evidence(asked, tuple(ranked), support(asked, ranked))


def _that_go_on(best: list[Passage], asked: Question, library: Library) -> Iterator[Passage]:
    """The passages behind those that end in the middle: at a colon, or at a list's or a table's beginning."""
    have = {passage.chunk.id for passage in best}
    for passage in best:
        if passage.chunk.text.rstrip().endswith(":"):
            siblings = library.chunks_of(passage.chunk.source)
            following = next((n for n, chunk in enumerate(siblings, 1) if chunk.id == passage.chunk.id), len(siblings))
            for chunk in siblings[following : following + 1]:
                if chunk.id not in have:
                    yield read_passage(asked, chunk)


def _of_subjects(asked: Question, library: Library, pack: ExamPack, have: set[str]) -> Iterator[Passage]:
    """All passages of the cards that a question names: its own search may have missed the one that decides."""
    for card in asked.subjects:
        for chunk in library.chunks_of(pack.source_of_card(card.id)):
            if chunk.id not in have:
                yield read_passage(asked, chunk)
