"""The engine that needs no model: it composes an answer from cards and from sentences that it quotes.

The same question to the same library gives the same answer, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.cards import Card, Contrast
from tutor.answers import Answer, Citation, Claim
from tutor.evidence import Evidence
from tutor.quotes import Quote, choose, quotes

NAME = "grounded"

THRESHOLD = 0.55
"""Below this probability that the evidence answers the question, the engine abstains."""

MAX_SENTENCES = 3
"""How many sentences answer; a contrast and what it turns on may take one more."""

NEAREST = 3

_LIST_MARKS = "-–•* "


class GroundedEngine:
    """Answers from evidence alone."""

    name = NAME

    def answer(self, evidence: Evidence) -> Answer:
        """A few cited statements, or none and the nearest sources where the evidence does not carry any."""
        if evidence.support < THRESHOLD:
            return _abstention(evidence)
        sentences = quotes(evidence)
        if contrast := next(_contrasts(evidence), None):
            chosen = _contrast_sentences(contrast, sentences)
        elif evidence.asked.asks_what_it_is:
            chosen = _summary_sentences(evidence.subjects[0], sentences)
        else:
            chosen = []
        chosen += choose(sentences, MAX_SENTENCES - len(chosen), [sentence.text for sentence in chosen])
        claims = tuple(_claim(evidence, sentence) for sentence in chosen)
        return Answer(evidence, NAME, claims) if claims else _abstention(evidence)

    def stream(self, evidence: Evidence) -> Iterator[Claim | Answer]:
        """The claims, then the answer."""
        answer = self.answer(evidence)
        yield from answer.claims
        yield answer


def _abstention(evidence: Evidence) -> Answer:
    nearest: dict[str, Citation] = {}
    for sentence in quotes(evidence):
        if len(nearest) < NEAREST:
            nearest.setdefault(sentence.chunk.source, Citation(evidence, sentence.chunk.id, sentence.text))
    return Answer(evidence, NAME, nearest=tuple(nearest.values()))


def _contrasts(evidence: Evidence) -> Iterator[tuple[Card, Card, Contrast]]:
    """The contrasts between things that the question names, in its order."""
    for card in evidence.subjects:
        for other in evidence.subjects:
            for contrast in card.contrasts:
                if contrast.with_ == other.id:
                    yield card, other, contrast


def _contrast_sentences(found: tuple[Card, Card, Contrast], sentences: list[Quote]) -> list[Quote]:
    """When to choose the one and when the other, then for each the fact on which the choice turns."""
    card, other, contrast = found
    wanted = [contrast.choose_this, contrast.choose_other]
    for side in (card, other):
        supporting = [fact.passage for fact in side.facts if contrast.trait in fact.supports]
        wanted += supporting[:1]
    by_text = {sentence.text: sentence for sentence in sentences}
    return [by_text[text] for text in wanted if text in by_text]


def _summary_sentences(card: Card, sentences: list[Quote]) -> list[Quote]:
    """What the card says its subject is, in the order it says it."""
    of_summary = [
        sentence for sentence in sentences if sentence.text in card.summary and card.id in sentence.chunk.tags.cards
    ]
    return sorted(of_summary, key=lambda sentence: card.summary.index(sentence.text))[:MAX_SENTENCES]


def _claim(evidence: Evidence, sentence: Quote) -> Claim:
    """The sentence as a claim, without the marks of a list or a table; the quote keeps them."""
    text = sentence.text.lstrip(_LIST_MARKS).replace(" | ", " – ")
    return Claim(text, (Citation(evidence, sentence.chunk.id, sentence.text),))
