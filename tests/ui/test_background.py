"""What goes on behind the page: it keeps up with what others put in and take out, and says what stopped it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.embedder import HashEmbedder
from corpus.errors import EmbedderError, RerankerError
from corpus.exam_pack import ExamPack
from corpus.library import Library
from corpus.reranker import SharedWordsReranker
from corpus.settings import Settings
from corpus.vector_index import InMemoryVectorIndex
from tests.corpus.test_library import put
from ui import background
from ui.background import Background


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_the_page_makes_and_forgets_the_vectors_of_what_others_changed(
    library: Library, small_pack: ExamPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "POLL_SECONDS", 0.01)
    other = Library(library.folder, HashEmbedder(), lambda _: InMemoryVectorIndex())
    page = Background(library, small_pack, Settings())
    page.start()
    until(lambda: library.vectors.is_owner and not library.vectors.due())
    chunks = put(other, "a", "Oolong is rolled by hand.")
    until(lambda: {chunk.id for chunk in chunks} <= library.vectors.index().ids())
    other.remove("a")
    until(lambda: not {chunk.id for chunk in chunks} & library.vectors.index().ids())
    until(lambda: not library.vectors.due())
    assert page.problem == ""
    page.stop()
    other.close()


def test_a_page_beside_another_waits_for_its_turn(
    library: Library, small_pack: ExamPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "POLL_SECONDS", 0.01)
    first = Library(library.folder, HashEmbedder(), lambda _: InMemoryVectorIndex())
    first.announce("The page", keeps_up=True)
    assert first.vectors.own() is None
    page = Background(library, small_pack, Settings())
    page.start()
    page.wait_for_pack()
    assert not library.vectors.is_owner
    first.close()
    until(lambda: library.vectors.is_owner and not library.vectors.due())
    assert page.problem == ""
    page.stop()


def test_a_reranker_that_does_not_load_stops_no_vectors_and_is_tried_again(
    tmp_path: Path, small_pack: ExamPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(SharedWordsReranker):
        here = False

        def scores(self, question, texts):  # type: ignore[no-untyped-def]
            if not self.here:
                raise RerankerError("The reranker is not here.", "Fetch it.")
            return super().scores(question, texts)

    monkeypatch.setattr(background, "RETRY_SECONDS", 0.01)
    reranker = Late()
    library = Library(tmp_path, HashEmbedder(), lambda _: InMemoryVectorIndex(), reranker)
    page = Background(library, small_pack, Settings())
    page.start()
    until(lambda: library.vectors.is_owner and not library.vectors.due())
    assert (page.problem, page.reranker_problem) == ("", "The reranker is not here. Fetch it.")
    reranker.here = True
    until(lambda: page.reranker_problem == "")
    page.stop()
    library.close()


def test_what_stopped_it_is_told(tmp_path: Path, small_pack: ExamPack) -> None:
    class Missing(HashEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            raise EmbedderError("The model is not here.", "Install it.")

    library = Library(tmp_path, Missing(), lambda _: InMemoryVectorIndex())
    page = Background(library, small_pack, Settings())
    page.start()
    until(lambda: page.problem == "The model is not here. Install it.")
    page.stop()
    library.close()
