"""The command line as a program: what it prints where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cross_encoder_maker import make_cross_encoder
from tests.pdf_maker import make_pdf
from tests.ui.program import Ended, run


def only_json(result: Ended) -> dict:
    """One JSON object on standard output, and nothing else there."""
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def test_ask_answers_with_citations_that_resolve(home: Path) -> None:
    result = run("ask", "How many questions does the exam have?", "--json")
    assert result.returncode == 0, result.stderr
    answer = only_json(result)
    assert set(answer) >= {"question", "engine", "abstained", "confidence", "claims", "nearest"}
    assert answer["engine"] == "grounded"
    assert not answer["abstained"]
    citation = answer["claims"][0]["citations"][0]
    assert set(citation) == {"chunk_id", "source", "title", "page", "heading", "url", "quote"}
    assert "65 questions" in citation["quote"]
    assert citation["url"].startswith("https://")


def test_ask_shows_the_quote_and_where_it_stands() -> None:
    result = run("ask", "What is the passing score of the exam?")
    assert result.returncode == 0
    assert "750" in result.stdout
    assert "[1]" in result.stdout
    assert "https://" in result.stdout
    assert "Traceback" not in result.stderr


def test_ask_without_support_says_so_and_what_to_do() -> None:
    result = run("ask", "How do I bake sourdough bread?")
    assert result.returncode == 0
    assert "Nothing in the library supports an answer" in result.stdout
    assert "sourdough" in result.stdout
    assert "exam-tutor ingest PATH" in result.stdout


@pytest.mark.usefixtures("no_model", "tea")
def test_ask_answers_without_a_reranker_that_cannot_be_used_and_says_why(tmp_path: Path) -> None:
    question = "How many millilitres does a Royal Gaiwan hold?"
    for labels, said in ((1, ""), (3, "Ranked without the reranker. The reranker")):
        model = make_cross_encoder(tmp_path / f"{labels}", "gaiwan", labels=labels)
        result = run("ask", question, EXAM_TUTOR_RERANKER=str(model))
        assert "A Royal Gaiwan holds 100 to 150 millilitres." in result.stdout
        assert ("Ranked without" in result.stderr) == bool(said)
        assert said in result.stderr
    assert "Ranked without" not in run("ask", question, "--no-vectors", EXAM_TUTOR_RERANKER=str(model)).stderr
    refused = run("ask", question, EXAM_TUTOR_RERANKER=str(tmp_path))
    assert refused.returncode == 1
    assert f"{tmp_path} is not a cross-encoder: there is no config.json in it. Set reranker to" in refused.stderr


def test_an_ingested_pdf_is_cited_by_page_and_forgotten_again(tmp_path: Path) -> None:
    file = tmp_path / "tea.pdf"
    file.write_bytes(make_pdf([["Tea grows on hills in Yunnan."], ["A gaiwan holds 120 millilitres of water."]]))
    ingested = run("ingest", str(file), "--json")
    assert ingested.returncode == 0, ingested.stderr
    came_in = {"path": str(file), "status": "added", "chunks": 2, "reason": "", "title": "tea", "notes": []}
    assert only_json(ingested) == {"sources": [came_in]}
    answer = only_json(run("ask", "How many millilitres of water does a gaiwan hold?", "--json"))
    citation = answer["claims"][0]["citations"][0]
    assert (citation["source"], citation["page"]) == (str(file), 2)
    assert citation["quote"] == "A gaiwan holds 120 millilitres of water."
    listed = only_json(run("sources", "--json"))
    assert str(file) in {source["source"] for source in listed["sources"]}
    assert listed["embedded"] > 0
    assert run("forget", str(file)).returncode == 0
    assert only_json(run("ask", "How many millilitres of water does a gaiwan hold?", "--json"))["abstained"]


def test_a_run_with_a_bad_file_does_the_rest_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("A samovar boils water.")
    (tmp_path / "in" / "bad.pdf").write_bytes(b"no pdf")
    result = run("ingest", str(tmp_path / "in"), str(tmp_path / "missing"), "--no-vectors")
    assert result.returncode == 1
    assert "1 added, 2 failed" in result.stdout
    assert "bad.pdf" in result.stderr
    assert "missing" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_vanished_file_is_offered_for_removal_and_pruned_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.txt").write_text("A samovar boils water.")
    (folder / "b.txt").write_text("A cup holds water.")
    run("ingest", str(folder), "--no-vectors")
    (folder / "a.txt").unlink()
    offered = run("ingest", str(folder), "--no-vectors")
    assert offered.returncode == 0
    assert f"no longer there {folder / 'a.txt'}" in offered.stderr
    assert "--prune" in offered.stderr
    pruned = only_json(run("ingest", str(folder), "--no-vectors", "--prune", "--json"))
    assert [source["status"] for source in pruned["sources"]] == ["unchanged", "removed"]


def test_the_doctor_says_that_a_library_is_sound() -> None:
    run("ask", "What is the passing score of the exam?")
    result = run("doctor")
    assert (result.returncode, result.stdout) == (0, "The library is sound.\n")
    assert only_json(run("doctor", "--json")) == {"complaints": []}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", " "], 2),
        (["ask"], 2),
        (["frobnicate"], 2),
        (["forget", "no such source"], 1),
        (["packs", "validate", "/nowhere"], 1),
        (["packs", "validate", "mls_c01"], 0),
        (["packs", "list"], 0),
        (["embed"], 0),
        (["sources"], 0),
        (["--help"], 0),
    ],
)
def test_exit_status_tells_done_failed_and_wrong_usage(arguments: list[str], status: int) -> None:
    result = run(*arguments)
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_setting_is_refused_with_the_nearest_name(home: Path) -> None:
    result = run("sources", EXAM_TUTOR_PROT="7861")
    assert result.returncode == 1
    assert "Did you mean 'port'?" in result.stderr
    home.mkdir()
    (home / "settings.toml").write_text("prot = 7861\n")
    result = run("sources")
    assert result.returncode == 1
    assert "Did you mean 'port'?" in result.stderr


def test_a_wrong_pack_file_is_refused_with_file_line_and_key(tmp_path: Path) -> None:
    import shutil

    from tests.conftest import SMALL_PACK

    folder = shutil.copytree(SMALL_PACK, tmp_path / "pack")
    card = folder / "cards" / "gaiwan.toml"
    card.write_text(card.read_text().replace("summary =", "sumary ="))
    result = run("ask", "what?", EXAM_TUTOR_PACK=str(folder))
    assert result.returncode == 1
    assert f"{card}:7: sumary: unknown key; did you mean 'summary'?" in result.stderr.replace("\n", "")
