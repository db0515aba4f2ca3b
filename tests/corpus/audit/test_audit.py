"""The registry as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.audit import CHECKS, audit
from corpus.embedder import HashEmbedder
from corpus.errors import SourceError
from corpus.exam_pack import ExamPack


def test_every_check_is_made_in_order_and_named_as_it_is_registered(small_pack: ExamPack, tmp_path: Path) -> None:
    report = audit(small_pack, embedder=HashEmbedder(), documents=tmp_path)
    assert [outcome.check for outcome in report.outcomes] == list(CHECKS)
    assert {finding.check for finding in report.findings} == {"coverage", "rationales"}
    assert report.skipped == ()
    assert report.outcome("coverage").findings == report.findings[: len(report.outcome("coverage").findings)]
    with pytest.raises(KeyError):
        report.outcome("spelling")


def test_without_documents_two_checks_are_skipped_and_say_so(small_pack: ExamPack) -> None:
    report = audit(small_pack, embedder=HashEmbedder(), documents=None)
    assert [outcome.check for outcome in report.skipped] == ["figures", "overlap"]
    assert {outcome.skipped for outcome in report.skipped} == {"no folder of documents was given"}


def test_a_missing_folder_of_documents_is_refused(small_pack: ExamPack, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such folder"):
        audit(small_pack, embedder=HashEmbedder(), documents=tmp_path / "none")
