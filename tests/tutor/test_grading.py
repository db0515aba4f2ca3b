"""Marking is all or nothing; a typed choice is read as it is meant or refused with what to type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from corpus.exam_pack import ExamPack, load_pack
from corpus.questions import Question
from tutor.grading import mark, read_choice, reordered, shuffled

PACK = load_pack("mls_c01")
SINGLE = next(question for question in PACK.questions if question.response == "single")
TWO_OF_FIVE = next(question for question in PACK.questions if question.select == 2 and len(question.options) == 5)


def test_multiple_response_is_all_or_nothing() -> None:
    right = mark(TWO_OF_FIVE, []).right
    wrong = next(place for place in range(5) if place not in right)
    assert mark(TWO_OF_FIVE, reversed(right)).correct
    assert not mark(TWO_OF_FIVE, right[:1]).correct
    assert not mark(TWO_OF_FIVE, [*right, wrong]).correct
    assert not mark(TWO_OF_FIVE, [right[0], wrong]).correct
    assert not mark(TWO_OF_FIVE, []).correct
    assert mark(TWO_OF_FIVE, []).blank


@pytest.mark.parametrize("place", [-1, 4])
def test_an_option_that_is_not_there_is_refused(small_pack: ExamPack, place: int) -> None:
    with pytest.raises(QuestionError, match="has 4 options"):
        mark(small_pack.questions[0], [place])


@pytest.mark.parametrize(
    ("typed", "places"),
    [("B", (1,)), (" b. ", (1,)), ("(c)", (2,)), ("2", (1,)), ("4", (3,))],
)
def test_one_letter_or_number(typed: str, places: tuple[int, ...]) -> None:
    assert read_choice(typed, SINGLE) == places


@pytest.mark.parametrize("typed", ["A and C", "a, c", "CA", "c a", "1 3", "3,1", "A & C", "a+c"])
def test_two_letters_in_any_way(typed: str) -> None:
    assert read_choice(typed, TWO_OF_FIVE) == (0, 2)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type one letter from A to D."),
        ("Z", "Type one letter"),
        ("0", "Type one letter"),
        ("A B", "2 options are named; choose 1."),
        ("Firehose", "none of the options"),
        ("²", "none of the options"),
    ],
)
def test_what_is_no_choice_says_what_to_type(typed: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        read_choice(typed, SINGLE)


def test_one_letter_where_two_are_to_be_chosen_is_no_answer_yet() -> None:
    with pytest.raises(QuestionError, match=r"1 option is named; choose 2\. Type 2 letters from A to E, such as AB"):
        read_choice("B", TWO_OF_FIVE)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        places = read_choice(typed, TWO_OF_FIVE)
    except QuestionError:
        return
    assert len(places) == 2
    assert all(0 <= place < 5 for place in places)


@given(st.sampled_from(PACK.questions), st.integers(0, 2**32))
def test_a_shuffled_question_is_the_same_question(question: Question, seed: int) -> None:
    order = shuffled(question, seed)
    shown = reordered(question, order)
    assert order == shuffled(question, seed)
    assert sorted(order) == list(range(len(question.options)))
    assert [option.text for option in shown.options] == [question.options[place].text for place in order]
    right = [place for place, option in enumerate(shown.options) if option.correct]
    assert mark(question, [order[place] for place in right]).correct


def test_the_order_depends_on_the_sitting_and_the_question() -> None:
    orders = {shuffled(question, seed) for question in PACK.questions[:10] for seed in range(5)}
    assert len(orders) > 10
