"""How often a follow-up is made whole rightly: over small dialogues, against leaving it as it is and naming the topic.

    python -m evals.followups [--split held-out|tuning] [--misses] [--pack mls_c01]

A dialogue is one or more questions, then a message. `cards` are what the whole message must name, no more and no less;
`words` what it must hold (compared by stems); `same` says that the message stands alone and must stay as it is.
`answered` is what the answer to a question that asks "which" was about. Prints JSON: the share made whole rightly (all
of that at once), right topics, kept words, and messages that stand alone left alone; 95 % bootstrap intervals over
dialogues. `--misses` lists what went wrong, for the tuning half only: the rules were written with it in view, the
held-out half, in another manner of writing, was not looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.cards import Card
from corpus.exam_pack import load_pack, pack_names
from corpus.sentences import stems
from evals.scores import Score, mean_score, suite_json
from tutor.followup import Before, asks_which, made_whole
from tutor.intent import Context, IntentRouter
from tutor.pack_words import PackWords

CASES = Path(__file__).parent / "cases" / "followups.jsonl"
SPLITS = ("held-out", "tuning")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a dialogue, and the ids of the cards that its answer was about where it asks which."""

    asked: str
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One dialogue with what its last message must become."""

    id: str
    split: str
    talk: tuple[Asked, ...]
    message: str
    cards: frozenset[str]
    words: tuple[str, ...]
    same: bool


Completes = Callable[[str, Before, bool], str]
"""The message, what was before it, whether the router takes it for a follow-up → the message made whole."""


def read_cases() -> list[Case]:
    """All dialogues."""
    return [_case(json.loads(line)) for line in CASES.read_text(encoding="utf-8").splitlines()]


def measure(cases: Sequence[Case], words: PackWords, completes: Completes | None = None) -> dict[str, Score | None]:
    """The figures named in this module's docstring."""
    completes = completes or _ours(words)
    router = IntentRouter(words)
    found = [run(case, words, router, completes) for case in cases]
    checks = [_checks(case, whole, words) for case, whole in zip(cases, found, strict=True)]
    rng = np.random.default_rng
    return {
        "made whole rightly": mean_score([float(all(several)) for several in checks], rng(1)),
        "right topics": mean_score([float(topics) for topics, _, _ in checks], rng(1)),
        "kept words": mean_score([float(kept) for _, kept, _ in checks], rng(1)),
        "left alone where whole": mean_score(
            [float(same) for case, (_, _, same) in zip(cases, checks, strict=True) if case.same], rng(1)
        ),
    }


def run(case: Case, words: PackWords, router: IntentRouter, completes: Completes) -> str:
    """The last message of a dialogue made whole, every one before it too."""
    before = Before()
    for question in case.talk:
        whole = completes(question.asked, before, False)
        before = Before(whole, _topics(question, whole, words) or before.topics)
    return completes(case.message, before, router.route(case.message, Context.ANSWER).follow_up)


def unchanged(message: str, before: Before, leans: bool) -> str:
    """The first baseline: every message as it is."""
    return message


def prefixed(message: str, before: Before, leans: bool) -> str:
    """The second: the topics before every message that is held to be a follow-up."""
    return f"{' and '.join(card.name for card in before.focus)}: {message}" if leans and before.topics else message


def _ours(words: PackWords) -> Completes:
    return lambda message, before, leans: made_whole(message, before, words.names, leans)


def _topics(question: Asked, whole: str, words: PackWords) -> tuple[Card, ...]:
    named = [mention.card for mention in words.names.find(whole)]
    answered = [words.pack.cards_by_id[card] for card in question.answered]
    found = [*answered, *named] if asks_which(whole) else named or answered
    return tuple({card.id: card for card in found}.values())


def _checks(case: Case, whole: str, words: PackWords) -> tuple[bool, bool, bool]:
    named = {mention.card.id for mention in words.names.find(whole)}
    kept = set(stems(" ".join(case.words))) <= set(stems(whole))
    return named == case.cards, kept, not case.same or whole == case.message


def _case(row: dict[str, object]) -> Case:
    talk = tuple(Asked(one["asked"], tuple(one["answered"])) for one in row["talk"])  # type: ignore[attr-defined]
    return Case(**{**row, "talk": talk, "cards": frozenset(row["cards"]), "words": tuple(row["words"])})  # type: ignore[arg-type, call-overload]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, default=SPLITS[0])
    parser.add_argument("--misses", action="store_true", help="list what went wrong (tuning half)")
    parser.add_argument("--pack", default=pack_names()[0])
    arguments = parser.parse_args()
    if arguments.misses and arguments.split == "held-out":
        parser.error("The held-out half is not looked at one by one; use --split tuning.")
    words = PackWords(load_pack(arguments.pack))
    cases = [case for case in read_cases() if case.split == arguments.split]
    if arguments.misses:
        router = IntentRouter(words)
        for case in cases:
            whole = run(case, words, router, _ours(words))
            if not all(_checks(case, whole, words)):
                sys.stderr.write(f"{case.id}  {case.message} → {whole}  (wanted {', '.join(sorted(case.cards))})\n")
    baselines = {
        name: {key: score and score.value for key, score in measure(cases, words, baseline).items()}
        for name, baseline in (("unchanged", unchanged), ("topic in front", prefixed))
    }
    sys.stdout.write(json.dumps(suite_json("followups", measure(cases, words), baselines), indent=2) + "\n")


if __name__ == "__main__":
    main()
