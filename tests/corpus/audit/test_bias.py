"""Length and position of the right option, with the probabilities worked out."""

from __future__ import annotations

import pytest

from corpus.audit import bias
from corpus.exam_pack import ExamPack
from tests.corpus.audit.bent_pack import with_options, with_questions

EVEN = ("one way", "two way", "six way", "ten way")


def found(pack: ExamPack) -> list[tuple[str, str]]:
    return [(finding.item, finding.problem) for finding in bias.check(pack).findings]


def test_the_binomial_tail_is_exact() -> None:
    assert bias.binomial_tail(0, 5, 0.25) == pytest.approx(1)
    # 3 or 4 of 4 at 1/4: 4 · (1/4)³ · 3/4 + (1/4)⁴ = 12/256 + 1/256
    assert bias.binomial_tail(3, 4, 0.25) == pytest.approx(13 / 256)


def test_chi_square_of_uniform_counts() -> None:
    assert bias.chi_square_uniform([5, 5, 5, 5]) == 0
    # expected 5 each: (5² + 1 + 1 + 3²) / 5 = 36 / 5
    assert bias.chi_square_uniform([10, 4, 4, 2]) == pytest.approx(7.2)


def test_the_right_option_must_not_be_the_longest_more_often_than_chance(small_pack: ExamPack) -> None:
    long_right = with_options(small_pack, "one long way", "two way", "six way", "ten way")
    even = with_options(small_pack, *EVEN)
    # Longest in 4 of 4: (1/4)⁴ = 0.0039, less than 1 %. Longest in 3 of 4: 13/256 = 0.05.
    assert found(with_questions(small_pack, *[long_right] * 4)) == [
        ("length", "the right option is the longest in 4 of 4: p = 0.0039")
    ]
    assert found(with_questions(small_pack, *[long_right] * 3, even)) == []
    # Where all are equally long each has a quarter: 8 questions count as two.
    assert found(with_questions(small_pack, *[even] * 8)) == []
    assert bias.check(with_questions(small_pack, *[even] * 8)).counts == {
        "single choice": 8,
        "right is longest": 2,
        "right is shortest": 2,
    }


def test_nor_the_shortest(small_pack: ExamPack) -> None:
    short_right = with_options(small_pack, "way", "two way", "six way", "ten way")
    assert found(with_questions(small_pack, *[short_right] * 4)) == [
        ("length", "the right option is the shortest in 4 of 4: p = 0.0039")
    ]


def test_the_right_options_position_must_be_uniform(small_pack: ExamPack) -> None:
    def at(*counts: int) -> ExamPack:
        changes = [with_options(small_pack, *EVEN, right=place) for place, n in enumerate(counts) for _ in range(n)]
        return with_questions(small_pack, *changes)

    assert found(at(5, 5, 5, 5)) == []
    # expected 5: (7² + 2² + 2² + 3²) / 5 = 13.2, over the tabulated 11.345
    assert found(at(12, 3, 3, 2)) == [
        ("position among 4", "the right option stands at A 12, B 3, C 3, D 2: chi-square 13.2, more than 11.345")
    ]
    # fewer than five expected in a position: the table does not hold
    assert found(at(19, 0, 0, 0)) == []


def test_no_option_is_much_longer_than_the_rest(small_pack: ExamPack) -> None:
    # The median is 7 characters: 1.6 · 7 + 12 = 23.2
    change = with_options(small_pack, "one way", "two way", "six way", "t" * 24)
    assert found(with_questions(small_pack, change)) == [
        ("q1", "one option is much longer than the others: 7, 7, 7, 24 characters")
    ]
    change = with_options(small_pack, "one way", "two way", "six way", "t" * 23)
    assert found(with_questions(small_pack, change)) == []


def test_a_pack_without_questions_has_no_bias(small_pack: ExamPack) -> None:
    assert found(with_questions(small_pack)) == []
