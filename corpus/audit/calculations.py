"""The figure of a calculation question comes out, and stands in the correct option only."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping

from corpus.audit.findings import Finding, Outcome
from corpus.audit.places import question_files
from corpus.exam_pack import ExamPack
from corpus.questions import Question

CHECK = "calculations"
LARGEST_EXPONENT = 1000

Number = int | float
_FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "ceil": math.ceil,
    "floor": math.floor,
    "sqrt": math.sqrt,
    "log": math.log,
    "log2": math.log2,
    "exp": math.exp,
    "min": min,
    "max": max,
    "round": round,
}
_OPERATORS: Mapping[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_SIGNS: Mapping[type[ast.unaryop], Callable[[Number], Number]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}


def check(pack: ExamPack) -> Outcome:
    """Work out every `calculation`; the result is `shown` at its decimals, in the correct options and no other."""
    files = question_files(pack)
    calculated = [question for question in pack.questions if question.calculation is not None]
    findings = tuple(
        Finding(CHECK, files[question.id], question.id, problem)
        for question in calculated
        for problem in _problems(question)
    )
    return Outcome(CHECK, findings, {"calculations": len(calculated)})


def evaluate(expression: str) -> Number:
    """The value of an arithmetic expression. Nothing is executed but the operators and functions it may name.

    Raises:
        ValueError: it is not arithmetic, or has no value.
    """
    try:
        return _value(ast.parse(expression.strip(), mode="eval").body)
    except (ArithmeticError, SyntaxError, TypeError, RecursionError) as error:
        raise ValueError(f"'{expression}' has no value: {error}") from error


def _value(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left), _value(right))
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGNS:
            return _SIGNS[type(sign)](_value(operand))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(argument) for argument in arguments))
    raise ValueError(f"'{ast.unparse(node)}' is not arithmetic")


def _power(base: Number, exponent: Number) -> Number:
    if abs(exponent) > LARGEST_EXPONENT or abs(base) > 10**LARGEST_EXPONENT:
        raise ValueError(f"the power of {exponent} is too large to work out")
    result = base**exponent
    if isinstance(result, complex):
        raise ValueError("the result is not a real number")
    return float(result) if isinstance(result, float) else int(result)


def _problems(question: Question) -> Iterator[str]:
    calculation = question.calculation
    if calculation is None:
        return
    shown, decimals = float(calculation.shown), len(calculation.shown.partition(".")[2])
    try:
        result = evaluate(calculation.expression)
    except ValueError as error:
        yield str(error)
    else:
        # Half a unit of the last decimal either way: halves may have been rounded up or to even.
        if not abs(result - shown) <= 0.5 * 10**-decimals + 1e-9:
            yield f"{calculation.expression} is {result:g}, shown is {calculation.shown}"
    figure = re.compile(rf"(?<![\d.]){re.escape(calculation.shown)}(?!\d|\.\d)")
    for label, option in question.labelled:
        if bool(figure.search(option.text.replace(",", ""))) != option.correct:
            where = "is not in the correct option" if option.correct else "is also in the wrong option"
            yield f"the figure {calculation.shown} {where} {label}"
