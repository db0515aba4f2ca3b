"""What a message asks of a sitting, a plan or a report: how many questions, by which day, about what."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from tutor.intent import Intent
from tutor.topic import EVERYTHING, Topic
from tutor.turns import Handover

_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "couple": 2, "few": 3, "several": 5}
_COUNT = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:of\s+)?(?:\w+\s+){{0,3}}?(?:questions?|qs?|mcqs?|items|ones|exercises)\b",
    re.I,
)
_IN = re.compile(
    rf"\b(?:in|within|after|next)\s+(?:the\s+)?(\d{{1,3}}|an?|{'|'.join(_NUMBERS)})\s+(day|week|month)s?\b", re.I
)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" if month[3:] else month for month in _MONTHS)
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})|({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,?\s+(20\d\d))?",
    re.I,
)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b|\b(tomorrow)\b", re.I)
_DAYS = {"day": 1, "week": 7, "month": 30}
_MAX_DAYS = 3 * 366

_WORDS = {
    Intent.QUIZ: "A round of questions has a place of its own.",
    Intent.EXAM: "A mock exam has a place of its own, with a clock.",
    Intent.PLAN: "Your study plan has a place of its own.",
    Intent.PROGRESS: "How far you have come is shown in a place of its own.",
}


def handover(intent: Intent, message: str, topic: Topic, now: datetime) -> Handover:
    """The turn that points to where a sitting, the plan or the progress is, with what the message says of it."""
    topic = EVERYTHING if topic.is_everything else topic
    return Handover(
        intent, _WORDS[intent], topic.words, topic.cards, topic.tasks, how_many(message), which_day(message, now.date())
    )


def how_many(message: str) -> int | None:
    """How many questions a message asks for, or None where it does not say."""
    match = _COUNT.search(message)
    return _number(match[1]) if match else None


def which_day(message: str, today: date) -> date | None:
    """The day that a message names, from today on, or None: a date, a weekday, or so many days, weeks or months."""
    if iso := _ISO.search(message):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if named := _DAY.search(message):
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith((named[2] or named[3])[:3].lower()))
        day = int(named[1] or named[4])
        if named[5]:
            return _date(int(named[5]), month, day)
        found = _date(today.year, month, day)
        return found if found is None or found >= today else _date(today.year + 1, month, day)
    if spell := _IN.search(message):
        days = (1 if spell[1].lower() in {"a", "an"} else _number(spell[1])) * _DAYS[spell[2].lower()]
        return today + timedelta(days=min(days, _MAX_DAYS))
    if word := _WEEKDAY.search(message):
        ahead = 1 if word[2] else (_WEEKDAYS.index(word[1].lower()) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    return None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
