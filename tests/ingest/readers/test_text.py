"""Plain text: paragraphs and nothing more."""

from __future__ import annotations

import pytest

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.readers import text
from ingest.readers.source import RawSource


def read(content: str | bytes, name: str = "my_notes.txt") -> Document:
    return text.read(RawSource(name, content if isinstance(content, bytes) else content.encode()))


def test_blank_lines_part_paragraphs_and_a_short_first_line_is_the_title() -> None:
    document = read("What I learned\n\nFirst thought.\r\n\r\n\r\nSecond thought,\nin two lines.\n")
    assert document.title == "What I learned"
    assert [block.text for block in document.sections[0].blocks] == ["First thought.", "Second thought,\nin two lines."]


def test_without_such_a_line_the_file_names_the_document() -> None:
    assert read("This is a sentence.\n\nAnd another.").title == "my notes"
    assert read("only one line").title == "my notes"


def test_utf_16_with_a_mark_is_read() -> None:
    assert read("Größe zählt".encode("utf-16")).text == "Größe zählt"


def test_white_space_is_no_text() -> None:
    with pytest.raises(SourceError, match="there is no text in it"):
        read(" \n\t\n")
