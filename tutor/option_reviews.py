"""What the tutor says of a question's options: the verdicts, each with what supports it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus.cards import Card
from tutor.answers import Claim
from tutor.evidence import Evidence
from tutor.requirements import Requirement

Verdict = Literal["right", "wrong", "undecided"]


@dataclass(frozen=True, slots=True)
class Check:
    """Whether an option meets a requirement, with the fact that says so."""

    requirement: Requirement
    met: bool
    claim: Claim


@dataclass(frozen=True, slots=True)
class OptionReview:
    """One option.

    `confidence` is the probability that it is right; `what` says what it is; `checks` which requirements it meets
    or breaks; `why` are the cited statements it turns on; `remark` stands where nothing could be cited; `right_if`
    is what would have to change in the scenario, for an option that is not right.
    """

    label: str
    text: str
    verdict: Verdict
    confidence: float
    cards: tuple[Card, ...]
    what: Claim | None
    checks: tuple[Check, ...]
    why: tuple[Claim, ...]
    right_if: str | None
    remark: str = ""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that is said of it with a citation, in the order it is said."""
        first = (self.what,) if self.what else ()
        return (*first, *(check.claim for check in self.checks), *self.why)

    @property
    def reason(self) -> str:
        """The reason in one piece: the statements it turns on, or the remark."""
        said = [claim.text for claim in (*self.why, *(check.claim for check in self.checks))]
        return " ".join(said) or self.remark


@dataclass(frozen=True, slots=True)
class QuestionReview:
    """A question with a verdict on each option.

    `requirements` come with the one the stem turns on first; `confidence` is the probability that the options
    named as right, or ranked first where none is named, are; `contrast` is the line to remember; `remarks` say what
    the evidence says of the key and the learner's choice, and what is left open.
    """

    question_id: str | None
    task: str | None
    stem: str
    select: int
    requirements: tuple[Requirement, ...]
    options: tuple[OptionReview, ...]
    confidence: float
    contrast: Claim | None
    remarks: tuple[Claim | str, ...]
    evidence: Evidence = field(repr=False)

    @property
    def right(self) -> tuple[str, ...]:
        """The labels of the options said to be right; empty where the evidence does not decide."""
        return tuple(option.label for option in self.options if option.verdict == "right")

    @property
    def first(self) -> tuple[str, ...]:
        """The labels ranked first, as many as are to be chosen, whether or not the evidence decides."""
        ranked = sorted(self.options, key=lambda option: -option.confidence)[: self.select]
        return tuple(option.label for option in self.options if option in ranked)

    @property
    def remaining(self) -> tuple[str, ...]:
        """The labels that may still be right."""
        return tuple(option.label for option in self.options if option.verdict != "wrong")

    def option(self, label: str) -> OptionReview | None:
        """The option with this label, or None."""
        return next((option for option in self.options if option.label == label.upper()), None)
