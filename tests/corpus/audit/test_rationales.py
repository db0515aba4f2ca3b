"""Rationales against the key and the cards, one contradiction at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.audit import rationales
from corpus.exam_pack import load_pack
from tests.corpus.audit.bent_pack import edit

SHORT = ["It is poured off after seconds.", "It steeps for minutes.", "It steeps for hours."]


@pytest.fixture
def sound(folder: Path) -> Path:
    """The small pack's question with rationales of two sentences."""
    for text in [*SHORT, "It keeps water hot; it does not steep leaves."]:
        edit(folder / "questions" / "vessels.toml", f'"{text}"', f'"The wait decides. {text}"')
    return folder


def found(folder: Path) -> list[tuple[str, str]]:
    outcome = rationales.check(load_pack(folder))
    assert outcome.counts == {"options": 4}
    assert all(finding.file == "questions/vessels.toml" for finding in outcome.findings)
    return [(finding.item, finding.problem) for finding in outcome.findings]


def test_a_rationale_has_two_to_four_sentences(folder: Path, sound: Path) -> None:
    assert found(sound) == []
    edit(folder / "questions" / "vessels.toml", "The wait decides. It steeps for minutes.", "It does not, e.g. cold.")
    edit(folder / "questions" / "vessels.toml", "The wait decides. It steeps for hours.", "A. B! C? D. E.")
    assert found(sound) == [
        ("tst-1 B", "the rationale has 1 sentence, not 2 to 4"),
        ("tst-1 D", "the rationale has 5 sentences, not 2 to 4"),
    ]


def test_the_card_has_the_wanted_value_if_and_only_if_the_option_is_correct(sound: Path) -> None:
    edit(sound / "cards" / "teapot.toml", 'speed = ["minutes"]', 'speed = ["seconds", "minutes"]')
    edit(sound / "cards" / "gaiwan.toml", 'speed = "seconds"', 'speed = "minutes"')
    assert found(sound) == [
        ("tst-1 A", "the card gaiwan lacks speed = seconds, but the option is correct"),
        ("tst-1 B", "the card teapot has speed = seconds, but the option is wrong"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Option B steeps.", "Option B"),
        ("Unlike answers (C) and D.", "answers (C"),
        ("To answer A/B tests is no use.", None),
        ("An option at hand.", None),
    ],
)
def test_no_option_is_named_by_its_letter(sound: Path, text: str, names: str | None) -> None:
    edit(sound / "questions" / "vessels.toml", "It steeps for minutes.", text)
    edit(sound / "questions" / "vessels.toml", "The tea is to be ready tomorrow.", text)
    expected = [
        ("tst-1 B", f"the rationale names an option by letter: '{names}'"),
        ("tst-1 D", f"the right_if names an option by letter: '{names}'"),
    ]
    assert found(sound) == (expected if names else [])


def test_right_if_is_more_than_the_rationale(sound: Path) -> None:
    edit(
        sound / "questions" / "vessels.toml",
        "The tea is to be ready tomorrow.",
        "The wait decides; it steeps for hours.",
    )
    assert found(sound) == [("tst-1 D", "right_if is the rationale again")]


def test_an_option_with_a_card_cites_it_or_its_group_or_names_a_trait(sound: Path) -> None:
    questions = sound / "questions" / "vessels.toml"
    edit(questions, 'card = "teapot"\ntrait = "speed"', 'card = "teapot"')
    edit(questions, 'cites = ["teapot#steeping"]', 'cites = ["gaiwan#steeping"]')
    assert found(sound) == []
    edit(sound / "cards" / "gaiwan.toml", 'group = "vessels"', 'group = "bowls"')
    assert found(sound) == [
        ("tst-1 B", "no fact of the card teapot or its group 'vessels' is cited, and no trait is named")
    ]
