"""The descriptions of AWS's APIs that come with botocore; the one door to it. botocore need not be installed."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol

_TAG = re.compile(r"<[^<>]*>")
_LIMITS = ("min", "max")


class ApiDescriptions(Protocol):
    """Reference text of web APIs."""

    def text(self, service: str, name: str) -> str | None:
        """The reference of an operation or a data type, with its members' limits, or None when it is not known."""
        ...


class BotocoreDescriptions:
    """The service models in the installed botocore."""

    def __init__(self) -> None:
        """Find the models.

        Raises:
            ModuleNotFoundError: botocore is not installed.
        """
        self._loader = importlib.import_module("botocore.loaders").Loader()
        self._unknown: type[Exception] = importlib.import_module("botocore.exceptions").UnknownServiceError
        self.text = cache(self._text)

    def _text(self, service: str, name: str) -> str | None:
        try:
            model: Mapping[str, Any] = self._loader.load_service_model(service, "service-2")
        except self._unknown:
            return None
        return reference(model, name)


def installed_descriptions() -> ApiDescriptions | None:
    """The descriptions of the installed botocore, or None without one."""
    return BotocoreDescriptions() if importlib.util.find_spec("botocore") else None


def reference(model: Mapping[str, Any], name: str) -> str | None:
    """What a service model says of an operation (with its input and output) or of a data type; None if nothing."""
    operation = model.get("operations", {}).get(name)
    shapes = [operation[side]["shape"] for side in ("input", "output") if side in operation] if operation else [name]
    parts = [str(operation.get("documentation", ""))] if operation else []
    for shape in shapes:
        parts.extend(_describe(model.get("shapes", {}), shape))
    return _TAG.sub(" ", "\n".join(parts)) if any(parts) else None


def _describe(shapes: Mapping[str, Any], name: str) -> Iterator[str]:
    """A data type's own text and limits, then each member's with the limits of its type."""
    shape = shapes.get(name, {})
    yield str(shape.get("documentation", ""))
    yield from (str(shape[limit]) for limit in _LIMITS if limit in shape)
    for member in shape.get("members", {}).values():
        yield str(member.get("documentation", ""))
        kind = shapes.get(member["shape"], {})
        yield from (str(kind[limit]) for limit in _LIMITS if limit in kind)
