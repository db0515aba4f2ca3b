"""From what a learner chose to whether it is right: all or nothing, a blank is wrong."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import QuestionError
from corpus.questions import Question

_SEPARATORS = re.compile(r"[\s,;/&+.()]+|\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """An answer with its mark. `chosen` and `right` are positions of options as the question has them, ascending."""

    question: Question
    chosen: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def correct(self) -> bool:
        """Whether exactly the right options are chosen: there is no partial credit."""
        return self.chosen == self.right

    @property
    def blank(self) -> bool:
        """Whether nothing was chosen."""
        return not self.chosen


def mark(question: Question, chosen: Iterable[int]) -> MarkedAnswer:
    """Mark the options at these positions (0 is the first).

    Raises:
        QuestionError: the question has no such option.
    """
    positions = tuple(sorted(set(chosen)))
    if positions and not (positions[0] >= 0 and positions[-1] < len(question.options)):
        raise QuestionError(
            f"The question {question.id} has {len(question.options)} options; there is no number {positions[-1] + 1}.",
            "Choose among the options shown.",
        )
    right = tuple(place for place, option in enumerate(question.options) if option.correct)
    return MarkedAnswer(question, positions, right)


def read_choice(text: str, question: Question) -> tuple[int, ...]:
    """The positions that a typed reply names, by letter or number: "B", "a, c", "A and C", "AC", "1 3".

    Raises:
        QuestionError: it names no option, or more or fewer than are to be chosen; says what can be typed.
    """
    labels = string.ascii_uppercase[: len(question.options)]
    tokens = [token for token in _SEPARATORS.split(text.strip().upper()) if token]
    if len(tokens) == 1 and tokens[0].isalpha():
        tokens = list(tokens[0])
    places = [labels.find(token) if len(token) == 1 and token.isalpha() else _number(token) for token in tokens]
    if not places or any(not 0 <= place < len(labels) for place in places):
        raise QuestionError(f"'{text.strip()}' is none of the options.", f"Type {_example(question)}.")
    chosen = tuple(sorted(set(places)))
    if len(chosen) != question.select:
        named = "1 option is" if len(chosen) == 1 else f"{len(chosen)} options are"
        raise QuestionError(f"{named} named; choose {question.select}.", f"Type {_example(question)}.")
    return chosen


def shuffled(question: Question, seed: int) -> tuple[int, ...]:
    """The order in which a sitting shows the options: positions in the question, by place on the screen.

    The same for the same question and seed, on every machine.
    """
    order = list(range(len(question.options)))
    random.Random(f"{seed}:{question.id}").shuffle(order)  # noqa: S311  an order on the screen, no secret
    return tuple(order)


def reordered(question: Question, order: Iterable[int]) -> Question:
    """The question with its options in another order; its labels are then those on the screen."""
    return question.model_copy(update={"options": tuple(question.options[place] for place in order)})


def _number(token: str) -> int:
    return int(token) - 1 if token.isdecimal() and len(token) == 1 else -1


def _example(question: Question) -> str:
    last = string.ascii_uppercase[len(question.options) - 1]
    if question.select == 1:
        return f"one letter from A to {last}"
    return f"{question.select} letters from A to {last}, such as {string.ascii_uppercase[: question.select]}"
