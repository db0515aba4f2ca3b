"""A learner's attempts as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tutor.learner.attempts import Attempt

COLUMNS = (
    "at", "exam", "mode", "question", "task", "difficulty", "cards", "chosen", "correct", "confidence", "seconds",
    "pack_version", "id",
)  # fmt: skip


def attempts_csv(attempts: Iterable[Attempt]) -> str:
    """The table, with a header, in the order the attempts were recorded.

    `chosen` are letters of the options in the question as the pack or the generator has it, not as a sitting showed
    them; several things in one column are separated by spaces. Lines end as RFC 4180 has it.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for attempt in attempts:
        writer.writerow(
            (
                attempt.at.isoformat(),
                attempt.exam,
                attempt.mode,
                attempt.question,
                attempt.task,
                attempt.difficulty,
                " ".join(attempt.cards),
                " ".join(chr(ord("A") + place) for place in attempt.chosen),
                "yes" if attempt.correct else "no",
                attempt.confidence or "",
                f"{attempt.seconds:g}",
                attempt.pack_version,
                attempt.id,
            )
        )
    return table.getvalue()
