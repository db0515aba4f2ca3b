"""What tells generated questions apart: an id that is the same for the same content, and a key for the stream."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from corpus.questions import Option, Question


@dataclass(frozen=True, slots=True)
class Draft:
    """A question and what makes it another one than the rest: a mere change of wording or detail does not."""

    question: Question
    key: Hashable


def question_id(family: str, stem: str, options: Sequence[Option]) -> str:
    """`gen-<family>-<twelve hex digits>`; the order of options does not change it."""
    content = "\n".join((stem, *sorted(option.text for option in options)))
    return f"gen-{family}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def family_of(identity: str) -> str:
    """The contest or calculation that a generated question is from."""
    return identity.removeprefix("gen-").rpartition("-")[0]
