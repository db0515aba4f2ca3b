"""Headings of a PDF: from its bookmarks where it has them, else from the size and weight of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from ingest.readers.pdf_lines import BULLET, Line, joined
from ingest.readers.pdf_running import SAME_SIZE, Pages, body_size

_LONGEST = 120  # characters of a heading
_MOST_LINES = 3
_CLOSEST, _FARTHEST = 0.9, 2.5  # how far the lines of a paragraph may stand apart, in sizes
_FEWEST_BOOKMARKS = 2  # a single one is the title
_FONT_RANK = 1000.0  # headings by font are inside those by bookmark
_CAPTION = re.compile(r"(figure|fig\.|table|listing)\s*\d", re.IGNORECASE)
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
_DASH = re.compile(r"[*–—-]\s")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: the page's index, the depth from 0, and the height it points to if it says."""

    title: str
    page: int
    depth: int
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; a smaller `rank` is an outer one. `printed` is whether its text stands on the page there."""

    text: str
    rank: float
    printed: bool = True


Element = Line | Heading


def with_headings(pages: Pages, bookmarks: Sequence[Bookmark]) -> list[list[Element]]:
    """Return each page's lines with the headings among them marked: `Heading`s in place of their lines."""
    if len(bookmarks) < _FEWEST_BOOKMARKS:
        bookmarks = ()
    first = min((mark.page for mark in bookmarks), default=len(pages))
    body, step = body_size(pages), line_step(pages)
    # Bookmarks often start at the first chapter: the abstract before it has only its letters to tell it by.
    front = [_by_font(lines, body, step) for lines in pages[:first]]
    rest = [
        _bookmarked(lines, [mark for mark in bookmarks if mark.page == number])
        for number, lines in enumerate(pages[first:], start=first)
    ]
    return front + rest


def line_step(pages: Pages) -> float:
    """Return how far the lines of one paragraph stand apart, as a multiple of their size.

    It is the smallest distance that is common: larger ones are paragraphs, or the items of a list.
    """
    steps: dict[float, int] = {}
    for lines in pages:
        for above, line in pairwise(lines):
            step = round((above.y - line.y) / line.size, 1) if line.size else 0.0
            if abs(above.size - line.size) < SAME_SIZE and _CLOSEST <= step <= _FARTHEST:
                steps[step] = steps.get(step, 0) + 1
    common = [step for step, count in steps.items() if count >= 0.1 * sum(steps.values())]
    return min(common, default=1.2)


def goes_on(above: Line, line: Line) -> bool:
    """Return whether a line would continue a heading in the line above."""
    same = abs(above.size - line.size) < SAME_SIZE and above.bold == line.bold
    return same and 0 < above.y - line.y <= 1.75 * line.size


def is_title(heading: str, title: str) -> bool:
    """Return whether a heading only repeats the title, or most of it, but for case, blanks and punctuation."""
    part, whole = _letters(heading), _letters(title)
    return part == whole or (part in whole and len(part) > 0.6 * len(whole))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _bookmarked(lines: Sequence[Line], marks: Sequence[Bookmark]) -> list[Element]:
    """Return one page's lines with the bookmarks put where their titles stand, or else where they point to."""
    elements: list[Element] = []
    start = 0
    for mark in marks:
        found = _find(lines, start, mark.title)
        if found is None:
            place = _pointed_at(lines, start, mark.top)
            elements += [*lines[start:place], Heading(mark.title, mark.depth, printed=False)]
            start = place
        else:
            elements += [*lines[start : found[0]], Heading(mark.title, mark.depth)]
            start = found[1]
    return [*elements, *lines[start:]]


def _find(lines: Sequence[Line], start: int, title: str) -> tuple[int, int] | None:
    """Return the first and the past-last index of the lines that hold `title` and nothing else."""
    wanted = _letters(title)
    for first in range(start, len(lines)):
        text = ""
        for past in range(first + 1, min(first + _MOST_LINES, len(lines)) + 1):
            text += _letters(lines[past - 1].text)
            if text == wanted and text:
                return first, past
            if not wanted.startswith(text):
                break
    return None


def _pointed_at(lines: Sequence[Line], start: int, top: float | None) -> int:
    if top is None:
        return start
    return next((index for index in range(start, len(lines)) if lines[index].y < top), len(lines))


def _by_font(lines: Sequence[Line], body: float, step: float) -> list[Element]:
    """Return one page's lines with those larger or bolder than the body as headings, several lines as one."""
    elements: list[Element] = []
    index = 0
    while index < len(lines):
        past = index + 1
        while past < len(lines) and goes_on(lines[past - 1], lines[past]):
            past += 1
        text = reduce(joined, (line.text for line in lines[index:past]))
        above = lines[index - 1] if index else None
        if past - index <= _MOST_LINES and _looks_like_heading(lines[index], text, above, body, step):
            elements.append(Heading(text, rank=_FONT_RANK - lines[index].size - 0.1 * lines[index].bold))
        else:
            elements += lines[index:past]
        index = past
    return elements


def _looks_like_heading(line: Line, text: str, above: Line | None, body: float, step: float) -> bool:
    if line.mono or len(text) > _LONGEST or not re.search(r"[^\W\d].*[^\W\d]", text):
        return False
    larger = line.size >= 1.1 * body
    ended = text.endswith(".") and not (larger and line.bold)  # "Task 1.1: Store data." in large bold letters is one
    if ended or text.endswith((",", ";")) or _LEADERS.search(text):
        return False
    if BULLET.match(text) or _DASH.match(text) or _CAPTION.match(text):
        return False
    if larger:
        return True
    # Bold at the body's size is also how tables and lead-ins are set: it must stand off from what is above it.
    apart = above is None or not 0 <= above.y - line.y <= 1.2 * step * line.size
    return line.bold and line.size >= 0.98 * body and apart
