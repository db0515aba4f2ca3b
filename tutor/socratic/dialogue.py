"""A dialogue's state: what is worked on, how far the learner has come, and what the tutor said last."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import HttpUrl

from corpus.cards import Card, Fact
from corpus.exam_pack import ExamPack
from corpus.questions import Option, Question


class Step(StrEnum):
    """The rungs of the ladder, in order."""

    ASKED = "what is asked"
    CONSTRAINT = "which constraint decides"
    CANDIDATES = "what each candidate offers"
    TRANSFER = "the same principle in a changed scenario"
    DONE = "done"


class Reply(StrEnum):
    """What a learner's reply was taken for."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    MISCONCEPTION = "misconception"
    OFF_POINT = "off the point"
    STUCK = "does not know"
    TELL_ME = "asks for the answer"


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact of the pack that a turn rests on."""

    card: Card = field(repr=False)
    fact: Fact

    @classmethod
    def find(cls, pack: ExamPack, reference: str) -> CitedFact:
        """The fact written `card-id#fact-id`; a pack that loads has every fact its questions cite."""
        card_id, _, fact_id = reference.partition("#")
        card = pack.cards_by_id[card_id]
        return cls(card, next(fact for fact in card.facts if fact.id == fact_id))

    @property
    def reference(self) -> str:
        """`card-id#fact-id`."""
        return f"{self.card.id}#{self.fact.id}"

    @property
    def quote(self) -> str:
        """The fact's own words, as they are indexed."""
        return self.fact.passage

    @property
    def source(self) -> HttpUrl:
        """The official address."""
        return self.fact.source

    @property
    def shown(self) -> str:
        """All that a learner may see of it."""
        return f"{self.card.name} {self.quote} {self.fact.locator} {self.source}"


@dataclass(frozen=True, slots=True)
class Turn:
    """What the tutor says once. `reply` is what the learner's words were taken for, None at the beginning."""

    text: str
    citations: tuple[CitedFact, ...] = ()
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One question being worked on; `reply` gives the next one.

    `hints` counts the hints given on this step. `out` are the labels of options that have been crossed out with a
    reason, `seen_through` those of them that the learner crossed out, `found` those of right options that the learner
    has named. `named_test` is whether the learner found the deciding words. `offered` is the wrong option that the
    last hint put up for judgement. `changed` is the label of the option that the changed scenario asks for, None
    before it. `revealed` is whether the answer has been said.
    """

    question: Question
    step: Step
    turn: Turn
    hints: int = 0
    out: frozenset[str] = frozenset()
    seen_through: frozenset[str] = frozenset()
    named_test: bool = False
    found: frozenset[str] = frozenset()
    offered: str | None = None
    changed: str | None = None
    revealed: bool = False
    turns: int = 1

    @property
    def done(self) -> bool:
        """Whether the ladder has been climbed to its end."""
        return self.step is Step.DONE

    @property
    def options(self) -> dict[str, Option]:
        """The options under their labels."""
        return dict(self.question.labelled)

    @property
    def wanted(self) -> frozenset[str]:
        """The labels that answer what is being asked now."""
        return frozenset((self.changed,)) if self.changed else frozenset(self.question.answer)
