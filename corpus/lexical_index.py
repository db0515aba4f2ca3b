"""Lexical search: BM25 with stemming over title, headings and text, by SQLite's FTS5.

It lies in the manifest's database, so that a passage and its words become findable, and vanish, in one
transaction. Triggers keep it in step with the `chunks` table.

BM25: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework"; FTS5 fixes k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

SCHEMA = """
CREATE VIRTUAL TABLE IF NOT EXISTS lexical USING fts5(
    context, text, content='chunks', content_rowid='rowid', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE IF NOT EXISTS lexical_words USING fts5vocab(lexical, row);
CREATE TRIGGER IF NOT EXISTS lexical_insert AFTER INSERT ON chunks BEGIN
    INSERT INTO lexical(rowid, context, text) VALUES (new.rowid, new.context, new.text);
END;
CREATE TRIGGER IF NOT EXISTS lexical_delete AFTER DELETE ON chunks BEGIN
    INSERT INTO lexical(lexical, rowid, context, text) VALUES ('delete', old.rowid, old.context, old.text);
END;
"""

CONTEXT_WEIGHT = 2.0
TEXT_WEIGHT = 1.0
MAX_TERMS = 32

STOP_WORDS = frozenset(
    """a about an and any are as at be been but by can could did do does for from had has have how i if in into is
    it its may me my no not of on or our shall should so some than that the their them then there these they this
    to us use used using want was we were what when where which who why will with would you your""".split()
)

_WORD = re.compile(r"\w+", re.UNICODE)


def search(connection: sqlite3.Connection, question: str, k: int) -> list[tuple[str, float]]:
    """The k best chunk ids with their BM25 score (higher is better), best first; [] when no word is left."""
    query = match_expression(question)
    if not query:
        return []
    rows = connection.execute(
        """SELECT chunks.id, -bm25(lexical, ?, ?) AS score FROM lexical JOIN chunks ON chunks.rowid = lexical.rowid
           WHERE lexical MATCH ? ORDER BY score DESC, chunks.id LIMIT ?""",
        (CONTEXT_WEIGHT, TEXT_WEIGHT, query, k),
    )
    return [(str(row[0]), float(row[1])) for row in rows]


def passages_with(connection: sqlite3.Connection, stems: Sequence[str]) -> dict[str, int]:
    """For each stem how many passages hold it; 0 for one that none does."""
    counts = {}
    for stem in stems:
        row = connection.execute("SELECT doc FROM lexical_words WHERE term = ?", (stem,)).fetchone()
        counts[stem] = 0 if row is None else int(row[0])
    return counts


def match_expression(question: str) -> str:
    """The question as an FTS5 query: its content words, each quoted, any of which may match.

    Stop words go unless nothing else is there; words beyond the first `MAX_TERMS` are left out, so that
    a pasted page costs no more than a long question.
    """
    words = dict.fromkeys(word.lower() for word in _WORD.findall(question))
    content = [word for word in words if word not in STOP_WORDS] or list(words)
    return " OR ".join(f'"{word}"' for word in content[:MAX_TERMS])
