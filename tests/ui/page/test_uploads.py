"""What a learner sends goes into their own folder under a safe name, or is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ui.page.uploads import accept, safe_name


def sent(folder: Path, name: str, data: bytes = b"# A note") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(data)
    return file


def test_a_file_is_moved_and_one_of_the_same_name_replaced(tmp_path: Path) -> None:
    own = tmp_path / "learners" / "ada"
    first = accept(sent(tmp_path / "sent", "a note.md"), own, 1)
    second = accept(sent(tmp_path / "sent", "a note.md", b"# Newer"), own, 1)
    assert first == second == own / "a note.md"
    assert second.read_bytes() == b"# Newer"
    assert list((tmp_path / "sent").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.exe", b"MZ", "files of this type cannot be read"),
        ("a.md", b"", "the file is empty"),
        ("a.md", b"x" * 1_000_001, "more than the 1 MB allowed"),
    ],
)
def test_what_cannot_be_taken_is_refused(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        accept(sent(tmp_path / "sent", name, data), tmp_path / "own", 1)
    assert not (tmp_path / "own").exists()


@given(st.text(max_size=300))
def test_a_name_is_one_part_of_a_path_whatever_was_sent(name: str) -> None:
    safe = safe_name(name)
    assert safe not in {"", ".", ".."}
    assert not set(safe) & set('/\\<>:"|?*\0')
    assert len(safe.encode()) <= 250
