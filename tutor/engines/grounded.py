"""The engine that needs no model: it composes an answer from cards and from sentences that it quotes.

The same question to the same library gives the same answer, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.cards import Card, Contrast
from corpus.chunks import Chunk
from corpus.sentences import sentence_spans
from tutor.answers import Answer, Citation, Claim
from tutor.evidence import Evidence

NAME = "grounded"

THRESHOLD = 0.5
"""Below this probability that the evidence answers the question, the engine abstains."""

MAX_CLAIMS = 4
NEAREST = 3
LEAST_SHARE = 0.5
"""A further sentence must carry at least this share of what the best one does."""

SHORT, LONG = 20, 600
"""Characters: a shorter sentence is a label, a longer one a list run together."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    chunk: Chunk
    text: str
    score: float


class GroundedEngine:
    """Answers from evidence alone."""

    name = NAME

    def answer(self, evidence: Evidence) -> Answer:
        """A few cited statements, or none and the nearest sources where the evidence does not carry any."""
        if evidence.support < THRESHOLD:
            return self._abstain(evidence)
        claims = list(_contrast_claims(evidence))
        said = {citation.chunk_id for claim in claims for citation in claim.citations}
        claims += _sentence_claims(evidence, said, MAX_CLAIMS - len(claims))
        return Answer(evidence, NAME, tuple(claims)) if claims else self._abstain(evidence)

    def _abstain(self, evidence: Evidence) -> Answer:
        best = sorted(_sentences(evidence), key=lambda sentence: -sentence.score)
        nearest: dict[str, Citation] = {}
        for sentence in best:
            nearest.setdefault(sentence.chunk.source, Citation(evidence, sentence.chunk.id, sentence.text))
        return Answer(evidence, NAME, nearest=tuple(nearest.values())[:NEAREST])


def _contrast_claims(evidence: Evidence) -> Iterator[Claim]:
    """How to choose between the things the question names, where a card says so."""
    for card, other, contrast in _contrasts(evidence.subjects):
        heading = f"{card.name} or {other.name}"
        for chunk in evidence.chunks.values():
            if card.id in chunk.tags.cards and chunk.location.heading == (heading,):
                for line in (contrast.choose_this, contrast.choose_other):
                    yield Claim(line, (Citation(evidence, chunk.id, line),))
                return


def _contrasts(subjects: tuple[Card, ...]) -> Iterator[tuple[Card, Card, Contrast]]:
    for card in subjects:
        for other in subjects:
            for contrast in card.contrasts:
                if contrast.with_ == other.id:
                    yield card, other, contrast


def _sentence_claims(evidence: Evidence, said: set[str], room: int) -> list[Claim]:
    """The sentences that carry most of the question, each from a passage of its own, best first."""
    claims: list[Claim] = []
    best = 0.0
    for sentence in sorted(_sentences(evidence), key=lambda sentence: -sentence.score):
        best = best or sentence.score
        if len(claims) >= room or sentence.score < best * LEAST_SHARE:
            break
        if sentence.chunk.id in said:
            continue
        said.add(sentence.chunk.id)
        claims.append(Claim(sentence.text, (Citation(evidence, sentence.chunk.id, sentence.text),)))
    return claims


def _sentences(evidence: Evidence) -> Iterable[_Sentence]:
    """Every quotable sentence of the evidence with its score.

    A sentence scores what it covers of the question, half of what its passage covers (a sentence stands in
    its context), and its passage's place in the ranking.
    """
    for rank, passage in enumerate(evidence.passages):
        for start, end in sentence_spans(passage.chunk.text):
            text = passage.chunk.text[start:end]
            if SHORT <= len(text) <= LONG and not text.endswith((":", "?")):
                own = evidence.coverage(text)
                yield _Sentence(passage.chunk, text, own + 0.5 * passage.coverage + 0.3 / (1 + rank))
