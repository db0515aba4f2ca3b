"""The running headers and footers of an exam guide, and its footnotes: what is not of its text.

Apart from `readers.pdf_running`, since a guide's layout is known: "Skills in:" may well be the first line of most
pages and is no header, and "Content Domain 1: …" at the foot of a page is no heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ingest.readers.pdf_lines import BULLET, Line
from ingest.readers.pdf_running import body_size

_MOST = 0.4  # of the pages have a running line: left and right pages may differ
_EDGE = 3  # so many lines at the top and at the bottom of a page may be running lines
_SAME_PLACE = 2.0  # points by which the same line may move from page to page
_PAGE_NUMBER = re.compile(
    r"(?:version\s+[\d.]+.*?)?[-–—|\s]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d+)?(?:\s*\|\s*page)?[-–—|\s]*",
    re.IGNORECASE,
)
# The mark that `pdf_lines` makes of a raised number.
FOOTNOTE = re.compile(r"(?<=[\w.,:;)])\[\d{1,2}\]")


def running_lines(pages: Sequence[Sequence[Line]], is_structure: Callable[[str], bool]) -> list[set[Line]]:
    """Return for each page its running lines: alike on many pages in the same place, or counting with them.

    `is_structure` tells the lines that start a part of the guide: they count only in small type or with a number.
    """
    body = body_size(pages)
    edges = [_edge(lines, body, is_structure) for lines in pages]
    least = max(2, round(_MOST * len(pages)))
    alike = Counter(key for lines in edges for key in {_alike(line) for line in lines})
    steps = Counter(key for index, lines in enumerate(edges) for key in {k for li in lines for k in _steps(li, index)})
    return [
        {
            line
            for line in lines
            if alike[_alike(line)] >= least
            or any(steps[key] >= least for key in _steps(line, index))
            or _PAGE_NUMBER.fullmatch(line.text)
        }
        for index, lines in enumerate(edges)
    ]


def _edge(lines: Sequence[Line], body: float, is_structure: Callable[[str], bool]) -> list[Line]:
    """Return the outermost lines that can be running ones; what is a part's start is not, nor is a bullet."""
    by_height = sorted(lines, key=lambda line: line.y)
    outermost = {*by_height[:_EDGE], *by_height[-_EDGE:]}
    return [
        line
        for line in lines
        if line in outermost
        and not BULLET.match(line.text)
        and not line.text.endswith(":")
        and (not is_structure(line.text) or re.search(r"\s\d+$", line.text) or line.size < 0.9 * body)
    ]


def _alike(line: Line) -> tuple[str, int]:
    return re.sub(r"[\d\s]+", "", line.text).casefold(), round(line.y / _SAME_PLACE)


def _steps(line: Line, index: int) -> set[tuple[int, int]]:
    """Return where a line stands and how its first or last number differs from its page's index."""
    numbers = re.findall(r"^\d{1,4}\b|\b\d{1,4}$", line.text)
    return {(round(line.y / _SAME_PLACE), int(number) - index) for number in numbers}


def footnotes(lines: Sequence[Line]) -> set[Line]:
    """Return the footnotes of a page, which would stand between the two halves of a bullet."""
    marks = {mark for line in lines for mark in FOOTNOTE.findall(line.text)}
    heads = [line.y for line in lines if (m := re.match(r"\d{1,2}(?=\s)", line.text)) and f"[{m[0]}]" in marks]
    return {line for line in lines if heads and line.y <= max(heads)}
