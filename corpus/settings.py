"""Settings: from `EXAM_TUTOR_*` in the environment, else from `settings.toml` in the home folder."""

from __future__ import annotations

import difflib
import os
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingsError

PREFIX = "EXAM_TUTOR_"


class Settings(BaseSettings):
    """What a user can set. Each name is a key of `settings.toml` and, with the prefix, of the environment.

    `embedding_model` is empty for the bundled all-MiniLM-L6-v2, else a folder or a name on the hub.
    `embedding_backend` runs it: "auto" is OpenVINO where it is installed and the model is the bundled one.
    `reranker` is empty for none, else a folder with a sentence-transformers cross-encoder or a name on the hub; what is
    found is then ranked with it too.
    `max_file_mb` is the size above which a file is refused rather than read; `max_parse_seconds` is how long
    reading a file of 20 MB or more may compute, of which the smallest gets a tenth.
    `ledger_url` is empty for `learner.db` in the home folder, else `sqlite:///FILE` or
    `postgresql://NAME:PASSWORD@HOST/DATABASE`.
    `model` is empty for the grounded engine, else a chat model as `provider:model`; `model_url` is the address of a
    server that speaks OpenAI's protocol, for `openai:…`. An answer may take `model_seconds` in all. Prices are in US
    dollars a million tokens; without both no cost is shown. Keys are read from the provider's own environment
    variable (`OPENAI_API_KEY`, …), never from here.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    home: Path = Field(default_factory=lambda: platformdirs.user_data_path("exam-tutor", appauthor=False))
    pack: str = "mls_c01"
    embedding_model: str = ""
    embedding_backend: Literal["auto", "torch", "openvino", "openvino-int8"] = "auto"
    reranker: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 7860
    max_file_mb: Annotated[int, Field(ge=1)] = 64
    max_parse_seconds: Annotated[int, Field(ge=1)] = 300
    ledger_url: str = ""
    model: Annotated[str, Field(pattern=r"^([a-z_]+:\S+)?$")] = ""
    model_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    model_seconds: Annotated[float, Field(gt=0)] = 60.0
    model_input_price: Annotated[Decimal, Field(ge=0)] | None = None
    model_output_price: Annotated[Decimal, Field(ge=0)] | None = None

    @field_validator("home", mode="before")
    @classmethod
    def _refuse_no_home(cls, home: object) -> object:
        if not str(home).strip():
            raise ValueError("name a folder, or leave it out for the usual one")
        return home

    @field_validator("home")
    @classmethod
    def _expand_home(cls, home: Path) -> Path:
        return home.expanduser()

    @property
    def library_folder(self) -> Path:
        """Where the indexes, the manifest and the vector cache are."""
        return self.home / "library"

    @property
    def ledger(self) -> str | Path:
        """Where the learners' ledger is: an address, or a file."""
        return self.ledger_url or self.home / "learner.db"


def load_settings() -> Settings:
    """Read the settings; the environment wins over the file.

    Raises:
        SettingsError: a key is unknown (the nearest known one is named) or has an impossible value.
    """
    known = set(Settings.model_fields)
    for variable in os.environ:
        if variable.startswith(PREFIX):
            _refuse_unknown(variable.removeprefix(PREFIX).lower(), known, f"environment variable {variable}")
    try:
        from_environment = Settings()
        file = from_environment.home / "settings.toml"
        values = _read(file)
        for key in values:
            _refuse_unknown(key, known, f"{file}: key '{key}'")
        kept = {key: value for key, value in values.items() if f"{PREFIX}{key.upper()}" not in os.environ}
        return Settings.model_validate({**from_environment.model_dump(exclude=set(kept)), **kept})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The setting '{key}' cannot be {first['input']!r}: {first['msg']}.",
            f"Mend it in settings.toml or in {PREFIX}{key.upper()}.",
        ) from error


def _read(file: Path) -> dict[str, object]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}", "Mend the file or move it away.") from error


def _refuse_unknown(key: str, known: set[str], where: str) -> None:
    if key in known:
        return
    near = difflib.get_close_matches(key, known, n=1, cutoff=0)
    raise SettingsError(f"Unknown setting: {where}.", f"Did you mean '{near[0]}'? Known: {', '.join(sorted(known))}.")
