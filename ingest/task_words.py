"""The words a pack has for each task statement, and how near a text comes to them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from corpus.cards import Card
from corpus.exam_pack import ExamPack
from corpus.lexical_index import STOP_WORDS
from corpus.sentences import stem

Floats = NDArray[np.float32]

SMOOTHING = 800
"""How many words of the whole pack's mixture are added to a task's own before its shares are taken."""

UNKNOWN = -1
"""Stands for a word that the pack does not use."""

STOP = -2
"""Stands for a word that tells nothing."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_NOTE_HEADING = re.compile(r"^#+ ", re.MULTILINE)


def task_texts(pack: ExamPack) -> Iterator[tuple[str, str]]:
    """(task id, text) for all that the pack says of its tasks.

    Each task statement with its objectives, each objective, each section of a note, each question with its options
    and their reasons, and each card under every task that it has.
    """
    for task in pack.exam.tasks:
        objectives = [" ".join((objective.text, *objective.points)) for objective in task.objectives]
        yield task.id, " ".join((task.title, *objectives))
        yield from ((task.id, objective) for objective in objectives)
    for card in pack.cards:
        yield from ((task_id, _card_text(card)) for task_id in card.tasks)
    for note in pack.notes:
        yield from ((note.header.tasks[0], part) for part in _NOTE_HEADING.split(note.markdown) if part.strip())
    for question in pack.questions:
        options = (f"{option.text} {option.rationale}" for option in question.options)
        yield question.task, " ".join((question.stem, *options))


def words_of(text: str) -> list[str]:
    """The words in lower case, letters only: numbers and identifiers with underscores fall apart."""
    return _WORD.findall(text.lower())


class TaskWords:
    """Compares texts with what is said of each task; tasks are numbered as in `tasks`."""

    def __init__(self, tasks: Sequence[str], texts: Iterable[tuple[str, str]]) -> None:
        known = sorted(((tasks.index(task), Counter(_stems(text))) for task, text in texts), key=lambda pair: pair[0])
        frequency = Counter(word for _, counts in known for word in counts)
        columns = {word: column for column, word in enumerate(frequency)}
        self._numbers = StemNumbers(columns)
        self._rarity = np.array([math.log(1 + len(known) / n) for n in frequency.values()], dtype=np.float32)
        self._texts = np.zeros((len(frequency), len(known)), dtype=np.float32)
        said = np.zeros((len(tasks), len(frequency)))
        for row, (task, counts) in enumerate(known):
            here = [columns[word] for word in counts]
            amounts = np.array(list(counts.values()), dtype=np.float32)
            said[task, here] += amounts
            self._texts[here, row] = _unit((1 + np.log(amounts)) * self._rarity[here])
        self._log_odds = _log_odds(said)
        self._first_text = np.searchsorted([task for task, _ in known], np.arange(len(tasks)))

    def numbered(self, words: Iterable[str]) -> list[int]:
        """Words as this object numbers them, in order: `STOP` and `UNKNOWN` for those without a number."""
        numbers = self._numbers
        return [numbers[word] for word in words]

    def lean(self, words: Sequence[int], but: Set[int] = frozenset()) -> Floats:
        """For each task how much more its texts use these words than the pack's texts do on average, some left out.

        The sum of the words' log odds (naive Bayes), over the root of their number: many words say more than
        few, but not in proportion, for the words of a text are not independent.
        """
        telling = [word for word in words if word != STOP and word not in but]
        total = self._log_odds[[word for word in telling if word != UNKNOWN]].sum(axis=0)
        return np.asarray(total / math.sqrt(len(telling) + 3), dtype=np.float32)

    def known(self, words: Sequence[int]) -> float:
        """The share of these words, stop words aside, that the pack uses, 0..1."""
        telling = len(words) - words.count(STOP)
        return 1 - words.count(UNKNOWN) / telling if telling else 0.0

    def nearest(self, texts: Sequence[Sequence[int]]) -> Floats:
        """For each text and task the cosine, 0..1, to the one of the task's texts that is most alike, by tf-idf."""
        weights, used = tf_idf(texts, self._rarity)
        return np.asarray(np.maximum.reduceat(weights @ self._texts[used], self._first_text, axis=1), dtype=np.float32)


def tf_idf(texts: Sequence[Sequence[int]], rarity: Floats, of_unknown: float = 0.0) -> tuple[Floats, NDArray[np.intp]]:
    """Texts of numbered words as vectors of length 1, and the words that any of them uses.

    Shapes (texts, words used) and (words used,). A word's weight is (1 + ln of how often it is there) times its rarity.
    With a rarity `of_unknown`, unknown words count for a text's length: the more there are, the shorter its vector.
    """
    words = np.array([word for text in texts for word in text], dtype=np.intp)
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    used, columns = np.unique(words[words >= 0], return_inverse=True)
    size = (len(texts), len(used))
    counts = np.bincount(rows[words >= 0] * len(used) + columns, minlength=size[0] * size[1]).reshape(size)
    weights = (counts > 0) * (1 + np.log(np.maximum(counts, 1))) * rarity[used]
    unknown = of_unknown * np.sqrt(np.bincount(rows[words == UNKNOWN], minlength=len(texts)))[:, None]
    return _unit(np.hstack((weights, unknown)))[:, :-1], used


class StemNumbers(dict[str, int]):
    """Words and the numbers of their stems, `STOP` or `UNKNOWN`; a word is stemmed when it is first met."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, word: str) -> int:
        number = STOP if word in STOP_WORDS else self._columns.get(stem(word), UNKNOWN)
        self[word] = number
        return number


def _card_text(card: Card) -> str:
    return " ".join((*card.names, card.summary, *(fact.text for fact in card.facts)))


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words_of(text) if word not in STOP_WORDS]


def _unit(weights: NDArray[np.floating]) -> Floats:
    """Rows, or one row, made length 1; a row of zeros stays."""
    lengths = np.linalg.norm(weights, axis=-1, keepdims=True)
    return np.asarray(weights / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _log_odds(said: NDArray[np.float64]) -> Floats:
    """From counts, shape (tasks, words), ln(share in the task / share in all), shape (words, tasks)."""
    overall = said.sum(axis=0) / max(1.0, float(said.sum()))
    own = (said + SMOOTHING * overall) / (said.sum(axis=1, keepdims=True) + SMOOTHING)
    return np.ascontiguousarray((np.log(own) - np.log(overall)).T, dtype=np.float32)
