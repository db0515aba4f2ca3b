"""Attempts and entries for the tests: any of their values can be set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tutor.learner.attempts import Attempt, Confidence, Entry, Mode

START = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def attempt(number: int, **changes: object) -> Attempt:
    """The attempt of this number: each a minute after the one before."""
    made = Attempt(
        id=f"attempt-{number}",
        learner="ana",
        exam="TST-C01",
        pack_version="abc",
        question=f"tea-{number}",
        task="1.1",
        difficulty=2,
        cards=("gaiwan",),
        chosen=(0, 2),
        correct=True,
        confidence=Confidence.SURE,
        seconds=41.5,
        mode=Mode.QUIZ,
        at=START + timedelta(minutes=number),
    )
    return replace(made, **changes)


def entry(number: int, **changes: object) -> Entry:
    made = Entry(f"entry-{number}", "ana", "TST-C01", "remark", "tea-1", {"text": f"Steep {number} min – 茶"}, START)
    return replace(made, **changes)
