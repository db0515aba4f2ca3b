"""An exam guide is read in a process of its own: what harms that is named, and harms nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import SourceError
from ingest.exam_guide.process import read_guide_file
from ingest.exam_guide.reading import read_guide
from ingest.readers.source import RawSource
from tests.conftest import SHARED_DATA
from tests.ingest.hostile_maker import PDFS, nested_streams
from tests.pdf_maker import make_pdf

GUIDES = SHARED_DATA / "exam-guides"


@pytest.mark.skipif(not GUIDES.is_dir(), reason="the exam guides are not here")
def test_a_guide_says_the_same_as_when_it_is_read_in_this_process() -> None:
    guide = sorted(GUIDES.glob("*.pdf"))[0]
    here = read_guide(RawSource(str(guide), guide.read_bytes()))
    there = read_guide_file(guide, 64)
    assert (there.blueprint, there.remarks) == (here.blueprint, here.remarks)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("letter.pdf", make_pdf([["Dear reader"]]), "this is no AWS exam guide"),
        ("text.pdf", b"no PDF at all", "not a PDF, or it is broken"),
        ("bomb.pdf", nested_streams(400, 3), "."),
        ("cycle.pdf", PDFS["pages-cycle"], "."),
        ("deep.pdf", PDFS["kids-deep"], "."),
    ],
)
def test_what_is_no_guide_or_does_harm_is_named(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=rf"{name}: .*{problem}") as error:
        read_guide_file(tmp_path / name, 64)
    assert error.value.hint


def test_a_guide_that_takes_too_long_is_broken_off(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(make_pdf([["Domain 1: Design"]]))
    with pytest.raises(SourceError, match="more than 0 seconds"):
        read_guide_file(tmp_path / "guide.pdf", 64, seconds=0.001)


def test_a_guide_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(b"x" * 1_000_001)
    with pytest.raises(SourceError, match="more than the 1 MB allowed"):
        read_guide_file(tmp_path / "guide.pdf", 1)
