"""How well options are judged without a key: right, covered, and how often it is sure of a wrong one.

    python -m evals.mcq --questions FILE | --bank [--half tuning|held-out] [--pack mls_c01]

A file holds one object a line: `{"id", "stem", "options": {"A": text…}, "answer": ["A"…]}`. With `--bank` the pack's
own questions are judged by stem and options alone, keys and rationales hidden; the weights of `tutor.option_ranking`
were fitted on its `tuning` half, and `held-out` is the one to report. It is kinder than a
stranger's questions: bank and cards have the same authors. Prints JSON:

- accuracy: the options ranked first are the right ones; chance: what drawing lots would reach
- coverage: the share of questions with a verdict; accuracy when answered: over those
- confident and wrong: options called right, with high confidence, that are not the key; over all questions
- key ruled out: an option of the key called wrong, whether or not another one is called right; over all questions
- milliseconds: the median for one question, by words only
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from corpus.exam_pack import ExamPack, load_pack, pack_names
from corpus.settings import Settings
from evals.requirements import HALVES, half_of
from evals.scores import mean_score, suite_json
from ingest.pipeline import ingest_pack
from tutor.assemble import open_library
from tutor.knowledge import Knowledge
from tutor.pasted_options import judge
from tutor.pasted_question import PastedOption, PastedQuestion

FIGURES = ("accuracy", "coverage", "confident and wrong", "key ruled out", "chance")


@dataclass(frozen=True, slots=True)
class Case:
    """A question without its key, and the key."""

    id: str
    question: PastedQuestion
    answer: tuple[str, ...]


def read_cases(file: Path) -> list[Case]:
    """The questions of a JSON Lines file."""
    return [_case(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def bank_cases(pack: ExamPack, half: str) -> Iterator[Case]:
    """The questions of one half of a pack's bank."""
    for question in pack.questions:
        if half_of(question) == half:
            options = {label: option.text for label, option in question.labelled}
            yield _case(question.id, question.stem, options, question.answer)


def _case(id: str, stem: str, options: dict[str, str], answer: Sequence[str]) -> Case:
    listed = tuple(PastedOption(label, text) for label, text in options.items())
    return Case(id, PastedQuestion(stem, listed, len(answer)), tuple(answer))


def measure(cases: Sequence[Case], known: Knowledge) -> dict[str, Any]:
    """The figures named in this module's docstring."""
    values: dict[str, list[float]] = {name: [] for name in FIGURES}
    answered: list[float] = []
    seconds: list[float] = []
    for case in cases:
        started = time.perf_counter()
        review = judge(case.question, known)
        seconds.append(time.perf_counter() - started)
        right = set(review.first) == set(case.answer)
        values["accuracy"].append(right)
        values["chance"].append(1 / math.comb(len(case.question.options), len(case.answer)))
        values["coverage"].append(bool(review.right))
        values["confident and wrong"].append(bool(set(review.right) - set(case.answer)))
        values["key ruled out"].append(bool(set(case.answer) - set(review.remaining)))
        answered += [set(review.right) == set(case.answer)] if review.right else []
    scores = {name: mean_score(several, np.random.default_rng(1)) for name, several in values.items()}
    scores["accuracy when answered"] = mean_score(answered, np.random.default_rng(1))
    chance = scores.pop("chance")
    result = suite_json("mcq", scores, {"chance": None if chance is None else chance.value})
    return {**result, "milliseconds": round(1000 * statistics.median(seconds), 1) if seconds else None}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--questions", type=Path)
    chosen.add_argument("--bank", action="store_true")
    parser.add_argument("--half", choices=HALVES, default="held-out")
    parser.add_argument("--pack", default=pack_names()[0])
    arguments = parser.parse_args()
    pack = load_pack(arguments.pack)
    cases = list(bank_cases(pack, arguments.half)) if arguments.bank else read_cases(arguments.questions)
    with tempfile.TemporaryDirectory() as home:
        library = open_library(Settings(home=Path(home)))
        ingest_pack(pack, library, now=datetime.now(UTC))
        result = measure(cases, Knowledge(pack, library))
        library.close()
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
