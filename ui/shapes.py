"""The JSON that programs rely on: one function a shape. Keys may be added, none renamed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from corpus.errors import ExamTutorError
from corpus.library import LibraryState, Removed
from corpus.manifest import SourceRecord
from ingest.pipeline import IngestReport
from tutor.answers import Answer, Citation

Json = dict[str, Any]


def citation_json(citation: Citation) -> Json:
    """`{"chunk_id", "source", "title", "page", "heading", "url", "quote"}`."""
    chunk = citation.chunk
    return {
        "chunk_id": chunk.id,
        "source": chunk.source,
        "title": chunk.title,
        "page": chunk.location.page,
        "heading": list(chunk.location.heading),
        "url": chunk.location.url,
        "quote": citation.quote,
    }


def answer_json(answer: Answer) -> Json:
    """`{"question", "engine", "abstained", "confidence", "claims", "nearest", "note"}`."""
    return {
        "question": answer.question,
        "engine": answer.engine,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "claims": [
            {"text": claim.text, "citations": [citation_json(citation) for citation in claim.citations]}
            for claim in answer.claims
        ],
        "nearest": [citation_json(citation) for citation in answer.nearest],
        "missing": list(answer.evidence.missing) if answer.abstained else [],
        "note": answer.note,
    }


def ingest_json(report: IngestReport) -> Json:
    """`{"sources": [{"path", "status", "chunks", "reason", "title", "notes"}]}`; `notes` are the reader's remarks."""
    return {
        "sources": [
            {
                "path": r.path,
                "status": str(r.status),
                "chunks": r.chunks,
                "reason": r.reason,
                "title": r.title,
                "notes": list(r.notes),
            }
            for r in report.sources
        ]
    }


def sources_json(records: Iterable[SourceRecord], state: LibraryState) -> Json:
    """`{"sources": [{"source", "title", "kind", "url", "chunks", "added_at"}], "chunks", "embedded", "embedder"}`."""
    return {
        "sources": [
            {
                "source": record.id,
                "title": record.title,
                "kind": record.kind,
                "url": record.url,
                "chunks": record.chunks,
                "added_at": record.added_at.isoformat(),
            }
            for record in records
        ],
        "chunks": state.chunks,
        "embedded": state.embedded,
        "embedder": state.embedder,
    }


def removed_json(named: str, removed: Sequence[Removed]) -> Json:
    """`{"removed": str, "sources": [{"source", "passages", "vectors", "cached"}]}`: a source, or a folder's."""
    return {
        "removed": named,
        "sources": [
            {"source": one.source, "passages": one.passages, "vectors": one.vectors, "cached": one.cached}
            for one in removed
        ],
    }


def error_json(error: ExamTutorError) -> Json:
    """`{"error", "hint"}`: what happened, and what to do next or ""; the exit status is 1."""
    return {"error": error.message, "hint": error.hint}
