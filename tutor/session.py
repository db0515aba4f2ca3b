"""The one door to a talk: a message goes in, a turn comes out, and the thread of the talk is kept.

message → what stands open takes it: a dialogue, a question, the options of a marked one
        → else what it wants (tutor.intent), made whole from the talk before it (tutor.followup)
        → a turn (tutor.turns), and the thread for the next message (tutor.thread)
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from corpus.cards import Card
from tutor import asides, small_talk, suggestions
from tutor.answers import Answer, Claim
from tutor.explain import Depth
from tutor.followup import Before, made_whole
from tutor.handover import handover, how_many
from tutor.intent import Context, Intent, Routed
from tutor.orders import LEFT_OUT, without_orders
from tutor.pasted_question import looks_pasted
from tutor.question_talk import QuestionTalk, Said
from tutor.socratic.reading import read_reply
from tutor.subject_talk import EXAMPLE, SubjectTalk
from tutor.thread import Thread, Work, read_thread, thread_json
from tutor.topic import Topic, cards_in, of_cards, topic_of
from tutor.turns import Answered, Plain, Turn
from tutor.tutor import Tutor

SURE = 0.6
"""With this confidence a message leaves a dialogue for another thing, or is taken to be outside of the exam."""

EMPTY = "There was no message. Ask a question, or let me quiz you."
NO_QUESTION = "There is no question to speak of. Paste one with its options, or let me quiz you."
NOTHING_OPEN = "Good, we stop here. What is next?"
LEFT = "We leave the question here; “back to it” takes it up again."


@dataclass(frozen=True, slots=True)
class _ToAsk:
    """A question for the library; `likely` is whether it seems to be about the exam at all."""

    question: str
    likely: bool = True


class Session:
    """One learner's talk. `thread` is all it remembers; the tutor is shared with other talks.

    `depth` is how deep things are explained where a message does not say it.
    """

    def __init__(self, tutor: Tutor, thread: Thread | None = None, depth: Depth = "exam") -> None:
        self.tutor = tutor
        self.thread = thread or Thread()
        self.depth = depth

    def say(self, message: str, now: datetime, rng: random.Random) -> Turn:
        """The turn that answers a message; whatever the text, never an error about it."""
        return next(part for part in self.stream(message, now, rng) if not isinstance(part, Claim))

    def stream(self, message: str, now: datetime, rng: random.Random) -> Iterator[Claim | Turn]:
        """The same, an answer's claims first, each as it is ready; last the turn, which takes their place."""
        written = message.strip()
        text = written if looks_pasted(written) else without_orders(written)
        left_out = LEFT_OUT if text != written else ""
        leaving = self._is_left_by(text)
        if leaving:
            self.thread = QuestionTalk(self.tutor, self.thread).leave()
        decided = self._decide(text, now, rng)
        if isinstance(decided, _ToAsk):
            for part in self.tutor.stream(decided.question):
                if isinstance(part, Answer):
                    yield _with_word(self._answered(decided, part), leaving, left_out)
                else:
                    yield part
        else:
            turn, self.thread = decided
            yield _with_word(turn, leaving, left_out)

    def to_json(self) -> dict[str, Any]:
        """The thread as plain data."""
        return thread_json(self.thread)

    @classmethod
    def from_json(cls, tutor: Tutor, data: object) -> Self:
        """The talk that goes on from a kept thread.

        Raises:
            ExamTutorError: the data is no thread of this pack; it says to begin a new conversation.
        """
        return cls(tutor, read_thread(data, tutor.pack))

    # What is open takes the message first.

    def _is_left_by(self, text: str) -> bool:
        """Whether a dialogue is open and the message is plainly another thing."""
        work = self.thread.work
        if work is None or not work.is_open or asides.STOP.match(text) or not text:
            return False
        if looks_pasted(text):
            return True
        routed = self._route(text)
        if routed.intent in {Intent.REPLY, Intent.SOCRATIC, Intent.GREETING, Intent.WHY_WRONG}:
            return False
        return routed.confidence >= SURE or (
            routed.intent is not Intent.OUT_OF_SCOPE and read_reply(self.tutor.words, work.question, text).off_point
        )

    def _decide(self, text: str, now: datetime, rng: random.Random) -> Said | _ToAsk:
        talk = QuestionTalk(self.tutor, self.thread)
        work = self.thread.work
        if not any(character.isalnum() for character in text):
            return Plain(EMPTY, (suggestions.QUIZ,)), self.thread
        if asides.BACK.search(text):
            return talk.back()
        if looks_pasted(text):
            return talk.paste(text)
        if work and work.is_open:
            return self._in_dialogue(talk, work, text)
        if asides.STOP.match(text):
            return Plain(NOTHING_OPEN, (suggestions.QUIZ, suggestions.PLAN)), self.thread
        routed = self._route(text)
        return self._on_question(talk, routed, text) or self._wanted(routed, text, now, rng)

    def _route(self, text: str) -> Routed:
        """What the message wants; what the tutor itself proposed is taken to the letter."""
        if (intent := suggestions.meant(text)) is not None:
            return Routed(intent, 1.0, follow_up=True)
        open_now = Context.DIALOGUE if self.thread.work and self.thread.work.is_open else self.thread.last
        return self.tutor.router.route(text, open_now)

    def _in_dialogue(self, talk: QuestionTalk, work: Work, text: str) -> Said:
        if asides.STOP.match(text):
            return Plain(LEFT, (suggestions.BACK, suggestions.QUIZ)), talk.leave()
        return talk.step(work, text)

    def _on_question(self, talk: QuestionTalk, routed: Routed, text: str) -> Said | None:
        """The message as a reply to the open question, or as one about options; None where it is neither."""
        question = self.thread.open_question
        if question is not None and not self.thread.pasted:
            replies = routed.intent is Intent.REPLY or asides.BARE_CHOICE.match(text)
            if replies:
                again = "Which of the options is it? A letter will do."
                return talk.take(question, text) or talk.put_again(question, again)
            asked = talk.about_options(text) if routed.intent is Intent.WHY_WRONG else None
            return talk.explain_open(question, asked) if asked else None
        return self._on_reviewed(talk, routed, text)

    def _on_reviewed(self, talk: QuestionTalk, routed: Routed, text: str) -> Said | None:
        """The message as one about the options of the question that was marked or pasted last."""
        names_card = bool(cards_in(text, self.tutor.words))
        if not talk.has_reviewed:
            if self.thread.last is Context.ANSWER:  # "why?" and "the first one" speak of what was said
                return None
            nothing = (routed.intent is Intent.WHY_WRONG and not names_card) or asides.BARE_CHOICE.match(text)
            return (Plain(NO_QUESTION, (suggestions.QUIZ,)), self.thread) if nothing else None
        asked = talk.about_options(text)
        if routed.intent is Intent.WHY_WRONG or (asked and asides.BARE_CHOICE.match(text)):
            return talk.explain_options(asked)
        asks = routed.intent in {Intent.ASK, Intent.EXPLAIN} and self.thread.last is Context.MARKED
        meant = asked is not None and asks and (not names_card or asked.asked == "ever right")
        return talk.explain_options(asked) if meant else None

    # What it wants.

    def _wanted(self, routed: Routed, text: str, now: datetime, rng: random.Random) -> Said | _ToAsk:
        handlers: dict[Intent, Callable[[Routed, str, random.Random], Said | _ToAsk]] = {
            Intent.EXPLAIN: self._explain,
            Intent.COMPARE: self._compare,
            Intent.SCENARIO: self._scenario,
            Intent.SOCRATIC: self._socratic,
        }
        if routed.intent is Intent.OUT_OF_SCOPE and routed.confidence >= SURE and not cards_in(text, self.tutor.words):
            return small_talk.out_of_scope(self.tutor.pack.exam), self.thread
        if routed.intent is Intent.GREETING:
            return small_talk.reply(text, self.tutor.pack.exam), self.thread
        if routed.intent is Intent.QUIZ and (how_many(text) or 1) == 1:
            return self._talk().pose(self._topic(routed, text), rng)
        if routed.intent in {Intent.QUIZ, Intent.PLAN, Intent.PROGRESS, Intent.EXAM}:
            return handover(routed.intent, text, self._topic(routed, text), now), self.thread
        if routed.intent in handlers:
            return handlers[routed.intent](routed, text, rng)
        return self._ask(routed, text)

    def _talk(self) -> QuestionTalk:
        return QuestionTalk(self.tutor, self.thread)

    def _things(self) -> SubjectTalk:
        return SubjectTalk(self.tutor, self.thread, self.depth)

    def _explain(self, routed: Routed, text: str, _: random.Random) -> Said | _ToAsk:
        talk = self._things()
        whole = self._whole(text) if cards_in(text, self.tutor.words) else text
        card = talk.to_explain(whole)
        return talk.explain(card, text) if card else self._ask(routed, text)

    def _compare(self, routed: Routed, text: str, _: random.Random) -> Said | _ToAsk:
        talk = self._things()
        cards = talk.to_compare(self._whole(text))
        return talk.compare(cards) if cards else self._ask(routed, text)

    def _scenario(self, routed: Routed, text: str, rng: random.Random) -> Said:
        return self._talk().pose(self._topic(routed, text), rng, invented=True)

    def _socratic(self, routed: Routed, text: str, rng: random.Random) -> Said:
        """On the question that stands, else on a new one on the topic."""
        talk, topic = self._talk(), topic_of(text, self.tutor.words)
        stands = talk.known_question() if topic.is_everything else None
        if stands is not None:
            return talk.lead(stands)
        turn, thread = talk.pose(self._topic(routed, text), rng)
        return QuestionTalk(self.tutor, thread).lead(thread.question) if thread.question else (turn, thread)

    def _topic(self, routed: Routed, text: str) -> Topic:
        """What the message says; else what the talk was about, where it goes on from there."""
        topic = topic_of(text, self.tutor.words)
        if not topic.is_everything:
            return topic
        if asides.AGAIN.search(text) and self.thread.question is not None:
            return self.thread.about
        if routed.follow_up and self.thread.topics and not topic.words:
            return of_cards(self.tutor.pack.cards_by_id[card] for card in self.thread.topics)
        return topic

    def _ask(self, routed: Routed, text: str) -> _ToAsk:
        topics = self._things().topics
        if EXAMPLE.search(text) and routed.follow_up and topics and not cards_in(text, self.tutor.words):
            return _ToAsk(f"What is an example of {topics[0].name}?")
        return _ToAsk(self._whole(text), routed.intent is not Intent.OUT_OF_SCOPE)

    def _whole(self, text: str) -> str:
        topics = self._things().topics
        return made_whole(text, Before(self.thread.asked, topics), self.tutor.known.names)

    def _answered(self, asked: _ToAsk, answer: Answer) -> Turn:
        """The turn for an answer; what seemed to be about another thing and has no answer gets a word in its place."""
        if answer.abstained and not asked.likely:
            return small_talk.out_of_scope(self.tutor.pack.exam)
        cards = answer.evidence.subjects or self._cards_cited(answer)
        topics = tuple(card.id for card in cards) if cards or not answer.abstained else self.thread.topics
        self.thread = replace(self.thread, last=Context.ANSWER, asked=answer.question, topics=topics, depth="exam")
        extra = (suggestions.IN_DEPTH,) if len(cards) == 1 else ()
        taps = suggestions.after_talk(cards, self.tutor.pack, *extra) if not answer.abstained else ()
        return Answered(answer, suggestions=taps)

    def _cards_cited(self, answer: Answer) -> tuple[Card, ...]:
        sources = {self.tutor.pack.source_of_card(card.id): card for card in self.tutor.pack.cards}
        cited = [sources.get(citation.chunk.source) for citation in answer.citations[:1]]
        return tuple(card for card in cited if card)


def _with_word(turn: Turn, leaving: bool, left_out: str) -> Turn:
    """The turn, with a word on what of the message was `left_out`, and on how to come back to a left dialogue."""
    word = " ".join(filter(None, (left_out, LEFT if leaving else "", turn.word)))
    taps = (*turn.suggestions, suggestions.BACK) if leaving else turn.suggestions
    return replace(turn, word=word, suggestions=taps)
