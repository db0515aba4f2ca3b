"""Running headers, footers and page numbers: what stands on every page and belongs to none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf_lines import Line

SAME_SIZE = 0.1  # points that two sizes may differ and be the same
_FEW = 2  # pages that are alike by chance
_SHORT = 8  # pages of a document in which headers on every other page are not looked for
_MOST_RUNNING = 4  # lines of header or footer are looked for at each edge
_NUMBER = r"(?:\d{1,4}|[ivxl]{1,6})"
_PAGE_NUMBER = re.compile(
    rf"[-–—|\s]*(?:page\s*)?{_NUMBER}(?:\s*(?:of|/)\s*\d+)?(?:\s*\|\s*page)?[-–—|\s]*", re.IGNORECASE
)
_FIRST_OR_LAST_NUMBER = re.compile(r"^(\d{1,4})\b|\b(\d{1,4})$")

Pages = Sequence[Sequence[Line]]


def without_running_lines(pages: Pages) -> list[list[Line]]:
    """Return each page's lines without running headers, footers and lone page numbers.

    A document that would lose all its text keeps all of it.
    """
    body = body_size(pages)
    kept = [list(lines) for lines in pages]
    for _ in range(_MOST_RUNNING):
        gone = _running(kept, body)
        if not any(gone):
            break
        kept = _without(kept, gone)
    kept = _without(kept, _lone_numbers(kept))
    return kept if any(kept) else [list(lines) for lines in pages]


def _without(pages: Pages, gone: Sequence[set[Line]]) -> list[list[Line]]:
    return [[line for line in lines if line not in out] for lines, out in zip(pages, gone, strict=True)]


def _running(pages: Pages, body: float) -> list[set[Line]]:
    """Return for each page which of its outermost lines are running lines, or hang on one."""
    edges = [_outermost(lines) for lines in pages]
    repeated = _repeated(edges, body)
    marching = _marching_number(edges)
    gone = [
        {
            line
            for line in lines
            if _key(line, body, len(edges) <= _FEW) in repeated or _is_marching(line, index, marching)
        }
        for index, lines in enumerate(edges)
    ]
    return [out | _beside(lines, out) for lines, out in zip(pages, gone, strict=True)]


def body_size(pages: Pages) -> float:
    """Return the size that most characters have, or 0 where there are none."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _outermost(lines: Sequence[Line]) -> set[Line]:
    """Return the outermost lines, by height and as drawn: a figure's lines have heights of their own."""
    if not lines:
        return set()
    by_height = sorted(lines, key=lambda line: line.y)
    return {lines[0], lines[-1], by_height[0], by_height[-1]}


def _key(line: Line, body: float, few: bool) -> str:
    """Return what stays the same of a running line from page to page: digits and blanks do not.

    "Chapter 3" in large letters at the top of each page is a heading: large lines must be the same to the digit.
    Two pages may well end in the same words: of so few, a running line must also be at the same height.
    """
    text = line.text if line.size > 1.15 * body else re.sub(r"[\d\s]+", "", line.text).casefold()
    return f"{text} at {line.y:.0f}" if text and few else text


def _repeated(edges: Sequence[set[Line]], body: float) -> set[str]:
    """Return the keys of the lines at the edge of most pages."""
    counts: Counter[str] = Counter()
    for lines in edges:
        counts.update({_key(line, body, len(edges) <= _FEW) for line in lines})
    # Left and right pages often differ, which leaves each header a little under one half of a longer document.
    least = max(2, len(edges) // 2 + 1 if len(edges) < _SHORT else round(0.4 * len(edges)))
    return {key for key, count in counts.items() if key and count >= least}


def _numbers(line: Line) -> list[int]:
    match = _FIRST_OR_LAST_NUMBER.search(line.text)
    return [int(number) for number in match.groups() if number] if match else []


def _marching_number(edges: Sequence[set[Line]]) -> tuple[int, int] | None:
    """Return the height at which numbers keep step with the pages and what to add to a page's index for them.

    The height matters: the third page may well start with the third item of a numbered list.
    """
    counts: Counter[tuple[int, int]] = Counter()
    for index, lines in enumerate(edges):
        counts.update({(round(line.y), number - index) for line in lines for number in _numbers(line)})
    place, count = counts.most_common(1)[0] if counts else ((0, 0), 0)
    return place if count >= max(3, len(edges) // 2 + 1) else None


def _is_marching(line: Line, index: int, marching: tuple[int, int] | None) -> bool:
    """Return whether a line is like "Introduction 224": a chapter's name with a number that keeps step with pages."""
    return marching is not None and round(line.y) == marching[0] and index + marching[1] in _numbers(line)


def _beside(lines: Sequence[Line], gone: set[Line]) -> set[Line]:
    """Return lines right next to a running line, in its size and far from all others: the section's name below it."""
    rest = [line for line in lines if line not in gone]
    return {line for line in rest if _hangs_on(line, gone) and _stands_off(line, rest)}


def _hangs_on(line: Line, gone: set[Line]) -> bool:
    return any(
        abs(line.size - other.size) < SAME_SIZE and 0 < abs(line.y - other.y) < 1.4 * line.size for other in gone
    )


def _stands_off(line: Line, rest: Sequence[Line]) -> bool:
    heights = [other.y for other in rest if other is not line]
    outermost = bool(heights) and not min(heights) <= line.y <= max(heights)
    return outermost and all(abs(line.y - height) > 1.8 * line.size for height in heights)


def _lone_numbers(pages: Pages) -> list[set[Line]]:
    """Return for each page the page number that stands alone at its edge, where something else is left too.

    A bare number may as well be the number of a note: it counts where it is the page's own or keeps step with others.
    """
    found = [
        {line for line in _outermost(lines) if len(lines) > 1 and _PAGE_NUMBER.fullmatch(line.text)} for lines in pages
    ]
    steps = Counter(
        int(line.text) - index for index, lines in enumerate(found) for line in lines if line.text.isdigit()
    )
    return [
        {line for line in lines if not line.text.isdigit() or _in_step(int(line.text) - index, steps)}
        for index, lines in enumerate(found)
    ]


def _in_step(offset: int, steps: Counter[int]) -> bool:
    return offset == 1 or steps[offset] > 1
