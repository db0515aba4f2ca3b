"""What a talk is about so far: enough to understand the next message, kept as plain data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.intent import Context
from tutor.reviewing import has_sources

MOST_USED = 10_000
TOPICS = 4
"""Things that a talk is about at a time."""
KEPT = 4_000
"""Characters of a question that are kept."""
Line = Annotated[str, Field(max_length=20_000)]


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of a talk.

    `last` is what stands last; `asked` is the last question, made whole, and `topics` the ids of the cards that it is
    about, the one in focus first. `question` was put to the learner or picked, at `posed_at`, and may be answered
    while it `is_open`; `pasted` stands in its place where the learner pasted one. `replies` are those in the dialogue
    on the question, None where there is none; while it `is_led` a message is a reply in it. `practised` is the topic
    of the last question put, in words, and `invented` whether it was to be a new scenario; `used` are the ids of all
    questions put.
    """

    last: Context = Context.NOTHING
    asked: Line = ""
    topics: Annotated[tuple[str, ...], Field(max_length=8)] = ()
    question: Question | None = None
    pasted: Line = ""
    is_open: bool = False
    posed_at: datetime | None = None
    replies: Annotated[tuple[Line, ...], Field(max_length=500)] | None = None
    is_led: bool = False
    practised: Line = ""
    invented: bool = False
    used: Annotated[tuple[str, ...], Field(max_length=MOST_USED)] = ()

    def about(self, topics: tuple[str, ...], asked: str, last: Context) -> Thread:
        """The thread after something was said on topics; without any, those before stay."""
        return replace(self, topics=topics or self.topics, asked=asked[:KEPT], last=last)


_ADAPTER = TypeAdapter(Thread)


def thread_to_json(thread: Thread) -> str:
    """The thread as a JSON object."""
    return _ADAPTER.dump_json(thread).decode()


def thread_from_json(text: str, pack: ExamPack) -> Thread:
    """A thread that was kept; what the pack no longer has is left out.

    Raises:
        ExamTutorError: the text is no thread.
    """
    try:
        thread = _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole of it"
        raise ExamTutorError(f"The kept talk cannot be read: {where}: {first['msg']}.", "Begin a new one.") from error
    topics = tuple(card for card in thread.topics if card in pack.cards_by_id)
    question = thread.question
    if question is not None and not has_sources(question, pack):
        return replace(thread, topics=topics, question=None, is_open=False, replies=None, is_led=False)
    if question is not None:
        question = pack.questions_by_id.get(question.id, question)
    return replace(thread, topics=topics, question=question)
