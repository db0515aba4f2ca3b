"""The lines of an exam guide's pages become its entries: headings, sentences, and bullets with their depth.

What wraps over lines or pages is one entry again; running headers, footers and footnotes are set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.exam_guide.running import FOOTNOTE, footnotes, running_lines
from ingest.readers.pdf_lines import BULLET, Line

TASK = re.compile(r"(?:Task|TASK)(?: [Ss]tatement| STATEMENT)?\s+(\d+)(?:\.(\d+))?\s*[:.–-]\s*(\S.*)")
DOMAIN = re.compile(r"(?:Content |CONTENT )?(?:Domain|DOMAIN)\s+(\d+)\s*[:.–-]\s*(\S.*)")
KIND = re.compile(r"(Knowledge|Skill|Objective)s?(?: of| in)?\s*:?")
_SCOPE = re.compile(
    r"(?:Appendix(?: \w)?[:.]? )?"
    r"(?:(?P<in>In)|Out[- ][Oo]f)[- ][Ss]cope (?:AWS )?(?:[Ss]ervices|[Ff]eatures)\b[^.\d]{0,40}"
    r"|(?:AWS services|(?:AWS )?Services)(?: and features)? (?:(?P<in2>in)|out[- ]of)[- ][Ss]cope"
)
# Capitals throughout: a sentence that wraps may well start a line with "tasks" or "in-scope services".
_NAME = re.compile(r"(?:Tasks|Topics|Appendix|Survey|Revisions|Change [Hh]istory)\s*:?")
_OTHER_STARTS = re.compile(r"(?:Content )?Domain\s+\d+\b")
_UNTITLED = re.compile(r"(?:(?:Content )?Domain|Task(?: [Ss]tatement)?)\s+[\d.]+\s*:")  # its title is in the next line
_NUMBERED = re.compile(r"\d+\.\d+[:.]?\s+[A-Z]")

_INDENT = 3.0  # points from which on a line stands further in than another
_LETTER_BULLET = re.compile(r"o\s+(?=[^\W\d_])")  # Word draws its hollow bullet as an o in Courier
_DASH_BULLET = re.compile(r"[-–—]\s+(?=\w)")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"})
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")  # a table of contents
# What a line cannot end with when its sentence does, and what no heading and no bullet starts with.
_UNFINISHED = re.compile(
    r"[,/&(\[–-]$|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|such|that|the|to|using|with)$", re.IGNORECASE
)
_GOING_ON = re.compile(r"[a-z(\[)\],;]")


@dataclass(frozen=True)
class Entry:
    """A heading or sentences (`level` 0), or a bullet of that depth. `size` and `bold` are its first line's.

    `close` says that it stands right under the entry above, in the same type and no further in.
    """

    text: str
    level: int
    size: float
    bold: bool
    close: bool = False


@dataclass
class _Open:
    """The entry that lines are being added to."""

    text: str
    level: int
    first: Line
    last: Line
    page: int
    close: bool


def normal(text: str) -> str:
    """Return the text with hyphens of one kind, without footnote marks and what only a typesetter needs."""
    return FOOTNOTE.sub("", text.translate(_DASHES)).strip()


def is_structure(text: str) -> bool:
    """Return whether a line can only be the start of a new part: a domain, a task, a list of services."""
    starts = TASK.match(text) or DOMAIN.match(text) or _OTHER_STARTS.match(text)
    return bool(starts) or is_complete(text)


def is_complete(text: str) -> bool:
    """Return whether a line is a heading in words that are always the same, which nothing goes on with."""
    return bool(KIND.fullmatch(text) or _NAME.fullmatch(text) or scope_of(text))


def scope_of(text: str) -> str | None:
    """Return the key of the list of services that a heading starts: `in_scope`, `out_of_scope`, or None."""
    if match := _SCOPE.fullmatch(text):
        return "in_scope" if match["in"] or match["in2"] else "out_of_scope"
    return None


def parts(pages: Sequence[Sequence[Line]]) -> tuple[list[Entry], list[str]]:
    """Return the guide's entries in order, and the texts of its running headers and footers."""
    gone = running_lines(pages, is_structure)
    entries: list[Entry] = []
    current: _Open | None = None
    depths: list[float] = []
    for number, line in _body(pages, gone):
        text, bullet = _without_bullet(line, current, number)
        if current and not bullet and _continues(current, line, number):
            current.text, current.last, current.page = _joined(current.text, text), line, number
            continue
        if current:
            entries.append(_closed(current))
        if is_structure(text):
            depths = []
        level = _depth(line.x, depths) if bullet else 0
        close = current is not None and _is_close(current, line, number)
        current = _Open(text, level, line, line, number, close)
    if current:
        entries.append(_closed(current))
    return [entry for entry in entries if entry.text], [line.text for out in gone for line in out]


def _closed(current: _Open) -> Entry:
    return Entry(normal(current.text), current.level, current.first.size, current.first.bold, current.close)


def _body(pages: Sequence[Sequence[Line]], gone: Sequence[set[Line]]) -> Iterator[tuple[int, Line]]:
    """Yield the lines with their page's number; a bullet drawn on a line of its own comes with its text."""
    for number, (lines, out) in enumerate(zip(pages, gone, strict=True)):
        mark: Line | None = None
        aside = out | footnotes([line for line in lines if line not in out])
        for line in lines:
            if line in aside or _LEADERS.search(line.text):
                continue
            if BULLET.fullmatch(line.text):
                mark = line
            elif mark:
                yield number, Line(f"• {line.text}", mark.x, line.y, line.size, line.bold, line.mono, line.end)
                mark = None
            else:
                yield number, line


def _without_bullet(line: Line, current: _Open | None, page: int) -> tuple[str, bool]:
    """Return a line's text without its bullet, and whether it had one."""
    match = BULLET.match(line.text) or _LETTER_BULLET.match(line.text)
    # A dash may as well be in the middle of what wraps: "Machine Learning", "- Specialty".
    if not match and (current is None or not _continues(current, line, page)):
        match = _DASH_BULLET.match(line.text)
    return (line.text[match.end() :], True) if match else (line.text, False)


def _depth(x: float, depths: list[float]) -> int:
    """Return how deep a bullet at this place is, given where the bullets around it stand."""
    while depths and x < depths[-1] - _INDENT:
        depths.pop()
    if not depths or x > depths[-1] + _INDENT:
        depths.append(x)
    return len(depths)


def _is_inside(current: _Open, line: Line) -> bool:
    return current.level > 0 and line.x > current.first.x + _INDENT


def _same_type(current: _Open, line: Line) -> bool:
    # A bullet often starts in bold and goes on without; the other way round a heading follows it.
    bold = line.bold == current.last.bold or (current.level > 0 and not line.bold)
    return bold and abs(line.size - current.last.size) < 0.6


def _near(current: _Open, line: Line, page: int, sizes: float) -> bool:
    return current.page == page and 0 < current.last.y - line.y <= sizes * line.size


def _is_close(current: _Open, line: Line, page: int) -> bool:
    return _same_type(current, line) and _near(current, line, page, 1.75)


def _continues(current: _Open, line: Line, page: int) -> bool:
    """Return whether a line without a bullet goes on with the entry above it."""
    if is_structure(line.text) or not _same_type(current, line):
        return False
    inside = _is_inside(current, line)
    if _NUMBERED.match(line.text) and not inside:
        return False
    going_on, turned = bool(_GOING_ON.match(line.text)), page != current.page
    if current.level:
        if turned:
            return inside or going_on
        # Some programs do not indent the lines of a bullet: then the words must tell.
        return _near(current, line, page, 2.2 if inside else 1.75) and (
            inside or going_on or _is_unfinished(current.text)
        )
    ended = current.text.endswith((".", ":", "%")) and not _UNTITLED.fullmatch(current.text)
    if ended or (is_complete(current.text) and not going_on):
        return False
    return _near(current, line, page, 1.75) or (turned and going_on)


def _is_unfinished(text: str) -> bool:
    opened = text.count("(") > text.count(")") or text.count("[") > text.count("]")
    return opened or bool(_UNFINISHED.search(text))


def _joined(above: str, below: str) -> str:
    """Return two lines as one text: no space after a hyphen or slash inside a word, but one in "pre- and"."""
    if above.endswith("\u00ad"):
        return above[:-1] + below
    if re.search(r"\w[-\u2010\u2011]$", above):
        return above + " " * bool(re.match(r"(?:and|or|to)\s", below)) + below
    return above + " " * (not re.search(r"\w/$|\d–$", above)) + below
