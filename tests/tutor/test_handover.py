"""What a message says of a sitting or a plan: how many questions, by which day, about what."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.exam_pack import load_pack
from tutor.handover import how_many, which_day
from tutor.pack_words import PackWords
from tutor.topic import EVERYTHING, Topic, topic_of

TODAY = date(2026, 11, 28)
"""A Saturday."""

KNOWN = PackWords(load_pack("mls_c01"))


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("give me 5 questions", 5),
        ("ten quick questions on glue", 10),
        ("a couple of questions", 2),
        ("one question", 1),
        ("quiz me on 2 services", None),
        ("my exam is in 3 weeks", None),
    ],
)
def test_how_many_questions(message: str, count: int | None) -> None:
    assert how_many(message) == count


@pytest.mark.parametrize(
    ("message", "day"),
    [
        ("my exam is on 2027-02-01", date(2027, 2, 1)),
        ("my exam is on 14 March", date(2027, 3, 14)),
        ("exam on Dec 3rd", date(2026, 12, 3)),
        ("exam in 3 weeks", date(2026, 12, 19)),
        ("within a month", date(2026, 12, 28)),
        ("it is on monday", date(2026, 11, 30)),
        ("it is on saturday", date(2026, 12, 5)),
        ("tomorrow", date(2026, 11, 29)),
        ("on 31 February", None),
        ("soon", None),
    ],
)
def test_which_day(message: str, day: date | None) -> None:
    assert which_day(message, TODAY) == day


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("quiz me on Firehose", Topic("Amazon Data Firehose", ("amazon-data-firehose",))),
        ("drill task 3.4", Topic("task 3.4", tasks=("3.4",))),
        ("quiz me on domain 2", Topic("domain 2", tasks=("2.1", "2.2", "2.3"))),
        ("quiz me on feature engineering", Topic("feature engineering", tasks=("2.2",))),
        ("quiz me on quantum physics", Topic("quantum physics")),
        ("how am I doing", EVERYTHING),  # names no AMI
        ("quiz me", EVERYTHING),
    ],
)
def test_what_it_is_about(message: str, topic: Topic) -> None:
    assert topic_of(message, KNOWN) == topic
