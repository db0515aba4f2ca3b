"""What a model is asked to write, and a strict reader of it: JSON is taken as it stands, never mended.

{"claims": [{"text": "…", "citations": [{"passage": "P1", "quote": "…"}]}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import from_json

from corpus.errors import ModelError

MAX_DRAFTS = 50
"""A model that goes on beyond as many claims is not asked for more: a few are shown."""

_FENCE = "```"
_OPENING = re.compile(r'\s*(?:```\w*\n\s*)?\{\s*"claims"\s*:\s*\[')
_NEXT = re.compile(r"[\s,]*(?={)")
_DECODER = json.JSONDecoder()


class DraftCitation(BaseModel):
    """The passage that supports the statement, and a part of it copied to the letter."""

    passage: Annotated[str, Field(description="the passage's label, for example P1")]
    quote: Annotated[str, Field(description="one sentence of the passage, copied to the letter")]


class DraftClaim(BaseModel):
    """One statement and what supports it."""

    text: Annotated[str, Field(min_length=1, description="one sentence, in the words of its quotes")]
    citations: Annotated[list[DraftCitation], Field(min_length=1)]


class CitedAnswer(BaseModel):
    """The answer to the question as statements that the passages support; none where they do not answer it."""

    claims: list[DraftClaim]


class DraftOption(BaseModel):
    """One of four options: a candidate, whether it is the right one, and why."""

    candidate: Annotated[str, Field(description="the candidate's label, for example C1")]
    correct: bool
    rationale: Annotated[str, Field(min_length=1, description="one sentence, in the words of its quotes")]
    citations: Annotated[list[DraftCitation], Field(min_length=1)]


class DraftScenario(BaseModel):
    """A scenario question that exactly one of its options answers."""

    stem: Annotated[str, Field(min_length=1, description="the scenario, and the question at its end")]
    options: Annotated[list[DraftOption], Field(min_length=4, max_length=4)]


def read_scenario(text: str) -> DraftScenario | None:
    """A whole reply as a scenario; None for one that is not JSON in the form asked for."""
    try:
        return DraftScenario.model_validate(from_json(_unfenced(text)), strict=True)
    except ValueError:
        return None


class ReplyReader:
    """Reads a reply as it arrives: a claim is handed on once it is whole.

    A reply may stand in one Markdown code fence; with anything else around it, it is not JSON.
    """

    def __init__(self) -> None:
        self._text = ""
        self._read_to = 0
        self._given = 0

    def feed(self, text: str) -> Iterator[DraftClaim | None]:
        """Yield the claims that are whole by now; None for one that is not in the form asked for.

        Raises:
            ModelError: there are too many.
        """
        self._text += text
        if not self._read_to and (opening := _OPENING.match(self._text)):
            self._read_to = opening.end()
        if self._read_to and "}" in text:
            yield from self._next_claims()

    def close(self) -> Iterator[DraftClaim | None]:
        """Yield the claims that are left.

        Raises:
            ModelError: the whole text is not what was asked for.
        """
        try:
            reply = from_json(_unfenced(self._text))
        except ValueError as error:
            raise ModelError("wrote something that is not the JSON it was asked for") from error
        claims = reply.get("claims") if isinstance(reply, dict) else None
        if not isinstance(claims, list):
            raise ModelError("wrote JSON that is not in the form it was asked for")
        for claim in claims[self._given :]:
            yield self._draft(claim)

    def _next_claims(self) -> Iterator[DraftClaim | None]:
        """The claims between what was read so far and one that is not whole yet."""
        while gap := _NEXT.match(self._text, self._read_to):
            try:
                claim, self._read_to = _DECODER.raw_decode(self._text, gap.end())
            except (ValueError, RecursionError):
                return
            yield self._draft(claim)

    def _draft(self, claim: object) -> DraftClaim | None:
        self._given += 1
        if self._given > MAX_DRAFTS:
            raise ModelError(f"wrote more than {MAX_DRAFTS} claims")
        try:
            return DraftClaim.model_validate(claim, strict=True)
        except ValidationError:
            return None


def _unfenced(text: str) -> str:
    """The text without the code fence that it stands in as a whole, if it does."""
    text = text.strip()
    if text.startswith(_FENCE):
        text = text.partition("\n")[2].removesuffix(_FENCE)
    return text
