"""BM25 with stemming over the library's own passages: no model, one well-kept library (bm25s).

The library's default scoring (Lucene's variant, k1 = 1.5, b = 0.75), its English stop words, Porter's stemmer.
The one door to bm25s.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from corpus.sentences import sentence_spans, stem
from evals.retriever import Passage


class Bm25:
    """A `Retriever` by words. `passages` are (what is indexed, what is found): a heading line may stand in front."""

    name = "bm25"

    def __init__(self, passages: Sequence[tuple[str, Passage]]) -> None:
        self._ranker = _Ranker([text for text, _ in passages])
        self._passages = [passage for _, passage in passages]

    def search(self, question: str, k: int) -> list[Passage]:
        """Up to k passages that share a word with the question, best first."""
        return [self._passages[position] for position in self._ranker.best(question, k)]


def best_sentences(question: str, passages: Sequence[Passage], count: int) -> list[str]:
    """The sentences of passages that BM25 puts first for a question: what a plain set-up would show."""
    sentences = [passage.text[start:end] for passage in passages for start, end in sentence_spans(passage.text)]
    distinct = list(dict.fromkeys(sentences))
    return [distinct[position] for position in _Ranker(distinct).best(question, count)]


class _Ranker:
    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s  # noqa: PLC0415  it is in the extra 'evals'

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells of every index it builds

        self._tokens = bm25s.tokenize
        self._size = len(texts)
        self._index = bm25s.BM25()
        words = self._words(texts)
        self._known = frozenset(word for of_text in words for word in of_text)
        if self._known:
            self._index.index(words, show_progress=False)

    def best(self, question: str, k: int) -> list[int]:
        """The positions of the k best texts, best first; a text with none of the words is not among them."""
        words = [word for word in self._words([question])[0] if word in self._known]
        if not words:
            return []
        positions, scores = self._index.retrieve([words], k=min(k, self._size), show_progress=False)
        return [int(n) for n, score in zip(positions[0], scores[0], strict=True) if score > 0]

    def _words(self, texts: Sequence[str]) -> list[list[str]]:
        tokens = self._tokens(
            list(texts), stopwords="en", stemmer=_stems, return_ids=False, show_progress=False, allow_empty=True
        )
        return [[word for word in words if word] for words in tokens]


def _stems(words: Sequence[str]) -> list[str]:
    return [stem(word) for word in words]
