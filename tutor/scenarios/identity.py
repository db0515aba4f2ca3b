"""The id of a generated question: the same for the same content, in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus.questions import Option


def question_id(family: str, stem: str, options: Sequence[Option]) -> str:
    """`gen-<family>-<twelve hex digits>`; the order of options does not change it."""
    content = "\n".join((stem, *sorted(option.text for option in options)))
    return f"gen-{family}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def family_of(identity: str) -> str:
    """The contest or calculation that a generated question is from."""
    return identity.removeprefix("gen-").rpartition("-")[0]
