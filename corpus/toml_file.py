"""Reading a TOML file into a validated model, with errors that name file, line and key.

`tomllib` forgets where a key stood, so the lines are found by a second pass over the text that follows
table headers, arrays of tables and top-level keys. Strings over several lines are stepped over.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from corpus.errors import PackError

KeyPath = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_HEADER = re.compile(r"^\s*(\[{1,2})\s*([\w\-.\"' ]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w\-]+|\"[^\"]+\"|'[^']+')\s*=")
_LONG_QUOTES = ('"""', "'''")
_VALUE_PART = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|.')
_TOML_PLACE = re.compile(r"\(at line (\d+)")


def load_toml(file: Path, model: type[Model]) -> Model:
    """Read and validate one file.

    Raises:
        PackError: the file is missing, is not TOML, has an unknown key or a value of the wrong form.
    """
    text = read_pack_text(file)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        raise PackError(file, f"not valid TOML: {error}", line=int(place[1]) if place else 1) from error
    return validate(file, key_lines(text), data, model)


def read_pack_text(file: Path) -> str:
    """The text of a pack's file, UTF-8.

    Raises:
        PackError: it is missing or is not UTF-8 text.
    """
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PackError(file, "the file is missing") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(file, f"the file cannot be read as UTF-8 text: {error}") from error


def validate(file: Path, lines: dict[KeyPath, int], data: dict[str, Any], model: type[Model]) -> Model:
    """Turn parsed data into a model; the first problem found is raised as a `PackError`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = error.errors()
        # A misspelt key is both unknown and missing; the unknown one is what there is to mend.
        first = next((problem for problem in problems if problem["type"] == "extra_forbidden"), problems[0])
        path: KeyPath = tuple(first["loc"])
        raise PackError(
            file,
            _explain(first["type"], first["msg"], path, model),
            line=line_of(lines, path),
            key=dotted(path),
        ) from error


def key_lines(text: str) -> dict[KeyPath, int]:
    """Line numbers, from 1, of every table and key; arrays of tables are counted from 0 in the path."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    closing: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            if closing in line:
                closing = None
            continue
        if header := _HEADER.match(line):
            table = _enter(header[2], header[1] == "[[", counts)
            lines[table] = number
        elif key := _KEY.match(line):
            lines[(*table, key[1].strip("\"'"))] = number
            closing = _opens_long_string(line[key.end() :])
    return lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of a key or, where it is missing or inside an inline value, of the nearest thing around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


def dotted(path: KeyPath) -> str:
    """`("facts", 2, "text")` as `facts[2].text`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _enter(header: str, is_array: bool, counts: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = ()
    names = [name.strip().strip("\"'") for name in header.split(".")]
    for depth, name in enumerate(names):
        path = (*path, name)
        if depth == len(names) - 1 and is_array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _opens_long_string(value: str) -> str | None:
    """The quotes that must close a string begun here and going on over the next lines, or None."""
    position = 0
    while token := _VALUE_PART.match(value, position):
        position = token.end()
        if token[0] in _LONG_QUOTES:
            closing = value.find(token[0], position)
            if closing < 0:
                return token[0]
            position = closing + len(token[0])
    return None


def _explain(kind: str, message: str, path: KeyPath, model: type[BaseModel]) -> str:
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(path[-1]), _known_keys(model, path[:-1]), n=1)
        return "unknown key" + (f"; did you mean '{near[0]}'?" if near else "")
    if kind == "missing":
        return "this key is missing"
    return message.removeprefix("Value error, ")


def _known_keys(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys allowed in the table at `path`, found by walking the model's annotations."""
    here: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or here is None:
            continue
        here = _model_in(here.model_fields[part].annotation) if part in here.model_fields else None
    return [] if here is None else [info.alias or name for name, info in here.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401  a type annotation can be anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None
