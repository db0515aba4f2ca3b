"""Attempts and entries as JSON: in the ledger's table, and a line each in an exported file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from math import isfinite
from typing import TypeAlias

from pydantic import TypeAdapter, ValidationError

from corpus.errors import LedgerError
from tutor.learner.attempts import Attempt, Entry

FORMAT = "exam-tutor-ledger"
VERSION = 1

Record: TypeAlias = Attempt | Entry

_ADAPTERS: dict[str, TypeAdapter[Record]] = {"attempt": TypeAdapter(Attempt), "entry": TypeAdapter(Entry)}


def sort_of(record: Record) -> str:
    """Under which word the record stands in a line."""
    return "attempt" if isinstance(record, Attempt) else "entry"


def encode(record: Record) -> str:
    """The record as JSON.

    Raises:
        ValueError: it holds what cannot be, such as a time without a zone.
    """
    _check(record)
    return _ADAPTERS[sort_of(record)].dump_json(record).decode()


def decode(sort: str, content: str) -> Record:
    """What `encode` wrote."""
    return _ADAPTERS[sort].validate_json(content, strict=True)


def exported(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A header, then a line for every (sort, content)."""
    yield json.dumps({"format": FORMAT, "version": VERSION})
    for sort, content in rows:
        yield f'{{"{sort}": {content}}}'


def imported(lines: Iterable[str], learner: str) -> list[Record]:
    """The records of an exported file, in its order, as this learner's; blank lines are passed over.

    Raises:
        LedgerError: it is no such file, or a line of it is wrong; names the line by its number.
    """
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    _check_header(numbered[0][1] if numbered else "")
    return [replace(_read(number, line), learner=learner) for number, line in numbered[1:]]


def _check_header(line: str) -> None:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise LedgerError(
            f'Line 1 does not say that this is an exported ledger ("format": "{FORMAT}").', "Nothing was imported."
        )
    if header.get("version") != VERSION:
        raise LedgerError(
            f"The file is of format version {header.get('version')}; this Exam Tutor reads version {VERSION}.",
            "Nothing was imported. Use the version of Exam Tutor that exported it, or a later one.",
        )


def _read(number: int, line: str) -> Record:
    try:
        data = json.loads(line)
        sort = next((sort for sort in _ADAPTERS if isinstance(data, dict) and list(data) == [sort]), None)
        if sort is None:
            raise ValueError('it is not one object {"attempt": …} or {"entry": …}')
        record = _ADAPTERS[sort].validate_json(json.dumps(data[sort]), strict=True)
        _check(record)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except (ValueError, RecursionError) as error:
        problem = str(error)
    else:
        return record
    raise LedgerError(
        f"Line {number} cannot be read: {problem}.", "Nothing was imported; mend the line or leave it out."
    )


def _check(record: Record) -> None:
    """Refuse what no question and no clock can have brought about."""
    sound = {"id": record.id != "", "learner": record.learner != "", "at": record.at.utcoffset() == timedelta(0)}
    if isinstance(record, Attempt):
        sound["difficulty"] = record.difficulty in {1, 2, 3}
        sound["chosen"] = list(record.chosen) == sorted(set(record.chosen)) and min(record.chosen, default=0) >= 0
        sound["seconds"] = isfinite(record.seconds) and record.seconds >= 0
    for name, right in sound.items():
        if not right:
            raise ValueError(f"{name} cannot be {getattr(record, name)!r}")
