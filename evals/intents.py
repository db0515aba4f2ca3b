"""How well messages are routed: macro-F1 over the intents, each intent's F1, and the follow-up flag's.

    python -m evals.intents [--split held-out|tuning|second|third|fourth|fifth] [--words] [--misses]
        [--pack mls_c01]

Prints JSON. The intervals are 95 % bootstrap intervals over messages (percentile method). The held-out half was written
before there was a router, in another manner of writing than the tuning half, and was not looked at while features were
chosen; `--misses` lists what was routed wrongly, for the tuning half only. The second file was written later, in other
voices (terse, mistyped, polite, by people who write English as a second language); its writer had seen neither the
cues nor the held-out half; so were the fourth and the fifth, by somebody else. `--words` routes as long as no embedding
model is loaded: by words alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.embedder import Embedder
from corpus.exam_pack import load_pack, pack_names
from corpus.question_vectors import QuestionVectors
from corpus.settings import Settings
from evals.scores import RESAMPLES, Score, suite_json
from tutor.assemble import choose_embedder
from tutor.intent import Context, Intent, IntentRouter
from tutor.pack_words import PackWords

CASES = Path(__file__).parent / "cases"
FILES = {
    "held-out": "intents.jsonl",
    "tuning": "intents.jsonl",
    "second": "intents_second.jsonl",
    "third": "intents_third.jsonl",
    "fourth": "intents_fourth.jsonl",
    "fifth": "intents_fifth.jsonl",
}

Pairs = Sequence[tuple[str, str]]
"""What was wanted, and what it was taken for."""


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled message."""

    id: str
    message: str
    context: str
    intent: str
    follow_up: bool
    split: str


def read_cases(split: str) -> list[Case]:
    """The labelled messages of one split."""
    lines = (CASES / FILES[split]).read_text(encoding="utf-8").splitlines()
    return [case for case in (Case(**json.loads(line)) for line in lines) if case.split == split]


def f1(pairs: Pairs, name: str) -> float:
    """The harmonic mean of precision and recall for one class, 0 where it was never met (van Rijsbergen 1979)."""
    both = sum(wanted == taken == name for wanted, taken in pairs)
    either = sum((wanted == name) + (taken == name) for wanted, taken in pairs)
    return 2 * both / either if either else 0.0


def macro_f1(pairs: Pairs) -> float:
    """The mean of the F1 of all classes that stand in the labels."""
    return float(np.mean([f1(pairs, name) for name in sorted({wanted for wanted, _ in pairs})]))


def with_interval(pairs: Pairs, figure: Callable[[Pairs], float], rng: np.random.Generator) -> Score:
    """A figure over pairs with its bootstrap interval."""
    draws = rng.integers(len(pairs), size=(RESAMPLES, len(pairs)))
    low, high = np.quantile([figure([pairs[i] for i in draw]) for draw in draws], [0.025, 0.975])
    return Score(figure(pairs), float(low), float(high), len(pairs))


def measure(cases: Sequence[Case], router: IntentRouter) -> dict[str, Score | None]:
    """The figures named in this module's docstring."""
    routed = [router.route(case.message, Context(case.context)) for case in cases]
    pairs = [(case.intent, str(found.intent)) for case, found in zip(cases, routed, strict=True)]
    flags = [
        (str(case.follow_up), str(found.follow_up))
        for case, found in zip(cases, routed, strict=True)
        if case.context != Context.NOTHING
    ]
    scores: dict[str, Score | None] = {"macro-F1": with_interval(pairs, macro_f1, np.random.default_rng(1))}
    for intent in Intent:
        scores[f"F1 {intent}"] = with_interval(pairs, lambda some, i=intent: f1(some, i), np.random.default_rng(1))  # type: ignore[misc]
    scores["F1 follow-up"] = with_interval(flags, lambda some: f1(some, "True"), np.random.default_rng(1))
    return scores


def loaded(embedder: Embedder) -> Embedder:
    """The embedder with its model in memory."""
    embedder.embed(["warm up"])
    return embedder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=list(FILES), default="held-out")
    parser.add_argument("--words", action="store_true", help="without an embedding model")
    parser.add_argument("--misses", action="store_true", help="list what was routed wrongly (tuning half)")
    parser.add_argument("--pack", default=pack_names()[0])
    arguments = parser.parse_args()
    if arguments.misses and arguments.split != "tuning":
        parser.error("Only the tuning half is looked at one by one; use --split tuning.")
    vectors = None if arguments.words else QuestionVectors(loaded(choose_embedder(Settings())))
    router = IntentRouter(PackWords(load_pack(arguments.pack)), vectors)
    cases = read_cases(arguments.split)
    if arguments.misses:
        for case in cases:
            found = router.route(case.message, Context(case.context))
            if found.intent != case.intent:
                sys.stderr.write(f"{case.id}  {case.intent} → {found.intent}  {case.message}\n")
    sys.stdout.write(json.dumps(suite_json("intents", measure(cases, router), {}), indent=2) + "\n")


if __name__ == "__main__":
    main()
