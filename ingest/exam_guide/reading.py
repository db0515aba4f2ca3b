"""An official AWS exam guide in PDF becomes a blueprint, the first file of a new exam pack.

Written for the two layouts of AWS's guides, that of the documentation site and the older one, not for single
guides. What a guide does not state is left out and said so in a remark; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.items import Item

from corpus.blueprint import Exam
from corpus.errors import SourceError
from ingest.exam_guide.figures import CODE, Figures, figures_of
from ingest.exam_guide.lines import DOMAIN, Entry, parts
from ingest.exam_guide.outline import Outline
from ingest.exam_guide.services import services_of
from ingest.readers import pdf
from ingest.readers.source import RawSource

_LONGEST_ARRAY_LINE = 100
_COMMENTS = {
    "format": "How the exam is sat and scored, where the guide says so.",
    "domains": "Domains, task statements and objectives, worded as the guide words them.",
    "services": "Services as the guide prints them, by its categories.",
    "sources": "Where this was read.",
}


@dataclass(frozen=True)
class GuideReading:
    """What was read: `blueprint` with keys as in `blueprint.toml`, and remarks on what is missing or odd."""

    blueprint: dict[str, Any]
    remarks: tuple[str, ...]


def read_guide(raw: RawSource) -> GuideReading:
    """Return the blueprint that an exam guide describes.

    Raises:
        SourceError: it cannot be read as a PDF, is no exam guide, or holds the guides of several exams.
    """
    pages = pdf.lines(raw)
    entries, running = parts(pages)
    outline = Outline()
    outline.read(entries)
    domains = outline.domains()
    figures = figures_of(entries, running)
    _refuse_others(raw, entries, domains, figures)
    services, odd = services_of(entries)
    blueprint: dict[str, Any] = {**figures.head}
    blueprint |= {"format": figures.format} if figures.format else {}
    blueprint["domains"] = domains
    blueprint |= {"services": services} if services else {}
    if raw.url and raw.url.startswith(("https://", "http://")):
        blueprint["sources"] = [{"title": f"{figures.head.get('title', raw.name)}: exam guide", "url": raw.url}]
    blank = [
        f"Page {number} has no text that could be read." for number, lines in enumerate(pages, start=1) if not lines
    ]
    remarks = [*blank, *figures.remarks, *outline.remarks, *_weights(domains), *odd]
    return GuideReading(blueprint, tuple(dict.fromkeys(remarks)))


def _refuse_others(raw: RawSource, entries: list[Entry], domains: list[dict[str, Any]], figures: Figures) -> None:
    if not domains:
        raise SourceError(
            raw.name,
            "this is no AWS exam guide: it has no heading such as 'Task 1.1: …' or 'Task Statement 1.1: …' "
            f"below one such as 'Content Domain 1: …' or 'Domain 1: …', and {_code_found(figures)}",
            "Give the exam guide that AWS publishes for the exam, as PDF.",
        )
    firsts = {m[2] for entry in entries if not entry.level and (m := DOMAIN.fullmatch(entry.text)) and m[1] == "1"}
    codes = {
        code for entry in entries for code in CODE.findall(entry.text) if f"({code}) exam has a pass" in entry.text
    }
    if len(firsts) > 1 and len(codes) > 1:
        raise SourceError(
            raw.name,
            f"it holds the guides of {len(codes)} exams: {', '.join(sorted(codes))}",
            "Save the pages of one of them as a PDF of its own, and give that.",
        )


def _code_found(figures: Figures) -> str:
    code = figures.head.get("code")
    return f"its exam code is {code}" if code else "no exam code such as ABC-C01"


def _weights(domains: list[dict[str, Any]]) -> list[str]:
    weights = [domain["weight"] for domain in domains if "weight" in domain]
    if len(weights) < len(domains) or sum(weights) == 100:
        return []
    return [f"The domains' weights add up to {sum(weights)}%, not 100%."]


def shortfalls(blueprint: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a blueprint lacks to be a pack's, as `corpus.blueprint.Exam` says it; none when it is complete."""
    try:
        Exam.model_validate(blueprint)
    except ValidationError as error:
        return tuple(
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}".removeprefix(": ") for problem in error.errors()
        )
    return ()


def to_toml(blueprint: Mapping[str, Any]) -> str:
    """Return the blueprint as the text of a `blueprint.toml`."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Read from the official exam guide by 'exam-tutor import-guide'."))
    document.add(tomlkit.comment("What the guide does not say is not here; check it before you use it."))
    document.add(tomlkit.nl())
    for key, value in blueprint.items():
        if comment := _COMMENTS.get(key):
            document.add(tomlkit.nl())
            document.add(tomlkit.comment(comment))
        document.add(key, _item(value))
    return tomlkit.dumps(document)


def _item(value: Any) -> Item:  # noqa: ANN401  TOML's values have no narrower type
    """Return a value as a TOML item: lists of tables as tables, long lists of texts one a line."""
    if isinstance(value, Mapping):
        table = tomlkit.table()
        for key, inner in value.items():
            table.add(key, _item(inner))
        return table
    if not isinstance(value, list):
        item: Item = tomlkit.item(value)
        return item
    if value and all(isinstance(entry, Mapping) for entry in value):
        tables = tomlkit.aot()
        for entry in value:
            tables.append(_item(entry))
        return tables
    array = tomlkit.array()
    array.extend(value)
    array.multiline(len(", ".join(map(str, value))) > _LONGEST_ARRAY_LINE)
    return array
