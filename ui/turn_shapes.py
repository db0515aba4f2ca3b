"""A talk's turns as JSON: `{"turn", "word", "suggestions"}` and what the kind of turn brings, shaped as in its verb."""

from __future__ import annotations

from functools import singledispatch

from corpus.questions import Question
from tutor.turns import Answered, Compared, Explained, Handover, Led, Marked, Plain, Posed, Reviewed, Turn
from ui import explain_shapes, shapes
from ui.shapes import Json
from ui.socratic_cli import turn_json as dialogue_json


def turn_json(turn: Turn) -> Json:
    """One turn; "turn" is its kind in small letters."""
    kind = type(turn).__name__.lower()
    return {"turn": kind, "word": turn.word, "suggestions": list(turn.suggestions), **_shape(turn)}


@singledispatch
def _shape(turn: object) -> Json:
    raise TypeError(f"a turn of no known kind: {type(turn).__name__}")


@_shape.register
def _(turn: Answered) -> Json:
    return {"answer": shapes.answer_json(turn.answer)}


@_shape.register
def _(turn: Explained) -> Json:
    return {"explanation": explain_shapes.explanation_json(turn.explanation)}


@_shape.register
def _(turn: Compared) -> Json:
    return {"comparison": explain_shapes.comparison_json(turn.comparison)}


@_shape.register
def _(turn: Reviewed) -> Json:
    return {"labels": list(turn.labels), "review": explain_shapes.review_json(turn.review)}


@_shape.register
def _(turn: Posed) -> Json:
    return {"question": _question_json(turn.question)}


@_shape.register
def _(turn: Marked) -> Json:
    return {
        "question_id": turn.question.id,
        "chosen": list(turn.chosen),
        "answer": list(turn.question.answer),
        "correct": turn.right,
        "review": explain_shapes.review_json(turn.review),
    }


@_shape.register
def _(turn: Led) -> Json:
    question = {"question": _question_json(turn.dialogue.question)} if turn.dialogue.turns == 1 else {}
    return {"dialogue": dialogue_json(turn.dialogue) | question}


@_shape.register
def _(turn: Handover) -> Json:
    return {
        "to": str(turn.intent),
        "topic": turn.topic,
        "cards": list(turn.cards),
        "tasks": list(turn.tasks),
        "count": turn.count,
        "day": turn.day.isoformat() if turn.day else None,
    }


@_shape.register
def _(turn: Plain) -> Json:
    return {}


def _question_json(question: Question) -> Json:
    return {
        "id": question.id,
        "stem": question.stem,
        "options": [{"label": label, "text": option.text} for label, option in question.labelled],
        "select": question.select,
        "task": question.task,
        "difficulty": question.difficulty,
        "origin": question.origin,
    }
