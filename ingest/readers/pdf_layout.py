"""The pages of a PDF become the sections of a Document: never one over two pages, each under its headings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from corpus.documents import Block, Section
from ingest.readers.pdf_blocks import Words, blocks_of
from ingest.readers.pdf_headings import Bookmark, Element, Heading, goes_on, is_title, line_step, with_headings
from ingest.readers.pdf_lines import Line, joined
from ingest.readers.pdf_running import Pages, body_size, without_running_lines

_LONGEST_TITLE = 200
_NO_TITLES = frozenset(["abstract", "contents", "table of contents", "introduction", "notices", "overview"])

Placed = tuple[int, Heading | Block]


def sections_of(pages: Pages, bookmarks: Sequence[Bookmark], title: str, url: str | None) -> tuple[Section, ...]:
    """Return the sections of a document whose pages hold these lines.

    Running headers and footers are gone, headings are the path and not the text, and `title` is in no path.
    A page's address is `url` with "#page=N".
    """
    pages = without_running_lines(pages)
    words, step = Words([line.text for lines in pages for line in lines]), line_step(pages)
    placed: list[Placed] = []
    for number, elements in enumerate(with_headings(pages, bookmarks), start=1):
        placed += [(number, item) for item in _items(elements, words, step)]
    return _sections(_without_empty_headings(placed), title, url)


def title_of(pages: Pages) -> str:
    """Return the title printed on the first page: its largest text, or "" where none is larger than the body's.

    Where that is "Introduction" or the like, the title is the first larger text above it.
    """
    shown = without_running_lines(pages)
    runs = _large_runs(shown[0], body_size(shown)) if shown else []
    largest = max(runs, key=lambda run: run[0].size, default=None)
    if largest and _text(largest).casefold().strip(" :") in _NO_TITLES:
        largest = runs[0] if runs[0] is not largest else None
    title = _text(largest) if largest else ""
    return title if len(title) <= _LONGEST_TITLE else ""


def _large_runs(lines: Sequence[Line], body: float) -> list[list[Line]]:
    """Return the texts larger than the body's, each as its lines."""
    runs: list[list[Line]] = []
    above: Line | None = None
    for line in lines:
        if line.size >= 1.1 * body:
            if runs and above is runs[-1][-1] and goes_on(above, line):
                runs[-1].append(line)
            else:
                runs.append([line])
        above = line
    return runs


def _text(run: Sequence[Line]) -> str:
    return reduce(joined, (line.text for line in run))


def _items(elements: Sequence[Element], words: Words, step: float) -> list[Heading | Block]:
    """Return one page's headings and, between them, its blocks."""
    items: list[Heading | Block] = []
    for _, run in groupby(elements, key=lambda element: isinstance(element, Line)):
        group = list(run)
        items += [element for element in group if isinstance(element, Heading)]
        items += blocks_of([element for element in group if isinstance(element, Line)], words, step)
    return items


def _without_empty_headings(placed: Sequence[Placed]) -> list[Placed]:
    """Return the items with headings that nothing stands under as paragraphs, lest their text be lost.

    They are lines of a figure or a cover more often than headings.
    """
    kept: list[Placed] = []
    for (number, item), after in zip(placed, [*(item for _, item in placed[1:]), None], strict=True):
        if isinstance(item, Block) or not _is_empty(item, after):
            kept.append((number, item))
        elif item.printed:
            kept.append((number, Block(item.text)))
    return kept


def _is_empty(heading: Heading, after: Heading | Block | None) -> bool:
    """Return whether neither text nor an inner heading follows a heading."""
    return after is None or (isinstance(after, Heading) and after.rank <= heading.rank)


def _sections(placed: Sequence[Placed], title: str, url: str | None) -> tuple[Section, ...]:
    """Return the blocks put together by page and heading path."""
    path: list[Heading] = []
    flat: list[tuple[int, tuple[str, ...], Block]] = []
    for number, item in placed:
        if isinstance(item, Heading):
            path = [*(heading for heading in path if heading.rank < item.rank), item]
        else:
            shown = tuple(heading.text for heading in path if not is_title(heading.text, title))
            flat.append((number, shown, item))
    return tuple(
        Section(
            blocks=tuple(block for _, _, block in group),
            heading=heading,
            page=number,
            url=f"{url}#page={number}" if url else None,
        )
        for (number, heading), group in groupby(flat, key=lambda entry: entry[:2])
    )
