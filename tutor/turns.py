"""What the tutor says in a talk: one of a closed set of turns, each with what the learner may tap next.

Every turn has a `word`, to be said before what it shows (empty where there is nothing to say), and `suggestions`:
messages of which the one that is tapped is sent back as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.questions import Question
from tutor.answers import Answer
from tutor.compare import Comparison
from tutor.explain import Explanation
from tutor.intent import Intent
from tutor.option_reviews import QuestionReview
from tutor.socratic.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer. `answer.question` is the question as it was understood, which a follow-up was made whole to."""

    answer: Answer
    word: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A concept, at the depth that the explanation names."""

    explanation: Explanation
    word: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Things side by side."""

    comparison: Comparison
    word: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Why options of a question are right or wrong. `labels` are those asked about, in the question's order."""

    review: QuestionReview
    labels: tuple[str, ...]
    word: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posed:
    """A question put to the learner."""

    question: Question
    word: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """The learner's answer marked; `chosen` is empty where they asked to be told. Every option has its reason."""

    question: Question
    chosen: tuple[str, ...]
    review: QuestionReview
    word: str = ""
    suggestions: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether exactly the right options were chosen."""
        return set(self.chosen) == set(self.question.answer)


@dataclass(frozen=True, slots=True)
class Led:
    """A step of a Socratic dialogue: `dialogue.turn` is what is said; its question is shown beside the first."""

    dialogue: Dialogue
    word: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """Another place has what is wanted: a sitting (quiz or mock exam), the plan, the learner's progress.

    `topic` is what it is to be about, in the learner's words, with the `cards` and `tasks` it means; all empty for
    everything. `count` is how many questions were asked for, `day` the day of the exam, where they were said.
    """

    intent: Intent
    word: str = ""
    topic: str = ""
    cards: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    count: int | None = None
    day: date | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """Only the word: a greeting, what the tutor is for, what to write instead."""

    word: str
    suggestions: tuple[str, ...] = ()


Turn = Answered | Explained | Compared | Reviewed | Posed | Marked | Led | Handover | Plain
