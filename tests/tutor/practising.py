"""What tests of sittings share: a learner's sittings in a ledger of their own, and moments of a fixed day."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tests.conftest import NOW
from tutor.grading import mark
from tutor.learner.ledger import Ledger
from tutor.sitting import Sitting
from tutor.sittings import Sittings


def at(seconds: float) -> datetime:
    """So many seconds after the tests' fixed moment."""
    return NOW + timedelta(seconds=seconds)


def rng(seed: int = 7) -> random.Random:
    return random.Random(seed)  # noqa: S311


def sittings_of(learner: str, pack: ExamPack, folder: Path) -> tuple[Sittings, Ledger]:
    """A learner's sittings, as a program that has just started sees them."""
    ledger = Ledger(folder / "learner.db")
    return Sittings(ledger, learner, pack), ledger


def right(question: Question) -> tuple[int, ...]:
    return mark(question, ()).right


def wrong(question: Question) -> tuple[int, ...]:
    """Positions that make the answer wrong, as many as are to be chosen."""
    others = [place for place in range(len(question.options)) if place not in right(question)]
    return tuple(sorted([others[0], *right(question)[1:]]))


def answer_all(desk: Sittings, sitting: Sitting, share: float, start: float, step: float) -> Sitting:
    """Answer every question, the first part of them right, one every `step` seconds from `start` on."""
    questions = sitting.questions
    for number, question in enumerate(questions):
        moment = at(start + number * step)
        sitting = desk.open(sitting, question.id, moment)
        chosen = right(question) if number < share * len(questions) else wrong(question)
        sitting = desk.answer(sitting, question.id, chosen, at(start + (number + 1) * step)).sitting
    return sitting
