"""Moved files are recognised, vanished ones named, and taken out only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library import Library
from ingest.pipeline import IngestReport, ingest_paths
from ingest.vanished import follow_moves, prune, vanished
from tests.conftest import NOW


@pytest.fixture
def notes(tmp_path: Path, library: Library) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nThe kettle is hot.\n")
    (folder / "b.md").write_text("# B\n\nThe cup is cold.\n")
    ingest(library, folder)
    library.embed_pending()
    return folder


def ingest(library: Library, folder: Path) -> IngestReport:
    return follow_moves(ingest_paths([str(folder)], library, now=NOW, max_file_mb=1), library)


def by_word(word: str, library: Library) -> list[str]:
    return [hit.chunk.source for hit in library.search(word) if hit.lexical_rank is not None]


def test_a_renamed_file_is_one_source_under_its_new_name(notes: Path, library: Library) -> None:
    (notes / "a.md").rename(notes / "z.md")
    outcome = {Path(source.path).name: (str(source.status), source.reason) for source in ingest(library, notes).sources}
    assert outcome["z.md"] == ("replaced", f"It was {notes / 'a.md'} before.")
    assert [Path(source.id).name for source in library.sources()] == ["b.md", "z.md"]
    assert by_word("kettle", library) == [str(notes / "z.md")]


def test_a_copy_is_no_move(notes: Path, library: Library) -> None:
    (notes / "c.md").write_bytes((notes / "a.md").read_bytes())
    ingest(library, notes)
    assert library.state().sources == 3


def test_a_vanished_file_stays_until_it_is_pruned(notes: Path, library: Library) -> None:
    (notes / "a.md").unlink()
    ingest(library, notes)
    gone = vanished([str(notes)], library)
    assert [Path(record.id).name for record in gone] == ["a.md"]
    assert by_word("kettle", library) == [str(notes / "a.md")]
    assert [str(report.status) for report in prune(gone, library)] == ["removed"]
    assert by_word("kettle", library) == []


def test_only_what_was_below_the_named_folders_has_vanished(notes: Path, tmp_path: Path, library: Library) -> None:
    (notes / "a.md").unlink()
    assert vanished([str(tmp_path / "elsewhere")], library) == []
    assert [Path(record.id).name for record in vanished([str(notes / "a.md")], library)] == ["a.md"]
