"""How sources and passages lie in the manifest's tables: a row to a record, a passage to a row and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from corpus.chunks import Chunk, Tags
from corpus.documents import Location

SOURCE_COLUMNS = "id, title, kind, url, sha256, recipe, added_at, chunks"
CHUNK_COLUMNS = 'id, text, source, title, kind, heading, page, url, start, "end", domain, task, confidence, cards'


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One indexed source. `recipe` names how it was read and split: another recipe, and it is read again."""

    id: str
    title: str
    kind: str
    url: str | None
    sha256: str
    recipe: str
    added_at: datetime
    chunks: int


def source_row(record: SourceRecord) -> tuple[object, ...]:
    """A record as `SOURCE_COLUMNS`."""
    return (
        record.id,
        record.title,
        record.kind,
        record.url,
        record.sha256,
        record.recipe,
        record.added_at.isoformat(),
        record.chunks,
    )


def to_source(row: tuple[str, ...]) -> SourceRecord:
    """The record in `SOURCE_COLUMNS`."""
    key, title, kind, url, sha256, recipe, added_at, chunks = row
    return SourceRecord(key, title, kind, url, sha256, recipe, datetime.fromisoformat(added_at), int(chunks))


def chunk_row(chunk: Chunk) -> tuple[object, ...]:
    """A passage as `CHUNK_COLUMNS`."""
    place, tags = chunk.location, chunk.tags
    return (
        chunk.id,
        chunk.text,
        chunk.source,
        chunk.title,
        chunk.kind,
        json.dumps(place.heading, ensure_ascii=False),
        place.page,
        place.url,
        place.start,
        place.end,
        tags.domain,
        tags.task,
        tags.confidence,
        json.dumps(tags.cards),
    )


def to_chunk(row: tuple[str, ...]) -> Chunk:
    """The passage in `CHUNK_COLUMNS`."""
    key, text, source, title, kind, heading, page, url, start, end, domain, task, confidence, cards = row
    return Chunk(
        id=key,
        text=text,
        source=source,
        title=title,
        kind=kind,
        location=Location(
            start=int(start),
            end=int(end),
            heading=tuple(json.loads(heading)),
            page=None if page is None else int(page),
            url=url,
        ),
        tags=Tags(domain=domain, task=task, confidence=float(confidence), cards=tuple(json.loads(cards))),
    )
