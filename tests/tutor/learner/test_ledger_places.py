"""Where a ledger is kept, and what goes wrong there: files broken, foreign or cut short; servers that are not."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import LedgerError
from corpus.settings import load_settings
from tests.tutor.learner.made import attempt
from tutor.learner.ledger import Ledger

ROOT = Path(__file__).parents[3]


def recorded(file: Path) -> list[str]:
    ledger = Ledger(file)
    try:
        return [made.id for made in ledger.attempts("ana", "TST-C01")]
    finally:
        ledger.close()


def test_the_ledger_is_in_the_home_folder_unless_an_address_is_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().ledger == home / "learner.db"
    monkeypatch.setenv("EXAM_TUTOR_LEDGER_URL", "sqlite:////var/tea.db")
    assert load_settings().ledger == "sqlite:////var/tea.db"


def test_a_file_with_an_odd_name_in_a_new_folder(tmp_path: Path) -> None:
    file = tmp_path / "what? 50% tea#1" / "learner.db"
    assert recorded(file) == []
    assert file.is_file()


@pytest.mark.parametrize("content", [b"Oolong\n", b"Oolong\n" * 1_000, b"SQLite format 3\0" + b"leaves" * 1_000])
def test_a_file_that_is_no_database_is_named_and_not_touched(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "learner.db"
    file.write_bytes(content)
    with pytest.raises(LedgerError, match=r"learner\.db is not a ledger, .* not touched"):
        Ledger(file)
    assert file.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["learner.db"]


def test_a_database_of_something_else_is_named_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "manifest.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE sources (id TEXT)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(LedgerError, match=r"a database of something else \(sources\)"):
        Ledger(file)
    assert file.read_bytes() == before


def test_threads_open_a_new_file_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(recorded, [tmp_path / "learner.db"] * 16)) == [[]] * 16


def test_a_folder_in_the_files_place(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="unable to open database file"):
        Ledger(tmp_path)


def test_answers_recorded_before_a_kill_are_there(tmp_path: Path) -> None:
    """A process says each id once it is recorded, and is killed amid it: all it said is found, in order."""
    file = tmp_path / "learner.db"
    script = (
        "import itertools, pathlib, sys\n"
        "from tests.tutor.learner.made import attempt\n"
        "from tutor.learner.ledger import Ledger\n"
        f"ledger = Ledger(pathlib.Path({str(file)!r}))\n"
        "for number in itertools.count():\n"
        "    ledger.record(attempt(number))\n"
        "    print(attempt(number).id, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(20)]
        process.kill()
        said += [line.strip() for line in process.stdout]
    found = recorded(file)
    assert found[: len(said)] == said
    assert len(found) <= len(said) + 1  # recorded, and killed before it could say so


def test_a_log_cut_short_anywhere_loses_only_what_was_not_whole(tmp_path: Path) -> None:
    """SQLite appends each transaction to the file's -wal; a crash can end it at any byte. What opens is a prefix."""
    live = tmp_path / "live.db"
    ledger = Ledger(live)
    for number in range(6):
        ledger.record(attempt(2 * number), attempt(2 * number + 1))
    log = Path(f"{live}-wal").read_bytes()
    lengths = []
    for end in [*range(0, len(log), 997), len(log)]:
        cut = tmp_path / f"cut-{end}.db"
        shutil.copy(live, cut)
        Path(f"{cut}-wal").write_bytes(log[:end])
        found = recorded(cut)
        assert found == [f"attempt-{number}" for number in range(len(found))]
        lengths.append(len(found))
    ledger.close()
    assert lengths == sorted(lengths)
    assert lengths[-1] == 12
    assert all(length % 2 == 0 for length in lengths)  # two attempts were one transaction


def test_nothing_of_a_deleted_learner_is_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "learner.db"
    ledger = Ledger(file)
    ledger.record(*(attempt(number, question="lapsang-souchong") for number in range(50)), attempt(1, learner="ben"))
    ledger.delete("ana")
    # The log beside the file too: it is looked at while the ledger is open.
    left = b"".join(path.read_bytes() for path in tmp_path.glob("learner.db*"))
    ledger.close()
    assert b"lapsang-souchong" not in left
    assert b"tea-1" in left  # ben's


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("learner.db", "not one of a database"),
        ("mysql://ana:secret@localhost/tea", r"cannot be kept in mysql://ana:\*\*\*@localhost/tea"),
        ("sqlite://", "cannot be kept in sqlite://"),
        ("postgresql://ana:secret@127.0.0.1:1/tea", r"postgresql\+psycopg://ana:\*\*\*@127\.0\.0\.1:1/tea failed"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_without_its_password(address: str, problem: str) -> None:
    with pytest.raises(LedgerError, match=problem) as caught:
        Ledger(address)
    assert "secret" not in str(caught.value)


def test_a_wrong_password_is_said(server: str) -> None:
    with pytest.raises(LedgerError, match="password authentication failed"):
        Ledger(server.replace("tea-leaves", "coffee"))
