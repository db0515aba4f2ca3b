"""What attempts say about a learner, on the small pack (tasks 1.1 of domain 1, weight 60, and 2.1 of domain 2, 40)."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.exam_pack import ExamPack, load_pack
from tests.conftest import SMALL_PACK
from tests.tutor.learner.made import START, attempt
from tutor.learner.answer_model import Answers, known, likelihoods, right
from tutor.learner.attempts import Attempt, Confidence
from tutor.learner.mastery import replay
from tutor.learner.record import Mastery

LATER = START + timedelta(hours=2)
SURE, UNSURE, GUESS = Confidence.SURE, Confidence.UNSURE, Confidence.GUESS
EXAM = load_pack(SMALL_PACK).exam


def mastery(*answers: tuple[bool, Confidence | None, int], task: str = "1.1", days: int = 0) -> Mastery:
    attempts = [
        attempt(number, correct=correct, confidence=said, difficulty=grade, chosen=(0,))
        for number, (correct, said, grade) in enumerate(answers)
    ]
    return replay(attempts, EXAM, LATER + timedelta(days=days)).tasks[task]


def test_probabilities_at_the_ends_and_in_the_middle() -> None:
    """Ability 0 knows half of grade 2: 0.5 · 0.95 + 0.5 · 0.3 = 0.625. With none a guess is left, with all a slip."""
    assert known(np.array([0.0])) == pytest.approx([0.5])
    assert right(np.array([0.0, -50.0, 50.0])) == pytest.approx([0.625, 0.3, 0.95])
    # One grade is one logit: at grade 3 ability 1 is as ability 0 at grade 2.
    assert known(np.array([1.0]), 3.0) == pytest.approx([0.5])


def test_the_likelihood_of_one_right_answer_without_a_word() -> None:
    """One answer, at once, grade 2: since then ability grew by ln((1 + 10) / (0 + 10)) = 0.0953 logits."""
    only = attempt(0, confidence=None, chosen=(0,), at=START)
    answers = Answers.collect([only], np.array([0]), np.array([0]), START)
    assert answers.since == pytest.approx([0.0953], abs=1e-4)
    assert answers.weight == pytest.approx([1.0])
    grid = np.linspace(-5, 5, 41)
    assert likelihoods(answers, 1)[0] == pytest.approx(np.log(right(grid - answers.since[0])))


def test_nothing_answered_is_uncertain_everywhere(small_pack: ExamPack) -> None:
    record = replay([], small_pack.exam, LATER)
    assert set(record.tasks) == {"1.1", "2.1"}
    assert set(record.domains) == {"1", "2"}
    assert record.tasks["1.1"].low < 0.35
    assert record.tasks["1.1"].high > 0.9
    assert (record.overall.answers, record.cards, record.trend) == (0, {}, ())


def test_right_answers_raise_and_wrong_ones_lower() -> None:
    one_right, none, one_wrong = mastery((True, None, 2)), mastery(), mastery((False, None, 2))
    assert one_right.mean > none.mean > one_wrong.mean
    assert one_right.answers == 1


def test_more_answers_make_it_more_certain() -> None:
    few, many = (mastery(*[(True, None, 2), (False, None, 2)] * times) for times in (2, 10))
    assert many.high - many.low < few.high - few.low


def test_a_sure_answer_says_more_than_a_guess() -> None:
    assert mastery((True, SURE, 2)).mean > mastery((True, None, 2)).mean > mastery((True, GUESS, 2)).mean
    assert mastery((False, UNSURE, 2)).mean > mastery((False, GUESS, 2)).mean


def test_a_hard_question_answered_says_more_than_an_easy_one() -> None:
    assert mastery((True, None, 3)).mean > mastery((True, None, 1)).mean
    assert mastery((False, None, 3)).mean > mastery((False, None, 1)).mean


def test_a_word_is_worth_what_it_proved_to_be() -> None:
    """Six right and six wrong answers at task 2.1, and one at 1.1 that is right and sure. It is believed more of who
    was right whenever sure than of who was wrong then.
    """

    def believed(right_when_sure: bool) -> float:
        before = [
            attempt(
                number,
                task="2.1",
                correct=bool(number % 2),
                confidence=SURE if number % 2 == right_when_sure else UNSURE,
            )
            for number in range(12)
        ]
        return replay([*before, attempt(20)], EXAM, LATER).tasks["1.1"].mean

    assert believed(right_when_sure=True) > believed(right_when_sure=False)


def test_another_task_gains_a_little_too() -> None:
    assert mastery(*[(True, SURE, 2)] * 5, task="2.1").mean > mastery(task="2.1").mean
    assert mastery(*[(True, SURE, 2)] * 5, task="2.1").mean < mastery(*[(True, SURE, 2)] * 5).mean


def test_time_takes_and_makes_uncertain() -> None:
    now, in_half_a_year = (mastery(*[(True, SURE, 2)] * 10, days=days) for days in (0, 180))
    assert in_half_a_year.mean < now.mean
    assert in_half_a_year.high - in_half_a_year.low > now.high - now.low


def test_recent_answers_count_more_than_old_ones() -> None:
    wrong, correct = [(False, None, 2)] * 20, [(True, None, 2)] * 20
    assert mastery(*wrong, *correct).mean > mastery(*correct, *wrong).mean


def test_a_clock_that_runs_ahead_or_backwards_is_read_as_now() -> None:
    ahead = [attempt(number, at=LATER + timedelta(days=400 - number)) for number in range(5)]
    now = [attempt(number, at=LATER) for number in range(5)]
    assert replay(ahead, EXAM, LATER).tasks == replay(now, EXAM, LATER).tasks


def test_attempts_at_tasks_that_the_exam_lost_are_counted_and_say_nothing() -> None:
    there, gone = attempt(1), attempt(2, task="9.9", cards=())
    record = replay([there, gone], EXAM, LATER)
    assert record.elsewhere == 1
    assert record.tasks == replay([there], EXAM, LATER).tasks


def test_overall_weighs_domains_as_the_exam_does() -> None:
    record = replay([attempt(number) for number in range(8)], EXAM, LATER)
    weighed = 0.6 * record.domains["1"].mean + 0.4 * record.domains["2"].mean
    assert record.overall.mean == pytest.approx(weighed)
    assert record.overall.low <= record.overall.mean <= record.overall.high


def test_cards_are_told_apart() -> None:
    attempts = [attempt(2 * number, cards=("gaiwan", "kyusu")) for number in range(4)]
    attempts += [attempt(2 * number + 1, cards=("cup",), correct=False) for number in range(4)]
    cards = replay(attempts, EXAM, LATER).cards
    assert set(cards) == {"gaiwan", "kyusu", "cup"}
    assert cards["gaiwan"] == cards["kyusu"]
    assert cards["gaiwan"].mean > cards["cup"].mean
    assert cards["cup"].answers == 4


def test_the_trend_ends_where_the_learner_is_and_rises_with_them() -> None:
    attempts = [attempt(number, correct=number >= 20) for number in range(40)]
    trend = replay(attempts, EXAM, attempts[-1].at).trend
    assert [point.at for point in trend] == [attempts[5 * part - 1].at for part in range(1, 9)]
    assert trend[-1].mean > trend[3].mean
    assert trend[-1].mean == pytest.approx(replay(attempts, EXAM, attempts[-1].at).overall.mean, abs=0.03)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            attempt,
            st.integers(0, 10_000),
            task=st.sampled_from(["1.1", "2.1", "7.7"]),
            correct=st.booleans(),
            confidence=st.sampled_from([*Confidence, None]),
            difficulty=st.integers(1, 3),
            chosen=st.sampled_from([(), (0,), (0, 1)]),
        ),
        max_size=30,
    )
)
def test_every_record_is_in_range_and_the_same_each_time(attempts: list[Attempt]) -> None:
    record = replay(attempts, EXAM, LATER)
    for each in (*record.tasks.values(), *record.domains.values(), *record.cards.values(), record.overall):
        assert 0 < each.low <= each.high < 1
        assert 0 < each.mean < 1
    assert sum(each.answers for each in record.tasks.values()) + record.elsewhere == len(attempts)
    assert replay(attempts, EXAM, LATER) == record
