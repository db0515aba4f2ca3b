"""The parts of a question that asks several: "What is X, and when do I use Y?" are two, each with evidence of its own.

What is one question stays one: a list ("precision and recall"), a condition ("when data is late and labels are few"),
and whatever leans on what stands before it in a way that a thing's name alone does not settle ("why does it fail, and
what should be done instead?").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.card_names import CardNames, Mention
from corpus.sentences import sentence_spans
from tutor.card_citations import contrast_of
from tutor.followup import Before, made_whole

MOST = 3
"""More parts than that are a text, not a question; it is taken as a whole."""

LEAST_WORDS = 3
"""A part with fewer words asks nothing by itself ("how?", "if so, why?")."""

TWO = 2

_DO = r"(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have|must|may)"
_ASKS = (
    rf"(?:how (?:much|many|long|often|far|large|big|fast)\b|(?:how|when|why|where) (?:{_DO}|to)\b|what(?:'s| {_DO}\b)"
    r"|which (?!is\b|are\b|was\b|were\b)\w)"
)
_AND = re.compile(rf"\s*(?:,\s*(?:and|but)|;|\band|\bbut)\s+(?:also\s+|then\s+)?(?={_ASKS})", re.I)
_OPENS = re.compile(rf"^\W*(?:so\s+|and\s+|also\s+)?(?:{_ASKS}|{_DO}\b|who\b|explain\b|define\b|describe\b)", re.I)
_VERB = re.compile(rf"\b{_DO}\b|\bto\b|^\W*(?:explain|define|describe)\b|'s\b", re.I)
_STANDS_FOR = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|ones?|both)\b", re.I)
_OF_A_THING = re.compile(
    rf"\b{_DO}\s+(?:it|they)\s+\w|\b{_DO}\s+(?:i|we|you|one|people|a team)\s+(?:\w+\s+){{1,2}}(?:it|them)\b", re.I
)
_LEANS = re.compile(r"\b(?:instead|otherwise|same|too|as well|alternatively|else|so)\b", re.I)
_BESIDE = re.compile(r"\W*(?:and|or|vs\.?|versus|to|with|from)\W+(?:(?:an?|the)\s+)?", re.I)
_COMPARING = re.compile(
    r"\W*(?:(?:what|how|is|are|the|main|key|a|do|does|please|can you|explain|tell me|differences?|differ|distinction"
    r"|comparison|compare|compared|between|of)\b\W*)*",
    re.I,
)
_COMPARES = re.compile(r"\b(?:differ\w*|distinction|compar\w*|versus|vs)\b", re.I)


def parts_of(question: str, names: CardNames) -> tuple[str, ...]:
    """The questions that a question asks, each whole; the question as it stands where it is one."""
    sentences = [question[start:end] for start, end in sentence_spans(question)]
    parts = [part for sentence in sentences for part in _split(sentence)]
    if 1 < len(parts) <= MOST and all(_asks(part) for part in parts):
        whole = _whole(parts, names)
        return whole or (question,)
    return _of_comparison(question, names) or (question,)


def _split(sentence: str) -> list[str]:
    """A sentence taken apart at "and" before words that ask."""
    cuts = list(_AND.finditer(sentence))
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(sentence)]
    return [sentence[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _asks(part: str) -> bool:
    return bool(_OPENS.match(part) and _VERB.search(part)) and len(part.split()) >= LEAST_WORDS


def _whole(parts: Sequence[str], names: CardNames) -> tuple[str, ...]:
    """Each part with the thing that it leaves to the one before; none where one leans on more than a thing."""
    before = Before()
    found = []
    for part in parts:
        text = part.rstrip("?.,; ") + "?"
        stands_for = _STANDS_FOR.search(text) is not None
        if before.asked and (_LEANS.search(text) or (stands_for and not (before.topics and _OF_A_THING.search(text)))):
            return ()
        whole = made_whole(text, before, names) if stands_for else text
        cards = {mention.card.id: mention.card for mention in names.find(whole)}
        if not cards and before.asked and not before.topics:
            return ()
        if not cards and before.topics:
            whole, cards = f"{before.named}: {whole}", {card.id: card for card in before.topics}
        before = Before(whole, tuple(cards.values()))
        found.append(whole)
    return tuple(found)


def _of_comparison(question: str, names: CardNames) -> tuple[str, ...]:
    """For a plain comparison of two things between which the pack draws no contrast: what each of them is."""
    mentions = names.find(question)
    if len(mentions) != TWO or not _COMPARES.search(question) or not _is_plain(question, mentions):
        return ()
    one, other = (mention.card for mention in mentions)
    if one.id == other.id or contrast_of(one, other) is not None:
        return ()
    return tuple(f"What is {card.name}?" for card in (one, other))


def _is_plain(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether nothing but words of comparing stands around and between the two names."""
    first, second = mentions
    return bool(
        _COMPARING.fullmatch(question[: first.start])
        and _BESIDE.fullmatch(question[first.end : second.start])
        and not question[second.end :].strip("?.! ")
    )
