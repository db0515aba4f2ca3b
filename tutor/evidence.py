"""A question's evidence: the passages that may support an answer, and how likely it is that they do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.card_names import CardNames, Mention
from corpus.cards import Card
from corpus.chunks import Chunk
from corpus.exam_pack import ExamPack
from corpus.lexical_index import STOP_WORDS
from corpus.library import Hit, Library
from corpus.sentences import stem, stems, words

PASSAGES = 12
"""How many passages make up the evidence."""

SUBJECTS = 4
"""How many of the things that a question names are looked at."""

_EMPTY_STEMS = frozenset(stem(word) for word in STOP_WORDS)
_ASKING = frozenset(
    stem(word)
    for word in """actually after again all also always another anything ask asked bad bug call called came come day
    days deal decide differ difference different done either else ever everything example explain fine first get getting
    give given go going good happen happened happens happening help idea instead job keep kind know last later learn
    let like look looking make many mean means meaning might mine more most much myself need needed never next nothing
    now number off ok old one ones only other out over own part per pick place please possible prefer problem put really
    reason recommend right said same say says second see set several since someone something start started still stop
    suit supposed sure take tell thing think time today together too tried trouble try turn two type under until up
    versus very vs wanted way week well whatever whether while without work works wrong year yet best better between
    choose chose compare compared comparison describe just select""".split()
)
"""Words of asking and of everyday speech: which thing a question is about does not depend on them."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something the question asks about: satisfied by any of `forms`, each a set of stems that go together.

    `weight` is the inverse document frequency of its rarest stem: ln(1 + (N - n + 0.5) / (n + 0.5)), with n of
    N passages holding it (Robertson & Zaragoza 2009). `is_unknown` says that none does.
    """

    text: str
    weight: float
    forms: tuple[frozenset[str], ...]
    is_unknown: bool = False

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
    terms = _terms(question, mentions, library)
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


def support(passages: Sequence[Passage], terms: tuple[Term, ...]) -> float:
    """The probability that passages answer a question whose terms are these, 0..1.

    A logistic function of what the three passages that cover most cover together, of whether the question asks
    about something that stands nowhere in the library, and, where the vectors spoke, of the best cosine. Its
    weights were fitted on the development half of evals/cases/ask.jsonl (scikit-learn's LogisticRegression, C = 10),
    once without and once with the cosine; `make evals` measures it on the other half.
    """
    best = sorted(passages, key=lambda passage: -passage.coverage)[:3]
    if not best or not terms:
        return 0.0
    together = coverage(terms, " ".join(passage.chunk.embedding_text for passage in best))
    unknown = any(term.is_unknown for term in terms)
    cosine = max((passage.cosine for passage in passages if passage.cosine is not None), default=None)
    if cosine is None:
        odds = -0.97 + 3.22 * together - 0.82 * unknown
    else:
        odds = -2.10 + 2.53 * together - 0.76 * unknown + 2.87 * cosine
    return 1.0 / (1.0 + math.exp(-odds))


def _terms(question: str, mentions: Sequence[Mention], library: Library) -> tuple[Term, ...]:
    """The things and the content words that a question asks about, each once."""
    terms: dict[str, Term] = {}
    rest = question
    for mention in reversed(mentions):
        name, card = question[mention.start : mention.end], mention.card
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
        forms = tuple(frozenset(stems(form)) for form in (name, *card.names))
        terms[card.id] = Term(name, _weight(stems(name), library), forms)
    for word in words(rest):
        parts = [part for part in stems(word) if part not in _EMPTY_STEMS]
        if parts and stem(word) not in _ASKING:
            unknown = not all(library.passages_with(parts).values())
            terms.setdefault(" ".join(parts), Term(word, _weight(parts, library), (frozenset(parts),), unknown))
    return tuple(terms.values())


def _weight(parts: list[str], library: Library) -> float:
    """The inverse document frequency of the rarest part."""
    total = library.state().chunks
    counts = library.passages_with(parts).values()
    return max(math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in counts)


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
