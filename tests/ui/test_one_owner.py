"""Many commands at once over one library: nothing breaks, everything gets its vector, and each is told what goes on."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from corpus.chroma_index import ChromaIndex
from corpus.doctor import examine
from corpus.embedder import HashEmbedder
from corpus.library import Library
from tests.ui.hash_cli import finished, start, start_page
from tests.ui.program import run

pytestmark = pytest.mark.usefixtures("no_model", "tea")

SECONDS = 120.0


@pytest.fixture
def page(tea: None) -> Iterator[Popen[str]]:
    process = start_page()
    yield process
    process.kill()
    process.communicate()


def notes(folder: Path, name: str, count: int) -> Path:
    """A folder of notes, one passage each."""
    (folder / name).mkdir()
    for n in range(count):
        (folder / name / f"{n}.md").write_text(f"# {name} {n}\n\nThe {name} kettle number {n} is hot.\n")
    return folder / name


def wait_for_vectors(home: Path) -> None:
    """Until nothing is due, as the library itself says."""
    library = Library(home / "library", HashEmbedder(), ChromaIndex)
    try:
        end = time.monotonic() + SECONDS
        while library.vectors.due():
            assert time.monotonic() < end, library.state()
            time.sleep(0.2)
    finally:
        library.close()


def is_sound(home: Path, sources: int) -> None:
    library = Library(home / "library", HashEmbedder(), ChromaIndex)
    assert (len([one for one in library.sources() if one.kind == "file"]), library.state().pending) == (sources, 0)
    assert examine(library) == []
    assert library.vectors.is_owner  # so the doctor did look into the index
    assert library.vectors.index().ids() == set(library.manifest.embedded())
    library.close()


def test_commands_at_once_without_a_page(home: Path, tmp_path: Path) -> None:
    old = notes(tmp_path, "old", 20)
    assert run("ingest", str(old)).returncode == 0
    commands = [
        start("ingest", str(notes(tmp_path, "iron", 30))),
        start("ingest", str(notes(tmp_path, "copper", 30))),
        start("embed"),
        start("ask", "Which kettle is hot?"),
        start("forget", str(old)),
    ]
    for done in [finished(command) for command in commands]:
        assert done.returncode == 0, done.stderr
    assert run("embed").returncode == 0
    assert run("doctor").stdout == "The library is sound.\n"
    is_sound(home, 60)


def test_commands_at_once_while_the_page_is_open(home: Path, tmp_path: Path, page: Popen[str]) -> None:
    old = notes(tmp_path, "old", 20)
    assert run("ingest", str(old)).returncode == 0
    wait_for_vectors(home)
    asked = run("ask", "Which old kettle number 7 is hot?", "--json")
    assert json.loads(asked.stdout)["claims"], asked.stderr
    assert "words only" not in asked.stderr

    ingest, ask, forget = (
        start("ingest", str(notes(tmp_path, "iron", 30))),
        start("ask", "Which kettle is hot?"),
        start("forget", str(old), "--json"),
    )
    ingested, answered, forgotten = finished(ingest), finished(ask), finished(forget)
    assert [done.returncode for done in (ingested, answered, forgotten)] == [0, 0, 0]
    gone = json.loads(forgotten.stdout)["sources"]
    assert [(one["passages"], one["vectors"], one["cached"]) for one in gone] == [(1, 1, 1)] * 20

    anew = run("embed", "--all", "--json")
    assert anew.returncode == 1
    assert json.loads(anew.stdout) == {
        "error": f"The page (pid {page.pid}) has the vector index.",
        "hint": "Close the page (Ctrl-C in its terminal), then run this again.",
    }
    wait_for_vectors(home)
    checked = run("doctor", "--json")
    assert json.loads(checked.stdout)["complaints"] == []
    assert "was not looked at: The page" in checked.stderr

    out, err = page.communicate("", timeout=SECONDS)
    assert (page.returncode, out.strip()) == (0, ""), err
    is_sound(home, 30)


def test_an_owner_that_is_killed_leaves_the_index_to_the_next(home: Path, tmp_path: Path, page: Popen[str]) -> None:
    old = notes(tmp_path, "old", 2)
    assert run("ingest", str(old)).returncode == 0
    wait_for_vectors(home)
    page.send_signal(signal.SIGSTOP)  # or it might have made them before it is asked
    ingested = run("ingest", str(notes(tmp_path, "iron", 300)))
    assert f"The page (pid {page.pid}) has the vector index; it makes the vectors" in ingested.stderr
    forgotten = run("forget", str(old))
    assert f"The page (pid {page.pid}) has the vector index; it takes the vectors out" in forgotten.stderr
    page.send_signal(signal.SIGCONT)
    page.kill()
    page.wait()
    done = run("ingest", str(tmp_path / "iron"))
    assert (done.returncode, "has the vector index" in done.stderr) == (0, False), done.stderr
    assert run("doctor").stdout == "The library is sound.\n"
    is_sound(home, 300)


def test_a_command_waits_for_another_and_says_for_whom(home: Path, tmp_path: Path) -> None:
    library = Library(home / "library", HashEmbedder(), ChromaIndex)
    library.announce("'exam-tutor embed'")
    assert library.vectors.own() is None
    waiting = start("ingest", str(notes(tmp_path, "iron", 3)))
    assert waiting.stderr is not None
    line = next(line for line in waiting.stderr if line.strip())
    assert line.startswith("'exam-tutor embed' (pid ")
    assert "has the vector index; waiting for it." in line
    library.close()
    assert finished(waiting).returncode == 0
    is_sound(home, 3)
