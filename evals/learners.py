"""Is what the tutor concludes about a learner true?

    python -m evals.learners [--small] [--seed N] [--json]
    exam-tutor evals learners                                (the same on a tenth of the learners, as one of the suites)

Learners whose knowledge is known (`evals/simulated_learners.py`, a world of other forms than the tutor's model)
practise in sittings of ten, some days apart. Measured is, with 95 % bootstrap intervals over learners:

- weak-tasks-auc: after 60 answers spread by blueprint, how well the tasks that are weak are ranked below the others.
  Weak is a task of which the learner knows less than half of the questions of middle difficulty. It is the share of all
  pairs of a weak task and another in which the weak one has the lower mastery (a tie is half a pair), the mean over
  learners who have both. weakest-third-auc is the same, with the five of 15 that are known least in place of
  the weak ones, however little they differ from the others. The baseline ranks by the plain share answered right; a
  task that was not met has the share over all.
- interval-coverage, score-error, score-bias, pass-brier: after 30, 60, 120 or 240 answers each learner sits an exam,
  scored along the straight line that readiness assumes. How often the score lies in the 90 % range; how far the
  estimate is from it, and estimate minus score, both in points of the scale; the squared error of the
  probability of passing (Brier 1950). The baseline expects the share answered right so far, and is certain of it.
- questions-of-random, questions-of-blueprint: how many questions chosen by `next_task` bring learners as far as 150
  drawn at random from the bank, or by blueprint: as a share of these 150. How far is the share of the exam's questions
  that they know. The same learner goes all the ways. best-possible is a chooser who sees what they know.

The model's constants were found with seeds 101 to 104. The reports' seed is another, first run when they were fixed.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import numpy as np
import typer

from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack, load_pack
from corpus.settings import load_settings
from evals.learners_exams import exams
from evals.learners_practice import practice
from evals.learners_ranking import ranking
from evals.running import lines
from evals.scores import mean_score
from evals.simulated_learners import World
from evals.suite import Result, means, paired

SEED = 7041
PLAIN = "share answered right"
POSSIBLE = "best possible"
LOWER = frozenset({"score-error", "pass-brier", "questions-of-random", "questions-of-blueprint"})


def learners(
    seed: Annotated[int, typer.Option(min=0, help="Another population.")] = SEED,
    small: Annotated[bool, typer.Option("--small", help="A tenth of the learners.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Measure what is concluded about learners, on simulated ones whose knowledge is known."""
    result = measure(load_pack(load_settings().pack), seed, 10 if small else 1)
    said = json.dumps(result.as_json(rows=False)) if as_json else "\n".join(lines([result]))
    sys.stdout.write(said + "\n")


def measure(pack: ExamPack, seed: int = SEED, part: int = 1) -> Result:
    """The figures named in this module's docstring, on 1/`part` of the learners.

    Raises:
        ExamTutorError: the pack does not say how its exam is scored.
    """
    streams = [np.random.default_rng([seed, number]) for number in range(3)]
    ranked, ranked_plainly = ranking(World(pack, streams[0]), 400 // part)
    sat = exams(World(pack, streams[1]), pack, 1_000 // part)
    needed, possible = practice(World(pack, streams[2]), 200 // part, streams[2])
    expected, plain = [one.row() for one in sat], [one.plain_row() for one in sat]
    return Result(
        "learners",
        {
            **means(ranked, streams[0]),
            **means(expected, streams[1]),
            "score-bias": mean_score([one.bias for one in sat], streams[1]),
            **needed,
        },
        (*ranked, *expected),
        {PLAIN: {**means(ranked_plainly, streams[0]), **means(plain, streams[1])}, POSSIBLE: possible},
        {PLAIN: {**paired(ranked, ranked_plainly, streams[0]), **paired(expected, plain, streams[1])}},
        lower=LOWER,
    )


def main() -> None:
    """Run it by itself; errors raised on purpose are said in their own words and end with status 1."""
    try:
        typer.run(learners)
    except ExamTutorError as error:
        sys.stderr.write(f"error {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
