"""The report on a mock exam: an estimate of the score, where marks were lost and why, and what to study next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.draw import blueprint_weights
from tutor.grading import mark
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Confidence
from tutor.option_reviews import QuestionReview
from tutor.reviewing import review_if_cited
from tutor.scaled_score import ScaledScore, scaled_score
from tutor.sitting import Sitting
from tutor.sittings import cards_tested

TO_STUDY = 3
"""How many tasks are named to be studied next."""

_SUREST_FIRST = (Confidence.SURE, Confidence.UNSURE, None, Confidence.GUESS)


class Change(StrEnum):
    """What changing an answer did."""

    TO_RIGHT = "wrong to right"
    TO_WRONG = "right to wrong"
    STILL_WRONG = "wrong to wrong"


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One change of an answer, by the letters on the screen; `clock` is when, in seconds from the start."""

    question: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    change: Change
    clock: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions of a domain or task were right; `weight` is its share of the exam, 0 to 1."""

    id: str
    title: str
    right: int
    of: int
    weight: float


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What became of one question. `number` is its place, from 1; `counted` is whether it was a scored one.

    `shown` has its options in the order on the screen, as `chosen` and `answer` name them.
    """

    number: int
    shown: Question
    chosen: tuple[str, ...]
    answer: tuple[str, ...]
    correct: bool
    counted: bool
    confidence: Confidence | None
    seconds: float

    @property
    def blank(self) -> bool:
        """Whether it was left without an answer."""
        return not self.chosen


@dataclass(frozen=True, slots=True)
class Study:
    """A task to study next, and the cards of those questions of it that were missed, by id."""

    task: Tally
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamReport:
    """A mock exam that was handed in.

    `right` of `scored` questions make the estimate; tallies, times and errors are of all questions, those that do
    not count too. `seconds` is the time used. `errors` are the wrong answers, those given with most confidence
    first, blanks last.
    """

    sitting: str
    right: int
    scored: int
    estimate: ScaledScore | None
    domains: tuple[Tally, ...]
    tasks: tuple[Tally, ...]
    results: tuple[QuestionResult, ...]
    errors: tuple[QuestionResult, ...]
    changes: tuple[ChangedAnswer, ...]
    study: tuple[Study, ...]
    seconds: float
    notes: tuple[str, ...]


def exam_report(sitting: Sitting, pack: ExamPack) -> ExamReport:
    """The report on a sitting as it stands; from the ledger alone where a question has left the pack."""
    results = tuple(_results(sitting))
    counted = [result for result in results if result.counted]
    right = sum(result.correct for result in counted)
    tasks = tuple(_tallies(results, pack))
    surest = sorted(
        (result for result in results if not result.correct),
        key=lambda one: (one.blank, _SUREST_FIRST.index(one.confidence), one.number),
    )
    return ExamReport(
        sitting=sitting.id,
        right=right,
        scored=len(counted),
        estimate=scaled_score(right, len(counted), pack.exam.format),
        domains=tuple(_of_domains(tasks, pack)),
        tasks=tasks,
        results=results,
        errors=tuple(surest),
        changes=tuple(changed_answers(sitting)),
        study=tuple(_study(tasks, surest)),
        seconds=min(sitting.elapsed, sitting.limit or sitting.elapsed),
        notes=tuple(_notes(sitting, pack)),
    )


def explained(result: QuestionResult, known: Knowledge) -> QuestionReview | None:
    """Why each option is right or wrong, with citations; None where the pack no longer has what the reasons cite."""
    wrong = [label for label in result.chosen if label not in result.answer]
    return review_if_cited(result.shown, known, next(iter((*wrong, *result.chosen)), None))


def changed_answers(sitting: Sitting) -> Iterator[ChangedAnswer]:
    """Every change from one choice to another, in the order of the questions; taking an answer back is none."""
    for question in sitting.questions:
        given = [one for one in sitting.answers.get(question.id, ()) if one.chosen]
        for before, after in pairwise(given):
            if before.chosen == after.chosen:
                continue
            was, now_is = mark(question, before.chosen).correct, mark(question, after.chosen).correct
            change = Change.TO_RIGHT if now_is else Change.TO_WRONG if was else Change.STILL_WRONG
            first, then = (sitting.labels(question.id, one.chosen) for one in (before, after))
            yield ChangedAnswer(question.id, first, then, change, after.clock)


def _results(sitting: Sitting) -> Iterator[QuestionResult]:
    for number, question in enumerate(sitting.questions, start=1):
        marked = sitting.marked(question.id)
        yield QuestionResult(
            number=number,
            shown=sitting.shown(question.id),
            chosen=sitting.labels(question.id, marked.chosen),
            answer=sitting.labels(question.id, marked.right),
            correct=marked.correct,
            counted=question.id not in sitting.unscored,
            confidence=sitting.confidence(question.id),
            seconds=sitting.seconds.get(question.id, 0.0),
        )


def _tallies(results: Iterable[QuestionResult], pack: ExamPack) -> Iterator[Tally]:
    """The blueprint's tasks, then those that only the record has."""
    asked, right = Counter[str](), Counter[str]()
    for result in results:
        asked[result.shown.task] += 1
        right[result.shown.task] += result.correct
    weights = blueprint_weights(pack.exam)
    titles = {task.id: task.title for task in pack.exam.tasks}
    for task in dict.fromkeys((*titles, *sorted(asked))):
        yield Tally(task, titles.get(task, ""), right[task], asked[task], weights.get(task, 0.0))


def _of_domains(tasks: Iterable[Tally], pack: ExamPack) -> Iterator[Tally]:
    tasks = list(tasks)
    for domain in pack.exam.domains:
        own = [task for task in tasks if task.id.partition(".")[0] == domain.id]
        yield Tally(domain.id, domain.title, sum(t.right for t in own), sum(t.of for t in own), domain.weight / 100)


def _study(tasks: Iterable[Tally], errors: Iterable[QuestionResult]) -> Iterator[Study]:
    """The tasks that cost most: by their share of the exam times the share of their questions that were missed."""
    errors = list(errors)
    missed = [task for task in tasks if task.right < task.of]
    missed.sort(key=lambda task: task.weight * (task.of - task.right) / task.of, reverse=True)
    for task in missed[:TO_STUDY]:
        cards = (card for error in errors if error.shown.task == task.id for card in cards_tested(error.shown))
        yield Study(task, tuple(dict.fromkeys(cards)))


def _notes(sitting: Sitting, pack: ExamPack) -> Iterator[str]:
    gone = [
        question.id
        for question in sitting.questions
        if question.origin == "authored" and question.id not in pack.questions_by_id
    ]
    if gone:
        yield f"No longer in the pack, counted as they were recorded: {', '.join(gone)}."
    if sitting.late:
        yield f"Answers that came after the end are kept and do not count: {', '.join(sitting.late)}."
    if sitting.set_back:
        yield (
            f"This machine's clock was set back by {sitting.set_back:,.0f} seconds in all; the time of the exam "
            "went on from where it was."
        )
