"""A question's evidence: the passages that may support an answer, and how likely it is that they do."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.cards import Card
from corpus.chunks import Chunk
from corpus.exam_pack import ExamPack
from corpus.lexical_index import STOP_WORDS
from corpus.library import Hit, Library
from corpus.sentences import stem, stems, words
from tutor.names import CardNames

PASSAGES = 12
"""How many passages make up the evidence."""

SUBJECTS = 4
"""How many of the things that a question names are looked at."""

_EMPTY_STEMS = frozenset(stem(word) for word in STOP_WORDS)
_ASKING = frozenset(
    stem(word)
    for word in """best better choose chose compare compared comparison describe difference different differ differs
    explain example examples give happen happens instead know learn many mean means meaning much need needed please pick
    prefer recommend right select service tell versus vs way why work works""".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """Something the question asks about: satisfied by any of `forms`, each a set of stems that go together.

    `weight` is the inverse document frequency of its rarest stem: ln(1 + (N - n + 0.5) / (n + 0.5)), with n of
    N passages holding it (Robertson & Zaragoza 2009).
    """

    text: str
    weight: float
    forms: tuple[frozenset[str], ...]

    def is_in(self, found: frozenset[str]) -> bool:
        """Whether a text with these stems speaks of it."""
        return any(form <= found for form in self.forms)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the evidence. `coverage` is the share of the question's weight its words carry, 0..1."""

    chunk: Chunk
    score: float
    coverage: float
    cosine: float | None


@dataclass(frozen=True)
class Evidence:
    """What was found for one question.

    `subjects` are the cards the question names, in its order; `passages` come best first; `support` is the
    estimated probability that they answer the question.
    """

    question: str
    subjects: tuple[Card, ...]
    terms: tuple[Term, ...]
    passages: tuple[Passage, ...]
    support: float

    @cached_property
    def chunks(self) -> dict[str, Chunk]:
        """The passages' chunks under their ids: all that an answer to this question may cite."""
        return {passage.chunk.id: passage.chunk for passage in self.passages}

    @property
    def asks_what_it_is(self) -> bool:
        """Whether the question names one thing and asks about nothing besides."""
        return len(self.subjects) == 1 and len(self.terms) == 1

    @property
    def missing(self) -> tuple[str, ...]:
        """What the question asks about that no passage speaks of."""
        found = [frozenset(stems(p.chunk.embedding_text)) for p in self.passages]
        return tuple(term.text for term in self.terms if not any(term.is_in(stems_) for stems_ in found))

    def coverage(self, text: str) -> float:
        """The share of the question's weight that a text's words carry, 0..1."""
        return coverage(self.terms, text)


def find_evidence(question: str, library: Library, pack: ExamPack, names: CardNames) -> Evidence:
    """Search the library for a question, under the names it uses and the other names of the same things."""
    mentions = names.find(question)
    subjects = tuple({mention.card.id: mention.card for mention in mentions}.values())[:SUBJECTS]
    terms = _terms(question, [question[m.start : m.end] for m in mentions], [m.card for m in mentions], library)
    hits = library.search(question, PASSAGES, variants=[name for card in subjects for name in card.names])
    passages = [_passage(hit, terms) for hit in hits]
    passages += _of_subjects(subjects, terms, library, pack, {hit.chunk.id for hit in hits})
    return Evidence(question, subjects, terms, tuple(passages), support(passages, terms))


def coverage(terms: Iterable[Term], text: str) -> float:
    """The share of the terms' weight that a text's words carry, 0..1; 0 where there are no terms."""
    found = frozenset(stems(text))
    terms = tuple(terms)
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.is_in(found)) / total if total else 0.0


def support(passages: Iterable[Passage], terms: tuple[Term, ...]) -> float:
    """The probability that passages answer a question, from how much of it they cover and how near they are.

    A logistic function of the best single passage's coverage, the coverage of the best three together and,
    where the vectors spoke, the best cosine.
    """
    passages = list(passages)
    if not passages or not terms:
        return 0.0
    best = max(passage.coverage for passage in passages)
    top = sorted(passages, key=lambda passage: -passage.coverage)[:3]
    together = coverage(terms, " ".join(passage.chunk.embedding_text for passage in top))
    cosine = max((passage.cosine for passage in passages if passage.cosine is not None), default=None)
    odds = -6.0 + 6.0 * best + 3.0 * together + (0.0 if cosine is None else 6.0 * (cosine - 0.5))
    return 1.0 / (1.0 + math.exp(-odds))


def _terms(question: str, mentioned: list[str], cards: list[Card], library: Library) -> tuple[Term, ...]:
    rest = question
    terms: dict[str, Term] = {}
    for text, card in zip(mentioned, cards, strict=True):
        rest = rest.replace(text, " ")
        forms = tuple(frozenset(stems(name)) for name in (text, *card.names))
        terms[card.id] = Term(text, max(_weights(stems(text), library)), forms)
    content = [word for word in words(rest) if stem(word) not in _EMPTY_STEMS | _ASKING]
    for word in content:
        parts = [part for part in stems(word) if part not in _EMPTY_STEMS]
        if parts:
            terms.setdefault(" ".join(parts), Term(word, max(_weights(parts, library)), (frozenset(parts),)))
    return tuple(terms.values())


def _weights(parts: list[str], library: Library) -> list[float]:
    total = library.state().chunks
    return [math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in library.passages_with(parts).values()]


def _passage(hit: Hit, terms: tuple[Term, ...]) -> Passage:
    return Passage(hit.chunk, hit.score, coverage(terms, hit.chunk.embedding_text), hit.cosine)


def _of_subjects(
    subjects: tuple[Card, ...], terms: tuple[Term, ...], library: Library, pack: ExamPack, have: set[str]
) -> list[Passage]:
    """All passages of the cards that a question names: its own search may have missed the one that decides."""
    return [
        Passage(chunk, 0.0, coverage(terms, chunk.embedding_text), None)
        for card in subjects
        for chunk in library.chunks_of(pack.source_of_card(card.id))
        if chunk.id not in have
    ]
