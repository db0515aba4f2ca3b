"""What the page's tests share: all that stands behind the page, over the small pack and a fixed clock."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from ui.background import Background
from ui.page.study import Study


@pytest.fixture
def study(library: Library, small_pack: ExamPack) -> Iterator[Study]:
    """The small pack in a library, a ledger in the test's own home, no accounts; nothing runs behind it."""
    ingest_pack(small_pack, library, now=NOW)
    background = Background(library, small_pack, Settings())
    background.ready()
    rng = random.Random(1)  # noqa: S311  to be repeated, not to be secret
    study = Study(Settings(), small_pack, library, background, None, now=lambda: NOW, rng=rng)
    yield study
    study.close()
