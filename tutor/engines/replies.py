"""What a model is asked to write, and a strict reader of it: JSON is taken as it stands, never mended.

{"claims": [{"text": "…", "citations": [{"passage": "P1", "quote": "…"}]}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import from_json

from corpus.errors import ModelError

_FENCE = "```"


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


class ReplyReader:
    """Reads a reply as it arrives: a claim is handed on once it is whole.

    A reply may stand in one Markdown code fence; with anything else around it, it is not JSON.
    """

    def __init__(self) -> None:
        self._text = ""
        self._given = 0

    def feed(self, text: str) -> Iterator[DraftClaim | None]:
        """Yield the claims that are whole by now; None for one that is not in the form asked for.

        Raises:
            ModelError: the text so far is not the beginning of what was asked for.
        """
        self._text += text
        if "}" in text:
            yield from self._whole(self._parsed(partial=True)[:-1])

    def close(self) -> Iterator[DraftClaim | None]:
        """Yield the claims that are left.

        Raises:
            ModelError: the text is not what was asked for.
        """
        yield from self._whole(self._parsed(partial=False))

    def _parsed(self, *, partial: bool) -> list[object]:
        try:
            reply = from_json(_unfenced(self._text), allow_partial=partial)
        except ValueError as error:
            raise ModelError("wrote something that is not the JSON it was asked for") from error
        claims = reply.get("claims", [] if partial else None) if isinstance(reply, dict) else None
        if not isinstance(claims, list):
            raise ModelError("wrote JSON that is not in the form it was asked for")
        return claims

    def _whole(self, claims: list[object]) -> Iterator[DraftClaim | None]:
        for claim in claims[self._given :]:
            self._given += 1
            try:
                yield DraftClaim.model_validate(claim, strict=True)
            except ValidationError:
                yield None


def _unfenced(text: str) -> str:
    """The text without the code fence that it stands in as a whole, if it does."""
    text = text.strip()
    if text.startswith(_FENCE):
        text = text.partition("\n")[2].removesuffix(_FENCE)
    return text
