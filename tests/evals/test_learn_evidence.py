"""The questions that the weights are learned from: each still finds the words that answer it."""

from __future__ import annotations

import json

import pytest

from corpus.errors import SourceError
from evals.learn_evidence import CASES, load_cases
from tests.conftest import SHARED_DATA

GUIDES = SHARED_DATA / "awsdocs-2023"


@pytest.mark.skipif(not GUIDES.is_dir(), reason="the developer guides are not here")
def test_every_case_finds_its_quote() -> None:
    cases = load_cases(GUIDES)
    assert len(cases) == 440
    assert all(case.quote for case in cases)


def test_the_halves_share_no_document() -> None:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    documents = {
        half: {d for r in rows if r["split"] == half for d in r["gold_sources"]} for half in ("learning", "development")
    }
    assert not documents["learning"] & documents["development"]


def test_a_page_that_has_changed_is_named(tmp_path) -> None:
    first = json.loads(CASES.read_text(encoding="utf-8").splitlines()[0])["gold_sources"][0]
    (tmp_path / first).parent.mkdir(parents=True)
    (tmp_path / first).write_text("another text")
    with pytest.raises(SourceError, match="another version"):
        load_cases(tmp_path)
