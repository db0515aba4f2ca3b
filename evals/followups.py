"""Are follow-ups understood? Each case is a short talk, a last message, and what it must be taken to ask.

    python -m evals.followups [--split held-out|tuning] [--misses]

The talk is held with a real session over the pack alone, searched by words. The last message is understood when the
question that the session makes of it names exactly the cards of the case, has all its `words` and none of its
`without` (compared as stems). Prints JSON; `--misses` lists, for the tuning half, what was understood otherwise. The
held-out half is in other voices and was not looked at one by one. The baseline takes each message as it stands.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.sentences import stems
from evals.asking import fresh_tutor
from evals.scores import mean_score, suite_json
from tutor.session import Session
from tutor.topic import cards_in
from tutor.tutor import Tutor

CASES = Path(__file__).parent / "cases" / "followups.jsonl"
LISTS = ("talk", "cards", "words", "without")
SPLITS = ("held-out", "tuning")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""A talk does not depend on the day; any will do."""


@dataclass(frozen=True, slots=True)
class Case:
    """One talk. `cards` are named by the question meant, `words` stand in it, `without` do not."""

    id: str
    talk: tuple[str, ...]
    message: str
    cards: tuple[str, ...]
    words: tuple[str, ...]
    without: tuple[str, ...]
    split: str


def read_cases(split: str) -> list[Case]:
    """The cases of one split."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [Case(**{**row, **{key: tuple(row[key]) for key in LISTS}}) for row in rows if row["split"] == split]


def understood_as(case: Case, tutor: Tutor) -> str:
    """The whole question that the session makes of the case's last message."""
    session = Session(tutor)
    rng = random.Random(1)  # noqa: S311  to be repeated, not to be secret
    for message in (*case.talk, case.message):
        session.say(message, NOW, rng)
    return session.thread.asked


def is_right(case: Case, question: str, tutor: Tutor) -> bool:
    """Whether a question is what the case's last message means."""
    said = set(stems(question))
    named = {card.id for card in cards_in(question, tutor.words)}
    return (
        named == set(case.cards)
        and said.issuperset(stems(" ".join(case.words)))
        and said.isdisjoint(stems(" ".join(case.without)))
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, default=SPLITS[0])
    parser.add_argument("--misses", action="store_true", help="list what was understood otherwise (tuning half)")
    options = parser.parse_args(arguments)
    if options.misses and options.split == "held-out":
        parser.error("The held-out half is not looked at one by one; use --split tuning.")
    cases = read_cases(options.split)
    with fresh_tutor(vectors=False) as tutor:
        questions = [understood_as(case, tutor) for case in cases]
        right = [is_right(case, question, tutor) for case, question in zip(cases, questions, strict=True)]
        as_they_stand = [is_right(case, case.message, tutor) for case in cases]
    if options.misses:
        for case, question, well in zip(cases, questions, right, strict=True):
            if not well:
                sys.stderr.write(f"{case.id}  {case.talk[-1]} / {case.message} → {question}\n")
    rng = np.random.default_rng(1)
    baseline = {"as it stands": {"understood": sum(as_they_stand) / len(as_they_stand)}}
    sys.stdout.write(json.dumps(suite_json("followups", {"understood": mean_score(right, rng)}, baseline), indent=2))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
