"""Is what the tutor concludes about a learner true? `evals/learners.py` on fewer learners."""

from __future__ import annotations

from evals.bench import Bench
from evals.learners import measure
from evals.suite import Result, Suite

PART, PART_SMALL = 10, 50
"""One learner of so many."""


def run(bench: Bench) -> Result:
    """Let them practise and sit exams, and compare what is concluded with what they know."""
    return measure(bench.pack, part=PART_SMALL if bench.small else PART)


SUITE = Suite("learners", "whether what is concluded about a learner is true", run)
