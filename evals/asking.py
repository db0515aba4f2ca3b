"""Questions as a learner would type them, whether the pack answers them, and the cards that do.

In `cases/abstain.jsonl` a quarter each of those that cannot be answered are about other clouds, off topic, about things
that do not exist, and about details of things in scope; they are as long, and put as, the answerable ones. In
`ask.jsonl` most are such details, written to share the pack's words: the hard half. The development halves were used to
fit `tutor.support` (`python -m evals.learn_support`); the held-out halves were not.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.settings import Settings
from evals.cases_file import QuestionsError
from ingest.pipeline import ingest_pack
from tutor.assemble import assemble, open_library
from tutor.tutor import Tutor

FILES = tuple(Path(__file__).parent / "cases" / name for name in ("abstain.jsonl", "ask.jsonl"))
FIELDS = ("id", "question", "answerable", "gold", "kind", "split")


@dataclass(frozen=True, slots=True)
class Case:
    """One question. `gold` are the cards of which any one holds the answer."""

    id: str
    question: str
    answerable: bool
    gold: tuple[str, ...]
    kind: str
    split: str


def load_cases(file: Path, split: str) -> list[Case]:
    """The cases of one split.

    Raises:
        QuestionsError: a line is not as it should be.
    """
    cases = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            case = Case(**{**{field: row[field] for field in FIELDS}, "gold": tuple(row["gold"])})
        except KeyError as error:
            raise QuestionsError(file, "it is missing", line=number, field=str(error.args[0])) from error
        except (ValueError, TypeError) as error:
            raise QuestionsError(file, f"this is no question: {error}", line=number) from error
        if case.split == split:
            cases.append(case)
    return cases


@contextmanager
def fresh_tutor(*, vectors: bool) -> Iterator[Tutor]:
    """A tutor over the pack alone, in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        library = open_library(settings)
        try:
            tutor = assemble(settings, library)
            ingest_pack(tutor.pack, library, now=datetime.now(UTC))
            if vectors:
                library.embed_pending()
                library.warm()
            yield tutor
        finally:
            library.close()
