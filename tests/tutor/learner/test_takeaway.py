"""What a learner takes along: flashcards, a table of attempts, the journal."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embedder import HashEmbedder
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack, ingest_paths
from tests.conftest import NOW, SMALL_PACK
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Attempt, Confidence, Mode
from tutor.learner.attempts_csv import attempts_csv
from tutor.learner.flashcards import Flashcard, flashcards, missed, write_apkg
from tutor.learner.journal import (
    Remark,
    journal_markdown,
    remark_entry,
    remarks,
    search_remarks,
    write_journal,
)

PACK = load_pack(SMALL_PACK)
WRONG = Attempt(
    "q-1", "ada", "TST-C01", "v1", "tst-1", "1.1", 1, ("gaiwan",), (1,), False, Confidence.SURE, 12.5, Mode.QUIZ, NOW
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(PACK, library, now=NOW)
    yield Knowledge(PACK, library)
    library.close()


def rows(file: Path, query: str, folder: Path) -> list[tuple[object, ...]]:
    """What a query finds in the collection that a deck is."""
    with zipfile.ZipFile(file) as deck:
        deck.extract("collection.anki2", folder)
    connection = sqlite3.connect(folder / "collection.anki2")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def made(known: Knowledge) -> list[Flashcard]:
    questions, cards = missed([WRONG, replace(WRONG, id="q-2", question="other", correct=True)])
    assert (questions, cards) == (["tst-1"], ["gaiwan"])
    return list(
        flashcards((PACK.questions_by_id[one] for one in questions), (PACK.cards_by_id[one] for one in cards), known)
    )


def test_a_note_has_reasons_sources_and_tags(known: Knowledge) -> None:
    question, card = made(known)
    assert question.about == "question:tst-1"
    assert question.back == "<p><b>A. A Royal Gaiwan</b></p>"
    assert "<b>B</b> (wrong) It steeps for minutes. [2] <i>One long infusion" in question.reasons
    assert "“An Imperial Teapot steeps for 3 to 5 minutes.”" in question.sources
    assert '<a href="https://example.org/' in question.sources
    assert question.tags == ("TST-C01::domain-1", "TST-C01::task-1.1")
    assert card.front == "<p>What is Royal Gaiwan, and when is it the one to choose?</p>"
    assert "lidded bowl" in card.back
    assert "Choose the Royal Gaiwan when" in card.reasons


def test_exported_again_it_is_the_same_notes_only_later(known: Knowledge, tmp_path: Path) -> None:
    """Anki tells notes by guid, kinds of notes by mid, and takes the one with the later mod."""
    notes = made(known)
    file = tmp_path / "deck.apkg"
    write_apkg(notes, PACK.exam, file, NOW)
    query = "SELECT guid, mid, tags, flds, mod FROM notes ORDER BY guid"
    first = rows(file, query, tmp_path)
    changed = [replace(notes[0], reasons="<p>other reasons</p>"), notes[1]]
    write_apkg(changed, PACK.exam, file, NOW + timedelta(days=1))
    again = rows(file, query, tmp_path)

    assert len(first) == len(again) == 2
    assert [row[:3] for row in first] == [row[:3] for row in again]
    assert all(int(str(later[4])) == int(str(earlier[4])) + 86_400 for earlier, later in zip(first, again, strict=True))
    assert any("other reasons" in str(row[3]) for row in again)
    assert rows(file, "SELECT count(*) FROM cards", tmp_path) == [(2,)]


def test_what_is_not_markup_is_escaped(known: Knowledge, tmp_path: Path) -> None:
    stem = "Is 3 < 5 & <script>alert(1)</script> ready within seconds?"
    hostile = PACK.questions[0].model_copy(update={"stem": stem})
    (note,) = flashcards([hostile], [], known)
    assert "<script>" not in note.front
    assert "3 &lt; 5 &amp; &lt;script&gt;" in note.front
    write_apkg([note], PACK.exam, tmp_path / "deck.apkg", NOW)


def test_a_question_whose_facts_have_left_the_pack_keeps_its_reasons(known: Knowledge) -> None:
    without = Knowledge(replace(PACK, cards=PACK.cards[:0]), known.library)
    (note,) = flashcards([PACK.questions[0]], [], without)
    assert "It steeps for minutes." in note.reasons
    assert note.sources == ""


def test_a_deck_that_cannot_be_written_leaves_the_old_one(known: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExamTutorError, match=r"folder cannot be written: .* Name a file"):
        write_apkg([], PACK.exam, tmp_path / "folder", NOW)
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_the_table_of_attempts() -> None:
    two = replace(WRONG, id="q-2", cards=("gaiwan", "teapot"), chosen=(0, 2), correct=True, confidence=None)
    table = list(csv.DictReader(io.StringIO(attempts_csv([WRONG, two]))))
    assert table[0] == {
        "at": "2026-01-02T03:04:05+00:00",
        "exam": "TST-C01",
        "mode": "quiz",
        "question": "tst-1",
        "task": "1.1",
        "difficulty": "1",
        "cards": "gaiwan",
        "chosen": "B",
        "correct": "no",
        "confidence": "sure",
        "seconds": "12.5",
        "pack_version": "v1",
        "id": "q-1",
    }
    assert (table[1]["cards"], table[1]["chosen"], table[1]["confidence"]) == ("gaiwan teapot", "A C", "")


def test_a_remark_goes_into_the_ledger_and_comes_back() -> None:
    entry = remark_entry("ada", "TST-C01", "tst-1", "  Seconds mean the bowl.\n", NOW)
    assert remarks([entry, replace(entry, kind="other"), replace(entry, content={"text": 7})]) == [
        Remark("tst-1", "Seconds mean the bowl.", NOW)
    ]
    assert entry == remark_entry("ada", "TST-C01", "tst-1", "Seconds mean the bowl.", NOW)
    for text, said in (("  ", "is empty"), ("x" * 10_001, "10,001 characters; 10,000 can be kept")):
        with pytest.raises(ExamTutorError, match=said):
            remark_entry("ada", "TST-C01", "tst-1", text, NOW)


def test_remarks_are_searched_by_words_in_any_form_and_by_question() -> None:
    written = [
        Remark("tst-1", "The bowl pours at once", NOW),
        Remark("tst-2", "Teapots steep for minutes", NOW),
        Remark("tst-2", "A teapot is for guests; it steeps long", NOW + timedelta(days=1)),
    ]
    assert search_remarks(written, "steeping teapot") == [written[2], written[1]]
    assert search_remarks(written, "tst-1") == [written[0]]
    assert search_remarks(written, "zebra") == search_remarks(written, "") == []


def test_the_journal_is_found_in_the_library(tmp_path: Path, library: Library) -> None:
    file = tmp_path / "ada.md"
    note = Remark("tst-1", "My mnemonic: gaiwan gallops, teapot trots.", NOW)
    write_journal([note], PACK, file)
    report = ingest_paths([str(file)], library, now=NOW, max_file_mb=1)
    assert not report.failed
    (chunk, *_) = library.chunks_of(report.sources[0].path)
    assert "gaiwan gallops, teapot trots" in chunk.text
    assert "tst-1, task 1.1 Choose a vessel" in chunk.location.heading[-1]


@given(st.text(min_size=1, max_size=60))
def test_a_remark_is_plain_text_whatever_it_says(text: str) -> None:
    """No line of a remark opens a heading, a quote, a list or a fence: only the title and the question do."""
    said = journal_markdown([Remark("tst-1", text, NOW)], PACK)
    openings = [line for line in said.splitlines() if line.startswith(("#", ">", "```", "- ", "+ ", "* ", "    ", "|"))]
    assert len(openings) == 2


def test_the_real_pack_exports_too(tmp_path: Path) -> None:
    pack: ExamPack = load_pack("mls_c01")
    library = Library(tmp_path / "library", HashEmbedder(), lambda _: InMemoryVectorIndex())
    ingest_pack(pack, library, now=NOW)
    notes = list(flashcards(pack.questions[:20], pack.cards[:20], Knowledge(pack, library)))
    library.close()
    assert all(note.reasons and note.sources for note in notes)
    write_apkg(notes, pack.exam, tmp_path / "deck.apkg", NOW)
    assert rows(tmp_path / "deck.apkg", "SELECT count(DISTINCT guid) FROM notes", tmp_path) == [(40,)]
