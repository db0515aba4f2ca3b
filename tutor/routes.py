"""Where a message goes: to what stands open in the talk, else to what it wants by itself."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.errors import QuestionError
from corpus.questions import Question
from tutor import chat_dialogues, chat_questions
from tutor.chat_dialogues import wants_back, wants_hint, wants_to_stop
from tutor.chat_questions import Said
from tutor.intent import READ, Context, Intent, Routed
from tutor.option_questions import read_option_question
from tutor.pasted_question import parse_question
from tutor.socratic.reading import read_reply
from tutor.thread import Thread
from tutor.turns import Plain, Posed
from tutor.tutor import Tutor
from tutor.wanted import Asked, Wanted
from tutor.wishes import (
    has_options,
    is_question,
    wants_another,
)

AWAY = 0.6
"""From this confidence on a message that is no reply to an open dialogue is taken to leave it."""

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
        return self._back() or self._on_question(routed) or self.wanted.said(routed)

    @property
    def wanted(self) -> Wanted:
        """What the message wants by itself."""
        return Wanted(self.tutor, self.thread, self.text, self.now, self.rng)

    def _pasted(self) -> Said:
        try:
            question = parse_question(self.text)
        except QuestionError as error:
            return Plain(str(error)), self.thread
        return chat_questions.review_of_pasted(self.tutor, self.thread, self.text, question)

    def _in_dialogue(self, routed: Routed) -> Said | Asked:
        if wants_to_stop(self.text):
            return chat_dialogues.stop(self.thread)
        elsewhere = self._elsewhere(routed)
        if elsewhere is None:
            return chat_dialogues.reply(self.tutor, self.thread, self.text)
        aside = replace(self, thread=replace(self.thread, is_led=False, last=Context.ANSWER))
        said = aside.wanted.said(elsewhere)
        if isinstance(said, Asked):
            return replace(said, word=chat_dialogues.ASIDE)
        turn, thread = said
        return replace(turn, word=chat_dialogues.ASIDE), thread

    def _elsewhere(self, routed: Routed) -> Routed | None:
        """Where a message in a dialogue goes that is plainly another thing; None for a reply, however wrong."""
        if self.thread.question is None or not read_reply(self.tutor.words, self.thread.question, self.text).off_point:
            return None
        if is_question(self.text):
            routed = self.wanted.by_itself()
        away = routed.intent in _ELSEWHERE and routed.confidence >= AWAY
        return replace(routed, follow_up=False) if away else None

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
        topic = chat_questions.topic_called(self.thread.practised, self.tutor) if named else self.wanted.last_topic()
        return chat_questions.put(self.tutor, self.thread, topic, self.now, self.rng)
