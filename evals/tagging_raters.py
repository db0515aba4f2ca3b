"""How far two readers agree on the passages that the tagger is measured on: more than that can hardly be asked of it.

python -m evals.tagging_raters [--split held-out|second|first]

Each labelled them without having seen the other's labels, and is then measured against the other as the tagger is
measured against what they settled on (`evals.tagging`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import numpy as np

from evals.intents import with_interval
from evals.scores import Score, kappa, mean_score
from evals.tagging import NONE, Outcome, domain, metrics, table
from evals.tagging_cases import CASES, Case, load_cases

RATERS = CASES.with_name("tagging_raters.jsonl")

Both = Sequence[tuple[Case, Case]]
"""The same passage as labelled by one reader and by the other."""


def readers(split: str) -> tuple[list[Case], list[Case]]:
    """The passages of one part as the first and as the second reader labelled them."""
    first, second = (load_cases(RATERS, f"{split}, {which} reader") for which in ("first", "second"))
    return first, second


def in_pairs(ones: Sequence[Case], others: Sequence[Case]) -> list[tuple[Case, Case]]:
    """The two labels of every passage. Raises ValueError if the passages are not the same in the same order."""
    for one, other in zip(ones, others, strict=True):
        if (one.file, one.start, one.sha256) != (other.file, other.start, other.sha256):
            raise ValueError(f"{other.file} at {other.start} stands where {one.file} at {one.start} was expected")
    return list(zip(ones, others, strict=True))


def agreement(both: Both, rng: np.random.Generator) -> dict[str, Score | None]:
    """How often both say the same domain or none, and Cohen's kappa of it; then that they study it at all."""
    domains = [(domain(one.task), domain(other.task)) for one, other in both]
    studied = [(str(one == NONE), str(other == NONE)) for one, other in domains]
    named = [(one, other) for one, other in domains if NONE not in (one, other)]
    return {
        "same domain or both none": mean_score([float(one == other) for one, other in domains], rng),
        "kappa of the domain": with_interval(domains, kappa, rng),
        "kappa of none against any": with_interval(studied, kappa, rng),
        "same domain where both name one": mean_score([float(one == other) for one, other in named], rng),
        "kappa where both name one": with_interval(named, kappa, rng),
    }


def as_tagged(both: Both) -> list[Outcome]:
    """The second reader's labels in the place of a tagger's, to be measured against the first's."""
    return [Outcome(one, other.task) for one, other in both]


def main() -> int:
    """Print how far the readers agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--split", default="held-out", choices=("held-out", "second", "first"))
    split = parser.parse_args().split
    first, second = readers(split)
    both, rng = in_pairs(first, second), np.random.default_rng(0)
    lines = [f"two readers of {len(both)} {split} passages", *table(as_tagged(both)), *_lines(agreement(both, rng))]
    for name, pairs in (("second against first", both), ("first against second", in_pairs(second, first))):
        figures = metrics(as_tagged(pairs), rng)
        lines += [name, *_lines({figure: score for figure, score in figures.items() if "micro" in figure})]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _lines(figures: dict[str, Score | None]) -> list[str]:
    return [f"  {name:36} {score}" for name, score in figures.items()]


if __name__ == "__main__":
    sys.exit(main())
