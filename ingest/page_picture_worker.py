"""The child process that draws a page of a PDF, and the one place that imports pypdfium2.

`python -m ingest.page_picture_worker` takes one job as JSON on standard input, and answers with a PNG on standard
output: the page with the quote marked. Nothing comes where the file is not the one that was cited.
"""

from __future__ import annotations

import hashlib
import io
import json
import signal
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from ingest.process_limits import claim_standard_output, limit_memory, limit_seconds

MEMORY = 1_500_000_000
SECONDS = 10
WIDTH = 1_000
MOST_HEIGHT = 2_000
COLOURS = 48
"""A page of text needs no more; a third of the bytes."""

MARKER = (255, 226, 130)
LEAST_MARKED = 12
"""Letters and digits of a piece of a quote that is looked for when the whole is not on the page."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's lower left corner."""


def main() -> None:
    """Answer the one job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = claim_standard_output()
    limit_memory(MEMORY)
    limit_seconds(SECONDS)
    answers.write(_picture(json.load(sys.stdin)))
    answers.flush()


def _picture(job: dict[str, Any]) -> bytes:
    with open(job["path"], "rb") as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != job["sha256"]:
        return b""
    document = pypdfium2.PdfDocument(data)
    first = int(job["page"]) - 1
    for number in range(first, min(first + 2, len(document))):  # a passage may run on to the next page
        if boxes := marked_lines(document[number], job["quote"]):
            return _drawn(document[number], boxes)
    return _drawn(document[first], [])


def marked_lines(page: pypdfium2.PdfPage, quote: str) -> list[Box]:
    """A box for every line that a quote takes on the page; none where it is not there.

    Only letters and digits are compared: the text was put together from the same page by another library, with its
    own idea of spaces, hyphens and ligatures.
    """
    text = page.get_textpage()
    letters, places = [], []
    for index in range(text.count_chars()):
        for letter in _plain(chr(raw.FPDFText_GetUnicode(text, index))):
            letters.append(letter)
            places.append(index)
    found = _found("".join(letters), _plain(quote))
    return list(_lines([text.get_charbox(index) for index in dict.fromkeys(places[at] for at in found)]))


def _plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def _found(page: str, quote: str) -> range:
    """Where the quote stands; else its beginning, which may end the page, or its end, which may begin it."""
    if (at := page.find(quote)) >= 0 and quote:
        return range(at, at + len(quote))
    for length in range(len(quote) - 1, LEAST_MARKED - 1, -1):
        if page.endswith(quote[:length]):
            return range(len(page) - length, len(page))
        if page.startswith(quote[-length:]):
            return range(length)
    half = len(quote) // 2
    for piece in (quote[:half], quote[half:]):
        if len(piece) >= LEAST_MARKED and (at := page.find(piece)) >= 0:
            return range(at, at + len(piece))
    return range(0)


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Join the boxes of letters that stand beside each other."""
    line: Box | None = None
    for left, bottom, right, top in boxes:
        if line is not None and min(top, line[3]) - max(bottom, line[1]) > 0 and left >= line[0]:
            line = (line[0], min(bottom, line[1]), max(right, line[2]), max(top, line[3]))
            continue
        if line is not None:
            yield line
        line = (left, bottom, right, top)
    if line is not None:
        yield line


def _drawn(page: pypdfium2.PdfPage, boxes: Sequence[Box]) -> bytes:
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), MOST_HEIGHT / max(height, 1))
    bitmap = page.render(scale=scale)
    image = bitmap.to_pil().convert("RGB")
    if boxes:
        marks = Image.new("RGB", image.size, "white")
        draw = ImageDraw.Draw(marks)
        to_device = bitmap.get_posconv(page)
        for left, bottom, right, top in boxes:
            corners = [to_device.to_bitmap(left - 1, top + 2), to_device.to_bitmap(right + 1, bottom - 2)]
            across, down = zip(*corners, strict=True)
            draw.rectangle((min(across), min(down), max(across), max(down)), fill=MARKER)
        image = ImageChops.multiply(image, marks)
    out = io.BytesIO()
    image.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
