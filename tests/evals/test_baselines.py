"""The set-ups that the tutor is measured against."""

from pathlib import Path

import pytest

from corpus.embedder import HashEmbedder
from evals.baselines.bm25 import Bm25, best_sentences
from evals.baselines.fusion import Fusion
from evals.baselines.langchain_chroma import LangChainChroma
from evals.corpus_cache import CorpusCache
from evals.corpus_folder import open_corpus
from evals.retriever import Passage, by_source

APPLES = Passage("apples.md", "Apples keep in a cold cellar. They bruise.")
PEARS = Passage("pears.md", "Pears ripen after they were picked.")
QUINCES = Passage("quinces.md", "Quinces are cooked.")


class Ranked:
    """A baseline that gives the same ranking to every question."""

    def __init__(self, name: str, *passages: Passage) -> None:
        self.name = name
        self._passages = list(passages)

    def search(self, question: str, k: int) -> list[Passage]:
        return self._passages[:k]


def test_bm25_finds_by_stem_and_nothing_without_a_common_word():
    bm25 = Bm25([(passage.text, passage) for passage in (APPLES, PEARS, QUINCES)])
    assert bm25.search("What is ripening?", 3) == [PEARS]
    assert bm25.search("the of and", 3) == []
    assert bm25.search("zeppelins", 3) == []


def test_bm25_reads_the_heading_line_and_shows_the_text():
    bm25 = Bm25([("Cellars\n" + PEARS.text, PEARS), (QUINCES.text, QUINCES)])
    assert bm25.search("cellar", 3) == [PEARS]


@pytest.mark.parametrize("passages", [[], [("", QUINCES)], [("the", QUINCES)]])
def test_bm25_over_nothing_finds_nothing(passages):
    assert Bm25(passages).search("cellar", 3) == []


def test_best_sentences():
    assert best_sentences("Do they bruise?", [APPLES, PEARS], 3) == ["They bruise."]


def test_fusion_adds_reciprocal_ranks_of_documents():
    # apples: 1/61 + 1/63; pears: 1/62 + 1/61; quinces: 1/63 + 1/62. The second passage on pears counts for nothing.
    fusion = Fusion([Ranked("a", APPLES, PEARS, PEARS, QUINCES), Ranked("b", PEARS, QUINCES, APPLES)])
    assert [passage.source for passage in fusion.search("x", 3)] == ["pears.md", "apples.md", "quinces.md"]


def test_the_ranking_of_documents_is_by_their_first_passages():
    assert by_source([PEARS, APPLES, PEARS, QUINCES], 2) == (PEARS, APPLES)


class Counting(HashEmbedder):
    """Counts the texts it is given."""

    def __init__(self) -> None:
        self.texts = 0

    def embed(self, texts):
        self.texts += len(texts)
        return super().embed(texts)


def test_the_langchain_baseline_is_built_once(tmp_path: Path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "apples.md").write_text("# Apples\n\n" + "Apples keep in a cold cellar. " * 50)
    (folder / "pears.md").write_text("Pears ripen.")
    embedder = Counting()
    cache = CorpusCache(tmp_path / "cache", embedder, lambda _: None)
    first = LangChainChroma(open_corpus(folder), cache).search("Pears ripen.", 5)
    # The heading is a chunk by itself, for the 1,500 characters under it make two of at most 1,000. With the pears
    # and the question that is five texts.
    assert embedder.texts == 5
    assert [passage.source for passage in first] == ["pears.md", "apples.md", "apples.md", "apples.md"]
    assert LangChainChroma(open_corpus(folder), cache).search("Pears ripen.", 5) == first
    assert embedder.texts == 6  # the question alone
