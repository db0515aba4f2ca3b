"""Audits of an exam pack: what loading it cannot see. One file a check.

coverage       every objective and in-scope service is treated, and questions are mixed as they should be
duplicates     no two questions ask the same
bias           neither length nor position of an option gives the answer away
figures        every figure of a fact stands in the document it cites
rationales     what options say of themselves agrees with the key and the cards
calculations   the figures of calculation questions come out
overlap        no eight words in a row are those of a document
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.audit import bias, calculations, coverage, duplicates, figures, overlap, rationales
from corpus.audit.api_descriptions import installed_descriptions
from corpus.audit.findings import AuditReport, Finding, Outcome
from corpus.embedder import Embedder
from corpus.errors import SourceError
from corpus.exam_pack import ExamPack

__all__ = ["CHECKS", "AuditReport", "Finding", "Outcome", "audit"]

Check = Callable[[ExamPack, Embedder, Path | None], Outcome]

CHECKS: Mapping[str, Check] = {
    coverage.CHECK: lambda pack, embedder, documents: coverage.check(pack),
    duplicates.CHECK: lambda pack, embedder, documents: duplicates.check(pack, embedder),
    bias.CHECK: lambda pack, embedder, documents: bias.check(pack),
    figures.CHECK: lambda pack, embedder, documents: figures.check(pack, documents, installed_descriptions()),
    rationales.CHECK: lambda pack, embedder, documents: rationales.check(pack),
    calculations.CHECK: lambda pack, embedder, documents: calculations.check(pack),
    overlap.CHECK: lambda pack, embedder, documents: overlap.check(pack, documents),
}


def audit(pack: ExamPack, *, embedder: Embedder, documents: Path | None) -> AuditReport:
    """Make every check of the registry. Without a folder of documents, the checks that need it are skipped.

    Raises:
        SourceError: the folder of documents is not there.
        PackError: the pack's `documents.toml` or `waivers.toml` is wrong.
        EmbedderError: the embedding model cannot be loaded.
    """
    if documents is not None and not documents.is_dir():
        raise SourceError(str(documents), "there is no such folder", "Give --documents a folder, or leave it out.")
    return AuditReport(pack.id, tuple(check(pack, embedder, documents) for check in CHECKS.values()))
