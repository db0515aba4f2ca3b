"""No audit finds anything in the pack that comes along."""

from __future__ import annotations

from types import ModuleType

import pytest

from corpus.audit import bias, calculations, coverage, duplicates, figures, overlap, rationales
from corpus.audit.findings import Outcome
from corpus.exam_pack import ExamPack, load_pack
from corpus.sentence_embedder import SentenceEmbedder
from tests.conftest import SHARED_DATA

needs_documents = pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="no ../shared/data here")


@pytest.fixture(scope="module")
def pack() -> ExamPack:
    return load_pack("mls_c01")


def said(outcome: Outcome) -> list[str]:
    return [f"{finding.file}: {finding.item}: {finding.problem}" for finding in outcome.findings]


@pytest.mark.parametrize("module", [coverage, bias, rationales, calculations], ids=lambda module: module.CHECK)
def test_nothing_is_found(module: ModuleType, pack: ExamPack) -> None:
    assert said(module.check(pack)) == []


def test_no_two_stems_are_near(pack: ExamPack) -> None:
    """The one test here that loads the model, once."""
    assert said(duplicates.check(pack, SentenceEmbedder())) == []


@needs_documents
def test_figures_stand_in_their_sources(pack: ExamPack) -> None:
    assert said(figures.check(pack, SHARED_DATA)) == []


@needs_documents
def test_no_sentence_is_a_documents(pack: ExamPack) -> None:
    assert said(overlap.check(pack, SHARED_DATA)) == []
