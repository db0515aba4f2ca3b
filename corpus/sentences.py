"""Sentences and words of English prose, found by their marks."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

Span = tuple[int, int]

_BREAK = re.compile(r"(?<=[.!?。！？])[\"'”’)\]]*(?=\s)|\n")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|fig|no|dr|mr|mrs|ms|inc|st)|\b[A-Za-z])\.$", re.I)
_WORD = re.compile(r"\w+(?:[-.]\w+)*", re.UNICODE)
_PART = re.compile(r"[^\W_]+", re.UNICODE)
_stemmer = snowballstemmer.stemmer("porter")


def sentence_spans(text: str) -> list[Span]:
    """The (start, end) of every sentence, white space left out; a line end also ends a sentence.

    A full stop behind an abbreviation, an initial, or before a small letter does not.
    """
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        end = match.end()
        if match[0] != "\n" and _goes_on(text, match.start(), end):
            continue
        _add(spans, text, start, end)
        start = end
    _add(spans, text, start, len(text))
    return spans


def words(text: str) -> list[str]:
    """The words in lower case; a hyphen or a dot inside a word is kept ("k-means", "0.95")."""
    return [word.lower() for word in _WORD.findall(text)]


def stems(text: str) -> list[str]:
    """The words' stems (Porter 1980), parts of compounds each for itself: what lexical search compares."""
    return [stem(part) for part in _PART.findall(text.lower())]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """One word's stem."""
    return str(_stemmer.stemWord(word))


def _goes_on(text: str, stop: int, end: int) -> bool:
    if text[stop - 1] == "." and _ABBREVIATION.search(text[max(0, stop - 8) : stop]):
        return True
    following = text[end:].lstrip(" \t")[:1]
    return following.islower()


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    part = text[start:end]
    if part.strip():
        left = start + len(part) - len(part.lstrip())
        spans.append((left, left + len(part.strip())))
