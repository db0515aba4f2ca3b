"""What learners mean by a topic, over the real pack."""

from __future__ import annotations

import pytest

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from tutor.pack_words import PackWords
from tutor.topics import Topic, find_topic, whole_exam


@pytest.fixture(scope="module")
def words() -> PackWords:
    return PackWords(load_pack("mls_c01"))


@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        ("1.2", {"1.2"}),
        ("task 3.4", {"3.4"}),
        ("domain 2", {"2.1", "2.2", "2.3"}),
        ("modeling", {"3.1", "3.2", "3.3", "3.4", "3.5"}),
        ("feature engineering", {"2.2"}),
        ("exploratory data analysis", {"2.1", "2.2", "2.3"}),
    ],
)
def test_a_task_or_a_domain_by_number_or_words(words: PackWords, said: str, tasks: set[str]) -> None:
    assert find_topic(said, words).tasks == tasks


@pytest.mark.parametrize(
    ("said", "cards"),
    [
        ("kinesis data firehose", {"amazon-data-firehose"}),
        ("Firehose", {"amazon-data-firehose"}),
        ("recall", {"recall"}),
        ("Athena and EMR", {"amazon-athena", "amazon-emr"}),
    ],
)
def test_things_by_any_of_their_names(words: PackWords, said: str, cards: set[str]) -> None:
    topic = find_topic(said, words)
    assert topic.cards == cards
    assert any(topic.covers(question) for question in words.pack.questions)


def test_a_group_of_things(words: PackWords) -> None:
    topic = find_topic("streaming ingestion", words)
    assert topic.name == "streaming ingestion"
    assert {"amazon-data-firehose", "amazon-kinesis-data-streams"} <= topic.cards


def test_words_that_only_the_questions_have(words: PackWords) -> None:
    topic = find_topic("grocery", words)
    holding = [question for question in words.pack.questions if topic.covers(question)]
    assert len(holding) >= 2
    assert all("grocer" in question.stem.lower() for question in holding)


def test_nothing_on_that_names_the_nearest(words: PackWords) -> None:
    with pytest.raises(ExamTutorError, match="no questions on 'firehoze zebra'") as refused:
        find_topic("firehoze  zebra", words)
    assert "Firehose" in refused.value.hint


@pytest.mark.parametrize("said", ["", "?", "the", "9.9", "İİ", "\x00", "a" * 5_000])
def test_what_is_no_topic_is_refused_with_a_word(words: PackWords, said: str) -> None:
    with pytest.raises(ExamTutorError, match="There are no questions on"):
        find_topic(said, words)


def test_the_whole_exam_covers_every_question(small_pack: ExamPack) -> None:
    assert all(whole_exam(small_pack).covers(question) for question in small_pack.questions)
    assert not Topic("serving", tasks=frozenset(["2.1"])).covers(small_pack.questions[0])
