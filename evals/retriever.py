"""What is measured, as every suite sees it: a question goes in, ranked passages come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that was found, and the document it stands in."""

    source: str
    text: str


class Retriever(Protocol):
    """A set-up that finds passages; its constructor builds the index."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def search(self, question: str, k: int) -> list[Passage]:
        """Up to k passages, best first; several may be of one document."""
        ...


def by_source(passages: Iterable[Passage], k: int) -> tuple[Passage, ...]:
    """The ranking of documents: the first passage of each, at most k."""
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(passage.source, passage)
    return tuple(first.values())[:k]
