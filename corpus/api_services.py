"""Which API documentation belongs to the services an exam names: a pack's `api_services.toml`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from corpus.blueprint import PackModel, Slug, Text
from corpus.errors import PackError
from corpus.exam_pack import ExamPack
from corpus.toml_file import key_lines, line_of, load_toml, read_pack_text

FILE_NAME = "api_services.toml"


class Api(PackModel):
    """One API. `id` is its name in botocore.

    `title` is what it is called today, where botocore keeps an older name. `pages` is what comes before the
    name of an operation or structure in the address of its reference page, where that is known.
    """

    id: Slug
    title: Text | None = None
    pages: Annotated[str, Field(pattern=r"^https://\S+_$")] | None = None


class ServiceApis(PackModel):
    """A service of the blueprint and the APIs it is used through; `reason` says why there is none."""

    name: Text
    api: tuple[Slug, ...]
    reason: Text | None = None

    @model_validator(mode="after")
    def _has_apis_or_a_reason(self) -> Self:
        if not self.api and self.reason is None:
            raise ValueError(f"'{self.name}' has no api; add a reason why")
        return self


class ApiServices(PackModel):
    """The whole of a pack's `api_services.toml`."""

    apis: tuple[Api, ...] = ()
    services: tuple[ServiceApis, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every API behind the services, in their order, each once."""
        return tuple(dict.fromkeys(name for service in self.services for name in service.api))

    def about(self, name: str) -> Api | None:
        """What the file tells of an API, or None."""
        return next((api for api in self.apis if api.id == name), None)


def load_api_services(pack: ExamPack) -> ApiServices:
    """The pack's APIs; a pack without the file has none.

    Raises:
        PackError: the file is wrong, leaves out a service in scope, or names one that is not.
    """
    file = pack.folder / FILE_NAME
    if not file.is_file():
        return ApiServices()
    table = load_toml(file, ApiServices)
    in_scope = [name for category in pack.exam.services.in_scope for name in category.names]
    named = [service.name for service in table.services]
    for index, name in enumerate(named):
        if name not in in_scope or name in named[:index]:
            problem = "stands twice" if name in in_scope else "is not a service in the blueprint's scope"
            line = line_of(key_lines(read_pack_text(file)), ("services", index, "name"))
            raise PackError(file, f"'{name}' {problem}", line=line, key=f"services[{index}].name")
    if missing := [name for name in in_scope if name not in named]:
        raise PackError(file, f"no row for {', '.join(missing)}, in the blueprint's scope", key="services")
    return table


def api_services(pack: ExamPack) -> tuple[str, ...]:
    """The botocore names of all APIs behind the services in the exam's scope.

    Raises:
        PackError: the pack's `api_services.toml` is wrong.
    """
    return load_api_services(pack).names
