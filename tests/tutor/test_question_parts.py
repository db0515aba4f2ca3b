"""Several things asked in one message: the parts, each whole, and their answers as one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.answers import Usage
from tutor.engines.grounded import GroundedEngine
from tutor.pack_words import PackWords
from tutor.question_parts import joined, parts_of
from tutor.tutor import Tutor

NAMES = PackWords(load_pack("mls_c01")).names


@pytest.fixture
def tutor(small_pack: ExamPack, library: Library) -> Tutor:
    ingest_pack(small_pack, library, now=NOW)
    return Tutor(small_pack, library, GroundedEngine())


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What is Amazon Polly and does it support SSML?",
            ("What is Amazon Polly", "does Amazon Polly support SSML?"),
        ),
        ("What is AWS Glue? What is a crawler?", ("What is AWS Glue?", "AWS Glue: What is a crawler?")),
        (
            "My data has 2 TB. Which input mode suits XGBoost? And how many instances?",  # what is told stays in front
            ("My data has 2 TB. Which input mode suits XGBoost?", "XGBoost: And how many instances?"),
        ),
        ("What is the difference between Glue and EMR?", ()),
        ("How does XGBoost handle missing values, and why?", ()),  # "why" asks nothing by itself
        ("when and how do I use dropout?", ()),
        ("Is A? Is B? Is C? Is D?", ()),  # more than three
    ],
)
def test_parts(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, NAMES) == (parts or (question,))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="whatis and?.;, how", max_size=80))
def test_any_text_has_parts_and_loses_no_letter(text: str) -> None:
    """With no name in it nothing is completed: the parts are the text, but for what joined them."""
    parts = parts_of(text, NAMES)

    assert 1 <= len(parts) <= 3
    kept = "".join("".join(parts).split())
    assert len(kept) + len(parts) * len(",andalso;") >= len("".join(text.split()))


def test_both_parts_are_answered_with_citations_of_one_evidence(tutor: Tutor) -> None:
    """Fourteen words of one question drown the other's; asked apart, each finds its fact."""
    question = "How many millilitres does a Royal Gaiwan hold? And how long does an Imperial Teapot steep?"

    answer = tutor.ask(question)

    said = " ".join(claim.text for claim in answer.claims)
    assert "A Royal Gaiwan holds 100 to 150 millilitres." in said
    assert "An Imperial Teapot steeps for 3 to 5 minutes." in said
    assert answer.question == question
    assert all(citation.evidence is answer.evidence for citation in answer.citations)


def test_a_part_that_nothing_answers_is_named(tutor: Tutor) -> None:
    answer = tutor.ask("How many millilitres does a Royal Gaiwan hold? What is the capital of France?")

    assert not answer.abstained
    assert "Nothing in the library answers “Royal Gaiwan: What is the capital of France?”." in answer.note


def test_the_confidence_is_the_least_and_the_costs_add_up(tutor: Tutor) -> None:
    one, other = tutor.ask("How many millilitres does a Royal Gaiwan hold?"), tutor.ask("What is an Imperial Teapot?")
    used = [replace(answer, usage=Usage(10, 2, Decimal("0.5"))) for answer in (one, other)]

    answer = joined(tutor.evidence("both"), used)

    assert answer.confidence == min(one.confidence, other.confidence)
    assert answer.usage == Usage(20, 4, Decimal("1.0"))
