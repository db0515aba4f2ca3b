"""The exam to expect, on the small pack: 8 scored questions, 5 of domain 1 and 3 of domain 2; 700 of 1000 passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import comb

import numpy as np
import pytest

from corpus.exam_pack import ExamPack
from tests.tutor.learner.made import START, attempt
from tutor.learner.attempts import Attempt, Confidence
from tutor.learner.mastery import replay
from tutor.learner.readiness import Calibration, calibration, questions_by_domain, readiness
from tutor.learner.record import LearnerRecord

LATER = START + timedelta(hours=5)


def record_of(pack: ExamPack, abilities: np.ndarray) -> LearnerRecord:
    return replace(replay([], pack.exam, LATER), abilities=abilities)


def test_questions_are_shared_out_by_weight_and_largest_remainder(small_pack: ExamPack) -> None:
    """60 % of 8 is 4.8 and 40 % is 3.2: 4 and 3, and the one left goes to the larger remainder, 0.8."""
    assert questions_by_domain(small_pack.exam, 8) == {"1": 5, "2": 3}


def test_one_certain_ability_gives_a_binomial_exam(small_pack: ExamPack) -> None:
    """Who knows everything slips at 5 % of each of 8: expected 100 + 900 · 0.95 = 955. To reach 700 takes 5.33,
    so 6 right: P = Σ comb(8, k) 0.95^k 0.05^(8 − k) for k of 6 to 8 = 0.9942.
    """
    ready = readiness(record_of(small_pack, np.full((10, 2), 40.0)), small_pack)
    assert ready is not None
    passing = sum(comb(8, k) * 0.95**k * 0.05 ** (8 - k) for k in (6, 7, 8))
    assert passing == pytest.approx(0.9942, abs=1e-4)
    assert ready.score == pytest.approx(955)
    assert [ready.passing, ready.passing_low, ready.passing_high] == pytest.approx([passing] * 3)
    assert ready.pass_mark == 700
    assert ready.low < 955 < ready.high <= 1000


def test_what_is_not_known_widens_both_ranges(small_pack: ExamPack) -> None:
    one = readiness(record_of(small_pack, np.full((10, 2), 1.0)), small_pack)
    several = readiness(record_of(small_pack, np.linspace(-2, 4, 10)[:, None].repeat(2, axis=1)), small_pack)
    assert one is not None
    assert several is not None
    assert several.high - several.low > one.high - one.low
    assert several.passing_high - several.passing_low > one.passing_high - one.passing_low


def test_right_answers_make_ready(small_pack: ExamPack) -> None:
    def ready(correct: bool) -> float:
        attempts = [attempt(number, correct=correct, task=("1.1", "2.1")[number % 2]) for number in range(30)]
        found = readiness(replay(attempts, small_pack.exam, LATER), small_pack)
        assert found is not None
        return found.passing

    assert ready(True) > 0.7
    assert ready(False) < 0.1


def test_a_pack_that_does_not_say_how_it_is_scored_has_no_readiness(small_pack: ExamPack) -> None:
    unsaid = small_pack.exam.model_copy(
        update={"format": small_pack.exam.format.model_copy(update={"pass_mark": None})}
    )
    assert readiness(replay([], unsaid, LATER), replace(small_pack, exam=unsaid)) is None


def test_calibration_counts_what_was_said() -> None:
    said: list[tuple[Confidence | None, bool]] = [
        (Confidence.SURE, True),
        (Confidence.SURE, False),
        (Confidence.GUESS, False),
        (None, True),
    ]
    attempts: list[Attempt] = [
        attempt(number, confidence=word, correct=correct) for number, (word, correct) in enumerate(said)
    ]
    assert calibration(attempts) == {Confidence.SURE: Calibration(2, 1), Confidence.GUESS: Calibration(1, 0)}
    assert calibration(attempts)[Confidence.SURE].share == 0.5
