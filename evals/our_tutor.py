"""The tutor as the retrieval suite asks it: the one place that knows how `tutor` is put together."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from corpus.card_names import CardNames
from evals.quotes import SENTENCES
from evals.retriever import Passage, by_source
from tutor.evidence import find_evidence
from tutor.tutor import Tutor

DEPTH = 100
"""Passages that are ranked, so that ten documents are among them: more than a learner is shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the tutor did with a question.

    `ranking` is one passage a document, best first, of the corpus alone; `quotes` are what the learner is shown
    first: the answer's, or the nearest ones where it abstains. Times are in seconds.
    """

    ranking: tuple[Passage, ...]
    quotes: tuple[str, ...]
    abstained: bool
    confidence: float
    embedding_seconds: float
    search_seconds: float
    answer_seconds: float


class OurTutor:
    """A tutor and the sources that a ranking is made of: a pack's own documents are no document of the corpus."""

    name = "exam-tutor"

    def __init__(self, tutor: Tutor, sources: Collection[str]) -> None:
        self._tutor = tutor
        self._sources = frozenset(sources)
        self._names = CardNames(tutor.pack.cards, tutor.pack.exam.name_prefixes)

    def ask(self, question: str, k: int) -> Asked:
        """Ask once, timing one query embedding, the search for evidence, and the whole answer."""
        tutor, library = self._tutor, self._tutor.library
        library.vectors.question_vectors.forget()
        begin = time.perf_counter()
        library.embedder.embed([question])
        embedded = time.perf_counter()
        find_evidence(question, library, tutor.pack, self._names)
        searched = time.perf_counter()
        library.vectors.question_vectors.forget()
        answer = tutor.ask(question)
        answered = time.perf_counter()
        ranked = find_evidence(question, library, tutor.pack, self._names, passages=DEPTH).passages
        passages = [Passage(one.chunk.source, one.chunk.text) for one in ranked if one.chunk.source in self._sources]
        cited = answer.nearest if answer.abstained else answer.citations
        return Asked(
            ranking=by_source(passages, k),
            quotes=tuple(citation.quote for citation in cited)[:SENTENCES],
            abstained=answer.abstained,
            confidence=answer.confidence,
            embedding_seconds=embedded - begin,
            search_seconds=searched - embedded,
            answer_seconds=answered - searched,
        )
