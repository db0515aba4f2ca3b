"""The simulated learners are what they are said to be, and the figures are worked out as they are defined."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from corpus.exam_pack import load_pack, pack_names
from evals.learners import measure
from evals.learners_ranking import area_under_curve, share_right, weak_ones
from evals.simulated_learners import World
from tests.tutor.learner.made import attempt

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return World(load_pack(pack_names()[0]), np.random.default_rng(7))


def test_area_under_the_curve_counts_pairs() -> None:
    """Weak: 0.2 and 0.6. Others: 0.6 and 0.9. Of four pairs 0.2 is below both, 0.6 ties with one and is below the
    other: (1 + 1 + 0.5 + 1) / 4.
    """
    scores, weak = np.array([0.2, 0.6, 0.6, 0.9]), np.array([True, True, False, False])
    assert area_under_curve(scores, weak) == 0.875
    assert area_under_curve(-scores, weak) == 0.125


def test_weak_is_below_half_and_the_third_is_the_least_known() -> None:
    found = weak_ones(np.array([0.9, 0.4, 0.7, 0.8, 0.95, 0.6]))
    assert found["weak-tasks-auc"].tolist() == [False, True, False, False, False, False]
    assert found["weakest-third-auc"].tolist() == [False, True, False, False, False, True]


def test_the_plain_share_of_a_task_that_was_not_met_is_that_of_all() -> None:
    attempts = [attempt(1, task="a"), attempt(2, task="a", correct=False), attempt(3, task="b")]
    assert share_right(attempts, ["a", "b", "c"]) == pytest.approx([0.5, 1.0, 2 / 3])


def test_who_knows_more_answers_more_right(world: World) -> None:
    """Over 3,000 answers of a learner the share right in what they know best is above that in what they know least."""
    learner = world.learner("one", NOW)
    best, least = (world.tasks[int(place)] for place in (np.argmax(learner.knows), np.argmin(learner.knows)))
    rights = [np.mean([learner.answer(world.question(task)).correct for _ in range(1_500)]) for task in (best, least)]
    assert rights[0] > rights[1] + 0.2
    assert rights[1] > 0.05  # guesses


def test_practice_teaches_and_rest_takes_but_never_all(world: World) -> None:
    learner = world.learner("one", NOW)
    task = world.tasks[int(np.argmin(learner.knows))]
    before = learner.knows.min()
    for _ in range(40):
        learner.practise(task)
    practised = learner.knows[world.tasks.index(task)]
    learner.rest(30)
    rested = learner.knows[world.tasks.index(task)]
    assert practised > rested > before


def test_twins_go_their_own_ways(world: World) -> None:
    learner = world.learner("one", NOW)
    first, second = learner.twin(), learner.twin()
    first.practise(world.tasks[0])
    assert second.knows.tolist() == learner.knows.tolist()
    assert first.knows[0] > learner.knows[0]


def test_an_exam_has_the_blueprint_s_questions(world: World) -> None:
    drawn = world.exam_questions(np.random.default_rng(1))
    for domain in world.exam.domains:
        inside = [question for question in drawn if question.task.split(".")[0] == domain.id]
        assert len(inside) == round(domain.weight / 100 * (world.exam.format.scored or 0))


def test_the_same_seed_gives_the_same_figures() -> None:
    """On a hundredth of the learners nothing is judged but that the suite runs and repeats."""
    pack = load_pack(pack_names()[0])
    result = measure(pack, 3, 100)
    assert result == measure(pack, 3, 100)
    assert set(result.metrics) == {
        "weak-tasks-auc",
        "weakest-third-auc",
        "interval-coverage",
        "score-error",
        "score-bias",
        "pass-brier",
        "questions-of-random",
        "questions-of-blueprint",
    }
