"""Several learners of one home folder: what one of them wrote is found by them, and by nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.embedder import HashEmbedder
from corpus.exam_pack import load_pack
from corpus.learner_library import Owners
from corpus.settings import load_settings
from ingest.pipeline import ingest_paths
from tests.conftest import NOW, SMALL_PACK
from tutor import assemble
from ui.actions import Actions
from ui.background import Background
from ui.cli import app
from ui.opened_ledger import ME
from ui.page.study import Study

QUESTION = "Where does the Imperial Teapot stand?"
STANDS = {"me": "veranda", "bob": "pantry", "Ada Lovelace": "orangery"}
"""Where it stands, by the learner who remarked it; one has a name that is none for a file."""


@pytest.fixture(autouse=True)
def a_remark_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "choose_embedder", lambda _: HashEmbedder())
    monkeypatch.setenv("EXAM_TUTOR_PACK", str(SMALL_PACK))
    for learner, place in STANDS.items():
        run("remark", "tst-1", f"The Imperial Teapot stands in the {place}.", "--learner", learner)


def run(*arguments: str, lines: str = "") -> str:
    result = CliRunner().invoke(app, arguments, input=lines)
    assert result.exit_code == 0, result.output
    return result.stdout


def assert_only_own(said: str, learner: str) -> None:
    assert [place for place in STANDS.values() if place in said] == [STANDS[learner]]


@pytest.mark.parametrize("learner", STANDS)
def test_ask_quotes_the_learner_s_own_remark_only(learner: str) -> None:
    assert_only_own(run("ask", QUESTION, "--json", "--learner", learner), learner)
    assert_only_own(run("ask", QUESTION, "--no-vectors", "--learner", learner), learner)


def test_who_names_nobody_is_me() -> None:
    assert ME == "me"
    assert_only_own(run("ask", QUESTION, "--json"), ME)


@pytest.mark.parametrize("learner", STANDS)
def test_a_talk_quotes_the_learner_s_own_remark_only(learner: str) -> None:
    said = run("chat", "--json", "--no-vectors", "--learner", learner, lines=f"{QUESTION}\n")
    assert json.loads(said)["turn"] == "answered"
    assert_only_own(said, learner)


def test_a_pasted_question_is_explained_by_the_learner_s_own_remark_only() -> None:
    """The wrong place is right for Bob and nowhere in what the others may read."""
    pasted = "Where does the Imperial Teapot stand?\nA. In the pantry\nB. In the veranda\n"
    for learner in ("me", "bob"):
        review = json.loads(run("explain", "-", "--json", "--learner", learner, lines=pasted))
        quotes = [cited["quote"] for option in review["options"] for cited in option["citations"]]
        others = set(STANDS.values()) - {STANDS[learner]}
        assert not [quote for quote in quotes if any(place in quote for place in others)]


@pytest.fixture
def study() -> Iterator[Study]:
    settings = load_settings()
    pack = load_pack(settings.pack)
    library = assemble.open_library(settings)
    opened = Study(settings, pack, library, Background(library, pack, settings), None)
    yield opened
    opened.close()
    library.close()


def test_programs_find_the_learner_s_own_only(study: Study) -> None:
    """The tools of `exam-tutor mcp`, and the page's endpoints, where nobody logs in."""
    for learner in STANDS:
        assert_only_own(json.dumps(Actions(study).ask(learner, QUESTION)), learner)


def test_the_page_lists_and_forgets_the_learner_s_own_only(study: Study) -> None:
    journals = {learner: str(study.journal(learner).file) for learner in STANDS}
    listed = {record.id for record in study.desk("bob").library.sources()}
    assert listed & set(journals.values()) == {journals["bob"]}
    assert [learner for learner, journal in journals.items() if study.may_forget("bob", journal)] == ["bob"]


def test_deleting_takes_notes_and_remarks_of_one_learner_only(home: Path) -> None:
    owners = Owners.of(load_settings())
    note = owners.folder("bob") / "note.md"
    note.parent.mkdir(parents=True)
    note.write_text("# Trays\n\nTrays are lacquered.\n")
    library = assemble.open_library(load_settings())
    ingest_paths([str(note)], library, now=NOW, max_file_mb=1)
    library.close()
    run("delete-my-data", "--yes", "--learner", "bob")
    left = {owners.journal(learner) for learner in STANDS if learner != "bob"}
    assert {file.parent for file in (home / "sources").resolve().rglob("*.md")} == left
    assert "pantry" not in run("ask", QUESTION, "--json", "--learner", "bob")
    assert_only_own(run("ask", QUESTION, "--json", "--learner", "me"), "me")
