"""What happens in a sitting, as a ledger keeps it, each thing an entry; read with care, since ledgers are imported."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.questions import Question
from tutor.learner.attempts import Confidence, Entry, Mode

SITTING = "sitting"
"""The kind of an entry that says what happened."""
DRAWN = "drawn"
"""The kind of the one entry of a sitting that holds its questions, whole."""


class Feedback(StrEnum):
    """When the learner is told: after every answer, or at the end."""

    IMMEDIATE = "immediate"
    FINAL = "final"


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True)


class Begun(_Event):
    """It began. `seed` is for the order of options; `minutes` is None where nothing is timed."""

    event: Literal["begun"] = "begun"
    mode: Mode
    feedback: Feedback
    seed: int
    minutes: float | None = None
    pack_version: str = ""
    about: str = ""


class Opened(_Event):
    """A question was put before the learner; `resumed` where they came back to the sitting, however long after."""

    event: Literal["opened"] = "opened"
    question: str
    resumed: bool = False


class Answered(_Event):
    """Options were chosen, by their positions in the question; none takes an answer back."""

    event: Literal["answered"] = "answered"
    question: str
    chosen: tuple[int, ...]
    confidence: Confidence | None = None


class Flagged(_Event):
    """A question was marked to come back to, or no longer."""

    event: Literal["flagged"] = "flagged"
    question: str
    flag: bool


class Finished(_Event):
    """It was handed in, or its time was over."""

    event: Literal["finished"] = "finished"


Event = Begun | Opened | Answered | Flagged | Finished
_EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


class DrawnQuestions(_Event):
    """A sitting's questions in order, whole: it goes on the same whatever becomes of the pack or the generator.

    `unscored` are the ids of those that do not count.
    """

    questions: tuple[Question, ...]
    unscored: frozenset[str] = frozenset()


def entry_of(event: Event, sitting: str, learner: str, exam: str, place: int, at: datetime) -> Entry:  # noqa: PLR0913, PLR0917
    """The entry for an event; `place` is how many the sitting has before it.

    The same event recorded by two at the same place and moment is one.
    """
    return _entry(SITTING, event.model_dump(mode="json"), sitting, learner, exam, place, at)


def entry_of_drawn(drawn: DrawnQuestions, sitting: str, learner: str, exam: str, at: datetime) -> Entry:
    """The entry that holds a sitting's questions."""
    content = drawn.model_dump(mode="json", exclude_defaults=True)
    return _entry(DRAWN, {**content, "unscored": sorted(drawn.unscored)}, sitting, learner, exam, 0, at)


def read_events(entries: Iterable[Entry]) -> Iterator[tuple[Event, datetime]]:
    """The events that the entries of a sitting hold; what cannot be read as one is passed over."""
    for entry in entries:
        if entry.kind == SITTING:
            try:
                yield _EVENTS.validate_python(entry.content), entry.at
            except ValidationError:
                continue


def read_drawn(entries: Iterable[Entry]) -> DrawnQuestions | None:
    """The questions that a sitting was begun with, or None where the ledger does not have them."""
    for entry in entries:
        if entry.kind == DRAWN:
            try:
                return DrawnQuestions.model_validate(entry.content)
            except ValidationError:
                continue
    return None


def sitting_id(mode: Mode, learner: str, exam: str, seed: int, at: datetime) -> str:
    """A name for a new sitting that no other has, in any learner's ledger."""
    digest = hashlib.sha256(json.dumps([learner, exam, seed, at.isoformat()]).encode()).hexdigest()
    return f"{mode}-{at:%Y%m%d}-{digest[:16]}"


def _entry(  # noqa: PLR0913, PLR0917
    kind: str, content: dict[str, object], sitting: str, learner: str, exam: str, place: int, at: datetime
) -> Entry:
    said = json.dumps([kind, sitting, place, at.isoformat(), content], sort_keys=True)
    identity = f"{sitting}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    return Entry(identity, learner, exam, kind, sitting, content, at)
