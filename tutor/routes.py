"""Where a message goes: by what stands last in the talk, then by what it wants."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.cards import Card
from corpus.errors import ExamTutorError, QuestionError
from corpus.questions import Question
from tutor import chat_dialogues, chat_questions
from tutor.chat_dialogues import wants_back, wants_hint, wants_to_stop
from tutor.chat_questions import Said
from tutor.compare import LEAST, MOST, compare
from tutor.explain import explain
from tutor.followup import Before, made_whole
from tutor.followup_cues import COMPARES, how_said
from tutor.intent import READ, Context, Intent, Routed
from tutor.intent_cues import cues
from tutor.option_questions import read_option_question
from tutor.pasted_question import parse_question
from tutor.quiz import Choice
from tutor.socratic.reading import read_reply
from tutor.thread import KEPT, Thread
from tutor.topics import Topic, nearest_topics, whole_exam
from tutor.turns import Compared, Explained, Handover, Plain, Posed
from tutor.tutor import Tutor
from tutor.wishes import (
    asks_besides,
    choice_in,
    count_in,
    depth_in,
    has_options,
    is_question,
    minutes_in,
    wants_another,
)

AWAY = 0.6
"""From this confidence on a message that is no reply to an open dialogue is taken to leave it."""
ABROAD = 0.8
"""From this confidence on a message about none of the pack's things is held to be outside of the exam, unsearched."""

_ELSEWHERE = frozenset(
    {
        Intent.COMPARE,
        Intent.EXPLAIN,
        Intent.ASK,
        Intent.QUIZ,
        Intent.SCENARIO,
        Intent.PLAN,
        Intent.PROGRESS,
        Intent.EXAM,
    }
)
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
class Message:
    """One message on its way to a turn."""

    tutor: Tutor
    thread: Thread
    text: str
    now: datetime
    rng: random.Random

    def said(self) -> Said | Asked:
        """The turn with the talk after it, or the question to be answered."""
        if not self.text:
            return Plain(
                "There was no message. Ask a question, or say “quiz me”.", suggestions=("Quiz me",)
            ), self.thread
        if has_options(self.text):
            return self._pasted()
        routed = self.tutor.router.route(self.text, self.thread.last)
        if self.thread.is_led:
            return self._in_dialogue(routed)
        return self._back() or self._on_question(routed) or self._by_intent(routed)

    def _pasted(self) -> Said:
        try:
            question = parse_question(self.text)
        except QuestionError as error:
            return Plain(str(error)), self.thread
        return chat_questions.review_of_pasted(self.tutor, self.thread, self.text, question)

    # What depends on what stands open.

    def _in_dialogue(self, routed: Routed) -> Said | Asked:
        if wants_to_stop(self.text):
            return chat_dialogues.stop(self.thread)
        elsewhere = self._elsewhere(routed)
        if elsewhere is None:
            return chat_dialogues.reply(self.tutor, self.thread, self.text)
        aside = replace(self, thread=replace(self.thread, is_led=False, last=Context.ANSWER))
        said = aside._by_intent(elsewhere)
        if isinstance(said, Asked):
            return replace(said, word=chat_dialogues.ASIDE)
        turn, thread = said
        return replace(turn, word=chat_dialogues.ASIDE), thread

    def _elsewhere(self, routed: Routed) -> Routed | None:
        """Where a message in a dialogue goes that is plainly another thing; None for a reply, however wrong."""
        if self.thread.question is None or not read_reply(self.tutor.words, self.thread.question, self.text).off_point:
            return None
        if is_question(self.text):
            routed = self._aside()
        away = routed.intent in _ELSEWHERE and routed.confidence >= AWAY
        return replace(routed, follow_up=False) if away else None

    def _aside(self) -> Routed:
        """What a message wants that is no reply to what stands open: by itself or after an answer, the surer one."""
        contexts = (Context.ANSWER, Context.NOTHING)
        return max((self.tutor.router.route(self.text, one) for one in contexts), key=lambda one: one.confidence)

    def _back(self) -> Said | None:
        """To the dialogue or the question that was left, or away from it."""
        if wants_to_stop(self.text):
            return chat_dialogues.stop(self.thread)
        if self.thread.question is None or not (self.thread.is_open or self.thread.replies is not None):
            return None
        if self.thread.replies is None:
            put_again = Posed(self.thread.question, suggestions=chat_questions.OPEN)
            return (put_again, replace(self.thread, last=Context.QUESTION)) if wants_back(self.text) else None
        if wants_back(self.text):
            return chat_dialogues.back(self.tutor, self.thread)
        asks = read_reply(self.tutor.words, self.thread.question, self.text).tells_to_tell or wants_hint(self.text)
        led = replace(self.thread, is_led=True, last=Context.DIALOGUE)
        return chat_dialogues.reply(self.tutor, led, self.text) if asks else None

    def _on_question(self, routed: Routed) -> Said | None:
        """A reply to the open question, a question about its options, or the wish for the next one."""
        question = self.thread.question
        if wants_another(self.text) and (question or self.thread.pasted):
            return self._another()
        asked = read_option_question(self.text[:READ], chat_questions.options_in_talk(self.thread))
        asks_why = asked is not None and asked.asked not in {"chosen", "verdict"} and is_question(self.text)
        if question and self.thread.is_open and not asks_why:
            return self._on_open(question, routed)
        if question and read_reply(self.tutor.words, question, self.text).tells_to_tell:
            return chat_questions.review_options(self.tutor, self.thread, None)
        if asked and (asks_why or routed.intent in {Intent.WHY_WRONG, Intent.REPLY, Intent.ASK, Intent.EXPLAIN}):
            return chat_questions.review_options(self.tutor, self.thread, asked)
        return None

    def _on_open(self, question: Question, routed: Routed) -> Said | None:
        reading = read_reply(self.tutor.words, question, self.text)
        if reading.tells_to_tell or routed.intent is Intent.REPLY or chat_questions.is_bare_choice(self.text, question):
            if marked := chat_questions.mark_reply(self.tutor, self.thread, self.text, self.now):
                return marked
            if not (reading.off_point and is_question(self.text)):
                said = chat_dialogues.begin(self.tutor, self.thread, question)
                return said if reading.stuck else chat_dialogues.reply(self.tutor, said[1], self.text)
        if routed.intent is Intent.SOCRATIC and not self.tutor.known.cards_named(self.text):
            return chat_dialogues.begin(self.tutor, self.thread, question)
        return None

    def _another(self) -> Said:
        named = self.thread.question is not None and self.thread.practised
        topic = chat_questions.topic_called(self.thread.practised, self.tutor) if named else self._last_topic()
        return chat_questions.put(self.tutor, self.thread, topic, self.now, self.rng)

    # What a message wants by itself.

    def _by_intent(self, routed: Routed) -> Said | Asked:
        if routed.intent is Intent.REPLY:
            routed = self._aside()
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
            topic = chat_questions.topic_in(whole, self.tutor) or self._last_topic()
        except ExamTutorError as error:
            return Plain(str(error)), self.thread
        question = chat_questions.draw(self.tutor, self.thread, topic, self.rng)
        if question is None:
            return Plain(f"There is no further question on {topic.name}; all of them were put."), self.thread
        thread = replace(self.thread, practised=topic.name[:KEPT], invented=False)
        return chat_dialogues.begin(self.tutor, thread, question)

    def _last_topic(self) -> Topic:
        cards = self._topics()[:1]
        return Topic(cards[0].name, cards=frozenset({cards[0].id})) if cards else whole_exam(self.tutor.pack)

    def _hand_over(self, whole: str, routed: Routed) -> Said:
        topic = chat_questions.named_topic(whole, self.tutor)
        return Handover(routed.intent, self.text, topic, count_in(whole), minutes_in(whole)), self.thread


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
