"""Who may use the page: names and hashed passwords in a file of lines `name:hash`.

The hash is Argon2id with the parameters of RFC 9106 (argon2-cffi's defaults), which says itself how it was made. The
file is read anew for every login, so that a learner who is added or taken out needs no restart.
"""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from corpus.errors import SettingsError

LEAST_PASSWORD = 8
"""Characters (NIST SP 800-63B, 5.1.1.2)."""

MOST_PASSWORD = 1_000
LONGEST_NAME = 32
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # it names a folder and a file, so one spelling only


class Accounts:
    """The learners in one file. A hash costs 64 MB while it is made, so one at a time is."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._hasher = PasswordHasher()
        self._unknown = self._hasher.hash("nobody has this password")
        self._turn = threading.Lock()

    def names(self) -> list[str]:
        """Who has an account.

        Raises:
            SettingsError: the file cannot be read, or a line of it is none of ours.
        """
        return sorted(self._read())

    def add(self, name: str, password: str) -> None:
        """Add a learner, or give one a new password; the file is replaced whole, readable by its owner only.

        Raises:
            SettingsError: the name or the password cannot be used, or the file cannot be read or written.
        """
        if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise SettingsError(
                f"'{name[:60]}' cannot be a learner's name.",
                f"Use up to {LONGEST_NAME} of a-z and 0-9, with single hyphens between them.",
            )
        if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
            raise SettingsError(f"A password has {LEAST_PASSWORD} to {MOST_PASSWORD:,} characters.", "Choose another.")
        lines = self._read() if self._file.exists() else {}
        lines[name] = self._hasher.hash(password)
        self._write("".join(f"{key}:{value}\n" for key, value in sorted(lines.items())))

    def admits(self, name: str, password: str) -> bool:
        """Whether the password is that learner's; it takes as long for a name that nobody has."""
        known = self._read().get(name, "")
        if len(password) > MOST_PASSWORD:
            return False
        with self._turn:
            try:
                return self._hasher.verify(known or self._unknown, password) and bool(known)
            except (VerificationError, InvalidHashError):
                return False

    def _read(self) -> dict[str, str]:
        try:
            text = self._file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"The file of learners {self._file} cannot be read: {error}",
                "Add a learner with: exam-tutor learner add NAME --auth-file FILE.",
            ) from error
        accounts = {}
        for number, line in enumerate(text.splitlines(), start=1):
            name, colon, hashed = line.partition(":")
            if not line.strip():
                continue
            if not colon or not _NAME.fullmatch(name) or not hashed.startswith("$argon2"):
                raise SettingsError(
                    f"{self._file}:{number}: this is no 'name:hash' with an Argon2 hash.",
                    "Take the line out, and add the learner with: exam-tutor learner add NAME --auth-file FILE.",
                )
            accounts[name] = hashed.strip()
        return accounts

    def _write(self, text: str) -> None:
        part = self._file.with_name(f"{self._file.name}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            part.replace(self._file)
        except OSError as error:
            raise SettingsError(f"{self._file} cannot be written: {error}", "Name a file you can write to.") from error
