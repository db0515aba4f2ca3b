"""Markdown as plain text under its headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import BlockKind, Document
from corpus.errors import SourceError
from ingest.readers import markdown
from ingest.readers.source import RawSource


def read(text: str, name: str = "some-notes.md") -> Document:
    return markdown.read(RawSource(name, text.encode()))


def test_headings_become_paths_and_the_first_names_the_document() -> None:
    document = read("# Guide\n\nIntro.\n\n## Part\n\nText.\n\n### Detail\n\nMore.\n\n## Next\n\nEnd.\n")
    assert document.title == "Guide"
    assert [(section.heading, section.text) for section in document.sections] == [
        ((), "Intro."),
        (("Part",), "Text."),
        (("Part", "Detail"), "More."),
        (("Next",), "End."),
    ]


def test_front_matter_gives_the_title_and_is_no_text() -> None:
    document = read('---\ntitle: "My own title"\nweight: 1\n---\n# Other\n\nText.\n')
    assert document.title == "My own title"
    assert "weight" not in document.text


def test_marks_go_and_words_stay() -> None:
    text = read("A **bold** [link](http://x.org) and `code` with real\\-time \\(data\\).<a name='x'></a>\n").text
    assert text == "A bold link and code with real-time (data)."


def test_a_hard_break_ends_a_line() -> None:
    assert read("**Note**  \nMind this.\n").text == "Note\nMind this."


def test_lists_keep_an_item_a_line_with_their_depth_and_numbers() -> None:
    section = read("3. one\n4. two\n   - deep **er**\n     more\n").sections[0]
    assert section.blocks[0].kind is BlockKind.LIST
    assert section.text == "3. one\n4. two\n  - deep er more"


def test_a_table_keeps_its_header_and_a_row_a_line() -> None:
    section = read("| Name | Limit |\n| --- | --- |\n| Shard | 1 MB/s |\n").sections[0]
    assert section.blocks[0].kind is BlockKind.TABLE
    assert section.text == "Name | Limit\nShard | 1 MB/s"


def test_code_stays_as_it_is() -> None:
    section = read("```python\ndef f():\n    return 1\n```\n").sections[0]
    assert section.blocks[0].kind is BlockKind.CODE
    assert section.text == "def f():\n    return 1"


def test_a_diagram_is_no_text() -> None:
    assert read("Before.\n\n```mermaid\nflowchart LR\n  A --> B\n```\n\nAfter.\n").text == "Before.\n\nAfter."


def test_html_in_markdown_loses_its_tags() -> None:
    assert read("<div onclick='x()'>Hello <b>you</b></div>\n").text == "Hello you"


@pytest.mark.parametrize("empty", ["", "   \n", "---\ntitle: x\n---\n", "# Only a heading\n", "<!-- remark -->\n"])
def test_a_file_without_text_is_refused(empty: str) -> None:
    with pytest.raises(SourceError, match="there is no text in it"):
        read(empty)


def test_a_binary_named_md_is_refused() -> None:
    with pytest.raises(SourceError, match="this is a binary file"):
        markdown.read(RawSource("photo.md", b"\x89PNG\r\n\x1a\n\x00\x00"))
    with pytest.raises(SourceError, match="not UTF-8 text"):
        markdown.read(RawSource("old.md", "Käse".encode("latin-1")))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read(text)
    except SourceError:
        return
    assert document.text.strip()
