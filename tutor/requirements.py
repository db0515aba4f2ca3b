"""The requirements a question's stem states, each with the words that state it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.cards import Card, TraitTable
from corpus.sentences import Span, sentence_spans, stem

CUE_WEIGHT = 0.2
"""How much a cue ("must", "the least") lifts its sentence. This and the next two: chosen on half of a bank."""
ELSEWHERE = 0.5
"""What a word counts that stands in the stem, but not in the sentence."""
SHARPNESS = 6
"""Power of the scores before they become shares: the mean of the first confidence is then how often it is right."""
LEAST_CONFIDENCE = 0.1

_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"[,;:.?!()]+\s+|\s+(?:and|but|because|while|so that)\s+")
_CUES: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\b(?:wants?|wishes|insists?|asks?|expects?|would like|prefers?)\b", re.I), 3.0),
    (
        re.compile(
            r"\b(?:must|requires?|required|requirements?|has to|have to|needs? to|shall|may not|cannot)\b", re.I
        ),
        2.5,
    ),
    (re.compile(r"\b(?:least|lowest|fewest|cheapest|smallest)\b|\bmost\s+\w+ly\b|\bmost\s+\w+-effective\b", re.I), 2.0),
    (re.compile(r"\b(?:LEAST|MOST|LOWEST|HIGHEST|FEWEST|FASTEST|BEST)\b"), 3.0),
    (re.compile(r"\b(?:only|no|never|without|every|all|can)\b", re.I), 0.5),
    (re.compile(r"\b(?:that|whether|how|when|until)\b", re.I), 0.5),
    (re.compile(r"\d"), -0.5),
    (re.compile(r"\?\s*$"), -2.0),
)
"""What speaks for a sentence as the one that states a need, and by how much; chosen on half of a bank."""

Offer = tuple[str, str]
"""A trait and one of its values."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the stem asks for: `stem[start:end] == text`.

    `trait` and `value` are None where a need is stated that no trait covers. `confidence`, 0 to 1, is 1 where a
    phrase of the pack stands there word for word; else it is the share this reading has among all readings.
    """

    text: str
    trait: str | None
    value: str | None
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    stems: frozenset[str]
    cue: float


class RequirementFinder:
    """Reads stems by a pack's trait phrases, and by what its cards say of when to choose which."""

    def __init__(self, traits: TraitTable, cards: Sequence[Card] = ()) -> None:
        phrases = [
            (trait.id, value.id, text) for trait in traits.traits for value in trait.values for text in value.phrases
        ]
        self._literal = {(trait, value, text): tuple(_stem_list(text)) for trait, value, text in phrases}
        words: dict[Offer, set[str]] = defaultdict(set)
        for trait in traits.traits:
            for value in trait.values:
                words[trait.id, value.id] |= _stems(" ".join((value.name, *value.phrases)))
        for offer, text in _choices(cards):
            words[offer] |= _stems(text)
        self._weights = _weigh(words)

    def find(self, stem_text: str, competing: Sequence[Card] = ()) -> tuple[Requirement, ...]:
        """The requirements found, the surest first, one a trait and value.

        `competing` are the cards of the options, where they are known: then only what some of them offer and some
        do not is looked for, since that is what a question can turn on. Where nothing is found, the sentence that
        most looks like the statement of a need stands alone, without a trait; an empty stem has no requirement.
        """
        literal = {(found.trait, found.value): found for found in self._stated(stem_text)}
        read = [found for found in self._readings(stem_text, competing) if (found.trait, found.value) not in literal]
        ordered = sorted((*literal.values(), *read), key=lambda found: (-found.confidence, found.start))
        return tuple(ordered) or tuple(_needs(stem_text))

    def _stated(self, text: str) -> Iterator[Requirement]:
        """Phrases that stand there word for word, but for inflection."""
        tokens = list(_WORD.finditer(text))
        stems = [stem(token[0].lower()) for token in tokens]
        places: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(stems):
            places[word].append(index)
        for (trait, value, _), wanted in self._literal.items():
            for index in places[wanted[0]]:
                if tuple(stems[index : index + len(wanted)]) == wanted:
                    start, end = tokens[index].start(), tokens[index + len(wanted) - 1].end()
                    yield Requirement(text[start:end], trait, value, start, end, 1.0)

    def _readings(self, text: str, competing: Sequence[Card]) -> Iterator[Requirement]:
        """What the words speak for, though no phrase stands there."""
        sentences = [
            _Sentence(span, frozenset(_stems(text[slice(*span)])), _cue_score(text[slice(*span)]))
            for span in sentence_spans(text)
        ]
        offers = _telling(competing) if competing else self._weights
        scored = {
            offer: best
            for offer in offers
            if offer in self._weights and (best := _best_sentence(self._weights[offer], sentences)) is not None
        }
        whole = math.fsum(score**SHARPNESS for score, _ in scored.values())
        for (trait, value), (score, span) in scored.items():
            if score**SHARPNESS >= LEAST_CONFIDENCE * whole:
                start, end = _best_clause(self._weights[trait, value], text, span)
                yield Requirement(text[start:end], trait, value, start, end, score**SHARPNESS / whole)


def stating_sentence(stem_text: str) -> Span | None:
    """The (start, end) of the sentence that states what is needed, by its cues ("must", "the least"); None if empty.

    A scenario opens with its setting, so its first third is passed over. Of equals the later one counts.
    """
    spans = sentence_spans(stem_text)
    late = spans[len(spans) // 3 :]
    return max(late, key=lambda span: (_cue_score(stem_text[slice(*span)]), span), default=None)


def _cue_score(sentence: str) -> float:
    return sum(weight for pattern, weight in _CUES if pattern.search(sentence))


def _needs(stem_text: str) -> Iterator[Requirement]:
    span = stating_sentence(stem_text)
    if span is not None:
        yield Requirement(stem_text[slice(*span)], None, None, *span, confidence=0.0)


def _choices(cards: Sequence[Card]) -> Iterator[tuple[Offer, str]]:
    """When to choose which, of every contrast that turns on a trait: what the one offers and the other does not."""
    by_id = {card.id: card for card in cards}
    for card in cards:
        for contrast in card.contrasts:
            other, trait = by_id.get(contrast.with_), contrast.trait
            if other is None or trait is None:
                continue
            for this, that, text in ((card, other, contrast.choose_this), (other, card, contrast.choose_other)):
                for value in set(this.traits.get(trait, ())) - set(that.traits.get(trait, ())):
                    yield (trait, value), text.partition(" when ")[2] or text


def _weigh(words: Mapping[Offer, Collection[str]]) -> dict[Offer, dict[str, float]]:
    """Words by how few offers use them (inverse document frequency), each offer's at length 1 as a vector."""
    used = Counter(word for several in words.values() for word in several)
    rarity = {word: math.log(len(words) / count) for word, count in used.items()}
    weights: dict[Offer, dict[str, float]] = {}
    for offer, several in words.items():
        length = math.sqrt(math.fsum(rarity[word] ** 2 for word in several)) or 1.0
        weights[offer] = {word: rarity[word] / length for word in several}
    return weights


def _telling(cards: Sequence[Card]) -> Collection[Offer]:
    """What at least one of the cards offers and at least one lacks."""
    offered = Counter((trait, value) for card in cards for trait, values in card.traits.items() for value in values)
    return {offer for offer, count in offered.items() if count < len(cards)}


def _best_sentence(weights: Mapping[str, float], sentences: Sequence[_Sentence]) -> tuple[float, Span] | None:
    held = [math.fsum(sorted(weights[word] for word in s.stems & weights.keys())) for s in sentences]
    if not any(held):
        return None
    anywhere = frozenset().union(*(sentence.stems for sentence in sentences)) & weights.keys()
    common = ELSEWHERE * math.fsum(sorted(weights[word] for word in anywhere))
    scored = [
        (score * (1 + CUE_WEIGHT * sentence.cue) + common, sentence.span)
        for score, sentence in zip(held, sentences, strict=True)
        if score
    ]
    return max(scored)


def _best_clause(weights: Mapping[str, float], text: str, span: Span) -> Span:
    """The part between two marks or conjunctions that speaks for the offer most."""
    marks = [span[0]]
    ends: list[int] = []
    for mark in _CLAUSE.finditer(text, *span):
        ends.append(mark.start())
        marks.append(mark.end())
    clauses = [clause for clause in zip(marks, [*ends, span[1]], strict=True) if clause[0] < clause[1]]
    return max(
        clauses,
        key=lambda part: (math.fsum(sorted(weights.get(word, 0.0) for word in _stems(text[slice(*part)]))), part),
    )


def _stem_list(text: str) -> list[str]:
    return [stem(word.lower()) for word in _WORD.findall(text)]


def _stems(text: str) -> set[str]:
    return set(_stem_list(text))
