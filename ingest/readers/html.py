"""HTML: the main content of a page as plain text. The one module that imports bs4."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from textwrap import dedent
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from corpus.documents import Block, BlockKind, Document, Section
from corpus.errors import SourceError
from ingest.readers.html_sections import BLOCK_TAGS, SectionBuilder
from ingest.readers.source import RawSource

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# fmt: off
_DROPPED = frozenset([
    "nav", "header", "footer", "aside", "script", "style", "noscript", "form", "iframe", "svg", "template", "head",
    "title", "button", "select", "textarea", "object", "embed", "canvas", "audio", "video", "dialog",
])
# fmt: on
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTES = ("note", "important", "caution", "warning", "tip")
_DEEPEST = 30_000
"""Elements within elements, which no honest page has; from some 70,000 on the parser takes minutes."""

_MAIN = ("#main-col-body", "main", "[role=main]", "#main-content", "article")


class _Soup(BeautifulSoup):
    """A page that is given up while it is parsed when it nests too deeply."""

    def pushTag(self, tag: Tag) -> None:  # noqa: N802  bs4's own name
        super().pushTag(tag)
        if len(self.tagStack) > _DEEPEST:
            raise ValueError(f"its elements are nested more than {_DEEPEST:,} deep")


def read(raw: RawSource) -> Document:
    """Return the page's main content as a Document, with the heading path and address of each section.

    Raises:
        SourceError: it is empty, binary, or has no text, as pages do that a script fills in.
    """
    if not raw.data.strip():
        raise SourceError(raw.name, "this page is empty", "Save it again from the browser and ingest that file.")
    if b"\0" in raw.data and raw.data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raw.text()  # binary: it raises, and says so
    soup = _soup(raw)
    url = _canonical(soup, raw.url) or raw.url
    sections: tuple[Section, ...] = ()
    for main in _mains(soup):
        sections = _sections(main, url)
        if sections:
            break
    if not sections:
        raise SourceError(
            raw.name,
            "this page has no text; a script may fill it in",
            "Open it in a browser, save it as PDF (print) or as a complete page, and ingest that file.",
        )
    return Document(raw.name, _title(soup) or raw.stem, sections, raw.sha256, raw.kind, url)


def blocks_of(html: str) -> tuple[Block, ...]:
    """Return a fragment of trusted HTML, such as a docstring, as blocks; headings become paragraphs.

    What stands in an element <note>, <important> or the like begins with that word: the element tells how to
    take its text, and is not in the text.
    """
    body = BeautifulSoup(f"<body>{html}</body>", "lxml").body
    if body is None:
        return ()
    for tag in body.find_all(_NOTES) if any(f"<{name}" in html for name in _NOTES) else ():
        first = tag.find(True)
        place = first if isinstance(first, Tag) and first.name == "p" else tag
        place.insert(0, f"{tag.name.capitalize()}: ")
        tag.name = "div"
    blocks: list[Block] = []
    for section in _sections(body, None):
        blocks += [Block(section.heading[-1])] if section.heading else []
        blocks += section.blocks
    return tuple(blocks)


def _text_or_bytes(data: bytes) -> str | bytes:
    """Text where it is UTF-8: a guess at a short page's encoding can take it for Japanese."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data


def _soup(raw: RawSource) -> BeautifulSoup:
    """Return the parsed page; its encoding is UTF-8 where it can be, else what bs4 makes of it.

    bs4's warnings of pages that look odd stay here.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _Soup(_text_or_bytes(raw.data), "lxml")
        except (RecursionError, ValueError, AssertionError) as error:
            raise SourceError(
                raw.name, f"this is not HTML that can be read ({error})", "Save the page as PDF and ingest that."
            ) from error


def _canonical(soup: BeautifulSoup, fetched_from: str | None) -> str | None:
    """The address a page gives itself; one that was downloaded may name only its own host."""
    for link in soup.find_all("link", rel="canonical"):
        href = str(link.get("href") or "").strip()
        if not href.startswith("https://") or re.search(r"\s", href):
            continue
        if fetched_from is None or urlsplit(href).netloc == urlsplit(fetched_from).netloc:
            return href
    return None


def _mains(soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield where the main content may be, best first: a page can have an empty <main>."""
    for selector in _MAIN:
        found = soup.select(selector)
        if len(found) == 1 or (found and selector != "article"):  # several articles are a list of them: take the body
            yield found[0]
    yield soup.body or soup


def _title(soup: BeautifulSoup) -> str:
    """Return the text of the first h1 of the main content, else of the page, else of <title>."""
    for place in (*_mains(soup), soup):
        heading = place.find("h1")
        if isinstance(heading, Tag) and (text := _heading_text(heading)):
            return text
    return _flat(soup.title) if soup.title else ""


def _is_dropped(tag: Tag) -> bool:
    if tag.name in _DROPPED or tag.has_attr("hidden"):
        return True
    return tag.get("aria-hidden") == "true" or bool(_HIDDEN.search(str(tag.get("style") or "")))


def _is_text(node: PageElement) -> bool:
    """Return whether a node is text that a reader sees: not a comment, a doctype or a script."""
    return type(node) in (NavigableString, CData)


def _strings(root: Tag) -> Iterator[str]:
    """Yield the visible text under a tag, a newline at each <br> and block edge. Not recursive: pages nest deeply."""
    waiting: list[PageElement | str] = list(reversed(root.contents))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if _is_dropped(node):
                continue
            if node.name == "br":
                yield "\n"
                continue
            edge = ["\n"] if node.name in BLOCK_TAGS else []
            waiting += [*edge, *reversed(node.contents), *edge]
        elif isinstance(node, str) and (not isinstance(node, NavigableString) or _is_text(node)):
            yield str(node)


def _flat(tag: Tag) -> str:
    """Return the visible text under a tag on one line."""
    return " ".join("".join(_strings(tag)).split())


def _heading_text(tag: Tag) -> str:
    return _flat(tag).rstrip("¶#§ ")  # the signs that link to the heading itself


def _code(tag: Tag) -> str:
    lines = [line.rstrip() for line in "".join(_strings(tag)).expandtabs(4).split("\n")]
    return dedent("\n".join(lines)).strip("\n")


def _rows(table: Tag) -> Iterator[str]:
    """Yield a table's rows, their cells joined with " | "."""
    for row in table.find_all("tr"):
        cells = [_flat(cell) for cell in row.find_all(["th", "td"], recursive=False) if not _is_dropped(cell)]
        if any(cells):
            yield " | ".join(cells)


def _sections(main: Tag, url: str | None) -> tuple[Section, ...]:
    """Return the sections under `main`, by a walk that keeps its own stack: pages may nest thousands deep."""
    builder = SectionBuilder(url)
    waiting: list[tuple[PageElement, bool]] = [(main, True)]
    while waiting:
        node, entering = waiting.pop()
        if isinstance(node, Tag):
            if not entering:
                builder.leave(node.name)
            elif (node is main or not _is_dropped(node)) and _enter(builder, node):
                waiting.append((node, False))
                waiting += [(child, True) for child in reversed(node.contents)]
        elif _is_text(node):
            builder.text(str(node))
    return builder.sections()


def _enter(builder: SectionBuilder, tag: Tag) -> bool:
    """Take in the start of a tag; return whether its content is still to be walked."""
    name = tag.name
    if name in _HEADINGS:
        builder.heading(_HEADINGS[name], _heading_text(tag), _anchor(tag))
    elif name == "pre" or (name == "code" and "\n" in tag.get_text().strip()):
        builder.whole(_code(tag), BlockKind.CODE)
    elif name == "table" and not tag.find(["table", *_HEADINGS]):  # else it is there for the layout
        _table(builder, tag)
    elif name == "dt":
        builder.term(_flat(tag))
    elif name == "br":
        builder.text(" ")
    else:
        builder.enter(name)
        return True
    return False


def _anchor(heading: Tag) -> str:
    """Return the id of a heading, or of the <section> it heads."""
    parent = heading.parent
    own = heading.get("id") or (parent.get("id") if parent is not None and parent.name == "section" else None)
    return str(own or "")


def _table(builder: SectionBuilder, tag: Tag) -> None:
    caption = tag.find("caption")
    if isinstance(caption, Tag) and not _is_dropped(caption):
        builder.whole(_flat(caption), BlockKind.PARAGRAPH)
    builder.whole("\n".join(_rows(tag)), BlockKind.TABLE)
