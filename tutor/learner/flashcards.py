"""Flashcards for Anki: a note a question or concept, under an id of its own, so that exporting again updates it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

from corpus.blueprint import Exam
from corpus.cards import Card
from corpus.questions import Question
from tutor.answers import Citation, Claim
from tutor.explain import explain
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Attempt
from tutor.learner.whole_file import write_whole
from tutor.reviewing import review_if_cited

FIELDS = ("Front", "Back", "Reasons", "Sources", "Id")
"""The fields of a note. To change them is to change the kind of note, which Anki does not update."""

_CSS = """
.card { font-family: system-ui, sans-serif; font-size: 18px; text-align: left; max-width: 40em; margin: auto; }
.sources { font-size: 14px; }
"""


@dataclass(frozen=True, slots=True)
class Flashcard:
    """One note. `about` is what it is about for good (`question:ID` or `card:ID`); the fields are HTML."""

    about: str
    front: str
    back: str
    reasons: str
    sources: str
    tags: tuple[str, ...]


def missed(attempts: Iterable[Attempt]) -> tuple[list[str], list[str]]:
    """The ids of questions that were ever answered wrong, and of the cards that their answers propose."""
    wrong = [attempt for attempt in attempts if not attempt.correct]
    questions = dict.fromkeys(attempt.question for attempt in wrong)
    cards = dict.fromkeys(card for attempt in wrong for card in attempt.cards)
    return list(questions), list(cards)


def flashcards(questions: Iterable[Question], cards: Iterable[Card], known: Knowledge) -> Iterator[Flashcard]:
    """A flashcard for each question and each card, with reasons and citations."""
    for question in questions:
        yield _of_question(question, known)
    for card in cards:
        yield _of_card(card, known)


def write_apkg(notes: Sequence[Flashcard], exam: Exam, file: Path, now: datetime) -> None:
    """Write a deck that Anki imports; a note it has already is updated, and its own schedule stays.

    Raises:
        ExamTutorError: the file cannot be written.
    """
    import genanki  # noqa: PLC0415

    model = genanki.Model(
        _number("exam-tutor/note/1"),
        "Exam Tutor",
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {
                "name": "Card 1",
                "qfmt": "{{Front}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Back}}<div>{{Reasons}}</div><div class=sources>{{Sources}}</div>",
            }
        ],
        css=_CSS,
    )
    deck = genanki.Deck(_number(f"exam-tutor/deck/{exam.code}"), f"Exam Tutor::{exam.code}", escape(exam.title))
    for note in notes:
        fields = [note.front, note.back, note.reasons, note.sources, escape(note.about)]
        guid = genanki.guid_for("exam-tutor", exam.code, note.about)
        deck.add_note(genanki.Note(model=model, fields=fields, tags=list(note.tags), guid=guid))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "deck.apkg"
        genanki.Package(deck).write_to_file(str(made), timestamp=now.timestamp())
        write_whole(file, made.read_bytes())


def _of_question(question: Question, known: Knowledge) -> Flashcard:
    review = review_if_cited(question, known)
    options = "".join(f"<li>{escape(option.text)}</li>" for option in question.options)
    choose = f"<p>Choose {question.select}.</p>" if question.select > 1 else ""
    front = f"<p>{escape(question.stem)}</p>{choose}<ol type=A>{options}</ol>"
    right = "".join(
        f"<p><b>{label}. {escape(option.text)}</b></p>" for label, option in question.labelled if option.correct
    )
    sources = _Sources()
    reasons = []
    for number, (label, option) in enumerate(question.labelled):
        said = [sources.marked(claim) for claim in review.options[number].why] if review else [escape(option.rationale)]
        when = f" <i>{escape(option.right_if)}</i>" if option.right_if else ""
        reasons.append(f"<p><b>{label}</b> ({'right' if option.correct else 'wrong'}) {' '.join(said)}{when}</p>")
    return Flashcard(
        f"question:{question.id}", front, right, "".join(reasons), sources.listed(), _tags([question.task], known)
    )


def _of_card(card: Card, known: Knowledge) -> Flashcard:
    sources = _Sources()
    explanation = explain(card, known, "exam")
    first, *others = explanation.claims or (None,)
    back = f"<p>{sources.marked(first)}</p>" if first else f"<p>{escape(card.summary)}</p>"
    reasons = "".join(f"<p>{sources.marked(claim)}</p>" for claim in others if claim)
    front = f"<p>What is {escape(card.name)}, and when is it the one to choose?</p>"
    return Flashcard(f"card:{card.id}", front, back, reasons, sources.listed(), _tags(card.tasks, known))


class _Sources:
    """Numbers citations in the order they are first used."""

    def __init__(self) -> None:
        self._numbers: dict[Citation, int] = {}

    def marked(self, claim: Claim) -> str:
        numbers = [self._numbers.setdefault(citation, len(self._numbers) + 1) for citation in claim.citations]
        return escape(claim.text) + " " + "".join(f"[{number}]" for number in numbers)

    def listed(self) -> str:
        return "".join(
            f"<p>[{number}] {escape(citation.chunk.context)}: “{escape(citation.quote)}” {_link(citation)}</p>"
            for citation, number in self._numbers.items()
        )


def _link(citation: Citation) -> str:
    url = citation.chunk.location.url
    if url is None or not url.startswith(("https://", "http://")):
        return escape(citation.chunk.source)
    return f'<a href="{escape(url)}">{escape(url)}</a>'


def _tags(tasks: Iterable[str], known: Knowledge) -> tuple[str, ...]:
    exam = known.pack.exam
    domains = dict.fromkeys(domain.id for task in tasks if (domain := exam.domain_of(task)) is not None)
    return (*(f"{exam.code}::domain-{domain}" for domain in domains), *(f"{exam.code}::task-{task}" for task in tasks))


def _number(name: str) -> int:
    """An id as Anki has them, always the same for the same name: 31 bits, the highest of them set."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % (1 << 30) + (1 << 30)
