"""Questions that ask several things are answered part by part; what is one question stays one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.card_names import CardNames
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from evals.asking import FILES, load_cases
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.answers import Answer, Claim
from tutor.engines.grounded import GroundedEngine
from tutor.question_parts import parts_of
from tutor.tutor import Tutor

PACK = load_pack("mls_c01")
NAMES = CardNames(PACK.cards, PACK.exam.name_prefixes)


@pytest.fixture
def tea(small_pack: ExamPack, library: Library) -> Tutor:
    ingest_pack(small_pack, library, now=NOW)
    return Tutor(small_pack, library, GroundedEngine())


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What is Amazon Athena and when do I use Redshift?", ("What is Amazon Athena?", "when do I use Redshift?")),
        ("What is SMOTE, and when should I use it?", ("What is SMOTE?", "when should I use SMOTE?")),
        (
            "What is dropout? How does it differ from early stopping?",
            ("What is dropout?", "How does Dropout differ from early stopping?"),
        ),
        # no names are needed where each has words of its own; what is told before a question belongs to it
        (
            "Forest trees grow slowly. Can they grow in parallel? And which bins suit a skewed histogram column?",
            ("Forest trees grow slowly. Can they grow in parallel?", "which bins suit a skewed histogram column?"),
        ),
        # the pack draws no contrast between these two, so what each is has to be looked up
        (
            "What is the difference between Amazon Polly and Amazon Macie?",
            ("What is Amazon Polly?", "What is Amazon Macie?"),
        ),
    ],
)
def test_several_questions(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, NAMES) == parts


@pytest.mark.parametrize(
    "question",
    [
        "What is Amazon Athena?",
        "What are precision, recall and F1?",
        "How and when should I use batch transform?",
        "How do I know when a model overfits and when it underfits?",
        "I have late data and missing labels. What should I do?",
        "Which service is fast and which is cheap?",
        "Why is shuffled cross-validation bad for monthly sales, and what should be done instead?",
        "Does DynamoDB push events to Lambda or does Lambda poll it? Which method of invocation is it?",
        # the second part leaves out of what, or leans on what was told before the first
        "What buffer interval does Firehose use by default, and what is the highest allowed?",
        "Items from DynamoDB fail to convert to Parquet. What is wrong and how do I get it to work?",
        "Just drop all rows with a blank or fill them? When is dropping OK?",
        # something for the job that was just told
        "Which instance type should I host on? Can something load test the candidates for me?",
        # the pack contrasts these two: one passage says when to choose which
        "What is the difference between precision and recall?",
        # names one of the two only in part
        "SageMaker Training Compiler vs Neo - which one compiles for the edge?",
    ],
)
def test_one_question(question: str) -> None:
    assert parts_of(question, NAMES) == (question,)


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_has_parts(text: str) -> None:
    assert 1 <= len(parts_of(text, NAMES)) <= 3


def test_few_of_the_questions_that_learners_ask_are_split() -> None:
    """Of the 412 development questions, those which ask two things of which each can stand alone."""
    cases = [case for file in FILES for case in load_cases(file, "development")]
    assert [case.question for case in cases if len(parts_of(case.question, NAMES)) > 1] == [
        "Whatever happened to Amazon Elasticsearch Service? What is it good for?",
    ]


def test_each_part_has_its_claims(tea: Tutor) -> None:
    question = "How much does a Royal Gaiwan hold, and how long does an Imperial Teapot steep?"
    *claims, answer = tea.stream(question)

    assert isinstance(answer, Answer)
    texts = [claim.text for claim in answer.claims]
    assert "A Royal Gaiwan holds 100 to 150 millilitres." in texts
    assert "An Imperial Teapot steeps for 3 to 5 minutes." in texts
    assert answer.question == question
    assert {claim.text for claim in claims if isinstance(claim, Claim)} == set(texts)
    assert answer.note == ""


def test_a_part_without_support_says_so(tea: Tutor) -> None:
    answer = tea.ask("How much does a Royal Gaiwan hold, and how much does a Sputnik weigh in Royal Gaiwan units?")

    assert "A Royal Gaiwan holds 100 to 150 millilitres." in [claim.text for claim in answer.claims]
    assert answer.note == ("Nothing in the sources answers “how much does a Sputnik weigh in Royal Gaiwan units?”.")
