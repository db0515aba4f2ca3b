"""Cards: what the pack knows of one concept (a service, a feature, an algorithm, a metric, a technique)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, HttpUrl, field_validator, model_validator

from corpus.blueprint import PackModel, Slug, Text

EXAM_VIEW = "On the exam:"
"""Stands before what the exam held true; it is never quoted without what holds today."""

Kind = Literal["service", "feature", "algorithm", "metric", "technique", "concept"]


class TraitValue(PackModel):
    """One value of a trait, and the phrases by which a scenario asks for it."""

    id: Slug
    name: Text
    phrases: tuple[Text, ...] = ()


class Trait(PackModel):
    """A property on which options differ; `question` is what a tutor asks to bring it up."""

    id: Slug
    name: Text
    question: Text
    values: Annotated[tuple[TraitValue, ...], Field(min_length=2)]

    def value(self, value_id: str) -> TraitValue | None:
        """The value with this id, or None."""
        return next((value for value in self.values if value.id == value_id), None)


class TraitTable(PackModel):
    """The closed vocabulary: the whole of a pack's `traits.toml`."""

    traits: tuple[Trait, ...]

    @model_validator(mode="after")
    def _ids_stand_once(self) -> Self:
        _refuse_doubles([trait.id for trait in self.traits], "trait")
        for trait in self.traits:
            _refuse_doubles([value.id for value in trait.values], f"value of trait '{trait.id}'")
        return self

    def trait(self, trait_id: str) -> Trait | None:
        """The trait with this id, or None."""
        return next((trait for trait in self.traits if trait.id == trait_id), None)


class Fact(PackModel):
    """One checkable statement in the project's own words, with its official source.

    `locator` says where in the source; `as_of` is the year and month it was checked ("2026-11"); `exam_view`
    says what the exam held true where today's documents differ; `supports` names the card's traits that
    this fact is the evidence for.
    """

    id: Slug
    text: Text
    source: HttpUrl
    locator: Text
    as_of: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
    exam_view: str | None = None
    supports: tuple[Slug, ...] = ()

    @property
    def passage(self) -> str:
        """The fact as it is indexed and quoted: what holds today and, where it differs, what the exam held true."""
        return f"{self.text} {EXAM_VIEW} {self.exam_view}" if self.exam_view else self.text


class Contrast(PackModel):
    """How to choose between this card and another. `trait` is the one the choice turns on, if one does."""

    with_: Slug = Field(alias="with")
    choose_this: Text
    choose_other: Text
    trait: Slug | None = None


class Card(PackModel):
    """One concept: the whole of a `cards/*.toml` file, which is named after `id`.

    `group` is the job that several cards compete for; `traits` maps a trait to the value, or values, that
    hold for this card.
    """

    id: Slug
    name: Text
    aliases: tuple[Text, ...] = ()
    kind: Kind
    tasks: Annotated[tuple[str, ...], Field(min_length=1)]
    group: Slug
    summary: Text
    traits: dict[Slug, tuple[Slug, ...]] = Field(default_factory=dict)
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    contrasts: tuple[Contrast, ...] = ()

    @field_validator("traits", mode="before")
    @classmethod
    def _one_value_or_several(cls, traits: object) -> object:
        if not isinstance(traits, dict):
            return traits
        return {key: (value,) if isinstance(value, str) else value for key, value in traits.items()}

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        _refuse_doubles([fact.id for fact in self.facts], "fact")
        _refuse_doubles([contrast.with_ for contrast in self.contrasts], "contrast with")
        for fact in self.facts:
            if strange := [trait for trait in fact.supports if trait not in self.traits]:
                raise ValueError(f"fact '{fact.id}' supports '{strange[0]}', a trait the card does not set")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The name in use now, then every alias."""
        return (self.name, *self.aliases)

    def fact(self, fact_id: str) -> Fact | None:
        """The fact with this id, or None."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)


def _refuse_doubles(ids: list[str], what: str) -> None:
    if doubled := sorted({i for i in ids if ids.count(i) > 1}):
        raise ValueError(f"{what} '{doubled[0]}' stands twice")
