"""Scenario questions in which every option carries its reason."""

from __future__ import annotations

import string
from typing import Annotated, Literal, Self

from pydantic import Field, HttpUrl, model_validator

from corpus.blueprint import PackModel, Slug, Text

FactRef = Annotated[str, Field(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$")]


class Option(PackModel):
    """One answer option.

    `card` is the concept it proposes, if one card covers it; `cites` are the facts it turns on, written
    `card-id#fact-id`; `trait` is the trait that decides, if one does; `right_if` is the change to the
    scenario that would make a wrong option right.
    """

    text: Text
    correct: bool
    rationale: Text
    cites: Annotated[tuple[FactRef, ...], Field(min_length=1)]
    card: Slug | None = None
    trait: Slug | None = None
    right_if: str | None = None

    @model_validator(mode="after")
    def _wrong_says_when_right(self) -> Self:
        if not self.correct and not self.right_if:
            raise ValueError("a wrong option needs right_if: the change that would make it right")
        if self.correct and self.right_if:
            raise ValueError("right_if belongs to wrong options only")
        return self


class Calculation(PackModel):
    """How a figure in the correct option comes about, so that it can be worked out again.

    `expression` is arithmetic (+ - * / // % **, parentheses, ceil, floor, sqrt, log, log2, exp, min, max, round);
    `shown` is the result as the correct option writes it, digits only ("0.8", "12").
    """

    expression: Text
    shown: Annotated[str, Field(pattern=r"^-?\d+(?:\.\d+)?$")]


class Question(PackModel):
    """One question. `requirement` is the part of the stem that decides, quoted to the letter."""

    id: Slug
    origin: Literal["authored", "generated"] = "authored"
    task: str
    difficulty: Literal[1, 2, 3]
    response: Literal["single", "multiple"] = "single"
    stem: Text
    requirement: Text
    trait: Slug | None = None
    value: Slug | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=4, max_length=6)]
    sources: tuple[HttpUrl, ...] = ()
    calculation: Calculation | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        right = sum(option.correct for option in self.options)
        if self.response == "single" and right != 1:
            raise ValueError(f"a single-choice question has one correct option, this one has {right}")
        if self.response == "multiple" and not 2 <= right < len(self.options):
            raise ValueError(f"a multiple-response question has two or more correct options, this one has {right}")
        if self.requirement not in self.stem:
            raise ValueError("requirement is not found, to the letter, in the stem")
        if (self.trait is None) != (self.value is None):
            raise ValueError("trait and value are given together or not at all")
        return self

    @property
    def select(self) -> int:
        """How many options are to be chosen."""
        return sum(option.correct for option in self.options)

    @property
    def answer(self) -> tuple[str, ...]:
        """The labels of the correct options, in the order they stand in the file."""
        return tuple(label for label, option in self.labelled if option.correct)

    @property
    def labelled(self) -> tuple[tuple[str, Option], ...]:
        """The options with their labels, from A on."""
        return tuple(zip(string.ascii_uppercase, self.options, strict=False))


class QuestionFile(PackModel):
    """The whole of a `questions/*.toml` file."""

    questions: tuple[Question, ...]
