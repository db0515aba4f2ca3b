"""No sentence of the pack is lifted from the documents: no run of eight words stands in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.audit.findings import Finding, Outcome
from corpus.audit.places import card_file, note_file, question_files
from corpus.audit.plain_text import plain_text
from corpus.cards import Card
from corpus.exam_pack import ExamPack
from corpus.questions import Question

CHECK = "overlap"
RUN = 8
SUFFIXES = frozenset({".md", ".txt"})

Hashes = NDArray[np.uint64]
_WORD = re.compile(r"[a-z0-9]+")
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, n, 2**64) for n in range(RUN)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the pack and where it stands."""

    file: str
    item: str
    text: str


def check(pack: ExamPack, documents: Path | None) -> Outcome:
    """Runs of eight or more words that the pack has in common with a text file below `documents`.

    Compared are words in small letters, punctuation and sentence ends left out. The blueprint is exempt: it and
    what quotes it use the guide's wording on purpose. Only the hashes of the pack's own runs are kept; documents
    are read one at a time.
    """
    if documents is None:
        return Outcome(CHECK, skipped="no folder of documents was given")
    runs = _Runs()
    passages = list(passages_of(pack))
    own = {passage: runs.hashes(passage.text) for passage in passages}
    official = np.unique(np.concatenate([runs.hashes(text) for text in _blueprint_texts(pack)]))
    wanted = np.setdiff1d(np.concatenate([np.empty(0, np.uint64), *own.values()]), official)
    common: dict[int, Path] = {}
    files = [file for file in sorted(documents.rglob("*")) if file.suffix in SUFFIXES and file.is_file()]
    for file in files:
        there = runs.hashes(plain_text(file.read_text(encoding="utf-8", errors="replace")))
        common.update((int(found), file) for found in there[_is_in(there, wanted)])
    findings = [finding for passage in passages for finding in _found(passage, own[passage], common, documents)]
    return Outcome(CHECK, tuple(findings), {"passages": len(passages), "documents": len(files)})


def passages_of(pack: ExamPack) -> Iterator[Passage]:
    """Everything the pack says in its own words; of notes, every line."""
    for card in pack.cards:
        yield from _card_passages(card)
    for note in pack.notes:
        for number, line in enumerate(note.markdown.splitlines(), start=1):
            yield Passage(note_file(note), f"line {number} of the text", plain_text(line))
    files = question_files(pack)
    for question in pack.questions:
        yield from _question_passages(question, files[question.id])


def _card_passages(card: Card) -> Iterator[Passage]:
    file = card_file(card)
    yield Passage(file, card.id, card.summary)
    for fact in card.facts:
        for text in (fact.text, fact.exam_view or ""):
            yield Passage(file, f"{card.id}#{fact.id}", text)
    for contrast in card.contrasts:
        for text in (contrast.choose_this, contrast.choose_other):
            yield Passage(file, f"{card.id} with {contrast.with_}", text)


def _question_passages(question: Question, file: str) -> Iterator[Passage]:
    yield Passage(file, question.id, question.stem)
    for label, option in question.labelled:
        for text in (option.text, option.rationale, option.right_if or ""):
            yield Passage(file, f"{question.id} {label}", text)


def _blueprint_texts(pack: ExamPack) -> Iterator[str]:
    for domain in pack.exam.domains:
        yield domain.title
        for task in domain.tasks:
            yield task.title
            for objective in task.objectives:
                yield objective.text
                yield from objective.points


def _found(passage: Passage, own: Hashes, common: dict[int, Path], documents: Path) -> Iterator[Finding]:
    """One finding for every stretch of the passage in common: runs that follow one another make one stretch."""
    words = _WORD.findall(passage.text.lower())
    start = 0
    while start < len(own):
        end = start
        while end < len(own) and int(own[end]) in common:
            end += 1
        if end > start:
            file = common[int(own[start])].relative_to(documents).as_posix()
            stretch = " ".join(words[start : end + RUN - 1])
            yield Finding(CHECK, passage.file, passage.item, f"in common with {file}: '{stretch}'")
        start = end + 1


def _is_in(there: Hashes, wanted: Hashes) -> NDArray[np.bool_]:
    """Which of the hashes are among the wanted ones, which are sorted."""
    if not len(wanted):
        return np.zeros(len(there), dtype=np.bool_)
    nearest = np.minimum(np.searchsorted(wanted, there), len(wanted) - 1)
    return np.asarray(wanted[nearest] == there)


class _Runs:
    """Hashes of runs of words; each word is hashed once."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}

    def hashes(self, text: str) -> Hashes:
        """One number for every run of `RUN` words, in order."""
        words = np.fromiter(map(self._word, _WORD.findall(text.lower())), dtype=np.uint64)
        count = len(words) - RUN + 1
        if count < 1:
            return np.empty(0, dtype=np.uint64)
        windows = np.lib.stride_tricks.sliding_window_view(words, RUN)
        return np.asarray((windows * _FACTORS).sum(axis=1, dtype=np.uint64))

    def _word(self, word: str) -> int:
        number = self._words.get(word)
        if number is None:
            number = self._words[word] = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
        return number
