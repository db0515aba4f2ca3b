"""Small real PDFs for tests: a line of text is a line on the page, in Helvetica."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

TOP, LEADING = 740.0, 14.4  # points: the first line's height; from line to line, for 12 point text


@dataclass(frozen=True)
class Text:
    """A line that is not plain 12 point text at the left margin; `y` puts it elsewhere than below the last one."""

    text: str
    size: float = 12
    bold: bool = False
    x: float = 72
    y: float | None = None
    font: str = "Helvetica"


def make_pdf(
    pages: Sequence[Sequence[str | Text]],
    *,
    title: str | None = None,
    outline: Sequence[tuple[str, int]] = (),
    user_password: str | None = None,
) -> bytes:
    """Return a PDF with these lines on its pages; "" leaves a line free, a page without lines has no text.

    `outline` holds bookmarks as (title, page number). With `user_password` the file is encrypted; "" is the
    password that every viewer tries by itself.
    """
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        stream = DecodedStreamObject()
        stream.set_data(_content(lines))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = _fonts()
    for heading, number in outline:
        writer.add_outline_item(title=heading, page_number=number - 1)
    if title is not None:
        writer.add_metadata({"/Title": title})
    if user_password is not None:
        writer.encrypt(user_password, "owner", algorithm="AES-256")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _content(lines: Sequence[str | Text]) -> bytes:
    parts: list[bytes] = []
    y = TOP
    for line in lines:
        text = line if isinstance(line, Text) else Text(line)
        y = text.y if text.y is not None else y - LEADING * text.size / 12
        font = f"{text.font}-Bold" if text.bold else text.font
        shown = text.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        if shown:
            parts.append(b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (font.encode(), text.size, text.x, y, shown))
    return b"\n".join(parts)


def _fonts() -> DictionaryObject:
    fonts = DictionaryObject()
    for name in ("Helvetica", "Helvetica-Bold", "Courier"):
        fonts[NameObject(f"/{name}")] = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject(f"/{name}"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
    return DictionaryObject({NameObject("/Font"): fonts})
