"""What a message wants by itself: an answer, an explanation, a comparison, a question, another place."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.cards import Card
from corpus.errors import ExamTutorError
from tutor import chat_dialogues, chat_questions
from tutor.chat_questions import Said
from tutor.compare import LEAST, MOST, compare
from tutor.explain import explain
from tutor.followup import Before, made_whole
from tutor.followup_cues import COMPARES, how_said
from tutor.intent import Context, Intent, Routed
from tutor.intent_cues import cues
from tutor.quiz import Choice
from tutor.thread import KEPT, Thread
from tutor.topics import Topic, nearest_topics, whole_exam
from tutor.turns import Compared, Explained, Handover, Plain
from tutor.tutor import Tutor
from tutor.wishes import (
    asks_besides,
    choice_in,
    count_in,
    depth_in,
    minutes_in,
)

ABROAD = 0.8
"""From this confidence on a message about none of the pack's things is held to be outside of the exam, unsearched."""

_ASKING = frozenset({Intent.ASK, Intent.COMPARE, Intent.EXPLAIN, Intent.WHY_WRONG, Intent.OUT_OF_SCOPE})
_APART = frozenset({Intent.PLAN, Intent.PROGRESS, Intent.EXAM, Intent.GREETING})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whole, on its way to the engine; `is_abroad` where it may be outside of the exam."""

    question: str
    thread: Thread
    word: str = ""
    is_abroad: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that has nothing to do with what stands open."""

    tutor: Tutor
    thread: Thread
    text: str
    now: datetime
    rng: random.Random

    def said(self, routed: Routed) -> Said | Asked:
        """The turn with the talk after it, or the question to be answered."""
        if routed.intent is Intent.REPLY:
            routed = self.by_itself()
        whole = self.text
        if routed.intent not in _APART or how_said(self.text):
            leans = routed.follow_up and routed.intent in _ASKING - {Intent.OUT_OF_SCOPE}
            whole = made_whole(whole, Before(self.thread.asked, self._topics()), self.tutor.names, leans)
        if whole != self.text and (routed.intent in _ASKING or how_said(self.text)):
            routed = self.tutor.router.route(whole)
        routes: dict[Intent, Callable[[str, Routed], Said | Asked]] = {
            Intent.COMPARE: self._compare,
            Intent.EXPLAIN: self._explain,
            Intent.WHY_WRONG: self._why_wrong,
            Intent.QUIZ: self._quiz,
            Intent.SCENARIO: self._quiz,
            Intent.SOCRATIC: self._lead,
            Intent.PLAN: self._hand_over,
            Intent.PROGRESS: self._hand_over,
            Intent.EXAM: self._hand_over,
            Intent.GREETING: self._greet,
            Intent.OUT_OF_SCOPE: self._outside,
        }
        return routes.get(routed.intent, self._ask)(whole, routed)

    def _ask(self, whole: str, routed: Routed) -> Asked:
        return Asked(whole, self.thread)

    def _greet(self, whole: str, routed: Routed) -> Said:
        return greeting(self.tutor, self.text), self.thread

    def _outside(self, whole: str, routed: Routed) -> Said | Asked:
        if routed.confidence >= ABROAD and not self.tutor.known.cards_named(whole):
            return outside(self.tutor), self.thread
        return Asked(whole, self.thread, is_abroad=True)

    def _topics(self) -> tuple[Card, ...]:
        return tuple(self.tutor.pack.cards_by_id[card] for card in self.thread.topics)

    def _compare(self, whole: str, routed: Routed) -> Said | Asked:
        cards = self.tutor.known.cards_named(whole)
        asks_one_thing = whole != self.text and not COMPARES.search(whole)
        if len(cards) < LEAST or asks_one_thing:
            return Asked(whole, self.thread)
        if len(cards) > MOST:
            return Plain(f"{len(cards)} things cannot be compared. Name {LEAST} to {MOST} of them."), self.thread
        asked = whole if COMPARES.search(whole) else f"Compare {' and '.join(card.name for card in cards)}"
        thread = self.thread.about(tuple(card.id for card in cards), asked, Context.ANSWER)
        return Compared(compare(cards, self.tutor.known), suggestions=("Quiz me on this", "Lead me there")), thread

    def _explain(self, whole: str, routed: Routed) -> Said | Asked:
        cards = self.tutor.known.cards_named(whole)
        if not cards or asks_besides(whole, self.tutor.names):
            return Asked(whole, self.thread)
        if len(cards) > 1:
            return self._compare(whole, routed)
        depth = depth_in(whole)
        thread = self.thread.about((cards[0].id,), whole, Context.ANSWER)
        deeper = {"sentence": "For the exam", "exam": "In depth", "deep": "In a sentence"}[depth]
        going = (deeper, "Quiz me on this", "Lead me there")
        return Explained(explain(cards[0], self.tutor.known, depth), suggestions=going), thread

    def _why_wrong(self, whole: str, routed: Routed) -> Said | Asked:
        if chat_questions.options_in_talk(self.thread):
            return chat_questions.review_options(self.tutor, self.thread, None)
        if self.tutor.known.cards_named(whole):
            return Asked(whole, self.thread)
        return Plain(chat_questions.NO_QUESTION, suggestions=("Quiz me",)), self.thread

    def _quiz(self, whole: str, routed: Routed) -> Said:
        """One question at once; a sitting of several is held in another place."""
        choice = choice_in(whole)
        try:
            mixed = choice is Choice.MIXED
            topic = (chat_questions.topic_in if mixed else chat_questions.named_topic)(whole, self.tutor)
        except ExamTutorError as error:
            near = nearest_topics(whole, self.tutor.pack)[:2]
            return Plain(str(error), suggestions=tuple(f"Quiz me on {name}" for name in near)), self.thread
        count = count_in(whole)
        if (count or 1) > 1 or choice is not Choice.MIXED:
            return Handover(routed.intent, self.text, topic, count, minutes_in(whole), choice), self.thread
        thread = replace(self.thread, invented=routed.intent is Intent.SCENARIO)
        return chat_questions.put(self.tutor, thread, topic or whole_exam(self.tutor.pack), self.now, self.rng)

    def _lead(self, whole: str, routed: Routed) -> Said:
        """To the answer of the question in the talk, else through one on what is named or was talked of."""
        cards = self.tutor.known.cards_named(whole)
        if self.thread.question is not None and not cards:
            return chat_dialogues.begin(self.tutor, self.thread, self.thread.question)
        try:
            topic = chat_questions.topic_in(whole, self.tutor) or self.last_topic()
        except ExamTutorError as error:
            return Plain(str(error)), self.thread
        question = chat_questions.draw(self.tutor, self.thread, topic, self.rng)
        if question is None:
            return Plain(f"There is no further question on {topic.name}; all of them were put."), self.thread
        thread = replace(self.thread, practised=topic.name[:KEPT], invented=False)
        return chat_dialogues.begin(self.tutor, thread, question)

    def last_topic(self) -> Topic:
        """What was talked of last, as a topic to practise; the whole exam where nothing was."""
        cards = self._topics()[:1]
        return Topic(cards[0].name, cards=frozenset({cards[0].id})) if cards else whole_exam(self.tutor.pack)

    def _hand_over(self, whole: str, routed: Routed) -> Said:
        topic = chat_questions.named_topic(whole, self.tutor)
        return Handover(routed.intent, self.text, topic, count_in(whole), minutes_in(whole)), self.thread

    def by_itself(self) -> Routed:
        """What a message wants that is no reply to what stands open: by itself or after an answer, the surer one."""
        contexts = (Context.ANSWER, Context.NOTHING)
        return max((self.tutor.router.route(self.text, one) for one in contexts), key=lambda one: one.confidence)


def greeting(tutor: Tutor, message: str) -> Plain:
    """What is said to a greeting; to thanks and to a farewell less."""
    going = ("Quiz me", "Lead me through a question")
    if "hello" not in cues(message):
        return Plain("Good. Whenever you like: ask, or be asked.", suggestions=going)
    exam, card = tutor.pack.exam, tutor.pack.cards[0]
    return Plain(
        f"Hello. Ask about anything that {exam.code} covers, paste a question to hear why each option is right or "
        "wrong, or be asked or led to an answer yourself.",
        suggestions=(f"Explain {card.name}", *going),
    )


def outside(tutor: Tutor) -> Plain:
    """What is said where a message is about something else than the exam."""
    return Plain(
        f"That is outside of {tutor.pack.exam.code}, and nothing in the library speaks of it.",
        suggestions=("Quiz me", "Lead me through a question"),
    )
