"""Rule 1: an answer that its evidence does not hold cannot be constructed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chunks import Chunk
from corpus.documents import Location
from corpus.errors import GroundingError
from tutor.answers import Answer, Citation, Claim
from tutor.evidence import Evidence
from tutor.question import Question
from tutor.ranking import Passage

CHUNK = Chunk("c1", "Oolong is rolled by hand.", "s", "Tea", "file", Location(0, 25, ("Oolong",), page=2))


def evidence(*chunks: Chunk) -> Evidence:
    return Evidence(Question("q?", (), ()), tuple(Passage(chunk, 1.0, 1.0, None) for chunk in chunks), support=0.9)


FOUND = evidence(CHUNK)


def test_a_verbatim_quote_from_the_evidence_is_a_citation() -> None:
    citation = Citation(FOUND, "c1", "rolled by hand")
    assert citation.chunk is CHUNK


@pytest.mark.parametrize(
    ("chunk_id", "quote", "says"),
    [
        ("c2", "rolled by hand", "c2 is not in the evidence"),
        ("c1", "rolled by machine", "not in passage c1 to the letter"),
        ("c1", "Rolled by hand", "not in passage c1 to the letter"),
        ("c1", "rolled  by hand", "not in passage c1 to the letter"),
        ("c1", " ", "is empty"),
    ],
)
def test_anything_else_is_refused(chunk_id: str, quote: str, says: str) -> None:
    with pytest.raises(GroundingError, match=says):
        Citation(FOUND, chunk_id, quote)


@given(st.text(min_size=1))
def test_only_parts_of_the_passage_can_be_quoted(quote: str) -> None:
    if quote.strip() and quote in CHUNK.text:
        assert Citation(FOUND, "c1", quote).quote == quote
    else:
        with pytest.raises(GroundingError):
            Citation(FOUND, "c1", quote)


def test_a_claim_needs_text_and_a_citation() -> None:
    with pytest.raises(GroundingError, match="needs a citation"):
        Claim("Oolong is rolled.", ())
    with pytest.raises(GroundingError, match="needs text"):
        Claim(" ", (Citation(FOUND, "c1", "rolled"),))


def test_an_answer_cites_its_own_question_s_evidence_only() -> None:
    claim = Claim("Oolong is rolled.", (Citation(FOUND, "c1", "rolled"),))
    assert not Answer(FOUND, "test", (claim,)).abstained
    with pytest.raises(GroundingError, match="another question's evidence"):
        Answer(evidence(CHUNK), "test", (claim,))


def test_what_is_built_cannot_be_bent_afterwards() -> None:
    citation = Citation(FOUND, "c1", "rolled")
    with pytest.raises(AttributeError):
        citation.quote = "invented"  # type: ignore[misc]
    with pytest.raises(GroundingError):
        replace(citation, quote="invented")


def test_a_citation_used_twice_has_one_number() -> None:
    one, two = Citation(FOUND, "c1", "rolled"), Citation(FOUND, "c1", "by hand")
    answer = Answer(FOUND, "test", (Claim("A.", (one, two)), Claim("B.", (one,))))
    assert answer.citations == (one, two)
