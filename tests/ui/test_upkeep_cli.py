"""`forget`, `embed`, `doctor` and what every command says when it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ui.program import run

pytestmark = pytest.mark.usefixtures("no_model", "tea")


def test_a_folder_is_forgotten_with_all_below_it_and_nothing_beside_it(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for name in ("tea/a.md", "tea/green/b.md", "teapots/c.md"):
        (notes / name).parent.mkdir(parents=True, exist_ok=True)
        (notes / name).write_text(f"# {name}\n\nWater for {name}.\n")
    assert run("ingest", str(notes)).returncode == 0
    done = run("forget", str(notes / "tea"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"Removed {notes}/tea/{name}: 1 passages, 1 vectors, 1 cache entries." for name in ("a.md", "green/b.md")
    ]
    left = json.loads(run("sources", "--json").stdout)["sources"]
    assert [one["source"] for one in left if one["kind"] == "file"] == [str(notes / "teapots" / "c.md")]


def test_a_source_of_the_pack_is_not_forgotten_because_it_would_come_back(tmp_path: Path) -> None:
    run("ask", "What is a gaiwan?")
    done = run("forget", "pack:small_pack/cards/gaiwan", "--json")
    assert done.returncode == 1
    assert "belongs to the exam pack 'small_pack', which would bring it back" in json.loads(done.stdout)["error"]
    assert "pack:small_pack/cards/gaiwan" in run("sources").stdout


def test_an_error_is_one_json_object_where_that_was_asked_and_words_beside_it() -> None:
    done = run("forget", "no such source", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "error": "There is no source 'no such source' in the library, and none below a folder of that name.",
        "hint": "'exam-tutor sources' lists them.",
    }
    assert "There is no source 'no such source'" in done.stderr
    without = run("forget", "no such source")
    assert (without.returncode, without.stdout) == (1, "")
    below = run("packs", "validate", "/nowhere", "--json")  # a command of a command
    assert below.returncode == 1
    assert set(json.loads(below.stdout)) >= {"error", "hint"}


def test_ask_says_that_it_searched_by_words_only_and_what_to_run(tmp_path: Path) -> None:
    done = run("ask", "What is a gaiwan?")
    assert "Searched by words only: no passage has its vector yet. 'exam-tutor embed' makes them." in done.stderr
    assert run("embed").returncode == 0
    assert "words only" not in run("ask", "What is a gaiwan?").stderr
    assert "as --no-vectors says" in run("ask", "What is a gaiwan?", "--no-vectors").stderr


def test_a_port_out_of_range_is_refused_with_the_range() -> None:
    done = run("serve", "--port", "80000")
    assert done.returncode == 2
    assert "A port is a number from 1 to 65535, not 80000." in done.stderr


def test_a_damaged_manifest_is_named_and_kept(home: Path) -> None:
    (home / "library").mkdir(parents=True)
    file = home / "library" / "library.db"
    file.write_bytes(b"no database" * 1000)
    done = run("sources", "--json")
    assert done.returncode == 1
    assert str(file) in json.loads(done.stdout)["error"]
    assert "Move it away" in json.loads(done.stdout)["hint"]
    assert file.read_bytes() == b"no database" * 1000


def test_an_empty_home_is_refused(tmp_path: Path) -> None:
    done = run("sources", EXAM_TUTOR_HOME="")
    assert done.returncode == 1
    assert "EXAM_TUTOR_HOME" in done.stderr
    assert not (tmp_path / "library").exists()
