"""The gate: the fast part of every suite, by words, held against what was recorded; and that it does fail."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus.settings import Settings
from evals.bench import Bench, open_bench
from evals.recorded import file_of, regressions
from evals.running import run_suite, run_suites
from evals.saved import load_run
from evals.suites import SUITES, retrieval, suite_named


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    with open_bench(Settings(home=tmp_path_factory.mktemp("home")), vectors=False, small=True) as opened:
        yield opened


def test_no_figure_has_fallen_behind_what_was_recorded(bench: Bench):
    results = run_suites(SUITES, bench)

    assert [f"{result.suite}: {result.problem}" for result in results if result.problem] == []
    assert regressions(results, small=True) == []
    recorded = {result.suite for result in load_run(file_of(small=True))}
    assert recorded == {suite.name for suite in SUITES} - {"tagging", "pages"}, (
        "record them: exam-tutor evals --small --record"
    )


def test_a_tutor_that_shuffles_its_ranking_does_not_pass(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    rng, ranked = random.Random(1), retrieval.find_evidence  # noqa: S311

    def shuffled(*args, **more):
        found = ranked(*args, **more)
        return replace(found, passages=tuple(rng.sample(found.passages, len(found.passages))))

    monkeypatch.setattr(retrieval, "find_evidence", shuffled)
    worse = regressions([run_suite(suite_named("retrieval"), bench)], small=True)

    assert [line.split(": ")[1] for line in worse] == ["mrr@10", "r@1", "r@5", "ndcg@10"]


def test_a_tutor_that_never_abstains_does_not_pass(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    """Half of the questions have no answer: who always answers decides half of them rightly, and recalls none."""
    monkeypatch.setattr("tutor.engines.grounded.THRESHOLD", 0.0)
    bold = Bench(bench.pack, bench.tutor, small=True)
    worse = regressions([run_suite(suite_named("abstention"), bold)], small=True)

    assert any("recall of abstaining" in line for line in worse)
    assert any("decides right" in line for line in worse)
