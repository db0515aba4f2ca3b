"""Checks a library's parts against one another, and mends what can be mended without its sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from corpus.errors import LibraryError
from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that is not as it should be. `mend` puts it right; None where only reading anew helps."""

    part: str
    problem: str
    mend: Callable[[], None] | None = None


def examine(library: Library) -> list[Complaint]:
    """Every complaint, in the order they should be mended; [] for a sound library.

    Looks at the manifest's file, its counts, the lexical index, whether the vector cache has, and the vector index
    has exactly, the passages that the manifest says have a vector. Nobody writes meanwhile. Where another process
    has the vector index, that is not looked at.
    """
    with library.writing():
        return [*_file(library), *_counts(library), *_lexical(library), *_cached(library), *_vectors(library)]


def repair(library: Library) -> list[Complaint]:
    """Mend what can be mended; returns the complaints that were there. Missing vectors are left pending."""
    with library.writing():
        complaints = examine(library)
        for complaint in complaints:
            if complaint.mend is not None:
                complaint.mend()
        return complaints


def _file(library: Library) -> Iterator[Complaint]:
    with library.manifest.errors():
        found = library.manifest.connection.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        yield Complaint("manifest", f"the database file is damaged: {found}")


def _counts(library: Library) -> Iterator[Complaint]:
    with library.manifest.errors():
        wrong = library.manifest.connection.execute(
            """SELECT id FROM sources WHERE chunks != (SELECT count(*) FROM chunks WHERE source = sources.id)
               UNION SELECT source FROM chunks WHERE source NOT IN (SELECT id FROM sources)"""
        ).fetchall()
    for (source,) in wrong:
        yield Complaint(
            "manifest",
            f"the passages of {source} are not as many as recorded; it is taken out, ingest it again",
            partial(_take_out, library, source),
        )


def _take_out(library: Library, source: str) -> None:
    library.remove(source)


def _lexical(library: Library) -> Iterator[Complaint]:
    connection = library.manifest.connection
    try:
        # With rank 1 FTS5 also compares the index with the table it indexes.
        connection.execute("INSERT INTO lexical(lexical, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield Complaint("lexical index", f"it does not match the passages ({error})", lambda: _rebuild(library))


def _rebuild(library: Library) -> None:
    with library.manifest.transaction() as connection:
        connection.execute("INSERT INTO lexical(lexical) VALUES ('rebuild')")


def _cached(library: Library) -> Iterator[Complaint]:
    if library.state().embedder == library.embedder.name and (missing := library.vectors.not_cached()):
        yield Complaint(
            "vector cache",
            f"{len(missing)} passages are recorded as embedded and their vectors are not in it",
            lambda: library.manifest.mark_pending(missing),
        )


def _vectors(library: Library) -> Iterator[Complaint]:
    if library.state().embedder is None or library.vectors.own() is not None:
        return
    try:
        there = library.vectors.index().ids()
    except LibraryError as error:
        yield Complaint("vector index", f"it cannot be read ({error.message})", library.discard_vectors)
        return
    wanted = library.manifest.embedded().keys()
    if missing := wanted - there:
        yield Complaint(
            "vector index",
            f"{len(missing)} passages are recorded as embedded and are not in it",
            lambda: library.manifest.mark_pending(missing),
        )
    if extra := there - wanted - set(library.manifest.stale()):
        yield Complaint(
            "vector index",
            f"{len(extra)} vectors in it belong to no passage",
            lambda: library.vectors.index().remove(sorted(extra)),
        )
