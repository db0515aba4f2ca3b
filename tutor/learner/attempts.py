"""One answer to one question, as it was given: what everything else about a learner is worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Confidence(StrEnum):
    """How sure the learner said they were, before they saw whether it was right."""

    GUESS = "guess"
    UNSURE = "unsure"
    SURE = "sure"


class Mode(StrEnum):
    """What the question was answered in; a probe is the short test of a knowledge audit."""

    QUIZ = "quiz"
    EXAM = "exam"
    PROBE = "probe"
    SOCRATIC = "socratic"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer. It says all that replay needs, so that it counts even when its question has left the pack.

    `id` is unique over all ledgers: recorded twice, it counts once. `chosen` are positions of options in the
    question as the pack or the generator has it (0 is the first), ascending, empty for a blank. `cards` are the
    concepts that the right options propose, by id. `seconds` is the time the question was looked at, 0 when it was
    not measured. `at` is in UTC.
    """

    id: str
    learner: str
    exam: str
    pack_version: str
    question: str
    task: str
    difficulty: int
    cards: tuple[str, ...]
    chosen: tuple[int, ...]
    correct: bool
    confidence: Confidence | None
    seconds: float
    mode: Mode
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """Anything else a learner's ledger holds: a remark, a self-rating, an exam date, what happened in a sitting.

    `kind` says what it is, `about` which question, task or sitting it belongs to, `content` is JSON data. `id` as
    with an attempt.
    """

    id: str
    learner: str
    exam: str
    kind: str
    about: str
    content: dict[str, object]
    at: datetime
