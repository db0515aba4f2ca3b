"""The engine that lets a chat model put the evidence into words, and lets through only what the evidence says.

Whatever goes wrong, the learner has an answer: the grounded engine's, with a note on why.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from corpus.errors import ModelError
from corpus.sentences import stems
from tutor.answers import Answer, Claim, Usage
from tutor.engines.asking import Patience, ask
from tutor.engines.chat_client import ChatClient
from tutor.engines.grounded import THRESHOLD, GroundedEngine
from tutor.engines.replies import DraftClaim, ReplyReader
from tutor.engines.shown import for_a_model, json_lines, labels, passage_lines
from tutor.engines.verify import Refusal, check
from tutor.evidence import Evidence
from tutor.prompts import prompt

MAX_CLAIMS = 6

_log = logging.getLogger(__name__)

LEAST_SAID = 0.6
"""A model must speak of at least this share of what the grounded engine's best sentence speaks of."""


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars a million tokens."""

    input: Decimal
    output: Decimal

    @classmethod
    def of(cls, input_price: Decimal | None, output_price: Decimal | None) -> Self | None:
        """The prices, or None unless both are known."""
        return None if input_price is None or output_price is None else cls(input_price, output_price)

    def cost(self, input_tokens: int, output_tokens: int) -> Decimal:
        """What so many tokens cost, in US dollars."""
        return (self.input * input_tokens + self.output * output_tokens) / 1_000_000


class ChatModelEngine:
    """Answers in a chat model's words, as far as the evidence supports them.

    `open_client` is called at the first question, and again while it fails. Passages that address a model are
    kept from it, and from what is quoted in its place.
    """

    def __init__(
        self,
        name: str,
        open_client: Callable[[], ChatClient],
        *,
        patience: Patience | None = None,
        prices: Prices | None = None,
    ) -> None:
        self.name = name
        self._open = open_client
        self._client: ChatClient | None = None
        self._patience = patience or Patience()
        self._prices = prices
        self._grounded = GroundedEngine()

    def answer(self, evidence: Evidence) -> Answer:
        """The model's claims that hold, or the grounded engine's answer with a note on why; never an error."""
        return next(part for part in self.stream(evidence) if isinstance(part, Answer))

    def stream(self, evidence: Evidence) -> Iterator[Claim | Answer]:
        """Each claim once it has been checked; last the answer, which takes the place of all that came before."""
        if evidence.support < THRESHOLD:
            yield self._grounded.answer(evidence)
            return
        shown = for_a_model(evidence)
        told = _Told(shown)
        try:
            yield from self._claims(shown, told)
        except ModelError as error:
            _log.warning("%s %s", self.name, error.message)
            yield self._instead(told, f"{error.message}. {error.hint}".strip())
        else:
            yield self._result(told)

    def _claims(self, evidence: Evidence, told: _Told) -> Iterator[Claim]:
        if not evidence.passages:
            raise ModelError("was not asked, as every passage found gives orders to a model")
        self._client = self._client or self._open()
        reader = ReplyReader()
        for piece in ask(self._client, prompt("answer"), _message(evidence, told.labels), self._patience):
            told.input_tokens += piece.input_tokens
            told.output_tokens += piece.output_tokens
            yield from told.judged(reader.feed(piece.text))
        yield from told.judged(reader.close())

    def _result(self, told: _Told) -> Answer:
        if not told.claims:
            problem = "made no claim that could be checked" if not told.dropped else "made no claim that held"
            return self._instead(told, problem + ".")
        best = max((_says([claim]) for claim in self._grounded.answer(told.evidence).claims), default=0.0)
        if _says(told.claims) < LEAST_SAID * best:
            return self._instead(told, "did not speak to the question.")
        return self._signed(Answer(told.evidence, self.name, tuple(told.claims)), told, "")

    def _instead(self, told: _Told, problem: str) -> Answer:
        """The grounded answer, and why it stands in the model's place."""
        answer = self._grounded.answer(told.evidence)
        return self._signed(answer, told, f"{self.name} {problem} This is the answer without a model.")

    def _signed(self, answer: Answer, told: _Told, note: str) -> Answer:
        """The answer with what the model took and what was dropped."""
        parts = (note, _on_dropped(told.dropped, self.name))
        return replace(
            answer,
            note=" ".join(filter(None, parts)),
            dropped=tuple(str(refusal) for refusal in told.dropped),
            usage=told.usage(self._prices),
        )


class _Told:
    """What a model has told so far, judged."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.labels = labels(evidence)
        self.claims: list[Claim] = []
        self.dropped: list[Refusal] = []
        self.input_tokens = 0
        self.output_tokens = 0

    def judged(self, drafts: Iterable[DraftClaim | None]) -> Iterator[Claim]:
        """The drafts that hold, as claims; the others are counted."""
        for draft in drafts:
            verdict = Refusal.MALFORMED if draft is None else check(draft, self.evidence, self.labels)
            if isinstance(verdict, Claim):
                if verdict.text in {claim.text for claim in self.claims}:
                    verdict = Refusal.REPEATED
                elif len(self.claims) == MAX_CLAIMS:
                    verdict = Refusal.TOO_MANY
            if isinstance(verdict, Refusal):
                self.dropped.append(verdict)
            else:
                self.claims.append(verdict)
                yield verdict

    def usage(self, prices: Prices | None) -> Usage | None:
        """What the server counted, or None where it counted nothing."""
        if not self.input_tokens + self.output_tokens:
            return None
        cost = prices.cost(self.input_tokens, self.output_tokens) if prices else None
        return Usage(self.input_tokens, self.output_tokens, cost)


def _message(evidence: Evidence, labelled: Mapping[str, str]) -> str:
    return json_lines([{"question": evidence.question}, *passage_lines(evidence, labelled)])


def _says(claims: Sequence[Claim]) -> float:
    """The share, 0..1, of what was asked that claims, with their quotes in their places, speak of."""
    cited = [(claim, citation) for claim in claims for citation in claim.citations]
    spoken = " ".join(f"{claim.text} {citation.chunk.context} {citation.quote}" for claim, citation in cited)
    return cited[0][1].evidence.asked.coverage(frozenset(stems(spoken)))


def _on_dropped(dropped: Iterable[Refusal], name: str) -> str:
    counts = Counter(dropped)
    if not counts:
        return ""
    reasons = "; ".join(f"{count} {refusal}" for refusal, count in counts.most_common())
    return f"Claims of {name} that were left out: {reasons}."
