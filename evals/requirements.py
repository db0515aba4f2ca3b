"""How often the requirement that a bank question turns on is read from its stem.

    python -m evals.requirements [--half tuning|held-out] [--pack mls_c01]

Halves are by a hash of the question's id; the constants of `tutor.requirements` were chosen on `tuning`. Prints JSON,
for the stem alone and with the options' cards known: how often the surest reading is the deciding trait and value (a
reading is always given, so precision and recall are the same), how often it is among the readings, and the overlap of
its words with the authored requirement (intersection over union, and any); then how often the fallback sentence holds
the requirement.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence

import numpy as np

from corpus.exam_pack import ExamPack, load_pack, pack_names
from corpus.questions import Question
from corpus.sentences import Span
from evals.scores import Score, mean_score, suite_json
from tutor.requirements import RequirementFinder, stating_sentence

HALVES = ("tuning", "held-out")


def half_of(question: Question) -> str:
    """The half a question belongs to, by the last bit of the SHA-256 of its id."""
    return HALVES[hashlib.sha256(question.id.encode()).digest()[-1] % 2]


def overlap(one: Span, other: Span) -> float:
    """Intersection over union of two spans of characters."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return common / (max(one[1], other[1]) - min(one[0], other[0]))


def measure(pack: ExamPack, questions: Sequence[Question]) -> dict[str, Score | None]:
    """The figures named in this module's docstring."""
    finder = RequirementFinder(pack.traits, pack.cards)
    values: dict[str, list[float]] = {}
    for question in questions:
        start = question.stem.index(question.requirement)
        authored = (start, start + len(question.requirement))
        sentence = stating_sentence(question.stem)
        values.setdefault("fallback sentence", []).append(sentence is not None and sentence[0] <= start < sentence[1])
        if question.trait is None:
            continue
        cards = [pack.cards_by_id[option.card] for option in question.options if option.card]
        for name, competing in (("stem alone", []), ("options known", cards)):
            found = finder.find(question.stem, competing)
            right = [(r.trait, r.value) == (question.trait, question.value) for r in found]
            values.setdefault(f"{name}: first reading right", []).append(right[0])
            values.setdefault(f"{name}: among the readings", []).append(any(right))
            if right[0]:
                shared = overlap((found[0].start, found[0].end), authored)
                values.setdefault(f"{name}: overlap where right", []).append(shared)
                values.setdefault(f"{name}: any overlap where right", []).append(shared > 0)
    return {name: mean_score(several, np.random.default_rng(1)) for name, several in values.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, default="held-out")
    parser.add_argument("--pack", default=pack_names()[0])
    arguments = parser.parse_args()
    pack = load_pack(arguments.pack)
    questions = [question for question in pack.questions if half_of(question) == arguments.half]
    sys.stdout.write(json.dumps(suite_json("requirements", measure(pack, questions), {}), indent=2) + "\n")


if __name__ == "__main__":
    main()
