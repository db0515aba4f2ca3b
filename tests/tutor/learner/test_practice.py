"""What to practise next, on the small pack: task 1.1 is 60 % of the exam, 2.1 is 40 %."""

from __future__ import annotations

from datetime import timedelta

from corpus.exam_pack import ExamPack
from tests.tutor.learner.made import START, attempt
from tutor.learner.mastery import replay
from tutor.learner.practice import next_task

LATER = START + timedelta(hours=5)


def test_the_heavier_task_comes_first_when_nothing_is_known(small_pack: ExamPack) -> None:
    assert next_task(replay([], small_pack.exam, LATER), small_pack.exam) == "1.1"


def test_what_is_mastered_gives_way(small_pack: ExamPack) -> None:
    record = replay([attempt(number, task="1.1") for number in range(12)], small_pack.exam, LATER)
    assert next_task(record, small_pack.exam) == "2.1"


def test_a_sitting_spreads(small_pack: ExamPack) -> None:
    """0.6 · 0.8² = 0.38 is less than 0.4: after two of the heavier task the lighter one has its turn."""
    record = replay([], small_pack.exam, LATER)
    assert next_task(record, small_pack.exam, {"1.1": 2}) == "2.1"
    assert next_task(record, small_pack.exam, {"1.1": 1}) == "1.1"
