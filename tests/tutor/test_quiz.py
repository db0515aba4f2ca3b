"""Drawing a quiz."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from tests.conftest import NOW
from tests.tutor.practising import rng
from tutor.draw import Origin
from tutor.pack_words import PackWords
from tutor.quiz import QuizWish, draw_quiz


@pytest.fixture(scope="module")
def words() -> PackWords:
    return PackWords(load_pack("mls_c01"))


def test_a_quiz_is_mixed_as_the_exam_is(words: PackWords) -> None:
    """Of 100 questions 20, 24, 36 and 20 are of the four domains, to within the two ends of each."""
    draw = draw_quiz(QuizWish(count=100), words, [], NOW, rng())
    domains = Counter(question.task[0] for question in draw.questions)
    assert len({question.id for question in draw.questions}) == 100
    assert all(abs(domains[domain] - share) <= 2 for domain, share in (("1", 20), ("2", 24), ("3", 36), ("4", 20)))
    assert draw.notes == ()


def test_a_quiz_on_a_topic_in_the_learners_words(words: PackWords) -> None:
    draw = draw_quiz(QuizWish(count=6, topic="kinesis data firehose"), words, [], NOW, rng())
    assert len(draw.questions) == 6
    for question in draw.questions:
        assert any(option.card == "amazon-data-firehose" for option in question.options)


def test_a_thousand_generated_ones_are_all_different(words: PackWords) -> None:
    draw = draw_quiz(QuizWish(count=1_000, origin=Origin.GENERATED), words, [], NOW, rng())
    assert len({question.id for question in draw.questions}) == 1_000
    assert {question.origin for question in draw.questions} == {"generated"}
    assert {question.task for question in draw.questions} == {task.id for task in words.pack.exam.tasks}


def test_less_than_was_asked_for_is_said(small_pack: ExamPack) -> None:
    draw = draw_quiz(QuizWish(count=5), PackWords(small_pack), [], NOW, rng())
    assert [question.id for question in draw.questions] == ["tst-1"]
    assert draw.notes == ("On Tea Tasting – Foundation there is 1 of the 5 questions asked for, none of them twice.",)


def test_what_cannot_be_asked_for(words: PackWords) -> None:
    with pytest.raises(ExamTutorError, match="1 question or more, not 0"):
        draw_quiz(QuizWish(count=0), words, [], NOW, rng())
    with pytest.raises(ExamTutorError, match="no questions on 'zebra'"):
        draw_quiz(QuizWish(topic="zebra"), words, [], NOW, rng())
