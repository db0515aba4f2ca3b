"""A new pack loads as it is made, and nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PackError
from corpus.exam_pack import load_pack
from corpus.pack_skeleton import is_exam_code, skeleton_folder, write_skeleton


def test_a_new_pack_loads(tmp_path: Path) -> None:
    folder = write_skeleton("MLA-C01", tmp_path / "new" / "mla_c01", 'Tea "for\ntwo" \\ three')
    pack = load_pack(folder)
    assert (pack.exam.code, pack.exam.title) == ("MLA-C01", 'Tea "for two" \\ three')
    assert [task.id for task in pack.exam.tasks] == ["1.1"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "blueprint.toml",
        "cards",
        "notes",
        "questions",
        "sources.toml",
        "traits.toml",
    ]


def test_the_examples_load_when_they_are_taken_in(tmp_path: Path) -> None:
    folder = write_skeleton("MLA-C01", tmp_path / "pack")
    for name, placeholder in (("blueprint", ""), ("traits", "traits = []\n"), ("sources", "sources = []\n")):
        file = folder / f"{name}.toml"
        lines = file.read_text().replace(placeholder, "", 1).splitlines()
        # An example's line is a comment that begins as a table, a key or nothing does.
        examples = [line[2:] if line.startswith("# ") and (line[2] == "[" or " = " in line) else line for line in lines]
        file.write_text("\n".join(line for line in examples if not line.startswith("#")))
    pack = load_pack(folder)
    assert pack.exam.format.questions == 65
    assert pack.exam.title == "MLA-C01"
    assert [value.id for value in pack.traits.traits[0].values] == ["fully-managed", "self-managed"]
    assert pack.sources[0].tasks == ("1.1",)


def test_a_folder_that_is_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    with pytest.raises(PackError, match="it exists already") as caught:
        write_skeleton("MLA-C01", tmp_path / "pack")
    assert "--folder" in caught.value.hint
    assert list((tmp_path / "pack").iterdir()) == []


@pytest.mark.parametrize("code", ["mla-c01", "MLA", "MLA-C1", "MLA-C01 ", "../X-C01", ""])
def test_a_malformed_code_is_refused(code: str, tmp_path: Path) -> None:
    assert not is_exam_code(code)
    with pytest.raises(PackError, match="is not an exam's code"):
        write_skeleton(code, tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PackError, match="it cannot be written"):
        write_skeleton("MLA-C01", tmp_path / "file" / "pack")


def test_a_code_names_a_folder() -> None:
    assert skeleton_folder("MLA-C01") == Path("mla_c01")
