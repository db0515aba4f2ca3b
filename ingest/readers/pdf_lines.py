"""The lines of a page: pieces of text with their place and font become lines in reading order.

Knows nothing of pypdf, so that what is decided here can be read and tested without a PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPACES = dict.fromkeys("\t\r\v\f\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
_CLEAN = str.maketrans({**_LIGATURES, **_SPACES})
# Control characters, zero-width marks and lone surrogates: they come from broken font tables, no reader sees them,
# and a database refuses the surrogates.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200d\u2060\ufeff\ud800-\udfff]")
_MONO = re.compile(r"courier|mono|consol|menlo|typewriter|cmtt", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# Also the private codes by which Word and Symbol fonts draw their bullets.
BULLET = re.compile(r"[•‣▪●◦■□○➢➤✓✔❖·\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076]\s*")
_NARROW, _WIDE = frozenset("iljtfrI.,;:'|!()[] "), frozenset("mwMW@%—")
_COLUMN_ROWS = 5  # so many rows with two halves are two columns of text, not a table
_COLUMN_WORDS = 3.5  # and a half holds so many words on average; a table's cell rarely does


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters in one font; `x` and `y` are where it starts, in points from the lower left."""

    text: str
    x: float
    y: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on a page; `end` is an estimate of where it ends, since widths are not known."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    mono: bool = False
    end: float = 0.0


def cleaned(text: str) -> str:
    """Return `text` with ligatures spelled out, invisible characters gone and every run of blanks one space."""
    return re.sub(" {2,}", " ", _INVISIBLE.sub("", text.translate(_CLEAN))).strip()


def joined(above: str, below: str) -> str:
    """Return two lines as one text, with no space after a hyphen that belongs to a word: "(MLA-" "C01)"."""
    return above + below if re.search(r"\w[-\u2010]$", above) else f"{above} {below}"


def width(text: str, size: float) -> float:
    """Return about how wide `text` is in points: true within a tenth for the usual fonts."""
    units = 0.0
    for char in text:
        if char in _NARROW:
            units += 0.28
        elif char in _WIDE:
            units += 0.88
        else:
            units += 0.67 if char.isupper() else 0.52
    return units * size


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Return the lines of one page, in reading order, those drawn twice for a shadow or a false bold once."""
    rows = [_segments(group) for group in _groups(pieces)]
    rows = _columns_apart([row for row in rows if row])
    seen: set[tuple[str, int, int]] = set()
    lines: list[Line] = []
    for row in rows:
        line = _joined(row)
        key = (line.text, round(line.x), round(line.y))
        if line.text and key not in seen:
            seen.add(key)
            lines.append(line)
    return lines


def _groups(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    """Yield the pieces of each line; a line ends where a piece says so."""
    group: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        if first:
            group.append(replace(piece, text=first))
        for other in others:
            yield group
            group = [replace(piece, text=other)] if other else []
    yield group


def _segments(group: Sequence[Piece]) -> list[Line]:
    """Return the parts of a line that a wide gap holds apart: columns, table cells, a page number at the edge.

    A piece drawn twice in its place, for a shadow, counts once.
    """
    parts: list[list[Piece]] = []
    end = 0.0
    drawn: set[tuple[str, int, int]] = set()
    for piece in group:
        place = (piece.text.strip(), round(piece.x), round(piece.y))
        if place[0] and place in drawn:
            continue
        drawn.add(place)
        if not piece.text.strip():
            if parts:
                parts[-1].append(piece)
            continue
        last_width = end - parts[-1][-1].x if parts else 0.0
        if parts and piece.x - end < max(2.5 * piece.size, 0.1 * last_width):
            parts[-1].append(piece)
        else:
            parts.append([piece])
        end = piece.x + width(piece.text, piece.size)
    return [_line(part) for part in parts]


def _line(part: Sequence[Piece]) -> Line:
    """Return one segment; its size and height are those of most of its characters."""
    inked = [piece for piece in part if piece.text.strip()]
    weights: Counter[tuple[float, float]] = Counter()
    for piece in inked:
        weights[round(piece.size, 1), piece.y] += len(piece.text.strip())
    (size, y), _ = weights.most_common(1)[0]
    text = ""
    for piece in part:
        text += _footnote(piece, text, size, y)
    worded = [piece for piece in inked if any(map(str.isalnum, piece.text))]
    return Line(
        text=cleaned(text),
        x=inked[0].x,
        y=y,
        size=size,
        bold=bool(worded) and all(_BOLD.search(piece.font) for piece in worded),
        mono=bool(worded) and all(_MONO.search(piece.font) for piece in worded),
        end=inked[-1].x + width(inked[-1].text.rstrip(), inked[-1].size),
    )


def _footnote(piece: Piece, before: str, size: float, y: float) -> str:
    """Return the piece's text, a raised footnote number as "[13]": run into its word it would spoil the word.

    After a single letter or a digit it is an exponent, as in R² or 10⁶, and stays as it is.
    """
    raised = piece.size < 0.8 * size and 0.1 * size < piece.y - y < 0.8 * size
    if raised and piece.text.strip().isdigit() and re.search(r"([^\W\d]{2}|[^\w\s])$", before):
        return f"[{piece.text.strip()}]" + " " * piece.text.endswith(" ")
    return piece.text


def _joined(row: Sequence[Line]) -> Line:
    """Return a line's segments as one line again, a space between them."""
    if len(row) == 1:
        return row[0]
    return replace(
        row[0],
        text=" ".join(part.text for part in row if part.text),
        bold=all(part.bold for part in row),
        mono=all(part.mono for part in row),
        end=row[-1].end,
    )


def _columns_apart(rows: list[list[Line]]) -> list[list[Line]]:
    """Return the rows with two columns of text that were drawn across read one after the other.

    Only where the right halves of several rows start at the same place and both halves hold running words; a
    table's cells and a page number at the edge do not.
    """
    halves = [row for row in rows if len(row) == 2]
    starts = Counter(round(row[1].x / 3) for row in halves)
    if not starts or starts.most_common(1)[0][1] < _COLUMN_ROWS:
        return rows
    place = starts.most_common(1)[0][0] * 3
    split = [index for index, row in enumerate(rows) if len(row) == 2 and abs(row[1].x - place) <= 3]
    for side in (0, 1):
        words = sum(len(rows[index][side].text.split()) for index in split)
        if words < _COLUMN_WORDS * len(split):
            return rows
    first, last = split[0], split[-1] + 1
    parts = [[part] for row in rows[first:last] for part in row]
    left = [row for row in parts if row[0].x < place - 3]
    right = [row for row in parts if row[0].x >= place - 3]
    return rows[:first] + left + right + rows[last:]
