"""kill -9 at every durable step: the library always answers from the old or the new, and the next run completes it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from corpus.chroma_index import ChromaIndex
from corpus.doctor import examine
from corpus.embedder import HashEmbedder
from corpus.library import Library
from ingest.pipeline import ingest_paths
from tests.conftest import NOW

# The child ends itself with SIGKILL at its n-th step. A step is the moment before, and the moment after, each
# write that lasts: a transaction of the manifest, vectors into or out of Chroma, vectors into the cache.
CHILD = """
import os, signal, sys
from pathlib import Path
from corpus.chroma_index import ChromaIndex
from corpus.embedder import HashEmbedder
from corpus.library import Library
from corpus.manifest import Manifest
from corpus.vector_cache import VectorCache
from ingest.pipeline import ingest_paths
from tests.conftest import NOW

last, folder, home = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
steps = 0

def step():
    global steps
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
    steps += 1

def watched(owner, name):
    original = getattr(owner, name)
    def method(*arguments, **named):
        step()
        result = original(*arguments, **named)
        step()
        return result
    setattr(owner, name, method)

for owner, name in [(Manifest, "replace"), (Manifest, "mark_embedded"), (Manifest, "unmark_stale"),
                    (Manifest, "set_meta"), (ChromaIndex, "add"), (ChromaIndex, "remove"), (VectorCache, "put")]:
    watched(owner, name)

library = Library(home, HashEmbedder(), ChromaIndex)
ingest_paths([folder], library, now=NOW, max_file_mb=1)
library.embed_pending()
library.close()
"""

OLD, NEW = "The kettle of the first day is copper.", "The kettle of the second day is iron."


def child(step: int, folder: Path, home: Path) -> int:
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(step), str(folder), str(home)],
        cwd=Path(__file__).parents[2],
        timeout=120,
        check=False,
    ).returncode


def write(folder: Path, first: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "a.md").write_text(f"# A\n\n{first}\n\n## More\n\nWater boils in it.\n")
    (folder / "b.md").write_text("# B\n\nA cup is not a kettle.\n")


def finish(notes: Path, home: Path) -> None:
    """The next run, unharmed; after it the library holds the new text once, with every vector, and is sound."""
    assert child(-1, notes, home) == 0
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
        status = child(step, notes, home)
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
        if child(step, notes, home) == 0:
            break
        finish(notes, home)
    # Before and after each of: the form of the file, two transactions, the cache, the model's name, vectors, the mark.
    assert step == 14


def test_two_processes_at_once_index_everything_once(tmp_path: Path) -> None:
    notes, home = tmp_path / "notes", tmp_path / "home"
    notes.mkdir()
    for n in range(30):
        (notes / f"{n}.md").write_text(f"# Note {n}\n\nTea number {n}.\n")
    arguments = [sys.executable, "-c", CHILD, "-1", str(notes), str(home)]
    both = [subprocess.Popen(arguments, cwd=Path(__file__).parents[2]) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    library = Library(home, HashEmbedder(), ChromaIndex)
    assert (library.state().sources, library.state().chunks, library.state().pending) == (30, 30, 0)
    assert examine(library) == []
    library.close()
