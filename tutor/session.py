"""One talk with a learner, and the one door to it: a message goes in, what is to be shown comes out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from corpus.cards import Card
from tutor.answers import Answer, Claim
from tutor.followup import asks_which
from tutor.intent import Context
from tutor.routes import Message
from tutor.thread import TOPICS, Thread, thread_from_json, thread_to_json
from tutor.turns import Answered, Turn
from tutor.tutor import Tutor
from tutor.wanted import Asked, outside


class Session:
    """A talk. `say` answers a message whole, `stream` as it comes; both move the talk on.

    Whatever the text, there is a turn and no error about it; what a library or a model raises passes through, and
    leaves the talk as it was.
    """

    def __init__(self, tutor: Tutor, thread: Thread | None = None) -> None:
        self.tutor = tutor
        self.thread = thread or Thread()

    def say(self, message: str, now: datetime, rng: random.Random) -> Turn:
        """The turn that a message gets at a moment; questions are drawn with `rng`."""
        *_, last = self.stream(message, now, rng)
        if isinstance(last, Claim):
            raise TypeError("a stream ends in a turn")
        return last

    def stream(self, message: str, now: datetime, rng: random.Random) -> Iterator[Claim | Turn]:
        """The same, claim by claim while an answer is made; last the turn, which takes the place of all before it."""
        said = Message(self.tutor, self.thread, message.strip(), now, rng).said()
        if isinstance(said, Asked):
            yield from self._answered(said)
        else:
            turn, self.thread = said
            yield turn

    def to_json(self) -> str:
        """The talk as a JSON object, for `from_json`."""
        return thread_to_json(self.thread)

    @classmethod
    def from_json(cls, tutor: Tutor, text: str) -> Session:
        """A talk that was kept; what the pack no longer has is left out.

        Raises:
            ExamTutorError: the text is no talk.
        """
        return cls(tutor, thread_from_json(text, tutor.pack))

    def _answered(self, asked: Asked) -> Iterator[Claim | Turn]:
        answer = None
        for part in self.tutor.stream(asked.question):
            if isinstance(part, Answer):
                answer = part
            else:
                yield part
        if answer is None:
            raise TypeError("an engine's stream ends in an answer")
        topics = tuple(card.id for card in _topics(answer, self.tutor))
        if answer.abstained and asked.is_abroad:
            yield replace(outside(self.tutor), word=asked.word)
            return
        self.thread = asked.thread.about(topics, asked.question, Context.ANSWER)
        going: tuple[str, ...] = ("In depth", "Quiz me on this", "Lead me there") if topics else ()
        if topics and answer.abstained:
            going = tuple(f"Explain {self.tutor.pack.cards_by_id[card].name}" for card in topics[:1])
        yield Answered(answer, word=asked.word, suggestions=going)


def _topics(answer: Answer, tutor: Tutor) -> list[Card]:
    """What an answer is about, its focus first: what the question names; where it asks which thing, what is cited."""
    by_source = {tutor.pack.source_of_card(card.id): card for card in tutor.pack.cards}
    cited = [by_source[c.chunk.source] for c in answer.citations if c.chunk.source in by_source]
    named = list(answer.evidence.subjects)
    if asks_which(answer.question):
        other = [card for card in cited if card not in named]
        found = [*other[:1], *named, *other[1:]]
    else:
        found = named or cited
    return list({card.id: card for card in found}.values())[:TOPICS]
