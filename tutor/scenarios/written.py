"""The door for a scenario question that a model writes: what the trait table does not prove goes no further.

The needs are read from the finished stem (tutor.scenarios.written_stem): exactly its key meets them all, and each other
option breaks one. A reason goes through the door for claims (`tutor.engines.verify`), and cites a fact that bears on
the need. The options' texts, and what would make a wrong one right, are the pack's.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.cards import Card
from corpus.questions import Option, Question
from corpus.scenarios import Contest
from tutor.answers import Claim
from tutor.engines.replies import DraftClaim, DraftOption, DraftScenario
from tutor.engines.verify import check
from tutor.evidence import Evidence
from tutor.knowledge import Knowledge
from tutor.scenarios.citing import sources_of
from tutor.scenarios.identity import question_id
from tutor.scenarios.needs import Need, breaks
from tutor.scenarios.written_stem import Fault, StatedNeed, fault_of, read_stem


@dataclass(frozen=True, slots=True)
class Brief:
    """What a model was given to write from: the contest, its candidates and the passages under their labels."""

    contest: Contest
    candidates: Mapping[str, Card]
    evidence: Evidence
    passages: Mapping[str, str]


def proven(draft: DraftScenario | None, brief: Brief, known: Knowledge, rng: random.Random) -> Question | Fault:
    """The draft as a question, its options in an order drawn anew, or why it is thrown away."""
    if draft is None:
        return Fault.MALFORMED
    chosen = [brief.candidates.get(option.candidate) for option in draft.options]
    cards = [card for card in chosen if card is not None]
    keys = [card for card, option in zip(chosen, draft.options, strict=True) if option.correct and card]
    if len({card.id for card in cards}) != len(draft.options) or len(keys) != 1:
        return Fault.FORM
    stem = read_stem(" ".join(draft.stem.split()), cards, known)
    fault = fault_of(stem, keys[0], [card for card in cards if card != keys[0]], brief.contest)
    if fault is not None:
        return fault
    stated = stem.deciding(brief.contest)
    options = []
    for option, card in zip(draft.options, cards, strict=True):
        made = _option(option, card, stated, brief, known)
        if isinstance(made, Fault):
            return made
        options.append(made)
    rng.shuffle(options)
    first = stated[0]
    return Question(
        id=question_id(f"written-{brief.contest.id}", stem.text, options),
        origin="generated",
        task=keys[0].tasks[0],
        difficulty=2 if len(stated) == 1 else 3,
        stem=stem.text,
        requirement=first.words.text,
        trait=first.need.trait,
        value=first.need.value,
        options=tuple(options),
        sources=sources_of(known.pack, options),
    )


def _option(
    draft: DraftOption, card: Card, stated: Sequence[StatedNeed], brief: Brief, known: Knowledge
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
