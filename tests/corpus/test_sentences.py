"""Sentences, words and stems."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans, stems


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Use a service, e.g. Athena, for that. Then stop.", ["Use a service, e.g. Athena, for that.", "Then stop."]),
        ("It costs 0.25 a unit. Cheap.", ["It costs 0.25 a unit.", "Cheap."]),
        ("a line\nanother line", ["a line", "another line"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("J. Smith wrote it. So it is.", ["J. Smith wrote it.", "So it is."]),
        ("See s3.amazonaws.com for that.", ["See s3.amazonaws.com for that."]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text())
def test_spans_are_in_order_and_lose_only_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())


def test_stems_join_the_forms_of_a_word_and_part_compounds() -> None:
    assert stems("Clustering clusters") == ["cluster", "cluster"]
    assert stems("one-hot") == ["on", "hot"]  # Porter's stem of "one" is "on"
