"""The shapes an API is described by: what they are made of, and which values they allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

OWN_DOCUMENT = 25
"""A structure with fewer words of documentation is told where it is used."""

LONG_ENUMERATION = 30
"""An enumeration of more values (instance types, languages) is listed once a service."""

LONG_PATTERN = 100
"""A longer regular expression helps nobody who learns, nor does one that allows everything."""

NO_LIMIT = 2**31 - 1
"""Where a model says how large a value can get, and means that it can be as large as it likes."""

_TAG = re.compile(r"<[^>]+>")
_ANYTHING = re.compile(r"\\u|\\p\{|\\[sS]\\[sS]|^\^?\(?\.[*+]\)?\$?$")
_UNITS = {"string": "character", "list": "item", "map": "item", "blob": "byte"}


class Shape(Protocol):
    """What is read of a botocore shape. Structures have members; lists a member; maps a key and a value."""

    name: str
    type_name: str
    documentation: str
    metadata: Mapping[str, Any]
    members: Mapping[str, Shape]
    member: Shape
    key: Shape
    value: Shape


def parts(shape: Shape) -> Iterable[Shape]:
    """The shapes that a shape is made of."""
    if shape.type_name == "list":
        return (shape.member,)
    return (shape.value,) if shape.type_name == "map" else members(shape)


def members(shape: Shape) -> Iterable[Shape]:
    """A structure's fields; nothing for other shapes."""
    fields: Mapping[str, Shape] = shape.members if shape.type_name == "structure" else {}
    return fields.values()


def is_worth_a_document(shape: Shape) -> bool:
    """Whether a structure and its fields have enough said about them to be cited by itself."""
    return word_count(shape.documentation) + sum(word_count(m.documentation) for m in members(shape)) >= OWN_DOCUMENT


def limits(shape: Shape) -> list[str]:
    """How long, large or many a value may be, and which values are valid; a list's are those of its items."""
    meta = shape.metadata
    found = []
    if values := meta.get("enum"):
        short = len(values) <= LONG_ENUMERATION
        found.append(f"one of {', '.join(values)}" if short else f"one of {len(values)} values of {shape.name}")
    elif span := _span(meta.get("min"), meta.get("max"), _UNITS.get(shape.type_name, "")):
        found.append(span)
    pattern = meta.get("pattern", "")
    if pattern and not values and len(pattern) <= LONG_PATTERN and not _ANYTHING.search(pattern):
        found.append(f"pattern {pattern}")
    if meta.get("union"):
        found.append("exactly one of its fields is set")
    if shape.type_name == "list":
        found += [f"each {limit}" for limit in limits(shape.member)]
    return found


def word_count(html: str) -> int:
    """How many words a docstring has, its tags left out."""
    return len(_TAG.sub(" ", html).split())


def _span(least: float | None, most: float | None, unit: str) -> str:
    most = None if most is not None and most >= NO_LIMIT else most
    if least is None and most is None:
        return ""
    if most is None:
        text = f"at least {least}"
    elif least is None:
        text = f"at most {most}"
    else:
        text = f"{least}" if least == most else f"{least} to {most}"
    plural = "" if (most if most is not None else least) == 1 else "s"
    return f"{text} {unit}{plural}" if unit else text
