"""The tutor of one exam: a question goes in, a cited answer or an honest "nothing here" comes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from corpus.card_names import CardNames
from corpus.exam_pack import ExamPack
from corpus.library import Library
from tutor.answers import Answer, Claim
from tutor.engines.engine import Engine
from tutor.evidence import Evidence, find_evidence
from tutor.intent import IntentRouter
from tutor.knowledge import Knowledge
from tutor.pack_words import PackWords
from tutor.question_parts import joined, parts_of
from tutor.socratic.ladder import SocraticTutor

MAX_QUESTION = 4_000
"""Characters of a question that are read: about two pages."""


class Tutor:
    """Answers questions on one exam from one library; holds what all talks about that exam share, and no talk."""

    def __init__(self, pack: ExamPack, library: Library, engine: Engine) -> None:
        self.pack = pack
        self.library = library
        self.engine = engine
        self.known = Knowledge(pack, library)

    @property
    def names(self) -> CardNames:
        """Finds the pack's cards in a text."""
        return self.known.names

    @cached_property
    def words(self) -> PackWords:
        """The pack's names and topics."""
        return PackWords(self.pack)

    @cached_property
    def router(self) -> IntentRouter:
        """Says what a message wants."""
        return IntentRouter(self.words)

    @cached_property
    def socratic(self) -> SocraticTutor:
        """Leads through questions."""
        return SocraticTutor(self.pack)

    def ask(self, question: str) -> Answer:
        """The answer to a question in the learner's words; whatever the text, never an error about it.

        Where it asks several things, each is looked up by itself, and the answers are given as one.
        """
        *_, answer = self.stream(question)
        if isinstance(answer, Claim):
            raise TypeError("an engine's stream ends in an answer")
        return answer

    def stream(self, question: str) -> Iterator[Claim | Answer]:
        """The same, claim by claim as each is ready; last the answer, which takes the place of all before it."""
        question = question.strip()
        parts = parts_of(question[:MAX_QUESTION], self.names)
        answers: list[Answer] = []
        for part in parts if len(parts) > 1 else [question]:
            for said in self.engine.stream(self.evidence(part)):
                if isinstance(said, Answer):
                    answers.append(said)
                else:
                    yield said
        yield _remarked(question, answers[0] if len(answers) == 1 else self._joined(question, answers))

    def _joined(self, question: str, answers: Sequence[Answer]) -> Answer:
        whole = self.evidence(question)
        answered = any(not answer.abstained for answer in answers)
        return joined(whole, answers) if answered else self.engine.answer(whole)

    def evidence(self, question: str) -> Evidence:
        """What the library holds on a question."""
        return find_evidence(question.strip()[:MAX_QUESTION], self.library, self.pack, self.names)


def _remarked(question: str, answer: Answer) -> Answer:
    return replace(answer, note=" ".join(filter(None, (_remark(question, answer), answer.note))))


def _remark(question: str, answer: Answer) -> str:
    if not question:
        return "There was no question. Ask one, for example: what does a confusion matrix show?"
    if len(question) > MAX_QUESTION:
        return (
            f"The question has {len(question):,} characters; only the first {MAX_QUESTION:,} were read. "
            "A shorter question finds more."
        )
    if answer.abstained and _mostly_other_script(question):
        return "The question is in a script that the sources are not written in. Try it in English."
    return ""


def _mostly_other_script(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters)
    return latin * 2 < len(letters)
