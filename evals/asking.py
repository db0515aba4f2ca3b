"""Does the tutor answer what its pack can answer, and only that? The suite over `cases/ask.jsonl`.

    python -m evals.asking [--split held-out] [--json FILE]

Each case is a question as a learner would type it, whether the pack answers it, and the cards that do. The
development half was used to fit the probability in `tutor.evidence`; the held-out half was not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.settings import Settings
from evals.scores import Score, mean_score, suite_json
from ingest.pipeline import ingest_pack
from tutor.assemble import assemble, open_library
from tutor.session import Tutor

CASES = Path(__file__).parent / "cases" / "ask.jsonl"


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
            case = Case(**{**json.loads(line), "gold": tuple(json.loads(line)["gold"])})
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


def main() -> int:
    """Build a fresh library from the pack, ask, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--split", default="held-out", choices=["development", "held-out"])
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--misses", action="store_true", help="list what was decided wrongly")
    options = parser.parse_args()
    cases = load_cases(CASES, options.split)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        library = open_library(settings)
        tutor = assemble(settings, library)
        ingest_pack(tutor.pack, library, now=datetime.now(UTC))
        library.embed_pending()
        library.warm()
        outcomes = run(cases, tutor)
        library.close()
    rng = np.random.default_rng(0)
    found = metrics(outcomes, rng)
    share = sum(case.answerable for case in cases) / len(cases)
    baselines = {"always answer": {"decision accuracy": share}, "never answer": {"decision accuracy": 1 - share}}
    lines = [f"asking, {options.split} half"]
    lines += [f"  {name:32} {'no score' if score is None else score}" for name, score in found.items()]
    lines += [
        f"  {name:32} decision accuracy {figures['decision accuracy']:.3f}" for name, figures in baselines.items()
    ]
    if options.misses:
        for outcome in outcomes:
            if not outcome.decided_right:
                verdict = "answered" if outcome.answered else "abstained"
                lines.append(f"  {verdict} at {outcome.confidence:.2f}: {outcome.case.question}")
    sys.stdout.write("\n".join(lines) + "\n")
    if options.json:
        options.json.write_text(json.dumps(suite_json("asking", found, baselines), indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
