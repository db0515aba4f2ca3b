"""Which services are in the library as they would be read again: told from files and records, without parsing.

A mark is a hash over all that the documents of a service come from: botocore's files, what the pack says of the
service, the code that reads and splits, the embedding model whose tokens are counted, how passages are tagged, and
the service's records in the library. When any of them changes, or a document is forgotten, the mark differs and the
service is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from corpus import sentences
from corpus.api_services import Api
from corpus.errors import SourceError
from corpus.library import Library
from corpus.manifest import SourceRecord
from ingest.api.models import PREFIX, model_digest


def records_by_service(records: Iterable[SourceRecord]) -> dict[str, list[SourceRecord]]:
    """The records of API references, under the service's name."""
    found: dict[str, list[SourceRecord]] = {}
    for record in records:
        if record.id.startswith(PREFIX):
            found.setdefault(record.id.removeprefix(PREFIX).split("/")[0], []).append(record)
    return found


def is_current(service: str, about: Api | None, library: Library, records: Sequence[SourceRecord], tags: str) -> bool:
    """Whether reading the service anew would find every document unchanged."""
    known = library.manifest.get_meta(f"{PREFIX}{service}")
    try:
        return known is not None and known == _mark(service, about, library, records, tags)
    except SourceError:  # botocore has it no longer; reading it says so
        return False


def set_current(service: str, about: Api | None, library: Library, records: Sequence[SourceRecord], tags: str) -> None:
    """Note that the records are all of the service as it is now."""
    library.manifest.set_meta(f"{PREFIX}{service}", _mark(service, about, library, records, tags))


def _mark(service: str, about: Api | None, library: Library, records: Sequence[SourceRecord], tags: str) -> str:
    parts = [model_digest(service), repr(about), _code_digest(), library.embedder.name, tags]
    parts += [f"{record.id} {record.sha256} {record.recipe}" for record in records]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _code_digest() -> str:
    """Of all our code between a source and its passages: no version to raise by hand, and none to forget."""
    digest = hashlib.sha256()
    for file in _code():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _code() -> Iterator[Path]:
    yield from sorted(Path(__file__).parents[1].rglob("*.py"))
    yield Path(sentences.__file__)
