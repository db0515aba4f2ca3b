"""The door: whatever a model writes, what goes through is cited in whole sentences that support it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chunks import Chunk
from corpus.documents import Location
from tutor.answers import Claim
from tutor.claim_support import support_of
from tutor.engines.replies import DraftCitation, DraftClaim
from tutor.engines.verify import MIN_SCORE, Refusal, check, widened
from tutor.evidence import Evidence
from tutor.question import Question
from tutor.ranking import Passage

TEXT = "A bowl holds 150 ml. It does not keep the tea hot. On cold days, warm it first with 50 ml of hot water."
CHUNK = Chunk("c1", TEXT, "s", "Bowls", "file", Location(0, len(TEXT)))
EVIDENCE = Evidence(Question("q?", (), ()), (Passage(CHUNK, 1.0, 1.0, None),), support=0.9)
LABELS = {"P1": "c1"}


def draft(text: str, *quotes: str, passage: str = "P1") -> DraftClaim:
    return DraftClaim(text=text, citations=[DraftCitation(passage=passage, quote=quote) for quote in quotes])


@pytest.mark.parametrize(
    ("quote", "whole"),
    [
        ("keep the tea hot", "It does not keep the tea hot."),
        ("50 ml. It", "A bowl holds 150 ml. It does not keep the tea hot."),
        (" warm it first", "On cold days, warm it first with 50 ml of hot water."),
    ],
)
def test_a_quote_is_widened_to_whole_sentences(quote: str, whole: str) -> None:
    assert widened(TEXT, quote) == whole


def test_what_an_exam_held_true_is_quoted_with_what_holds_today() -> None:
    text = "Two shards are the limit. On the exam: one shard."
    assert widened(text, "one shard") == text


def test_half_a_sentence_supports_nothing_that_the_whole_denies() -> None:
    assert check(draft("It keeps the tea hot.", "keep the tea hot"), EVIDENCE, LABELS) is Refusal.TURNED
    assert check(draft("A bowl holds 50 ml.", "50 ml"), EVIDENCE, LABELS) is Refusal.NUMBER


def test_one_bad_citation_spoils_the_claim() -> None:
    good = "A bowl holds 150 ml."
    assert isinstance(check(draft(good, good), EVIDENCE, LABELS), Claim)
    assert check(draft(good, good, "A bowl holds 151 ml."), EVIDENCE, LABELS) is Refusal.MISQUOTE
    assert check(draft(good, good, passage="c1"), EVIDENCE, LABELS) is Refusal.UNKNOWN_PASSAGE


def test_a_whole_chapter_is_no_quote() -> None:
    text = "Tea is a drink and " * 40 + "done."
    chunk = Chunk("c2", text, "s", "Tea", "file", Location(0, len(text)))
    evidence = Evidence(Question("q?", (), ()), (Passage(chunk, 1.0, 1.0, None),), support=0.9)
    assert check(draft("Tea is a drink.", text), evidence, {"P1": "c2"}) is Refusal.LONG
    assert check(draft("Tea is a drink. " * 50, "Tea is a drink"), evidence, {"P1": "c2"}) is Refusal.LONG


@given(st.text(alphabet="AItbowlhds 150m.n", max_size=60), st.integers(0, len(TEXT)), st.integers(1, len(TEXT)))
def test_what_goes_through_is_quoted_to_the_letter_and_supported(text: str, start: int, length: int) -> None:
    verdict = check(draft(text or "x", TEXT[start : start + length]), EVIDENCE, LABELS)
    if isinstance(verdict, Claim):
        quotes = [citation.quote for citation in verdict.citations]
        assert all(quote in TEXT for quote in quotes)
        support = support_of(verdict.text, quotes)
        assert (support.numbers, support.names, support.turned) == ((), (), False)
        assert support.score >= MIN_SCORE
