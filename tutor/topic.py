"""What a message wants to be about: cards it names, tasks it counts, or words of the pack's groups and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.cards import Card
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.pack_words import PackWords, word_stems

_TASK = re.compile(r"\b(?:task|domain|section|part)s?\s+(\d(?:\.\d)?)\b|^\W*(\d\.\d)\W*$", re.I)
_ABOUT = re.compile(r"\b(?:on|about|regarding|concerning|covering|around|for|of|with|to|toward|towards|in)\b", re.I)


@dataclass(frozen=True, slots=True)
class Topic:
    """`words` is what it is called; without `cards` and `tasks` it is everything, for nothing goes by those words."""

    words: str = ""
    cards: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether it narrows nothing."""
        return not (self.cards or self.tasks)

    def has(self, question: Question) -> bool:
        """Whether the question is about it: the right answer or an option is one of its cards, or it is of its task."""
        if self.cards:
            return any(option.card in self.cards for option in question.options)
        return not self.tasks or question.task in self.tasks


EVERYTHING = Topic()


def topic_of(message: str, known: PackWords) -> Topic:
    """What a message is about: everything, where it does not say."""
    pack = known.pack
    if cards := cards_in(message, known):
        return of_cards(cards)
    if number := _TASK.search(message):
        wanted = number[1] or number[2]
        tasks = tuple(t.id for d in pack.exam.domains for t in d.tasks if wanted in {t.id, d.id})
        if tasks:
            return Topic(f"{'task' if '.' in wanted else 'domain'} {wanted}", tasks=tasks)
    parts = _ABOUT.split(message, maxsplit=1)
    said = " ".join(parts[-1].split()).strip("?.! ")
    words = word_stems(said) - _OF_ASKING
    if not words:
        return EVERYTHING
    return _by_words(said, words, pack) or Topic(said if len(parts) > 1 else "")


def widened(topic: Topic, pack: ExamPack) -> Topic | None:
    """The topic with all that competes with its cards for the same job; None where that is nothing more."""
    groups = {pack.cards_by_id[card].group for card in topic.cards}
    cards = tuple(card.id for card in pack.cards if card.group in groups)
    return Topic(topic.words, cards) if len(cards) > len(topic.cards) else None


def of_cards(cards: Iterable[Card]) -> Topic:
    """Cards as a topic."""
    cards = tuple(cards)
    return Topic(" and ".join(card.name for card in cards), tuple(card.id for card in cards))


def cards_in(message: str, known: PackWords) -> tuple[Card, ...]:
    """The cards that a message names, each once, in its order."""
    return tuple({mention.card.id: mention.card for mention in known.mentions(message)}.values())


def _by_words(said: str, words: frozenset[str], pack: ExamPack) -> Topic | None:
    """A domain, a task or a group of cards whose title has all the words that count, else the cards whose names do."""
    for domain in pack.exam.domains:
        if words <= word_stems(domain.title):
            return Topic(said, tasks=tuple(task.id for task in domain.tasks))
    titled = tuple(task.id for domain in pack.exam.domains for task in domain.tasks if words <= word_stems(task.title))
    if titled:
        return Topic(said, tasks=titled)
    grouped = tuple(card.id for card in pack.cards if words <= word_stems(card.group))
    named = tuple(card.id for card in pack.cards if any(words <= word_stems(name) for name in card.names))
    return Topic(said, grouped or named) if grouped or named else None


_OF_ASKING = word_stems(
    """quiz test ask question questions mcq mcqs exercise practice practise drill examine check knowledge understood
    give gimme make please pls some few one ones another next again harder easier hard easy new fresh more me my topic
    this scenario case story situation invent imagine company create generate guide lead walk think help hint step let
    find understand understanding work through answer learn study plan progress doing good know want would like can
    start do exam mock full short quick round streak similar same random something anything everything all"""
)
