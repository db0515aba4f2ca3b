"""Where the items of a pack stand: paths inside the pack's folder, for findings to name."""

from __future__ import annotations

import re

from corpus.cards import Card
from corpus.exam_pack import ExamPack, Note
from corpus.toml_file import read_pack_text

BLUEPRINT = "blueprint.toml"
QUESTIONS = "questions"

_ID = re.compile(r"^\s*id\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)


def card_file(card: Card) -> str:
    """A card's file, which is named after its id."""
    return f"cards/{card.id}.toml"


def note_file(note: Note) -> str:
    """A note's file."""
    return f"notes/{note.file.name}"


def question_files(pack: ExamPack) -> dict[str, str]:
    """Every question's id with its file, found by the line that gives the id: the loaded pack does not keep it."""
    found = {
        question_id: f"{QUESTIONS}/{file.name}"
        for file in sorted(pack.folder.glob("questions/*.toml"))
        for question_id in _ID.findall(read_pack_text(file))
    }
    return {question.id: found.get(question.id, QUESTIONS) for question in pack.questions}
