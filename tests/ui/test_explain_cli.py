"""`explain` and `compare` as programs: what they print where, and how they end."""

from __future__ import annotations

import json

import pytest

from tests.ui import program

pytestmark = pytest.mark.usefixtures("no_model", "tea")

PASTED = "A host wants tea. It must be ready within seconds. Which vessel?\nA. An Imperial Teapot\nB. A Royal Gaiwan\n"


def run(*arguments: str, pasted: str = "") -> tuple[int, str, str]:
    result = program.run(*arguments, lines=pasted)
    return result.returncode, result.stdout, result.stderr


def test_a_bank_question_as_json() -> None:
    status, out, _ = run("explain", "tst-1", "--json")
    shape = json.loads(out)
    assert status == 0
    assert set(shape) == {
        "question_id", "task", "requirements", "confidence", "options", "contrast", "remarks",
    }  # fmt: skip
    assert (shape["question_id"], shape["task"], shape["confidence"]) == ("tst-1", "1.1", 1.0)
    assert shape["requirements"] == [{"text": "ready within seconds", "trait": "speed", "value": "seconds"}]
    assert [option["verdict"] for option in shape["options"]] == ["right", "wrong", "wrong", "wrong"]
    assert all(option["citations"] for option in shape["options"])
    assert shape["options"][2]["reason"] == "It keeps water hot; it does not steep leaves."
    assert (shape["options"][0]["right_if"], shape["options"][2]["right_if"]) == (
        None,
        "Hot water is to be at hand all day.",
    )


def test_a_pasted_question_in_the_terminal() -> None:
    status, out, _ = run("explain", "-", pasted=PASTED + "Answer: A\n")
    assert status == 0
    assert out.startswith("It turns on “ready within seconds”\n")
    assert "B. A Royal Gaiwan right" in out
    assert "The pasted key says A; by the evidence B is right." in out
    assert "“An Imperial Teapot steeps for 3 to 5 minutes.”" in out


def test_one_option_only_and_one_that_is_not_there() -> None:
    _, out, _ = run("explain", "tst-1", "--option", "b", "--json")
    shape = json.loads(out)
    assert [option["label"] for option in shape["options"]] == ["B"]
    assert shape["remarks"][0]["text"] == "You chose B, which is wrong here."
    status, _, err = run("explain", "tst-1", "--option", "F")
    assert (status, err.strip()) == (1, "error The question has no option F. Its options are A, B, C, D.")


def test_what_is_no_question_is_json_too_where_that_was_asked() -> None:
    status, out, err = run("explain", "-", "--json", pasted="Hello there")
    assert status == 1
    assert json.loads(out) == {
        "error": "There is no question with options in the text.",
        "hint": "Paste the question, then its options one a line, each with its letter (A. …).",
    }
    assert "There is no question" in err


def test_a_concept_at_a_depth_and_an_unknown_depth() -> None:
    _, out, _ = run("explain", "lidded bowl", "--depth", "sentence", "--json")
    shape = json.loads(out)
    assert (shape["concept"], shape["depth"], len(shape["parts"])) == ("gaiwan", "sentence", 1)
    assert run("explain", "pot", "--depth", "huge")[0] == 2


def test_things_side_by_side() -> None:
    status, out, _ = run("compare", "gaiwan", "pot", "--json")
    shape = json.loads(out)
    assert status == 0
    assert [thing["id"] for thing in shape["things"]] == ["gaiwan", "teapot"]
    assert [cell["text"] for cell in shape["traits"][0]["cells"]] == ["ready within seconds", "ready within minutes"]
    _, table, _ = run("compare", "gaiwan", "pot")
    assert "Speed of brewing" in table
    assert "Choose the Imperial Teapot when one long infusion serves several guests. [6]" in table
    assert run("compare", "gaiwan")[0] == 1
