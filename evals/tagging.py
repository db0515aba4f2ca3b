"""How well passages are placed in the exam's domains and task statements.

python -m evals.tagging --corpus FOLDER [--split development|held-out|first|fresh|other] [--misses] [--json FILE]

Each case is a passage, the one task for which a candidate would study it or none, and the other tasks that would be
right as well (`also`). A passage that has a task and gets it, or one of `also`, is a true positive; one that gets
another is a false positive and a false negative; one that gets none is a false negative. A passage that has none
and gets a task is a false positive, unless the task is in `also`: then it counts for nothing. Micro-F1 is
2 tp / (2 tp + fp + fn) over all passages. For the domain, the same holds of the tasks' domains.
"By the label alone" leaves `also` aside altogether.

What the tagger learned, it learned from the development passages alone. The held-out ones were drawn before its present
form was chosen, labelled by two readers who knew nothing of it, a third settling where they differ, and scored once.
`first` and `fresh` are the passages that earlier forms were measured on; who made those had read them. `other` are of
guides to other services, whitepapers and candidates' articles; for them FOLDER is the one that all of these lie in.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.card_names import CardNames
from corpus.chunks import Chunk
from corpus.exam_pack import ExamPack, load_pack
from corpus.settings import Settings
from evals.scores import RESAMPLES, Score, mean_score, suite_json
from evals.tagging_cases import CASES, PARTS, Case, Passage, find_passages, load_cases
from ingest.tag import Tagger
from tutor.assemble import open_library

NONE = "none"

Level = Callable[[str], str]
"""What of a task's id is compared: all of it, or its domain."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The task a passage was tagged with, or None."""

    case: Case
    task: str | None


def domain_of(task: str) -> str:
    """A task's domain: what stands before the dot of its id."""
    return task.split(".", maxsplit=1)[0]


def domain(task: str | None) -> str:
    """The task's domain, or `NONE`."""
    return NONE if task is None else domain_of(task)


def counts(outcome: Outcome, level: Level) -> tuple[int, int, int]:
    """True positives, false positives and false negatives of one passage, each 0 or 1."""
    also = {level(task) for task in outcome.case.also}
    right = None if outcome.case.task is None else level(outcome.case.task)
    got = None if outcome.task is None else level(outcome.task)
    if right is None:
        return 0, int(got is not None and got not in also), 0
    if got is None:
        return 0, 0, 1
    return (1, 0, 0) if got == right or got in also else (0, 1, 1)


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each domain labelled, and for none: how many got which, and how many of them are right."""
    pairs = [(domain(outcome.case.task), domain(outcome.task)) for outcome in outcomes]
    right = Counter(domain(outcome.case.task) for outcome in outcomes if not any(counts(outcome, domain_of)[1:]))
    names, seen = sorted({name for pair in pairs for name in pair}), Counter(pairs)
    return [
        f"  {'label / got':12}" + "".join(f"{name:>6}" for name in (*names, "right")),
        *(f"  {one:12}" + "".join(f"{n:6}" for n in (*(seen[one, got] for got in names), right[one])) for one in names),
    ]


def micro_f1(outcomes: Sequence[Outcome], level: Level, rng: np.random.Generator) -> Score | None:
    """Micro-F1 with its interval by drawing passages; None, "no score", without any."""
    if not outcomes:
        return None
    rows = np.array([counts(outcome, level) for outcome in outcomes])
    drawn = rows[rng.integers(len(rows), size=(RESAMPLES, len(rows)))].sum(axis=1)
    low, high = np.quantile(_f1(drawn), [0.025, 0.975])
    return Score(float(_f1(rows.sum(axis=0))), float(low), float(high), len(rows))


def metrics(outcomes: Sequence[Outcome], rng: np.random.Generator) -> dict[str, Score | None]:
    """Micro-F1, precision, recall and the share that is right, for the domain, then for the task."""
    strict = [replace(outcome, case=replace(outcome.case, also=frozenset())) for outcome in outcomes]
    levels: dict[str, Level] = {"domain": domain_of, "task": str}
    found: dict[str, Score | None] = {}
    for name, level in levels.items():
        rows = [counts(outcome, level) for outcome in outcomes]
        found[f"{name} micro-F1"] = micro_f1(outcomes, level, rng)
        found[f"{name} micro-F1 by the label alone"] = micro_f1(strict, level, rng)
        found[f"{name} precision"] = mean_score([float(tp) for tp, fp, _ in rows if tp or fp], rng)
        found[f"{name} recall"] = mean_score([float(tp) for tp, _, fn in rows if tp or fn], rng)
        found[f"{name} accuracy, none included"] = mean_score([float(not (fp or fn)) for _, fp, fn in rows], rng)
    return found


def run(passages: Sequence[Passage], tagger: Tagger) -> list[Outcome]:
    """Tag every document and look at the passage that was labelled."""
    return [Outcome(p.case, tagger.tagged(p.chunks)[p.position].tags.task) for p in passages]


def baselines(passages: Sequence[Passage], pack: ExamPack, commonest: str) -> dict[str, list[Outcome]]:
    """What needs no fitting: never a task, always the commonest, and the task that most of the cards named have."""
    names = CardNames(pack.cards, pack.exam.name_prefixes)
    return {
        "never a task": [Outcome(p.case, None) for p in passages],
        f"always {commonest}": [Outcome(p.case, commonest) for p in passages],
        "cards named": [Outcome(p.case, _voted(p.chunk, names)) for p in passages],
    }


def commonest_task(cases: Sequence[Case]) -> str:
    """The task that most cases of the commonest domain have."""
    tasks = [case.task for case in cases if case.task is not None]
    domain = Counter(map(domain_of, tasks)).most_common(1)[0][0]
    return Counter(task for task in tasks if domain_of(task) == domain).most_common(1)[0][0]


def _voted(chunk: Chunk, names: CardNames) -> str | None:
    votes: defaultdict[str, float] = defaultdict(float)
    for text in (chunk.title, *chunk.location.heading, chunk.text):
        for mention in names.find(text):
            for task in mention.card.tasks:
                votes[task] += 1 / len(mention.card.tasks)
    return max(votes, key=lambda task: votes[task], default=None)


def _f1(rows: NDArray[np.int64]) -> NDArray[np.float64]:
    tp, fp, fn = rows[..., 0], rows[..., 1], rows[..., 2]
    return np.asarray(2 * tp / np.maximum(1, 2 * tp + fp + fn))


def read_passages(part: str, corpus: Path) -> list[Passage]:
    """The passages of one of `PARTS`, split as ingestion splits them."""
    with tempfile.TemporaryDirectory() as home:
        library = open_library(Settings(home=Path(home)))
        passages = find_passages(load_cases(CASES, part), corpus, library.embedder)
        library.close()
    return passages


def main() -> int:
    """Tag the labelled passages and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True, help="the folder that the cases' files are in")
    parser.add_argument("--split", default="held-out", choices=PARTS)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--misses", action="store_true", help="list what was placed in a wrong domain")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        sys.stdout.write(f"tagging: skipped, for there is no folder {options.corpus}\n")
        return 0
    pack = load_pack(Settings().pack)
    passages = read_passages(options.split, options.corpus)
    outcomes = run(passages, Tagger(pack))
    rng = np.random.default_rng(0)
    found = metrics(outcomes, rng)
    others = {
        name: metrics(theirs, rng)
        for name, theirs in baselines(passages, pack, commonest_task(load_cases(CASES, "development"))).items()
    }
    lines = [f"tagging, {options.split} passages", *(f"  {name:36} {_said(score)}" for name, score in found.items())]
    lines += table(outcomes)
    for name, theirs in others.items():
        lines += [f"  {name:18} {figure:36} {_said(theirs[figure])}" for figure in theirs if "micro" in figure]
    if options.misses:
        lines += [_miss(outcome) for outcome in outcomes if any(counts(outcome, domain_of)[1:])]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.json:
        plain = {name: {key: score and score.value for key, score in theirs.items()} for name, theirs in others.items()}
        options.json.write_text(json.dumps(suite_json("tagging", found, plain), indent=2) + "\n", encoding="utf-8")
    return 0


def _said(score: Score | None) -> str:
    return "no score" if score is None else str(score)


def _miss(outcome: Outcome) -> str:
    case = outcome.case
    also = f" or {', '.join(sorted(case.also))}" if case.also else ""
    return f"  {outcome.task} for {case.task}{also}: {case.file} › {' › '.join(case.heading)}"


if __name__ == "__main__":
    sys.exit(main())
