"""`exam-tutor fetch`: what it lists, and what it says without a network."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from corpus.exam_pack import load_pack
from ui.fetch_cli import fetch_sources, named_hosts


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No name can be resolved; the list is of those that were asked for."""
    asked: list[str] = []

    def offline(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    return asked


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(fetch_sources)
    return made


def test_a_dry_run_lists_the_pack_s_documents_and_fetches_nothing(app: typer.Typer, no_network: list[str]) -> None:
    result = CliRunner().invoke(app, ["--dry-run", "--json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["sources"]
    assert [row["id"] for row in rows] == [source.id for source in load_pack("mls_c01").sources]
    assert set(rows[0]) >= {"id", "title", "publisher", "url", "kind", "licence", "tasks", "here"}
    assert not any(row["here"] for row in rows)
    plain = CliRunner().invoke(app, ["--dry-run"])
    assert f"{len(rows)} documents, 0 of them here" in plain.stdout
    assert not no_network


def test_without_a_network_it_ends_with_1_and_says_what_still_works(
    app: typer.Typer, no_network: list[str], home: Path
) -> None:
    result = CliRunner().invoke(app, ["--json"])
    assert result.exit_code == 1
    assert result.stdout.count("\n") == 1
    rows = json.loads(result.stdout)["sources"]
    assert {row["status"] for row in rows} == {"failed"}
    assert all("what is already in the library works without one" in row["reason"] for row in rows)
    assert sorted(no_network) == ["d1.awsstatic.com", "docs.aws.amazon.com"]  # each host is asked for once
    assert {file.name for file in (home / "sources").iterdir()} == {".lock"}


def test_hosts_are_allowed_by_name(app: typer.Typer, no_network: list[str]) -> None:
    assert named_hosts(["Docs.Example", "https://files.example/x", "a.example:8443"]) == {
        "docs.example",
        "files.example",
        "a.example:8443",
    }
    assert CliRunner().invoke(app, ["--allow-host", "no host"]).exit_code == 2
    assert not no_network
