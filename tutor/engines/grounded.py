"""The engine that needs no model: it composes an answer from cards and from sentences that it quotes.

The same question to the same library gives the same answer, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.cards import EXAM_VIEW, Card, Contrast
from corpus.chunks import Chunk
from corpus.sentences import sentence_spans
from tutor.answers import Answer, Citation, Claim
from tutor.evidence import Evidence

NAME = "grounded"

THRESHOLD = 0.5
"""Below this probability that the evidence answers the question, the engine abstains."""

MAX_CLAIMS = 4
NEAREST = 3
LEAST_SHARE = 0.6
"""A further sentence must score at least this share of what the best one does."""

SUBJECT_BONUS = 0.4
"""What a sentence gains for standing on the card of a thing that the question names."""

SHORT, LONG = 20, 600
"""Characters: a shorter sentence is a label, a longer one a list run together."""

_LIST_MARKS = "-–•* "


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
            return _abstention(evidence)
        sentences = sorted(_sentences(evidence), key=lambda sentence: -sentence.score)
        if contrast := next(_contrasts(evidence), None):
            chosen = _contrast_sentences(contrast, sentences)
        elif evidence.asks_what_it_is:
            chosen = _summary_sentences(evidence.subjects[0], sentences)
        else:
            chosen = []
        chosen += _best_sentences(sentences, {sentence.chunk.id for sentence in chosen}, MAX_CLAIMS - len(chosen))
        claims = tuple(_claim(evidence, sentence) for sentence in chosen)
        return Answer(evidence, NAME, claims) if claims else _abstention(evidence)

    def stream(self, evidence: Evidence) -> Iterator[Claim | Answer]:
        """The claims, then the answer."""
        answer = self.answer(evidence)
        yield from answer.claims
        yield answer


def _abstention(evidence: Evidence) -> Answer:
    nearest: dict[str, Citation] = {}
    for sentence in sorted(_sentences(evidence), key=lambda sentence: -sentence.score):
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


def _contrast_sentences(found: tuple[Card, Card, Contrast], sentences: list[_Sentence]) -> list[_Sentence]:
    """When to choose the one and when the other, then for each the fact on which the choice turns."""
    card, other, contrast = found
    wanted = [contrast.choose_this, contrast.choose_other]
    for side in (card, other):
        supporting = [fact.passage for fact in side.facts if contrast.trait in fact.supports]
        wanted += supporting[:1]
    by_text = {sentence.text: sentence for sentence in sentences}
    return [by_text[text] for text in wanted if text in by_text]


def _summary_sentences(card: Card, sentences: list[_Sentence]) -> list[_Sentence]:
    """What the card says its subject is, in the order it says it."""
    of_summary = [
        sentence for sentence in sentences if sentence.text in card.summary and card.id in sentence.chunk.tags.cards
    ]
    return sorted(of_summary, key=lambda sentence: card.summary.index(sentence.text))[: MAX_CLAIMS - 1]


def _best_sentences(sentences: list[_Sentence], said: set[str], room: int) -> list[_Sentence]:
    """The sentences that carry most of the question, best first: each said once, from a passage of its own."""
    chosen: dict[str, _Sentence] = {}
    for sentence in sentences:
        if len(chosen) >= room or sentence.score < sentences[0].score * LEAST_SHARE:
            break
        if sentence.chunk.id not in said and sentence.text not in chosen:
            said.add(sentence.chunk.id)
            chosen[sentence.text] = sentence
    return list(chosen.values())


def _claim(evidence: Evidence, sentence: _Sentence) -> Claim:
    """The sentence as a claim, without the marks of a list or a table; the quote keeps them."""
    text = sentence.text.lstrip(_LIST_MARKS).replace(" | ", " – ")
    return Claim(text, (Citation(evidence, sentence.chunk.id, sentence.text),))


def _quotable(text: str) -> Iterator[str]:
    """The sentences of a passage; what the exam held true stays with the fact it stands behind."""
    for start, end in sentence_spans(text):
        if not text.startswith(EXAM_VIEW, start):
            yield text[start:] if text[end:].lstrip().startswith(EXAM_VIEW) else text[start:end]


def _sentences(evidence: Evidence) -> Iterator[_Sentence]:
    """Every quotable sentence of the evidence with its score.

    A sentence scores what it covers of the question, half of what its passage covers (a sentence stands in
    its context), its passage's place in the ranking, and a bonus on the card of a thing that is named.
    """
    named = {card.id for card in evidence.subjects}
    for rank, passage in enumerate(evidence.passages):
        bonus = SUBJECT_BONUS if named.intersection(passage.chunk.tags.cards) else 0.0
        for text in _quotable(passage.chunk.text):
            if SHORT <= len(text) <= LONG and not text.endswith((":", "?")):
                # Every exam view speaks of "the exam": what is said of today decides how well a fact fits.
                today = text.partition(EXAM_VIEW)[0]
                around = passage.coverage if today == text else evidence.coverage(f"{passage.chunk.context} {today}")
                score = evidence.coverage(today) + 0.5 * around + 0.3 / (1 + rank) + bonus
                yield _Sentence(passage.chunk, text, score)
