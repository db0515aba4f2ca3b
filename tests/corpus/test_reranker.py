"""One suite over every reranker, the order that comes of their scores, and a cross-encoder's own door."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from corpus.chunks import Chunk
from corpus.cross_encoder import CrossEncoderReranker
from corpus.documents import Location
from corpus.errors import RerankerError
from corpus.reranker import Reranker, Scores, SharedWordsReranker, fused_order, reranked_order
from corpus.sentence_embedder import SentenceEmbedder
from tests.cross_encoder_maker import HELD, TOKENS, make_cross_encoder

WORDS = "how long may oolong steep for thirty seconds tea is green"
QUESTION = "How long may tea steep?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder whose favourite word is "seconds"."""
    return make_cross_encoder(tmp_path_factory.mktemp("model") / "tiny", WORDS, "seconds")


@pytest.fixture(params=["shared words", "cross-encoder"])
def reranker(request: pytest.FixtureRequest, folder: Path) -> Reranker:
    return SharedWordsReranker() if request.param == "shared words" else CrossEncoderReranker(str(folder))


# One suite over all -----------------------------------------------------------------------------------


def test_each_text_has_a_score(reranker: Reranker) -> None:
    texts = ["tea is green", "", "oolong may steep for thirty seconds", "steep"]
    scores = reranker.scores(QUESTION, texts)
    assert (scores.shape, scores.dtype) == ((4,), np.float32)
    assert np.isfinite(scores).all()
    assert int(np.argmax(scores)) == 2  # it shares "may" and "steep", and has the favourite
    assert reranker.scores(QUESTION, []).shape == (0,)
    assert reranker.scores("", texts).shape == (4,)
    assert reranker.is_loaded


def test_a_text_has_the_same_score_alone_and_in_company_and_in_any_thread(reranker: Reranker) -> None:
    texts = [f"tea {'is green ' * (n % 5)}{'seconds' if n % 3 else 'steep'}" for n in range(24)]
    alone = [float(reranker.scores(QUESTION, [text])[0]) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: reranker.scores(QUESTION, texts), range(4)))
    assert all(np.allclose(scores, alone, atol=1e-6) for scores in together)


# The order --------------------------------------------------------------------------------------------


def test_an_order_and_a_model_s_count_alike() -> None:
    # Places and the model's ranks, from 1: a 1 and 4, b 2 and 3, c 3 and 1, d 4 and 2.
    # a 1/61 + 1/64 = .03202, b 1/62 + 1/63 = .03200, c 1/63 + 1/61 = .03227, d 1/64 + 1/62 = .03175.
    assert fused_order([0.1, 0.2, 0.9, 0.8]) == [2, 0, 1, 3]


def test_where_both_are_even_the_model_decides() -> None:
    assert fused_order([0.0, 1.0]) == [1, 0]  # 1/61 + 1/62 each


@given(st.lists(st.floats(-20, 20), max_size=40))
def test_what_is_put_behind_by_neither_stays_before(scores: list[float]) -> None:
    order = fused_order(scores)
    assert sorted(order) == list(range(len(scores)))
    rank = {place: rank for rank, place in enumerate(order)}
    for place in range(len(scores)):
        for behind in range(place + 1, len(scores)):
            assert scores[place] < scores[behind] or rank[place] < rank[behind]
    assert fused_order([3.0] * len(scores)) == list(range(len(scores)))


def chunk(text: str) -> Chunk:
    return Chunk(text, text, "tea.md", "Tea", "file", Location(0, len(text), heading=("Steeping",)))


def test_a_model_reads_title_and_headings_with_the_text_and_is_not_waited_for(folder: Path) -> None:
    class Listening(SharedWordsReranker):
        def scores(self, question: str, texts: Sequence[str]) -> Scores:
            heard.append((question, list(texts)))
            return super().scores(question, texts)

    heard: list[tuple[str, list[str]]] = []
    passages = [chunk("Green tea."), chunk("Oolong may steep long.")]
    assert reranked_order(Listening(), "How long may oolong steep?", passages) == [1, 0]
    assert heard[0][1][0] == "Tea › Steeping\nGreen tea."
    assert reranked_order(None, QUESTION, passages) == [0, 1]
    unloaded = CrossEncoderReranker(str(folder))
    assert reranked_order(unloaded, QUESTION, [passages[0], chunk("seconds")]) == [0, 1]
    assert not unloaded.is_loaded
    unloaded.scores(QUESTION, ["tea"])
    assert reranked_order(unloaded, QUESTION, [passages[0], chunk("seconds")]) == [1, 0]


def test_a_model_that_fails_leaves_the_order_and_a_word_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(SharedWordsReranker):
        def scores(self, question: str, texts: Sequence[str]) -> Scores:
            raise RerankerError("The reranker tea failed: no memory.", "Leave it out.")

    with caplog.at_level(logging.WARNING):
        assert reranked_order(Failing(), QUESTION, [chunk("a"), chunk("b")]) == [0, 1]
    assert "ranking without the reranker: The reranker tea failed: no memory. Leave it out." in caplog.text


# The cross-encoder's own door -------------------------------------------------------------------------


def test_scores_are_the_model_s(folder: Path) -> None:
    texts = ["oolong may steep for thirty seconds", "tea is green", "seconds", "xyzzy"]
    assert np.allclose(CrossEncoderReranker(str(folder)).scores(QUESTION, texts), [HELD, 0, HELD, 0], atol=1e-6)


def test_what_is_past_the_last_token_makes_no_difference(folder: Path) -> None:
    # "How long may tea steep?" is 6 tokens ("?" is one, an unknown word's) and 3 are special: 23 are left.
    left = TOKENS - 9
    within, past = "tea " * (left - 1) + "seconds", "tea " * left + "seconds"
    assert np.allclose(CrossEncoderReranker(str(folder)).scores(QUESTION, [within, past]), [HELD, 0], atol=1e-6)


def test_nothing_is_loaded_before_it_is_needed(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder))
    assert not reranker.is_loaded
    assert reranker.name == str(folder.resolve())


@pytest.mark.parametrize("place", ["{}", "{}/nowhere", "./nowhere"])
def test_a_folder_without_a_model_is_refused_at_once(tmp_path: Path, place: str) -> None:
    with pytest.raises(RerankerError, match=r"there is no config\.json in it\. Set reranker to a folder"):
        CrossEncoderReranker(place.format(tmp_path))


def test_a_model_of_another_kind_is_refused() -> None:
    """sentence-transformers takes an embedding model for a cross-encoder, and makes up what is missing at random."""
    bundled = SentenceEmbedder()._folder
    with pytest.raises(RerankerError, match=r"it is no cross-encoder but a model of another kind \(BertModel\)"):
        CrossEncoderReranker(str(bundled)).scores(QUESTION, ["tea"])


def test_a_model_that_does_not_rank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match="it gives 3 scores for a pair; a reranker gives one"):
        CrossEncoderReranker(str(make_cross_encoder(tmp_path, WORDS, labels=3))).scores(QUESTION, ["tea"])


@pytest.mark.parametrize(
    ("broken", "content", "said"),
    [
        ("model.safetensors", b"not the weights", "cannot be loaded"),
        ("model.safetensors", None, "cannot be loaded"),
        ("config.json", b"{no json", "cannot be loaded"),
        ("config.json", b"[]", "cannot be loaded"),
        ("tokenizer.json", None, "its tokenizer has no words: the files of it are missing"),
    ],
)
def test_a_broken_file_is_told_and_what_to_do(
    folder: Path, tmp_path: Path, broken: str, content: bytes | None, said: str
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    if content is None:
        (copy / broken).unlink()
    else:
        (copy / broken).write_bytes(content)
    reranker = CrossEncoderReranker(str(copy))
    with pytest.raises(RerankerError, match=said) as told:
        reranker.scores(QUESTION, ["tea"])
    assert "leave it empty to rank without one" in str(told.value)
    assert not reranker.is_loaded


def test_scores_that_are_no_numbers_are_refused(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    weights = load_file(copy / "model.safetensors")
    save_file(
        {**weights, "classifier.bias": torch.tensor([float("nan")])}, copy / "model.safetensors", {"format": "pt"}
    )
    with pytest.raises(RerankerError, match="gives scores that are no numbers"):
        CrossEncoderReranker(str(copy)).scores(QUESTION, ["tea"])


def test_a_name_on_the_hub_needs_a_network_once(folder: Path, tmp_path: Path) -> None:
    """In processes of their own, with a hub's cache of their own: no network, and what was fetched before is there."""
    fetched = tmp_path / "hub" / "models--somebody--tiny"
    shutil.copytree(folder, fetched / "snapshots" / "abc")
    (fetched / "refs").mkdir()
    (fetched / "refs" / "main").write_text("abc")
    code = f"""
import socket, sys
def refuse(*args, **kwargs): raise SystemExit("it asked for the network")
socket.getaddrinfo = socket.socket.connect = refuse
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from corpus.cross_encoder import CrossEncoderReranker
from corpus.errors import RerankerError
print(CrossEncoderReranker("somebody/tiny").scores("steep", ["seconds"])[0])
import huggingface_hub.constants
huggingface_hub.constants.HF_HUB_OFFLINE = True
for name in ("somebody/other", "no name at all!"):
    try:
        CrossEncoderReranker(name).scores("steep", ["seconds"])
    except RerankerError as error:
        print("told:", " ".join(str(error).split()))
"""
    environment = {**os.environ, "HF_HOME": str(tmp_path), "HF_HUB_CACHE": str(tmp_path / "hub")}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    score, *told = done.stdout.splitlines()
    assert float(score) == pytest.approx(HELD, abs=1e-6)
    for line, name in zip(told, ("somebody/other", "no name at all!"), strict=True):
        assert line.startswith(
            f"told: The reranker {name} cannot be loaded, neither from this machine nor from the hub: "
        )
        assert line.endswith("or leave it empty to rank without one.")
