"""A question to work on: by its id, or one on a topic, from the bank or newly generated."""

from __future__ import annotations

import random

from corpus.card_names import CardNames
from corpus.cards import Card
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.scenarios.generator import generate


def question_on(pack: ExamPack, wanted: str, rng: random.Random) -> Question:
    """The bank question with this id, or one on a topic: a task, a domain, a card, or anything a card is called.

    The bank's questions come first; where it has none, one is generated.

    Raises:
        ExamTutorError: nothing in the pack goes by that name.
    """
    wanted = wanted.strip()
    if question := pack.questions_by_id.get(wanted):
        return question
    about = [
        question for question in pack.questions if wanted and wanted in {question.task, question.task.split(".")[0]}
    ]
    card = None if about else _card(pack, wanted)
    if card:
        about = [question for question in pack.questions if _turns_on(question, card)]
    if about:
        return rng.choice(about)
    fresh = next(generate(pack, rng, topic=card.id, count=1), None) if card else None
    if fresh is None:
        raise ExamTutorError(
            f"There is no question and no topic '{wanted}' in the pack {pack.id}.",
            f"Give a question's id ({pack.questions[0].id}), a task ({pack.questions[0].task}), or a name such as "
            f"'{pack.cards[0].name}'.",
        )
    return fresh


def another(pack: ExamPack, question: Question, rng: random.Random) -> Question | None:
    """A new scenario in which the same things compete, if the pack can make one."""
    cards = [option.card for option in question.options if option.correct and option.card]
    return next((q for card in cards for q in generate(pack, rng, topic=card, count=1)), None)


def _card(pack: ExamPack, wanted: str) -> Card | None:
    if wanted in pack.cards_by_id:
        return pack.cards_by_id[wanted]
    names = CardNames(pack.cards, pack.exam.name_prefixes)
    return next((mention.card for text in (wanted, wanted.title()) for mention in names.find(text)), None)


def _turns_on(question: Question, card: Card) -> bool:
    """Whether the card is the answer, or one of the options."""
    return any(option.card == card.id for option in question.options)
