"""What a learner types in a sitting: an answer with how sure they are, read the same in a quiz and in an exam."""

from __future__ import annotations

from corpus.questions import Question
from tutor.grading import read_choice
from tutor.learner.attempts import Confidence

HOW = (
    "Type your answer; B! says you are sure, B? that you are not, B?? that you guess. 'quit' stops; it can be resumed."
)
STOP = frozenset({"quit", "exit", "stop", "bye", "q"})


def read_answer(line: str, shown: Question) -> tuple[tuple[int, ...], Confidence | None]:
    """The places on the screen of the options named, and how sure the learner says they are.

    Raises:
        QuestionError: the line names no option, or too many; says what can be typed.
    """
    marks = {"??": Confidence.GUESS, "?": Confidence.UNSURE, "!": Confidence.SURE}
    line = line.strip()
    mark = next((mark for mark in marks if line.endswith(mark)), "")
    return read_choice(line.removesuffix(mark), shown), marks.get(mark)
