"""The study journal: a learner's own remarks on questions, searched and kept as a note that the library can read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack
from tutor.learner.attempts import Entry
from tutor.learner.ledger import Ledger
from tutor.learner.whole_file import write_whole
from tutor.pack_words import word_stems

REMARK = "remark"
"""The kind of a remark's entry."""
LONGEST = 10_000
"""Characters that a remark may have: several pages."""

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&=])|^([-+]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a learner wrote about a question, by its id, and when."""

    question: str
    text: str
    at: datetime


class Journal:
    """One learner's journal for one exam: it is kept in their ledger, and `file` is the note made of it."""

    def __init__(self, ledger: Ledger, learner: str, pack: ExamPack, folder: Path) -> None:
        self.file = folder / f"{pack.exam.code.lower()}.md"
        self._ledger, self._learner, self._pack = ledger, learner, pack

    def remarks(self) -> list[Remark]:
        """What the learner wrote, in the order it was written."""
        return remarks(self._ledger.entries(self._learner, self._pack.exam.code, kind=REMARK))

    def add(self, question: str, text: str, now: datetime) -> Remark:
        """Keep a remark on a question, and write the note anew; whoever has the library reads it in.

        Raises:
            ExamTutorError: it is empty or too long; or it is kept, and the note cannot be written.
        """
        self._ledger.write(remark_entry(self._learner, self._pack.exam.code, question, text, now))
        written = self.remarks()
        write_journal(written, self._pack, self.file)
        return written[-1]


def remark_entry(learner: str, exam: str, question: str, text: str, now: datetime) -> Entry:
    """The entry that keeps a remark.

    Raises:
        ExamTutorError: it is empty, or too long.
    """
    text = text.strip()
    if not text:
        raise ExamTutorError("The remark is empty.", "Write what you want to remember about the question.")
    if len(text) > LONGEST:
        raise ExamTutorError(
            f"The remark has {len(text):,} characters; {LONGEST:,} can be kept.", "Shorten it, or add it as a note."
        )
    said = "\n".join((exam, question, now.isoformat(), text))
    identity = f"remark-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    return Entry(identity, learner, exam, REMARK, question, {"text": text}, now)


def remarks(entries: Iterable[Entry]) -> list[Remark]:
    """The remarks among entries, in the order they were written."""
    return [
        Remark(entry.about, text, entry.at)
        for entry in entries
        if entry.kind == REMARK and isinstance(text := entry.content.get("text"), str)
    ]


def search_remarks(written: Sequence[Remark], words: str) -> list[Remark]:
    """The remarks that hold any of the words, in whatever form, or are on the question of that id; best first."""
    wanted = word_stems(words)
    scored = [
        (len(wanted & word_stems(remark.text)) + len(wanted) * (remark.question == words.strip()), remark)
        for remark in written
    ]
    return [remark for score, remark in sorted(scored, key=lambda one: (-one[0], -one[1].at.timestamp())) if score]


def journal_markdown(written: Iterable[Remark], pack: ExamPack) -> str:
    """The journal as a note: a section a question, under its task, the remarks in their order.

    What the learner wrote is theirs to read, not markup: it stands as plain text.
    """
    sections: dict[str, list[Remark]] = {}
    for remark in written:
        sections.setdefault(remark.question, []).append(remark)
    lines = [f"# Study journal: {pack.exam.title}", ""]
    for question, its in sections.items():
        lines += [f"## {_title(question, pack)}", ""]
        for remark in its:
            lines += [_plain(line.strip()) + "  " for line in remark.text.splitlines()]
            lines += [f"({remark.at:%d %B %Y})", ""]
    return "\n".join(lines)


def write_journal(written: Iterable[Remark], pack: ExamPack, file: Path) -> None:
    """Write the journal in one go: a reader sees the old one or the new one.

    Raises:
        ExamTutorError: it cannot be written.
    """
    write_whole(file, journal_markdown(written, pack).encode())


def _title(question_id: str, pack: ExamPack) -> str:
    question = pack.questions_by_id.get(question_id)
    task = pack.exam.task(question.task) if question else None
    return f"{question_id}, task {task.id} {task.title}" if task else _plain(question_id)


def _plain(line: str) -> str:
    return _MARKUP.sub(lambda mark: f"{mark[2]}\\" if mark[2] and mark[2].isdigit() else f"\\{mark[0]}", line)
