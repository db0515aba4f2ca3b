"""Are follow-ups understood? Each case is a short talk, a last message, and what it must be taken to ask.

The talk is held with a real session. The last message is understood when the question that the session makes of it
names exactly the cards of the case, has all its `words` and none of its `without` (compared as stems). The held-out
half is in other voices and was not looked at one by one. The baseline takes each message as it stands.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.sentences import stems
from evals.bench import SEED, Bench
from evals.cases_file import QuestionsError
from evals.suite import Result, Row, Suite, counted, means, paired
from tutor.session import Session
from tutor.topic import cards_in
from tutor.tutor import Tutor

CASES = Path(__file__).parent.parent / "cases" / "followups.jsonl"
LISTS = ("talk", "cards", "words", "without")
HALVES = ("held-out", "tuning")
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


def load_cases(file: Path = CASES) -> list[Case]:
    """All talks.

    Raises:
        QuestionsError: a line is not as it should be.
    """
    cases = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            cases.append(Case(**{**row, **{key: tuple(row[key]) for key in LISTS}}))
        except KeyError as error:
            raise QuestionsError(file, "it is missing", line=number, field=str(error.args[0])) from error
        except (ValueError, TypeError) as error:
            raise QuestionsError(file, f"this is no talk: {error}", line=number) from error
    return cases


def run(bench: Bench) -> Result:
    """Hold every talk; the fast part is the held-out half."""
    cases = [case for case in load_cases() if case.split in (HALVES[:1] if bench.small else HALVES)]
    ours = _rows(cases, [understood_as(case, bench.tutor) for case in cases], bench.tutor)
    as_said = counted(_rows(cases, [case.message for case in cases], bench.tutor))
    return Result(
        "followups",
        means(counted(ours), bench.rng()),
        tuple(ours),
        {"as it stands": means(as_said, bench.rng())},
        {"as it stands": paired(counted(ours), as_said, bench.rng())},
        about="one writer wrote both halves and the rules",
    )


def understood_as(case: Case, tutor: Tutor) -> str:
    """The whole question that the session makes of the case's last message."""
    session = Session(tutor)
    rng = random.Random(SEED)  # noqa: S311  to be repeated, not to be secret
    for message in (*case.talk, case.message):
        session.say(message, NOW, rng)
    return session.thread.asked


def _rows(cases: Sequence[Case], questions: Sequence[str], tutor: Tutor) -> list[Row]:
    return [
        Row(
            id=case.id,
            values=_values(case, question, tutor),
            question=" / ".join((*case.talk, case.message)),
            answer=(question,),
            verdicts=(
                f"to name: {', '.join(case.cards)}",
                f"with: {', '.join(case.words)}",
                f"without: {', '.join(case.without)}",
            ),
            held_out=case.split == "held-out",
        )
        for case, question in zip(cases, questions, strict=True)
    ]


def _values(case: Case, question: str, tutor: Tutor) -> Mapping[str, float]:
    """Understood, and in its parts: the cards are the ones meant, the words are there, nothing is there that is not."""
    said = set(stems(question))
    names = {card.id for card in cards_in(question, tutor.words)} == set(case.cards)
    words = said.issuperset(stems(" ".join(case.words))) and said.isdisjoint(stems(" ".join(case.without)))
    return {
        "understood": float(names and words),
        "names the cards meant": float(names),
        "in the words meant": float(words),
    }


SUITE = Suite("followups", "whether a follow-up is taken to ask what it means", run)
