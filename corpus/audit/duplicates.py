"""No two questions ask the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from corpus.audit.findings import Finding, Outcome
from corpus.audit.places import question_files
from corpus.embedder import Embedder
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from corpus.sentences import words

CHECK = "duplicates"
# Read off the 52,650 pairs of the MLS-C01 pack's stems under all-MiniLM-L6-v2: half lie below 0.21, all but 33
# below 0.65, all but 8 below 0.70. The six from 0.70 to 0.80 share a service and a setting, but turn on another
# fact (two storage classes, spot training with and without a checkpoint) or ask for another figure (two volume
# sizes, shards bound by bytes and by records). Above 0.85 stood one scenario with one answer told twice (0.88),
# and two shard counts whose wording is mostly shared (0.85).
NEAR = 0.85


def check(pack: ExamPack, embedder: Embedder) -> Outcome:
    """Pairs of questions whose stems have the same words, or vectors with a cosine of `NEAR` or more.

    Raises:
        EmbedderError: the model cannot be loaded.
    """
    counts = {"questions": len(pack.questions)}
    if len(pack.questions) < 2:
        return Outcome(CHECK, counts=counts)
    return Outcome(CHECK, tuple(_pairs(pack, question_files(pack), embedder)), counts)


def _pairs(pack: ExamPack, files: Mapping[str, str], embedder: Embedder) -> Iterator[Finding]:
    vectors = embedder.embed([question.stem for question in pack.questions])
    cosines = vectors @ vectors.T
    same_words = [tuple(words(question.stem)) for question in pack.questions]
    for second, question in enumerate(pack.questions):
        for first in range(second):
            other = pack.questions[first]
            if same_words[first] == same_words[second]:
                yield _finding(files, question, f"the stem is that of {other.id}")
            elif cosines[first, second] >= np.float32(NEAR):
                cosine = float(cosines[first, second])
                yield _finding(files, question, f"the stem is nearly that of {other.id}: cosine {cosine:.2f}")


def _finding(files: Mapping[str, str], question: Question, problem: str) -> Finding:
    return Finding(CHECK, files[question.id], question.id, problem)
