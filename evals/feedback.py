"""What learners thought of answers, as candidates for cases: `exam-tutor evals feedback`.

The page keeps a line of JSON a thumb in `feedback.jsonl` of the home folder. A candidate says which cards the question
names, which of the pack's pages were cited and what the verdict was; what the learner wrote, who they are and which
documents of their own were cited is left out unless it is asked for. Whoever makes a case of it fills in `gold`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from corpus.card_names import CardNames
from corpus.errors import ExamTutorError
from corpus.exam_pack import ExamPack

FILE = "feedback.jsonl"


class Thumb(BaseModel):
    """One line of the file. Further keys are allowed; the learner's name is not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    at: str
    question: str
    verdict: Literal["good", "bad", "up", "down"] = Field(validation_alias=AliasChoices("verdict", "thumb"))
    reason: str = ""
    engine: str = ""
    answer: tuple[str, ...] = Field(default=(), validation_alias=AliasChoices("answer", "claims"))
    sources: tuple[str, ...] = ()


def read_thumbs(home: Path) -> tuple[list[Thumb], list[str]]:
    """All lines that can be read, and what is wrong with each of the others.

    Raises:
        ExamTutorError: there is no such file, or it cannot be read.
    """
    file = home / FILE
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ExamTutorError(
            f"{file} cannot be read: {error.strerror}.", "It is there once a learner has rated an answer on the page."
        ) from error
    thumbs, bad = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            thumbs.append(Thumb.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            bad.append(f"{file}:{number}: {'.'.join(map(str, first['loc']))}: {first['msg']}")
    return thumbs, bad


def candidates(thumbs: Sequence[Thumb], pack: ExamPack, *, with_text: bool) -> Iterator[dict[str, Any]]:
    """A candidate a thumb; those for bad answers first, for they teach more."""
    names = CardNames(pack.cards, pack.exam.name_prefixes)
    own = {pack.source_of_card(card.id) for card in pack.cards}
    for thumb in sorted(thumbs, key=lambda thumb: (thumb.verdict in {"good", "up"}, thumb.at)):
        candidate: dict[str, Any] = {
            "id": "feedback-" + hashlib.sha256(f"{thumb.at}\0{thumb.question}".encode()).hexdigest()[:12],
            "at": thumb.at[:10],
            "verdict": "good" if thumb.verdict in {"good", "up"} else "bad",
            "engine": thumb.engine,
            "cards": sorted({mention.card.id for mention in names.find(thumb.question)}),
            "claims": len(thumb.answer),
            "cited": [source for source in thumb.sources if source in own],
            "gold": [],
            "split": "candidate",
        }
        if with_text:
            texts = {"question": thumb.question, "reason": thumb.reason, "answer": list(thumb.answer)}
            candidate |= texts | {"cited": list(thumb.sources)}
        yield candidate


def lines(found: Sequence[dict[str, Any]]) -> str:
    """The candidates as JSON Lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
