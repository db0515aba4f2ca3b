"""Jupyter notebooks: their Markdown and code, by the Markdown reader.

A notebook is JSON, and its cells are put into one Markdown text in which code stands in fences: headings so carry
over cells, and every rule of the Markdown reader holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from corpus.documents import Document
from corpus.errors import SourceError
from ingest.readers import markdown
from ingest.readers.source import RawSource

_LONGEST_RESULT = 400
"""Characters of a result that is kept; what is longer is a table or a dump that no one learns by."""

_OBJECT = re.compile(r"^<.*>$|\bat 0x[0-9a-f]+", re.DOTALL)  # <Figure size 640x480 with 1 Axes>: a picture's stand-in
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_TICKS = re.compile(r"`+")
_HINT = "Open it in Jupyter and save it again (File, Save Notebook), then ingest that."


def read(raw: RawSource) -> Document:
    """Return the notebook's Markdown and code cells with the headings above them; short results follow their code.

    The title is that of its metadata, else its first heading of level 1, else the file's name.

    Raises:
        SourceError: it is no notebook, of a format before 2014, or has no text.
    """
    notebook = _parsed(raw)
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        version = notebook.get("nbformat")
        problem = f"its format is {version}, from before 2014" if version in (1, 2, 3) else "it has no list of cells"
        raise SourceError(raw.name, problem, _HINT)
    metadata = notebook.get("metadata")
    title = metadata.get("title") if isinstance(metadata, dict) else None
    text = "\n\n".join(part for cell in cells for part in _cell(raw, cell))
    return markdown.document_of(raw, text, title.strip() or None if isinstance(title, str) else None)


def _parsed(raw: RawSource) -> dict[str, object]:
    try:
        notebook = json.loads(raw.text())
    except (ValueError, RecursionError) as error:
        raise SourceError(raw.name, f"this is not a notebook, or it is broken ({error})", _HINT) from error
    if not isinstance(notebook, dict):
        raise SourceError(raw.name, "this is JSON, but not a notebook", _HINT)
    return notebook


def _cell(raw: RawSource, cell: object) -> Iterator[str]:
    """Yield a cell as Markdown; raw cells are for other programs and say nothing."""
    if not isinstance(cell, dict):
        raise SourceError(raw.name, "one of its cells is not a cell", _HINT)
    source = _joined(cell.get("source"))
    if cell.get("cell_type") == "markdown":
        yield _closed(source)
    elif cell.get("cell_type") == "code" and source.strip():
        yield _fenced(source)
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else []:
            if result := _result(output):
                yield _fenced(f"Out: {result}")


def _result(output: object) -> str:
    """Return a result's plain text where it is short and not the name of an object."""
    data = output.get("data") if isinstance(output, dict) else None
    text = _joined(data.get("text/plain")).strip() if isinstance(data, dict) else ""
    return "" if len(text) > _LONGEST_RESULT or _OBJECT.search(text) else text


def _joined(source: object) -> str:
    """Return a text that may be stored as a list of lines; "" for anything else."""
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _fenced(code: str) -> str:
    """Return the code in a fence longer than any in it."""
    ticks = "`" * max([3, *(len(run) + 1 for run in _TICKS.findall(code))])
    return f"{ticks}\n{code.rstrip()}\n{ticks}"


def _closed(text: str) -> str:
    """Return a cell's Markdown with an open fence or remark closed, else it would take in the cells below."""
    fence = ""
    for line in text.splitlines():
        if not (match := _FENCE.match(line)):
            continue
        if not fence:
            fence = match[1] if match[1][0] == "~" or "`" not in match[2] else ""
        elif match[1].startswith(fence) and not match[2].strip():
            fence = ""
    if fence:
        return f"{text}\n{fence}"
    return f"{text}\n-->" if text.count("<!--") > text.count("-->") else text
