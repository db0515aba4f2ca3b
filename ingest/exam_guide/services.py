"""The services that an exam guide calls in and out of scope, by category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from ingest.exam_guide.lines import Entry, is_structure, scope_of

_LONGEST = 10  # words of a category
# Sections that follow the lists, as some guides print them in no larger letters than the categories.
_OTHER_SECTION = re.compile(
    r"(?:appendix|survey|revisions|change history|mentions of|technologies and concepts|which key).*", re.IGNORECASE
)

Table = dict[str, Any]


def services_of(entries: Sequence[Entry]) -> tuple[dict[str, list[Table]], list[str]]:
    """Return `in_scope` and `out_of_scope` as far as they are found, and remarks on what is odd."""
    lists: dict[str, list[Table]] = {"in_scope": [], "out_of_scope": []}
    scope, top, size = "", entries[0] if entries else None, 0.0
    category: Table | None = None
    for entry, after in zip_longest(entries, entries[1:]):
        if not entry.level and (found := scope_of(entry.text)):
            scope, top, size = found, entry, 0.0
            category = _table(entry)
        elif not scope or top is None:
            continue
        elif entry.level:
            _add(entry.text, category, lists[scope])
        elif entry.text.rstrip(":").casefold() == "topics":
            category = None  # the list of the categories
        elif not _is_heading(entry):
            category = category or _table(top)
        elif _is_category(entry, after) and not (size and size + 0.6 < entry.size >= top.size - 0.3):
            category, size = _table(entry), entry.size
        else:
            scope = ""
    return {key: categories for key, categories in lists.items() if categories}, _remarks(lists)


def _table(heading: Entry) -> Table:
    return {"category": heading.text.rstrip(": "), "names": []}


def _add(name: str, category: Table | None, categories: list[Table]) -> None:
    if category is None:
        return
    if not category["names"]:
        categories.append(category)
    category["names"].append(name)


def _is_heading(entry: Entry) -> bool:
    short = len(entry.text.split()) <= _LONGEST
    return short and not entry.text.endswith(".") and not entry.text.casefold().startswith("note")


def _is_category(entry: Entry, after: Entry | None) -> bool:
    """Return whether a heading is a category's: bullets follow it, or a note and then bullets."""
    if after is None or _OTHER_SECTION.fullmatch(entry.text) or is_structure(entry.text):
        return False
    return after.level > 0 or after.text.casefold().startswith("note")


def _remarks(lists: dict[str, list[Table]]) -> list[str]:
    remarks: list[str] = []
    for scope, categories in lists.items():
        words = scope.replace("_", " ")
        if not categories:
            remarks.append(f"No list of services {words} was found.")
        for table in categories:
            category, names = table["category"], table["names"]
            if scope_of(category):
                remarks.append(f"{len(names)} services {words} stand under no category; the heading stands for it.")
            for name in sorted({name for name in names if names.count(name) > 1}):
                remarks.append(f"The guide lists {name} more than once {words} under {category}.")
    return remarks
