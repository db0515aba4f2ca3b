"""The part of a talk that is about things: one explained at a depth, several side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.cards import Card
from tutor import suggestions
from tutor.compare import LEAST, MOST, compare
from tutor.explain import DEPTHS, Depth, explain
from tutor.followup import COMPARES
from tutor.intent import Context
from tutor.pack_words import word_stems
from tutor.thread import Thread
from tutor.topic import cards_in
from tutor.turns import Compared, Explained, Turn
from tutor.tutor import Tutor

_DEEP = re.compile(r"\b(?:in depth|in detail|in full|thorough\w*|everything about|deep dive|full story)\b", re.I)
_SENTENCE = re.compile(
    r"\b(?:one|a|single) sentence\b|\bnutshell\b|\btl;?dr\b|\bin short\b|\bone line\b|\bbrief(?:ly)?\b", re.I
)
_DEEPER = re.compile(r"\b(?:deeper|more|further|elaborate|expand|longer|detail\w*)\b", re.I)
_SHORTER = re.compile(
    r"\b(?:shorter|short|simpl\w+|easier|dummies|beginner|like i'?m (?:five|5)|eli5|don'?t (?:get|understand))\b", re.I
)
_HOW = re.compile(r"\bhow (?:do|does|can|could|should|is|are)\b", re.I)
EXAMPLE = re.compile(r"\bexam?pels?\b|\bexamples?\b", re.I)

_OF_EXPLAINING = word_stems(
    """explain explanation describe define definition tell teach introduce introduction understand meaning mean means
    idea overview summary summarise summarize basics word words simple simply simpler simplest sentence nutshell depth
    detail details deeper deep shorter short brief briefly more please pls kindly thing everything exam term concept
    want need know help learn give get show make clear one like five again still even really way another rephrase
    clarify once better bit little say said everyday five-year-old kid child dummy dummies further elaborate expand
    longer"""
)


@dataclass(frozen=True, slots=True)
class SubjectTalk:
    """What can be said about things, from where the thread stands; `usual` is how deep where a message says nothing."""

    tutor: Tutor
    thread: Thread
    usual: Depth = "exam"

    @property
    def topics(self) -> tuple[Card, ...]:
        """The things that were spoken of last."""
        return tuple(self.tutor.pack.cards_by_id[card] for card in self.thread.topics)

    def to_explain(self, message: str) -> Card | None:
        """The thing that a message wants explained; None where it asks about more than what it is."""
        cards = cards_in(message, self.tutor.words)
        if len(cards) > 1:
            return None
        names = [word_stems(name) for card in cards for name in card.names]
        beyond = word_stems(message).difference(_OF_EXPLAINING, *names) or _HOW.search(message)
        if cards:
            return None if beyond else cards[0]
        return self.topics[0] if self.topics and not beyond and not EXAMPLE.search(message) else None

    def explain(self, card: Card, message: str) -> tuple[Turn, Thread]:
        """The thing at the depth that the message wants; deeper or shorter counts from the last explanation of it."""
        before = self.thread.depth if card.id in self.thread.topics[:1] else self.usual
        depth = depth_wanted(message, before, self.usual)
        steps = (suggestions.SHORTER,) if depth != DEPTHS[0] else ()
        steps = (suggestions.IN_DEPTH, *steps) if depth != DEPTHS[-1] else steps
        turn = Explained(
            explain(card, self.tutor.known, depth),
            suggestions=suggestions.after_talk([card], self.tutor.pack, *steps[:1]),
        )
        asked = f"What is {card.name}?"
        return turn, replace(self.thread, last=Context.ANSWER, topics=(card.id,), depth=depth, asked=asked)

    def to_compare(self, whole: str) -> Sequence[Card]:
        """The things that a message, made whole, puts side by side; before a single one stands what was spoken of."""
        named = cards_in(whole, self.tutor.words)
        several = (*self.topics[:LEAST], *named) if len(named) == 1 and COMPARES.search(whole) else named
        cards = tuple({card.id: card for card in several}.values())
        return cards[:MOST] if len(cards) >= LEAST else ()

    def compare(self, cards: Sequence[Card]) -> tuple[Turn, Thread]:
        """Things side by side."""
        turn = Compared(compare(cards, self.tutor.known), suggestions=suggestions.after_talk(cards, self.tutor.pack))
        asked = f"What is the difference between {' and '.join(card.name for card in cards)}?"
        topics = tuple(card.id for card in cards)
        return turn, replace(self.thread, last=Context.ANSWER, topics=topics, asked=asked)


def depth_wanted(message: str, before: Depth, usual: Depth) -> Depth:
    """The depth that a message names, or one step from the one before; the usual one where it says nothing."""
    if _DEEP.search(message):
        return "deep"
    if _SENTENCE.search(message):
        return "sentence"
    step = 1 if _DEEPER.search(message) else -1 if _SHORTER.search(message) else 0
    return DEPTHS[max(0, min(DEPTHS.index(before) + step, len(DEPTHS) - 1))] if step else usual
