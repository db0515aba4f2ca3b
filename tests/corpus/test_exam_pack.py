"""A pack loads as a whole or is refused with file, line and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import PackError
from corpus.exam_pack import load_pack, pack_names
from tests.conftest import SMALL_PACK


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text, "the test's own edit must hit something"
    file.write_text(text.replace(old, new, 1))


def test_a_pack_is_read_whole() -> None:
    pack = load_pack(SMALL_PACK)
    assert [domain.weight for domain in pack.exam.domains] == [60, 40]
    assert pack.cards_by_id["gaiwan"].traits == {"speed": ("seconds",)}
    assert pack.cards_by_id["gaiwan"].contrasts[0].with_ == "teapot"
    assert pack.questions_by_id["tst-1"].answer == ("A",)
    assert pack.notes[0].header.title == "Choosing a vessel"
    assert pack.notes[0].markdown.startswith("# Choosing a vessel")


def test_the_fingerprint_changes_with_any_file(pack_folder: Path) -> None:
    before = load_pack(pack_folder).fingerprint
    edit(pack_folder / "notes" / "vessels.md", "guests", "friends")
    assert load_pack(pack_folder).fingerprint != before


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        # The line is where the key stands in the file, counted by hand from 1.
        ("cards/gaiwan.toml", "summary =", "sumary =", 7, "sumary: unknown key; did you mean 'summary'?"),
        ("cards/gaiwan.toml", 'speed = "seconds"', 'speed = "hours"', 10, "unknown value 'hours' of 'speed'"),
        ("cards/gaiwan.toml", 'trait = "speed"', 'trait = "sped"', 31, "contrasts[0].trait: unknown trait 'sped'"),
        ("cards/gaiwan.toml", 'with = "teapot"', 'with = "kettle"', 28, "contrasts[0].with: no other card 'kettle'"),
        ("cards/gaiwan.toml", 'as_of = "2026-01"', 'as_of = "January"', 17, "facts[0].as_of"),
        ("cards/gaiwan.toml", 'supports = ["speed"]', 'supports = ["size"]', 1, "supports 'size'"),
        ("cards/gaiwan.toml", 'tasks = ["1.1"]', 'tasks = ["9.9"]', 5, "the blueprint has no task 9.9"),
        ("cards/teapot.toml", '"Pot"', '"GW"', 3, "'GW' is also a name of the card 'gaiwan'"),
        ("cards/gaiwan.toml", 'id = "gaiwan"', 'id = "bowl"', 1, "the card's id is 'bowl'"),
        ("cards/gaiwan.toml", 'name = "Royal Gaiwan"', 'name = "Royal Gaiwan', 2, "not valid TOML"),
        ("questions/vessels.toml", 'response = "single"', 'response = "multiple"', 1, "this one has 1"),
        ("questions/vessels.toml", "correct = false", "correct = true", 19, "right_if belongs to wrong options only"),
        ("questions/vessels.toml", 'rationale = "It steeps for hours."\n', "", 35, "rationale: this key is missing"),
        ("questions/vessels.toml", "gaiwan#steeping", "gaiwan#colour", 17, "no fact 'gaiwan#colour'"),
        ("questions/vessels.toml", 'value = "seconds"', 'value = "hours"', 9, "unknown value 'hours'"),
        ("questions/vessels.toml", 'requirement = "ready', 'requirement = "done', 1, "not found, to the letter"),
        ("questions/vessels.toml", 'right_if = "One', 'remark = "One', 26, "unknown key"),
        ("notes/vessels.md", 'tasks: ["1.1"]', 'tasks: ["7.1"]', 2, "the blueprint has no task 7.1"),
        ("notes/vessels.md", "title:", "titel:", 3, "titel: unknown key; did you mean 'title'?"),
        ("blueprint.toml", "weight = 40", "weight = 41", 1, "add up to 101, not 100"),
        ("blueprint.toml", "scored = 8", "scored = 7", 4, "questions is 10"),
        ("blueprint.toml", 'id = "2.1"', 'id = "3.1"', 1, "task 3.1 stands in domain 2"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(
    pack_folder: Path, file: str, old: str, new: str, line: int, says: str
) -> None:
    edit(pack_folder / file, old, new)
    with pytest.raises(PackError) as caught:
        load_pack(pack_folder)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{pack_folder / file}:{line}: ")


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="there is no exam pack here") as caught:
        load_pack(tmp_path)
    assert "mls_c01" in caught.value.hint


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_that_comes_along_is_valid(name: str) -> None:
    pack = load_pack(name)
    assert sum(domain.weight for domain in pack.exam.domains) == 100
    assert pack.cards
