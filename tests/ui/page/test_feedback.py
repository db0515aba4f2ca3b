"""Feedback: a line for each word said, and all of a learner's lines go when they wish."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ui.page.feedback import FILE, forget_feedback, read_feedback, record_feedback

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_a_line_says_what_was_asked_and_answered_and_can_be_forgotten(tmp_path: Path) -> None:
    for learner, reason in (("ada", "too long"), ("bob", ""), ("ada", "wrong\nline")):
        record_feedback(
            tmp_path,
            learner=learner,
            question="Q?",
            answer=["A."],
            sources=["c1"],
            verdict="bad",
            reason=reason,
            now=NOW,
        )
    with (tmp_path / FILE).open("a") as file:
        file.write('{"half a li')  # as a crash would leave it
    assert [line["reason"] for line in read_feedback(tmp_path)] == ["too long", "", "wrong\nline"]
    assert forget_feedback(tmp_path, "ada") == 2
    assert [line["learner"] for line in read_feedback(tmp_path)] == ["bob"]
