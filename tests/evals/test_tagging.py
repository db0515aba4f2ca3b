"""How tagging is counted, and that its cases can still be found."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.sentence_embedder import SentenceEmbedder
from evals.tagging import Outcome, commonest_task, counts, domain_of, micro_f1, table
from evals.tagging_cases import CASES, PARTS, Case, find_passages, load_cases
from tests.conftest import SHARED_DATA

CORPUS = SHARED_DATA / "awsdocs-2023"


def outcome(got: str | None, right: str | None, *also: str) -> Outcome:
    return Outcome(Case("a.md", (), 0, "", right and right[0], right, frozenset(also), "development"), got)


@pytest.mark.parametrize(
    ("tagged", "domain", "task"),
    [
        (outcome("1.1", "1.1"), (1, 0, 0), (1, 0, 0)),
        (outcome("1.2", "1.1"), (1, 0, 0), (0, 1, 1)),  # the right domain, another task
        (outcome("2.1", "1.1"), (0, 1, 1), (0, 1, 1)),
        (outcome("2.1", "1.1", "2.1"), (1, 0, 0), (1, 0, 0)),  # would be right as well
        (outcome(None, "1.1"), (0, 0, 1), (0, 0, 1)),
        (outcome("1.1", None), (0, 1, 0), (0, 1, 0)),
        (outcome("1.1", None, "1.1"), (0, 0, 0), (0, 0, 0)),  # belongs there, but teaches nothing
        (outcome(None, None), (0, 0, 0), (0, 0, 0)),
    ],
)
def test_true_positives_false_positives_and_false_negatives(
    tagged: Outcome, domain: tuple[int, ...], task: tuple[int, ...]
) -> None:
    assert counts(tagged, domain_of) == domain
    assert counts(tagged, str) == task


def test_micro_f1_counts_passages() -> None:
    # tp 2, fp 1 (a passage with no task), fn 1: 2 * 2 / (2 * 2 + 1 + 1) = 2 / 3.
    outcomes = [outcome("1.1", "1.1"), outcome("2.1", "2.1"), outcome("1.1", None), outcome(None, "1.1")]
    score = micro_f1(outcomes, domain_of, np.random.default_rng(0))
    assert score is not None
    assert score.value == pytest.approx(2 / 3)
    assert score.low <= score.value <= score.high
    assert micro_f1([], domain_of, np.random.default_rng(0)) is None


def test_the_table_has_a_line_for_each_domain_labelled() -> None:
    outcomes = [outcome("1.1", "1.2"), outcome("2.1", "1.1", "2.1"), outcome(None, "2.1"), outcome("1.1", None)]
    assert [line.split() for line in table(outcomes)] == [
        ["label", "/", "got", "1", "2", "none", "right"],
        ["1", "1", "1", "0", "2"],  # the second is right by `also`
        ["2", "0", "0", "1", "0"],
        ["none", "1", "0", "0", "0"],
    ]


def test_the_commonest_task_is_of_the_commonest_domain() -> None:
    # Domain 1 stands three times, though 2.1 is as common as any task by itself.
    cases = [outcome(None, task).case for task in ("2.1", "2.1", "1.1", "1.2", "1.2", None)]
    assert commonest_task(cases) == "1.2"


def test_no_page_of_a_guide_is_in_two_cases() -> None:
    cases = {part: load_cases(CASES, part) for part in PARTS}
    assert {part: len(some) for part, some in cases.items()} == {
        "development": 1468,
        "held-out": 200,
        "first": 159,
        "fresh": 163,
        "other": 161,
    }
    of_guides = [case.file for part, some in cases.items() if part != "other" for case in some]
    assert len(set(of_guides)) == len(of_guides) == 1468 + 200 + 159 + 163


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the developer guides in shared/data")
def test_every_case_still_finds_its_passage() -> None:
    of_guides = [case for part in PARTS if part != "other" for case in load_cases(CASES, part)]
    of_others = load_cases(CASES, "other")
    embedder = SentenceEmbedder("")
    passages = [*find_passages(of_guides, CORPUS, embedder), *find_passages(of_others, SHARED_DATA, embedder)]
    assert [passage.chunk.location.heading for passage in passages] == [case.heading for case in of_guides + of_others]
