"""Drawing: unseen first, then new scenarios, nothing twice; shares that add up."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.exam_pack import ExamPack, load_pack
from tutor.draw import Drawer, Origin, blueprint_weights, largest_remainder, spread
from tutor.topics import Topic, whole_exam


@pytest.fixture(scope="module")
def pack() -> ExamPack:
    return load_pack("mls_c01")


def rng(seed: int = 7) -> random.Random:
    return random.Random(seed)  # noqa: S311


def test_the_bank_comes_first_then_new_scenarios_and_nothing_twice(pack: ExamPack) -> None:
    """Task 4.3 has 14 questions in the bank; the draws after those are generated."""
    topic = Topic("4.3", tasks=frozenset(["4.3"]))
    drawer = Drawer(pack, rng())
    drawn = [drawer.draw(topic) for _ in range(20)]

    assert [question.origin for question in drawn if question] == ["authored"] * 14 + ["generated"] * 6
    assert {question.task for question in drawn if question} == {"4.3"}
    assert len({question.id for question in drawn if question}) == 20


def test_what_was_asked_before_comes_after_what_was_not(pack: ExamPack) -> None:
    bank = [question.id for question in pack.questions if question.task == "4.3"]
    drawer = Drawer(pack, rng(), seen=bank[:12])
    topic = Topic("4.3", tasks=frozenset(["4.3"]))
    first, second, third = (drawer.draw(topic) for _ in range(3))
    assert {question.id for question in (first, second) if question} == set(bank[12:])
    assert third is not None
    assert third.origin == "generated"


def test_without_a_generator_the_one_seen_longest_ago_is_asked_again(pack: ExamPack) -> None:
    """Seen in the order given, the second question once more at the end: the third is then the longest ago."""
    bank = [question.id for question in pack.questions if question.task == "4.3"]
    seen = [*bank, bank[0], bank[1]]
    drawer = Drawer(pack, rng(), seen, Origin.AUTHORED)
    again = drawer.draw(Topic("4.3", tasks=frozenset(["4.3"])))
    assert again is not None
    assert again.id == bank[2]


def test_generated_ones_on_request_and_none_that_was_seen(pack: ExamPack) -> None:
    topic = Topic("Firehose", cards=frozenset(["amazon-data-firehose"]))
    first = Drawer(pack, rng(), origin=Origin.GENERATED).draw(topic)
    assert first is not None
    assert first.origin == "generated"
    assert topic.covers(first)
    other = Drawer(pack, rng(), seen=[first.id], origin=Origin.GENERATED).draw(topic)
    assert other is not None
    assert other.id != first.id


def test_a_pack_without_scenarios_runs_dry(small_pack: ExamPack) -> None:
    drawer = Drawer(small_pack, rng())
    assert [bool(drawer.draw(whole_exam(small_pack))) for _ in range(2)] == [True, False]


def test_sixty_five_questions_by_weight(pack: ExamPack) -> None:
    """20, 24, 36 and 20 % of 65 are 13, 15.6, 23.4 and 13: the one that is missing goes to .6."""
    weights = {domain.id: float(domain.weight) for domain in pack.exam.domains}
    assert largest_remainder(weights, 65) == {"1": 13, "2": 16, "3": 23, "4": 13}
    assert largest_remainder(weights, 50) == {"1": 10, "2": 12, "3": 18, "4": 10}
    # 60 % of 8 is 4.8 and 40 % is 3.2: 4 and 3, and the one left goes to the larger remainder, 0.8.
    assert largest_remainder({"1": 60, "2": 40}, 8) == {"1": 5, "2": 3}


def test_a_share_is_a_domains_weight_over_its_tasks(pack: ExamPack) -> None:
    weights = blueprint_weights(pack.exam)
    assert weights["3.5"] == pytest.approx(0.36 / 5)
    assert sum(weights.values()) == pytest.approx(1.0)


SHARES = st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0.01, 10), min_size=1, max_size=8)


@given(SHARES, st.integers(0, 200), st.integers())
def test_shares_are_whole_add_up_and_miss_by_less_than_one(weights: dict[str, float], count: int, seed: int) -> None:
    total = sum(weights.values())
    counted = Counter(spread(weights, count, rng(seed)))
    for shares in (largest_remainder(weights, count), counted):
        assert sum(shares.values()) == count
        for key, weight in weights.items():
            assert abs(shares[key] - count * weight / total) < 1 + 1e-6


def test_a_single_question_is_of_any_task_by_its_share() -> None:
    """Weights 3 to 1: of 400 single draws about 300 are the first; 4 standard deviations are 35."""
    drawn = rng(1)
    counts = Counter(spread({"a": 3.0, "b": 1.0}, 1, drawn)[0] for _ in range(400))
    assert abs(counts["a"] - 300) < 35


def test_nothing_to_spread() -> None:
    assert spread({}, 3, rng()) == []
    assert spread({"a": 1.0}, 0, rng()) == []
