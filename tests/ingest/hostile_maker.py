"""Files made to harm whoever reads them, small where they can be. Each function says what its file does."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from itertools import pairwise

MEGABYTE = 1_000_000


def pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"", startxref: int | None = None) -> bytes:
    """Return a PDF of these objects, whose root is number 1, with a table of their places."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (max(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % (table if startxref is None else startxref))


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def said(text: str) -> bytes:
    return stream(b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % text.encode())


FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>" % FONT
ONE_PAGE = {1: CATALOG, 2: PAGES, 3: PAGE, 4: said("Tea grows here.")}


def one_page(changed: Mapping[int, bytes], **options: bytes | int) -> bytes:
    """Return a sound PDF of one page that says "Tea grows here.", with these objects instead of its own."""
    return pdf({**ONE_PAGE, **changed}, **options)  # type: ignore[arg-type]


def many_pages(count: int) -> bytes:
    """Return a PDF with so many pages, each with a text of its own."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * number) for number in range(count))
    objects = {1: CATALOG, 2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)}
    for number in range(count):
        objects[10 + 2 * number] = PAGE.replace(b"4 0 R", b"%d 0 R" % (11 + 2 * number))
        objects[11 + 2 * number] = said(f"Leaf {number} steeps alone.")
    return pdf(objects)


def nested_streams(megabytes: int, times: int = 2) -> bytes:
    """Return a PDF whose page's content, packed several times over, unpacks to so many megabytes."""
    data = zlib.compress(bytes(megabytes * MEGABYTE), 9)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return one_page({4: stream(data, b"/Filter [%s]" % (b"/FlateDecode " * times))})


def form_that_draws_itself() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    page = PAGE.replace(FONT, FONT[:-2] + b"/XObject << /X 5 0 R >> >>")
    return one_page({3: page, 4: stream(b"/X Do"), 5: stream(b"/X Do /X Do", form)})


def endless_character_map() -> bytes:
    """Return a PDF with a font whose table maps four billion codes in one line."""
    table = b"1 beginbfrange\n<00000000> <FFFFFFFF> <0041>\nendbfrange"
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /A /ToUnicode 5 0 R >> >> >>"
    return one_page({3: PAGE.replace(FONT, font), 5: stream(table)})


def outline(*items: bytes) -> dict[int, bytes]:
    """Return objects for an outline whose items are numbered from 21."""
    named = b"<< /Dests 30 0 R >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 20 0 R /Names %s >>" % named
    root = {1: catalog, 20: b"<< /Type /Outlines /First 21 0 R /Last 21 0 R /Count 1 >>", 30: b"<< /Names [] >>"}
    return {**root, **{21 + number: item for number, item in enumerate(items)}}


PDFS: dict[str, bytes] = {
    "pages-cycle": one_page({2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"}),
    "parent-cycle": one_page({2: b"<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>"}),
    "outline-cycle": one_page(
        outline(b"<< /Title (A) /Parent 20 0 R /Next 21 0 R /First 21 0 R /Dest [3 0 R /Fit] >>")
    ),
    "outline-two-cycle": one_page(
        outline(
            b"<< /Title (A) /Parent 20 0 R /Next 22 0 R /Dest [3 0 R /Fit] >>",
            b"<< /Title (B) /Parent 20 0 R /Next 21 0 R /Dest [3 0 R /Fit] >>",
        )
    ),
    "names-cycle": one_page(
        {**outline(b"<< /Title (A) /Parent 20 0 R /Dest (a) >>"), 30: b"<< /Kids [30 0 R 30 0 R] >>"}
    ),
    "form-cycle": form_that_draws_itself(),
    "contents-cycle": one_page({4: b"[4 0 R 4 0 R]"}),
    "indirect-cycle": one_page({4: b"4 0 R"}),
    "length-cycle": one_page({4: b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"}),
    "startxref-nowhere": one_page({}, startxref=99_999_999),
    "xref-cycle": one_page({}, trailer=b"/Prev 9"),
    "xref-of-many": one_page({}).replace(b"xref\n0 1\n", b"xref\n0 99999999\n", 1),
    "size-of-many": one_page({}, trailer=b"/Size 2147483647"),
    "count-of-many": one_page({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"}),
    "object-stream-of-many": one_page({4: stream(b"1 0 ", b"/Type /ObjStm /N 999999999 /First 4")}),
    "arrays-deep": one_page({4: b"[" * 100_000 + b"]" * 100_000}),
    "dictionaries-deep": one_page({4: b"<</A" * 100_000 + b">>" * 100_000}),
    "content-deep": one_page({4: stream(b"[" * 100_000)}),
    "kids-deep": pdf(
        {
            1: CATALOG,
            2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
            **{n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(10, 5_000)},
            5_000: PAGE,
            4: said("Tea grows here."),
        }
    ),
    "columns-of-many": one_page(
        {
            4: stream(
                zlib.compress(bytes(1000)),
                b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 >>",
            )
        }
    ),
    "character-map": endless_character_map(),
}


def laughs() -> str:
    """Return Markdown whose title is a list of four of a list of four …, fifteen deep: a billion words as text."""
    names = "abcdefghijklmnop"
    lists = "".join(f"{n}: &{n} [*{o}, *{o}, *{o}, *{o}]\n" for o, n in pairwise(names))
    return f"---\na: &a [x, x]\n{lists}title: *p\n---\nTea."


def cues(count: int) -> str:
    """Return subtitles in which a cue of its own is said every second."""

    def clock(second: int) -> str:
        return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02},000"

    return "\n".join(f"{n + 1}\n{clock(n)} --> {clock(n + 1)}\nLeaf {n}.\n" for n in range(count))


TEXTS: dict[str, str] = {
    "angles.md": "<a " * 20_000 + "Tea.",
    "attributes.html": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">Tea.",
    "blank.txt": "Tea.\n" + " \n" * 1_000_000,
    "brackets.md": "[" * 20_000 + "Tea.",
    "columns.csv": ",".join(f"column {n}" for n in range(1_000_000)) + "\n",
    "columns.md": "|" * 20_000 + "\n" + "|-" * 20_000 + "|\n" + "|" * 20_000 + "\n\nTea.",
    "cues.srt": cues(20_000),
    "deep-metadata.ipynb": '{"cells": [{"cell_type": "markdown", "source": "Tea."}], "metadata": '
    + ('{"a":' * 900 + "1" + "}" * 901),
    "deep.ipynb": '{"cells": ' + "[" * 100_000,
    "divs.html": "<div>" * 100_000 + "<p>Tea.</p>",
    "entities.md": "&" * 50_000 + "Tea.",
    "front-deep.md": "---\ntitle: " + "[" * 20_000 + "\n---\nTea.",
    "front-laughs.md": laughs(),
    "ignore.txt": "ignore " * 100_000,
    "items.html": "<ul>" + "<li>A leaf of tea</li>" * 20_000 + "</ul>",
    "line.txt": "tea " * 250_000,
    "links.md": "[a](" * 10_000 + "Tea.",
    "quote.csv": 'a,b\n"' + "x\n" * 1_000_000,
    "references.md": "[a]: /b\n" * 10_000 + "Tea.",
    "stars.md": "*a **b " * 10_000 + "Tea.",
    "ticks.md": " ".join("`" * n for n in range(1, 1_000)) + " Tea.",
}
