"""A mock exam as the blueprint describes the real one: questions of each domain, minutes, those that do not count."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.blueprint import Exam
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.draw import Drawer, largest_remainder, spread
from tutor.learner.attempts import Attempt, Mode
from tutor.sitting import Sitting
from tutor.sitting_events import Feedback
from tutor.sittings import Sittings, Step
from tutor.topics import Topic


@dataclass(frozen=True, slots=True)
class ExamForm:
    """One form of the exam: its questions in order, those of them that do not count, and where it falls short."""

    questions: tuple[Question, ...]
    unscored: frozenset[str]
    notes: tuple[str, ...] = ()


def questions_by_domain(exam: Exam) -> dict[str, tuple[int, int]]:
    """How many questions of each domain count and how many do not, as (scored, unscored), by largest remainder.

    The guide's weights are shares of the scored questions; those that do not count are taken to be spread alike.
    A blueprint that does not say how many count is read as if all did.

    Raises:
        ExamTutorError: the blueprint does not say how many questions the exam has.
    """
    total = exam.format.questions
    if total is None:
        raise ExamTutorError(
            f"The blueprint of {exam.code} does not say how many questions the exam has.",
            "Add 'questions' to [format] in its blueprint.toml.",
        )
    weights = {domain.id: float(domain.weight) for domain in exam.domains}
    scored = largest_remainder(weights, exam.format.scored or total)
    unscored = largest_remainder(weights, total - (exam.format.scored or total))
    return {domain: (scored[domain], unscored[domain]) for domain in weights}


def draw_exam(pack: ExamPack, attempts: Sequence[Attempt], rng: random.Random) -> ExamForm:
    """A new form of the exam: within a domain its tasks alike, unseen questions first, in an order that is drawn.

    Raises:
        ExamTutorError: the blueprint does not say how many questions the exam has.
    """
    drawer = Drawer(pack, rng, [attempt.question for attempt in attempts])
    questions: list[Question] = []
    unscored: set[str] = set()
    notes: list[str] = []
    for domain in pack.exam.domains:
        counted, tried_out = questions_by_domain(pack.exam)[domain.id]
        drawn = list(_of_tasks({task.id: 1.0 for task in domain.tasks}, counted + tried_out, drawer, rng))
        if len(drawn) < counted + tried_out:
            notes.append(f"Domain {domain.id} has {len(drawn)} of the {counted + tried_out} questions it should have.")
        rng.shuffle(drawn)
        questions += drawn
        unscored.update(question.id for question in drawn[counted:])
    rng.shuffle(questions)
    return ExamForm(tuple(questions), frozenset(unscored), tuple(notes))


def begin_exam(
    sittings: Sittings,
    attempts: Sequence[Attempt],
    now: datetime,
    rng: random.Random,
    minutes: float | None = None,
) -> Step:
    """Begin a mock exam; the time is the blueprint's unless `minutes` is given.

    Raises:
        ExamTutorError: the blueprint does not say how many questions or how long, or the time given is none.
    """
    exam = sittings.pack.exam
    allowed = minutes if minutes is not None else exam.format.minutes
    if allowed is None:
        raise ExamTutorError(f"The blueprint of {exam.code} does not say how long the exam takes.", "Give the minutes.")
    if not 0 < allowed <= 24 * 60:
        raise ExamTutorError(f"An exam cannot take {allowed:g} minutes.", "Give a number from 1 to 1440.")
    form = draw_exam(sittings.pack, attempts, rng)
    sitting = sittings.begin(
        form.questions,
        mode=Mode.EXAM,
        feedback=Feedback.FINAL,
        minutes=allowed,
        unscored=form.unscored,
        now=now,
        rng=rng,
    )
    return Step(sittings.open(sitting, sitting.questions[0].id, now), " ".join(form.notes))


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question in the list that is looked through before handing in; `number` counts from 1."""

    number: int
    question: str
    answered: bool
    flagged: bool


def review_list(sitting: Sitting) -> tuple[ReviewLine, ...]:
    """Every question with whether it is answered and flagged; what does not count is not told apart."""
    return tuple(
        ReviewLine(number, question.id, bool(sitting.chosen(question.id)), question.id in sitting.flags)
        for number, question in enumerate(sitting.questions, start=1)
    )


def _of_tasks(weights: dict[str, float], count: int, drawer: Drawer, rng: random.Random) -> Iterator[Question]:
    domain = Topic("", tasks=frozenset(weights))
    for task in spread(weights, count, rng):
        question = drawer.draw(domain, task) or drawer.draw(domain)
        if question is not None:
            yield question
