"""What is common to suites: rows make figures, failures are named, two runs are compared case by case."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from corpus.embedder import HashEmbedder
from corpus.errors import ExamTutorError, ModelError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.settings import Settings
from evals.asking import load_cases
from evals.bench import Bench, open_bench
from evals.cases_file import QuestionsError
from evals.compare import compare
from evals.recorded import regressions
from evals.report import html
from evals.running import lines, run_suites
from evals.saved import load_run, run_json
from evals.scores import Score
from evals.suite import Result, Row, Suite, means, paired
from evals.suites import suite_named
from evals.suites.followups import load_cases as load_talks
from evals.suites.robustness import load_cases as load_variants
from evals.suites.support import load_cases as load_pairs
from ingest.pipeline import ingest_pack
from tests.conftest import NOW, SMALL_PACK
from tutor.engines.chat_client import ChatClient
from tutor.engines.chat_model import ChatModelEngine
from tutor.engines.scripted_chat_model import ScriptedChatModel
from tutor.tutor import Tutor
from ui.cli import app


def load_questions(file: Path) -> None:
    load_cases(file, "held-out")


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


ROWS = (
    Row("a", {"right": 1.0, "leaks": 0.0}, question="How?", answer=("So.",)),
    Row("b", {"right": 0.0, "leaks": 0.0}, question="Why <script>alert(1)</script>?", answer=("Because.",)),
    Row("c", {"right": 0.0, "leaks": 1.0}, question="A secret question", held_out=True),
)


def result(*rows: Row, suite: str = "toy") -> Result:
    return Result(suite, means(rows, rng()), rows, lower=frozenset({"leaks"}))


def suites(*runs) -> list[Suite]:
    return [Suite(f"suite-{number}", "nothing", run) for number, run in enumerate(runs)]


def bench() -> Bench:
    return Bench(pack=None, tutor=None)  # no suite here asks it


def test_metrics_are_means_over_the_rows_that_have_them():
    found = means([Row("a", {"x": 1.0}), Row("b", {"x": 0.0, "y": 0.5})], rng())

    assert (found["x"].value, found["x"].n) == (0.5, 2)
    assert (found["y"].value, found["y"].n) == (0.5, 1)


def test_worst_come_first_and_less_is_better_where_it_is_said():
    """b lost one point, c two; a lost none and is not among them."""
    assert [row.id for row in result(*ROWS).worst()] == ["c", "b"]


def test_a_suite_that_fails_is_named_and_the_others_go_on():
    def times_out(_: Bench) -> Result:
        raise ModelError("did not answer in time")

    def malformed(_: Bench) -> Result:
        raise ValueError("cases.jsonl:3: Expecting value")

    results = run_suites(suites(times_out, malformed, lambda _: result(*ROWS)), bench())

    assert [one.problem for one in results] == [
        "did not answer in time",
        "ValueError: cases.jsonl:3: Expecting value",
        "",
    ]
    assert "  FAILED: did not answer in time" in lines(results)


def test_a_suite_that_scored_no_case_has_no_score_and_not_zero():
    (found,) = run_suites(suites(lambda _: Result("empty", {"right": None})), bench())

    assert found.problem == "no score: no case was scored"
    assert found.as_json()["metrics"] == {"right": None}
    assert any(line.endswith("no score") for line in lines([found]))


def test_what_a_model_failed_at_makes_the_suite_fail_though_it_has_figures():
    def asks(bench: Bench) -> Result:
        bench.failures.append("a:model did not answer in time. This is the answer without a model.")
        return result(*ROWS)

    (found,) = run_suites(suites(asks), bench())

    assert found.has_score
    assert found.problem.startswith("the model failed 1 times; the first: a:model did not answer in time.")


@pytest.mark.parametrize(
    ("said", "failures"), [(ModelError("did not finish in time"), 1), ('{"claims": []}', 0), ("no json at all", 0)]
)
def test_a_model_that_times_out_has_failed_and_one_that_says_nothing_of_use_has_not(
    said: str | Exception, failures: int, small_pack: ExamPack, library: Library
):
    ingest_pack(small_pack, library, now=NOW)
    engine = ChatModelEngine("a:model", lambda: ChatClient("a:model", ScriptedChatModel(replies=(said,))))
    measured = Bench(small_pack, Tutor(small_pack, library, engine))

    for _ in range(2):
        measured.ask("How many millilitres does a Royal Gaiwan hold?")

    assert len(measured.failures) == failures


def test_a_bench_searches_by_meaning_though_all_its_vectors_come_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A search leaves vectors out until the model is loaded; a run that embeds nothing must load it all the same."""

    class Lazy(HashEmbedder):
        is_loaded = False

        def embed(self, texts):
            self.is_loaded = True
            return super().embed(texts)

    monkeypatch.setattr("evals.bench.choose_embedder", lambda _: Lazy())
    settings = Settings(home=tmp_path / "home", pack=str(SMALL_PACK))
    for _ in range(2):
        with open_bench(settings, vectors=True, cache=tmp_path / "cache") as opened:
            passages = opened.tutor.evidence("How many millilitres does a Royal Gaiwan hold?").passages
        assert any(passage.cosine is not None for passage in passages)


@pytest.mark.parametrize("load", [load_questions, load_pairs, load_variants, load_talks])
def test_a_malformed_case_file_is_named_with_its_line(load, tmp_path: Path):
    file = tmp_path / "cases.jsonl"
    file.write_text("{broken", encoding="utf-8")
    with pytest.raises(QuestionsError, match=r"cases\.jsonl:1: "):
        load(file)


def test_the_nearest_name_is_said():
    with pytest.raises(ExamTutorError, match="Did you mean 'abstention'"):
        suite_named("abstain")


def test_an_unknown_suite_on_the_command_line_ends_with_status_1():
    done = CliRunner().invoke(app, ["evals", "socratik"])

    assert done.exit_code == 1
    assert "Did you mean 'socratic'" in " ".join(done.stderr.split())


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path):
    file = tmp_path / "run.json"
    file.write_text(json.dumps(run_json([result(*ROWS)], "exam-tutor evals")), encoding="utf-8")
    (read,) = load_run(file)

    assert read.metrics == result(*ROWS).metrics
    assert [(row.id, row.values, row.held_out) for row in read.rows] == [(r.id, r.values, r.held_out) for r in ROWS]
    assert "secret" not in file.read_text(encoding="utf-8")


def test_a_file_that_is_no_run_is_named(tmp_path: Path):
    file = tmp_path / "run.json"
    file.write_text("[1]", encoding="utf-8")
    with pytest.raises(ExamTutorError, match=r"run\.json is not a file of figures"):
        load_run(file)


def test_two_runs_are_compared_over_the_same_cases():
    """Ten cases: five are lost from the first run to the second, so the difference is −0.5, no resample above 0."""
    first = result(*[Row(str(n), {"right": 1.0}) for n in range(10)])
    second = result(*[Row(str(n), {"right": float(n < 5)}) for n in range(10)])
    (change,) = compare([first], [second], rng())

    assert change.difference.value == -0.5
    assert change.verdict == "worse"
    (same,) = compare([first], [first], rng())
    assert (same.difference.value, same.verdict) == (0.0, "no difference shown")


def test_only_cases_that_both_have_are_paired():
    ours, theirs = [Row("a", {"x": 1.0}), Row("b", {"x": 0.0})], [Row("b", {"x": 1.0})]

    assert paired(ours, theirs, rng())["x"] == Score(-1.0, -1.0, -1.0, 1)


def test_a_score_that_was_lost_counts_as_worse(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("evals.recorded.FOLDER", tmp_path)
    before = Result("toy", {"right": Score(0.8, 0.7, 0.9, 10), "leaks": Score(0.1, 0.0, 0.2, 10)}, lower={"leaks"})
    (tmp_path / "small.json").write_text(json.dumps(run_json([before], "", rows=False)), encoding="utf-8")

    def now(right: Score | None, leaks: Score) -> list[str]:
        return regressions([Result("toy", {"right": right, "leaks": leaks})], small=True)

    one = Score(0.2, 0.1, 0.3, 10)
    assert now(Score(0.7, 0.6, 0.8, 10), one) == []
    assert len(now(Score(0.69, 0.6, 0.8, 10), one)) == 1
    assert len(now(None, Score(0.21, 0.1, 0.3, 10))) == 2


def test_the_page_opens_every_case_but_for_the_text_of_those_held_out():
    page = html([result(*ROWS)], "exam-tutor evals")

    assert page.index(">b · ") < page.index(">a · ") < page.index(">c · ")
    assert "secret question" not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
