"""Lexical search: BM25 with stemming over title, headings and text, by SQLite's FTS5.

It lies in the manifest's database, so that a passage and its words become findable, and vanish, in one
transaction. Triggers keep it in step with the `chunks` table.

BM25: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework"; FTS5 fixes k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

import difflib
import re
import sqlite3
from collections.abc import Callable, Sequence

from corpus.sentences import stem

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
COMMON_SHARE = 0.3
SCORED_PASSAGES = 8_000
"""Chosen on aws-qa/dev.jsonl over 32,746 passages, words alone: MRR@10 0.817 in 9.7 ms, against 0.792 in 20.6 ms
when every passage with any of the words is scored."""

STOP_WORDS = frozenset(
    """a about an and any are as at be been but by can could did do does for from had has have how i if in into is
    it its ll m may me my no not of on or our shall should so some than that the their them then there these they this
    s t d re ve to us use used using want was we were what when where which who why will with would you your""".split()
)

SPELLING_RATIO = 0.83
SPELLED_LETTERS = 5
"""A shorter word has too many neighbours to guess which was meant."""

DocumentFrequency = Callable[[Sequence[str]], dict[str, int]]
"""For each of some stems how many passages hold it."""

_WORD = re.compile(r"\w+", re.UNICODE)


def search(
    connection: sqlite3.Connection,
    question: str,
    k: int,
    *,
    document_frequency: DocumentFrequency,
    total: int,
) -> list[tuple[str, float]]:
    """The k best chunk ids with their BM25 score (higher is better), best first; [] when no word is left.

    `total` is how many passages there are.
    """
    words = content_words(question)
    if not words:
        return []
    # Only the best are joined: a look at `chunks` for every scored passage took a quarter of the time.
    rows = connection.execute(
        """SELECT chunks.id, -best.score AS score FROM (
               SELECT rowid, bm25(lexical, ?, ?) AS score FROM lexical WHERE lexical MATCH ?
               ORDER BY score, rowid LIMIT ?
           ) AS best JOIN chunks ON chunks.rowid = best.rowid ORDER BY score DESC, chunks.id""",
        (CONTEXT_WEIGHT, TEXT_WEIGHT, _match_expression(words, document_frequency, total), k),
    )
    return [(str(row[0]), float(row[1])) for row in rows]


def passages_with(connection: sqlite3.Connection, stems: Sequence[str]) -> dict[str, int]:
    """For each stem how many passages hold it; 0 for one that none does."""
    counts = {}
    for key in stems:
        row = connection.execute("SELECT doc FROM lexical_words WHERE term = ?", (key,)).fetchone()
        counts[key] = 0 if row is None else int(row[0])
    return counts


def stems_from(connection: sqlite3.Connection, letter: str) -> list[str]:
    """All stems that passages hold and that begin with a letter."""
    rows = connection.execute(
        "SELECT term FROM lexical_words WHERE term >= ? AND term < ?", (letter, letter + "\U0010ffff")
    )
    return [str(term) for (term,) in rows]


def similar(unknown: str, with_letter: Callable[[str], Sequence[str]]) -> list[str]:
    """Of the stems with the same first letter, those that may be meant by one that no passage holds, at most five.

    They have nearly the same letters: difflib's ratio is at least `SPELLING_RATIO`, one letter in seven wrong,
    missing or exchanged.
    """
    if len(unknown) < SPELLED_LETTERS or not unknown.isalpha():
        return []
    as_long = [stem for stem in with_letter(unknown[0]) if abs(len(stem) - len(unknown)) <= 1]
    return difflib.get_close_matches(unknown, as_long, n=5, cutoff=SPELLING_RATIO)


def content_words(question: str) -> list[str]:
    """The question's words in lower case, each once; stop words go unless nothing else is there.

    Words beyond the first `MAX_TERMS` are left out, so that a pasted page costs no more than a long question.
    """
    words = dict.fromkeys(word.lower() for word in _WORD.findall(question))
    return ([word for word in words if word not in STOP_WORDS] or list(words))[:MAX_TERMS]


def _match_expression(words: list[str], document_frequency: DocumentFrequency, total: int) -> str:
    """The words as an FTS5 query that scores a bounded number of passages, however large the library.

    A word that stands in many passages tells little and costs most. Where any of the words would have more
    than `SCORED_PASSAGES` scored, those in over `COMMON_SHARE` of all passages are left out; of the rest, the
    rarest that stay within that number decide which passages are scored, the others only add to the score.
    """
    by_stem = document_frequency([stem(word) for word in words])
    counts = {word: by_stem[stem(word)] for word in words}
    if sum(counts.values()) <= SCORED_PASSAGES:
        return _any_of(words)
    telling = [word for word in words if counts[word] <= COMMON_SHARE * total] or words
    deciding: list[str] = []
    scored = 0
    for word in sorted(telling, key=lambda word: counts[word]):
        scored += counts[word]
        if deciding and scored > SCORED_PASSAGES:
            break
        deciding.append(word)
    if len(deciding) == len(telling):
        return _any_of(telling)
    return f"({_any_of(deciding)}) AND ({_any_of(telling)})"


def _any_of(words: list[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)
