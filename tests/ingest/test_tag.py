"""Passages are placed in the exam by the pack's words and the cards they name."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chunks import Chunk, Tags
from corpus.documents import Block, Document, Location, Section
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from ingest.pipeline import Status, ingest_document
from ingest.tag import NOWHERE, Tagger
from tests.conftest import NOW, SMALL_PACK

TAGGER = Tagger(load_pack(SMALL_PACK))


def passage(text: str, *heading: str, title: str = "Notes") -> Chunk:
    return Chunk("id", text, "notes.md", title, "file", Location(0, len(text), heading))


def tags_of(*chunks: Chunk) -> list[Tags]:
    return [chunk.tags for chunk in TAGGER.tagged(chunks)]


def test_a_passage_in_the_packs_own_words_belongs_to_their_task() -> None:
    (tags,) = tags_of(passage("How to match a vessel to a leaf", "Choose a vessel"))
    assert (tags.domain, tags.task) == ("1", "1.1")
    assert 0.5 < tags.confidence <= 1.0


def test_a_passage_about_something_else_belongs_nowhere() -> None:
    assert tags_of(passage("The invoice is due on the first of the month.")) == [Tags()]


def test_cards_are_named_in_title_heading_and_text_each_once_in_this_order() -> None:
    (tags,) = tags_of(passage("GW, then pot, then GW again.", "Invoices", title="Imperial teapots"))
    assert tags.cards == ("teapot", "gaiwan")


def test_the_likeliest_task_of_the_likeliest_domain_wins() -> None:
    # Domain 1 has task 1.1, domain 2 has 2.1. exp(0) each for 2.1 and none, exp(ln 2) for 1.1: 2/4, 1/4, 1/4.
    scores = np.array([[math.log(2), 0.0]], dtype=np.float32)
    assert TAGGER.places(scores, 0.0) == [("1", "1.1", pytest.approx(0.5))]
    # exp(ln 4) for none: 4 of 7 is more than half.
    assert TAGGER.places(scores, math.log(4)) == [NOWHERE]


def test_a_document_without_passages_is_no_trouble() -> None:
    assert TAGGER.tagged([]) == []


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=20)), min_size=1, max_size=5))
def test_whatever_the_text_only_the_tags_change_and_they_agree_with_the_blueprint(texts: list[tuple[str, str]]) -> None:
    chunks = [passage(text, heading) for text, heading in texts]
    tagged = TAGGER.tagged(chunks)
    assert [(c.text, c.location) for c in tagged] == [(c.text, c.location) for c in chunks]
    for tags in (chunk.tags for chunk in tagged):
        assert (tags.domain, tags.task) in {("1", "1.1"), ("2", "2.1"), (None, None)}
        assert 0.0 <= tags.confidence <= 1.0
        assert (tags.task is None) == (tags.confidence == 0.0)


DOCUMENT = Document("notes.md", "Notes", (Section((Block("Match a Royal Gaiwan to a leaf."),)),), "0" * 64, "file")


def test_ingested_passages_are_tagged(library: Library) -> None:
    ingest_document(DOCUMENT, library, now=NOW, tagger=TAGGER)
    (chunk,) = library.chunks_of("notes.md")
    assert (chunk.tags.task, chunk.tags.cards) == ("1.1", ("gaiwan",))


def test_a_pack_that_says_something_else_tags_its_sources_anew(library: Library, small_pack: ExamPack) -> None:
    card = small_pack.cards[0]
    reworded = ExamPack(
        **{
            **{name: getattr(small_pack, name) for name in small_pack.__dataclass_fields__},
            "cards": (card.model_copy(update={"aliases": (*card.aliases, "Zhong")}), *small_pack.cards[1:]),
        }
    )
    assert ingest_document(DOCUMENT, library, now=NOW, tagger=TAGGER).status is Status.ADDED
    assert ingest_document(DOCUMENT, library, now=NOW, tagger=Tagger(small_pack)).status is Status.UNCHANGED
    assert ingest_document(DOCUMENT, library, now=NOW, tagger=Tagger(reworded)).status is Status.REPLACED
