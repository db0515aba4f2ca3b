"""The figures of an exam guide: code, title, version, how many questions, how long, how it is scored.

Nothing is assumed: a figure that the text does not state, or states in two ways, is left out and said so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.exam_guide.lines import TASK, Entry

CODE = re.compile(r"\b[A-Z]{3}-[A-Z]\d{2}\b")
_TITLE = re.compile(r"\bAWS Certified:?\s(?:(?!AWS Certified)[^()•.]){3,80}?\s*\(([A-Z]{3}-[A-Z]\d{2})\)")
_BARE_TITLE = re.compile(r"AWS Certified:?\s[^.:()]{3,80}")
_FRONT = 10  # entries among which a title without its code is looked for
_VERSION = re.compile(r"\bversion\s+(\d+(?:\.\d+)+)", re.IGNORECASE)
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
_FIGURES = {
    "scored": (
        r"(\d{1,3}) (?:scored )?questions? (?:that|which) (?:will )?(?:affect|count)",
        r"(\d{1,3}) scored\b",
    ),
    "unscored": (
        r"(\d{1,3}) (?:additional )?unscored\b",
        r"(\d{1,3}) (?:additional )?questions? (?:that|which) (?:do|does|will) not (?:affect|count)",
    ),
    "questions": (
        r"(?:exam|examination|test)(?: \w+)? (?:includes|contains|consists of|has|comprises) (?:a total of )?"
        r"(\d{1,3}) (?:total )?questions?\b(?! (?:that|which))",
        r"\btotal of (\d{1,3}) questions?\b",
        r"(\d{1,3}) (?:total questions|questions in total)\b",
        r"\b(?:total|number of) questions(?: is|:) (\d{1,3})\b",
    ),
    "minutes": (
        r"\b(?:duration|time limit|exam time|exam length|time allotted|time to complete|lasts|exam is|exam takes)"
        r"\b[^.\d]{0,40}(\d{2,3})[ -]minutes?\b",
        r"(\d{2,3})[ -]minutes? (?:to complete|long\b|in length|in duration|exam\b)",
    ),
    "pass_mark": (rf"\bpass(?:ing)? (?:scaled )?(?:score|mark)\b[^.\d%]{{0,40}}{_NUMBER}(?![\d%])",),
}
_SCALE = re.compile(rf"\bscaled? (?:score )?(?:of|from|between|ranging from) {_NUMBER} ?(?:[–—-]|to|and) ?{_NUMBER}")
_NAMES = {
    "scored": "number of scored questions",
    "unscored": "number of unscored questions",
    "questions": "total number of questions",
    "minutes": "time limit",
    "pass_mark": "passing score",
}
_TYPES = re.compile(r"(?:.*\b)?(?:types of questions|(?:question|response) types)\b[^.]*:?", re.IGNORECASE)
_TYPE = re.compile(r"[A-Z][\w-]*(?: [\w-]+){0,3}:\s.+")

Table = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """`head` is the code, title and version as far as they are found, `format` the table of that name."""

    head: Table
    format: Table
    remarks: tuple[str, ...]


def figures_of(entries: Sequence[Entry], running: Sequence[str]) -> Figures:
    """Return what the guide says of the exam itself; `running` holds its headers and footers."""
    remarks: list[str] = []
    text = re.sub(r"\s+", " ", " ".join(entry.text for entry in entries))
    head = _head(entries, text, running, remarks)
    # Below the first task numbers are examples: "resize within 15 minutes".
    first = next((i for i, entry in enumerate(entries) if not entry.level and TASK.match(entry.text)), len(entries))
    front = re.sub(r"\s+", " ", " ".join(entry.text for entry in entries[:first]))
    table: Table = {name: value for name in _FIGURES if (value := _figure(name, front, text, remarks)) is not None}
    _sum(table, remarks)
    _scale(table, text, remarks)
    if types := _response_types(entries):
        table["response_types"] = types
    else:
        remarks.append("No response types were found.")
    order = ("questions", "scored", "unscored", "minutes", "scale_min", "scale_max", "pass_mark", "response_types")
    return Figures(head, {key: table[key] for key in order if key in table}, tuple(remarks))


def _head(entries: Sequence[Entry], text: str, running: Sequence[str], remarks: list[str]) -> Table:
    head: Table = {}
    titles = Counter((match[1], _title(match[0])) for match in _TITLE.finditer(text))
    titled = Counter(code for code, _ in titles.elements())
    codes = titled or Counter(CODE.findall(" ".join([text, *running])))
    if not codes:
        remarks.append("No exam code, such as ABC-C01, was found.")
    else:
        head["code"] = code = codes.most_common(1)[0][0]
        named = [title for (of, title), _ in titles.most_common() if of == code]
        named += [_title(match[0]) for entry in entries[:_FRONT] if (match := _BARE_TITLE.fullmatch(entry.text))]
        if named:
            head["title"] = named[0]
    if "title" not in head:
        remarks.append("No title, such as 'AWS Certified … (ABC-C01)', was found.")
    versions = {match[1] for line in running for match in _VERSION.finditer(line)}
    if len(versions) == 1:
        head["version"] = versions.pop()
    return head


def _title(printed: str) -> str:
    """Return a title without its code, the hyphen before the level as the dash that it stands for."""
    return re.sub(r" [-—] ", " – ", re.sub(r"\s*(?:\([^()]*\)|Exam Guide)$", "", printed)).strip()


def _figure(name: str, front: str, text: str, remarks: list[str]) -> int | None:
    """Return the one number that the guide gives for a figure."""
    places = (front,) if name == "minutes" else (front, text)
    for place in places:
        matches = (match for pattern in _FIGURES[name] for match in re.finditer(pattern, place, re.IGNORECASE))
        found = list(dict.fromkeys(int(match[1].replace(",", "")) for match in matches))
        if len(found) == 1:
            return found[0]
        if found:
            remarks.append(f"The {_NAMES[name]} is given as {_list(found)}; it is left out.")
            return None
    if name != "questions":
        remarks.append(f"No {_NAMES[name]} was found.")
    return None


def _list(numbers: Iterable[int]) -> str:
    return " and as ".join(str(number) for number in numbers)


def _sum(table: Table, remarks: list[str]) -> None:
    """Set the total from its parts where only they are stated; leave it out where they contradict it."""
    parts = (table.get("scored"), table.get("unscored"))
    total = sum(part for part in parts if part is not None) if None not in parts else None
    stated = table.get("questions")
    if stated is None and total is not None:
        table["questions"] = total
        remarks.append(f"The total of {total} questions is the sum of {parts[0]} scored and {parts[1]} unscored ones.")
    elif stated is None:
        remarks.append("No total number of questions was found.")
    elif total is not None and stated != total:
        del table["questions"]
        remarks.append(f"The guide says {stated} questions, but {parts[0]} scored and {parts[1]} unscored; left out.")


def _scale(table: Table, text: str, remarks: list[str]) -> None:
    found = {(match[1].replace(",", ""), match[2].replace(",", "")) for match in _SCALE.finditer(text)}
    if len(found) == 1:
        low, high = found.pop()
        table["scale_min"], table["scale_max"] = int(low), int(high)
    else:
        remarks.append("The scale of scores is given in several ways." if found else "No scale of scores was found.")


def _response_types(entries: Sequence[Entry]) -> list[str]:
    """Return the bullets below the sentence or heading that announces the types, each once."""
    types: list[str] = []
    announced = False
    for entry in entries:
        if not entry.level:
            announced = bool(_TYPES.fullmatch(entry.text))
        elif announced and (entry.level == 1 or _TYPE.fullmatch(entry.text)):
            types.append(entry.text)
    return list(dict.fromkeys(types))
