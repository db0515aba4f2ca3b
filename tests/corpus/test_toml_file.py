"""Line numbers of keys, and the text of errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blueprint import PackModel
from corpus.errors import PackError
from corpus.toml_file import dotted, key_lines, line_of, load_toml

TEXT = '''\
id = "a"
text = """
line = "not a key, but text"
"""

[traits]
speed = "x"

[[facts]]
id = "one"

[[facts]]
id = "two"

[[facts.notes]]
id = "deep"
'''


def test_every_key_knows_its_line() -> None:
    lines = key_lines(TEXT)
    assert lines[("id",)] == 1
    assert ("line",) not in lines  # it stands inside a string
    assert lines[("traits", "speed")] == 7
    assert lines[("facts", 1, "id")] == 13
    assert lines[("facts", 1, "notes", 0, "id")] == 16


def test_a_missing_key_is_placed_at_its_table() -> None:
    assert line_of(key_lines(TEXT), ("facts", 1, "source")) == 12
    assert line_of({}, ("nothing",)) == 1


def test_a_path_reads_as_a_person_would_write_it() -> None:
    assert dotted(("facts", 2, "text")) == "facts[2].text"


_KEYS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


@given(st.dictionaries(_KEYS, st.text(max_size=20)))
def test_lines_of_plain_keys_are_their_order(values: dict[str, str]) -> None:
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=True)}\n" for key, value in values.items())
    lines = key_lines(text)
    for number, key in enumerate(values, start=1):
        assert lines[(key,)] == number


class _Inner(PackModel):
    colour: str


class _Outer(PackModel):
    parts: tuple[_Inner, ...] = ()


def test_an_unknown_key_in_a_nested_table_gets_the_nearest_name(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('[[parts]]\ncolor = "red"\n')
    with pytest.raises(PackError, match=r"x\.toml:2: parts\[0\]\.color: unknown key; did you mean 'colour'\?"):
        load_toml(file, _Outer)


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="the file is missing"):
        load_toml(tmp_path / "no.toml", _Outer)
    (tmp_path / "bin.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="cannot be read as UTF-8"):
        load_toml(tmp_path / "bin.toml", _Outer)
