"""What the tutor says in a talk: a small closed set of turns, each with what may be said next at one tap."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.questions import Question
from tutor.answers import Answer
from tutor.compare import Comparison
from tutor.explain import Explanation
from tutor.grading import MarkedAnswer
from tutor.intent import Intent
from tutor.option_reviews import OptionReview, QuestionReview
from tutor.quiz import Choice
from tutor.socratic.dialogue import Dialogue
from tutor.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """`word` goes before all else, or is empty; each of `suggestions` is a message that the session understands."""

    word: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered(_Said):
    """A cited answer, or an honest "nothing here". Its question is the learner's, made whole from the talk before."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Explained(_Said):
    """A concept at one of its depths."""

    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Compared(_Said):
    """Things side by side."""

    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Reviewed(_Said):
    """Why options of a question are right or wrong: all of them, or those under `labels` that were asked about."""

    review: QuestionReview
    labels: tuple[str, ...]

    @property
    def options(self) -> tuple[OptionReview, ...]:
        """The reviews to be shown."""
        return tuple(option for option in self.review.options if option.label in self.labels)

    @property
    def is_whole(self) -> bool:
        """Whether all options are shown; only then the requirement, the contrast and the remarks are shown too."""
        return len(self.options) == len(self.review.options)


@dataclass(frozen=True, slots=True)
class Posed(_Said):
    """A question put to the learner, who may answer in the next message."""

    question: Question


@dataclass(frozen=True, slots=True)
class Marked(_Said):
    """The learner's answer to the question put last, with the reasons.

    `seconds` is the time since the question was put. `review` is None where the pack no longer has what the reasons
    cite; each option's rationale is in the question.
    """

    marked: MarkedAnswer
    review: QuestionReview | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Led(_Said):
    """A turn of a dialogue that leads the learner to the answer; `begins` says that the question is to be shown."""

    dialogue: Dialogue
    begins: bool


@dataclass(frozen=True, slots=True)
class Handover(_Said):
    """What is done in another place: a sitting of questions, the mock exam, the plan, progress.

    `message` is what the learner said; `topic` None is the whole exam; `count` is a number of questions, `minutes` of
    minutes, None where none was said; `choice` is by what questions are to be chosen.
    """

    intent: Intent
    message: str
    topic: Topic | None = None
    count: int | None = None
    minutes: int | None = None
    choice: Choice = Choice.MIXED


@dataclass(frozen=True, slots=True)
class Plain(_Said):
    """A word without evidence: a greeting, what cannot be done and what to do instead."""

    text: str


Turn = Answered | Explained | Compared | Reviewed | Posed | Marked | Led | Handover | Plain
