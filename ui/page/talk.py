"""What a message in the chat leads to: an answer, a review of a pasted question, an explanation, a dialogue."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.cards import Card
from corpus.errors import ExamTutorError, QuestionError
from tutor.answers import Answer, Claim
from tutor.compare import compare
from tutor.explain import DEPTHS, Depth, explain
from tutor.intent import Context, Intent, IntentRouter
from tutor.knowledge import Knowledge
from tutor.option_questions import read_option_question
from tutor.option_reviews import QuestionReview
from tutor.options import review_question
from tutor.pack_words import PackWords
from tutor.pasted_options import review_pasted
from tutor.pasted_question import parse_question
from tutor.session import Tutor
from tutor.socratic.dialogue import Dialogue
from tutor.socratic.ladder import SocraticTutor
from tutor.socratic.topics import question_on
from ui.page import turns
from ui.page.thread import Chip, Said, Thread, sources_of, texts_of

LEAST_LINES = 3
"""A pasted question has a stem and two options, so as many lines; with fewer a message is just a message."""

PLACES = {
    Intent.PLAN: ("progress", "Your plan is in Progress, once an exam day is set in Settings."),
    Intent.PROGRESS: ("progress", "Progress shows how ready you are, task by task."),
    Intent.EXAM: ("exam", "A mock exam has the clock and the number of questions of the real one."),
}
GREETING = "Hello. Ask about anything the exam covers, paste a question, or name a topic to be quizzed on."
DEPTH_WORDS = {"sentence": "Shorter", "exam": "For the exam", "deep": "In depth"}


@dataclass(frozen=True)
class Talk:
    """Answers messages of one learner; the thread is handed in and out."""

    tutor: Tutor
    known: Knowledge
    words: PackWords
    router: Callable[[], IntentRouter]
    rng: random.Random

    @cached_property
    def socratic(self) -> SocraticTutor:
        """Leads through questions."""
        return SocraticTutor(self.tutor.pack)

    def say(self, thread: Thread, message: str) -> Iterator[Thread]:
        """The thread with the message's turn: first as far as it is, last as it stays."""
        place = str(len(thread.said) + 1)
        if thread.dialogue is not None and not thread.dialogue.done:
            yield self._led(thread, message, self.socratic.reply(thread.dialogue, message))
            return
        if (review := self._pasted(message)) is not None:
            yield self._reviewed(thread, message, review, place)
            return
        if (found := self._about_option(thread, message, place)) is not None:
            yield found
            return
        yield from self._routed(thread, message, place)

    def explained(self, thread: Thread, card: Card, depth: Depth) -> Thread:
        """A thing explained at a depth."""
        place = str(len(thread.said) + 1)
        found = explain(card, self.known, depth)
        message = f"{card.name}: {DEPTH_WORDS[depth].lower()}"
        said = Said(
            message,
            turns.explanation_html(found, place),
            texts_of(found.claims),
            sources_of(found.claims),
            (*_depths(card, depth), *_practice(card)),
        )
        return replace(thread.with_turn(said), card=card)

    def led(self, thread: Thread, topic: str) -> Thread:
        """A dialogue that leads to the answer of a question on a topic, or of the question with this id."""
        question = question_on(self.tutor.pack, topic, self.rng)
        dialogue = self.socratic.begin(question)
        said = Said(
            "Lead me there",
            turns.open_question_html(question) + turns.dialogue_html(dialogue),
            (dialogue.turn.text,),
            chips=_in_dialogue(dialogue),
        )
        return replace(thread.with_turn(said), dialogue=dialogue)

    def leave(self, thread: Thread) -> Thread:
        """Out of the dialogue."""
        said = Said("Leave it", turns.plain_html("Left. Ask anything, or come back to it with “Lead me there”."))
        return replace(thread.with_turn(said), dialogue=None)

    def _pasted(self, message: str) -> QuestionReview | None:
        if sum(bool(line.strip()) for line in message.splitlines()) < LEAST_LINES:
            return None
        try:
            return review_pasted(parse_question(message), self.known)
        except QuestionError:
            return None

    def _reviewed(self, thread: Thread, message: str, review: QuestionReview, place: str) -> Thread:
        claims = [claim for option in review.options for claim in option.claims]
        wrong = [option.label for option in review.options if option.verdict == "wrong"][:2]
        chips = [Chip(f"Why is {label} wrong?", "say", f"Why is {label} wrong?") for label in wrong]
        if review.question_id:
            chips.append(Chip("Lead me there", "lead", review.question_id))
        cards = [card for option in review.options if option.verdict == "right" for card in option.cards]
        said = Said(
            message,
            turns.verdict_html(review) + turns.review_html(review, place),
            texts_of(claims),
            sources_of(claims),
            (*chips, *(_practice(cards[0]) if cards else ())),
        )
        return replace(thread.with_turn(said), review=review)

    def _about_option(self, thread: Thread, message: str, place: str) -> Thread | None:
        review = thread.review
        if review is None:
            return None
        asked = read_option_question(message, [(one.label, one.text) for one in review.options], review.right)
        if asked is None:
            return None
        narrowed = replace(
            review, options=tuple(one for one in review.options if one.label in asked.labels), remarks=()
        )
        claims = [claim for option in narrowed.options for claim in option.claims]
        others = [one.label for one in review.options if one.label not in asked.labels][:2]
        chips = tuple(Chip(f"And {label}?", "say", f"What about {label}?") for label in others)
        return thread.with_turn(
            Said(message, turns.review_html(narrowed, place), texts_of(claims), sources_of(claims), chips)
        )

    def _routed(self, thread: Thread, message: str, place: str) -> Iterator[Thread]:
        routed = self.router().route(message, Context.ANSWER if thread.said else Context.NOTHING)
        cards = self.known.cards_named(message)
        match routed.intent:
            case Intent.GREETING:
                yield thread.with_turn(Said(message, turns.plain_html(GREETING)))
            case Intent.PLAN | Intent.PROGRESS | Intent.EXAM:
                tab, words = PLACES[routed.intent]
                yield thread.with_turn(Said(message, turns.plain_html(words), chips=(Chip("Go there", "tab", tab),)))
            case Intent.QUIZ | Intent.SCENARIO:
                topic = cards[0].name if cards else thread.card.name if thread.card else ""
                words = f"Practice has questions on {topic}." if topic else "Practice has questions on every task."
                chip = Chip("Start a quiz", "practise", f"topic/{topic}")
                yield thread.with_turn(Said(message, turns.plain_html(words), chips=(chip,)))
            case Intent.SOCRATIC if cards or thread.card:
                yield self.led(thread, (cards[0] if cards else thread.card or cards[0]).id)
            case Intent.COMPARE if 2 <= len(cards) <= 4:
                yield self._compared(thread, message, cards, place)
            case _:
                yield from self._answered(thread, message, cards, place)

    def _compared(self, thread: Thread, message: str, cards: tuple[Card, ...], place: str) -> Thread:
        found = compare(cards, self.known)
        claims = [claim for claim in (*found.what, *(choice.claim for choice in found.choices)) if claim]
        chips = tuple(
            chip for card in cards[:2] for chip in (Chip(f"More on {card.name}", "depth", f"exam/{card.id}"),)
        )
        said = Said(message, turns.comparison_html(found, place), texts_of(claims), sources_of(claims), chips)
        return replace(thread.with_turn(said), card=cards[0])

    def _answered(self, thread: Thread, message: str, cards: tuple[Card, ...], place: str) -> Iterator[Thread]:
        claims: list[Claim] = []
        answer: Answer | None = None
        for part in self.tutor.stream(message):
            if isinstance(part, Answer):
                answer = part
            else:
                claims.append(part)
                yield thread.with_turn(Said(message, turns.partial_html(claims, place), texts_of(claims), done=False))
        if answer is None:
            raise ExamTutorError("The engine ended without an answer.", "Ask again.")
        card = cards[0] if cards else None
        chips = (*_depths(card, None), *_practice(card)) if card else ()
        said = Said(
            message, turns.answer_html(answer, place), texts_of(answer.claims), sources_of(answer.claims), chips
        )
        yield replace(thread.with_turn(said), card=card or thread.card)

    def _led(self, thread: Thread, message: str, dialogue: Dialogue) -> Thread:
        said = Said(message, turns.dialogue_html(dialogue), (dialogue.turn.text,), chips=_in_dialogue(dialogue))
        return replace(
            thread.with_turn(said),
            dialogue=dialogue,
            review=review_question(dialogue.question, self.known) if dialogue.revealed else thread.review,
        )


def read_depth(about: str) -> tuple[Depth, str] | None:
    """A depth and a card's id from what a chip sent."""
    depth, _, card = about.partition("/")
    found = next((one for one in DEPTHS if one == depth), None)
    return (found, card) if found else None


def _depths(card: Card, now: Depth | None) -> Iterator[Chip]:
    for depth in DEPTHS:
        if depth != now:
            yield Chip(DEPTH_WORDS[depth], "depth", f"{depth}/{card.id}")


def _practice(card: Card) -> Iterator[Chip]:
    yield Chip("Quiz me on this", "practise", f"topic/{card.name}")
    yield Chip("Lead me there", "lead", card.id)


def _in_dialogue(dialogue: Dialogue) -> tuple[Chip, ...]:
    if dialogue.done:
        return (Chip("Another one", "lead", dialogue.question.task),)
    return (Chip("A hint", "say", "hint"), Chip("Tell me", "say", "tell me"), Chip("Leave it", "leave", ""))
