"""Names of cards in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.card_names import CardNames
from corpus.exam_pack import ExamPack, load_pack
from tests.conftest import SMALL_PACK


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
    assert CardNames([]).words == frozenset()


def test_the_words_of_names_are_known_whole_and_in_parts(small_pack: ExamPack) -> None:
    cards = [small_pack.cards[0].model_copy(update={"name": "Royal Off-White Gaiwan", "aliases": ("GW",)})]
    assert CardNames(cards).words == {"royal", "off-white", "off", "white", "gaiwan", "gw"}


def test_a_short_form_of_one_word_needs_its_capital(small_pack: ExamPack) -> None:
    batch = small_pack.cards[0].model_copy(update={"id": "batch", "name": "AWS Batch", "aliases": ("AWS Big Batch",)})
    names = CardNames([batch], prefixes=["AWS"])
    assert [mention.card.id for mention in names.find("run it with Batch")] == ["batch"]
    assert names.find("in a batch of records") == []
    assert len(names.find("one big batch")) == 1  # two words are clear enough


CARD = load_pack(SMALL_PACK).cards[0]
NAMES = st.lists(st.text("ab -S", min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=6)


@given(NAMES, st.text("ab -sS.", max_size=20))
def test_the_tree_of_names_finds_what_trying_each_name_finds(names: list[str], text: str) -> None:
    keys = sorted({name.lower().replace(" ", "").replace("-", "") for name in names} - {""}, key=len, reverse=True)
    one_by_one = "|".join(r"[-\s]?".join(key) for key in keys)
    card = CARD.model_copy(update={"name": names[0].strip(), "aliases": tuple(names[1:])})
    expected = re.finditer(rf"(?<!\w)({one_by_one})(?:s|es)?(?!\w)", text, re.I) if keys else ()
    found = CardNames([card]).find(text)
    assert [(mention.start, mention.end) for mention in found] == [match.span() for match in expected]


def test_places_hold_where_lower_case_is_longer(small_pack: ExamPack) -> None:
    (mention,) = CardNames(small_pack.cards).find("İİ gaiwan GW")  # "İ".lower() has two characters
    assert (mention.start, mention.end) == (10, 12)
