"""`quiz`, `exam`, `progress`, `plan`, `audit-me`: lines in; JSON alone on standard output, in the shapes promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.exam_pack import load_pack
from tutor.learner.ledger import Ledger
from tutor.sittings import Sittings
from ui.cli import app

PACK = load_pack("mls_c01")

pytestmark = pytest.mark.usefixtures("no_model")


def call(*arguments: str, lines: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=lines)


def run(*arguments: str, lines: str = "") -> str:
    result = call(*arguments, lines=lines)
    assert result.exit_code == 0, result.output
    return result.stdout


def run_json(*arguments: str, lines: str = "") -> dict:
    out = run(*arguments, "--json", lines=lines)
    assert out.count("\n") == 1
    return json.loads(out)


def sitting(home: Path):
    """The one sitting that was begun and not handed in."""
    ledger = Ledger(home / "learner.db")
    desk = Sittings(ledger, "me", PACK)
    (identity,) = desk.unfinished()
    found = desk.load(identity)
    ledger.close()
    return found


def test_questions_for_a_program() -> None:
    shape = run_json("quiz", "--topic", "1.2", "-n", "3", "--seed", "4")
    assert shape == run_json("quiz", "--topic", "1.2", "-n", "3", "--seed", "4")
    assert len(shape["questions"]) == 3
    for question in shape["questions"]:
        assert list(question) == ["id", "stem", "options", "select", "domain", "task", "difficulty", "origin"]
        assert (question["domain"], question["task"], question["origin"]) == ("1", "1.2", "authored")
        original = PACK.questions_by_id[question["id"]]
        assert question["options"] == [{"label": one, "text": option.text} for one, option in original.labelled]


def test_answers_come_with_cited_reasons() -> None:
    shape = run_json("quiz", "-n", "5", "--origin", "generated", "--answers")
    for question in shape["questions"]:
        assert question["origin"] == "generated"
        right = [reason["label"] for reason in question["reasons"] if reason["verdict"] == "right"]
        assert question["answer"] == right
        assert [reason["label"] for reason in question["reasons"]] == [one["label"] for one in question["options"]]
        for reason in question["reasons"]:
            assert reason["reason"]
            assert reason["citations"]
            assert (reason["right_if"] is None) == (reason["verdict"] == "right")


def test_a_quiz_is_stopped_and_goes_on(home: Path) -> None:
    out = run("quiz", "-n", "3", "--seed", "1", lines="Q\n")
    begun = sitting(home)
    first, *others = begun.questions
    assert f"1 of 3 · choose 3\n{first.stem}" in out

    letters = ["".join(begun.shown(question.id).answer) for question in begun.questions]
    out = run("quiz", "--resume", lines=f"{letters[0]}!\nquit\n")
    assert "Right." in out
    assert "It turns on" in out
    out = run("quiz", "--resume", lines=f"no idea\n{letters[1]}?\n{letters[2]}??\n")
    assert others[0].stem in out
    assert "3 of 3 right." in out

    ledger = Ledger(home / "learner.db")
    attempts = ledger.attempts("me", "MLS-C01")
    ledger.close()
    assert [(one.question, one.correct, str(one.confidence)) for one in attempts] == [
        (first.id, True, "sure"),
        (others[0].id, True, "unsure"),
        (others[1].id, True, "guess"),
    ]
    failed = call("quiz", "--resume")
    assert (failed.exit_code, "No quiz was stopped half-way." in failed.output) == (1, True)


@pytest.mark.usefixtures("tea")
def test_feedback_at_the_end_says_what_was_wrong_and_why() -> None:
    out = run(
        "quiz",
        "-n",
        "1",
        "--at-the-end",
        lines="A\n",
    )
    assert out.index("1 of 1") < out.index(" of 1 right.")
    assert ("Wrong: the answer is" in out) == ("0 of 1 right." in out)


@pytest.mark.usefixtures("tea")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["quiz", "--topic", "zebra"], 1, "There are no questions on 'zebra'. The nearest topics: "),
        (["quiz", "-n", "0"], 1, "A quiz cannot have 0 questions."),
        (["quiz", "--weak", "--due"], 2, "Choose --weak or --due, not both."),
        (["quiz", "--origin", "stolen"], 2, "Invalid value for '--origin'"),
        (["quiz", "--learner", " "], 2, "A learner has a name."),
        (["exam", "--resume"], 1, "No mock exam was left half-way. Begin one: exam-tutor exam"),
        (["exam", "--minutes", "-5"], 1, "An exam cannot take -5 minutes."),
        (["plan"], 1, "The day of the exam is not known. Give the day, such as 2027-03-31."),
        (["plan", "--exam-date", "2020-01-01"], 1, "The exam date 01 January 2020 is past."),
        (["plan", "--exam-date", "soon"], 1, "'soon' is no day. Write it as 2027-03-31."),
        (["plan", "--exam-date", "9999-12-31"], 1, "a plan covers two years"),
    ],
)
def test_what_cannot_be_is_said_in_words(arguments: list[str], status: int, said: str) -> None:
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.usefixtures("tea")
def test_a_failure_is_json_too_where_that_was_asked() -> None:
    result = call("quiz", "--topic", "zebra", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"] == "There are no questions on 'zebra'."


def test_a_mock_exam_by_script_left_and_come_back_to(home: Path) -> None:
    """Question 1 is answered wrong and then right, 2 right, 3 blank and flagged; the rest stay blank."""
    paper = run_json("exam", "--seed", "2")
    assert [question["number"] for question in paper["questions"]] == list(range(1, 66))
    assert set(paper["questions"][0]) == {"number", "id", "stem", "options", "select", "chosen", "flagged"}
    assert (paper["minutes"], paper["finished"], paper["report"], paper["notes"]) == (180, False, None, [])
    assert 10_700 <= paper["seconds_left"] <= 10_800

    held = sitting(home)
    right = ["".join(held.shown(question.id).answer) for question in held.questions]
    wrong = next("ABCDE"[n : n + held.questions[0].select] for n in range(4) if "ABCDE"[n] not in right[0])
    lines = f"1 {wrong}!\n{right[0]}\n{right[1]}\n3 f\n99 A\nlist\n"
    paper = run_json("exam", "--resume", lines=lines)
    assert [(q["chosen"], q["flagged"]) for q in paper["questions"][:4]] == [
        (list(right[0]), False),
        (list(right[1]), False),
        ([], True),
        ([], False),
    ]
    assert paper["notes"] == ["Flagged.", "There is no question 99. They go from 1 to 65."]

    done = run_json("exam", "--resume", lines="done\n")
    report = done["report"]
    assert done["finished"]
    assert report["scored"] == 50
    assert report["estimate"]["pass_mark"] == 750
    assert report["estimate"]["assumes"].startswith("An estimate")
    assert sum(tally["right"] for tally in report["domains"]) == 2
    assert [change["change"] for change in report["changes"]] == ["wrong to right"]
    assert len(report["errors"]) == 63
    assert all(reason["citations"] for error in report["errors"] for reason in error["reasons"])
    assert len(report["times"]) == 65


def test_a_mock_exam_in_the_terminal() -> None:
    out = run("exam", "--seed", "2", "--minutes", "60", lines="\n-\nf\nlist\ndone\ndone\n")
    assert out.count("65 · 59:5") == 3
    assert "Open: 1, 2, 3" in out
    assert "0 of the 50 questions that count are right." in out
    assert "Estimated score 100, 90 % interval 100 to " in out
    assert "An estimate: how the exam scales its scores is not published." in out


def test_progress_and_the_plan_follow_the_record(home: Path) -> None:
    empty = run_json("progress")
    assert (empty["exam"], empty["answers"], empty["due"]) == ("MLS-C01", 0, 0)
    assert len(empty["tasks"]) == 15
    assert all(0 < one["low"] < one["mean"] < one["high"] < 1 for one in (*empty["tasks"], *empty["domains"]))
    assert empty["readiness"]["pass_mark"] == 750
    run("quiz", "-n", "2", "--seed", "1", lines="quit\n")
    letters = ["".join(sitting(home).shown(question.id).answer) for question in sitting(home).questions]
    run("quiz", "--resume", lines="".join(f"{one}!\n" for one in letters))
    after = run_json("progress")
    assert after["answers"] == 2
    assert after["calibration"] == {"sure": {"answers": 2, "right": 2, "share": 1.0}}
    assert after["overall"]["mean"] > empty["overall"]["mean"]
    shown = run("progress")
    assert "Readiness" in shown
    assert "When you said sure, 2 of 2 were right (100%)." in shown
    assert "Over time " in shown


@pytest.mark.usefixtures("tea")
def test_the_day_and_the_hours_are_kept() -> None:
    first = run_json("plan", "--exam-date", "2027-10-01", "--hours", "3")
    assert run_json("plan") == first
    assert (first["exam_date"], first["hours"]) == ("2027-10-01", 3.0)
    assert first["weeks"][-1]["activities"][-1]["kind"] == "exam"
    changed = run_json("plan", "--hours", "8")
    assert (changed["exam_date"], changed["hours"]) == ("2027-10-01", 8.0)
    assert "Week 1, from" in run("plan")
    assert run_json("plan", "--exam-date", "2027-10-02", "--learner", "eve")["hours"] == 6.0


@pytest.mark.usefixtures("tea")
def test_an_audit_rates_and_probes() -> None:
    out = run("audit-me", lines="9\n2\n\nA\n")
    assert "1.1 Choose a vessel" in out
    assert " of 1 right." in out
    tasks = run_json("audit-me")["tasks"]
    assert [(task["id"], task["rating"], task["of"]) for task in tasks] == [("1.1", 2, 1), ("2.1", None, 0)]
