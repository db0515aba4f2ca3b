"""What a scenario can ask for in a contest, and which cards meet it, break it, or leave it open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.cards import Card
from corpus.exam_pack import ExamPack
from corpus.scenarios import Contest

MOST_NEEDS = 3


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A trait and the value of it that a scenario asks for."""

    trait: str
    value: str


@dataclass(frozen=True, slots=True)
class Case:
    """Needs put to a contest: the cards that meet them all, and for each card that fails the needs it breaks."""

    contest: Contest
    needs: tuple[Need, ...]
    meeting: tuple[str, ...]
    failing: Mapping[str, tuple[Need, ...]]


def meets(card: Card, need: Need) -> bool:
    """Whether the card offers what is needed, and says by a fact that it does."""
    return need.value in card.traits.get(need.trait, ()) and _supports(card, need.trait)


def breaks(contest: Contest, card: Card, need: Need) -> bool:
    """Whether the card offers something else that does not serve.

    A card that says nothing of the trait breaks nothing: what is unknown proves nothing. Nor does one whose fact
    is missing, or whose offer also serves in this contest.
    """
    offers = card.traits.get(need.trait, ())
    serving = {need.value}
    for also in contest.compatible:
        if (also.trait, also.wanted) == (need.trait, need.value):
            serving.update(also.offers)
    return bool(offers) and serving.isdisjoint(offers) and _supports(card, need.trait)


def cases(pack: ExamPack, contest: Contest) -> Iterator[Case]:
    """Every set of one to three needs, each of another trait, that some card of the contest meets."""
    cards = [pack.cards_by_id[card] for card in contest.options]
    for count in range(1, MOST_NEEDS + 1):
        for traits in itertools.combinations(contest.traits, count):
            if set(traits) <= set(contest.supporting):
                continue
            offered = [sorted({value for card in cards for value in card.traits.get(trait, ())}) for trait in traits]
            for values in itertools.product(*offered):
                needs = tuple(Need(trait, value) for trait, value in zip(traits, values, strict=True))
                case = _case(contest, cards, needs)
                if case.meeting and len(case.failing) >= 3:
                    yield case


def _case(contest: Contest, cards: Sequence[Card], needs: tuple[Need, ...]) -> Case:
    meeting = tuple(
        card.id for card in cards if card.id not in contest.wrong_only and all(meets(card, need) for need in needs)
    )
    broken = {card.id: tuple(need for need in needs if breaks(contest, card, need)) for card in cards}
    return Case(contest, needs, meeting, {card: several for card, several in broken.items() if several})


def _supports(card: Card, trait: str) -> bool:
    return any(trait in fact.supports for fact in card.facts)
