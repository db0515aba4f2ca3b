"""Tokens counted word by word are as many as the tokenizer makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from corpus.sentence_embedder import SentenceEmbedder
from corpus.word_pieces import WordPieces
from ingest.readers import RawSource, read
from tests.conftest import SHARED_DATA

EMBEDDER = SentenceEmbedder()
GUIDES = SHARED_DATA / "awsdocs-2023"

AWKWARD = [
    "[SEP]",
    "naïve",
    "Zürich",
    "日本",
    "don't",
    "a_b",
    "x" * 120,
    "\u200b",
    "\x1c",
    "\x00",
    "“so”",
    "\u00a0",
    "😀",
    "ﬁ",
]
"""What a tokenizer treats apart: its own signs, accents, writing without spaces, marks, a word too long, spaces."""


@given(
    st.lists(st.one_of(st.sampled_from(AWKWARD), st.text(max_size=12)), max_size=12), st.sampled_from(["", " ", "\n"])
)
def test_any_text_has_as_many_tokens_as_the_tokenizer_makes(parts: list[str], between: str) -> None:
    text = between.join(parts)
    assert EMBEDDER.token_counts([text]) == [len(EMBEDDER.token_spans([text])[0])]


@pytest.mark.skipif(not GUIDES.is_dir(), reason="the developer guides are not here")
def test_so_has_every_paragraph_of_real_pages() -> None:
    pages = sorted(GUIDES.rglob("*.md"))[::100]
    documents = (read(RawSource(str(page), page.read_bytes())) for page in pages if page.stat().st_size > 500)
    texts = [block.text for document in documents for section in document.sections for block in section.blocks]

    assert len(texts) > 500
    assert EMBEDDER.token_counts(texts) == [len(spans) for spans in EMBEDDER.token_spans(texts)]


def test_a_text_is_counted_without_the_tokenizer_unless_it_cannot_be() -> None:
    """ "Amazon S3’s" is amazon, s, ##3, ’, s."""
    pieces = WordPieces(EMBEDDER._tokenizer)

    assert pieces.count("Amazon S3’s") == 5
    assert pieces.count("before [SEP] after") is None
    assert pieces.count("a\x00b") is None


def test_a_tokenizer_that_looks_at_more_than_a_word_is_not_taken_for_one() -> None:
    other = Tokenizer(models.BPE())
    other.pre_tokenizer = pre_tokenizers.ByteLevel()

    assert WordPieces.fits(EMBEDDER._tokenizer)
    assert not WordPieces.fits(other)
