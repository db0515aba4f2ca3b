"""The thread of a talk: all that the next message may lean on, as plain data that can be kept and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.explain import Depth
from tutor.intent import Context
from tutor.topic import EVERYTHING, Topic

MAX_SEEN = 10_000
"""Ids of questions that are kept; a thread with more was not written here."""


@dataclass(frozen=True, slots=True)
class Work:
    """A Socratic dialogue as its question and the learner's replies: the same ones give the same turns."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    question: Question
    replies: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Thread:
    """What was talked about.

    `last` is what stands last; `asked` the last question to the library, made whole; `topics` the ids of the cards
    that were spoken of last, the latest first named; `depth` that of the last explanation. `question` was put to
    the learner, and is open until there is a `marked` for it: the labels that were chosen, none where the learner
    asked to be told. `pasted` is the text of a question that the learner pasted, which is newer than `question`.
    `about` is what the learner is being quizzed on, `seen` are the ids of the questions that were put.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    last: Context = Context.NOTHING
    asked: str = ""
    topics: tuple[str, ...] = ()
    depth: Depth = "exam"
    question: Question | None = None
    marked: tuple[str, ...] | None = None
    pasted: str = ""
    about: Topic = EVERYTHING
    seen: tuple[str, ...] = ()
    work: Work | None = None

    @property
    def open_question(self) -> Question | None:
        """The question that waits for an answer, or None."""
        return self.question if self.marked is None else None


_THREAD = TypeAdapter(Thread)


def thread_json(thread: Thread) -> dict[str, Any]:
    """The thread as plain data, for `read_thread`."""
    data: dict[str, Any] = _THREAD.dump_python(thread, mode="json")
    return data


def read_thread(data: object, pack: ExamPack) -> Thread:
    """A thread that was kept.

    Raises:
        ExamTutorError: it is not one, or speaks of what the pack no longer has.
    """
    try:
        thread = _THREAD.validate_python(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ExamTutorError(f"The talk that was kept cannot be read: {place or 'it'} is not valid.", _ANEW) from None
    if gone := next(_gone(thread, pack), None):
        raise ExamTutorError(f"The talk that was kept speaks of '{gone}', which the pack {pack.id} has not.", _ANEW)
    if len(thread.seen) > MAX_SEEN:
        raise ExamTutorError(f"The talk that was kept names more than {MAX_SEEN:,} questions.", _ANEW)
    return thread


_ANEW = "Begin a new conversation."


def _gone(thread: Thread, pack: ExamPack) -> Iterator[str]:
    yield from (card for card in (*thread.topics, *thread.about.cards) if card not in pack.cards_by_id)
    for question in (thread.question, thread.work.question if thread.work else None):
        for option in question.options if question else ():
            if option.card and option.card not in pack.cards_by_id:
                yield option.card
            for cite in option.cites:
                card = pack.cards_by_id.get(cite.partition("#")[0])
                if card is None or card.fact(cite.partition("#")[2]) is None:
                    yield cite
