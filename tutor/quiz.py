"""A quiz: on a topic in the learner's words, on what is weak, on what is due, or mixed as the exam is."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.draw import Draw, Drawer, Origin, blueprint_weights, spread, tasks_of
from tutor.engines.scenario_writer import ScenarioWriter
from tutor.learner.attempts import Attempt
from tutor.learner.mastery import replay
from tutor.learner.practice import next_task
from tutor.learner.schedule import Due, schedule
from tutor.pack_words import PackWords
from tutor.scenarios.identity import family_of
from tutor.topics import Topic, find_topic, whole_exam
from tutor.written_scenarios import WrittenScenarios

MOST = 10_000
"""Questions that can be asked for at once."""
_LOOKS = 50
"""How often, for each question, the next weak task is looked for before a topic that has none of them is drawn from."""


class Choice(StrEnum):
    """By what questions are chosen: the exam's weights, the learner's weak tasks, or what is due for review."""

    MIXED = "mixed"
    WEAK = "weak"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class QuizWish:
    """What the learner asks for; an empty `topic` is the whole exam."""

    count: int = 10
    topic: str = ""
    choice: Choice = Choice.MIXED
    origin: Origin = Origin.ANY


def draw_quiz(  # noqa: PLR0913, PLR0917  what is asked for, and all that it depends on
    wish: QuizWish,
    words: PackWords,
    attempts: Sequence[Attempt],
    now: datetime,
    rng: random.Random,
    writer: ScenarioWriter | None = None,
) -> Draw:
    """The questions of a quiz, no one twice; those that the attempts have not seen come first.

    With a `writer` a model is asked for the new scenarios; the notes say what came of it.

    Raises:
        ExamTutorError: there is nothing on the topic, which names the nearest ones; or the number cannot be.
    """
    pack = words.pack
    if not 1 <= wish.count <= MOST:
        raise ExamTutorError(f"A quiz cannot have {wish.count:,} questions.", f"Ask for 1 to {MOST:,}.")
    topic = find_topic(wish.topic, words) if wish.topic.strip() else whole_exam(pack)
    written = WrittenScenarios(writer, rng) if writer else None
    drawer = Drawer(pack, rng, [attempt.question for attempt in attempts], wish.origin, written)
    draw = _draw(wish, pack, topic, drawer, attempts, now, rng)
    return replace(draw, notes=(*draw.notes, *written.notes())) if written else draw


def _draw(  # noqa: PLR0913, PLR0917
    wish: QuizWish,
    pack: ExamPack,
    topic: Topic,
    drawer: Drawer,
    attempts: Sequence[Attempt],
    now: datetime,
    rng: random.Random,
) -> Draw:
    """By the learner's choice."""
    if wish.choice is Choice.DUE:
        return _draw_due(wish.count, pack, topic, drawer, schedule(attempts, now), now)
    reachable = tasks_of(topic, pack.exam, pack.questions)
    if wish.choice is Choice.WEAK:
        tasks = _weakest(attempts, pack, reachable, wish.count, now)
    else:
        shares = blueprint_weights(pack.exam)
        tasks = spread({task: share for task, share in shares.items() if task in reachable}, wish.count, rng)
    questions = tuple(_draw_for(tasks or [""] * wish.count, topic, drawer))
    return Draw(questions, tuple(_too_few(f"On {topic.name}", wish.count, len(questions))))


def _weakest(attempts: Sequence[Attempt], pack: ExamPack, reachable: set[str], count: int, now: datetime) -> list[str]:
    """The tasks at which an answer is worth most, one for each question."""
    record = replay(attempts, pack.exam, now, trend_points=0)
    asked: Counter[str] = Counter()
    tasks: list[str] = []
    for _ in range(count * _LOOKS):
        task = next_task(record, pack.exam, asked)
        asked[task] += 1
        if task in reachable:
            tasks.append(task)
        if len(tasks) == count:
            break
    return tasks + [""] * (count - len(tasks))


def _draw_for(tasks: Sequence[str], topic: Topic, drawer: Drawer) -> Iterator[Question]:
    """A question for each task; where a task has no further one, another on the topic."""
    for task in tasks:
        question = (drawer.draw(topic, task) if task else None) or drawer.draw(topic)
        if question is None:
            return
        yield question


def _draw_due(  # noqa: PLR0913, PLR0917
    count: int, pack: ExamPack, topic: Topic, drawer: Drawer, reviews: Sequence[Due], now: datetime
) -> Draw:
    """What is due, the longest overdue first."""
    ripe = [review for review in reviews if review.due_at <= now]
    found = [question for review in ripe if (question := _for_review(review, pack, topic, drawer)) is not None]
    if found:
        return Draw(tuple(found[:count]), tuple(_too_few("Due for review", count, len(found))))
    later = next((review.due_at for review in reviews if review.due_at > now), None)
    return Draw((), ("Nothing is due for review." + (f" The next review is on {later:%d %B %Y}." if later else ""),))


def _for_review(review: Due, pack: ExamPack, topic: Topic, drawer: Drawer) -> Question | None:
    """The question itself; where it was generated or has left the pack, another one on the same things."""
    question = pack.questions_by_id.get(review.question)
    if question is None:
        alike = Topic(review.question, cards=frozenset([family_of(review.question), *review.cards]))
        question = drawer.draw(alike, review.task) or drawer.draw(Topic(review.task, tasks=frozenset([review.task])))
    elif not drawer.take(question):
        return None
    return question if question is not None and topic.covers(question) else None


def _too_few(what: str, wanted: int, found: int) -> Iterator[str]:
    if found < wanted:
        are = "is" if found == 1 else "are"
        yield f"{what} there {are} {found} of the {wanted} questions asked for, none of them twice."
