"""Thumbs become candidates without private text; runs become a scorecard with nothing by hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.saved import run_json
from evals.scorecard import scorecard
from evals.scores import Score
from evals.suite import Result, Row
from ui.cli import app

THUMBS = [
    {"at": "2026-01-02T03:04:05+00:00", "learner": "Ada", "verdict": "good", "reason": "", "question": "What is SMOTE?",
     "answer": ["SMOTE makes rows."], "sources": ["pack/mls_c01/cards/smote", "/home/ada/diary.md"]},
    {"at": "2026-01-03T03:04:05+00:00", "learner": "Ada", "thumb": "down", "reason": "My boss at Acme disagrees",
     "question": "Does Acme need Amazon EMR?", "claims": [], "engine": "grounded"},
]  # fmt: skip


def run(home: Path, *more: str) -> list[dict]:
    home.mkdir(exist_ok=True)
    lines = [json.dumps(thumb) for thumb in THUMBS]
    (home / "feedback.jsonl").write_text("\n".join([*lines, "{broken", '{"at": "x"}']), encoding="utf-8")
    done = CliRunner().invoke(app, ["evals", "feedback", "--out", str(home / "out"), *more])
    assert done.exit_code == 0, done.output
    assert "feedback.jsonl:3" in "".join(done.stderr.split())
    assert "feedback.jsonl:4" in "".join(done.stderr.split())
    text = (home / "out" / "feedback-candidates.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_private_text_is_left_out(home: Path):
    bad, good = run(home)

    assert (bad["verdict"], bad["cards"], bad["engine"]) == ("bad", ["amazon-emr"], "grounded")
    assert (good["verdict"], good["cards"], good["claims"]) == ("good", ["smote"], 1)
    said = json.dumps([bad, good])
    for private in ("Ada", "ada", "Acme", "boss", "diary", "rows"):
        assert private not in said


def test_with_text_when_it_is_asked_for(home: Path):
    bad, good = run(home, "--with-text")

    assert bad["question"] == "Does Acme need Amazon EMR?"
    assert bad["reason"] == "My boss at Acme disagrees"
    assert "/home/ada/diary.md" in good["cited"]
    assert "Ada" not in json.dumps([bad, good])


def test_no_feedback_yet_is_said(home: Path):
    done = CliRunner().invoke(app, ["evals", "feedback"])

    assert done.exit_code == 1
    assert "once a learner has rated an answer" in " ".join(done.stderr.split())


def test_the_scorecard_has_every_figure_commit_command_and_cores(tmp_path: Path):
    score = Score(0.5, 0.25, 0.75, 8)
    result = Result(
        "toy",
        {"right": score, "leaks": None},
        (Row("a", {"right": 1.0}),),
        {"lots": {"right": Score(0.1, 0.0, 0.2, 8)}},
        {"lots": {"right": Score(0.4, 0.1, 0.7, 8)}},
        lower=frozenset({"leaks"}),
        seconds=2.0,
    )
    file = tmp_path / "run.json"
    shape = {**run_json([result, Result("other", skipped="no documents")], "exam-tutor evals"), "cores": 2}
    file.write_text(json.dumps({**shape, "commit": "abc1234"}), encoding="utf-8")
    text = scorecard([file])

    assert "## `exam-tutor evals`" in text
    assert "Commit abc1234; 2 cores; 2 s." in text
    assert "| right | 0.500 [0.250, 0.750] of 8 | 0.100 [0.000, 0.200] of 8 |" in text
    assert "| leaks ↓ | no score |" in text
    assert "Ours − lots: right 0.400 [0.100, 0.700] of 8." in text
    assert "Skipped: no documents." in text


@pytest.mark.parametrize("verb", ["scorecard", "compare"])
def test_a_file_that_is_not_there_is_named(verb: str, tmp_path: Path):
    done = CliRunner().invoke(app, ["evals", verb, str(tmp_path / "gone.json"), str(tmp_path / "gone.json")])

    assert done.exit_code == 1
    assert "gone.json is not a file of figures" in " ".join("".join(done.stderr.split("\n")).split())
