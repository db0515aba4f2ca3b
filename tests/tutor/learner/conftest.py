"""A ledger of each kind: in an SQLite file, and on a real PostgreSQL server."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tutor.learner.postgres import find_binaries, running_server
from tutor.learner.ledger import Ledger

NO_SERVER = "PostgreSQL's initdb and pg_ctl are not installed (Debian: apt-get install postgresql)"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running PostgreSQL."""
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("NEED_POSTGRES") == "1":
            pytest.fail(NO_SERVER)
        pytest.skip(NO_SERVER)
    # Not pytest's own folders: another user, as whom the server may have to run, cannot enter them.
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        running_server(binaries, Path(folder)) as address,
    ):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where an empty ledger can be opened, as often as wanted."""
    if request.param == "sqlite":
        return tmp_path / "learner.db"
    address: str = request.getfixturevalue("server")
    emptied = Ledger(address)
    for learner in emptied.learners():
        emptied.delete(learner)
    emptied.close()
    return address


@pytest.fixture
def ledger(place: str | Path) -> Iterator[Ledger]:
    opened = Ledger(place)
    yield opened
    opened.close()
