"""A question in the talk: the next one on a topic, what a learner's reply chooses, and how it is marked."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from corpus.errors import PackError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.knowledge import Knowledge
from tutor.option_reviews import QuestionReview
from tutor.options import about_choice, review_question
from tutor.pack_words import PackWords
from tutor.scenarios.generator import generate
from tutor.socratic.reading import read_reply
from tutor.topic import Topic

FRESH = 40
"""How many generated questions are looked at for one that was not put yet."""

_JOINED = re.compile(r"(?<=\b[a-f])(?:\s+n\s+|\s*[&+/]\s*)(?=[a-f]\b)", re.I)
_RUN = re.compile(r"^\W*([a-f]{2,5})\W*$", re.I)


@dataclass(frozen=True, slots=True)
class Choice:
    """`labels` are the options that a reply takes; `gives_up` says that the learner wants to be told."""

    labels: tuple[str, ...] = ()
    gives_up: bool = False


def next_question(
    pack: ExamPack, topic: Topic, seen: Collection[str], rng: random.Random, *, invented: bool = False
) -> Question | None:
    """A question on the topic that was not put yet, or None: authored ones first, unless an invented one is wanted."""
    written = [q for q in pack.questions if q.id not in seen and topic.has(q)]
    if written and not invented:
        return rng.choice(written)
    fresh = next((question for question in _invented(pack, topic, rng) if question.id not in seen), None)
    return fresh or (rng.choice(written) if written else None)


def _invented(pack: ExamPack, topic: Topic, rng: random.Random) -> Iterator[Question]:
    """New questions, from each card or task of the topic in turn; none where the pack has no material for them."""
    try:
        if topic.is_everything:
            yield from generate(pack, rng, count=FRESH)
        for card in rng.sample(topic.cards, len(topic.cards)):
            yield from generate(pack, rng, topic=card, count=FRESH)
        for task in rng.sample(topic.tasks, len(topic.tasks)):
            yield from generate(pack, rng, task=task, count=FRESH)
    except PackError:
        return


def read_choice(known: PackWords, question: Question, message: str) -> Choice:
    """What a reply chooses: by letter, place, name or the option's words; nothing where it does none of these."""
    labels = [label for label, _ in question.labelled]
    if (run := _RUN.match(message)) and len(set(run[1].upper()) & set(labels)) == len(run[1]):
        return Choice(tuple(label for label in labels if label in run[1].upper()))
    exact = [label for label, option in question.labelled if _plain(option.text) == _plain(message)]
    if exact:
        return Choice(tuple(exact))
    reading = read_reply(known, question, _JOINED.sub(" and ", message))
    gives_up = reading.tells_to_tell or (reading.stuck and not reading.picked)
    return Choice(tuple(label for label in labels if label in reading.picked), gives_up)


def mark(question: Question, chosen: tuple[str, ...], known: Knowledge) -> QuestionReview:
    """The reasons for and against each option, with a word on each one chosen."""
    review = review_question(question, known, next(iter(chosen), None))
    return replace(review, remarks=tuple(about_choice(review.options, chosen)))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
