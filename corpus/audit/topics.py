"""What an objective of a blueprint is about: its topics, each a few stems to look for in what the pack says."""

from __future__ import annotations

import re

from corpus.blueprint import Objective
from corpus.cards import Card
from corpus.questions import Question
from corpus.sentences import stem, stems

Stems = frozenset[str]

_PARTS = re.compile(r"[,;:()\[\]]|\band\b|\bor\b", re.IGNORECASE)
_PLURALS = (
    (re.compile(r"\bmatrices\b", re.IGNORECASE), "matrix"),
    (re.compile(r"\bindices\b", re.IGNORECASE), "index"),
)
_STOP_WORDS = """a an and as at behind between by example for from has how in into is it its of on or other that the
    them there this to use using when whether with within not than"""
# Words by which a guide says what to do with a topic, not what it is.
_GUIDE_WORDS = """analyze apply appropriate avoid best build choose compare concept create debug deploy detect
    determine develop difference environment evaluate express expose follow given handle identify implement include
    including interact interpret intuition know mitigation multiple perform practice problem recommend select
    solution strategy such sufficient technique troubleshoot type understand amazon aws ml"""
# Words that stand in nearly every text of an exam on machine learning: they count only where nothing else is left.
_COMMON_WORDS = "data model service"
_DROPPED = frozenset(stem(word) for word in f"{_STOP_WORDS} {_GUIDE_WORDS}".split())
_COMMON = frozenset(stem(word) for word in _COMMON_WORDS.split())


def topics(objective: Objective) -> tuple[Stems, ...]:
    """The parts of the objective's text and points (split at commas, brackets, "and", "or"), each once.

    A part's stems are those of the words that matter. A part with none is left out, so that an objective such
    as "Follow AWS best practices" has no topic at all.
    """
    found: dict[Stems, None] = {}
    for text in (objective.text, *objective.points):
        for part in _PARTS.split(text):
            matter = text_stems(part) - _DROPPED
            if topic := (matter - _COMMON) or matter:
                found[topic] = None
    return tuple(found)


def text_stems(text: str) -> Stems:
    """All stems of a text, with the few irregular plurals that stemming leaves as they are."""
    for plural, singular in _PLURALS:
        text = plural.sub(singular, text)
    return frozenset(stems(text))


def card_stems(card: Card) -> Stems:
    """The stems of everything a card says."""
    contrasts = [text for contrast in card.contrasts for text in (contrast.choose_this, contrast.choose_other)]
    return text_stems("\n".join([*card.names, card.summary, *(fact.text for fact in card.facts), *contrasts]))


def question_stems(question: Question) -> Stems:
    """The stems of a question with its options and their reasons."""
    options = [text for option in question.options for text in (option.text, option.rationale, option.right_if or "")]
    return text_stems("\n".join([question.stem, *options]))
