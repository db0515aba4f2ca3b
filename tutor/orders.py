"""A learner's message without the orders to a language model in it.

The question is what stands before and behind them. What is put in quotation marks, or told of somebody ("users who
ignore all previous instructions"), is spoken of and no order; a message that is nothing but orders stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.lexical_index import STOP_WORDS
from corpus.model_address import ORDER_TO_A_MODEL
from corpus.sentences import sentence_spans, words

LEFT_OUT = "What speaks to a language model in your message was left out."
MAX_LEAD = 100
"""Characters before an order in which words that lead to it are looked for."""
MAX_READ = 4_000
"""Characters; a longer message is a text, and stays as it is."""

_MARKED_OFF = re.compile(
    r"<system>(?:(?!<system>).)*?</system>|\[inst\](?:(?!\[inst\]).)*?\[/inst\]"
    r"|<\|im_start\|>(?:(?!<\|im_start).)*?<\|im_end\|>|</?(?:question|user|message|query|prompt)>",
    re.IGNORECASE | re.DOTALL,
)
_FEIGNED = re.compile(r"(?-i:[\[(]?\bSYSTEM(?:\s+[A-Z]+)?\s*[:\]])|^\W*assistant\s*:", re.IGNORECASE)
_ORDER = re.compile(
    rf"{ORDER_TO_A_MODEL}|\bfrom\s+now\s+on,?\s+(?:you|answer|reply|respond|act|speak)\b", re.IGNORECASE
)
_LEAD = r"(?:please|also|and|now|then|but|so|just|first|instead|important|note|instructions?)"
_LEADS = rf"(?:{_LEAD}\b[\s,:!]*)"
_OPENS_AN_ORDER = re.compile(
    rf"^\W*{_LEADS}*(?:"
    r"(?:ignore|disregard|forget|override)\s+(?:all\s+)?(?:of\s+)?(?:the|any|these|those)\s+(?:\w+\s+)?"
    r"(?:instructions|rules|guidelines|sources|documents)\b"
    r"|(?:do\s+not|don't|never|stop)\s+(?:use|using|cite|citing|quote|quoting|read|reading)\s+"
    r"(?:the|any|your|these|those)\s+(?:sources|documents|evidence|passages|citations)\b"
    r"|(?:act|behave|answer|speak|talk)\s+(?:as|like)\s+(?:an?|my)\b"
    r"|pretend\s+(?:that\s+)?(?:you|to\s+be)\b"
    r"|as\s+an\s+ai\s+(?:language\s+)?model,?\s+you\b"
    r"|(?:print|reveal|show|repeat|output)\s+(?:\w+\s+){0,4}?(?:your|the|system|hidden)\s+(?:\w+\s+)?"
    r"(?:prompt|instructions)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"^\W*{_LEADS}*(?:answer|reply|respond|say|print|output|write|reveal|repeat|cite|invent|act|speak|sure|always|never"
    r"|only|from now on|do not|don't|you (?:are|must|will|should|shall|can)|the answer|user(?=\s*:))\b",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(rf"(?:\b{_LEAD}\b|</?\w+>|[\s,:!#*\[\]>-])*$", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"(?:\b(?:to|who|which|that|says?|said|saying|like|as|called|not|never|would|could|can|will|should|may|might|must"
    r"|they|it|i|we|users?|attackers?|people|someone|models?|llms?|bots?|of|the|an?|my|text|phrase|words?|prompt"
    r"|message)|n't|[\"“'‘`«])\s*$",
    re.IGNORECASE,
)


def without_orders(message: str) -> str:
    """The message without orders to a model, and without the commands that go on from one."""
    if len(message) > MAX_READ:
        return message
    rest = " ".join(_sentences(_MARKED_OFF.sub("\n", message)))
    return rest if rest != " ".join(message.split()) and _says_something(rest) else message


def _sentences(message: str) -> Iterator[str]:
    """What is left of each sentence, where something is."""
    ordered = False
    for start, end in sentence_spans(message):
        sentence = " ".join(message[start:end].split())
        at = _order_in(sentence)
        ordered = at is not None or (ordered and _GOES_ON.match(sentence) is not None)
        left = sentence[: at or 0].strip() if ordered else sentence
        if left and (not ordered or _says_something(left)):
            yield left


def _order_in(sentence: str) -> int | None:
    """Where an order begins in a sentence, with the words that lead to it, or None."""
    if _OPENS_AN_ORDER.match(sentence):
        return 0
    if feigned := _FEIGNED.search(sentence):
        return feigned.start()
    for match in _ORDER.finditer(sentence):
        if not _TOLD_OF.search(sentence[: match.start()]):
            lead = _LEADS_IN.search(sentence, max(0, match.start() - MAX_LEAD), match.start())
            return lead.start() if lead else match.start()
    return None


def _says_something(text: str) -> bool:
    return any(word not in STOP_WORDS for word in words(text))
