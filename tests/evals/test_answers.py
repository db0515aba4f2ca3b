"""Answers and options on questions of one's own: figures worked out by hand, bad files, a model as it should not be."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.embedder import HashEmbedder
from evals import answers
from evals.squad import exact_match, token_f1
from tests.tutor.engines.openai_server import Server, fails, says
from ui.cli import app

DOCUMENTS = {
    "apples.md": "# Apples\n\nApples keep for ten weeks in a cold cellar. Wrap each apple in paper.",
    "pears.md": "# Pears\n\nPears ripen only after they were picked. A ripe pear keeps for two days.",
    "carrots.md": "# Carrots\n\nCarrots keep best in moist sand, without their leaves.",
}
QUESTIONS = [
    {"id": "q1", "question": "How long do apples keep in a cold cellar?", "gold_sources": ["apples.md"],
     "answer": "Apples keep for ten weeks in a cold cellar."},
    {"id": "q2", "question": "Who won the zeppelin race of 1908?", "gold_sources": []},
]  # fmt: skip
CHOICES = [
    {"id": "m1", "stem": "Which metric is right?", "options": {"A": "recall", "B": "precision"}, "answer": ["B"]},
    {"id": "m2", "stem": "Which ones are right?", "options": {"A": "x", "B": "y", "C": "z"}, "answer": ["A", "C"]},
]


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SentenceEmbedder", lambda _: HashEmbedder())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    for name, rows in (("questions.jsonl", QUESTIONS), ("choices.jsonl", CHOICES)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def run_answers(place: Path, *more: str):
    own = ["--corpus", str(place / "corpus"), "--questions", str(place / "questions.jsonl")]
    kept = ["--cache", str(place / "cache"), "--out", str(place / "out"), "--json"]
    return CliRunner().invoke(app, ["evals", "answers", *own, *kept, *more])


def run_mcq(place: Path):
    own = ["--questions", str(place / "choices.jsonl"), "--no-vectors", "--out", str(place / "out"), "--json"]
    return CliRunner().invoke(app, ["evals", "mcq", *own])


def test_token_f1_and_exact_match():
    """Without article, case and points: answer = ten weeks (2 words), text = for ten weeks or so (5), 2 in common:
    2·2 / (2 + 5).
    """
    assert token_f1("The ten weeks.", "For ten weeks, or so") == pytest.approx(4 / 7)
    assert token_f1("ten", "twelve") == 0.0
    assert exact_match("The ten weeks.", "ten weeks") == 1.0
    assert exact_match("ten weeks", "ten") == 0.0


def test_answers_beside_what_else_one_would_do(place: Path):
    """q1 is answered by a sentence to the letter, f1 1; q2 by nothing. So whoever always answers has an f1 with
    abstention of (1 + 0) / 2, whoever never does of (0 + 1) / 2.
    """
    done = run_answers(place)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    metrics, baselines = found["metrics"], found["baselines"]

    assert found["suite"] == "answers"
    assert (metrics["token f1"]["value"], metrics["token f1"]["n"]) == (1.0, 1)
    assert metrics["exact match"]["value"] == metrics["answer in quote"]["value"] == 1.0
    assert set(baselines) == {
        "always answer", "never answer", "bm25, best sentence", "bm25, first passage", "langchain, first sentences",
        "langchain, best sentence",
    }  # fmt: skip
    assert baselines["always answer"]["f1 with abstention"]["value"] == 0.5
    assert baselines["never answer"]["f1 with abstention"]["value"] == 0.5
    assert baselines["bm25, best sentence"]["token f1"]["value"] == 1.0
    # The whole passage has the answer's 8 words without its article, 1 for 'each' … in all 8 + 5: 2·8 / (8 + 13).
    assert baselines["bm25, first passage"]["token f1"]["value"] < 1.0
    assert (place / "out" / "answers.html").is_file()


def test_a_file_with_a_bad_line_is_refused_with_file_line_and_field(place: Path):
    (place / "questions.jsonl").write_text('{"id": "q1", "gold_sources": []}', encoding="utf-8")
    done = run_answers(place, "--baselines", "none")

    assert done.exit_code == 1
    assert "questions.jsonl:1: question: Field required" in " ".join(done.stderr.split())


def test_a_model_is_held_against_itself_without_our_evidence(place: Path, monkeypatch: pytest.MonkeyPatch):
    """By itself it says "They keep for ten weeks": of its 5 words 4 are the answer's 8: 2·4 / (5 + 8)."""
    with Server(says("They keep for ten weeks")) as server:
        monkeypatch.setenv("EXAM_TUTOR_MODEL", "openai:tea-master")
        monkeypatch.setenv("EXAM_TUTOR_MODEL_URL", server.url)
        done = run_answers(place, "--baselines", "none")

    found = json.loads(done.stdout.splitlines()[0])
    assert found["baselines"]["bare model"]["token f1"]["value"] == pytest.approx(8 / 13)
    systems = {request["messages"][0]["content"] for request in server.requests}
    assert any(system.startswith("Answer the question in one sentence.") for system in systems)


def test_a_model_that_fails_is_named_and_the_status_is_1(place: Path, monkeypatch: pytest.MonkeyPatch):
    with Server(fails(400)) as server:
        monkeypatch.setenv("EXAM_TUTOR_MODEL", "openai:tea-master")
        monkeypatch.setenv("EXAM_TUTOR_MODEL_URL", server.url)
        done = run_answers(place, "--baselines", "none")

    assert done.exit_code == 1
    assert "1 of 1 suites failed: answers (The model" in " ".join(done.stderr.split())


def test_options_judged_by_the_tutor_and_by_a_model(place: Path, monkeypatch: pytest.MonkeyPatch):
    """The model says B to both: right once, and confident and wrong once. Lots: (1/2 + 1/3) / 2."""
    with Server(says("B")) as server:
        monkeypatch.setenv("EXAM_TUTOR_MODEL", "openai:tea-master")
        monkeypatch.setenv("EXAM_TUTOR_MODEL_URL", server.url)
        done = run_mcq(place)

    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["baselines"]["bare model"]["accuracy"]["value"] == 0.5
    assert found["baselines"]["bare model"]["confident and wrong"]["value"] == 0.5
    assert found["baselines"]["drawing lots"]["accuracy"]["value"] == pytest.approx(5 / 12)
    assert found["metrics"]["accuracy"]["n"] == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "choices.jsonl:1: this is no JSON object"),
        ('{"id": "m", "stem": "s", "options": {"A": "x", "B": "y"}}', "choices.jsonl:1: answer: it is missing"),
        ('{"id": "m", "stem": "s", "options": {"A": "x", "B": "y"}, "answer": ["C"]}', "answer: it must be a list"),
        ('{"id": "m", "stem": "s", "options": {"A": "x"}, "answer": ["A"]}', "options: two or more are needed"),
        ("", "there is no question in this file"),
    ],
)
def test_a_bad_file_of_choices_is_refused(place: Path, line: str, said: str):
    (place / "choices.jsonl").write_text(line, encoding="utf-8")
    done = run_mcq(place)

    assert done.exit_code == 1
    assert said in " ".join(done.stderr.split())
