"""A follow-up question made whole from the talk before it: what "it" is, what was left out, what is asked again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.card_names import CardNames, Mention
from corpus.cards import Card
from tutor.followup_cues import (
    AGAINST,
    ALONE,
    ASKS_WHICH,
    BARE_WHY,
    COMPARES,
    EMPTY_IT,
    IT,
    JOINED,
    OWN,
    PLACED,
    PLURAL,
    PLURAL_OWN,
    POINTED,
    PREPOSITION,
    WHICH_ONE,
    how_said,
)


@dataclass(frozen=True, slots=True)
class Before:
    """What was talked of: the last question, whole, and its topics, the one in focus first."""

    asked: str = ""
    topics: tuple[Card, ...] = ()

    @property
    def compared(self) -> bool:
        """Whether the topics stood side by side, so that none of them alone is in focus."""
        listed = self.asked.startswith(f"{_listed(self.topics)}: ")
        return len(self.topics) > 1 and (listed or COMPARES.search(self.asked) is not None)

    @property
    def focus(self) -> tuple[Card, ...]:
        """What a message is about that names nothing."""
        return self.topics if self.compared else self.topics[:1]


def asks_which(question: str) -> bool:
    """Whether a question asks which thing it is, so that its answer is what the talk is about next."""
    return ASKS_WHICH.match(question) is not None


def made_whole(message: str, before: Before, names: CardNames, leans: bool = False) -> str:
    """The message as it would stand alone; unchanged where it does, or where there is nothing to complete it from.

    `leans` is whether a message that shows no other sign of it is held to be a follow-up all the same.
    """
    message = " ".join(message.split())
    mentions = names.find(message)
    if not before.topics:
        return (
            (_why(message, before) or _with_addition(message, before, mentions) or message) if before.asked else message
        )
    return (
        _why(message, before)
        or _said_otherwise(message, before, mentions)
        or _same_about(message, before, mentions, names)
        or _with_names(message, before, mentions)
        or _set_against(message, before, mentions)
        or _with_addition(message, before, mentions)
        or _with_topic(message, before, mentions, leans)
        or message
    )


def _why(message: str, before: Before) -> str:
    """A bare "why?" asks for the reason of what was asked last."""
    if not BARE_WHY.match(message):
        return ""
    return f"{before.asked.rstrip(' ?.!') or _listed(before.focus)}: {message}"


def _said_otherwise(message: str, before: Before, mentions: Sequence[Mention]) -> str:
    """The same thing in another way: "in depth", "shorter", "an example"."""
    if mentions:
        return ""
    return how_said(message).format(_listed(before.focus))


def _same_about(message: str, before: Before, mentions: Sequence[Mention], names: CardNames) -> str:
    """The last question about X: "and X?"; after things were compared, X stands beside them."""
    joined = JOINED.match(message)
    if not mentions or joined is None:
        return ""
    rest = message[joined.end() :]
    for mention in reversed(names.find(rest)):
        rest = f"{rest[: mention.start]}{rest[mention.end :]}"
    if re.search(r"\b(?!and\b|or\b|for\b|with\b|the\b|an?\b|in\b|of\b|to\b|then\b)\w{2,}", rest, re.I):
        return ""
    named = list(dict.fromkeys(mention.card.name for mention in mentions))
    if before.compared:
        return f"Compare {_series([*(card.name for card in before.topics), *named])}"
    return _put_in_place(before, " and ".join(named), names) or f"{' and '.join(named)}: {before.asked}"


def _put_in_place(before: Before, name: str, names: CardNames) -> str:
    """The last question with another name where its topic stands, or "" where it does not name it."""
    for mention in names.find(before.asked):
        if mention.card.id == before.topics[0].id:
            return f"{before.asked[: mention.start]}{name}{before.asked[mention.end :]}"
    return ""


def _with_names(message: str, before: Before, mentions: Sequence[Mention]) -> str:
    """Names in place of the words that point back; a word behind a name in the same message points to that."""
    first = mentions[0].start if mentions else len(message)
    head, tail = message[:first], message[first:]
    if tail and not head.strip():
        return ""
    shown = EMPTY_IT.sub(lambda match: match[0].replace("it", "\0").replace("It", "\1"), head)
    for cue, name in _pointers(before):
        found, count = cue.subn(lambda _, name=name: name, shown, count=1)  # type: ignore[misc]
        if count:
            return found.replace("\0", "it").replace("\1", "It") + tail
    return ""


def _pointers(before: Before) -> list[tuple[re.Pattern[str], str]]:
    """Each pattern with the name that takes its place; the first found counts."""
    everyone, focus = _listed(before.topics), _listed(before.focus)
    placed = [
        (cue, before.topics[place].name)
        for place, cue in PLACED
        if len(before.topics) > place and len(before.topics) > 1
    ]
    return [
        *placed,
        (PLURAL_OWN, f"{everyone}'s"),
        (PLURAL, everyone),
        (POINTED, focus),
        (OWN, f"{focus}'s"),
        (IT, focus),
        (ALONE, focus),
    ]


def _set_against(message: str, before: Before, mentions: Sequence[Mention]) -> str:
    """One side is named, the other is the topic: "compared to X?", "is X cheaper?"."""
    named = {mention.card.id for mention in mentions}
    if len(named) != 1 or not AGAINST.search(message) or named & {card.id for card in before.topics[:1]}:
        return ""
    return f"{before.topics[0].name}: {message}"


def _with_addition(message: str, before: Before, mentions: Sequence[Mention]) -> str:
    """The last question with an addition, which replaces one of its kind: "and for streaming data?"."""
    joined = JOINED.match(message)
    rest = message[joined.end() :] if joined else ""
    start = PREPOSITION.match(rest)
    if mentions or start is None or not before.asked:
        return ""
    said = before.asked.rstrip(" ?.!")
    place = said.lower().rfind(f" {start[1].lower()} ")
    clipped = said[:place] if place > 0 else said
    loses_topic = any(card.name in said and card.name not in clipped for card in before.topics)
    return f"{said if loses_topic else clipped} {rest}"


def _with_topic(message: str, before: Before, mentions: Sequence[Mention], leans: bool) -> str:
    """The topic in front: "what about cost?", "which is cheaper?"."""
    if mentions:
        return ""
    if WHICH_ONE.match(message) and len(before.topics) > 1:
        return f"{_listed(before.topics)}: {message}"
    return f"{_listed(before.focus)}: {message}" if leans or JOINED.match(message) else ""


def _listed(cards: Sequence[Card]) -> str:
    return " and ".join(card.name for card in cards)


def _series(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}"
