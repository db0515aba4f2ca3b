"""kill -9 at every durable step: the library always answers from the old or the new, and the next run completes it."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

from corpus.chroma_index import ChromaIndex
from corpus.doctor import examine
from corpus.embedder import HashEmbedder
from corpus.library import Library
from ingest.pipeline import ingest_paths
from tests.conftest import NOW
from tests.ingest.killed_run import ended, start

OLD, NEW = "The kettle of the first day is copper.", "The kettle of the second day is iron."


def write(folder: Path, first: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "a.md").write_text(f"# A\n\n{first}\n\n## More\n\nWater boils in it.\n")
    (folder / "b.md").write_text("# B\n\nA cup is not a kettle.\n")


def finish(notes: Path, home: Path) -> None:
    """The next run, unharmed; after it the library holds the new text once, with every vector, and is sound."""
    assert ended(start(-1, notes, home)) == 0
    library = Library(home, HashEmbedder(), ChromaIndex)
    assert [hit.chunk.text for hit in library.search("kettle day") if "day" in hit.chunk.text] == [NEW]
    assert (library.state().sources, library.state().pending) == (2, 0)
    assert examine(library) == []
    library.close()


def test_a_replacement_killed_at_any_step_shows_the_old_or_the_new_and_is_completed(tmp_path: Path) -> None:
    notes, before = tmp_path / "notes", tmp_path / "before"
    write(notes, OLD)
    library = Library(before, HashEmbedder(), ChromaIndex)
    ingest_paths([str(notes)], library, now=NOW, max_file_mb=1)
    library.embed_pending()
    library.close()
    write(notes, NEW)
    for step in range(100):
        home = Path(shutil.copytree(before, tmp_path / f"home-{step}"))
        status = ended(start(step, notes, home))
        if status == 0:
            break
        assert status == -signal.SIGKILL
        library = Library(home, HashEmbedder(), ChromaIndex)
        # Whatever the moment: the old text or the new one, never both and never neither; b.md is untouched.
        found = [hit.chunk.text for hit in library.search("kettle day") if "day" in hit.chunk.text]
        assert found in ([OLD], [NEW])
        assert {hit.chunk.source for hit in library.search("kettle")} == {str(notes / "a.md"), str(notes / "b.md")}
        library.close()
        finish(notes, home)
    # Before and after each of: the transaction, the cache, the vectors in, the mark, the old vector out, its mark.
    assert step == 12


def test_a_first_run_killed_at_any_step_is_completed_by_the_next(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    write(notes, NEW)
    for step in range(100):
        home = tmp_path / f"home-{step}"
        if ended(start(step, notes, home)) == 0:
            break
        finish(notes, home)
    # Before and after each of: the form of the file, two transactions, the cache, the model's name, vectors, the mark.
    assert step == 14


def test_two_processes_at_once_index_everything_once(tmp_path: Path) -> None:
    notes, home = tmp_path / "notes", tmp_path / "home"
    notes.mkdir()
    for n in range(30):
        (notes / f"{n}.md").write_text(f"# Note {n}\n\nTea number {n}.\n")
    both = [start(-1, notes, home) for _ in range(2)]
    assert [ended(process) for process in both] == [0, 0]
    library = Library(home, HashEmbedder(), ChromaIndex)
    assert (library.state().sources, library.state().chunks, library.state().pending) == (30, 30, 0)
    assert examine(library) == []
    library.close()
