"""Does the tutor answer what its pack can answer, and only that? The suite over `cases/abstain.jsonl` and `ask.jsonl`.

    python -m evals.asking [--split held-out] [--no-vectors] [--json FILE]

Each case is a question as a learner would type it, whether the pack answers it, and the cards that do. In
`abstain.jsonl` a quarter each of those that cannot be answered are about other clouds, off topic, about things that
do not exist, and about details of things in scope; they are as long, and put as, the answerable ones. In `ask.jsonl`
most are such details, written to share the pack's words: the hard half. The development halves were used to fit
`tutor.support` (`python -m evals.learn_support`); the held-out halves were not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.settings import Settings
from evals.scores import Score, mean_score, suite_json
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tutor did with a case: answered or abstained, citing which cards, how sure."""

    case: Case
    answered: bool
    cited: tuple[str, ...]
    confidence: float

    @property
    def decided_right(self) -> bool:
        """Whether it answered what can be answered and abstained from the rest."""
        return self.answered == self.case.answerable

    @property
    def cites_gold(self) -> bool:
        """Whether a card that holds the answer is among those cited."""
        return bool(set(self.cited) & set(self.case.gold))


def load_cases(file: Path, split: str) -> list[Case]:
    """The cases of one split. Raises ValueError naming file, line and what is wrong."""
    cases = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            case = Case(**{**{field: row[field] for field in FIELDS}, "gold": tuple(row["gold"])})
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{file}:{number}: {error}") from error
        if case.split == split:
            cases.append(case)
    return cases


def run(cases: Sequence[Case], tutor: Tutor) -> list[Outcome]:
    """Ask every question once."""
    outcomes = []
    for case in cases:
        answer = tutor.ask(case.question)
        cited = tuple(card for citation in answer.citations for card in citation.chunk.tags.cards)
        outcomes.append(Outcome(case, not answer.abstained, cited, answer.confidence))
    return outcomes


def metrics(outcomes: Sequence[Outcome], rng: np.random.Generator) -> dict[str, Score | None]:
    """Precision and recall of abstaining, of deciding right, and of citing a card that holds the answer."""
    abstained = [outcome for outcome in outcomes if not outcome.answered]
    unanswerable = [outcome for outcome in outcomes if not outcome.case.answerable]
    answered = [outcome for outcome in outcomes if outcome.answered and outcome.case.answerable]
    return {
        "decision accuracy": mean_score([outcome.decided_right for outcome in outcomes], rng),
        "abstention precision": mean_score([not outcome.case.answerable for outcome in abstained], rng),
        "abstention recall": mean_score([not outcome.answered for outcome in unanswerable], rng),
        "gold card cited when answered": mean_score([outcome.cites_gold for outcome in answered], rng),
    }


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


def main() -> int:
    """Build a fresh library from the pack, ask, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--split", default="held-out", choices=["development", "held-out"])
    parser.add_argument("--no-vectors", action="store_true", help="search by words only")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--misses", action="store_true", help="list what was decided wrongly")
    options = parser.parse_args()
    figures: dict[str, Score | None] = {}
    baselines: dict[str, dict[str, float]] = {}
    with fresh_tutor(vectors=not options.no_vectors) as tutor:
        for file in FILES:
            cases = load_cases(file, options.split)
            outcomes = run(cases, tutor)
            found = metrics(outcomes, np.random.default_rng(0))
            answerable = sum(case.answerable for case in cases) / len(cases)
            sys.stdout.write("\n".join(_lines(file.stem, options.split, found, answerable)) + "\n")
            if options.misses:
                sys.stdout.write("\n".join(_misses(outcomes)) + "\n")
            figures |= {f"{name} ({file.stem})": score for name, score in found.items()}
            baselines[file.stem] = {"always answer": answerable, "never answer": 1 - answerable}
    if options.json:
        options.json.write_text(json.dumps(suite_json("asking", figures, baselines), indent=2) + "\n", encoding="utf-8")
    return 0


def _lines(cases: str, split: str, found: dict[str, Score | None], answerable: float) -> list[str]:
    return [
        f"{cases}, {split} half",
        *(f"  {name:32} {'no score' if score is None else score}" for name, score in found.items()),
        f"  {'always answer':32} decision accuracy {answerable:.3f}",
        f"  {'never answer':32} decision accuracy {1 - answerable:.3f}",
    ]


def _misses(outcomes: Sequence[Outcome]) -> list[str]:
    return [
        f"  {'answered' if outcome.answered else 'abstained'} at {outcome.confidence:.2f}: {outcome.case.question}"
        for outcome in outcomes
        if not outcome.decided_right
    ]


if __name__ == "__main__":
    sys.exit(main())
