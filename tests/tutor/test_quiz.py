"""Drawing a quiz."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from corpus.questions import Question
from tests.conftest import NOW
from tests.tutor.practising import right, rng, wrong
from tutor.draw import Origin
from tutor.learner.attempts import Attempt, Confidence, Mode
from tutor.pack_words import PackWords
from tutor.quiz import Choice, QuizWish, draw_quiz
from tutor.scenarios.generator import generate
from tutor.scenarios.identity import family_of


@pytest.fixture(scope="module")
def words() -> PackWords:
    return PackWords(load_pack("mls_c01"))


def attempt(question: Question, correct: bool, at: datetime = NOW) -> Attempt:
    """An answer to a question, given by one who was sure."""
    chosen = right(question) if correct else wrong(question)
    return Attempt(
        f"{question.id}-{at.isoformat()}", "ada", "MLS-C01", "v1", question.id, question.task, question.difficulty,
        (), chosen, correct, Confidence.SURE, 30.0, Mode.QUIZ, at,
    )  # fmt: skip


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


def test_hundreds_of_generated_ones_are_all_different(words: PackWords) -> None:
    draw = draw_quiz(QuizWish(count=300, origin=Origin.GENERATED), words, [], NOW, rng())
    assert len({question.id for question in draw.questions}) == 300
    assert {question.origin for question in draw.questions} == {"generated"}
    assert {question.task for question in draw.questions} == {task.id for task in words.pack.exam.tasks}


def test_less_than_was_asked_for_is_said(small_pack: ExamPack) -> None:
    draw = draw_quiz(QuizWish(count=5), PackWords(small_pack), [], NOW, rng())
    assert [question.id for question in draw.questions] == ["tst-1"]
    assert draw.notes == ("On Tea Tasting – Foundation there is 1 of the 5 questions asked for, none of them twice.",)


def test_what_cannot_be_asked_for(words: PackWords) -> None:
    with pytest.raises(ExamTutorError, match="cannot have 0 questions"):
        draw_quiz(QuizWish(count=0), words, [], NOW, rng())
    with pytest.raises(ExamTutorError, match="no questions on 'zebra'"):
        draw_quiz(QuizWish(topic="zebra"), words, [], NOW, rng())


def test_on_weak_topics_what_was_wrong_comes_more_often(words: PackWords) -> None:
    """Ten answers to each task, all right but those to 3.4, which has 7.2 % of the exam: by weight 1 or 2 of 20."""
    attempts = [
        attempt(question, question.task != "3.4")
        for task in words.pack.exam.tasks
        for question in [one for one in words.pack.questions if one.task == task.id][:10]
    ]
    draw = draw_quiz(QuizWish(count=20, choice=Choice.WEAK), words, attempts, NOW, rng())
    tasks = Counter(question.task for question in draw.questions)
    assert tasks.most_common(1)[0][0] == "3.4"
    assert tasks["3.4"] >= 4
    assert not {question.id for question in draw.questions} & {one.question for one in attempts}
    narrow = draw_quiz(QuizWish(count=3, topic="domain 1", choice=Choice.WEAK), words, attempts, NOW, rng())
    assert {question.task[0] for question in narrow.questions} == {"1"}


def test_what_is_due_is_asked_again_and_what_was_generated_in_another_form(words: PackWords) -> None:
    authored = words.pack.questions[0]
    made = next(generate(words.pack, rng(), topic="amazon-data-firehose", count=1))
    known = words.pack.questions[1]
    attempts = [attempt(authored, False), attempt(made, False), attempt(known, True)]
    later = NOW + timedelta(days=60)

    draw = draw_quiz(QuizWish(count=5, choice=Choice.DUE), words, attempts, later, rng())
    assert len(draw.questions) == 2
    assert authored.id in {question.id for question in draw.questions}
    again = next(question for question in draw.questions if question.id != authored.id)
    assert family_of(again.id) == family_of(made.id) or again.task == made.task
    assert again.id != made.id
    assert draw.notes == ("Due for review there are 2 of the 5 questions asked for, none of them twice.",)


def test_nothing_due_says_when_something_will_be(words: PackWords) -> None:
    assert draw_quiz(QuizWish(choice=Choice.DUE), words, [], NOW, rng()).notes == ("Nothing is due for review.",)
    attempts = [attempt(words.pack.questions[0], False)]
    (note,) = draw_quiz(QuizWish(choice=Choice.DUE), words, attempts, NOW, rng()).notes
    assert note.startswith("Nothing is due for review. The next review is on ")


def test_a_question_that_has_left_the_pack_is_reviewed_with_another_of_its_task(words: PackWords) -> None:
    gone = words.pack.questions[0].model_copy(update={"id": "gone-1"})
    draw = draw_quiz(QuizWish(choice=Choice.DUE), words, [attempt(gone, False)], NOW + timedelta(days=60), rng())
    assert [question.task for question in draw.questions] == [gone.task]
