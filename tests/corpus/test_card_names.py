"""Names of cards in a text."""

from __future__ import annotations

import pytest

from corpus.card_names import CardNames
from corpus.exam_pack import ExamPack


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What is a Royal Gaiwan?", ["gaiwan"]),
        ("royal gaiwans or imperial teapots?", ["gaiwan", "teapot"]),
        ("is a royal-gaiwan a lidded bowl?", ["gaiwan", "gaiwan"]),
        ("GW or pot", ["gaiwan", "teapot"]),
        ("a potato", []),  # "pot" inside a word is no name
        ("", []),
    ],
)
def test_names_are_found_in_any_spelling(small_pack: ExamPack, text: str, found: list[str]) -> None:
    assert [mention.card.id for mention in CardNames(small_pack.cards).find(text)] == found


def test_a_pack_without_cards_names_nothing() -> None:
    assert CardNames([]).find("anything") == []


def test_a_short_form_of_one_word_needs_its_capital(small_pack: ExamPack) -> None:
    batch = small_pack.cards[0].model_copy(update={"id": "batch", "name": "AWS Batch", "aliases": ("AWS Big Batch",)})
    names = CardNames([batch], prefixes=["AWS"])
    assert [mention.card.id for mention in names.find("run it with Batch")] == ["batch"]
    assert names.find("in a batch of records") == []
    assert len(names.find("one big batch")) == 1  # two words are clear enough
