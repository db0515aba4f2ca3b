"""A follow-up made whole: one exact example of each kind, and a floor under the figure on the held-out dialogues."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.exam_pack import load_pack
from evals.followups import measure, read_cases, unchanged
from tutor.followup import Before, asks_which, made_whole
from tutor.pack_words import PackWords

WORDS = PackWords(load_pack("mls_c01"))


def before(asked: str) -> Before:
    mentions = WORDS.names.find(asked)
    return Before(asked, tuple({mention.card.id: mention.card for mention in mentions}.values()))


@pytest.mark.parametrize(
    ("asked", "message", "whole"),
    [
        ("What is Amazon Polly?", "Is it expensive?", "Is Amazon Polly expensive?"),
        ("What is Amazon Polly?", "what are its voices", "what are Amazon Polly's voices"),
        ("What is Amazon Polly?", "does that service know SSML?", "does Amazon Polly know SSML?"),
        ("What is Amazon Polly?", "Is it possible to add words?", "Is it possible to add words?"),
        ("What is Amazon Polly?", "How does it differ from Lex?", "How does Amazon Polly differ from Lex?"),
        ("What is Amazon Polly?", "compared to Lex?", "Amazon Polly: compared to Lex?"),
        ("What is Amazon Polly?", "what about cost?", "Amazon Polly: what about cost?"),
        ("What is Amazon Polly?", "shorter please", "Explain Amazon Polly in a sentence"),
        ("What is Amazon Polly?", "Can you give me an example?", "What is an example of Amazon Polly?"),
        ("What is Amazon Polly?", "quiz me on this", "quiz me on Amazon Polly"),
        ("What is Amazon Polly?", "What is Lex and what is it for?", "What is Lex and what is it for?"),
        ("Does XGBoost scale features?", "Why?", "Does XGBoost scale features: Why?"),
        ("Does XGBoost scale features?", "and k-means?", "Does K-means scale features?"),
        ("Which metric is best for balanced classes?", "and for rare ones?", "Which metric is best for rare ones?"),
        ("Can Comprehend find names?", "And in scanned pages?", "Can Comprehend find names in scanned pages?"),
        ("Compare DeepAR and ARIMA", "which is faster?", "DeepAR and ARIMA: which is faster?"),
        ("Compare DeepAR and ARIMA", "do they need a GPU?", "do DeepAR and ARIMA need a GPU?"),
        ("Compare DeepAR and ARIMA", "does the latter need a GPU?", "does ARIMA need a GPU?"),
        ("Compare DeepAR and ARIMA", "and Prophet?", "Compare DeepAR, ARIMA and Prophet"),
        ("", "and for streaming data?", "and for streaming data?"),
    ],
)
def test_each_kind(asked: str, message: str, whole: str) -> None:
    assert made_whole(message, before(asked), WORDS.names) == whole


def test_a_message_that_is_held_to_lean_on_the_talk_gets_the_topic_in_front() -> None:
    assert (
        made_whole("maximum size?", before("What is Amazon S3?"), WORDS.names, leans=True) == "Amazon S3: maximum size?"
    )


def test_which_thing_it_is() -> None:
    assert asks_which("Which service reads invoices?")
    assert not asks_which("What is Amazon Polly?")


@settings(max_examples=200, deadline=None)
@given(message=st.text(max_size=120), leans=st.booleans())
def test_any_text_is_completed_and_without_a_talk_left_alone(message: str, leans: bool) -> None:
    made_whole(message, before("Compare DeepAR and ARIMA"), WORDS.names, leans)

    assert made_whole(message, Before(), WORDS.names, leans) == " ".join(message.split())


def test_the_dialogues_are_enough_and_half_are_held_out() -> None:
    cases = read_cases()
    held_out = [case for case in cases if case.split == "held-out"]

    assert len(cases) >= 60
    assert len(held_out) * 2 == len(cases)
    assert len({(case.talk, case.message) for case in cases}) == len(cases)


def test_on_the_held_out_half() -> None:
    """A floor under what was measured when this was written, 0.89; messages left as they are: 0.11."""
    cases = [case for case in read_cases() if case.split == "held-out"]
    ours, theirs = measure(cases, WORDS), measure(cases, WORDS, unchanged)

    assert ours["made whole rightly"] is not None
    assert theirs["made whole rightly"] is not None
    assert ours["made whole rightly"].value >= 0.85
    assert theirs["made whole rightly"].value <= 0.15
