"""The parts of a question that asks several: "What is X, and when do I use Y?" are two, each with evidence of its own.

What is one question stays one: a list ("precision and recall"), a condition ("when data is late and labels are few"),
and whatever leans on what stands before it in a way that a thing's name alone does not settle ("why does it fail, and
what should be done instead?", "which do I take? Can something test them for me?").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.card_names import CardNames, Mention
from corpus.sentences import sentence_spans
from tutor.card_citations import contrast_of
from tutor.followup import Before, made_whole
from tutor.pack_words import word_stems

MOST = 3
"""More parts than that are a text, not a question; it is taken as a whole."""

LEAST_WORDS = 3
"""A part of a sentence with fewer words asks nothing by itself ("how?", "if so, why?")."""

ALONE = 3
"""So many words that carry meaning, a part without a thing's name must have to be about something of its own."""

TWO = 2

_DO = r"(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have|must|may)"
_ASKS = (
    rf"(?:(?:(?:in|on|at|by|for|from|to|with|under|below|above|after|of) )?"
    rf"(?:how (?:much|many|long|often|far|large|big|fast|soon)\b|(?:how|when|why|where) (?:{_DO}(?:n't)?|to)\b"
    rf"|what(?:'s| {_DO}\b)|which (?!is\b|are\b|was\b|were\b)\w)"
    r"|(?:in|on|at|by|for|from|to|with|under|of) what\b|what \w+ (?:\w+ )?(?:is|are|do|does|can|must|should)\b)"
)
_AND = re.compile(rf"\s*(?:,\s*(?:and|but)|;|\band|\bbut)\s+(?:also\s+|then\s+)?(?={_ASKS})", re.I)
_OPENS = re.compile(rf"^\W*(?:so\s+|and\s+|also\s+)?(?:{_ASKS}|{_DO}\b|who\b|explain\b|define\b|describe\b)", re.I)
_VERB = re.compile(rf"\b{_DO}(?:n't)?\b|\bto\b|^\W*(?:explain|define|describe)\b|'s\b", re.I)
_JOINS = re.compile(r"^\W*(?:and|also|but|plus)(?: also)?\W+", re.I)
_STANDS_FOR = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|ones?|both)\b", re.I)
_OF_A_THING = re.compile(
    rf"\b{_DO}\s+(?:it|they)\s+\w|\b{_DO}\s+(?:i|we|you|one|people|a team)\s+(?:\w+\s+){{1,2}}(?:it|them)\b", re.I
)
_LEANS = re.compile(
    r"\b(?:instead|otherwise|same|again|as well|alternatively|else|so|too(?=\W*$)|(?:some|any)(?:thing|one|body))\b",
    re.I,
)
_BESIDE = re.compile(r"\W*(?:and|or|vs\.?|versus|to|with|from)\W+(?:(?:an?|the)\s+)?", re.I)
_COMPARING = re.compile(
    r"\W*(?:(?:what|how|is|are|the|main|key|a|do|does|please|can you|explain|tell me|differences?|differ|distinction"
    r"|comparison|compare|compared|between|of)\b\W*)*",
    re.I,
)
_COMPARES = re.compile(r"\b(?:differ\w*|distinction|compar\w*|versus|vs)\b", re.I)


def parts_of(question: str, names: CardNames) -> tuple[str, ...]:
    """The questions that a question asks, each whole; the question as it stands where it is one."""
    parts = [part for asked in _asked(question) for part in _split(asked)]
    if 1 < len(parts) <= MOST:
        return _whole(parts, names) or (question,)
    return _of_comparison(question, names) or (question,)


def _asked(question: str) -> Iterator[str]:
    """The text up to each question mark: what is told before a question is part of it, what comes last of the last."""
    text = " ".join(question.split())
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    marks = [n for n, sentence in enumerate(sentences, start=1) if sentence.rstrip().endswith("?")]
    ends = [*marks[:-1], len(sentences)]
    for start, end in zip([0, *ends], ends, strict=False):
        yield " ".join(sentences[start:end])


def _split(asked: str) -> list[str]:
    """A question taken apart at "and" before words that ask, where each part asks; else it is one part."""
    cuts = list(_AND.finditer(asked))
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(asked)]
    parts = [asked[start:end].strip() for start, end in zip(starts, ends, strict=True) if asked[start:end].strip()]
    return parts if all(_asks(part) for part in parts) else [asked]


def _asks(part: str) -> bool:
    last = [part[start:end] for start, end in sentence_spans(part)][-1]
    return bool(_OPENS.match(last) and _VERB.search(last)) and len(last.split()) >= LEAST_WORDS


def _whole(parts: Sequence[str], names: CardNames) -> tuple[str, ...]:
    """Each part with the thing that it leaves to the one before; none where one leans on more than a thing."""
    before = Before()
    found: list[str] = []
    for part in parts:
        whole = _alone(part.rstrip("?.,; ") + "?", before, names)
        if not whole:
            return ()
        cards = {mention.card.id: mention.card for mention in names.find(whole)}
        before = Before(whole, tuple(cards.values()))
        found.append(whole)
    return tuple(found)


def _alone(part: str, before: Before, names: CardNames) -> str:
    """The part as it would stand alone, or nothing where it cannot."""
    part = _JOINS.sub("", part)
    if not before.asked:
        return part
    if _is_one_sentence(part) and (_LEANS.search(part) or _STANDS_FOR.search(part)):
        fits = before.topics and _OF_A_THING.search(part) and _is_one_sentence(before.asked) and not _LEANS.search(part)
        return made_whole(part, before, names) if fits else ""
    if names.find(part):
        return part
    own = word_stems(part)
    return part if len(own) >= ALONE and not own & word_stems(before.asked) else ""


def _is_one_sentence(text: str) -> bool:
    return len(sentence_spans(text)) == 1


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
