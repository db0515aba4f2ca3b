"""`exam-tutor packs audit` and `packs new` as a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import SMALL_PACK
from tests.ui import program
from tests.ui.program import Ended


def run(*arguments: str, folder: Path = Path()) -> Ended:
    return program.run("packs", *arguments, folder=folder)


def test_audit_shows_findings_by_check_and_ends_with_1() -> None:
    result = run("audit", str(SMALL_PACK))
    assert result.returncode == 1, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "coverage  7 found; 1 objectives, 0 services, 1 questions"
    assert lines[1:3] == ["  blueprint.toml", "    1.1.1: no note of task 1.1 is on: Match a vessel to a leaf"]
    assert "figures  skipped: no folder of documents was given" in lines
    assert "    tst-1 A: the rationale has 1 sentence, not 2 to 4" in lines
    assert lines[-1] == "small_pack: 11 findings in 5 checks, 2 skipped."


def test_audit_as_json_is_one_object(tmp_path: Path) -> None:
    result = run("audit", str(SMALL_PACK), "--documents", str(tmp_path), "--json")
    assert result.returncode == 1, result.stderr
    assert result.stdout.count("\n") == 1
    report = json.loads(result.stdout)
    assert report["pack"] == "small_pack"
    assert len(report["findings"]) == 11
    assert report["findings"][0] == {
        "check": "coverage",
        "file": "blueprint.toml",
        "item": "1.1.1",
        "problem": "no note of task 1.1 is on: Match a vessel to a leaf",
    }
    assert report["checks"]["overlap"]["skipped"] is None
    assert report["checks"]["figures"]["counts"]["facts"] == 3


def test_new_makes_a_pack_that_validate_accepts(tmp_path: Path) -> None:
    made = run("new", "MLA-C01", "--title", "Tea Leaves", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout == "Made mla_c01. Fill it, then: exam-tutor packs validate mla_c01\n"
    valid = run("validate", "mla_c01", folder=tmp_path)
    assert valid.stdout == "mla_c01 is valid: 0 cards, 0 notes, 0 questions.\n"
    again = run("new", "MLA-C01", folder=tmp_path)
    assert again.returncode == 1
    assert "it exists already" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["new", "mla"], 2, "Write it as in MLS-C01."),
        (["audit", "/nowhere"], 1, "there is no exam pack here"),
        (["audit", str(SMALL_PACK), "--documents", "/nowhere"], 1, "there is no such folder"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], status: int, says: str) -> None:
    result = run(*arguments)
    assert result.returncode == status
    assert says in result.stderr
    assert "Traceback" not in result.stderr
