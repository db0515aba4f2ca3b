"""What learners say of answers: a line of JSON each in `feedback.jsonl`, for the evals to learn from."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.errors import ExamTutorError

FILE = "feedback.jsonl"
VERDICTS = ("good", "bad")
LONGEST_REASON = 2_000

_turn = threading.Lock()


def record_feedback(  # noqa: PLR0913  what a line holds
    home: Path,
    *,
    learner: str,
    question: str,
    answer: list[str],
    sources: list[str],
    verdict: str,
    reason: str,
    now: datetime,
) -> None:
    """Add a line.

    Raises:
        ExamTutorError: it cannot be written.
    """
    line = {
        "at": now.isoformat(),
        "learner": learner,
        "verdict": verdict,
        "reason": reason[:LONGEST_REASON],
        "question": question,
        "answer": answer,
        "sources": sources,
    }
    with _turn:
        try:
            home.mkdir(parents=True, exist_ok=True)
            with (home / FILE).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ExamTutorError(f"Your feedback cannot be kept: {error}", "Make room in the home folder.") from error


def read_feedback(home: Path) -> Iterator[dict[str, Any]]:
    """Every line that can be read."""
    try:
        lines = (home / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said


def forget_feedback(home: Path, learner: str) -> int:
    """Take a learner's lines out; how many there were."""
    with _turn:
        said = list(read_feedback(home))
        kept = [line for line in said if line.get("learner") != learner]
        if len(kept) < len(said):
            part = home / f"{FILE}.part"
            part.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept), encoding="utf-8")
            part.replace(home / FILE)
        return len(said) - len(kept)
