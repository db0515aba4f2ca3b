"""The part of a talk that is about a question: it is put, answered and marked, pasted, asked about, worked through."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from corpus.errors import QuestionError
from corpus.questions import Question
from tutor import suggestions
from tutor.chat_questions import mark, next_question, read_choice
from tutor.intent import Context
from tutor.option_questions import OptionQuestion, read_option_question
from tutor.option_reviews import QuestionReview
from tutor.options import about_choice
from tutor.pasted_options import bank_question, review_pasted
from tutor.pasted_question import parse_question
from tutor.socratic.dialogue import Dialogue
from tutor.thread import Thread, Work
from tutor.topic import Topic, widened
from tutor.turns import Led, Marked, Plain, Posed, Reviewed, Turn
from tutor.tutor import Tutor

Said = tuple[Turn, Thread]
"""What is said, and the thread from there on."""

MAX_ASKED = 600
"""Characters of a message about options that are read."""

_HINT = re.compile(r"\b(?:hints?|clues?|nudge|help)\b", re.I)


@dataclass(frozen=True, slots=True)
class QuestionTalk:
    """What can be said about questions, from where the thread stands."""

    tutor: Tutor
    thread: Thread

    def pose(self, topic: Topic, rng: random.Random, *, invented: bool = False) -> Said:
        """Put a question on the topic that was not put in this talk."""
        question, word = self._next(topic, rng, invented=invented)
        if question is None and (wider := widened(topic, self.tutor.pack)) is not None:
            question, _ = self._next(wider, rng, invented=invented)
            word = f"There is no further question on {topic.words}; this one is on what stands beside it."
        if question is None:
            about = f" on {topic.words}" if topic.words else ""
            return Plain(
                f"There is no further question{about} that you have not had.", (suggestions.QUIZ,)
            ), self.thread
        strange = topic.is_everything and topic.words
        if strange:
            word = f"The exam has no topic called “{topic.words}”; this is a question from all of it."
        thread = replace(
            self.thread,
            last=Context.QUESTION,
            question=question,
            marked=None,
            pasted="",
            about=topic,
            seen=(*self.thread.seen, question.id),
        )
        return _posed(question, word), thread

    def _next(self, topic: Topic, rng: random.Random, *, invented: bool) -> tuple[Question | None, str]:
        """The question to put, and who wrote it where a model was asked."""
        writer = self.tutor.writer if invented else None
        about = writer.topics(topic.cards, topic.tasks) if writer else []
        note = ""
        if writer and about:
            written = writer.write(rng.choice(about), rng)
            question, note = written.question, written.note
            if question is not None and question.id not in self.thread.seen and topic.has(question):
                return question, note or f"Written by {written.by}, and proven by the trait table."
        return next_question(self.tutor.pack, topic, self.thread.seen, rng, invented=invented), note

    def put_again(self, question: Question, word: str) -> Said:
        """The open question once more."""
        return _posed(question, word), replace(self.thread, last=Context.QUESTION)

    def take(self, question: Question, message: str) -> Said | None:
        """The reply to the open question marked, a hint, or a word on how many to choose; None if it is no reply."""
        if _HINT.search(message):
            return self.lead(question)
        choice = read_choice(self.tutor.words, question, message)
        if not choice.labels and not choice.gives_up:
            return None
        if choice.labels and len(choice.labels) != question.select:
            taken, wanted = len(choice.labels), question.select
            return self.put_again(question, f"You named {taken}; this question wants {wanted}.")
        return self._mark(question, choice.labels)

    def _mark(self, question: Question, chosen: tuple[str, ...]) -> Said:
        review = mark(question, chosen, self.tutor.known)
        right = chosen and set(chosen) == set(question.answer)
        lead = () if right or not chosen else (suggestions.NEW_SCENARIO,)
        taps = (*suggestions.after_marking(review, chosen), *lead, suggestions.NEXT)
        thread = replace(self.thread, last=Context.MARKED, marked=chosen, topics=_right_cards(review))
        return Marked(question, chosen, review, suggestions=taps), thread

    def paste(self, text: str) -> Said:
        """A pasted question reviewed; a text that cannot be read as one gets a word on what to do."""
        try:
            review = review_pasted(parse_question(text), self.tutor.known)
        except QuestionError as error:
            return Plain(str(error)), self.thread
        thread = replace(self.thread, last=Context.MARKED, pasted=text, topics=_right_cards(review))
        return self._reviewed(review, tuple(option.label for option in review.options)), thread

    @property
    def has_reviewed(self) -> bool:
        """Whether there is a question whose options can be asked about."""
        return bool(self.thread.pasted) or (self.thread.question is not None and self.thread.marked is not None)

    def about_options(self, message: str) -> OptionQuestion | None:
        """What a message asks about the options of the last question, or None."""
        message = message[:MAX_ASKED]
        if self.thread.pasted:
            options = [(option.label, option.text) for option in parse_question(self.thread.pasted).options]
            return read_option_question(message, options)
        if self.thread.question is None:
            return None
        labelled = [(label, option.text) for label, option in self.thread.question.labelled]
        return read_option_question(message, labelled, self.thread.question.answer)

    def explain_options(self, asked: OptionQuestion | None) -> Said:
        """The reasons for the options asked about; where none is named, for those chosen wrongly, else for all."""
        review = self._review()
        everyone = tuple(option.label for option in review.options)
        mine = tuple(label for label in self.thread.marked or () if label not in review.right)
        labels = asked.labels if asked else ((mine if not self.thread.pasted else ()) or everyone)
        if asked and asked.asked == "chosen":
            review = replace(review, remarks=(*about_choice(review.options, labels), *review.remarks))
        return self._reviewed(review, labels), replace(self.thread, last=Context.MARKED, topics=_right_cards(review))

    def explain_open(self, question: Question, asked: OptionQuestion) -> Said:
        """The same for a question that is not answered yet; it stays open."""
        review = mark(question, (), self.tutor.known)
        return Reviewed(review, asked.labels, suggestions=(suggestions.BACK,)), self.thread

    def _review(self) -> QuestionReview:
        if self.thread.pasted or self.thread.question is None:
            return review_pasted(parse_question(self.thread.pasted), self.tutor.known)
        return mark(self.thread.question, self.thread.marked or (), self.tutor.known)

    def _reviewed(self, review: QuestionReview, labels: tuple[str, ...]) -> Reviewed:
        others = suggestions.after_review(review, labels)
        every = () if len(labels) == len(review.options) else (suggestions.EVERY_OPTION,)
        quiz = suggestions.QUIZ_ME if self.thread.pasted or not self.thread.question else suggestions.NEXT
        return Reviewed(review, labels, suggestions=(*others, *every, quiz))

    def known_question(self) -> Question | None:
        """The question that can be worked through: the one put, or the pasted one where the bank has it."""
        if self.thread.pasted:
            return bank_question(parse_question(self.thread.pasted), self.tutor.pack)
        return self.thread.question

    def lead(self, question: Question, word: str = "") -> Said:
        """Begin a dialogue on a question."""
        seen = self.thread.seen if question.id in self.thread.seen else (*self.thread.seen, question.id)
        thread = replace(self.thread, last=Context.DIALOGUE, work=Work(question), seen=seen)
        return _led(self.tutor.socratic.begin(question), word), thread

    def dialogue(self, work: Work) -> Dialogue:
        """Where a dialogue stands."""
        dialogue = self.tutor.socratic.begin(work.question)
        for reply in work.replies:
            dialogue = self.tutor.socratic.reply(dialogue, reply)
        return dialogue

    def step(self, work: Work, message: str) -> Said:
        """The next turn of the dialogue. Once it has said the answer, its question is no longer open."""
        dialogue = self.tutor.socratic.reply(self.dialogue(work), message)
        work = replace(work, replies=(*work.replies, message), is_open=not dialogue.done)
        thread = replace(self.thread, work=work, last=Context.DIALOGUE)
        if dialogue.revealed:
            marked = () if thread.marked is None or thread.question != work.question else thread.marked
            cards = tuple(option.card for option in work.question.options if option.correct and option.card)
            thread = replace(thread, question=work.question, marked=marked, pasted="", topics=cards)
        if dialogue.done:
            thread = replace(thread, last=Context.MARKED)
        return _led(dialogue), thread

    def leave(self) -> Thread:
        """The thread with the dialogue left where it stands."""
        work = self.thread.work
        return replace(self.thread, work=replace(work, is_open=False), last=Context.NOTHING) if work else self.thread

    def back(self) -> Said:
        """To what was left: the dialogue, else the open question."""
        work = self.thread.work
        if work and not (dialogue := self.dialogue(work)).done:
            thread = replace(self.thread, work=replace(work, is_open=True), last=Context.DIALOGUE)
            return _led(dialogue, "Back to the question."), thread
        if question := self.thread.open_question:
            return self.put_again(question, "Back to the question.")
        return Plain("There is nothing that was left open.", (suggestions.QUIZ,)), self.thread


def _posed(question: Question, word: str) -> Posed:
    return Posed(question, word, (suggestions.LEAD_ME, suggestions.TELL_ME))


def _led(dialogue: Dialogue, word: str = "") -> Led:
    if dialogue.done:
        return Led(dialogue, word, (suggestions.NEXT, suggestions.NEW_SCENARIO))
    return Led(dialogue, word, (suggestions.HINT, suggestions.TELL_ME, suggestions.STOP))


def _right_cards(review: QuestionReview) -> tuple[str, ...]:
    options = [option for option in review.options if option.label in (review.right or review.first)]
    return tuple(dict.fromkeys(card.id for option in options for card in option.cards))
