"""The stream of new questions: draws families, throws away what is not sound, never gives the same one twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial

from corpus.errors import PackError
from corpus.exam_pack import ExamPack
from corpus.questions import Question
from corpus.scenarios import CalculationFamily
from tutor.scenarios.calculations import calculation_question
from tutor.scenarios.contests import contest_question
from tutor.scenarios.identity import Draft
from tutor.scenarios.needs import cases

DRAWS = 30
"""Draws a family gets before another one is drawn."""
PATIENCE = 1_000
"""Draws in a row without a new question after which the stream ends: what was asked for is exhausted, or never was."""

Maker = Callable[[random.Random], Draft | None]


def generate(  # noqa: PLR0913  each narrows what is made
    pack: ExamPack,
    rng: random.Random,
    *,
    topic: str | None = None,
    task: str | None = None,
    domain: str | None = None,
    difficulty: int | None = None,
    count: int | None = None,
) -> Iterator[Question]:
    """New questions, the same ones for the same pack and state of `rng`; without `count` until none is left.

    `topic` is the id of a card that one of the options proposes, or of a contest or calculation family; `task` and
    `domain` are blueprint ids ("3.5", "3"); `difficulty` is 1 to 3. May yield fewer than `count`.

    Raises:
        PackError: the pack has no material for scenarios.
    """
    families = _families(pack, topic)
    seen: set[Hashable] = set()
    barren = 0
    while barren < PATIENCE and (count is None or len(seen) < count):
        draft = _attempt(families, rng) if families else None
        barren += 1
        if draft is None or draft.key in seen or not _wanted(draft.question, topic, task, domain, difficulty):
            continue
        seen.add(draft.key)
        barren = 0
        yield draft.question


def _attempt(families: Sequence[Sequence[Maker]], rng: random.Random) -> Draft | None:
    """One family gets several draws, so that those in which few draws are sound are not rarer than others."""
    makers = rng.choice(families)
    return next((draft for _ in range(DRAWS) if (draft := rng.choice(makers)(rng)) is not None), None)


def _families(pack: ExamPack, topic: str | None) -> list[list[Maker]]:
    """For every family what makes its questions, a family without any left out."""
    table = pack.scenarios
    settings = table.settings
    if settings is None:
        raise PackError(
            pack.folder / "scenarios" / "settings.toml",
            "this pack has no material for scenario questions",
            hint="Add scenarios/settings.toml with contests.toml or calculations.toml.",
        )
    families: list[list[Maker]] = []
    for contest in table.contests:
        if topic in (None, contest.id) or topic in contest.options:
            families.append([partial(contest_question, pack, settings, case) for case in cases(pack, contest)])
    for family in table.calculations:
        if topic in (None, family.id) or _cites(family, topic):
            families.append([partial(calculation_question, pack, settings, family)])
    return [makers for makers in families if makers]


def _cites(family: CalculationFamily, card: str | None) -> bool:
    cites = (*family.cites, *(cite for mistake in family.mistakes for cite in mistake.cites))
    return any(cite.startswith(f"{card}#") for cite in cites)


def _wanted(
    question: Question, topic: str | None, task: str | None, domain: str | None, difficulty: int | None
) -> bool:
    named = topic is None or question.id.startswith(f"gen-{topic}-") or _about(question, topic)
    return (
        named
        and task in (None, question.task)
        and domain in (None, question.task.partition(".")[0])
        and difficulty in (None, question.difficulty)
    )


def _about(question: Question, card: str) -> bool:
    cites = (cite for option in question.options for cite in option.cites)
    return any(option.card == card for option in question.options) or any(c.startswith(f"{card}#") for c in cites)
