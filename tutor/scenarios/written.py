"""The door for a scenario question that a model writes: what the trait table does not prove goes no further.

The needs are read from the finished stem, whatever the model meant; exactly its key meets them all, and each other
option breaks one that stands there in a phrase of the trait table. A reason goes through the door for claims
(`tutor.engines.verify`), and cites a fact that bears on the need. The options' texts, and what would make a wrong one
right, are the pack's.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.cards import Card
from corpus.model_address import addresses_to_a_model
from corpus.questions import Option, Question
from corpus.scenarios import Contest
from corpus.sentences import sentence_spans
from tutor.answers import Claim
from tutor.engines.replies import DraftClaim, DraftOption, DraftScenario
from tutor.engines.verify import check
from tutor.evidence import Evidence
from tutor.knowledge import Knowledge
from tutor.requirements import Requirement
from tutor.scenarios.citing import sources_of
from tutor.scenarios.identity import question_id
from tutor.scenarios.needs import Need, breaks, meets

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
    NO_NEED = "states no need in words of the trait table"
    NEGATED = "negates a need"
    WRONG_KEY = "has a key that does not meet what the stem asks for"
    SEVERAL_RIGHT = "has another option that does not break what the stem asks for"
    REASON = "has a reason that its quotes do not bear out"
    OFF_POINT = "has a reason that does not bear on what the stem asks for"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a model was given to write from: the contest, its candidates and the passages under their labels."""

    contest: Contest
    candidates: Mapping[str, Card]
    evidence: Evidence
    passages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A need, and the words of the stem that state it: `to_the_letter` where they are a phrase of the trait table."""

    need: Need
    words: Requirement

    @property
    def to_the_letter(self) -> bool:
        return self.words.confidence >= 1


def proven(draft: DraftScenario | None, brief: Brief, known: Knowledge, rng: random.Random) -> Question | Fault:
    """The draft as a question, its options in an order drawn anew, or why it is thrown away."""
    if draft is None:
        return Fault.MALFORMED
    chosen = [brief.candidates.get(option.candidate) for option in draft.options]
    cards = [card for card in chosen if card is not None]
    keys = [card for card, option in zip(chosen, draft.options, strict=True) if option.correct and card]
    if len({card.id for card in cards}) != len(draft.options) or len(keys) != 1:
        return Fault.FORM
    stem = " ".join(draft.stem.split())
    read = _read(stem, cards, known)
    stated = [one for one in read if one.to_the_letter]
    fault = _fault_of_stem(stem, cards, known) or _fault_of_needs(stem, read, keys[0], cards, brief.contest)
    if fault is not None:
        return fault
    options = []
    for option, card in zip(draft.options, cards, strict=True):
        made = _option(option, card, stated, brief, known)
        if isinstance(made, Fault):
            return made
        options.append(made)
    rng.shuffle(options)
    first = stated[0]
    return Question(
        id=question_id(f"written-{brief.contest.id}", stem, options),
        origin="generated",
        task=keys[0].tasks[0],
        difficulty=2 if len(stated) == 1 else 3,
        stem=stem,
        requirement=first.words.text,
        trait=first.need.trait,
        value=first.need.value,
        options=tuple(options),
        sources=sources_of(known.pack, options),
    )


def _read(stem: str, cards: Sequence[Card], known: Knowledge) -> list[_Stated]:
    found = known.finder.find(stem, cards)
    return [
        _Stated(Need(need.trait, need.value), need)
        for need in found
        if need.trait and need.value and need.confidence >= CLEAR
    ]


def _fault_of_stem(stem: str, cards: Sequence[Card], known: Knowledge) -> Fault | None:
    if not stem or len(stem) > MAX_STEM or not stem.isprintable() or "?" not in stem[-2:]:
        return Fault.STEM
    if next(addresses_to_a_model(stem), None):
        return Fault.TO_A_MODEL
    named = {card.id for card in known.cards_named(stem)}
    return Fault.NAMES_OPTION if named & {card.id for card in cards} else None


def _fault_of_needs(
    stem: str, read: Sequence[_Stated], key: Card, cards: Sequence[Card], contest: Contest
) -> Fault | None:
    stated = [one for one in read if one.to_the_letter]
    if not stated:
        return Fault.NO_NEED
    if any(_is_negated(stem, one.words) for one in stated):
        return Fault.NEGATED
    if not all(meets(key, one.need) for one in read):
        return Fault.WRONG_KEY
    others = [card for card in cards if card.id != key.id]
    if not all(any(breaks(contest, card, one.need) for one in stated) for card in others):
        return Fault.SEVERAL_RIGHT
    return None


def _is_negated(stem: str, words: Requirement) -> bool:
    """Whether "not" or the like stands before the words in their sentence."""
    start = next(start for start, end in sentence_spans(stem) if start <= words.start < end)
    return _NEGATION.search(stem[start : words.start]) is not None


def _option(
    draft: DraftOption, card: Card, stated: Sequence[_Stated], brief: Brief, known: Knowledge
) -> Option | Fault:
    claim = check(DraftClaim(text=draft.rationale, citations=draft.citations), brief.evidence, brief.passages)
    if not isinstance(claim, Claim):
        return Fault.REASON
    deciding = [one for one in stated if draft.correct or breaks(brief.contest, card, one.need)]
    cited = [
        (fact, one)
        for one in deciding
        for fact in card.facts
        if one.need.trait in fact.supports and any(_holds(citation.quote, fact.text) for citation in claim.citations)
    ]
    if not cited:
        return Fault.OFF_POINT
    one = cited[0][1]
    asked = " and ".join(f"“{need.words.text}”" for need in (stated if draft.correct else [one]))
    meaning = "That meets the need" if draft.correct else "The scenario asks for something else"
    return Option(
        text=brief.contest.options[card.id],
        correct=draft.correct,
        card=card.id,
        trait=one.need.trait,
        cites=tuple(dict.fromkeys(f"{card.id}#{fact.id}" for fact, _ in cited)),
        rationale=f"{claim.text} {meaning}: {asked}.",
        right_if=None if draft.correct else _right_if(card, one.need, known),
    )


def _holds(quote: str, fact: str) -> bool:
    return fact in quote or quote in fact


def _right_if(card: Card, need: Need, known: Knowledge) -> str:
    trait = known.pack.traits.trait(need.trait)
    offered = trait.value(card.traits[need.trait][0]) if trait else None
    return f"Right if the scenario asked for '{offered.name if offered else need.trait}' instead."
