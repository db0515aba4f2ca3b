"""Do the sentences shown hold the answer?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.sentences import sentence_spans

SENTENCES = 3
"""How many sentences may be shown."""

_WORD = re.compile(r"\w+")
_ARTICLES = frozenset(["a", "an", "the"])


def shown_sentences(quotes: Iterable[str]) -> tuple[str, ...]:
    """What counts as shown: the first three sentences of the first three quotes, each once."""
    first = list(quotes)[:SENTENCES]
    sentences = [quote[start:end] for quote in first for start, end in sentence_spans(quote)]
    return tuple(dict.fromkeys(sentences))[:SENTENCES]


def token_recall(answer: str, shown: Iterable[str]) -> float | None:
    """The share of the answer's distinct words that the sentences hold, 0..1; None where it has no word.

    Words are compared as SQuAD's evaluation compares them (Rajpurkar et al. 2016): in lower case, without
    punctuation and articles. "Answer in quote" is a recall of 1.
    """
    wanted = _words(answer)
    if not wanted:
        return None
    return len(wanted & _words(" ".join(shown))) / len(wanted)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower().replace("_", " "))) - _ARTICLES
