"""Subtitles as paragraphs of about a minute, headed by their times."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webvtt import Caption, WebVTT

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.readers import subtitles
from ingest.readers.source import RawSource

Cue = tuple[float, float, str]


def clock(seconds: float) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}"


def vtt(*cues: Cue) -> str:
    return WebVTT(captions=[Caption(clock(start), clock(end), text) for start, end, text in cues]).content


def read(text: str, name: str = "/talks/week-1.vtt") -> Document:
    return subtitles.read(RawSource(name, text.encode()))


def said(*cues: Cue) -> list[tuple[tuple[str, ...], str]]:
    return [(section.heading, section.text) for section in read(vtt(*cues)).sections]


def outcome(raw: RawSource) -> str:
    """Return the text that is read, or what to do next; any other error is a fault of the reader."""
    try:
        return subtitles.read(raw).text
    except SourceError as error:
        return error.hint


def test_cues_are_joined_until_a_sentence_ends_after_a_minute() -> None:
    cues = [(number * 20.0, number * 20.0 + 20, f"Sentence {number}.") for number in range(5)]
    # 0–60 s is the first that is a minute long and ends with a sentence; what is left has 40 seconds.
    assert said(*cues) == [
        (("00:00:00 – 00:01:00",), "Sentence 0. Sentence 1. Sentence 2."),
        (("00:01:00 – 00:01:40",), "Sentence 3. Sentence 4."),
    ]


def test_a_sentence_that_ends_within_a_cue_parts_it() -> None:
    assert said((70, 120, "A long thought"), (120, 140, "ends here. The next begins"), (140, 150, "and ends.")) == [
        (("00:01:10 – 00:02:20",), "A long thought ends here."),
        (("00:02:00 – 00:02:30",), "The next begins and ends."),
    ]


def test_without_full_stops_a_paragraph_ends_after_ninety_seconds() -> None:
    cues = [(number * 30.0, number * 30.0 + 30, f"part {number}") for number in range(4)]
    assert said(*cues) == [
        (("00:00:00 – 00:01:30",), "part 0 part 1 part 2"),
        (("00:01:30 – 00:02:00",), "part 3"),
    ]


def test_rolling_captions_are_said_once() -> None:
    # As YouTube makes them: each line once alone, for an instant, then above the next.
    cues = [
        (0, 2, "we train<00:00:01.000><c> a model</c>"),
        (2, 2.01, "we train a model"),
        (2.01, 4, "we train a model\nand then<00:00:03.000><c> we deploy</c>"),
        (4, 4.01, "and then we deploy"),
        (4.01, 6, "and then we deploy\nit."),
    ]
    assert said(*cues)[0][1] == "we train a model and then we deploy it."


def test_captions_that_grow_word_by_word_are_said_once() -> None:
    assert said((0, 1, "Kinesis"), (1, 2, "Kinesis has"), (2, 3, "Kinesis has\nshards."))[0][1] == "Kinesis has shards."


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("<v Jane Doe>Use <b>S3</b>.</v>", "Use S3."),
        (">> JANE: Use S3.", "Use S3."),
        ("SPEAKER 1: Use S3.", "Use S3."),
        ("[Jane Doe]: Use S3.", "Use S3."),
        ("- Use S3.", "Use S3."),
        ("{\\an8}Use S3. [Music]", "Use S3."),
        ("R&amp;D at -5 degrees", "R&D at -5 degrees"),
        ("SQS: a queue", "SQS: a queue"),
    ],
)
def test_speakers_and_styling_go_and_words_stay(shown: str, spoken: str) -> None:
    assert said((0, 5, shown))[0][1] == spoken


def test_srt_is_read_as_well() -> None:
    first = "\ufeff\n1\n01:00:00,500 --> 01:00:04,000\n<i>First</i> line\nsecond line.\n"
    document = read(f"{first}\n2\n01:00:04,000 --> 01:00:09,000\nMore.\n", "/talks/week-1.srt")
    assert document.title == "week 1"
    assert [(section.heading, section.text) for section in document.sections] == [
        (("01:00:00 – 01:00:09",), "First line second line. More.")
    ]


@pytest.mark.parametrize(
    ("text", "name", "problem"),
    [
        ("just text", "a.srt", "these are not subtitles of type .srt"),
        ("just text", "a.vtt", "start with the line WEBVTT"),
        ("WEBVTT\n\n", "a.vtt", "nothing is said"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n", "a.vtt", "nothing is said"),
        ("\0", "a.vtt", "binary"),
    ],
)
def test_what_are_no_subtitles_is_refused(text: str, name: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read(text, name)
    assert caught.value.hint


@given(
    st.lists(
        st.sampled_from(["1", "00:00:01.000 --> 00:00:02.000", "99:99:99,9 --> x", "-->", "", "NOTE", "a. B", "<v"])
    )
)
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    for name, start in (("a.vtt", "WEBVTT"), ("a.srt", "1\n00:00:01,000 --> 00:00:02,000")):
        assert outcome(RawSource(name, "\n".join([start, *lines]).encode()))


def test_damaged_subtitles_are_read_or_refused() -> None:
    whole = vtt(*[(number * 9.0, number * 9.0 + 9, f"Sentence {number}.") for number in range(12)]).encode()
    rng = random.Random(7)  # noqa: S311  the same damage each time
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        assert outcome(RawSource("a.vtt", bytes(data)))
