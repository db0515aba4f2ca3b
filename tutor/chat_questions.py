"""Questions in a talk: one is put, the reply is marked with its reasons, its options are asked about."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from corpus.errors import ExamTutorError, QuestionError
from corpus.questions import Question
from tutor.draw import Drawer, Origin
from tutor.grading import mark, read_choice
from tutor.intent import Context
from tutor.option_questions import OptionQuestion
from tutor.option_reviews import QuestionReview
from tutor.options import review_question
from tutor.pasted_options import review_pasted
from tutor.pasted_question import PastedQuestion, parse_question
from tutor.reviewing import review_if_cited
from tutor.socratic.reading import read_reply
from tutor.thread import KEPT, Thread
from tutor.topics import Topic, cards_at_stake, find_topic, whole_exam
from tutor.turns import Marked, Plain, Posed, Reviewed, Turn
from tutor.tutor import Tutor

Said = tuple[Turn, Thread]

_ABOUT = re.compile(r"\b(?:on|about|for|of|over|regarding|covering|in|from|around)\s+(?P<topic>[^?!.]+(?:\.\d)?)", re.I)
_NUMBERED = re.compile(r"\b(?:task|domain|section)\s+\d+(?:\.\d+)?", re.I)
_THE_EXAM = re.compile(r"^(?:the\s+|my\s+)?(?:whole\s+)?(?:exam|test|everything|anything|all\b.*|random.*)$", re.I)
NO_QUESTION = (
    "There is no question in this talk yet. Paste one with its options, or say “quiz me”, and ask about its options."
)


OPEN = ("Lead me there", "I don't know")
"""What may be said to an open question besides its answer."""


def named_topic(message: str, tutor: Tutor) -> Topic | None:
    """The task, domain or things that a message names, or None."""
    if numbered := _NUMBERED.search(message):
        return find_topic(numbered[0], tutor.words)
    cards = tutor.known.cards_named(message)
    named = ", ".join(card.name for card in cards)
    return Topic(named, cards=frozenset(card.id for card in cards)) if cards else None


def topic_in(message: str, tutor: Tutor) -> Topic | None:
    """The topic of a wish for questions, in whatever words, or None where it has none.

    Raises:
        ExamTutorError: there are no questions on it; names the nearest topics.
    """
    said = _ABOUT.search(message)
    named = named_topic(message, tutor)
    if named or said is None or _THE_EXAM.match(said["topic"].strip()):
        return named
    return find_topic(said["topic"].strip(), tutor.words)


def is_bare_choice(message: str, question: Question) -> bool:
    """Whether a message is nothing but options by their letters or numbers."""
    try:
        return bool(read_choice(message, question))
    except QuestionError:
        return False


def put(tutor: Tutor, thread: Thread, topic: Topic, now: datetime, rng: random.Random) -> Said:
    """A question on a topic that was not put in this talk before; where there is none, one on its exam tasks."""
    question, word = draw(tutor, thread, topic, rng), ""
    if question is None and topic.cards:
        tasks = frozenset(task for card in topic.cards for task in tutor.pack.cards_by_id[card].tasks)
        question, word = (
            draw(tutor, thread, Topic(topic.name, tasks), rng),
            f"No further question turns on {topic.name}; one on the same exam task:",
        )
    if question is None:
        nothing = f"There is no further question on {topic.name}; all of them were put."
        return Plain(nothing, suggestions=("Quiz me",)), thread
    turn, thread = pose(question, replace(thread, practised=topic.name[:KEPT]), now)
    return replace(turn, word=word), thread


def draw(tutor: Tutor, thread: Thread, topic: Topic, rng: random.Random) -> Question | None:
    """A question on a topic that was not put in this talk; a new scenario where that was wished for."""
    origins = (Origin.GENERATED, Origin.ANY) if thread.invented else (Origin.ANY,)
    for origin in origins:
        found = Drawer(tutor.pack, rng, thread.used, origin).draw(topic)
        if found is not None and found.id not in thread.used:
            return found
    return None


def pose(question: Question, thread: Thread, now: datetime) -> Said:
    """The question, open from now on."""
    turn = Posed(question, suggestions=OPEN)
    return turn, replace(with_question(thread, question), is_open=True, posed_at=now, last=Context.QUESTION)


def with_question(thread: Thread, question: Question) -> Thread:
    """The thread with another question, no reply to it yet."""
    right = dict.fromkeys(option.card for option in question.options if option.correct and option.card)
    others = dict.fromkeys(cards_at_stake(question))
    topics = tuple({**right, **others})[:4]
    used = tuple(dict.fromkeys((*thread.used, question.id)))
    return replace(
        thread, question=question, pasted="", is_open=False, replies=None, is_led=False, used=used, topics=topics
    )


def mark_reply(tutor: Tutor, thread: Thread, message: str, now: datetime) -> Said | None:
    """The open question marked by a reply that names options or gives up; None where it does neither."""
    question = thread.question
    if question is None:
        return None
    reading = read_reply(tutor.words, question, message)
    labels = [label for label, _ in question.labelled]
    chosen = sorted(reading.picked)
    if reading.tells_to_tell:
        chosen = []
    elif not chosen:
        return None
    if len(chosen) > question.select or (chosen and len(chosen) < question.select):
        wanted = (
            f"{question.select} of its options are to be chosen"
            if question.select > 1
            else "One option is to be chosen"
        )
        return Plain(f"{wanted}; you named {' and '.join(chosen)}. Which, then?"), thread
    marked = mark(question, (labels.index(label) for label in chosen))
    review = review_if_cited(question, tutor.known, chosen[0] if chosen else None)
    seconds = max((now - thread.posed_at).total_seconds(), 0.0) if thread.posed_at else 0.0
    turn = Marked(marked, review, seconds, suggestions=tuple(_after_marking(question, chosen)))
    return turn, replace(thread, is_open=False, last=Context.MARKED)


def _after_marking(question: Question, chosen: list[str]) -> Iterator[str]:
    yield "Another one"
    wrong = [label for label, option in question.labelled if not option.correct]
    asked = next((label for label in chosen if label in wrong), wrong[0])
    yield f"Is {asked} ever right?"
    if len(question.answer) == 1:
        yield f"Why is {question.answer[0]} right?"


def review_options(tutor: Tutor, thread: Thread, asked: OptionQuestion | None) -> Said:
    """The review of the question in the talk: of the options asked about, or of all.

    An open question stays open until the review has told what is right.
    """
    chosen = asked.labels[0] if asked and asked.asked == "chosen" else None
    review = _review(tutor, thread, chosen)
    labels = asked.labels if asked else tuple(option.label for option in review.options)
    is_open = thread.is_open and not set(labels) & set(review.right)
    turn = Reviewed(review, labels, suggestions=tuple(_after_review(review, labels, is_open)))
    return turn, replace(thread, last=Context.QUESTION if is_open else Context.MARKED, is_open=is_open)


def review_of_pasted(tutor: Tutor, thread: Thread, pasted: str, question: PastedQuestion) -> Said:
    """The review of a question that the learner pastes."""
    review = review_pasted(question, tutor.known)
    cards = dict.fromkeys(card.id for option in review.options for card in option.cards)
    labels = tuple(option.label for option in review.options)
    thread = replace(
        thread, pasted=pasted, question=None, is_open=False, replies=None, is_led=False, last=Context.MARKED,
        asked=review.stem, topics=tuple(cards)[:4],
    )  # fmt: skip
    return Reviewed(review, labels, suggestions=tuple(_after_review(review, labels, False))), thread


def options_in_talk(thread: Thread) -> list[tuple[str, str]]:
    """The labels and texts of the options of the last question; none where there is no question."""
    if thread.question is not None:
        return [(label, option.text) for label, option in thread.question.labelled]
    if thread.pasted:
        return [(option.label, option.text) for option in parse_question(thread.pasted).options]
    return []


def _review(tutor: Tutor, thread: Thread, chosen: str | None) -> QuestionReview:
    if thread.question is not None:
        return review_question(thread.question, tutor.known, chosen)
    pasted = parse_question(thread.pasted)
    return review_pasted(replace(pasted, chosen=(chosen,)) if chosen else pasted, tutor.known)


def _after_review(review: QuestionReview, labels: tuple[str, ...], is_open: bool) -> Iterator[str]:
    if is_open:
        yield from ("Lead me there", "Just tell me")
        return
    wrong = [option.label for option in review.options if option.verdict == "wrong"]
    if wrong:
        yield f"Is {next((label for label in labels if label in wrong), wrong[0])} ever right?"
    yield "Another one"


def topic_called(name: str, tutor: Tutor) -> Topic:
    """The topic of the last question put; the whole exam where it has no name of its own any more."""
    try:
        return find_topic(name, tutor.words) if name and name != tutor.pack.exam.title else whole_exam(tutor.pack)
    except ExamTutorError:
        return whole_exam(tutor.pack)
