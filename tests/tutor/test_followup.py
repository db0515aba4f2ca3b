"""A follow-up made whole from what was said before, over the two vessels of the small pack."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.card_names import CardNames
from corpus.exam_pack import load_pack
from evals.suites.followups import load_cases
from tests.conftest import SMALL_PACK
from tutor.followup import Before, made_whole

PACK = load_pack(SMALL_PACK)
NAMES = CardNames(PACK.cards)
GAIWAN, POT = (PACK.cards_by_id[card] for card in ("gaiwan", "teapot"))
VOLUME = Before("How much does a Royal Gaiwan hold?", (GAIWAN,))
BOTH = Before("What is the difference between Royal Gaiwan and Imperial Teapot?", (GAIWAN, POT))


@pytest.mark.parametrize(
    ("before", "message", "whole"),
    [
        # a word that stands for a thing
        (VOLUME, "does it break easily?", "does Royal Gaiwan break easily?"),
        (VOLUME, "What is its price?", "What is Royal Gaiwan's price?"),
        (VOLUME, "is that for beginners?", "is Royal Gaiwan for beginners?"),
        (BOTH, "when do I take the latter?", "when do I take Imperial Teapot?"),
        (BOTH, "which one breaks?", "Royal Gaiwan and Imperial Teapot: which one breaks?"),
        (BOTH, "do they break?", "do Royal Gaiwan and Imperial Teapot break?"),
        # a part of a question, in the place of the one before
        (VOLUME, "and the Imperial Teapot?", "How much does a Imperial Teapot hold?"),
        (Before("Which vessel is best for one guest?", (GAIWAN,)), "and for ten?", "Which vessel is best for ten?"),
        (VOLUME, "and for guests?", "How much does a Royal Gaiwan hold for guests?"),
        (BOTH, "and Pot?", "What is the difference between Royal Gaiwan and Imperial Teapot and Pot?"),
        # a part that goes with the thing, not with the question
        (VOLUME, "what about the price?", "the price of Royal Gaiwan?"),
        (VOLUME, "price?", "Royal Gaiwan: price?"),
        (VOLUME, "why?", "why: How much does a Royal Gaiwan hold?"),
        (Before("Does a Royal Gaiwan break?", (GAIWAN,)), "why", "why Does a Royal Gaiwan break?"),
        # nothing is left out
        (VOLUME, "How long does an Imperial Teapot steep?", "How long does an Imperial Teapot steep?"),
        (
            VOLUME,
            "What is an Imperial Teapot and how is it cleaned?",
            "What is an Imperial Teapot and how is it cleaned?",
        ),
        (VOLUME, "Is it possible to reuse leaves?", "Is it possible to reuse leaves?"),
        (
            VOLUME,
            "Which leaves suit that many infusions in spring?",
            "Which leaves suit that many infusions in spring?",
        ),
        # nothing was said
        (Before(), "does it break?", "does it break?"),
        (Before("Which leaves are best?"), "are they cheap?", "are they cheap: Which leaves are best?"),
    ],
)
def test_made_whole(before: Before, message: str, whole: str) -> None:
    assert made_whole(message, before, NAMES) == whole


@given(st.text(max_size=120), st.text(max_size=120))
@settings(deadline=None)
def test_any_text_is_made_whole(message: str, asked: str) -> None:
    for topics in ((), (GAIWAN,), (GAIWAN, POT)):
        assert isinstance(made_whole(message, Before(asked, topics), NAMES), str)


@given(st.text(max_size=120))
@settings(deadline=None)
def test_where_nothing_was_said_only_spaces_change(message: str) -> None:
    assert made_whole(message, Before(), NAMES) == " ".join(message.split())


def test_the_cases_are_enough_and_split_in_halves() -> None:
    tuning, held_out = ([case for case in load_cases() if case.split == half] for half in ("tuning", "held-out"))
    assert len(tuning) + len(held_out) >= 60
    assert abs(len(tuning) - len(held_out)) <= 2
    assert not {(case.talk, case.message) for case in tuning} & {(case.talk, case.message) for case in held_out}
