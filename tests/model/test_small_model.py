"""`make test-model`: no unsupported claim of a real and very small model reaches the learner."""

from __future__ import annotations

import itertools
import re

import pytest

from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.sentences import sentence_spans
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tests.model.small_chat_model import WEIGHTS, SmallChatModel
from tutor.answers import Claim
from tutor.engines.asking import Patience
from tutor.engines.chat_client import ChatClient, Way
from tutor.engines.chat_model import ChatModelEngine
from tutor.engines.grounded import GroundedEngine
from tutor.engines.replies import DraftCitation, DraftClaim
from tutor.engines.time_limit import Limits
from tutor.engines.verify import check
from tutor.tutor import Tutor

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(WEIGHTS is None, reason="make test-model installs the model"),
    pytest.mark.filterwarnings("default"),
]

QUESTIONS = [
    "How many millilitres does a Royal Gaiwan hold?",
    "When should I use a gaiwan instead of a teapot?",
    "How long does an Imperial Teapot steep?",
]


@pytest.fixture(scope="module")
def model() -> SmallChatModel:
    return SmallChatModel()


@pytest.fixture
def tutor(small_pack: ExamPack, library: Library, model: SmallChatModel) -> Tutor:
    ingest_pack(small_pack, library, now=NOW)
    patience = Patience(Limits(whole=3600, idle=3600))
    return Tutor(
        small_pack, library, ChatModelEngine("smollm2", lambda: ChatClient("smollm2", model), patience=patience)
    )


def is_said(claim: Claim) -> bool:
    """Whether each figure, and the beginning of each longer word, of a claim stands in its quotes."""
    quoted = " ".join(citation.quote for citation in claim.citations).lower()
    words = re.findall(r"[^\W\d_]{5,}", claim.text.lower())
    return all(word[:4] in quoted for word in words) and all(n in quoted for n in re.findall(r"\d+", claim.text))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_learner_has_an_answer_that_its_quotes_say(tutor: Tutor, question: str) -> None:
    answer = tutor.ask(question)
    assert answer.claims
    assert answer.engine == "smollm2" or "This is the answer without a model." in answer.note
    assert all(is_said(claim) for claim in answer.claims if answer.engine == "smollm2")


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_it_writes_freely_passes_only_where_a_passage_says_it(
    tutor: Tutor, model: SmallChatModel, question: str
) -> None:
    evidence = Tutor(tutor.pack, tutor.library, GroundedEngine()).ask(question).evidence
    facts = " ".join(passage.chunk.text for passage in evidence.passages[:5])
    pieces = ChatClient("smollm2", model).pieces(f"Answer in three sentences. {facts}", question, Way.WHOLE)
    told = "".join(piece.text for piece in pieces)
    sentences = [told[start:end] for start, end in sentence_spans(told)]
    assert sentences
    for text, passage in itertools.product(sentences, evidence.passages):
        # as if the model had put its sentence into the right form, with a real quote, for every quote there is
        for start, end in sentence_spans(passage.chunk.text):
            citation = DraftCitation(passage="P1", quote=passage.chunk.text[start:end])
            verdict = check(DraftClaim(text=text, citations=[citation]), evidence, {"P1": passage.chunk.id})
            assert not isinstance(verdict, Claim) or is_said(verdict)
