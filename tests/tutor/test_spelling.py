"""Slips of the keyboard, found and mended; words that are only alike are left as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.spelling import is_slip, respelled, slips, words_to_check


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("waht", "what"),  # two neighbours exchanged
        ("shoud", "should"),  # one left out
        ("whe", "when"),  # the last one left out
        ("forrest", "forest"),  # one doubled
    ],
)
def test_a_slip(typed: str, meant: str) -> None:
    assert is_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what", "what"),
        ("cake", "came"),  # one put for another
        ("niput", "input"),  # the first letter is taken to be right
        ("recalls", "recall"),  # one added that is no double
        ("tahw", "what"),
        ("wh", "when"),
    ],
)
def test_no_slip(typed: str, meant: str) -> None:
    assert not is_slip(typed, meant)


@given(st.text("abcd", min_size=1, max_size=8), st.data())
def test_each_kind_of_slip_is_one(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    doubled = word[: at + 1] + word[at:]
    assert is_slip(doubled, word)
    if at and at + 1 < len(word) and word[at] != word[at + 1]:
        assert is_slip(word[:at] + word[at + 1] + word[at] + word[at + 2 :], word)
    if at:
        assert is_slip(word[:at] + word[at + 1 :], word)


def test_where_two_words_may_be_meant_neither_is_taken() -> None:
    assert slips(["lern"], {"learn", "leern"}) == {}
    assert slips(["lern", "waht", "zzzz"], {"learn", "what"}) == {"lern": "learn", "waht": "what"}


def test_capitals_stay_and_words_inside_others_do_not_change() -> None:
    """Short words and those with capitals or figures inside are not looked at; each part of a compound is."""
    text = "Waht is S3, a waht-if, WAHT and waht1?"
    assert words_to_check(text) == ["waht"]
    assert respelled(text, {"waht": "what"}) == "What is S3, a what-if, WAHT and waht1?"
