"""How likely each option of a question without a key is right, by what it offers and what the library says."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cards import Card
from corpus.hits import Hit
from corpus.library import Library
from corpus.sentences import sentence_spans, stems
from tutor.card_citations import choose_when
from tutor.question import Question
from tutor.requirements import Requirement, stating_sentence

WEIGHTS = {"met": 0.95, "broken": -1.83, "coverage": 1.11, "contrast": 0.91, "found": 2.95}
"""Of a conditional logit (McFadden 1974), fitted to the single-choice questions of the bank's `tuning` half
(`evals.requirements.half_of`), without their keys, rationales and cards: only stems and options' words were read."""

BY_EVIDENCE_ALONE = 0.5
"""The scores' factor where an option names no card, or two name the same: then only passages tell them apart."""

HITS = 10
_EXCEPTION = re.compile(
    r"\bNOT\b|\b(?:except|incorrect|false|untrue|least\s+(?:likely|suitable|appropriate)|unreasonable|inappropriate)\b"
    r"|\b(?:is|are|does|do|would|should|can)\s+not\b[^.?]*\?",
    re.I,
)
_COLLECTIVE = re.compile(
    r"\b(?i:all|none|any|both|neither)\s+(?i:of\s+the\s+(?:above|others?|options))\b"
    r"|\b(?:I{1,3}|IV|V)\b\s*(?:,|and|only)\s"
)
"""Options that stand for others; so do "I and III only" and the like."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option as it is judged: the cards it names, its features, and what a search for it found."""

    cards: tuple[Card, ...]
    features: dict[str, float]
    hits: tuple[Hit, ...]


def asks_for_exception(stem: str) -> bool:
    """Whether the question at the stem's end asks for what does not hold."""
    spans = sentence_spans(stem)
    return bool(spans) and _EXCEPTION.search(stem[slice(*spans[-1])]) is not None


def is_open_to_ranking(texts: Sequence[str]) -> bool:
    """Whether options stand for themselves and have words: no "all of the above", no bare figures."""
    return not any(_COLLECTIVE.search(text) for text in texts) and all(
        sum(character.isalpha() for character in text) > 3 for text in texts
    )


def candidates(
    asked: Question,
    requirements: Sequence[Requirement],
    texts: Sequence[str],
    cards: Sequence[tuple[Card, ...]],
    library: Library,
) -> tuple[Candidate, ...]:
    """Every option with its features, each 0 where it names no card but `found`.

    - met, broken: the confidence of the requirements that its cards' traits meet, or speak of and do not meet
    - coverage: the share of the stem's weight that its cards' passages carry
    - contrast: by how much the stem speaks for choosing it rather than the others, by the pack's contrasts
    - found: BM25 of the best passage for the question with the option, over the best of all options
    """
    found = [tuple(library.search(f"{_core(asked.text)} {text}", HITS)) for text in texts]
    bm25 = [max((hit.bm25 or 0.0 for hit in hits), default=0.0) for hits in found]
    best = max(bm25, default=0.0) or 1.0
    everyone = tuple({card.id: card for several in cards for card in several}.values())
    return tuple(
        Candidate(
            mine,
            {
                "met": sum(need.confidence for need in requirements if meets(mine, need)),
                "broken": sum(need.confidence for need in requirements if meets(mine, need) is False),
                "coverage": max((asked.coverage(_stems_of(card)) for card in mine), default=0.0),
                "contrast": sum(_contrast(asked, card, everyone) for card in mine),
                "found": score / best,
            },
            hits,
        )
        for mine, score, hits in zip(cards, bm25, found, strict=True)
    )


def meets(cards: Sequence[Card], need: Requirement) -> bool | None:
    """Whether one of the cards offers what is asked for; None where none of them speaks of it."""
    if need.trait is None or not any(need.trait in card.traits for card in cards):
        return None
    return any(need.value in card.traits.get(need.trait, ()) for card in cards)


def probabilities(options: Sequence[Candidate], select: int) -> tuple[float, ...]:
    """For each option the probability that it is one of the `select` right ones; they add up to `select`.

    A set of options is as likely as the exponentials of its scores, multiplied; for one option that is the softmax.
    """
    apart = all(option.cards for option in options) and len({_names(option) for option in options}) == len(options)
    sure = 1.0 if apart else BY_EVIDENCE_ALONE
    scores = [sure * sum(weight * option.features[name] for name, weight in WEIGHTS.items()) for option in options]
    highest = max(scores)
    odds = [math.exp(score - highest) for score in scores]
    chosen = [0.0] * len(odds)
    for several in itertools.combinations(range(len(odds)), select):
        likely = math.prod(odds[index] for index in several)
        for index in several:
            chosen[index] += likely
    whole = math.fsum(chosen) / select
    return tuple(likely / whole for likely in chosen)


def _names(option: Candidate) -> frozenset[str]:
    return frozenset(card.id for card in option.cards)


def _core(stem: str) -> str:
    """The sentence that states the need, and the question at the end."""
    spans = sentence_spans(stem)
    stating = stating_sentence(stem)
    wanted = {spans[-1], stating} if spans and stating else set(spans)
    return " ".join(stem[slice(*span)] for span in spans if span in wanted)


def _stems_of(card: Card) -> frozenset[str]:
    """The stems of all that a card says."""
    contrasts = (f"{contrast.choose_this} {contrast.choose_other}" for contrast in card.contrasts)
    return frozenset(stems(" ".join((*card.names, card.summary, *(fact.passage for fact in card.facts), *contrasts))))


def _contrast(asked: Question, card: Card, everyone: Sequence[Card]) -> float:
    total = 0.0
    for other in everyone:
        this, that = choose_when(card, other), choose_when(other, card)
        if other.id != card.id and this and that:
            total += asked.coverage(_condition_stems(this)) - asked.coverage(_condition_stems(that))
    return total


def _condition_stems(sentence: str) -> frozenset[str]:
    return frozenset(stems(sentence.partition(" when ")[2] or sentence))
