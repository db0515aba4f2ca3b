"""What scenario questions are made from: settings, contests of cards, and calculations with typical mistakes."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from corpus.blueprint import PackModel, Slug, Text
from corpus.questions import FactRef

Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


class Bound(PackModel):
    """A phrase with this word is only put to settings that have what it needs."""

    word: Text
    needs: Slug


class Setting(PackModel):
    """An organisation and what it works with; every noun is a plural. `has` is what phrases may speak of."""

    who: Text
    team: Text
    data: Text
    events: Text
    texts: Text
    images: Text
    series: Text
    scale: Text
    has: tuple[Slug, ...] = ()


class Details(PackModel):
    """Sentences that do not matter, with `{month}` and `{number}` to fill in."""

    texts: tuple[Text, ...] = ()
    months: Texts
    numbers: Texts


class SettingFile(PackModel):
    """The whole of `scenarios/settings.toml`."""

    bound: tuple[Bound, ...] = ()
    settings: Annotated[tuple[Setting, ...], Field(min_length=1)]
    details: Details


class Compatible(PackModel):
    """Offers that also serve where `wanted` is asked for."""

    trait: Slug
    wanted: Slug
    offers: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Contest(PackModel):
    """Cards that compete for one job.

    `traits` are those that may decide, `supporting` those of them that do not make a question alone; a phrase of one
    follows `noun`. `options` is what each card's option says;
    `wrong_only` names cards that cannot be right; `skip` are parts of phrases that do not fit here.
    `questions_several` are asked where two options are right.
    """

    id: Slug
    noun: Text
    contexts: Texts
    questions: Texts
    questions_several: tuple[Text, ...] = ()
    traits: Annotated[tuple[Slug, ...], Field(min_length=1)]
    options: Annotated[dict[Slug, Text], Field(min_length=4)]
    supporting: tuple[Slug, ...] = ()
    wrong_only: tuple[Slug, ...] = ()
    skip: tuple[Text, ...] = ()
    compatible: tuple[Compatible, ...] = ()


class ContestFile(PackModel):
    """The whole of `scenarios/contests.toml`."""

    contests: tuple[Contest, ...] = ()


class Draw(PackModel):
    """A whole number from `low` to `high` in steps."""

    low: int
    high: int
    step: Annotated[int, Field(gt=0)] = 1

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.high < self.low:
            raise ValueError(f"high ({self.high}) is below low ({self.low})")
        return self


class Mistake(PackModel):
    """A wrong way to work it out (`expression`), or a wrong remedy (`option`), and why it is wrong."""

    expression: Text | None = None
    option: Text | None = None
    rationale: Text
    right_if: Text
    cites: tuple[FactRef, ...] = ()


class CalculationFamily(PackModel):
    """Questions that differ in their figures.

    `draw` are figures picked at random, `let` what follows from them (expressions, in order), `where` expressions
    that must come out positive. `answer` is worked out and shown in `option` ("{value} shards") with `decimals`;
    without it `option` is the right remedy as it stands. Texts may name every figure, the setting's nouns and, in
    rationales, `{value}` (as the option shows it). `requirement` is part of every stem.
    """

    id: Slug
    task: Text
    difficulty: Literal[1, 2, 3]
    draw: dict[str, Draw]
    let: dict[str, Text] = Field(default_factory=dict)
    where: tuple[Text, ...] = ()
    stems: Texts
    requirement: Text
    answer: Text | None = None
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    option: Text
    rationale: Text
    cites: Annotated[tuple[FactRef, ...], Field(min_length=1)]
    mistakes: Annotated[tuple[Mistake, ...], Field(min_length=3)]

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if any(self.requirement not in stem for stem in self.stems):
            raise ValueError("requirement is not found, to the letter, in every stem")
        for mistake in self.mistakes:
            if (mistake.expression is None) != (self.answer is None) or (mistake.option is None) == (
                self.answer is None
            ):
                raise ValueError("mistakes have an expression where there is an answer, and an option where not")
        return self


class CalculationFile(PackModel):
    """The whole of `scenarios/calculations.toml`."""

    calculations: tuple[CalculationFamily, ...] = ()


class ScenarioTable(PackModel):
    """All of a pack's material for scenario questions; empty where a pack has none."""

    settings: SettingFile | None = None
    contests: tuple[Contest, ...] = ()
    calculations: tuple[CalculationFamily, ...] = ()
