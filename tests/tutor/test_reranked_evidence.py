"""Evidence in a library with a reranker: what it moves, what it leaves, and what goes on without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.embedder import HashEmbedder
from corpus.errors import RerankerError
from corpus.exam_pack import ExamPack
from corpus.learner_library import LearnerLibrary
from corpus.library import Library
from corpus.reranker import Reranker, Scores, SharedWordsReranker
from corpus.settings import Settings
from corpus.vector_index import InMemoryVectorIndex
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tests.corpus.test_library import put
from tests.cross_encoder_maker import make_cross_encoder
from tutor.assemble import assemble, choose_reranker, open_library
from tutor.evidence import CONSIDERED, PASSAGES, Evidence
from tutor.quotes import quotes

QUESTION = "How long does oolong steep?"

Open = Callable[[Reranker | None], Library]


class Prefers(SharedWordsReranker):
    """Scores 1 what holds a word, else 0."""

    def __init__(self, word: str) -> None:
        self.word = word

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        return np.array([float(self.word in text) for text in texts], dtype=np.float32)


@pytest.fixture
def open_teas(tmp_path: Path) -> Iterator[Open]:
    """Opens one library of forty teas with any reranker: all of them oolongs that steep, each a little longer."""
    opened: list[Library] = []

    def open_with(reranker: Reranker | None) -> Library:
        library = Library(tmp_path / "teas", HashEmbedder(), lambda _: InMemoryVectorIndex(), reranker)
        if not opened:
            for number in range(40):
                put(
                    library,
                    f"tea{number:02}",
                    f"Oolong number {number} may steep for {number} seconds. {'x ' * number}",
                )
        opened.append(library)
        return library

    yield open_with
    for library in opened:
        library.close()


def found(library: Library, pack: ExamPack) -> Evidence:
    return assemble(Settings(), library, pack).evidence(QUESTION)


def texts(evidence: Evidence) -> list[str]:
    return [passage.chunk.text for passage in evidence.passages]


def test_a_passage_that_it_prefers_rises_and_the_others_keep_their_order(open_teas: Open, small_pack: ExamPack) -> None:
    plain = texts(found(open_teas(None), small_pack))
    seventh = plain[6]
    moved = texts(found(open_teas(Prefers(seventh[:20])), small_pack))
    # The seventh is the model's first, and the six before it its second to seventh. 1/67 + 1/61 = .03132 is less than
    # the third's 1/63 + 1/64 = .03150, more than the fourth's 1/64 + 1/65 = .03101.
    assert moved[:5] == [*plain[:3], seventh, plain[3]]
    assert [text for text in moved if text != seventh] == [text for text in plain if text != seventh]


def test_it_is_asked_about_all_that_the_features_rank_and_not_only_what_is_shown(
    open_teas: Open, small_pack: ExamPack
) -> None:
    tutor = assemble(Settings(), open_teas(None), small_pack)
    hits = tutor.library.search(QUESTION, CONSIDERED)
    plain = texts(tutor.evidence(QUESTION))
    left_out = [hit.chunk.text for hit in hits if hit.chunk.text not in plain]
    assert (len(hits), len(plain)) == (CONSIDERED, PASSAGES)
    assert any(text in texts(found(open_teas(Prefers(text[:20])), small_pack)) for text in left_out)


def test_scores_fall_with_the_place_as_they_did(open_teas: Open, small_pack: ExamPack) -> None:
    """Support and quotes read how far the first one leads, and were fitted on scores that do."""
    plain = found(open_teas(None), small_pack)
    moved = found(open_teas(Prefers(plain.passages[-1].chunk.text[:20])), small_pack)
    assert texts(moved) != texts(plain)
    assert [passage.score for passage in moved.passages] == [passage.score for passage in plain.passages]
    assert 0.0 <= moved.support <= 1.0


def test_the_quote_follows_the_passage(open_teas: Open, small_pack: ExamPack) -> None:
    plain = quotes(found(open_teas(None), small_pack))
    # The second passage and the model's first: both orders are even, and the model decides.
    second = found(open_teas(None), small_pack).passages[1].chunk
    moved = quotes(found(open_teas(Prefers(second.text[:20])), small_pack))
    assert plain[0].chunk != second
    assert moved[0].chunk == second


def test_without_one_and_with_one_that_sees_no_difference_all_is_as_it_was(
    open_teas: Open, small_pack: ExamPack
) -> None:
    plain, alike = found(open_teas(None), small_pack), found(open_teas(Prefers("oolong of another kind")), small_pack)
    assert (alike.passages, alike.support) == (plain.passages, plain.support)


def test_a_learner_s_view_ranks_with_it_too(open_teas: Open, small_pack: ExamPack) -> None:
    library = open_teas(None)
    seventh = texts(found(library, small_pack))[6]
    with_one = open_teas(Prefers(seventh[:20]))
    view = LearnerLibrary(with_one, lambda _: False)
    assert texts(found(view, small_pack)) == texts(found(with_one, small_pack)) != texts(found(library, small_pack))


def test_an_answer_is_there_though_it_fails(open_teas: Open, small_pack: ExamPack) -> None:
    class Failing(SharedWordsReranker):
        def scores(self, question: str, texts: Sequence[str]) -> Scores:
            raise RerankerError("The reranker tea failed: no memory.")

    answer = assemble(Settings(), open_teas(Failing()), small_pack).ask(QUESTION)
    assert texts(answer.evidence) == texts(found(open_teas(None), small_pack))


def test_a_cross_encoder_that_the_settings_name_is_loaded_with_the_library_and_ranks(
    home: Path, tmp_path: Path, small_pack: ExamPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.assemble.choose_embedder", lambda _: HashEmbedder())
    question = "How many millilitres does a Royal Gaiwan hold?"
    assert choose_reranker(Settings()) is None
    folder = make_cross_encoder(
        tmp_path / "tiny", "gaiwan teapot millilitres porcelain lidded bowl infusions", "infusions"
    )
    library = open_library(Settings(reranker=str(folder)))
    ingest_pack(small_pack, library, now=NOW)
    tutor = assemble(Settings(), library, small_pack)
    assert library.reranker is not None
    before = tutor.evidence(question)
    assert not library.reranker.is_loaded  # no answer waits for it
    library.warm()
    after = tutor.evidence(question)
    assert {chunk for chunk in after.chunks} == {chunk for chunk in before.chunks}

    def ranks(evidence: Evidence) -> list[int]:
        return [rank for rank, text in enumerate(texts(evidence)) if "infusions" in text]

    assert sum(ranks(after)) < sum(ranks(before))
    assert tutor.ask(question).claims[0].text == "A Royal Gaiwan holds 100 to 150 millilitres."
    library.close()
