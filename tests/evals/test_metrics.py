"""Every figure of the retrieval suite against one worked out by hand."""

import math

import numpy as np
import pytest

from evals.abstention import auroc
from evals.latency import median_ratio, quantile_score
from evals.quotes import shown_sentences, token_recall
from evals.ranking_metrics import ranking_metrics
from evals.scores import difference_score


def test_ranking_metrics():
    rankings = {"first": ["a", "b"], "third": ["x", "y", "b"], "two": ["a", "x", "c"], "never": ["a"], "empty": []}
    gold = {"first": ["a"], "third": ["b"], "two": ["b", "c"], "never": ["z"], "empty": ["z"]}
    found = ranking_metrics(rankings, gold)
    # Reciprocal ranks: 1/1, 1/3, 1/3 (c comes third, b not at all), and nothing found twice.
    assert found["mrr@10"] == pytest.approx({"first": 1.0, "third": 1 / 3, "two": 1 / 3, "never": 0.0, "empty": 0.0})
    assert found["r@1"] == {"first": 1.0, "third": 0.0, "two": 0.0, "never": 0.0, "empty": 0.0}
    assert found["r@3"] == {"first": 1.0, "third": 1.0, "two": 0.5, "never": 0.0, "empty": 0.0}
    # One right document at rank 3: 1/log2(3 + 1) of the best, 1/log2(2) = 1. Of two right ones the best is
    # 1/log2(2) + 1/log2(3).
    assert found["ndcg@10"]["third"] == pytest.approx(0.5)
    assert found["ndcg@10"]["two"] == pytest.approx(0.5 / (1 + 1 / math.log2(3)))


def test_a_document_at_rank_eleven_does_not_count():
    found = ranking_metrics({"q": [f"d{n}" for n in range(1, 12)]}, {"q": ["d11"]})
    assert {name: values["q"] for name, values in found.items()} == dict.fromkeys(found, 0.0)


@pytest.mark.parametrize(
    ("answer", "recall"),
    [
        ("the ten weeks", 1.0),  # the article does not count
        ("Ten, weeks!", 1.0),
        ("ten or twelve weeks", 2 / 4),
        ("forever", 0.0),
        ("The.", None),
        ("", None),
    ],
)
def test_token_recall(answer, recall):
    assert token_recall(answer, ["Apples keep ten", "weeks."]) == recall


def test_at_most_three_sentences_of_three_quotes_count_as_shown():
    assert shown_sentences(["One. Two.", "Two.", "Three. Four.", "Five."]) == ("One.", "Two.", "Three.")
    assert shown_sentences(["One.", "Two.", "", "Four."]) == ("One.", "Two.")


def test_auroc():
    rng = np.random.default_rng(0)
    # Of the 2 × 2 pairs three are in order (0.9 > 0.5, 0.9 > 0.1, 0.5 > 0.1), one is a tie: 3.5 / 4.
    score = auroc([0.9, 0.5], [0.5, 0.1], rng)
    assert score is not None
    assert (score.value, score.n) == (0.875, 4)
    assert score.low <= 0.875 <= score.high
    assert auroc([0.9], [], rng) is None


def test_a_difference_that_is_the_same_in_every_case_is_certain():
    # Hard and easy cases alike gain 0.25: unpaired the interval would be wide, paired it has no width.
    score = difference_score([1.0, 0.5, 0.25], [0.75, 0.25, 0.0], np.random.default_rng(0))
    assert score is not None
    assert (score.value, score.low, score.high, score.n) == (0.25, 0.25, 0.25, 3)


def test_times():
    rng = np.random.default_rng(0)
    seconds = [0.010, 0.020, 0.030]
    middle = quantile_score(seconds, 0.5, rng)
    ratio = median_ratio(seconds, [0.005, 0.010, 0.015], rng)
    assert middle is not None
    assert middle.value == pytest.approx(20.0)
    assert ratio is not None
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((2.0, 2.0, 2.0))  # twice in every question
    assert quantile_score([], 0.5, rng) is None
