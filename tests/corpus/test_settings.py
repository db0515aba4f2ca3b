"""Settings: the environment before the file, and no misspelt key unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import load_settings


def test_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('port = 7000\npack = "other"\n')
    monkeypatch.setenv("EXAM_TUTOR_PORT", "8000")
    settings = load_settings()
    assert (settings.port, settings.pack, settings.host) == (8000, "other", "127.0.0.1")
    assert settings.library_folder == home / "library"


def test_a_tilde_in_the_home_is_the_user_s_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EXAM_TUTOR_HOME", "~/tutor")
    assert load_settings().home == tmp_path / "tutor"


@pytest.mark.parametrize(("key", "value"), [("port", "0"), ("port", "'many'"), ("max_file_mb", "-1")])
def test_an_impossible_value_is_named(home: Path, key: str, value: str) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(f"{key} = {value}")
    with pytest.raises(SettingsError, match=key):
        load_settings()


def test_a_file_that_is_no_toml_is_named(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("port is 7000")
    with pytest.raises(SettingsError, match=r"settings\.toml cannot be read"):
        load_settings()


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_home_is_refused_rather_than_taken_for_the_current_folder(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("EXAM_TUTOR_HOME", value)
    with pytest.raises(SettingsError, match="EXAM_TUTOR_HOME"):
        load_settings()
