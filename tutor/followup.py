"""A follow-up made whole: what it leaves out is put in from the talk before it.

Behind a question on Amazon Athena "how much does it cost?" becomes "how much does Amazon Athena cost?"; behind "Which
storage suits batch data?" the words "and for streams?" repeat that question with the part exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.card_names import CardNames, Mention
from corpus.cards import Card

MAX_REPEATED = 600
"""Characters of an earlier question that are repeated; a message with more leaves nothing out."""

FRAGMENT = 4
"""A message with so few words, none of them a card's name, is a part of a question."""

_AUXILIARIES = "is|are|was|were|be|do|does|did|can|could|should|will|would|has|have|must|might|may"
_PREPOSITIONS = "for|in|on|with|without|from|to|at|by|when|if|under|during|over|into|between|after|before|as"
_ASKS = re.compile(
    rf"^\W*(?:what|how|which|where|when|why|who|whose|{_AUXILIARIES})(?:'s)?\b(?!\s+(?:about|abt)\b)", re.I
)
_JOIN = re.compile(r"^\W*(?:(?:ok(?:ay)?|well|so|but|and|also|or|then|now|hm+|ah|oh|wait|right)\b[\s,]*)+", re.I)
_ABOUT = re.compile(
    r"^\W*(?:(?:what|how)\s*(?:is|'s)?\s*(?:about|abt)|same (?:question |thing )?(?=for\b|with\b)|what (?=if\b))\s*",
    re.I,
)
_ALONE = re.compile(
    r"^\W*(?:why(?:\s+(?:so|not|that|is (?:that|this|it)(?: so)?|though))?|how come|how so|how|when|where"
    r"|for what reason|since when|really)\W*$",
    re.I,
)
_WHICH = re.compile(r"^\W*(?:(?:and|so|but|ok)\s+)*which (?:one|of (?:them|these|those|the two))\b", re.I)
_PLACES = {"former": 0, "first": 0, "one": 0, "latter": 1, "second": 1, "other": 1, "last": -1}
_PLACED = re.compile(r"\bthe (?:(former|latter|other)(?: one)?|(first|second|last) one)\b(?!\s+\w+ing\b)", re.I)
_PRONOUN = re.compile(
    r"\b(?:both(?: of them)?|either of them|the two(?: of them)?|these two|those two|they|them|their|its?"
    r"|(?:this|that) one|the same (?:thing|service|one)"
    r"|(?:this|that|the) (?:service|algorithm|metric|technique|method|approach)(?!\s+(?:for|that|to)\b)"
    r"|this|that|these|those)\b",
    re.I,
)
_SEVERAL = re.compile(r"^(?:both|either|the two|these|those|they|them|their)\b", re.I)
_POINTING = re.compile(r"^(?:this|that|these|those)$", re.I)
_EXPLETIVE = re.compile(
    rf"\b(?:(?:{_AUXILIARIES})\s+it\s+(?:not\s+)?|it(?:'s|\s+is|\s+would be)?\s+(?:not\s+)?)"
    r"(?:possible|better|best|necessary|needed|worth|good|bad|ok|okay|fine|safe|allowed|recommended|enough|takes?"
    r"|makes? sense|help|matter)\s+(?:to|that|if|whether|when)\b(?!\s+use\W*(?:$|(?:with|for|in|on|when|if)\b))",
    re.I,
)
"""“Is it possible to …”: nothing is meant by “it”."""

COMPARES = re.compile(
    r"\b(?:differ\w*|compar\w*|vs|versus|against|better|worse|cheaper|faster|slower|than|instead|unlike)\b", re.I
)
_DEFINITION = re.compile(r"^\W*(?:so\s+)?(?:what(?:'s| is| are)|define|explain|describe|tell me about)\s+\S", re.I)


@dataclass(frozen=True, slots=True)
class Before:
    """What was said before: the last question, whole, and the cards that were spoken of, the first named first."""

    asked: str = ""
    topics: tuple[Card, ...] = ()

    @property
    def named(self) -> str:
        """All topics in a sentence."""
        return " and ".join(card.name for card in self.topics)


def made_whole(message: str, before: Before, names: CardNames) -> str:
    """The message with what it leaves out; as it stands where it leaves nothing out, or nothing was said before."""
    text = " ".join(message.split())
    asked = before.asked[:MAX_REPEATED].rstrip("?.! ")
    if not (asked or before.topics) or len(text) > MAX_REPEATED:
        return text
    if _ALONE.match(text):
        return _repeated(text, asked or before.named)
    mentions = names.find(text)
    if _WHICH.match(text) and len(before.topics) > 1 and not mentions:
        return f"{before.named}: {text}"
    spans = _pronouns(text, mentions, before)
    if spans:
        return _put_in(text, spans, before)
    joined = _JOIN.match(text)
    rest = text[joined.end() :] if joined else text
    about = _ABOUT.match(rest)
    rest = rest[about.end() :] if about else rest
    if about or (joined and not _ASKS.match(rest)):
        return _exchanged(rest, Before(asked, before.topics), names, repeats=not about)
    leans = bool(joined) or len(text.split()) <= FRAGMENT
    return f"{before.named or asked}: {rest or text}" if leans and not mentions else _beside(text, before, mentions)


def _beside(text: str, before: Before, mentions: Sequence[Mention]) -> str:
    """A message that compares one thing, or none, with what was spoken of; any other as it stands."""
    names_one = len({mention.card.id for mention in mentions}) == 1 and not _ASKS.match(text)
    compares = COMPARES.search(text) is not None and (names_one or not mentions)
    return f"{before.named}: {text}" if compares and before.named else text


def _repeated(text: str, asked: str) -> str:
    """The question before with a bare "why?" or "how?" in front of it."""
    word = text.strip("?!., ")
    return f"{word} {asked}?" if re.match(rf"(?:{_AUXILIARIES})\b", asked, re.I) else f"{word}: {asked}?"


def _pronouns(text: str, mentions: Sequence[Mention], before: Before) -> list[re.Match[str]]:
    """The words that stand for something said before, not for something in the message itself."""
    first = mentions[0].start if mentions else len(text)
    placed = list(_PLACED.finditer(text)) if len(before.topics) > 1 else []
    found = [m for m in _PRONOUN.finditer(text) if m.start() < first and _refers(text, m)]
    return sorted(placed + found, key=lambda match: match.start())


def _refers(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if match[0].lower() == "it":
        return not any(one.start() <= match.start() < one.end() for one in _EXPLETIVE.finditer(text))
    if not _POINTING.match(match[0]):
        return True
    ends = re.match(r"\W*$|\W*(?:and|or|but|when|if|for|in|with|from|to)\b|['’]s\b", after, re.I) is not None
    follows = re.search(rf"\b(?:{_AUXILIARIES})\s+$", before, re.I) is not None
    opens = re.match(r"\W*$", _JOIN.sub("", before)) and re.match(rf"\s+(?:{_AUXILIARIES})\b|['’]s\b", after, re.I)
    return bool(ends or follows or opens)


def _put_in(text: str, spans: Sequence[re.Match[str]], before: Before) -> str:
    """The message with names in the place of its pronouns; where nothing has a name, with the question behind it."""
    if not before.topics:
        return f"{text.rstrip('?.! ')}: {before.asked}"
    for match in reversed(spans):
        name = _meant(match, before)
        if match[0].lower() in {"its", "their"}:
            name += "'s"
        text = f"{text[: match.start()]}{name}{text[match.end() :]}"
    return text


def _meant(match: re.Match[str], before: Before) -> str:
    if match.re is _PLACED:
        place = _PLACES[(match[1] or match[2]).lower()]
        return before.topics[place if place < len(before.topics) else -1].name
    return before.named if _SEVERAL.match(match[0]) else before.topics[0].name


def _exchanged(rest: str, before: Before, names: CardNames, *, repeats: bool) -> str:
    """The question before, with the part exchanged that a message such as "and for images?" gives anew.

    Where there is no part to exchange, the new one is said of what was spoken of, or behind the question if it
    `repeats` it, as "and …" does and "what about …" does not.
    """
    part, asked = rest.strip("?.! "), before.asked
    phrase = _PREPOSITION_FIRST.match(part)
    defined = not asked or _DEFINITION.match(asked) is not None
    if mentions := names.find(part):
        return _with_names(part, mentions, before, names.find(asked) if not phrase else [])
    if COMPARES.search(part):
        return f"{before.named or asked}: {part}?"
    if phrase and not defined:
        said = re.finditer(rf"\b{phrase[1]}\s+[^,;?]*?(?=\s+(?:{_PREPOSITIONS})\b|[,;?]|$)", asked, re.I)
        old = next((one[0] for one in reversed(list(said)) if not names.find(one[0])), "")
        return f"{asked.replace(old, part) if old else f'{asked} {part}'}?"
    if phrase or not before.named:
        return f"{before.named or asked} {part}?"
    if repeats and not defined:
        return f"{asked}: {part}?"
    return f"{part} of {before.named if COMPARES.search(asked) else before.topics[0].name}?"


def _with_names(part: str, mentions: Sequence[Mention], before: Before, old: Sequence[Mention]) -> str:
    """The question before with other names: in the place of the one most like them, or beside those compared."""
    asked = before.asked
    new = " and ".join(dict.fromkeys(part[mention.start : mention.end] for mention in mentions))
    if not old or COMPARES.search(part):
        return f"{before.named if COMPARES.search(part) else asked} {part}?".strip()
    if len(old) > 1 and COMPARES.search(asked):
        return f"{asked} and {new}?"
    card = mentions[0].card
    place = max(
        old, key=lambda mention: (mention.card.group == card.group, mention.card.kind == card.kind, mention.start)
    )
    return f"{asked[: place.start]}{new}{asked[place.end :]}?"


_PREPOSITION_FIRST = re.compile(rf"^\W*({_PREPOSITIONS})\s+\S", re.I)
