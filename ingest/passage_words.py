"""How probable each task of an exam, or none, is for a passage by its words, learned from passages that readers placed.

A multinomial logistic regression over the stems of a passage and of its title and headings, each weighed by tf-idf.
A pack may bring such words in `passage_words.json`; `evals.fit_tagging` learns them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import PackError
from ingest.task_words import Floats, StemNumbers, tf_idf

FILE = "passage_words.json"

LEAST_LOG = -6.0
"""No task is taken to be less probable than this, in natural logarithms: a few words prove nothing."""

Row = Annotated[tuple[float, ...], Field(min_length=1)]
Rows = Annotated[Mapping[str, Row], Field(min_length=1)]


class LearnedWords(BaseModel):
    """What is learned, as it lies in the file.

    `classes` are task ids, and last "none"; `bias` has a number for each. `body` and `above` have a row for each stem:
    its rarity (inverse document frequency), then its weight for each class. `weights` and `none_weights` are those of
    the tagger's clues, fitted together with these.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: tuple[str, ...]
    bias: Row
    body: Rows
    above: Rows
    weights: Row
    none_weights: Row


def read_learned_words(folder: Path) -> LearnedWords | None:
    """A pack's learned words; None where it has none.

    Raises:
        PackError: the file is not what it should be.
    """
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        learned = LearnedWords.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise PackError(file, first["msg"], key=".".join(map(str, first["loc"]))) from error
    except OSError as error:
        raise PackError(file, f"the file cannot be read: {error}") from error
    for stem, row in (("bias", (0.0, *learned.bias)), *learned.body.items(), *learned.above.items()):
        if len(row) != 1 + len(learned.classes):
            raise PackError(file, f"{len(row)} numbers where {1 + len(learned.classes)} were expected", key=stem)
    return learned


def write_learned_words(learned: LearnedWords, folder: Path) -> None:
    """Put learned words into a pack's folder, a stem a line."""
    data = learned.model_dump(mode="json")
    parts = []
    for name, value in data.items():
        if name in {"body", "above"}:
            rows = ",\n".join(f"{json.dumps(stem)}: {json.dumps(row)}" for stem, row in value.items())
            parts.append(f'"{name}": {{\n{rows}\n}}')
        else:
            parts.append(f'"{name}": {json.dumps(value)}')
    (folder / FILE).write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


class PassageWords:
    """Says of passages how probable each of `tasks` is by what was learned."""

    def __init__(self, learned: LearnedWords, tasks: Sequence[str]) -> None:
        self._bias = np.array(learned.bias, dtype=np.float32)
        self._body, self._above = _Table(learned.body), _Table(learned.above)
        self._known = [learned.classes.index(task) if task in learned.classes else None for task in tasks]

    def lean(self, said: Sequence[Sequence[str]], above: Sequence[Sequence[str]]) -> Floats:
        """For each passage and task ln(probability of the task / probability of none), shape (passages, tasks).

        `said` are the words of the passages, `above` those of their titles and headings.
        """
        scores = self._bias + self._body.scores(said) + self._above.scores(above)
        logs = np.maximum(scores - _log_sum_exp(scores), LEAST_LOG)
        of_tasks = [np.full(len(said), LEAST_LOG) if known is None else logs[:, known] for known in self._known]
        return np.asarray(np.stack(of_tasks, axis=1) - logs[:, -1:], dtype=np.float32)


class StemVectors:
    """Texts as vectors over stems whose rarity is known, by tf-idf; any other word counts as one of the rarest."""

    def __init__(self, rarity: Mapping[str, float]) -> None:
        self._numbers = StemNumbers({stem: number for number, stem in enumerate(rarity)})
        self._rarity = np.array(list(rarity.values()), dtype=np.float32)

    def of(self, texts: Sequence[Sequence[str]]) -> tuple[Floats, NDArray[np.intp]]:
        """The vectors over the stems that the texts use, and these stems' numbers, as `tf_idf` gives them."""
        numbered = [[self._numbers[word] for word in text] for text in texts]
        return tf_idf(numbered, self._rarity, float(self._rarity.max()))


class _Table:
    """One of the two tables of `LearnedWords`, to multiply with."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._vectors = StemVectors({stem: row[0] for stem, row in rows.items()})
        self._weights = np.array([row[1:] for row in rows.values()], dtype=np.float32)

    def scores(self, texts: Sequence[Sequence[str]]) -> Floats:
        vectors, used = self._vectors.of(texts)
        return vectors @ self._weights[used]


def _log_sum_exp(scores: Floats) -> Floats:
    top = scores.max(axis=1, keepdims=True)
    return np.asarray(top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True)), dtype=np.float32)
