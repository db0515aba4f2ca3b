"""Arithmetic without running anything, and figures in the right place."""

from __future__ import annotations

import math

import pytest

from corpus.audit import calculations
from corpus.exam_pack import ExamPack
from corpus.questions import Calculation
from tests.corpus.audit.bent_pack import with_options, with_questions


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("ceil(4500 * 1.5 / 1000)", 7),
        ("2 * 0.8 * 0.5 / (0.8 + 0.5)", 8 / 13),
        ("-3 // 2 + 7 % 4", 1),
        ("2 ** 10", 1024),
        ("max(1, 2, min(5, 4)) + round(2.6)", 7),
        ("sqrt(9) + log2(8) + exp(0) + log(1)", 7),
        (" floor(+9.9) ", 9),
    ],
)
def test_arithmetic_is_worked_out(expression: str, value: float) -> None:
    assert calculations.evaluate(expression) == pytest.approx(value)


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').getcwd()",
        "open('/etc/passwd')",
        "(1).real",
        "[1][0]",
        "1 if 2 else 3",
        "True + 1",
        "'a' * 3",
        "lambda: 1",
        "1 +",
        "1 / 0",
        "log(0)",
        "9 ** 9 ** 9",
        "(-1) ** 0.5",
        "max()",
        "round(1, ndigits=2)",
        "exp(1000)",
        "(" * 300 + "1" + ")" * 300,
    ],
)
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        calculations.evaluate(expression)


def found(pack: ExamPack, expression: str, shown: str, *texts: str) -> list[str]:
    change = {"calculation": Calculation(expression=expression, shown=shown), **with_options(pack, *texts)}
    outcome = calculations.check(with_questions(pack, change))
    assert outcome.counts == {"calculations": 1}
    return [finding.problem for finding in outcome.findings]


def test_the_result_is_what_is_shown_at_its_decimals(small_pack: ExamPack) -> None:
    # 2/3 = 0.667 at three decimals; half of the last decimal either way is rounding (0.125 → 0.12 or 0.13).
    assert found(small_pack, "2 / 3", "0.667", "0.667", "0.5", "0.75", "0.9") == []
    assert found(small_pack, "1 / 8", "0.13", "0.13", "0.5", "0.75", "0.9") == []
    assert found(small_pack, "2 / 3", "0.66", "0.66", "0.5", "0.75", "0.9") == ["2 / 3 is 0.666667, shown is 0.66"]
    assert found(small_pack, "spam(1)", "1", "1", "2", "3", "4") == ["'spam(1)' is not arithmetic"]
    assert not math.isnan(calculations.evaluate("1"))


def test_the_figure_stands_in_the_correct_option_only(small_pack: ExamPack) -> None:
    assert found(small_pack, "3 * 400", "1200", "1,200 cups", "12000", "200", "1200.5") == []
    assert found(small_pack, "3 * 4", "12", "twelve", "12 cups", "120", "1.12") == [
        "the figure 12 is not in the correct option A",
        "the figure 12 is also in the wrong option B",
    ]


def test_a_question_without_a_calculation_is_passed_over(small_pack: ExamPack) -> None:
    outcome = calculations.check(small_pack)
    assert (outcome.findings, outcome.counts) == ((), {"calculations": 0})
