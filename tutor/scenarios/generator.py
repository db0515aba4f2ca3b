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

CALCULATIONS = 0.2
"""The share of draws that go to calculations, where both kinds are wanted."""

Maker = Callable[[random.Random], Draft | None]
Families = Sequence[Sequence[Maker]]


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
    contests, calculations = _families(pack, topic)
    seen: set[Hashable] = set()
    barren = 0
    while barren < PATIENCE and (count is None or len(seen) < count):
        draft = _attempt(contests, calculations, rng)
        barren += 1
        if draft is None or draft.key in seen or not _wanted(draft.question, topic, task, domain, difficulty):
            continue
        seen.add(draft.key)
        barren = 0
        yield draft.question


def _attempt(contests: Families, calculations: Families, rng: random.Random) -> Draft | None:
    """One family gets several draws, so that those in which few draws are sound are not rarer than others."""
    figured = calculations and (not contests or rng.random() < CALCULATIONS)
    families = calculations if figured else contests
    if not families:
        return None
    makers = rng.choice(families)
    return next((draft for _ in range(DRAWS) if (draft := rng.choice(makers)(rng)) is not None), None)


def _families(pack: ExamPack, topic: str | None) -> tuple[Families, Families]:
    """The contests and the calculations of the topic, each with what makes its questions."""
    table, settings = pack.scenarios, pack.scenarios.settings
    if settings is None:
        raise PackError(
            pack.folder / "scenarios" / "settings.toml",
            "this pack has no material for scenario questions",
            hint="Add scenarios/settings.toml with contests.toml or calculations.toml.",
        )
    contests: list[list[Maker]] = [
        [partial(contest_question, pack, settings, case) for case in cases(pack, contest)]
        for contest in table.contests
        if topic in (None, contest.id) or topic in contest.options
    ]
    calculations: list[list[Maker]] = [
        [partial(calculation_question, pack, settings, family)]
        for family in table.calculations
        if topic in (None, family.id) or _cites(family, topic)
    ]
    return [makers for makers in contests if makers], calculations


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
