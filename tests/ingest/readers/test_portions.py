"""What no author writes in one piece is read in several, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Block, BlockKind, Document, Section
from ingest.readers import portions
from ingest.readers.portions import LONGEST, in_portions


def document(*blocks: Block) -> Document:
    return Document("a.txt", "A", (Section(blocks, ("Tea",), 3, "https://example.org/a"),), "0", "file")


def test_what_an_author_writes_stays_as_it_is() -> None:
    whole = document(Block("x" * (LONGEST - 7)), Block("green"))  # with the blank line between them, 100,000
    assert in_portions(whole) is whole


def test_a_paragraph_without_end_is_cut_behind_a_sentence_and_keeps_its_place() -> None:
    sentence = "Tea is green. "  # 14 characters; 7,142 of them are 99,988, and the next would pass 100,000
    first, second = in_portions(document(Block(sentence * 10_000))).sections
    assert first.text == sentence * 7_142
    assert second.text == sentence * 2_858
    assert (first.heading, first.page, first.url) == (second.heading, second.page, second.url)


def test_every_part_of_a_table_says_its_header() -> None:
    rows = "".join(f"leaf {n} | green\n" for n in range(10_000))
    parts = in_portions(document(Block("name | colour\n" + rows, BlockKind.TABLE))).sections
    assert len(parts) == 2
    assert all(part.text.startswith("name | colour\nleaf ") for part in parts)


@given(st.lists(st.text(st.sampled_from("ab. \n"), min_size=1, max_size=60), min_size=1, max_size=5))
def test_no_character_is_lost_and_no_section_too_long(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(portions, "LONGEST", 10)
        cut = in_portions(document(*(Block(text) for text in texts)))
    assert "".join(cut.text.split()) == "".join("".join(texts).split())
    assert all(len(section.text) <= 10 for section in cut.sections)
