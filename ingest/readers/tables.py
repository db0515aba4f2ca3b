"""CSV and TSV: one table with its header, a row a line.

The text is walked twice, row by row, and no row is kept but as its line: a list of cells takes ten times the text.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from corpus.documents import Block, BlockKind, Document, Section
from corpus.errors import SourceError
from ingest.readers.source import RawSource

MOST_COLUMNS = 500
"""Columns that are read; a header of more would fill whole passages. What is left out is said in the notes."""

MOST_ROWS = 200_000
"""Rows that are read: a larger table is a data set, not something one learns from."""

_DELIMITERS = {".csv": ",;\t|", ".tsv": "\t,;|"}
_MOST_CELLS = 100_000  # of one line: a line of commas only would take eight bytes for each
_SAMPLE_ROWS = 50
_SEP_LINE = re.compile(r"\Asep=(.)\n", re.IGNORECASE)  # Excel's own way to name the delimiter
_NUMBER = re.compile(r"[-+]?[\d.,:/%$€£\s-]*\d[\d.,:/%$€£\s-]*(?:[eE][-+]?\d+)?%?")  # numbers, dates and times
_LONGEST_NAME = 80


@dataclass(slots=True)
class _Shape:
    """What the first walk finds: the first row that has text, and which columns have any in the rows below it."""

    first: list[str] = field(default_factory=list)
    rows: int = 0
    filled: set[int] = field(default_factory=set)
    repeated: bool = False  # whether a value of the first row stands below it, as names of columns do not
    has_header: bool = False
    columns_left_out: int = 0


def read(raw: RawSource) -> Document:
    """Return the file as one table; its columns are "Column 1 …" where the first row does not name them.

    Raises:
        SourceError: it is not text, has no cell with text, or one that never ends.
    """
    text = raw.text()
    delimiter, start = _delimiter(text, raw.suffix)
    try:
        shape = _shape(_rows(text, start, delimiter))
        lines = _lines(_rows(text, start, delimiter), shape)
    except csv.Error as error:
        raise SourceError(
            raw.name,
            f"this is not a table that can be read ({error})",
            'Check its quotation marks ("), or save it again as CSV from a spreadsheet, and ingest that.',
        ) from error
    if not shape.rows:
        raise SourceError(raw.name, "there is no text in it", "Check that it is the file you meant.")
    section = Section((Block("\n".join(lines), BlockKind.TABLE),), url=raw.url)
    return Document(raw.name, raw.stem, (section,), raw.sha256, raw.kind, raw.url, tuple(_notes(shape)))


def _delimiter(text: str, suffix: str) -> tuple[str, int]:
    """Return what parts the cells and where the table starts: what cuts most rows into equally many cells."""
    if named := _SEP_LINE.match(text):
        return named[1], named.end()
    candidates = _DELIMITERS.get(suffix, _DELIMITERS[".csv"])
    return max(candidates, key=lambda candidate: _evenness(text, candidate)), 0  # the first of equals


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    try:
        counts = Counter(len(row) for row in islice(_rows(text, 0, delimiter), _SAMPLE_ROWS))
    except csv.Error:
        return 0.0, 0
    cells, rows = counts.most_common(1)[0] if counts else (1, 0)
    return (rows / counts.total(), cells) if cells > 1 else (0.0, 0)


def _rows(text: str, start: int, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows that have text, each cell on one line."""
    reader = csv.reader(_text_lines(text, start, delimiter), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    for row in reader:
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            yield cells


def _text_lines(text: str, start: int, delimiter: str) -> Iterator[str]:
    """Yield the lines one by one: `splitlines` would copy the text, and ends lines where CSV does not."""
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if text.count(delimiter, start, end) > _MOST_CELLS:
            raise csv.Error(f"a row has more than {_MOST_CELLS:,} cells")
        yield text[start:end]
        start = end


def _shape(rows: Iterator[list[str]]) -> _Shape:
    shape = _Shape()
    for row in rows:
        shape.rows += 1
        shape.columns_left_out = max(shape.columns_left_out, len(row) - MOST_COLUMNS)
        cells = row[:MOST_COLUMNS]
        if shape.rows == 1:
            shape.first = cells
            continue
        shape.filled.update(column for column, cell in enumerate(cells) if cell)
        shape.repeated = shape.repeated or any(
            cell and cell == first for cell, first in zip(cells, shape.first, strict=False)
        )
    shape.has_header = shape.rows > 1 and not shape.repeated and _are_names(shape.first, shape.filled)
    if not shape.has_header:  # then the first row is one like the others
        shape.filled.update(column for column, cell in enumerate(shape.first) if cell)
    return shape


def _are_names(first: list[str], filled: set[int]) -> bool:
    """Return whether a first row names the columns: distinct short texts and no numbers; some may have no name."""
    names = [name for column, name in enumerate(first) if name and column in filled]
    return 0 < len(names) == len(set(names)) and not any(
        len(name) > _LONGEST_NAME or _NUMBER.fullmatch(name) for name in names
    )


def _lines(rows: Iterator[list[str]], shape: _Shape) -> list[str]:
    """Return the header and the rows as lines, without columns that have no text."""
    columns = sorted(shape.filled)
    names = next(rows, []) if shape.has_header else []
    named = dict(enumerate(names))
    lines = [" | ".join(named.get(column) or f"Column {column + 1}" for column in columns)]
    for row in islice(rows, MOST_ROWS):
        cells = (row[column] if column < len(row) else "" for column in columns)
        lines.append(" | ".join(cells).rstrip(" |"))
    return lines


def _notes(shape: _Shape) -> Iterator[str]:
    if shape.columns_left_out > 0:
        yield f"{shape.columns_left_out:,} columns beyond the first {MOST_COLUMNS:,} were left out"
    if (left_out := shape.rows - shape.has_header - MOST_ROWS) > 0:
        yield f"{left_out:,} rows beyond the first {MOST_ROWS:,} were left out"
