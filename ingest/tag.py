"""Which domain and task statement of the exam a passage belongs to, and which cards it names.

For a task speak the cards that the whole document names, the words of title and headings, the words of the passage, and
the pack's own texts that are most like the document; and, where the pack brings what was learned from passages that
readers placed, the words that such passages use. The name of the service that a document is about tells of the
setting, not of what is taught (a page on keys in a guide to streams is about security), so its words do not speak. For
"none of them" speak signs that the passage teaches nothing, among them words that the pack does not use. Weighed and
added up they compete in one softmax (a conditional logit, McFadden 1974). The weights are the same for every task and
know no exam, but for those that come with what was learned; `evals.fit_tagging` fits both.
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
from corpus.errors import PackError
from corpus.exam_pack import ExamPack
from ingest.page_forms import SIGNS, signs
from ingest.passage_words import FILE, LearnedWords, PassageWords, read_learned_words
from ingest.task_words import STOP, UNKNOWN, Floats, TaskWords, task_texts, words_of

RECIPE = "3"
"""Changes when the same passage would be tagged otherwise by the same pack and weights."""

CLUES = (
    "cards in the document",
    "words of the headings",
    "words of the passage",
    "nearest texts of the whole document",
    "words of passages that readers placed",
)
WEIGHTS = (5.56, 0.45, 0.40, 14.01, 0.0)
"""How much each of `CLUES` counts for a task, where a pack has no learned words."""

NONE_CLUES = ("being none", *SIGNS, "share of the passage's words that the pack uses")
NONE_WEIGHTS = (8.12, 1.67, 3.34, 1.32, -5.87)
"""How much each of `NONE_CLUES` counts for no task at all, where a pack has no learned words."""

SETTING = 0.5
"""A service that more than this share of a document's passages name is its setting."""

PLACED = 0.43
"""How probable a domain must be for a passage to be placed in it. For the best F1 that is half the F1 reached (Lipton,
Elkan & Naryanaswamy 2014), 0.86 in cross-validation."""

Place = tuple[str | None, str | None, float]
"""A domain's id, a task's, and the task's probability."""

_ANEW = "Learn the words anew with evals.fit_tagging, or delete the file: the pack's own words then do."

NOWHERE: Place = (None, None, 0.0)


class Tagger:
    """Tags passages for one pack. Built once a run: it takes a fraction of a second.

    Raises:
        PackError: what the pack brings of learned words is not what it should be.
    """

    def __init__(self, pack: ExamPack) -> None:
        self.tasks = tuple(task.id for task in pack.exam.tasks)
        self._domains = tuple(domain.id for domain in pack.exam.domains)
        self._in_domain = np.array([[task in domain.tasks for domain in pack.exam.domains] for task in pack.exam.tasks])
        self._names = CardNames(pack.cards, pack.exam.name_prefixes)
        self.cards_in = lru_cache(maxsize=4096)(self._cards_in)
        """The ids of the cards that a text names, each once, in its order."""
        self._card_tasks = {card.id: _shares(self.tasks, card.tasks) for card in pack.cards}
        self._service_names = {card.id: card.names for card in pack.cards if card.kind == "service"}
        texts = list(task_texts(pack))
        self._words = TaskWords(self.tasks, texts)
        learned = _fitting(read_learned_words(pack.folder), pack)
        self._passage_words = learned and PassageWords(learned, self.tasks)
        self._weights = _floats(learned.weights if learned else WEIGHTS)
        self._none_weights = _floats(learned.none_weights if learned else NONE_WEIGHTS)
        cards = [(card.id, card.kind, card.names, card.tasks) for card in pack.cards]
        known = (texts, cards, WEIGHTS, NONE_WEIGHTS, learned)
        self.recipe = f"tags {RECIPE} of {pack.exam.code} {hashlib.sha256(repr(known).encode()).hexdigest()[:12]}"

    def tagged(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        """A document's passages with their tags; it takes all of them, for they tell of one another."""
        if not chunks:
            return []
        for_tasks, for_none = self.clues(chunks)
        places = self.places(for_tasks @ self._weights, for_none @ self._none_weights)
        return [
            replace(chunk, tags=Tags(*place, self._named_in(chunk)))
            for chunk, place in zip(chunks, places, strict=True)
        ]

    def places(self, scores: Floats, none: Floats) -> list[Place]:
        """For each passage the likeliest task of its likeliest domain, or `NOWHERE`.

        `scores` are those of all tasks, shape (passages, tasks), `none` those of belonging to none; a softmax
        makes them probabilities.
        """
        top = np.maximum(scores.max(axis=1), none)
        odds, odds_of_none = np.exp(scores - top[:, None]), np.exp(none - top)
        of_tasks = odds / (odds.sum(axis=1) + odds_of_none)[:, None]
        of_domains = of_tasks @ self._in_domain
        best = of_domains.argmax(axis=1)
        task = np.where(self._in_domain.T[best], of_tasks, -1).argmax(axis=1)
        return [
            (self._domains[best[row]], self.tasks[task[row]], float(of_tasks[row, task[row]]))
            if of_domains[row, best[row]] >= PLACED
            else NOWHERE
            for row in range(len(scores))
        ]

    def clues(self, chunks: Sequence[Chunk]) -> tuple[Floats, Floats]:
        """What speaks for each task and for none, for the passages of one document.

        Shapes (passages, tasks, CLUES) and (passages, NONE_CLUES).
        """
        spread = Counter(card for chunk in chunks for card in self.cards_in(chunk.text))
        setting = self._setting([card for card, count in spread.items() if count > SETTING * len(chunks)])
        headings = [(chunk.title, *chunk.location.heading) for chunk in chunks]
        above = {heading: words_of(" ".join(heading)) for heading in set(headings)}
        numbered = {heading: self._words.numbered(words) for heading, words in above.items()}
        leaning = {heading: self._words.lean(words, setting) for heading, words in numbered.items()}
        said = [words_of(chunk.text) for chunk in chunks]
        here = [self._words.numbered(words) for words in said]
        near = self._words.nearest([numbered[heading] + words for heading, words in zip(headings, here, strict=True)])
        for_tasks = np.empty((len(chunks), len(self.tasks), len(CLUES)), dtype=np.float32)
        for_tasks[:, :, 0] = self._of_cards({card: count / len(chunks) for card, count in spread.items()})
        for_tasks[:, :, 1] = [leaning[heading] for heading in headings]
        for_tasks[:, :, 2] = [self._words.lean(words, setting) for words in here]
        for_tasks[:, :, 3] = near.mean(axis=0)
        for_tasks[:, :, 4] = (
            self._passage_words.lean(said, [above[heading] for heading in headings]) if self._passage_words else 0.0
        )
        for_none = [
            (1.0, *signs(above[heading], words, len(chunk.text)), self._words.known(numbers))
            for heading, words, numbers, chunk in zip(headings, said, here, chunks, strict=True)
        ]
        return for_tasks, np.array(for_none, dtype=np.float32)

    def _setting(self, cards: Sequence[str]) -> frozenset[int]:
        """The words of the names of those cards that are services, as numbers."""
        names = (name for card in cards for name in self._service_names.get(card, ()))
        return frozenset(self._words.numbered(word for name in names for word in words_of(name))) - {STOP, UNKNOWN}

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


def _fitting(learned: LearnedWords | None, pack: ExamPack) -> LearnedWords | None:
    if learned is not None:
        unknown = set(learned.classes[:-1]) - {task.id for task in pack.exam.tasks}
        if unknown:
            raise PackError(pack.folder / FILE, f"the exam has no task {min(unknown)}", key="classes", hint=_ANEW)
        if (len(learned.weights), len(learned.none_weights)) != (len(CLUES), len(NONE_CLUES)):
            raise PackError(pack.folder / FILE, "these are other clues' weights", key="weights", hint=_ANEW)
    return learned


def _shares(tasks: Sequence[str], of_card: Sequence[str]) -> Floats:
    return _floats([1 / len(of_card) if task in of_card else 0 for task in tasks])


def _floats(numbers: Sequence[float]) -> Floats:
    return np.array(numbers, dtype=np.float32)
