"""The small pack, copied and bent: every test of an audit says what it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.exam_pack import ExamPack


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first `old`."""
    text = file.read_text()
    assert old in text, "the test's own edit must hit something"
    file.write_text(text.replace(old, new, 1))


def with_questions(pack: ExamPack, *changes: dict[str, object]) -> ExamPack:
    """The pack with its one question once for every set of changes, as q1, q2, …"""
    (question,) = pack.questions
    copies = [question.model_copy(update={"id": f"q{n}", **change}) for n, change in enumerate(changes, start=1)]
    return replace(pack, questions=tuple(copies))


def with_options(pack: ExamPack, *texts: str, right: int = 0) -> dict[str, object]:
    """A change for `with_questions`: these options' texts, one of them right."""
    (question,) = pack.questions
    wrong = next(option for option in question.options if not option.correct)
    correct = next(option for option in question.options if option.correct)
    return {
        "options": tuple(
            (correct if place == right else wrong).model_copy(update={"text": text}) for place, text in enumerate(texts)
        )
    }
