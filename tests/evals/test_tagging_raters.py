"""Two readers' labels of the same passages, held against each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evals.tagging import counts, domain_of
from evals.tagging_cases import CASES, Case, load_cases
from evals.tagging_raters import agreement, as_tagged, in_pairs, readers


def case(start: int, task: str | None) -> Case:
    return Case("a.md", (), start, "", task and task[0], task, frozenset(), "held-out")


ONES = [case(0, "1.1"), case(1, "1.2"), case(2, "2.1"), case(3, None)]
OTHERS = [case(0, "1.2"), case(1, None), case(2, "2.1"), case(3, None)]


def test_agreement_is_on_domains_or_on_none() -> None:
    found = agreement(in_pairs(ONES, OTHERS), np.random.default_rng(0))
    # 3 of 4 agree. By chance: domain 1 2/4 · 1/4, domain 2 1/4 · 1/4, none 1/4 · 2/4, together 5/16;
    # (12/16 − 5/16) / (1 − 5/16) = 7/11.
    values = {name: score and score.value for name, score in found.items()}
    assert values["same domain or both none"] == 0.75
    assert values["kappa of the domain"] == pytest.approx(7 / 11)
    assert values["same domain where both name one"] == 1.0


def test_the_second_reader_is_measured_as_a_tagger_is() -> None:
    outcomes = as_tagged(in_pairs(ONES, OTHERS))
    assert [counts(outcome, domain_of) for outcome in outcomes] == [(1, 0, 0), (0, 0, 1), (1, 0, 0), (0, 0, 0)]


def test_labels_of_other_passages_are_not_compared() -> None:
    with pytest.raises(ValueError, match=r"a\.md at 7 stands where a\.md at 0 was expected"):
        in_pairs(ONES, [replace(OTHERS[0], start=7), *OTHERS[1:]])


@pytest.mark.parametrize(("split", "passages"), [("held-out", 200), ("first", 159)])
def test_both_readers_read_the_passages_that_are_measured_on(split: str, passages: int) -> None:
    first, second = readers(split)
    assert len(in_pairs(first, second)) == len(in_pairs(first, load_cases(CASES, split))) == passages


def test_where_both_readers_say_the_same_that_was_kept() -> None:
    first, second = readers("held-out")
    settled = load_cases(CASES, "held-out")
    assert all(
        one.task == kept.task for one, other, kept in zip(first, second, settled, strict=True) if one.task == other.task
    )
