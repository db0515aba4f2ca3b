"""`exam-tutor socratic`: lines in, turns out; JSON alone on standard output; a topic that is none says what is."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from corpus.errors import ExamTutorError
from ui.socratic_cli import socratic

app = typer.Typer()
app.command()(socratic)


def run(*arguments: str, lines: str) -> str:
    result = CliRunner().invoke(app, arguments, input=lines, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_each_turn_is_one_json_object_on_its_line() -> None:
    turns = [json.loads(line) for line in run("t11-001", "--json", lines="idk\nC\ntell me\n").splitlines()]

    assert [turn["turn"] for turn in turns] == [1, 2, 3, 4]
    assert [option["label"] for option in turns[0]["question"]["options"]] == ["A", "B", "C", "D"]
    assert [turn["reply"] for turn in turns] == [None, "does not know", "wrong", "asks for the answer"]
    assert [turn["revealed"] for turn in turns] == [False, False, False, True]
    assert turns[2]["citations"][0]["url"].startswith("https://docs.aws.amazon.com/")


def test_the_question_is_shown_before_the_first_turn_and_quit_ends() -> None:
    shown = run("t11-001", lines="quit\nA\n")

    assert shown.index("A  An on-demand Amazon DynamoDB table") < shown.index("› Leave the options alone for now.")
    assert "at once" not in shown


def test_a_seed_draws_the_same_question_for_a_topic() -> None:
    once, again = (json.loads(run("1.2", "--json", "--seed", "4", lines="")) for _ in range(2))

    assert once == again
    assert once["question"]["task"] == "1.2"


def test_a_topic_that_is_none_says_what_can_be_given() -> None:
    with pytest.raises(ExamTutorError, match="Give a question's id"):
        run("zebra", lines="")
