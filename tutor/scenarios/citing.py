"""Where the facts that options cite come from."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import HttpUrl

from corpus.exam_pack import ExamPack
from corpus.questions import Option


def sources_of(pack: ExamPack, options: Sequence[Option]) -> tuple[HttpUrl, ...]:
    """The addresses of all cited facts, each once, in the order of the options."""
    cited = (reference.split("#") for option in options for reference in option.cites)
    facts = (pack.cards_by_id[card].fact(fact) for card, fact in cited)
    return tuple(dict.fromkeys(fact.source for fact in facts if fact))
