"""A follow-up question made whole from the talk before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.card_names import CardNames
from corpus.cards import Card

_POINTS = re.compile(r"\b(?:it|this|that|they|them|these|those)\b(?=\W*(?:$|\s))", re.I)


@dataclass(frozen=True, slots=True)
class Before:
    """What was talked of before: the last question, whole, and its topics, the one in focus first."""

    asked: str = ""
    topics: tuple[Card, ...] = ()


def made_whole(message: str, before: Before, names: CardNames, leans: bool = False) -> str:
    """The message as it would stand alone; unchanged where it does, or where there is nothing to complete it from.

    `leans` is whether a message that shows no sign of it is held to be a follow-up all the same.
    """
    message = " ".join(message.split())
    if not before.topics or names.find(message):
        return message
    whole, count = _POINTS.subn(before.topics[0].name, message, count=1)
    return whole if count else f"{before.topics[0].name}: {message}" if leans else message


_WHICH = re.compile(
    r"^\W*(?:which|what)\s+(?!(?:is|are|does|do|was|were|did|can|could|happens?|about|if|'s)\b)\w+", re.I
)


def asks_which(question: str) -> bool:
    """Whether a question asks which thing it is, so that its answer is what the talk is about next."""
    return _WHICH.match(question) is not None
