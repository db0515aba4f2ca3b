"""The questions that the empty page proposes, made from the pack."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from corpus.cards import Card
from corpus.exam_pack import ExamPack

EXAMPLES = 4


def example_questions(pack: ExamPack) -> list[str]:
    """Four questions that the pack can answer: how to choose between two cards of each domain, where it has them."""
    return list(islice(dict.fromkeys(_questions(pack)), EXAMPLES))


def _questions(pack: ExamPack) -> Iterator[str]:
    leading = [card for domain in pack.exam.domains for card in _choices(pack, domain.id)[:1]]
    others = [card for domain in pack.exam.domains for card in _choices(pack, domain.id)[1:]]
    for card in (*leading, *others):
        yield f"When should I use {card.name} instead of {pack.cards_by_id[card.contrasts[0].with_].name}?"
    yield from (f"What is {card.name}?" for card in pack.cards)
    yield f"How many questions does the {pack.exam.code} exam have?"
    for domain in pack.exam.domains:
        yield f"How much of the exam is {domain.title}?"


def _choices(pack: ExamPack, domain_id: str) -> list[Card]:
    """The domain's cards that say how to choose between them and another, those with the most choices first."""
    cards, seen = [], set()
    for card in sorted(pack.cards, key=lambda card: -len(card.contrasts)):
        domain = pack.exam.domain_of(card.tasks[0])
        if domain is None or domain.id != domain_id or not card.contrasts:
            continue
        pair = frozenset((card.id, card.contrasts[0].with_))
        if pair not in seen:
            seen.add(pair)
            cards.append(card)
    return cards
