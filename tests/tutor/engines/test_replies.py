"""The strict reader of replies: the same claims however they arrive, and nothing mended."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ModelError
from tutor.engines.replies import DraftClaim, ReplyReader

CITATION = st.fixed_dictionaries({"passage": st.text(), "quote": st.text()})
CLAIM = st.fixed_dictionaries({"text": st.text(min_size=1), "citations": st.lists(CITATION, min_size=1, max_size=2)})


def read(parts: list[str]) -> list[DraftClaim | None]:
    reader = ReplyReader()
    claims = [claim for part in parts for claim in reader.feed(part)]
    return claims + list(reader.close())


@given(st.lists(CLAIM, max_size=3), st.integers(1, 40), st.booleans(), st.booleans())
@settings(deadline=None)
def test_a_reply_cut_anywhere_has_the_same_claims(claims: list[dict], length: int, fenced: bool, ascii_: bool) -> None:
    text = json.dumps({"claims": claims}, ensure_ascii=ascii_, indent=1)
    text = f"```json\n{text}\n```" if fenced else text
    found = read([text[start : start + length] for start in range(0, len(text), length)])
    assert [claim and claim.model_dump() for claim in found] == claims


def test_a_claim_is_handed_on_before_the_next_is_whole() -> None:
    reader = ReplyReader()
    first = '{"claims": [{"text": "A.", "citations": [{"passage": "P1", "quote": "a"}]}, '
    assert [claim and claim.text for claim in reader.feed(first)] == ["A."]
    assert list(reader.feed('{"text": "B.", "citations": [{}')) == []


@given(st.text())
@settings(deadline=None)
def test_any_other_text_is_refused_or_read_and_never_another_error(text: str) -> None:
    try:
        read([text])
    except ModelError:
        return
    assert isinstance(json.loads(text.strip().strip("`").removeprefix("json"))["claims"], list)


@pytest.mark.parametrize(
    "claim", [{"text": "A."}, {"text": "", "citations": []}, "A.", None, {"text": 1, "citations": [1]}]
)
def test_a_claim_in_another_form_is_none_and_the_others_stand(claim: object) -> None:
    good = {"text": "B.", "citations": [{"passage": "P1", "quote": "b"}]}
    found = read([json.dumps({"claims": [claim, good]})])
    assert [draft and draft.text for draft in found] == [None, "B."]
