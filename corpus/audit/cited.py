"""From a fact's source to the text of the document, where a copy of it is at hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urldefrag

from pydantic import Field

from corpus.audit.api_descriptions import ApiDescriptions
from corpus.audit.plain_text import plain_text
from corpus.blueprint import PackModel, Text
from corpus.questions import FactRef
from corpus.toml_file import load_toml

DOCUMENTS = "documents.toml"
WAIVERS = "waivers.toml"


class Guide(PackModel):
    """A guide on the web and its copy: `folder` is below the folder of documents, a page `x.html` is `x.md` there."""

    url_prefix: Annotated[str, Field(pattern=r"^https?://\S+/$")]
    folder: Text


class Api(PackModel):
    """An API reference on the web, page `API_Name.html` for `Name`; `service` is what botocore calls it."""

    url_prefix: Annotated[str, Field(pattern=r"^https?://\S+/$")]
    service: Text


class DocumentMap(PackModel):
    """The whole of a pack's `documents.toml`."""

    guides: tuple[Guide, ...] = ()
    apis: tuple[Api, ...] = ()


class Waiver(PackModel):
    """Why the figures of a fact (`card-id#fact-id`) need not be found in the copy of its source."""

    fact: FactRef
    reason: Text


class WaiverList(PackModel):
    """The whole of a pack's `waivers.toml`."""

    waivers: tuple[Waiver, ...] = ()


def load_waivers(pack_folder: Path) -> tuple[Waiver, ...]:
    """The pack's waivers; none when it has no such file.

    Raises:
        PackError: the file is wrong.
    """
    file = pack_folder / WAIVERS
    return load_toml(file, WaiverList).waivers if file.is_file() else ()


class CitedDocuments:
    """Copies of the documents that a pack cites, found through its `documents.toml`."""

    def __init__(self, pack_folder: Path, documents: Path, descriptions: ApiDescriptions | None = None) -> None:
        """Read the map.

        Raises:
            PackError: `documents.toml` is wrong.
        """
        file = pack_folder / DOCUMENTS
        self._map = load_toml(file, DocumentMap) if file.is_file() else DocumentMap()
        self._documents = documents
        self._descriptions = descriptions
        self.text = cache(self._text)

    def _text(self, url: str) -> str | None:
        """What a reader of the page sees, or None when there is no copy of it."""
        address, _ = urldefrag(url)
        for guide in self._map.guides:
            page = address.removeprefix(guide.url_prefix).removesuffix(".html")
            file = self._documents / guide.folder / f"{page}.md"
            if address.startswith(guide.url_prefix) and "/" not in page and file.is_file():
                return plain_text(file.read_text(encoding="utf-8", errors="replace"))
        for api in self._map.apis if self._descriptions else ():
            name = address.removeprefix(f"{api.url_prefix}API_").removesuffix(".html")
            if address.startswith(api.url_prefix) and name.isalnum() and self._descriptions:
                return self._descriptions.text(api.service, name)
        return None
