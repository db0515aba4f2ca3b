"""Passages are placed in the exam by the pack's words and the cards they name."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chunks import Chunk, Tags
from corpus.documents import Block, Document, Location, Section
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.settings import Settings
from ingest.arguments import ingest_arguments
from ingest.page_forms import signs
from ingest.pipeline import Status, ingest_document
from ingest.tag import CLUES, NOWHERE, Tagger
from ingest.task_words import task_texts
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
    # Domain 1 has task 1.1, domain 2 has 2.1. exp(ln 2) for 1.1 and exp(0) each for 2.1 and none: 2/4, 1/4, 1/4.
    scores = np.array([[math.log(2), 0.0]], dtype=np.float32)
    assert TAGGER.places(scores, np.zeros(1, dtype=np.float32)) == [("1", "1.1", pytest.approx(0.5))]
    # exp(ln 2) for none as well: 2 of 5 is less than 0.43.
    assert TAGGER.places(scores, np.array([math.log(2)], dtype=np.float32)) == [NOWHERE]


def test_what_teaches_nothing_is_told_by_its_form() -> None:
    # 2 of 8 words are about operating: 20 * 2 / 8 = 5. 300 of 600 characters: half of short. "Delete" names a form.
    assert signs(["delete", "a", "bowl"], "choose the bowl and then click on it".split(), 300) == (5.0, 0.5, 1.0)
    assert signs(["bowls"], [], 600) == (0.0, 0.0, 0.0)


def with_gaiwan_as(kind: str) -> Tagger:
    pack = load_pack(SMALL_PACK)
    cards = [card.model_copy(update={"kind": kind}) if card.id == "gaiwan" else card for card in pack.cards]
    return Tagger(replace(pack, cards=tuple(cards)))


@pytest.mark.parametrize(
    ("kind", "texts", "speaks"),
    [
        ("technique", ["Royal Gaiwan", "A lidded bowl"], True),
        ("service", ["Royal Gaiwan", "A lidded bowl"], False),  # both name it, the second by its other name
        ("service", ["Royal Gaiwan", "An invoice"], True),  # one of two is not more than half
    ],
)
def test_the_name_of_the_service_that_a_document_is_about_does_not_speak(
    kind: str, texts: list[str], speaks: bool
) -> None:
    for_tasks, _ = with_gaiwan_as(kind).clues([passage(text) for text in texts])
    assert bool(for_tasks[0, :, CLUES.index("words of the passage")].any()) is speaks


def test_words_that_the_pack_does_not_use_are_a_sign_of_none() -> None:
    # "The" is a stop word; of the other three the pack has "leaf" and "vessel".
    _, for_none = TAGGER.clues([passage("The leaf, the vessel, the invoice")])
    assert for_none[0, -1] == pytest.approx(2 / 3)
    _, for_none = TAGGER.clues([passage("The")])
    assert for_none[0, -1] == 0.0


def test_a_card_and_a_question_speak_for_every_task_of_theirs() -> None:
    texts = list(task_texts(load_pack(SMALL_PACK)))
    assert [task for task, text in texts if text.startswith("Imperial Teapot")] == ["1.1", "2.1"]
    (question,) = [(task, text) for task, text in texts if text.startswith("A taster must compare")]
    assert question[0] == "1.1"
    assert question[1].endswith("A cold brew jar It steeps for hours.")


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


def test_a_file_that_a_user_names_is_tagged(tmp_path: Path, library: Library, small_pack: ExamPack) -> None:
    file = tmp_path / "bowls.md"
    file.write_text("# Choose a vessel\n\nMatch a Royal Gaiwan to a leaf.\n")
    ingest_arguments([str(file)], library, pack=small_pack, settings=Settings(), now=NOW)
    (chunk,) = library.chunks_of(str(file))
    assert (chunk.tags.domain, chunk.tags.task, chunk.tags.cards) == ("1", "1.1", ("gaiwan",))


def test_a_pack_that_says_something_else_tags_its_sources_anew(library: Library, small_pack: ExamPack) -> None:
    card = small_pack.cards[0]
    renamed = card.model_copy(update={"aliases": (*card.aliases, "Zhong")})
    reworded = replace(small_pack, cards=(renamed, *small_pack.cards[1:]))
    assert ingest_document(DOCUMENT, library, now=NOW, tagger=TAGGER).status is Status.ADDED
    assert ingest_document(DOCUMENT, library, now=NOW, tagger=Tagger(small_pack)).status is Status.UNCHANGED
    assert ingest_document(DOCUMENT, library, now=NOW, tagger=Tagger(reworded)).status is Status.REPLACED
