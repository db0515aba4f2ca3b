"""Which domain and task statement of the exam a passage belongs to, and which cards it names.

Four things speak for a task: the cards that the document's title names, the cards that the whole document names,
the words of title and headings, and the pack's own text that is most like the passage.
Weighed and added up they compete with "none of them" in one softmax (a conditional logit, McFadden 1974). The weights
are the same for every task and know nothing of any exam; `python -m evals.fit_tagging` fits them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from corpus.card_names import CardNames
from corpus.chunks import Chunk, Tags
from corpus.exam_pack import ExamPack
from ingest.task_words import Floats, TaskWords, task_texts

RECIPE = "1"
"""Changes when the same passage would be tagged otherwise by the same pack and weights."""

CLUES = ("cards in the title", "cards in the document", "words of the headings", "nearest text")
WEIGHTS = (-6.79, 6.79, 0.96, 21.09)
"""How much each of `CLUES` counts. The cards in the title count against those in the document: what a title names is
mostly the setting, and what the document names besides is the aspect that it teaches."""

NONE_SCORE = 6.09
"""What the score of a task must come up to for a passage to belong to it as likely as not."""


Place = tuple[str | None, str | None, float]
"""A domain's id, a task's, and the task's probability."""

NOWHERE: Place = (None, None, 0.0)


class Tagger:
    """Tags passages for one pack. Built once a run: it takes a fraction of a second."""

    def __init__(self, pack: ExamPack) -> None:
        self.tasks = tuple(task.id for task in pack.exam.tasks)
        self._domains = tuple(domain.id for domain in pack.exam.domains)
        self._in_domain = np.array([[task in domain.tasks for domain in pack.exam.domains] for task in pack.exam.tasks])
        self._names = CardNames(pack.cards, pack.exam.name_prefixes)
        self.cards_in = lru_cache(maxsize=4096)(self._cards_in)
        """The ids of the cards that a text names, each once, in its order."""
        self._card_tasks = {card.id: _shares(self.tasks, card.tasks) for card in pack.cards}
        texts = list(task_texts(pack))
        self._words = TaskWords(self.tasks, texts)
        known = (texts, [(card.id, card.names, card.tasks) for card in pack.cards], WEIGHTS, NONE_SCORE)
        self.recipe = f"tags {RECIPE} of {pack.exam.code} {hashlib.sha256(repr(known).encode()).hexdigest()[:12]}"

    def tagged(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        """A document's passages with their tags; it takes all of them, for they tell of one another."""
        if not chunks:
            return []
        places = self.places(self.clues(chunks) @ np.array(WEIGHTS, dtype=np.float32), NONE_SCORE)
        return [
            replace(chunk, tags=Tags(*place, self._named_in(chunk)))
            for chunk, place in zip(chunks, places, strict=True)
        ]

    def places(self, scores: Floats, none: float | Floats) -> list[Place]:
        """For each passage the likeliest task of its likeliest domain, or `NOWHERE` where none is likelier still.

        `scores` are those of all tasks, shape (passages, tasks), `none` that of belonging to none; a softmax
        makes them probabilities.
        """
        top = np.maximum(scores.max(axis=1), none)[:, None]
        odds, odds_of_none = np.exp(scores - top), np.exp(none - top[:, 0])
        of_tasks = odds / (odds.sum(axis=1) + odds_of_none)[:, None]
        best = (of_tasks @ self._in_domain).argmax(axis=1)
        task = np.where(self._in_domain.T[best], of_tasks, -1).argmax(axis=1)
        return [
            (self._domains[best[row]], self.tasks[task[row]], float(of_tasks[row, task[row]]))
            if of_tasks[row].sum() >= 0.5
            else NOWHERE
            for row in range(len(scores))
        ]

    def clues(self, chunks: Sequence[Chunk]) -> Floats:
        """What speaks for each task, shape (passages, tasks, CLUES), for the passages of one document."""
        spread = Counter(card for chunk in chunks for card in self.cards_in(chunk.text))
        headings = [(chunk.title, *chunk.location.heading) for chunk in chunks]
        above = {heading: self._words.numbered(" ".join(heading)) for heading in set(headings)}
        leaning = {heading: self._words.lean(words) for heading, words in above.items()}
        here = [self._words.numbered(chunk.text) for chunk in chunks]
        clues = np.empty((len(chunks), len(self.tasks), len(CLUES)), dtype=np.float32)
        clues[:, :, 0] = self._of_cards(dict.fromkeys(self.cards_in(chunks[0].title), 1.0))
        clues[:, :, 1] = self._of_cards({card: count / len(chunks) for card, count in spread.items()})
        clues[:, :, 2] = [leaning[heading] for heading in headings]
        clues[:, :, 3] = self._words.nearest([above[h] + words for h, words in zip(headings, here, strict=True)])
        return clues

    def _cards_in(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.card.id for mention in self._names.find(text)))

    def _named_in(self, chunk: Chunk) -> tuple[str, ...]:
        places = (chunk.title, *chunk.location.heading, chunk.text)
        return tuple(dict.fromkeys(card for place in places for card in self.cards_in(place)))

    def _of_cards(self, cards: Mapping[str, float]) -> Floats:
        """Each task's part in some cards, with room for a doubt: their shares of the tasks over 1 + all of them."""
        together = np.zeros(len(self.tasks), dtype=np.float32)
        for card, count in cards.items():
            together += count * self._card_tasks[card]
        return np.asarray(together / (1.0 + together.sum()), dtype=np.float32)


def _shares(tasks: Sequence[str], of_card: Sequence[str]) -> Floats:
    return np.array([1 / len(of_card) if task in of_card else 0 for task in tasks], dtype=np.float32)
