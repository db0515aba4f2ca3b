"""What a message wishes for besides its subject: how deep, how many, how long."""

from __future__ import annotations

import re

from corpus.card_names import CardNames
from corpus.errors import QuestionError
from tutor.explain import Depth
from tutor.option_marks import find_run, lines_of_inline, unmarked
from tutor.pack_words import word_stems
from tutor.pasted_text import plain_text
from tutor.quiz import Choice

LEAST_UNMARKED = 3
"""Lines behind a question that are taken for options though nothing marks them."""

_DEPTHS: tuple[tuple[Depth, re.Pattern[str]], ...] = (
    (
        "deep",
        re.compile(
            r"\b(?:in(?:\s+(?:more|great|full|some))?\s+(?:depth|detail)|in-depth|deep(?:er|ly)?|(?:more|all|full)\s+(?:the\s+)?details?|"
            r"thorough(?:ly)?|everything|at\s+length|longer|elaborate)\b",
            re.I,
        ),
    ),
    (
        "sentence",
        re.compile(
            r"\b(?:in\s+(?:a|one)\s+(?:sentence|nutshell|line|word)|(?:one|a\s+single)[\s-]sentence|short(?:er|ly)?|brief(?:ly)?|"
            r"tl;?dr|simpl(?:e|er|y)(?:\s+(?:words|terms))?|quick(?:ly)?|summar\w+)\b",
            re.I,
        ),
    ),
    ("exam", re.compile(r"\bfor\s+(?:the|my)\s+exam\b", re.I)),
)
_ASKING = word_stems(
    """explain define describe tell teach show mean meaning understand know help please idea concept topic term basics
    overview introduction intro definition words me us like someone five year old again simple simply works work quick
    short brief what's actually really exactly let want need could would service algorithm metric method technique"""
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), start=1
    )
} | {"a couple of": 2, "a few": 3, "some": 5, "several": 5, "twenty": 20, "thirty": 30, "fifty": 50, "a dozen": 12}
_COUNT = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(_NUMBERS)})\s+(?:[\w-]+\s+){{0,3}}?(?:questions?|qs?|mcqs?|items|problems|scenarios)\b",
    re.I,
)
_MINUTES = re.compile(r"\b(\d{1,3})[\s-]*(?:minutes?|mins?)\b", re.I)
_HOURS = re.compile(r"\b(\d{1,2}|an|one|two|three)[\s-]*(?:hours?|hrs?)\b", re.I)
_ANOTHER = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yes|great|thanks|and|please|give\s+me|ask\s+me|let'?s\s+(?:do|have))\W+)*"
    r"(?:next(?:\s+(?:one|question))?|(?:an)?other(?:\s+(?:one|question))?|one\s+more(?:\s+question)?|more|again|go\s+on)(?:\s+please)?\W*$",
    re.I,
)
_WEAK = re.compile(r"\b(?:weak\w*|worst|bad\s+at|struggl\w+|get\s+wrong|got\s+wrong|mistakes?|gaps)\b", re.I)
_DUE = re.compile(r"\b(?:due|overdue|reviews?|spaced\s+repetition)\b", re.I)
_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:(?:and|but|so|ok(?:ay)?)\W+)*(?:what|which|why|when|where|who|how|is|are|does|do|can|could|should|would|"
    r"explain|define|describe|compare|tell\s+me\s+about|quiz|test|give|show|start|make|plan)\b",
    re.I,
)


def is_question(message: str) -> bool:
    """Whether a message asks or orders, by its mark or its first word."""
    return _QUESTION.search(message) is not None


def choice_in(message: str) -> Choice:
    """By what questions are to be chosen."""
    return Choice.WEAK if _WEAK.search(message) else Choice.DUE if _DUE.search(message) else Choice.MIXED


def depth_in(message: str) -> Depth:
    """How deep an explanation is wished for; for the exam where nothing is said."""
    return next((depth for depth, pattern in _DEPTHS if pattern.search(message)), "exam")


def asks_besides(message: str, names: CardNames) -> bool:
    """Whether a wish for an explanation asks about more than the things it names: a detail, a use, a reason."""
    for mention in reversed(names.find(message)):
        message = f"{message[: mention.start]} {message[mention.end :]}"
    for _, pattern in _DEPTHS:
        message = pattern.sub(" ", message)
    return bool(word_stems(message) - _ASKING)


def count_in(message: str) -> int | None:
    """How many questions are wished for, None where nothing is said."""
    found = _COUNT.search(message)
    if found is None:
        return None
    said = found[1].lower()
    return int(said) if said.isdigit() else _NUMBERS[said]


def minutes_in(message: str) -> int | None:
    """How many minutes are wished for, None where nothing is said."""
    if found := _MINUTES.search(message):
        return int(found[1])
    if found := _HOURS.search(message):
        said = found[1].lower()
        return 60 * (int(said) if said.isdigit() else {"an": 1}.get(said) or _NUMBERS[said])
    return None


def wants_another(message: str) -> bool:
    """Whether a message asks for the next question and nothing else."""
    return _ANOTHER.match(message) is not None


def has_options(message: str) -> bool:
    """Whether a message holds options one after the other, as a pasted question does, with marks or without."""
    try:
        text = plain_text(message)
    except QuestionError:
        text = message  # whatever is wrong with it is said when it is read as a question
    lines = text.splitlines()
    run = find_run(lines) or find_run(lines_of_inline(text) or [])
    if run is not None:
        return len(lines) > 1 or not run.marks[0].style.startswith("bullet")
    bare = unmarked(lines)
    return bare is not None and len(bare[1]) >= LEAST_UNMARKED
