"""The tutor's door: a question goes in, a cited answer or an honest "nothing here" comes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from corpus.exam_pack import ExamPack
from corpus.library import Library
from tutor.answers import Answer, Claim
from tutor.engines.engine import Engine
from tutor.engines.scenario_writer import ScenarioWriter
from tutor.evidence import Evidence, find_evidence
from tutor.intent import IntentRouter
from tutor.joined_answers import joined
from tutor.knowledge import Knowledge
from tutor.orders import LEFT_OUT, without_orders
from tutor.pack_words import PackWords
from tutor.question_parts import parts_of
from tutor.socratic.ladder import SocraticTutor

MAX_QUESTION = 4_000
"""Characters of a question that are read: about two pages."""


class Tutor:
    """Answers questions on one exam from one library; holds what all talks about them share.

    `writer` writes scenario questions with a chat model; None where there is no model.
    """

    def __init__(self, pack: ExamPack, library: Library, engine: Engine, writer: ScenarioWriter | None = None) -> None:
        self.pack = pack
        self.library = library
        self.engine = engine
        self.writer = writer
        self.known = Knowledge(pack, library)
        self.words = PackWords(pack)

    def over(self, library: Library) -> Tutor:
        """The same tutor over another library; what does not depend on the library is shared."""
        other = Tutor(self.pack, library, self.engine, self.writer)
        other.words = self.words
        other.__dict__.update(router=self.router, socratic=self.socratic)  # computed once for all
        return other

    @cached_property
    def router(self) -> IntentRouter:
        """Says what a message wants."""
        return IntentRouter(self.words, self.library.vectors.question_vectors)

    @cached_property
    def socratic(self) -> SocraticTutor:
        """Leads through questions."""
        return SocraticTutor(self.pack)

    def ask(self, question: str) -> Answer:
        """The answer to a question in the learner's words; whatever the text, never an error about it."""
        return next(part for part in self.stream(question) if isinstance(part, Answer))

    def stream(self, question: str) -> Iterator[Claim | Answer]:
        """The same, claim by claim as each is ready; last the answer, which takes the place of all before it.

        A question that asks several is answered part by part; a part that nothing supports is named in the note, and
        so it is if the text also gave orders to a model.
        """
        written = question.strip()
        question = without_orders(written[:MAX_QUESTION])
        parts = parts_of(question, self.known.names)
        answers = []
        for part in parts:
            for said in self.engine.stream(self.evidence(part)):
                if isinstance(said, Answer):
                    answers.append(said)
                else:
                    yield said
        if len(parts) == 1 or all(answer.abstained for answer in answers):
            answer = answers[0] if len(parts) == 1 else self.engine.answer(self.evidence(question))
        else:
            answer = joined(self.evidence(question), answers)
        yield _remarked(written, question, answer)

    def evidence(self, question: str) -> Evidence:
        """What the library holds on a question."""
        return find_evidence(question.strip()[:MAX_QUESTION], self.library, self.pack, self.known.names)


def _remarked(written: str, question: str, answer: Answer) -> Answer:
    left_out = LEFT_OUT if question != written[:MAX_QUESTION] else ""
    return replace(answer, note=" ".join(filter(None, (_remark(written, answer), left_out, answer.note))))


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
