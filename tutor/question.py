"""What a question asks: the things it names, the words that count, the names and spellings they also go by."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from corpus.card_names import CardNames, Mention
from corpus.cards import Card
from corpus.lexical_index import STOP_WORDS
from corpus.library import Library
from corpus.sentences import stem, stems, words
from tutor.spelling import LEAST, respelled, slips, words_to_check

SUBJECTS = 4
"""How many of the things that a question names are looked at."""

_EMPTY_STEMS = frozenset(stem(word) for word in STOP_WORDS)
_ASKING_WORDS = """actually after again all also always another anything ask asked bad bug call called came come day
    days deal decide differ difference different done either else ever everything example explain fine first get getting
    give given go going good happen happened happens happening help idea instead job keep kind know last later learn
    let like look looking make many mean means meaning might mine more most much myself need needed never next nothing
    now number off ok old one ones only other out over own part per pick place please possible prefer problem put really
    reason recommend right said same say says second see set several since someone something start started still stop
    suit supposed sure take tell thing think time today together too tried trouble try turn two type under until up
    versus very vs wanted way week well whatever whether while without work works wrong year yet best better between
    choose chose compare compared comparison describe just select""".split()
"""Words of asking and of everyday speech: which thing a question is about does not depend on them."""
_ASKING = frozenset(stem(word) for word in _ASKING_WORDS)
_EVERYDAY = frozenset(word for word in (*STOP_WORDS, *_ASKING_WORDS) if len(word) >= LEAST)

_WANTS_NUMBER = re.compile(
    r"\bhow (?:many|much|long|large|big|often|far|old|soon|fast|high|low|wide)\b"
    r"|\b(?:max|maximum|min|minimum|limit|quota|size|number|default|percentage|latency|version|timeout|ratio)\b",
    re.I,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FIGURE_UNIT = re.compile(r"(?<=\d)(?=[A-Za-z])")


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
    is_subject: bool = False

    def is_in(self, found: frozenset[str]) -> bool:
        """Whether a text with these stems speaks of it."""
        return any(form <= found for form in self.forms)


@dataclass(frozen=True)
class Question:
    """A question as it is looked for.

    `subjects` are the cards it names, in its order; `terms` what it asks about, the subjects among them. `spelled` is
    the text without slips of the keyboard, where it has some.
    """

    text: str
    subjects: tuple[Card, ...]
    terms: tuple[Term, ...]
    spelled: str = ""

    @property
    def sought(self) -> str:
        """The text that is looked for."""
        return self.spelled or self.text

    @cached_property
    def weight(self) -> float:
        """The weight of all terms."""
        return sum(term.weight for term in self.terms)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Stems of content words that stand side by side."""
        content = [part for part in stems(self.sought) if part not in _EMPTY_STEMS and part not in _ASKING]
        return frozenset(pairwise(content))

    def pairs_within(self, texts: Iterable[frozenset[str]]) -> float:
        """The share of `pairs` of which one of these texts, each as its stems, holds both; 0 where there are none."""
        if not self.pairs:
            return 0.0
        held = list(texts)
        return sum(any(words.issuperset(pair) for words in held) for pair in self.pairs) / len(self.pairs)

    @property
    def wants_number(self) -> bool:
        """Whether the answer is likely to be a figure."""
        return _WANTS_NUMBER.search(self.sought) is not None

    @property
    def asks_what_it_is(self) -> bool:
        """Whether it names one thing and asks about nothing besides."""
        return len(self.subjects) == 1 and len(self.terms) == 1

    @cached_property
    def stems(self) -> frozenset[str]:
        """All stems that any form of a term has."""
        return frozenset[str]().union(*(form for term in self.terms for form in term.forms))

    def coverage(self, found: frozenset[str]) -> float:
        """The share of the terms' weight that a text with these stems carries, 0..1; 0 where there are no terms."""
        if self.stems.isdisjoint(found):
            return 0.0
        return sum(term.weight for term in self.terms if term.is_in(found)) / self.weight

    @property
    def variants(self) -> tuple[str, ...]:
        """Other names of what it names, and other spellings of its words, to be searched for as well."""
        said = frozenset(stems(self.sought))
        names = [name for card in self.subjects for name in card.names if not said.issuperset(stems(name))]
        return (
            *names,
            *(" ".join(sorted(form)) for term in self.terms if not term.is_subject for form in term.forms[1:]),
        )


def read_question(text: str, library: Library, names: CardNames) -> Question:
    """A question's subjects and terms, weighed by how rare they are in the library."""
    spelled = _spelled(text, library, names)
    spelled = _spelled_out(spelled, names.find(spelled))
    mentions = names.find(spelled)
    subjects = tuple({mention.card.id: mention.card for mention in mentions}.values())[:SUBJECTS]
    return Question(text, subjects, _terms(spelled, mentions, library), spelled)


def _spelled(text: str, library: Library, names: CardNames) -> str:
    """The text with everyday words and words of names for those that the library does not know, one slip away."""
    typed = words_to_check(text)
    known = library.passages_with([stem(word) for word in typed])
    unknown = [word for word in typed if not known[stem(word)] and word not in _EVERYDAY]
    return respelled(text, slips(unknown, _EVERYDAY | names.words))


def _spelled_out(text: str, mentions: Sequence[Mention]) -> str:
    """The text with the full name for one of which only the initials are given: they mean nothing by themselves."""
    for mention in reversed(mentions):
        said = text[mention.start : mention.end]
        if full := next((name for name in mention.card.names if _abbreviates(said, name)), ""):
            text = f"{text[: mention.start]}{full}{text[mention.end :]}"
    return text


def _abbreviates(said: str, name: str) -> bool:
    """Whether a text is the initials of a name's last words; "KDS" of "Amazon Kinesis Data Streams"."""
    initials = "".join(word[0] for word in words(name) if word not in STOP_WORDS)
    return len(said) > 1 and " " in name and initials.endswith(said.lower()) and said.lower() not in words(name)


def _terms(text: str, mentions: Sequence[Mention], library: Library) -> tuple[Term, ...]:
    """The things and the content words that a question asks about, each once."""
    named: dict[str, tuple[str, Card]] = {}
    rest = text
    for mention in reversed(mentions):
        named[mention.card.id] = (text[mention.start : mention.end], mention.card)
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    plain: dict[str, tuple[str, tuple[str, ...]]] = {}
    for word in words(rest):
        parts = tuple(part for part in stems(word) if part not in _EMPTY_STEMS)
        if parts and stem(word) not in _ASKING:
            plain.setdefault(" ".join(parts), (word, parts))
    wanted = {part for name, _ in named.values() for part in stems(name)} | {p for _, ps in plain.values() for p in ps}
    total, counts = library.passages(), library.passages_with(sorted(wanted))
    found = []
    for name, card in named.values():
        forms = tuple(frozenset(stems(form)) for form in (name, *card.names))
        found.append(Term(name, _weight(stems(name), counts, total), forms, is_subject=True))
    for word, parts in plain.values():
        written = library.similar_stems([part for part in parts if not counts[part]])
        meant = tuple(written.get(part, part) for part in parts)
        known = {**counts, **library.passages_with(list(written.values()))}
        forms = tuple(dict.fromkeys((frozenset(parts), frozenset(meant), *_taken_apart(word, rest))))
        unknown = not any(all(known.get(part) for part in form) for form in forms)
        found.append(Term(word, _weight(meant, known, total), forms, unknown))
    return tuple(found)


def _weight(parts: Iterable[str], counts: Mapping[str, int], total: int) -> float:
    """The inverse document frequency of the rarest part."""
    return max(math.log(1 + (total - counts[part] + 0.5) / (counts[part] + 0.5)) for part in parts)


def _taken_apart(word: str, text: str) -> Iterator[frozenset[str]]:
    """The stems inside a name in camel case ("CreateTrainingJob") or of a figure with its unit ("5MB")."""
    written = re.search(re.escape(word), text, re.I)
    spaced = _FIGURE_UNIT.sub(" ", _CAMEL.sub(" ", written[0])) if written else word
    if " " in spaced:
        yield frozenset(stems(spaced))
