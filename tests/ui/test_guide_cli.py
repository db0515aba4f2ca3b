"""`exam-tutor import-guide`: JSON alone on standard output, a file written once, failures with a next step."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from corpus.blueprint import Exam
from corpus.errors import ExamTutorError, SourceError
from tests.ingest.guide_maker import Layout, typeset
from tests.pdf_maker import make_pdf
from ui.guide_cli import import_guide

BLUEPRINT = {
    "code": "TST-C02",
    "title": "AWS Certified Test Builder – Professional",
    "format": {"scored": 50, "unscored": 15, "scale_min": 100, "scale_max": 1000, "pass_mark": 750},
    "domains": [
        {
            "id": "1",
            "title": "Design",
            "weight": 100,
            "tasks": [{"id": "1.1", "title": "Plan", "objectives": [{"id": "1.1.1", "text": "Draw."}]}],
        }
    ],
}

app = typer.Typer()
app.command()(import_guide)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "guide.pdf"
    path.write_bytes(typeset(BLUEPRINT, Layout()))
    return path


def run(*arguments: str | Path) -> tuple[str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_a_dry_run_prints_the_blueprint_and_nothing_else_on_standard_output(guide: Path, tmp_path: Path) -> None:
    out, err = run(guide, "--dry-run", "--folder", tmp_path / "packs")

    assert Exam.model_validate(json.loads(out)).task("1.1")
    assert "No time limit was found." in err
    assert not (tmp_path / "packs").exists()


def test_the_blueprint_is_written_where_its_code_says(guide: Path, tmp_path: Path) -> None:
    out, _ = run(guide, "--json", "--folder", tmp_path / "packs")
    shown = json.loads(out)

    assert shown["path"] == str(tmp_path / "packs" / "tst_c02" / "blueprint.toml")
    assert (shown["complete"], shown["missing"]) == (True, [])
    assert Exam.model_validate(tomllib.loads(Path(shown["path"]).read_text(encoding="utf-8"))).code == "TST-C02"


def test_what_is_missing_is_told_with_the_next_step(tmp_path: Path) -> None:
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(make_pdf([["AWS Certified X (XXX-C01)", "Domain 1: Design", "Task 1.1: Plan", "• Draw"]]))
    out, err = run(guide, "--folder", tmp_path)

    assert out.startswith("Wrote ")
    assert "domains.0.weight: Field required" in err
    assert "exam-tutor packs validate" in err


def test_a_file_that_is_there_is_not_overwritten(guide: Path, tmp_path: Path) -> None:
    there = tmp_path / "tst_c02" / "blueprint.toml"
    there.parent.mkdir()
    there.write_text("mine")

    with pytest.raises(ExamTutorError, match="exists and is not overwritten"):
        run(guide, "--folder", tmp_path)
    assert there.read_text() == "mine"


def test_a_file_that_cannot_be_read_and_a_guide_without_a_code_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.pdf: there is no file"):
        run(tmp_path / "none.pdf")

    nameless = tmp_path / "guide.pdf"
    nameless.write_bytes(make_pdf([["Domain 1: Design", "Task 1.1: Plan", "• Draw"]]))
    with pytest.raises(SourceError, match="no exam code was found"):
        run(nameless, "--folder", tmp_path)
