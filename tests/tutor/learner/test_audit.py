"""The knowledge audit: what learners say of themselves, the probe, and what both make of the plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from tests.conftest import NOW
from tests.tutor.practising import rng, sittings_of
from tutor.learner.attempts import Attempt, Confidence, Mode
from tutor.learner.audit import audit, draw_probe, rating_entry, ratings, study_needs
from tutor.learner.current_plan import current_plan
from tutor.learner.exam_day import ExamDay
from tutor.learner.mastery import replay
from tutor.learner.plan import Kind

PACK = load_pack("mls_c01")


def attempt(number: int, task: str, correct: bool, mode: Mode = Mode.PROBE) -> Attempt:
    return Attempt(
        f"a-{number}", "ada", "MLS-C01", "v1", f"q-{number}", task, 2, (), (0,), correct, Confidence.SURE, 30.0, mode,
        NOW + timedelta(minutes=number),
    )  # fmt: skip


def test_a_probe_asks_about_every_task() -> None:
    """15 tasks have one each; of the 5 left, domain 2 has 5 × 8 % = 0.4 a task, domain 3 0.36: they go there."""
    draw = draw_probe(PACK, [], rng())
    counts = Counter(question.task for question in draw.questions)
    assert counts.keys() == {task.id for task in PACK.exam.tasks}
    assert sum(counts.values()) == len({question.id for question in draw.questions}) == 20
    assert sorted(task for task, count in counts.items() if count == 2) == ["2.1", "2.2", "2.3", "3.1", "3.2"]
    assert draw.notes == ()


def test_a_task_without_questions_is_said(small_pack: ExamPack) -> None:
    draw = draw_probe(small_pack, [], rng(), count=2)
    assert [question.id for question in draw.questions] == ["tst-1"]
    assert draw.notes == ("There is no question for the tasks 2.1.",)


def test_the_last_rating_counts_and_what_is_none_is_refused() -> None:
    first = rating_entry("ada", PACK.exam, "1.1", 2, NOW)
    later = rating_entry("ada", PACK.exam, "1.1", 4, NOW + timedelta(days=1))
    strange = replace(first, about="1.2", content={"rating": "high"})
    assert ratings([first, strange, later, replace(first, kind="remark", about="1.3")]) == {"1.1": 4}
    with pytest.raises(ExamTutorError, match=r"6 is no rating. Give 1 never heard of it; "):
        rating_entry("ada", PACK.exam, "1.1", 6, NOW)
    with pytest.raises(ExamTutorError, match=r"has no task '9\.9'\. Rate 1\.1, "):
        rating_entry("ada", PACK.exam, "9.9", 3, NOW)


def test_the_audit_puts_both_side_by_side() -> None:
    attempts = [attempt(1, "1.1", True), attempt(2, "1.1", False), attempt(3, "1.1", True, Mode.QUIZ)]
    record = replay(attempts, PACK.exam, NOW, trend_points=0)
    first, second, *_ = audit(PACK.exam, {"1.1": 5}, attempts, record)
    assert (first.task.id, first.rating, first.right, first.of, first.mastery.answers) == ("1.1", 5, 1, 2, 3)
    assert (second.rating, second.right, second.of) == (None, 0, 0)


def test_a_rating_moves_the_plan_where_there_are_no_answers() -> None:
    """Without an answer a task counts (mean × 1 + 2 × rating / 5) / 3 as mastered."""
    record = replay([], PACK.exam, NOW, trend_points=0)
    needs = study_needs(PACK.exam, record, {"3.1": 1, "3.2": 5})
    mean = record.tasks["3.1"].mean
    assert needs["3.1"] == pytest.approx(0.072 * (1 - (mean + 0.4) / 3))
    assert needs["3.2"] < needs["3.3"] < needs["3.1"]


def test_the_plan_follows_the_answers_as_they_come(tmp_path: Path) -> None:
    """The same day and hours: ten wrong answers at 4.1 and ten right ones at 4.2 move study from 4.2 to 4.1."""
    _, ledger = sittings_of("ada", PACK, tmp_path)
    chosen = ExamDay(date(2026, 3, 2), 8.0)

    def minutes(task: str) -> int:
        made = current_plan(ledger, "ada", PACK, chosen, NOW)
        return sum(one.minutes for one in made.activities if one.kind is Kind.STUDY and one.task == task)

    before = minutes("4.1"), minutes("4.2")
    ledger.record(*(attempt(n, "4.1" if n % 2 else "4.2", n % 2 == 0) for n in range(20)))
    after = minutes("4.1"), minutes("4.2")
    with pytest.raises(ExamTutorError, match="The day of the exam is not known"):
        current_plan(ledger, "ada", PACK, ExamDay(), NOW)
    ledger.close()
    assert abs(before[0] - before[1]) <= 45  # a block, where shares do not come out even
    assert after[0] > before[0]
    assert after[1] < before[1]
