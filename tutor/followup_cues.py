"""The turns of speech by which a message leans on the talk before it, in general English."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|1")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _cue(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.I)


# What points back to a name.

_KIND = (
    r"(?:service|algorithm|metric|method|technique|approach|model|tool|format|feature|instance|concept|topic|thing|"
    r"option|one|setting|mode|chart|plot|test|layer)s?"
)
_GOES_ON = (
    r"is|are|does|do|works?|costs?|means?|scales?|handles?|supports?|needs?|instead|too|in|on|with|when|for|different|"
    r"better|cheaper|good|bad|the|a"
)
PLURAL = _cue(
    r"\b(?:both|either|each)(?:\s+of)?\s+(?:them|these|those)\b",
    r"\b(?:the|these|those)\s+two(?:\s+of\s+them)?\b",
    r"\b(?:both|they|them)\b",
)
PLURAL_OWN = _cue(r"\btheir\b")
OWN = _cue(r"\bits\b")
POINTED = _cue(rf"\b(?:this|that|these|those|the\s+same)\s+{_KIND}\b")
IT = _cue(r"\bit\b(?!')|\bit(?='s\b)")
ALONE = _cue(rf"(?<!like )\b(?:this|that|these|those)\b(?=\s*(?:$|[?.!,;])|\s+(?:{_GOES_ON})\b)")
PLACED = (
    (0, _cue(r"\bthe\s+(?:former|first(?:\s+(?:one|of\s+(?:them|the\s+two)))?)\b(?!\s+[a-z]+\s+(?:of|in)\b)")),
    (1, _cue(r"\bthe\s+(?:latter|second(?:\s+(?:one|of\s+(?:them|the\s+two)))?|other(?:\s+one)?)\b")),
)
"""By its place among the topics."""
EMPTY_IT = _cue(
    r"\b(?:is|was|would|could|can|does|makes?)\s+it\s+(?:(?:be|make|ever|really|usually)\s+)?(?:possible|necessary|true|"
    r"ok(?:ay)?|worth|recommended|sense|better|best|safe|enough|wise|common|good\s+practice)\b",
    r"\bit(?:'s|\s+is)\s+(?:possible|necessary|better|best|true|said)\b",
    r"\btime\s+is\s+it\b",
    r"\bit\s+take\s+to\b",
)
"""An "it" that stands for nothing."""

# What joins on to the last question.

_SOFT = r"^\W*(?:(?:ok(?:ay)?|so|well|hm+|now|yes|no|right|thanks|sorry|wait|please)\W+)*"
_END = r"(?:\W+(?:please|then|though|now|again))*\W*$"
JOINED = _cue(
    rf"{_SOFT}(?:(?:and|but|or|also|then)\s+)*(?:what|how)\s+(?:(?:about|of)\s+|(?=if\b))",
    rf"{_SOFT}(?:(?:and|but)\s+)?(?:the\s+)?same\s+(?:question\s+)?(?=for\b|with\b)",
    rf"{_SOFT}(?:and|but|or|also)\b[\s,]*(?:then\s+|if\s+it\s+is\s+)?",
)
"""How a message joins on: "and …", "what about …", "the same for …"."""
PREPOSITION = _cue(
    r"^(for|in|with|without|on|at|by|when|if|during|after|before|from|to|under|as)\b",
)
BARE_WHY = _cue(
    rf"{_SOFT}(?:(?:and|but)\s+)?(?:why(?:\s+(?:not|so|exactly|that|is\s+(?:that|this|it)(?:\s+so)?))?|"
    r"how(?:\s+(?:so|come|exactly))?|really|are\s+you\s+sure|for\s+what\s+reason|says\s+who|"
    r"what\s+makes\s+you\s+(?:say|think)\s+(?:so|that)|where\s+does\s+it\s+say\s+(?:so|that)|"
    rf"how\s+do\s+you\s+know(?:\s+that)?){_END}"
)

# What sets things side by side.

_DEGREE = r"cheaper|faster|slower|better|worse|simpler|easier|newer|safer|larger|smaller|stronger"
_SIDES = r"differ(?:s|ent|ence|ences)?|compar(?:ed?|ison|ing)|contrast(?:s|ed)?|vs\.?|versus|instead\s+of|rather\s+than"
AGAINST = _cue(
    rf"\b(?:{_SIDES}|over|against|unlike|alternatives?|than|similar|the\s+same\s+as|as\s+\w+\s+as|{_DEGREE})\b",
    r"^\W*or\b",
)
COMPARES = _cue(rf"\b(?:{_SIDES}|or|between|side\s+by\s+side|better)\b")
WHICH_ONE = _cue(
    rf"{_SOFT}(?:(?:and|but|then)\s+)?(?:which(?:\s+(?:one|of\s+(?:them|the\s+two|these|those)))?\s+(?:is|are|should|would|"
    r"do|does|can|has|costs?|scales?|needs?|works?|supports?|handles?|fits?|gives?|runs?|keeps?|takes?)\b|"
    r"when\s+(?:should\s+i|do\s+i|to)\s+(?:use|choose|pick|take)\s+which\b|which(?:\s+one)?\W*$)"
)
ASKS_WHICH = _cue(
    r"^\W*(?:which|what)\s+(?!(?:is|are|does|do|was|were|did|can|could|should|would|will|happens?|about|if|of|kind|'s)"
    r"\b)\w+"
)

# How something is to be said.

_FILLING = _words(
    """a about again also an and any as bit can could do don't dont didn't doesn't few fewer for for from give go got
    have i in is it just know little make me much
    need no not now of ok okay on one please put say show so some something
    sorry still such tell thanks that the them there these this those to too want wait well what with would you your
    really 1 like full great plain"""
)
_UNDERSTANDS = _cue(r"\bi\s+(?:now\s+)?(?:understand|follow)\b")
_HOW_SAID: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    (
        "What is an example of {}?",
        _words("example examples instance"),
        _words("concrete real practical simple typical other another good more short"),
    ),
    (
        "Explain {} in a sentence",
        _words(
            """short shorter shortly brief briefly briefer sentence nutshell line summary summarize summarise simple
            simply simpler tl;dr tldr"""
        ),
        _words("explain words terms version answer long quick more single"),
    ),
    ("Explain {} for the exam", _words("exam"), _words("explain my")),
    (
        "Explain {} in depth",
        _words("depth detail details detailed deeper deep longer elaborate expand more everything"),
        _words("explain information"),
    ),
    (
        "Explain {}",
        _words("understand follow rephrase differently mean once other explain"),
        _words("another way words more"),
    ),
)
"""A form for the wish in full, words of which one must stand in the message, words that may stand with them."""


def how_said(message: str) -> str:
    """The form, with `{}` for the topic, of a wish about how something is said; "" where a message is no such wish."""
    if _UNDERSTANDS.search(message):
        return ""
    said = frozenset(_WORD.findall(message.lower().replace("tl;dr", "tldr").replace("’", "'"))) - _FILLING
    return next((form for form, cues, others in _HOW_SAID if said & cues and said <= cues | others), "")
