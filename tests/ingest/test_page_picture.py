"""A cited page as a picture: the quote is marked, and a file that was changed is not shown."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.page_picture import page_picture
from ingest.page_picture_worker import MARKER, marked_lines
from tests.browser.written_pdf import written_pdf

LINES = ["The quokka protocol retries a failed batch", "exactly seven times before it alerts."]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "a.pdf"
    file.write_bytes(written_pdf(LINES))
    return file


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_quote_over_two_lines_gets_a_box_on_each(pdf: Path) -> None:
    # The lines stand at 780 and 764 points from the bottom; the quote begins and ends within them.
    page = pypdfium2.PdfDocument(pdf)[0]
    first, second = marked_lines(page, "retries a failed batch exactly\nseven times")
    assert first[1] < 790
    assert first[3] > 780
    assert second[1] < 774
    assert second[3] > 764
    assert first[0] > second[0] == pytest.approx(60, abs=2)
    assert marked_lines(page, "something else altogether") == []


def test_the_picture_has_the_marker_on_it(pdf: Path) -> None:
    picture = Image.open(io.BytesIO(page_picture(pdf, sha256(pdf), 1, "exactly seven times"))).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(maxcolors=100_000) or ()}
    assert min(sum(abs(a - b) for a, b in zip(colour, MARKER, strict=True)) for colour in colours) < 20


def test_a_changed_or_broken_file_gives_no_picture(pdf: Path) -> None:
    before = sha256(pdf)
    pdf.write_bytes(pdf.read_bytes() + b" ")
    assert page_picture(pdf, before, 1, "seven") == b""
    pdf.write_bytes(b"%PDF-1.4 nothing more")
    assert page_picture(pdf, sha256(pdf), 1, "seven") == b""
