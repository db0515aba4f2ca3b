"""The ledger: everything a learner did, in the order it was recorded. All else about them is worked out from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tutor.learner.attempts import Attempt, Entry
from tutor.learner.ledger_database import LedgerDatabase
from tutor.learner.ledger_lines import Record, decode, encode, exported, imported, sort_of

_ADD = """
INSERT INTO ledger (learner, exam, sort, id, kind, about, content)
VALUES (:learner, :exam, :sort, :id, :kind, :about, :content)
ON CONFLICT (learner, sort, id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import: `new` were added, `known` were there already; `exams` counts the file's lines by exam.

    Lines of any exam are kept: `of_other_exams` are those that the exam at hand shows nothing of.
    """

    new: int
    known: int
    exams: Mapping[str, int]

    def of_other_exams(self, exam: str) -> dict[str, int]:
        """How many of the file's lines belong to which other exam."""
        return {code: count for code, count in self.exams.items() if code != exam}


class Ledger:
    """Append-only, for several learners, each seeing their own; used by threads and processes at once.

    What is recorded is on disk when the call returns. A record counts once for a learner however often it is
    written: its first form stays. Every method raises `LedgerError` when the file or the server fails.
    """

    def __init__(self, place: str | Path) -> None:
        """Open the ledger in a file, or at an address (`sqlite:///FILE`, `postgresql://…`); make it when it is new.

        Raises:
            LedgerError: it cannot be opened; a file that is something else is left as it is.
        """
        self._database = LedgerDatabase(place)

    def record(self, *attempts: Attempt) -> int:
        """Add attempts, all or none; how many were new."""
        return self._add(attempts)

    def write(self, *entries: Entry) -> int:
        """Add entries, all or none; how many were new."""
        return self._add(entries)

    def attempts(self, learner: str, exam: str) -> list[Attempt]:
        """A learner's attempts at an exam's questions in the order they were recorded, whatever their clock said."""
        rows = self._database.read(
            "SELECT content FROM ledger WHERE learner = :learner AND exam = :exam AND sort = 'attempt' ORDER BY seq",
            learner=learner,
            exam=exam,
        )
        return [cast(Attempt, decode("attempt", row["content"])) for row in rows]

    def entries(self, learner: str, exam: str, kind: str | None = None, about: str | None = None) -> list[Entry]:
        """A learner's entries for an exam in the order they were written, of one kind, about one thing, or all."""
        rows = self._database.read(
            "SELECT content FROM ledger WHERE learner = :learner AND exam = :exam AND sort = 'entry'"
            " AND (kind = :kind OR CAST(:kind AS TEXT) IS NULL)"
            " AND (about = :about OR CAST(:about AS TEXT) IS NULL) ORDER BY seq",
            learner=learner,
            exam=exam,
            kind=kind,
            about=about,
        )
        return [cast(Entry, decode("entry", row["content"])) for row in rows]

    def learners(self) -> list[str]:
        """Who has anything in the ledger, by name."""
        return sorted(row["learner"] for row in self._database.read("SELECT DISTINCT learner FROM ledger"))

    def export(self, learner: str) -> Iterator[str]:
        """All a learner's lines, of every exam, as JSON without line ends; the first one names the format."""
        rows = self._database.read(
            "SELECT sort, content FROM ledger WHERE learner = :learner ORDER BY seq", learner=learner
        )
        return exported((row["sort"], row["content"]) for row in rows)

    def import_lines(self, lines: Iterable[str], learner: str) -> ImportReport:
        """Add what was exported, from whichever learner, to this learner's.

        Raises:
            LedgerError: a line is wrong; it is named by its number, and nothing is imported.
        """
        records = imported(lines, learner)
        new = self._add(records)
        return ImportReport(new, len(records) - new, Counter(record.exam for record in records))

    def delete(self, learner: str) -> int:
        """Delete all of a learner's lines for good; how many there were. An SQLite file keeps no trace of them."""
        deleted = self._database.write("DELETE FROM ledger WHERE learner = :learner", [{"learner": learner}])
        self._database.wipe()
        return deleted

    def close(self) -> None:
        """Close the connections of all threads."""
        self._database.close()

    def _add(self, records: Iterable[Record]) -> int:
        return self._database.write(_ADD, [_row(record) for record in records])


def _row(record: Record) -> dict[str, str]:
    return {
        "learner": record.learner,
        "exam": record.exam,
        "sort": sort_of(record),
        "id": record.id,
        "kind": "" if isinstance(record, Attempt) else record.kind,
        "about": record.question if isinstance(record, Attempt) else record.about,
        "content": encode(record),
    }
