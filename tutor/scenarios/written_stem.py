"""A model's stem, read: what it states, and why it proves nothing where it does not.

The needs are those of the finished text, whatever the model meant by it. A need may prove something where it stands to
the letter of the trait table and may decide in the contest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.cards import Card
from corpus.model_address import addresses_to_a_model
from corpus.scenarios import Contest
from corpus.sentences import sentence_spans
from tutor.knowledge import Knowledge
from tutor.requirements import Requirement
from tutor.scenarios.needs import Need, breaks, meets
from tutor.scenarios.wording import gives_away

MAX_STEM = 1_500
"""Characters; the longest stem of the generator has about 800."""

CLEAR = 0.5
"""A need that the stem seems to state in other words is held against the key from this confidence on."""

_NEGATION = re.compile(r"\b(?:not|no|never|without|neither|nor|cannot)\b|n't\b", re.I)


class Fault(StrEnum):
    """Why a scenario is thrown away, said of it."""

    MALFORMED = "was not in the form asked for"
    FORM = "does not have four different candidates with one key"
    STEM = "has a stem that is too long or asks nothing"
    TO_A_MODEL = "repeats orders to a model"
    NAMES_OPTION = "names one of its options in the stem"
    GIVES_AWAY = "has a telling word of its right option in the stem"
    NO_NEED = "states no need in words of the trait table"
    NEGATED = "negates a need"
    UNDECIDED = "states only needs that decide nothing among these options"
    CLOSED = "has a key that nobody can choose any more"
    WRONG_KEY = "has a key that does not meet what the stem asks for"
    SEVERAL_RIGHT = "has another option that does not break what the stem asks for"
    REASON = "has a reason that its quotes do not bear out"
    OFF_POINT = "has a reason that does not bear on what the stem asks for"


@dataclass(frozen=True, slots=True)
class StatedNeed:
    """A need, and the words of the stem that state it."""

    need: Need
    words: Requirement

    @property
    def to_the_letter(self) -> bool:
        """Whether the words are a phrase of the trait table; else they seem to say the same."""
        return self.words.confidence >= 1


@dataclass(frozen=True, slots=True)
class WrittenStem:
    """A stem with the needs it states and the ids of the cards it names."""

    text: str
    needs: tuple[StatedNeed, ...]
    named: frozenset[str]

    def deciding(self, contest: Contest) -> tuple[StatedNeed, ...]:
        """The needs to the letter that may decide among a contest's options."""
        return tuple(one for one in self.needs if one.to_the_letter and one.need.trait in contest.traits)


def read_stem(text: str, cards: Sequence[Card], known: Knowledge) -> WrittenStem:
    """The stem of a question whose options are these cards."""
    needs = [
        StatedNeed(Need(found.trait, found.value), found)
        for found in known.finder.find(text, cards)
        if found.trait and found.value and found.confidence >= CLEAR
    ]
    return WrittenStem(text, tuple(needs), frozenset(card.id for card in known.cards_named(text)))


def fault_of(stem: WrittenStem, key: Card, others: Sequence[Card], contest: Contest) -> Fault | None:
    """Why the stem does not prove that the key is right and the others are wrong, or None where it does."""
    return (
        _fault_of_text(stem.text)
        or _fault_of_giving_away(stem, key, others, contest)
        or _fault_of_needs(stem, contest)
        or _fault_of_options(stem, key, others, contest)
    )


def _fault_of_text(text: str) -> Fault | None:
    if not text or len(text) > MAX_STEM or not text.isprintable() or "?" not in text[-2:]:
        return Fault.STEM
    return Fault.TO_A_MODEL if next(addresses_to_a_model(text), None) else None


def _fault_of_giving_away(stem: WrittenStem, key: Card, others: Sequence[Card], contest: Contest) -> Fault | None:
    if stem.named & {card.id for card in (key, *others)}:
        return Fault.NAMES_OPTION
    wrong = [contest.options[card.id] for card in others]
    return Fault.GIVES_AWAY if gives_away(stem.text, [contest.options[key.id]], wrong) else None


def _fault_of_needs(stem: WrittenStem, contest: Contest) -> Fault | None:
    stated = [one for one in stem.needs if one.to_the_letter]
    if not stated:
        return Fault.NO_NEED
    if any(_is_negated(stem.text, one.words) for one in stated):
        return Fault.NEGATED
    traits = {one.need.trait for one in stem.deciding(contest)}
    return Fault.UNDECIDED if traits <= set(contest.supporting) else None


def _fault_of_options(stem: WrittenStem, key: Card, others: Sequence[Card], contest: Contest) -> Fault | None:
    if key.id in contest.wrong_only:
        return Fault.CLOSED
    if not all(meets(key, one.need) for one in stem.needs):
        return Fault.WRONG_KEY
    deciding = [one.need for one in stem.deciding(contest)]
    are_wrong = all(any(breaks(contest, card, need) for need in deciding) for card in others)
    return None if are_wrong else Fault.SEVERAL_RIGHT


def _is_negated(text: str, words: Requirement) -> bool:
    """Whether "not" or the like stands before the words in their sentence."""
    start = next(start for start, end in sentence_spans(text) if start <= words.start < end)
    return _NEGATION.search(text[start : words.start]) is not None
