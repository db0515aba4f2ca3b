"""Passages of a corpus folder, labelled with where in the exam they belong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.chunks import Chunk
from corpus.embedder import Embedder
from ingest.readers import RawSource, read
from ingest.split import split

CASES = Path(__file__).parent / "cases" / "tagging.jsonl"
PARTS = ("development", "held-out", "first", "fresh", "other")
"""To fit on; to measure on; what was measured on before, by which clues may have been chosen; and other documents than
the development guides, by which it was chosen how far words are trusted."""


@dataclass(frozen=True, slots=True)
class Case:
    """A passage named by file, place and the hash of its text; the task it belongs to, or None.

    `also` are tasks that would be right as well.
    """

    file: str
    heading: tuple[str, ...]
    start: int
    sha256: str
    domain: str | None
    task: str | None
    also: frozenset[str]
    split: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A case with its document's passages; `chunks[position]` is the one meant."""

    case: Case
    chunks: tuple[Chunk, ...]
    position: int

    @property
    def chunk(self) -> Chunk:
        """The passage that was labelled."""
        return self.chunks[self.position]


def load_cases(file: Path, part: str) -> list[Case]:
    """The cases of one of `PARTS`. Raises ValueError naming file, line and what is wrong."""
    cases = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            fields = json.loads(line)
            case = Case(**{**fields, "heading": tuple(fields["heading"]), "also": frozenset(fields["also"])})
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{file}:{number}: {error}") from error
        if case.split == part:
            cases.append(case)
    return cases


def find_passages(cases: Iterable[Case], corpus: Path, embedder: Embedder) -> list[Passage]:
    """Every case with its document, split as ingestion splits it.

    Raises:
        ValueError: a passage is not in its file as it was labelled; names the file and the place.
    """
    passages = []
    read_already: dict[str, list[Chunk]] = {}
    for case in cases:
        file = corpus / case.file
        if case.file not in read_already:
            read_already[case.file] = split(read(RawSource(str(file), file.read_bytes())), embedder)
        chunks = read_already[case.file]
        places = [(chunk.location.start, hashlib.sha256(chunk.text.encode()).hexdigest()) for chunk in chunks]
        if (case.start, case.sha256) not in places:
            raise ValueError(f"{case.file}: no passage starts at {case.start} with the text that was labelled")
        passages.append(Passage(case, tuple(chunks), places.index((case.start, case.sha256))))
    return passages
