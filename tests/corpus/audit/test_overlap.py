"""Runs of eight words in common with a document, and runs of seven that are not too many."""

from __future__ import annotations

from pathlib import Path

from corpus.audit import overlap
from corpus.audit.findings import Outcome
from corpus.exam_pack import load_pack
from tests.corpus.audit.bent_pack import edit

# The small pack's fact: "Leaves in a Royal Gaiwan steep for 10 to 30 seconds and are poured off at once."
EIGHT = "In a [Royal](https://example.org) *Gaiwan*, steep for 10\\-to the end."


def found(folder: Path, documents: Path) -> list[tuple[str, str, str]]:
    return [(f.file, f.item, f.problem) for f in overlap.check(load_pack(folder), documents).findings]


def documents_with(tmp_path: Path, name: str, text: str) -> Path:
    file = tmp_path / "docs" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return tmp_path / "docs"


def test_eight_words_in_common_are_found_through_marks_and_links(folder: Path, tmp_path: Path) -> None:
    documents = documents_with(tmp_path, "tea/gaiwan.md", EIGHT)
    assert found(folder, documents) == [
        ("cards/gaiwan.toml", "gaiwan#steeping", "in common with tea/gaiwan.md: 'in a royal gaiwan steep for 10 to'")
    ]


def test_seven_words_are_not_too_many(folder: Path, tmp_path: Path) -> None:
    assert found(folder, documents_with(tmp_path, "a.md", EIGHT.replace("-to the", "-then the"))) == []


def test_a_longer_stretch_is_one_finding(folder: Path, tmp_path: Path) -> None:
    documents = documents_with(tmp_path, "a.txt", "so a royal gaiwan steep for 10 to 30 seconds and")
    assert [problem for *_, problem in found(folder, documents)] == [
        "in common with a.txt: 'a royal gaiwan steep for 10 to 30 seconds and'"
    ]


def test_questions_and_notes_are_looked_at_too(folder: Path, tmp_path: Path) -> None:
    stem = "A taster must compare eight short infusions of one leaf."
    note = "The time that guests will wait decides between them."
    documents = documents_with(tmp_path, "a.md", f"{stem}\n{note}")
    assert [(file, item) for file, item, _ in found(folder, documents)] == [
        ("notes/vessels.md", "line 5 of the text"),
        ("questions/vessels.toml", "tst-1"),
    ]


def test_only_text_files_are_read(folder: Path, tmp_path: Path) -> None:
    documents = documents_with(tmp_path, "a.jsonl", EIGHT)
    outcome = overlap.check(load_pack(folder), documents)
    assert (outcome.findings, outcome.counts["documents"]) == ((), 0)


def test_the_blueprints_own_wording_may_be_quoted(folder: Path, tmp_path: Path) -> None:
    official = "Match one vessel to each leaf that guests bring"
    edit(folder / "blueprint.toml", "Match a vessel to a leaf", official)
    edit(folder / "notes" / "vessels.md", "The time", f"{official}. The time")
    assert found(folder, documents_with(tmp_path, "guide.txt", official)) == []


def test_without_documents_it_is_skipped(folder: Path) -> None:
    assert overlap.check(load_pack(folder), None) == Outcome("overlap", skipped="no folder of documents was given")
