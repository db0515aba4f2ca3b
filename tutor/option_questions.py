"""What a learner asks about the last question's options: "Why is B wrong?", "why not the second one", "I chose C"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.lexical_index import STOP_WORDS
from corpus.sentences import stem, stems

Asked = Literal["why wrong", "why right", "chosen", "ever right", "verdict"]

_KINDS: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    (
        "ever right",
        re.compile(
            r"\bever\b|\bwhen\s+(?:would|could|might|is|will|should|do|to)\b|\bright\s+if\b|\bwould\s+have\s+to\b"
            r"|\b(?:under|in)\s+(?:what|which)\s+(?:circumstances|case|situation)|\bwhat\s+would\s+make\b",
            re.I,
        ),
    ),
    (
        "chosen",
        re.compile(
            r"\b(?:i|i've|i\s+have)\s+(?:chose|chosen|picked|selected|answered|said|took|went\s+(?:with|for)|put)\b"
            r"|\bi(?:'d|\s+would)\s+(?:choose|pick|say|go\s+(?:with|for))\b|\bmy\s+(?:answer|choice)\b|\bi\s+think\s+it",
            re.I,
        ),
    ),
    (
        "why wrong",
        re.compile(
            r"\bwrong\b|\bincorrect\b|\bwhy\s+(?:not|isn't|can't|wouldn't|aren't|couldn't)\b|\bnot\s+(?:right|correct)"
            r"|\brule[sd]?\s+out\b|\bwhat\s+about\b|\bhow\s+about\b|\bdoesn't\b",
            re.I,
        ),
    ),
    ("why right", re.compile(r"\bwhy\b", re.I)),
    ("verdict", re.compile(r"\b(?:is|are|isn't)\b.*\b(?:right|correct|answer|it)\b|\bexplain\b|\btell\s+me\b", re.I)),
)
"""What shows what is asked; of several the first counts."""

_ORDINALS = {
    word: place
    for place, several in enumerate(
        (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"), ("sixth", "6th"))
    )
    for word in several
}
_ORDINAL = re.compile(rf"\b(?:the\s+)?({'|'.join(_ORDINALS)}|last)\b(?:\s+(?:one|option|answer|choice))?", re.I)
_LABEL = re.compile(r"(?<![\w'])(option\s+|answer\s+|choice\s+|[(\"“'])?([A-Za-z]|\d{1,2})(?![\w'’])", re.I)
_BEFORE_LOWER = re.compile(
    r"\b(?:chose|chosen|picked|selected|not|is|isn't|about|with|for|say|was|answer|choice|and|or|put|took)\s*:?\s*$",
    re.I,
)
_AFTER_NAME = re.compile(r"\s*(?:$|[?.!,;:)\"”]|(?:is|isn't|and|or|be|wrong|right|ever|not|correct|incorrect)\b)", re.I)
_OTHERS = re.compile(r"\b(?:the\s+)?(?:others?|rest|other\s+(?:ones|options|two|three))\b", re.I)
_ALL = re.compile(r"\b(?:all|each|every|any)\b", re.I)
_NAME = re.compile(r"\b[A-Z]\w*")
LEAST_SHARE = 0.5
"""A message means an option when it uses at least this share of the words that are the option's own."""


@dataclass(frozen=True, slots=True)
class OptionQuestion:
    """What is asked, and about which options, by label in the question's order."""

    asked: Asked
    labels: tuple[str, ...]


def read_option_question(
    message: str, options: Sequence[tuple[str, str]], right: Sequence[str] = ()
) -> OptionQuestion | None:
    """Read a message over the last question; None where it asks about none of its options.

    `options` are (label, text); `right` are the labels held to be right, which "the others" leaves out.
    """
    asked = next((kind for kind, pattern in _KINDS if pattern.search(message)), None)
    named = set(_named(message, options, right))
    labels = tuple(label for label, _ in options if label in named)
    if not labels:
        return None
    bare = re.fullmatch(r"\W*(?:option\s+)?\w{1,2}\W*", message) is not None
    if asked is None:
        return OptionQuestion("chosen", labels) if bare else None
    return OptionQuestion(asked, labels)


def _named(message: str, options: Sequence[tuple[str, str]], right: Sequence[str]) -> Iterator[str]:
    labels = [label for label, _ in options]
    found = False
    for match in _LABEL.finditer(message):
        name = match[2].upper()
        if name in labels and _is_label(message, match):
            found = True
            yield name
    for match in _ORDINAL.finditer(message):
        place = len(labels) - 1 if match[1].lower() == "last" else _ORDINALS[match[1].lower()]
        if place < len(labels):
            found = True
            yield labels[place]
    if not found and _OTHERS.search(message):
        yield from (label for label in labels if label not in right)
    elif not found:
        yield from _by_words(message, options) or (labels if _ALL.search(message) else ())


def _is_label(message: str, match: re.Match[str]) -> bool:
    """Whether a letter that stands alone names an option: "a" and "I" are words of their own."""
    if match[1]:
        return True
    alone = not message[: match.start()].strip() and not message[match.end() :].strip("?!. ")
    before, after = _BEFORE_LOWER.search(message[: match.start()]), _AFTER_NAME.match(message[match.end() :])
    if match[2] == "I":
        return alone or (before is not None and after is not None)
    if match[2].isupper() and match[2] != "A":
        return True
    return alone or (after is not None and (before is not None or match[2] == "A"))


def _by_words(message: str, options: Sequence[tuple[str, str]]) -> list[str]:
    """The option whose own words, those that no other option has, the message uses most of; names before all words."""
    empty = {stem(word) for word in STOP_WORDS}
    said = set(stems(message))
    shares = {}
    for label, text in options:
        others = set(stems(" ".join(other for name, other in options if name != label)))
        own = set(stems(" ".join(_NAME.findall(text)))) - empty - others or set(stems(text)) - empty - others
        shares[label] = len(said & own) / len(own) if own else 0.0
    best = max(shares.values(), default=0.0)
    return [label for label, share in shares.items() if share == best and share >= LEAST_SHARE]
