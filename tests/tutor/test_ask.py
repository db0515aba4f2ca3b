"""From a question to a cited answer, or to an honest "nothing here", with the grounded engine."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.exam_pack import ExamPack
from corpus.library import Library
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.engines.grounded import GroundedEngine
from tutor.tutor import MAX_QUESTION, Tutor


@pytest.fixture
def tutor(small_pack: ExamPack, library: Library) -> Tutor:
    ingest_pack(small_pack, library, now=NOW)
    return Tutor(small_pack, library, GroundedEngine())


def test_a_choice_between_two_things_is_answered_from_their_contrast(tutor: Tutor) -> None:
    answer = tutor.ask("When should I use a lidded bowl instead of a pot?")  # both by their older names
    assert [claim.text for claim in answer.claims[:2]] == [
        "Choose the Royal Gaiwan when many short infusions of one leaf are to be compared.",
        "Choose the Imperial Teapot when one long infusion serves several guests.",
    ]
    assert answer.claims[0].citations[0].chunk.context == "Royal Gaiwan › Royal Gaiwan or Imperial Teapot"


def test_a_fact_is_answered_by_its_sentence_first(tutor: Tutor) -> None:
    answer = tutor.ask("How many millilitres does a Royal Gaiwan hold?")
    assert answer.claims[0].text == "A Royal Gaiwan holds 100 to 150 millilitres."
    assert answer.claims[0].citations[0].quote == answer.claims[0].text
    assert answer.confidence > 0.5


@pytest.mark.parametrize("question", ["What's a gaiwan?", "How long is the exam?"])
def test_short_questions_in_everyday_words_are_answered(tutor: Tutor, question: str) -> None:
    answer = tutor.ask(question)
    assert "30 minutes long" in answer.claims[0].text or "Gaiwan" in answer.claims[0].text


def test_the_exam_itself_can_be_asked_about(tutor: Tutor) -> None:
    answer = tutor.ask("How many questions does the exam have?")
    assert "10 questions" in answer.claims[0].text


@pytest.mark.parametrize(
    "question",
    ["How do I service a diesel engine?", "Which planet is the largest?", "What does a samovar cost in Tula?"],
)
def test_what_no_source_speaks_of_is_not_answered(tutor: Tutor, question: str) -> None:
    answer = tutor.ask(question)
    assert answer.abstained
    assert answer.confidence < 0.5
    assert answer.evidence.missing


def test_an_answer_is_a_few_sentences_each_from_a_passage_of_its_own(tutor: Tutor) -> None:
    answer = tutor.ask("What is a Royal Gaiwan?")
    assert 1 <= len(answer.claims) <= 4
    cited = [claim.citations[0].chunk_id for claim in answer.claims]
    assert len(set(cited)) == len(cited)


def test_the_same_question_has_the_same_answer(tutor: Tutor) -> None:
    first, second = (tutor.ask("How long does a teapot steep?") for _ in range(2))
    assert [claim.text for claim in first.claims] == [claim.text for claim in second.claims]


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("", "There was no question"),
        ("  \n", "There was no question"),
        ("How long does a teapot steep? " * 2000, f"only the first {MAX_QUESTION:,} were read"),
        ("Чем отличается гайвань от чайника?", "a script that the sources are not written in"),
        ("我应该什么时候用茶壶", "a script that the sources are not written in"),
    ],
)
def test_odd_questions_get_a_word_on_what_to_do(tutor: Tutor, question: str, note: str) -> None:
    assert note in tutor.ask(question).note


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_is_an_error(tutor: Tutor, text: str) -> None:
    answer = tutor.ask(text)
    for claim in answer.claims:
        assert all(citation.quote in citation.chunk.text for citation in claim.citations)
