"""The child that reads documents: what it may use, how it ends, and what it is believed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import SourceError
from ingest.reading_child import MOST_ANSWER, Child, Ended
from ingest.reading_process import ReadingProcess
from ingest.source_files import SourceFile, weighed
from tests.ingest.hostile_maker import many_pages

posix_only = pytest.mark.skipif(os.name != "posix", reason="the limits are those of a POSIX system")
SLOW = many_pages(3_000)  # some four seconds of computing


def file(folder: Path, name: str = "a.md", data: bytes = b"# A\n\nThe kettle is hot.\n") -> SourceFile:
    path = folder / name
    path.write_bytes(data)
    return weighed(path, 64)


def refusal(process: ReadingProcess, source: SourceFile) -> str:
    with pytest.raises(SourceError) as caught:
        process.begin(source).document()
    assert caught.value.source == source.name
    assert caught.value.hint
    return caught.value.problem


def pid(process: ReadingProcess) -> int:
    assert process._child is not None
    return process._child.pid


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@posix_only
def test_one_child_reads_all_files_and_is_gone_afterwards(tmp_path: Path) -> None:
    with ReadingProcess() as process:
        first = process.begin(file(tmp_path))
        child = pid(process)
        second = process.begin(file(tmp_path, "b.txt", b"A cup."))  # waits for the first, and reads on
        assert [first.document().text, second.document().text] == ["The kettle is hot.", "A cup."]
        assert pid(process) == child
        assert is_running(child)
    assert not is_running(child)  # nor a zombie: those still have their number


def test_no_child_is_started_for_nothing() -> None:
    with ReadingProcess() as process:
        process.finish()
        assert process._child is None


def test_a_document_is_named_and_hashed_by_this_process(tmp_path: Path) -> None:
    path = tmp_path / "kettle.html"
    path.write_bytes(b"<h1>Kettle</h1><p>It is hot.</p>")
    source = weighed(
        path, 1, name="https://example.org/kettle?v=1.2", url="https://example.org/kettle?v=1.2", kind="web"
    )
    with ReadingProcess() as process:
        document = process.begin(source).document()
    assert (document.source, document.kind, document.url) == (source.name, "web", source.url)
    assert document.sha256 == source.sha256
    assert document.title == "Kettle"


@posix_only
def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    # 0.3 s for the smallest; the system counts whole seconds, so it ends after one or two.
    with ReadingProcess(most_seconds=3) as process:
        problem = refusal(process, file(tmp_path, "slow.pdf", SLOW))
        assert "reading it takes more than the 0." in problem
        assert process.begin(file(tmp_path)).document().text == "The kettle is hot."


@posix_only
def test_a_child_that_does_nothing_is_given_up_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ReadingProcess() as process:
        process.begin(file(tmp_path)).document()
        monkeypatch.setattr("ingest.reading_process._PATIENCE", 0.01)
        os.kill(pid(process), signal.SIGSTOP)
        assert refusal(process, file(tmp_path, "b.txt")).startswith("reading it takes more than the")


@posix_only
def test_a_child_that_dies_over_a_file_is_replaced(tmp_path: Path) -> None:
    with ReadingProcess() as process:
        slow = process.begin(file(tmp_path, "slow.pdf", SLOW))
        os.kill(pid(process), signal.SIGSEGV)
        with pytest.raises(SourceError, match=r"crashed on it, or ran out of memory \(SIGSEGV\)"):
            slow.document()
        assert process.begin(file(tmp_path)).document().text == "The kettle is hot."


@posix_only
def test_a_child_that_died_between_files_costs_none(tmp_path: Path) -> None:
    with ReadingProcess() as process:
        process.begin(file(tmp_path)).document()
        child = process._child
        assert child is not None
        os.kill(child.pid, signal.SIGKILL)
        child._process.wait()
        assert process.begin(file(tmp_path)).document().text == "The kettle is hot."


@posix_only
def test_a_file_that_needs_more_memory_than_allowed_is_refused_by_name(tmp_path: Path) -> None:
    # 200 MB, of which the child may have half: it says so itself, and goes on.
    with ReadingProcess(memory_mb=100) as process:
        path = tmp_path / "line.txt"
        path.touch()
        os.truncate(path, 200_000_000)
        assert refusal(process, weighed(path, 1000)) == "reading it takes more than 100 MB of memory"
        assert process.begin(file(tmp_path)).document().text == "The kettle is hot."


@posix_only
def test_what_cannot_be_started_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with ReadingProcess() as process:
        assert refusal(process, file(tmp_path)) == "the process to read it ended at its start (status 1)"
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    with ReadingProcess() as process:
        assert refusal(process, file(tmp_path)).startswith("the process to read it cannot be started: [Errno 2]")


def test_bytes_that_are_not_those_that_were_hashed_are_not_read(tmp_path: Path) -> None:
    source = file(tmp_path)
    with ReadingProcess() as process:
        source.path.write_bytes(b"# A\n\nThe kettle is cold.\n")
        assert refusal(process, source) == "it was changed while it was being read"
        source.path.unlink()
        assert refusal(process, source) == "there is no file or folder of that name"


def test_of_the_environment_the_child_gets_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    environ = Path("/proc/self/environ")
    if not environ.exists():
        pytest.skip("the system does not show a process's environment")
    monkeypatch.setenv("SOME_API_KEY", "the secret")
    child = Child(500)
    child.answer(60)
    assert b"the secret" not in Path(f"/proc/{child.pid}/environ").read_bytes()
    child.close()


class TakenOver:
    """A child in which a file has got hold of the controls."""

    pid = 0

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def ask(self, job: dict[str, object]) -> None:
        pass

    def answer(self, seconds: float) -> bytes | Ended:
        return self._answer

    def close(self) -> None:
        pass


SECTION = {"blocks": [{"text": "x", "kind": "paragraph"}], "heading": [], "page": None, "url": None}


@pytest.mark.parametrize(
    "answer",
    [
        b"",  # what comes for one that is too long
        b"not JSON",
        b"\x80\x04\x95cos\nsystem\n",
        b"[" * 100_000,
        b'{"sections": "x"}',
        json.dumps({"title": 1, "sections": [SECTION]}).encode(),
        json.dumps({"title": "x", "sections": [{**SECTION, "page": {}}]}).encode(),
        json.dumps({"title": "x", "sections": [{**SECTION, "blocks": [{"text": "x", "kind": "spell"}]}]}).encode(),
    ],
)
def test_an_answer_that_is_no_document_is_refused(answer: bytes, tmp_path: Path) -> None:
    process = ReadingProcess()
    process._child = TakenOver(answer)  # type: ignore[assignment]
    assert refusal(process, file(tmp_path)) == "what was read of it is no document"


def test_a_child_cannot_name_another_source_or_move_the_cursor(tmp_path: Path) -> None:
    told = {"title": "x", "source": "pack:aws/cards/s3", "kind": "pack", "sha256": "0", "sections": [SECTION]}
    process = ReadingProcess()
    process._child = TakenOver(json.dumps({**told, "notes": ["\x1b[2J gone"]}).encode())  # type: ignore[assignment]
    source = file(tmp_path)
    document = process.begin(source).document()
    assert (document.source, document.kind, document.sha256) == (source.name, "file", source.sha256)
    assert document.notes == ("\\x1b[2J gone",)


@posix_only
def test_an_endless_answer_is_not_read(tmp_path: Path) -> None:
    """A real child that claims a length above the limit: its bytes stay in the pipe."""
    child = Child(500)
    child.answer(60)
    child._process.kill()
    child._process.wait()
    reading, writing = os.pipe()
    os.write(writing, (MOST_ANSWER + 1).to_bytes(8) + b"x" * 100)
    os.close(writing)
    assert child._process.stdout is not None
    child._process.stdout.close()
    child._process.stdout = os.fdopen(reading, "rb")
    assert child.answer(60) == b""
    child.close()


READS_SLOWLY = """
import sys
from pathlib import Path
from ingest.reading_process import ReadingProcess
from ingest.source_files import weighed
with ReadingProcess(most_seconds=10) as process:
    reading = process.begin(weighed(Path(sys.argv[1]), 64))
    print(process._child.pid, flush=True)
    reading.document()
"""


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_child_ends_with_its_parent_however_that_ends(number: int, tmp_path: Path) -> None:
    """Ctrl-C goes to both and is the parent's to act on; killed outright, the child has a second to compute left."""
    slow = file(tmp_path, "slow.pdf", SLOW)
    with subprocess.Popen(
        [sys.executable, "-c", READS_SLOWLY, str(slow.path)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        if number == signal.SIGINT:
            os.killpg(parent.pid, number)
        else:
            parent.kill()
        assert parent.wait(timeout=60) != 0
    for _ in range(600):
        if not is_running(child):
            break
        time.sleep(0.1)
    assert not is_running(child)
