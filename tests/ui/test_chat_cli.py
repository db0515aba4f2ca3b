"""`exam-tutor chat` as a program: lines in, turns out, and what it prints where."""

from __future__ import annotations

import json

import pytest

from tests.ui import program

pytestmark = pytest.mark.usefixtures("no_model", "tea")

PASTED = "paste\nA host must have tea at once. Which vessel?\nA. An Imperial Teapot\nB. A Royal Gaiwan\n\n"


def talk(lines: str, *options: str) -> tuple[int, str, str]:
    result = program.run("chat", "--no-vectors", "--seed", "1", *options, lines=lines)
    return result.returncode, result.stdout, result.stderr


def test_a_talk_as_json_has_one_object_a_message() -> None:
    status, out, err = talk(f"Explain the Royal Gaiwan\n\nquiz me\nA\n{PASTED}", "--json")
    turns = [json.loads(line) for line in out.splitlines()]

    assert status == 0
    assert [turn["turn"] for turn in turns] == ["explained", "posed", "marked", "reviewed"]  # the empty line is none
    assert turns[1]["question"]["id"] == "tst-1"
    assert (turns[2]["chosen"], turns[2]["answer"], turns[2]["correct"]) == (["A"], ["A"], True)
    assert turns[3]["labels"] == ["A", "B"]
    assert err == "Searched by words only, as --no-vectors says.\n"  # no prompt where nobody types


def test_a_talk_in_the_terminal() -> None:
    status, out, _ = talk("hello\nquiz me\nB\nmake a plan\nLead me there\n")

    assert status == 0
    assert "You may say: Quiz me · Make me a study plan" in out
    assert "  A  A Royal Gaiwan" in out
    assert "Not right. It is A." in out
    assert "It keeps water hot; it does not steep leaves." in out
    assert "In the terminal: exam-tutor plan" in out
    assert "› Leave the options alone for now." in out
