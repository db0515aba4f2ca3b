"""A quiz: on a topic in the learner's words, on what is weak, on what is due, or mixed as the exam is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.errors import ExamTutorError
from corpus.questions import Question
from tutor.draw import Draw, Drawer, Origin, blueprint_weights, spread, tasks_of
from tutor.learner.attempts import Attempt
from tutor.pack_words import PackWords
from tutor.topics import Topic, find_topic, whole_exam


@dataclass(frozen=True, slots=True)
class QuizWish:
    """What the learner asks for; an empty `topic` is the whole exam."""

    count: int = 10
    topic: str = ""
    origin: Origin = Origin.ANY


def draw_quiz(wish: QuizWish, words: PackWords, attempts: Sequence[Attempt], now: datetime, rng: random.Random) -> Draw:
    """The questions of a quiz, no one twice; those that the attempts have not seen come first.

    Raises:
        ExamTutorError: there is nothing on the topic; names the nearest ones.
    """
    pack = words.pack
    if wish.count < 1:
        raise ExamTutorError(f"A quiz has 1 question or more, not {wish.count}.", "Give another number.")
    topic = find_topic(wish.topic, words) if wish.topic.strip() else whole_exam(pack)
    drawer = Drawer(pack, rng, [attempt.question for attempt in attempts], wish.origin)
    weights = blueprint_weights(pack.exam)
    reachable = tasks_of(topic, pack.exam, pack.questions)
    tasks = spread({task: weight for task, weight in weights.items() if task in reachable}, wish.count, rng)
    questions = tuple(_draw_for(tasks or [""] * wish.count, topic, drawer))
    return Draw(questions, tuple(_too_few(wish.count, topic, len(questions))))


def _draw_for(tasks: Sequence[str], topic: Topic, drawer: Drawer) -> Iterator[Question]:
    """A question for each task; where a task has no further one, another on the topic."""
    for task in tasks:
        question = (drawer.draw(topic, task) if task else None) or drawer.draw(topic)
        if question is None:
            return
        yield question


def _too_few(wanted: int, topic: Topic, found: int) -> Iterator[str]:
    if found < wanted:
        are = "is" if found == 1 else "are"
        yield f"On {topic.name} there {are} {found} of the {wanted} questions asked for, none of them twice."
