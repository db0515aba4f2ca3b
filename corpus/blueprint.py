"""The exam as its official guide describes it: domains, task statements, objectives, services, scoring."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]


class PackModel(BaseModel):
    """What every table of a pack has in common: no unknown keys, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Objective(PackModel):
    """One bullet below a task statement. `kind` says under which heading the guide lists it."""

    id: str
    text: Text
    kind: Literal["objective", "knowledge", "skill"] = "objective"
    points: tuple[Text, ...] = ()


class Task(PackModel):
    """One task statement, `id` as the guide numbers it ("1.2")."""

    id: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    objectives: tuple[Objective, ...] = ()


class Domain(PackModel):
    """One content domain; `weight` is its share of the scored questions in percent."""

    id: Annotated[str, Field(pattern=r"^\d+$")]
    title: Text
    weight: Annotated[int, Field(ge=1, le=100)]
    tasks: Annotated[tuple[Task, ...], Field(min_length=1)]


class ServiceCategory(PackModel):
    """Services the guide lists under one category heading."""

    category: Text
    names: Annotated[tuple[Text, ...], Field(min_length=1)]


class Services(PackModel):
    """The services the guide calls in and out of scope."""

    in_scope: tuple[ServiceCategory, ...] = ()
    out_of_scope: tuple[ServiceCategory, ...] = ()


class Reference(PackModel):
    """Where figures come from; `gives` names them."""

    title: Text
    url: HttpUrl
    gives: tuple[Text, ...] = ()


class Status(PackModel):
    """Whether the exam can be sat. `reported` means public pages say so and the project has not verified it."""

    state: Literal["active", "retired"] = "active"
    certainty: Literal["official", "reported"] = "official"
    date: str | None = None
    successors: tuple[Text, ...] = ()
    note: str = ""
    sources: tuple[Reference, ...] = ()


class ExamFormat(PackModel):
    """How the exam is sat and scored. What a guide does not say is None."""

    questions: int | None = None
    scored: int | None = None
    unscored: int | None = None
    minutes: int | None = None
    scale_min: int | None = None
    scale_max: int | None = None
    pass_mark: int | None = None
    response_types: tuple[Text, ...] = ()
    scoring_rules: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        counts = (self.questions, self.scored, self.unscored)
        if None not in counts and self.questions != (self.scored or 0) + (self.unscored or 0):
            raise ValueError(f"questions is {self.questions}, but scored and unscored are {counts[1:]}")
        return self


class Exam(PackModel):
    """One exam's blueprint: the whole of a pack's `blueprint.toml`.

    `name_prefixes` are words that the names of its things may be said without, such as a vendor's name.
    """

    code: Annotated[str, Field(pattern=r"^[A-Z]{3}-[A-Z]\d{2}$")]
    title: Text
    version: str = ""
    name_prefixes: tuple[Text, ...] = ()
    status: Status = Status()
    format: ExamFormat = ExamFormat()
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    services: Services = Services()
    sources: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        total = sum(domain.weight for domain in self.domains)
        if total != 100:
            raise ValueError(f"the domains' weights add up to {total}, not 100")
        for domain in self.domains:
            for task in domain.tasks:
                if not task.id.startswith(f"{domain.id}."):
                    raise ValueError(f"task {task.id} stands in domain {domain.id}")
        ids = [task.id for task in self.tasks]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"task ids stand twice: {', '.join(sorted(doubled))}")
        return self

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All task statements in the guide's order."""
        return tuple(task for domain in self.domains for task in domain.tasks)

    def task(self, task_id: str) -> Task | None:
        """The task statement with this id, or None."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def domain_of(self, task_id: str) -> Domain | None:
        """The domain a task statement belongs to, or None."""
        return next((domain for domain in self.domains if any(t.id == task_id for t in domain.tasks)), None)
