"""A learner's record as files: exported, imported, deleted; and the journal."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.embedder import HashEmbedder
from tests.conftest import SMALL_PACK
from tutor import assemble
from ui.cli import app


@pytest.fixture(autouse=True)
def small_and_without_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assemble, "choose_embedder", lambda _: HashEmbedder())
    monkeypatch.setenv("EXAM_TUTOR_PACK", str(SMALL_PACK))
    monkeypatch.chdir(tmp_path)


def call(*arguments: str, lines: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=lines)


def run(*arguments: str, lines: str = "") -> str:
    result = call(*arguments, lines=lines)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def one_wrong_answer() -> None:
    """The small pack's one question, answered wrong, with whichever letter that is."""
    for letter in "AB":
        if "Wrong" in run("quiz", "-n", "1", "--seed", "1", lines=f"{letter}!\n"):
            return


@pytest.mark.usefixtures("one_wrong_answer")
def test_flashcards_of_what_was_missed_twice_the_same_notes(tmp_path: Path) -> None:
    def guids() -> list[str]:
        assert run("export", "anki") == "2 notes written to TST-C01-me.apkg.\n"
        with zipfile.ZipFile("TST-C01-me.apkg") as deck:
            deck.extract("collection.anki2", tmp_path)
        connection = sqlite3.connect(tmp_path / "collection.anki2")
        try:
            return [guid for (guid,) in connection.execute("SELECT guid FROM notes ORDER BY guid")]
        finally:
            connection.close()

    assert guids() == guids()
    assert run("export", "anki", "--card", "teapot", "-o", "one.apkg") == "1 notes written to one.apkg.\n"
    refused = call("export", "anki", "--question", "zebra")
    assert (refused.exit_code, "no question or card 'zebra'" in refused.stderr) == (1, True)


def test_nothing_missed_is_nothing_to_export() -> None:
    result = call("export", "anki", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"] == "There is nothing to export: no question was missed."


@pytest.mark.usefixtures("one_wrong_answer")
def test_a_table_and_a_calendar() -> None:
    table = json.loads(run("export", "csv", "--json"))
    assert table["what"] == "attempts"
    assert Path(table["path"]).read_bytes().startswith(b"at,exam,mode,question,task,")
    run("export", "ics", "--exam-date", "2027-10-01", "-o", "plans/tea.ics")
    assert b"SUMMARY:Exam TST-C01" in Path("plans/tea.ics").read_bytes()


@pytest.mark.usefixtures("one_wrong_answer")
def test_a_record_is_exported_imported_and_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = json.loads(run("progress", "--json"))["answers"]
    run("export", "ledger", "-o", "me.jsonl")
    first = json.loads(run("import-attempts", "me.jsonl", "--learner", "eve", "--json"))
    again = json.loads(run("import-attempts", "me.jsonl", "--learner", "eve", "--json"))
    assert (first["known"], again["new"], again["known"]) == (0, 0, first["new"])
    assert json.loads(run("progress", "--learner", "eve", "--json"))["answers"] == answers >= 1

    monkeypatch.setenv("EXAM_TUTOR_PACK", "mls_c01")
    other = run("import-attempts", "me.jsonl", "--learner", "zoe")
    assert f"{first['new']} are of the exam TST-C01: kept, not counted for MLS-C01." in other
    assert json.loads(run("progress", "--learner", "zoe", "--json"))["answers"] == 0

    kept = call("delete-my-data", "--learner", "eve", lines="n\n")
    assert kept.exit_code == 1
    assert call("delete-my-data", "--learner", "eve", "--json").exit_code == 1
    assert json.loads(run("delete-my-data", "--learner", "eve", "--yes", "--json")) == {"deleted": first["new"]}
    gone = run("delete-my-data", "--learner", "zoe", lines="y\n")
    assert gone.endswith(f"{first['new']} lines of 'zoe' are deleted.\n")


def test_an_import_with_a_bad_line_imports_nothing() -> None:
    Path("bad.jsonl").write_text('{"format": "exam-tutor-ledger", "version": 1}\n{"attempt": {"id": "x"\n')
    result = call("import-attempts", "bad.jsonl")
    assert result.exit_code == 1
    assert "Line 2 cannot be read" in result.stderr
    assert json.loads(run("progress", "--json"))["answers"] == 0
    missing = call("import-attempts", "nowhere.jsonl")
    assert (missing.exit_code, "nowhere.jsonl cannot be read" in missing.stderr) == (1, True)


def test_a_ledger_that_is_no_database_is_named_and_left(home: Path) -> None:
    home.mkdir()
    (home / "learner.db").write_text("my shopping list" * 100)
    result = call("progress")
    assert result.exit_code == 1
    assert "learner.db is not a ledger" in result.stderr
    assert (home / "learner.db").read_text() == "my shopping list" * 100


def test_a_remark_is_found_in_the_journal_and_by_asking_and_goes_with_the_rest(home: Path) -> None:
    run("remark", "tst-1", "A gaiwan gallops while a teapot trots.")
    run("remark", "tst-1", "-", lines="Second thought about water\n")
    assert [one["text"] for one in json.loads(run("journal", "--json"))["remarks"]] == [
        "A gaiwan gallops while a teapot trots.",
        "Second thought about water",
    ]
    assert "gallops" in run("journal", "galloping")
    assert run("journal", "zebra") == ""
    file = home / "sources" / "journal" / "me" / "tst-c01.md"
    assert str(file.resolve()) in run("sources")
    run("delete-my-data", "--yes")
    assert not file.exists()
    assert str(file.resolve()) not in run("sources")
    refused = call("remark", "tst-1", "  ")
    assert (refused.exit_code, "The remark is empty." in refused.stderr) == (1, True)
