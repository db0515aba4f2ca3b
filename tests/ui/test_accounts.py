"""Accounts: a password is kept as a hash only, and a file that is none of ours is refused by its line."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from ui.accounts import Accounts


def test_a_password_is_kept_as_a_hash_and_admits_its_learner_only(tmp_path: Path) -> None:
    file = tmp_path / "learners.txt"
    accounts = Accounts(file)
    accounts.add("ada", "correct horse")
    accounts.add("bob", "battery staple")
    text = file.read_text()
    assert "horse" not in text
    assert text.startswith("ada:$argon2id$")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert accounts.names() == ["ada", "bob"]
    assert accounts.admits("ada", "correct horse")
    assert not accounts.admits("ada", "battery staple")
    assert not accounts.admits("eve", "correct horse")
    accounts.add("ada", "another one")
    assert not accounts.admits("ada", "correct horse")
    assert accounts.names() == ["ada", "bob"]


@pytest.mark.parametrize("name", ["", "../ada", "Ada", "a b", "-a", "a--b", "a" * 33, "ada:x", "ada\n"])
def test_a_name_that_could_not_name_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be a learner's name"):
        Accounts(tmp_path / "learners.txt").add(name, "long enough")


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_too_short_or_too_long_is_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(SettingsError, match="A password has 8 to"):
        Accounts(tmp_path / "learners.txt").add("ada", password)


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    file = tmp_path / "learners.txt"
    file.write_text("ada:plain-text-password\n")
    with pytest.raises(SettingsError, match=r"learners\.txt:1: this is no"):
        Accounts(file).names()
