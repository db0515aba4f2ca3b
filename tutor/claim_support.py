"""How far quotes support a claim: whether they say it, judged by words, with no model.

Four things are compared. **Numbers**: each in the claim stands in the quotes, with the same unit. **Names**: each
proper name, acronym, identifier and option letter of the claim stands in the quotes, under one of its names.
**Turns**: words that alone turn a statement round (not, only, more, before, at most …) stand in both or neither,
and a claim that rests on one keeps the order in which the quotes put its words, so that "B before A" is not taken
for "A before B". **Score**: the share, 0..1, of the claim's other words that the quotes hold, by their stems.

What it cannot see: a synonym counts as a word that is not there, so a free paraphrase is refused though it is
true; and a claim that puts the quotes' own words together to mean something else, without a number, a name or a
turn, passes. Both are the price of a judge that costs nothing and always judges alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.lexical_index import STOP_WORDS
from corpus.sentences import sentence_spans, stem, stems
from tutor.quantities import Quantity, quantities

_TOKEN = re.compile(r"[^\W_]\w*(?:[-.:/@'’+]+\w+)*")
_TURNS = {
    "NOT": "not no never none neither nor without cannot nothing lack lacks",
    "ONLY": "only solely exclusively alone",
    "ALL": "all every always each any whatever",
    "MORE": "more greater higher above larger longer exceeds",
    "LESS": "less fewer lower below smaller shorter",
    "MOST": "most maximum highest largest longest",
    "LEAST": "least minimum lowest smallest shortest",
    "RISE": "increase increases increased increasing raise raises raised rise rises rising grow grows growing",
    "FALL": "decrease decreases decreased decreasing reduce reduces reduced fall falls falling drop drops shrinks",
    "BEFORE": "before earlier precedes",
    "AFTER": "after later follows",
    "MUST": "must requires required mandatory",
    "FAST": "faster quicker fastest",
    "SLOW": "slower slowest",
    "CHEAP": "cheaper cheapest",
    "DEAR": "expensive costlier dearer",
    "HALF": "half halves",
    "DOUBLE": "twice double doubles",
    "THAN": "than",
    "INSTEAD": "instead rather",
}
_TURN_OF = {word: turn for turn, words in _TURNS.items() for word in words.split()}
_LIGHT = """allow allows also answer because both called choose either example give gives help helps include includes
    let lets make makes mean means named offer offers option provide provides since so such therefore thus type use uses
    way when where whereas which while work works""".split()
_EMPTY = frozenset(stem(word) for word in (*STOP_WORDS, *_LIGHT))
"""Words that carry a statement's form and not what it states; turns are looked for before them."""


@dataclass(frozen=True, slots=True)
class Support:
    """How far a claim is supported. `numbers` and `names` are those the quotes do not hold.

    `turned` says that the claim turns round what the quotes say; `score` is the share, 0..1, of its content
    words that they hold: of the sentence that fares worst, where it has several.
    """

    numbers: tuple[str, ...]
    names: tuple[str, ...]
    turned: bool
    score: float


def support_of(claim: str, quotes: Sequence[str], aliases: Iterable[Sequence[str]] = ()) -> Support:
    """Compare a claim with its quotes; `aliases` are groups of names for one and the same thing."""
    said = list(quotes)
    for group in aliases:
        if any(_phrase_in(name, quotes) for name in group):
            said += group
    found = {_plain(token) for text in said for token in _tokens(text)}
    names = tuple(name for name in _names(claim) if not _held(name, found))
    held = [quantity for quote in quotes for quantity in quantities(quote)]
    numbers = tuple(q.text for q in quantities(claim) if not any(_same(q, other) for other in held))
    words = {word for text in said for part in (text, _without_quantities(text)) for word in _sequence(part)}
    score = min((_share(claim[start:end], words) for start, end in sentence_spans(claim)), default=0.0)
    return Support(numbers, names, _is_turned(claim, quotes), score)


def turns(text: str) -> frozenset[str]:
    """The turning words of a text, by their groups' names ("NOT", "MORE", "BEFORE", …)."""
    return frozenset(_sequence(text)) & _TURNS.keys()


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _plain(token: str) -> str:
    """A name as it is compared: small letters, no possessive, no plural."""
    token = token.casefold().replace("’", "'").removesuffix("'s")
    return token[:-1] if len(token) > 3 and token.endswith("s") else token


def _held(name: str, found: set[str]) -> bool:
    return _plain(name) in found or ("-" in name and all(_plain(part) in found for part in name.split("-")))


def _phrase_in(name: str, quotes: Sequence[str]) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}s?(?!\w)", re.IGNORECASE)
    return any(pattern.search(quote) for quote in quotes)


def _names(claim: str) -> Iterator[str]:
    """The names in a claim: words with a capital, unless it only opens a sentence, and words no language has."""
    opening = {start for start, _ in sentence_spans(claim)}
    for match in _TOKEN.finditer(claim):
        token = match[0]
        odd = any(c.isupper() for c in token[1:]) or any(c in "_:/@+" for c in token)
        mixed = any(c.isdigit() for c in token) and any(c.isalpha() for c in token) and not token[0].isdigit()
        if odd or mixed or (token[0].isupper() and match.start() not in opening):
            yield token


def _same(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and (one.unit is None or one.unit == other.unit)


def _share(sentence: str, words: set[str]) -> float:
    """The share of a sentence's content words that are found; quantities and turns are judged on their own."""
    rest = _without_quantities(sentence)
    content = set(_sequence(rest)) - _TURNS.keys()
    if not content:
        return 1.0 if rest != sentence else 0.0
    return sum(word in words for word in content) / len(content)


def _without_quantities(text: str) -> str:
    for quantity in reversed(quantities(text)):
        text = text[: quantity.start] + text[quantity.end :]
    return text


def _is_turned(claim: str, quotes: Sequence[str]) -> bool:
    """Whether a turning word stands in the claim alone, a negation in the quotes alone, or the order is another."""
    said, quoted = _sequence(claim), [_sequence(quote) for quote in quotes]
    turns = set(said) & _TURNS.keys()
    if not turns <= {word for sequence in quoted for word in sequence}:
        return True
    if "NOT" not in turns and all("NOT" in sequence for sequence in quoted):
        return True
    together = [word for sequence in quoted for word in sequence]
    both_ways = any(turn in together for turn in ("NOT", "RISE", "FALL", "MORE", "LESS"))
    if not turns and not both_ways:
        return False
    shared = [word for word in said if word in together]
    return _common(shared, together) < len(shared)


def _sequence(text: str) -> list[str]:
    """A text's words in order: a turn by its group's name in capitals, any other content word by its stem."""
    sequence: list[str] = []
    for token in _tokens(text):
        word = token.casefold().replace("’", "'")
        if turn := "NOT" if word.endswith("n't") else _TURN_OF.get(word):
            sequence.append(turn)
        else:
            sequence += [part for part in stems(token) if part not in _EMPTY]
    return sequence


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for word in one:
        last = row
        row = [0]
        for index, against in enumerate(other):
            row.append(last[index] + 1 if word == against else max(last[index + 1], row[index]))
    return row[-1]
