"""A question with figures: the answer is worked out, and so are the typical mistakes."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from corpus.audit.calculations import Number, evaluate
from corpus.exam_pack import ExamPack
from corpus.questions import Calculation, Option, Question
from corpus.scenarios import CalculationFamily, Mistake, Setting, SettingFile
from tutor.scenarios.citing import sources_of
from tutor.scenarios.identity import Draft, question_id
from tutor.scenarios.wording import fill

WRONG = 3
_NAME = re.compile(r"[A-Za-z_]\w*(?!\w*\s*\()")

Figures = Mapping[str, Number]


def calculation_question(
    pack: ExamPack, settings: SettingFile, family: CalculationFamily, rng: random.Random
) -> Draft | None:
    """One question of the family, or None where the figures drawn do not make a sound one."""
    figures = _draw(family, rng)
    if any(_work_out(condition, figures) <= 0 for condition in family.where):
        return None
    setting = rng.choice(settings.settings)
    right = _show(family.answer, family.decimals, figures)
    mistakes = _distinct_mistakes(family, figures, right, rng)
    if mistakes is None:
        return None
    options = [_right(family, setting, figures, right), *(_wrong(family, setting, figures, m) for m in mistakes)]
    rng.shuffle(options)
    stem = fill(rng.choice(family.stems), setting, figures)
    question = Question(
        id=question_id(family.id, stem, options),
        origin="generated",
        task=family.task,
        difficulty=family.difficulty,
        stem=stem,
        requirement=family.requirement,
        options=tuple(options),
        sources=sources_of(pack, options),
        calculation=_calculation(family, figures, right),
    )
    return Draft(question, (family.id, tuple(figures.items()), setting.who))


def _draw(family: CalculationFamily, rng: random.Random) -> Figures:
    figures: dict[str, Number] = {
        name: rng.randrange(draw.low, draw.high + 1, draw.step) for name, draw in family.draw.items()
    }
    for name, expression in family.let.items():
        figures[name] = _work_out(expression, figures)
    return figures


def _work_out(expression: str, figures: Figures) -> Number:
    return evaluate(_with_figures(expression, figures))


def _with_figures(expression: str, figures: Figures) -> str:
    return _NAME.sub(lambda name: str(figures[name[0]]) if name[0] in figures else name[0], expression)


def _show(expression: str | None, decimals: int, figures: Figures) -> str:
    """The value as an option shows it, without separators; empty where nothing is worked out."""
    return "" if expression is None else f"{_work_out(expression, figures):.{decimals}f}"


def _distinct_mistakes(
    family: CalculationFamily, figures: Figures, right: str, rng: random.Random
) -> list[tuple[Mistake, str]] | None:
    """Three mistakes whose values differ from the answer and from one another, as they are shown."""
    chosen: list[tuple[Mistake, str]] = []
    taken = {right} if right else set()
    for mistake in rng.sample(family.mistakes, len(family.mistakes)):
        shown = _show(mistake.expression, family.decimals, figures)
        if not shown or (shown not in taken and float(shown) > 0):
            chosen.append((mistake, shown))
            taken.add(shown)
    return chosen[:WRONG] if len(chosen) >= WRONG else None


def _right(family: CalculationFamily, setting: Setting, figures: Figures, shown: str) -> Option:
    named = {**figures, "value": _grouped(shown)}
    return Option(
        text=family.option.format(**named),
        correct=True,
        cites=family.cites,
        rationale=fill(family.rationale, setting, named),
    )


def _wrong(family: CalculationFamily, setting: Setting, figures: Figures, found: tuple[Mistake, str]) -> Option:
    mistake, shown = found
    named = {**figures, "value": _grouped(shown)}
    return Option(
        text=(mistake.option or family.option).format(**named),
        correct=False,
        cites=mistake.cites or family.cites,
        rationale=fill(mistake.rationale, setting, named),
        right_if=fill(mistake.right_if, setting, named),
    )


def _grouped(shown: str) -> str:
    """1234567.5 as 1,234,567.5."""
    whole, point, rest = shown.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole else shown


def _calculation(family: CalculationFamily, figures: Figures, right: str) -> Calculation | None:
    if family.answer is None:
        return None
    return Calculation(expression=_with_figures(family.answer, figures), shown=right)
