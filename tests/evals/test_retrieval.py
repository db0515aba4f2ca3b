"""The suite from a folder and a file to figures, on a corpus small enough to work them out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.embedder import HashEmbedder
from evals import retrieval
from evals.corpus_folder import open_corpus
from tests.cross_encoder_maker import make_cross_encoder
from ui.cli import app

DOCUMENTS = {
    "fruit/apples.md": "# Apples\n\nApples keep for ten weeks in a cold cellar. Wrap each apple in paper.",
    "fruit/pears.md": "# Pears\n\nPears ripen only after they were picked. A ripe pear keeps for two days.",
    "roots/carrots.md": "# Carrots\n\nCarrots keep best in moist sand, without their leaves.",
    "roots/beetroot.txt": "Beetroot\n\nBeetroot is boiled in its skin, so that its colour stays.",
}
QUESTIONS = [
    {"id": "q1", "question": "How long do apples keep in a cellar?", "gold_sources": ["fruit/apples.md"],
     "answer": "ten weeks", "yes_no": None},
    {"id": "q2", "question": "Do pears ripen after picking?", "gold_sources": ["fruit/pears.md"],
     "answer": "only after they were picked", "yes_no": "yes"},
    {"id": "q3", "question": "Do apples keep?", "gold_sources": ["roots/carrots.md"], "answer": "moist sand"},
    {"id": "q4", "question": "Who won the zeppelin race of 1908?", "gold_sources": [], "kind": "out of scope"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line takes the model from the settings; here it is the one that needs no file."""
    monkeypatch.setattr(retrieval, "SentenceEmbedder", lambda _: HashEmbedder())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, text in DOCUMENTS.items():
        (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(question) for question in QUESTIONS), encoding="utf-8")
    return file


def _said(done) -> str:
    """What went to standard error, as one line: the terminal folds long ones."""
    return " ".join(done.stderr.split())


def _run(corpus: Path, questions: Path, *more: str):
    place = questions.parent
    folders = ["--cache", str(place / "cache"), "--out", str(place / "out")]
    arguments = ["evals", "retrieval", "--corpus", str(corpus), "--questions", str(questions), *folders, *more]
    return CliRunner().invoke(app, arguments)


def _without_times(results: dict) -> dict:
    def still(metrics: dict) -> dict:
        return {name: score for name, score in metrics.items() if "p50" not in name and "p95" not in name}

    return {
        **results,
        "metrics": still(results["metrics"]),
        "baselines": {name: still(metrics) for name, metrics in results["baselines"].items()},
    }


def test_figures_rows_and_page(corpus, questions):
    done = _run(corpus, questions, "--json", "--baselines", "bm25,langchain,fusion")
    assert done.exit_code == 0, done.output
    results = json.loads(done.stdout)
    assert set(results) >= {"suite", "commit", "metrics", "baselines", "differences"}
    assert results == json.loads((questions.parent / "out" / "retrieval.json").read_text())
    assert set(results["baselines"]) == {"bm25", "langchain", "fusion"}
    rows = [json.loads(line) for line in (questions.parent / "out" / "retrieval-rows.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == ["q1", "q2", "q3", "q4"]

    # By words, apples are first for q1, pears for q2. For q3 both words stand in apples.md, one of them in
    # carrots.md, which is shorter than pears.md: it comes second. MRR@10 = (1 + 1 + 1/2) / 3.
    bm25 = results["baselines"]["bm25"]
    assert [row["baselines"]["bm25"]["gold_rank"] for row in rows] == [1, 1, 2, None]
    assert bm25["mrr@10"]["value"] == pytest.approx(2.5 / 3)
    assert bm25["r@1"]["value"] == pytest.approx(2 / 3)
    assert (bm25["r@5"]["value"], bm25["r@5"]["n"]) == (1.0, 3)
    ours = sum(1 / row["gold_rank"] for row in rows[:3]) / 3
    assert results["metrics"]["mrr@10"]["value"] == pytest.approx(ours)
    assert results["differences"]["bm25"]["mrr@10"]["value"] == pytest.approx(ours - 2.5 / 3)
    # q4 has nothing to be found: it counts for abstention alone.
    assert rows[3]["metrics"]["mrr@10"] is None
    assert results["metrics"]["abstention recall"]["n"] == 1
    assert rows[0]["quotes_from"] == ("nearest" if rows[0]["abstained"] else "answer")
    assert "<h2>Worst misses</h2>" in (questions.parent / "out" / "retrieval.html").read_text()


def test_the_same_again_from_the_cache_and_from_another_folder(corpus, questions, tmp_path):
    first = json.loads(_run(corpus, questions, "--json").stdout)
    again = json.loads(_run(corpus, questions, "--json").stdout)
    assert _without_times(again) == _without_times(first)
    kept = sorted((tmp_path / "cache").iterdir())
    corpus.rename(tmp_path / "moved")
    moved = json.loads(_run(tmp_path / "moved", questions, "--json").stdout)
    assert moved["metrics"]["mrr@10"] == first["metrics"]["mrr@10"]
    assert sorted((tmp_path / "cache").iterdir()) == kept
    (tmp_path / "moved" / "fruit" / "figs.md").write_text("Figs are dried.")
    _run(tmp_path / "moved", questions, "--baselines", "none")
    assert len(list((tmp_path / "cache").iterdir())) == len(kept) + 1


def test_a_limit_no_baselines_and_the_packs_own_documents(corpus, questions):
    done = _run(corpus, questions, "--json", "--baselines", "none", "--limit", "2", "--with-pack")
    results = json.loads(done.stdout)
    assert results["baselines"] == {}
    assert results["metrics"]["mrr@10"]["n"] == 2
    assert results["metrics"]["abstention recall"] is None
    assert results["about"]["documents"] > len(DOCUMENTS)
    row = json.loads((questions.parent / "out" / "retrieval-rows.jsonl").read_text().splitlines()[0])
    assert set(row["ranking"]) <= set(DOCUMENTS)


def test_an_empty_corpus_is_an_error_not_a_score(questions, tmp_path):
    (tmp_path / "empty" / ".hidden").mkdir(parents=True)
    (tmp_path / "empty" / ".hidden" / "x.md").write_text("x")
    done = _run(tmp_path / "empty", questions)
    assert done.exit_code == 1
    assert "no document" in _said(done)
    assert not (questions.parent / "out").exists()


def test_a_corpus_that_nobody_can_read_is_an_error(tmp_path, questions):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.pdf").write_bytes(b"no pdf")
    questions.write_text('{"id": "q", "question": "x?", "gold_sources": ["a.pdf"]}')
    done = _run(tmp_path / "broken", questions, "--baselines", "none")
    assert done.exit_code == 1
    assert "none of its 1 files can be read" in _said(done)


@pytest.mark.parametrize(
    "wrong",
    [["--baselines", "bm26"], ["--limit", "0"], ["--corpus", "nowhere"], ["--questions", "nowhere.jsonl"], ["--what"]],
)
def test_wrong_usage_ends_with_status_2(corpus, questions, wrong):
    assert _run(corpus, questions, *wrong).exit_code == 2


def test_a_bad_line_and_an_unknown_gold_source_are_named_before_anything_is_built(corpus, questions, tmp_path):
    questions.write_text('{"id": "q", "question": "x?", "gold_sources": ["fruit/figs.md"]}')
    done = _run(corpus, questions)
    assert "'fruit/figs.md' is not in the corpus" in _said(done)
    questions.write_text('{"id": "q"}')
    assert f"{questions}:1: question:" in _said(_run(corpus, questions))
    assert not (tmp_path / "cache").exists()


def test_a_split_that_no_question_has_is_refused(corpus, questions):
    assert "no question is of the split 'dev'" in _said(_run(corpus, questions, "--split", "dev"))


def test_run_by_itself_an_error_is_said_and_ends_with_status_1(corpus, questions, monkeypatch, capsys):
    questions.write_text("[]")
    command = ["retrieval", "--corpus", str(corpus), "--questions", str(questions)]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as ended:
        retrieval.main()
    assert ended.value.code == 1
    assert f"error {questions}:1:" in capsys.readouterr().err


def test_only_files_that_ingest_would_read_make_the_corpus(corpus):
    (corpus / ".git").mkdir()
    (corpus / ".git" / "config").write_text("x")
    (corpus / "link.md").symlink_to(corpus / "fruit" / "apples.md")
    assert set(open_corpus(corpus).names) == set(DOCUMENTS)


def test_a_reranker_in_the_settings_ranks_and_is_named(corpus, questions, tmp_path, monkeypatch):
    def ranks() -> list[int | None]:
        file = questions.parent / "out" / "retrieval-rows.jsonl"
        return [json.loads(line)["gold_rank"] for line in file.read_text().splitlines()]

    plain = json.loads(_run(corpus, questions, "--json", "--baselines", "none").stdout)
    assert plain["about"]["reranker"] == "none"
    assert ranks()[2] == 2
    # q3 asks "Do apples keep?", and its gold is carrots.md, the second. A model whose favourite word is "moist" has it
    # first and what was first second: the two orders are even about them, and the model decides.
    words = "do apples keep how long pears ripen after picking carrots best in moist sand without their leaves"
    model = make_cross_encoder(tmp_path / "tiny", words, "moist")
    monkeypatch.setenv("EXAM_TUTOR_RERANKER", str(model))
    done = _run(corpus, questions, "--json", "--baselines", "none")
    assert json.loads(done.stdout)["about"]["reranker"] == str(model)
    assert f"ranked with the reranker {model} too" in _said(done)
    assert ranks()[2] == 1
    assert "reranker" in (questions.parent / "out" / "retrieval.html").read_text()


def test_a_reranker_that_cannot_be_loaded_is_an_error_before_anything_is_built(
    corpus, questions, tmp_path, monkeypatch
):
    monkeypatch.setenv("EXAM_TUTOR_RERANKER", str(make_cross_encoder(tmp_path / "three", "apples", labels=3)))
    done = _run(corpus, questions, "--baselines", "none")
    assert done.exit_code == 1
    assert "it gives 3 scores for a pair" in _said(done)
    assert not (tmp_path / "cache").exists()
