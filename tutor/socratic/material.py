"""What there is to say about a question's options without giving away what is still to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from corpus.questions import Option, Question
from corpus.sentences import sentence_spans
from tutor.pack_words import PackWords, word_stems
from tutor.socratic.dialogue import CitedFact
from tutor.socratic.secret import Secret

_THEN = re.compile(r",\s+(?=[^,]*\b(?:would|could|will|is|are|fits?|suits?)\b[^,]*$)")

_AND = re.compile(r"^(?:and|but|so|or|while)\s+")
_LEANS = re.compile(r"(?:It|Its|They|Their|This|That|These|Those|Such|Both|Here|Then|So|But|Yet|Instead|Also)\b")
"""How a sentence begins that needs the one before it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that states facts, and what it rests on."""

    text: str
    citations: tuple[CitedFact, ...]


@dataclass(frozen=True)
class Material:
    """A question with what may be said of it while the options `hidden` are still to be found."""

    known: PackWords = field(repr=False)
    question: Question
    hidden: frozenset[str]

    @cached_property
    def secret(self) -> Secret:
        """What gives the hidden options away."""
        return Secret(self.known, self.question, self.hidden)

    @cached_property
    def options(self) -> dict[str, Option]:
        """The options under their labels."""
        return dict(self.question.labelled)

    @cached_property
    def rivals(self) -> tuple[str, ...]:
        """The wrong options' labels, those the pack contrasts with a right one last: they are the hardest to tell."""
        right = {option.card for option in self.options.values() if option.correct}
        close = {c.with_ for card in right if card for c in self.known.pack.cards_by_id[card].contrasts}
        wrong = [label for label, option in self.options.items() if not option.correct]
        return tuple(sorted(wrong, key=lambda label: (self.options[label].card in close, label)))

    def say(self, *variants: str) -> str:
        """The first of several ways to say the same that gives nothing away, "" where each of them does."""
        return next((text for text in variants if not self.secret.tells(text)), "")

    def offer(self, label: str) -> Statement | None:
        """What a wrong option offers: of the facts it cites, its own card's first, one that gives nothing away."""
        for cited in self._cited(label):
            if not self.secret.tells(cited.fact.text):
                return Statement(cited.fact.text, (cited,))
        return None

    def reason(self, label: str) -> Statement | None:
        """Why an option is wrong, in those of its reason's sentences that give nothing away."""
        rationale = self.options[label].rationale
        said: list[str] = []
        whole = True
        for span in sentence_spans(rationale):
            sentence = rationale[slice(*span)]
            whole = not self.secret.tells(sentence) and (whole or not _LEANS.match(sentence))
            said += [sentence] if whole else []
        text = " ".join(said)
        cited = tuple(self._cited(label))[:2]
        return Statement(text, cited) if text and cited else None

    def change(self, label: str) -> str:
        """The clause that, put into the scenario, would make a wrong option right; "" where it gives something away."""
        return self.say(_clause(self.known, self.options[label].right_if or ""))

    def choose(self, label: str) -> Statement | None:
        """When to choose what a wrong option proposes rather than the right one, by the pack's contrast of the two."""
        card = self.options[label].card
        for option in self.options.values():
            if not option.correct or not card or not option.card:
                continue
            for this, that in ((card, option.card), (option.card, card)):
                for contrast in self.known.pack.cards_by_id[this].contrasts:
                    text = contrast.choose_this if this == card else contrast.choose_other
                    cited = tuple(self._cited(label))[:1]
                    if contrast.with_ == that and cited and self.say(text):
                        return Statement(text, cited)
        return None

    def _cited(self, label: str) -> Iterator[CitedFact]:
        option = self.options[label]
        cites = sorted(option.cites, key=lambda cite: not cite.startswith(f"{option.card}#"))
        for cite in cites:
            fact = CitedFact.find(self.known.pack, cite)
            if not self.secret.tells(fact.shown):
                yield fact


def _clause(known: PackWords, right_if: str) -> str:
    """The condition alone: "Right if X." and "If X, Y would fit." become "x"."""
    text = right_if.strip().rstrip(".")
    if text.startswith("Right "):
        return re.sub(r"^Right (?:only )?(?:if|when|where|for|as)\s+", "", text)
    if text.startswith("If "):
        return _THEN.split(text[3:])[0]
    first = known.names.find(text)
    named = bool(first) and first[0].start == 0
    keep = named or not text[1:2].islower()
    return text if keep else text[:1].lower() + text[1:]


def fitting_part(stem: str, words: frozenset[str], whole: str) -> str:
    """The part of a sentence of the stem, between two marks, that shares most with the words."""
    parts = [_AND.sub("", part.strip(" .")) for part in re.split(r"[,;:]\s+", whole) if part.strip(" .")]
    return max(parts, key=lambda part: len(words & word_stems(part)), default=whole) if whole in stem else whole
