"""Citations as HTML: the number in the text, the row in the list of sources, the panel with the passage.

Everything that comes from a document goes through `escaped`, so it stays text whatever it holds. A number opens
its panel by the browser's own `popovertarget`: no script, and Escape, Tab and screen readers work as they should.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from corpus.chunks import Chunk
from tutor.answers import Citation

_CLOSE = "<svg viewBox='0 0 16 16' aria-hidden='true'><path d='M3.5 3.5l9 9m0-9l-9 9'/></svg>"


def escaped(text: str) -> str:
    """A text that is safe between tags and inside a quoted attribute."""
    return html.escape(text, quote=True)


def panel_id(place: str, mark: str) -> str:
    """The id of a citation's panel; `mark` is what the learner sees on it ("1", "a")."""
    return f"passage-{place}-{mark}"


def number_button(citation: Citation, place: str, mark: str) -> str:
    """`[1]`, which opens the citation's panel."""
    return (
        f'<button type="button" class="cite" popovertarget="{panel_id(place, mark)}" '
        f'aria-label="Source {mark}: {escaped(citation.chunk.title)}">[{mark}]</button>'
    )


def source_list(marked: Iterable[tuple[str, Citation]], place: str) -> str:
    """A row for every passage cited: its marks, where it stands, what kind of source it is."""
    rows = groupby(marked, key=lambda pair: pair[1].chunk_id)
    return f'<ol class="sources">{"".join(_source_row(list(pairs), place) for _, pairs in rows)}</ol>'


def _source_row(pairs: list[tuple[str, Citation]], place: str) -> str:
    mark, citation = pairs[0]
    buttons = "".join(number_button(other, place, name) for name, other in pairs)
    return (
        f'<li><span>{buttons}</span><button type="button" class="source-name" popovertarget="{panel_id(place, mark)}">'
        f"{_place(citation.chunk)}</button><span>{_details(citation.chunk)}</span></li>"
    )


def _place(chunk: Chunk) -> str:
    """`Title › Heading › Heading`, a heading that repeats the title left out."""
    return _path([chunk.title, *_below_title(chunk)])


def _below_title(chunk: Chunk) -> list[str]:
    return [part for part in chunk.location.heading if part != chunk.title]


def _path(parts: Iterable[str]) -> str:
    return '<span class="sep"> › </span>'.join(f'<bdi dir="auto">{escaped(part)}</bdi>' for part in parts)


def _details(chunk: Chunk) -> str:
    return "".join(f'<span class="tag">{escaped(detail)}</span>' for detail in _detail_words(chunk))


def _detail_words(chunk: Chunk) -> Iterator[str]:
    if chunk.location.page is not None:
        yield f"page {chunk.location.page}"
    if chunk.kind:
        yield chunk.kind


def panel(citation: Citation, place: str, mark: str) -> str:
    """The passage with the quoted words marked, where it stands, and the official address when there is one."""
    chunk, name = citation.chunk, panel_id(place, mark)
    return (
        f'<section class="passage" id="{name}" popover role="dialog" aria-labelledby="{name}-title">'
        f'<header><span class="cite" aria-hidden="true">[{mark}]</span>'
        f'<h3 id="{name}-title"><bdi dir="auto">{escaped(chunk.title)}</bdi></h3>'
        f'<button type="button" class="close" popovertarget="{name}" popovertargetaction="hide" '
        f'aria-label="Close">{_CLOSE}</button></header>'
        f'<p class="place">{_path(_below_title(chunk))}{_details(chunk)}</p>'
        f'<div class="read"><blockquote dir="auto">{marked_passage(chunk.text, citation.quote)}</blockquote>'
        f"{_picture(citation)}</div>"
        f'<footer>{official_link(chunk.location.url)}<p class="origin">{_origin(chunk.source)}</p>'
        "</footer></section>"
    )


def _origin(source: str) -> str:
    if source.startswith("pack:"):
        return "Comes with the exam pack."
    return f"Source: <bdi>{escaped(source)}</bdi>"


def _picture(citation: Citation) -> str:
    """Room for the page as it looks in print, which is fetched when the panel is opened."""
    chunk = citation.chunk
    if chunk.location.page is None:
        return ""
    start = chunk.text.find(citation.quote)
    wanted = f"{chunk.id}:{start}:{start + len(citation.quote)}"
    alt = escaped(f"Page {chunk.location.page} of {chunk.title}, the quoted words marked")
    return f'<figure data-picture="{wanted}" data-alt="{alt}"></figure>'


def marked_passage(text: str, quote: str) -> str:
    """The passage with the first place of the quote in `<mark>`, all else as text.

    The browser moves to `autofocus` when it opens the panel, so a quote far down a long passage is in view.
    """
    before, found, after = text.partition(quote) if quote else (text, "", "")
    marked = f'<mark tabindex="-1" autofocus>{escaped(found)}</mark>' if found else ""
    return escaped(before) + marked + escaped(after)


def official_link(url: str | None) -> str:
    """A link that opens beside the page, or nothing where the address is not of the web."""
    host = _web_host(url) if url else ""
    if not url or not host:
        return ""
    return (
        f'<a class="official" href="{escaped(url)}" target="_blank" rel="noopener noreferrer">'
        f'Read it at {escaped(host)}<span class="spoken"> (opens in a new tab)</span></a>'
    )


def _web_host(url: str) -> str:
    """The host of an http(s) address; empty for anything else, `javascript:` included."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""
