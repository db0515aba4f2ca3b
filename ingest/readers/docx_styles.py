"""What the paragraph styles of a Word file say: which are headings, lists, code or a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.readers.docx_text import Element, W, number, value

_HEADING = re.compile(r"^heading (\d)$")
_CODE = re.compile(r"\bcode\b|\bpreformatted\b|^plain text$")
_CONTENTS = re.compile(r"^(?:toc (?:\d|heading)|table of figures)$")
_LIST_LEVEL = re.compile(r"^list (?:bullet|number) (\d)$")
_BODY_LEVEL = 9  # the outline level that means "no heading"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits; `heading` is 0 for the title, None for text."""

    heading: int | None = None
    is_list: bool = False
    list_level: int = 0
    is_code: bool = False
    is_contents: bool = False


class StyleSheet:
    """The paragraph styles by their ids."""

    def __init__(self, styles: Element) -> None:
        self._elements = {style.get(f"{W}styleId"): style for style in styles if style.tag == f"{W}style"}
        self._known: dict[str | None, Style] = {}

    def of(self, paragraph: Element) -> Style:
        """Return a paragraph's style, with what the paragraph itself says otherwise."""
        style_id = value(paragraph, "pPr", "pStyle")
        if style_id not in self._known:
            self._known[style_id] = self._style(style_id)
        style = self._known[style_id]
        heading = _outline(paragraph)
        is_list, level = style.is_list, style.list_level
        if (numbering := value(paragraph, "pPr", "numPr", "numId")) is not None:
            is_list = numbering != "0"
            level = number(value(paragraph, "pPr", "numPr", "ilvl"), level)
        return Style(
            heading=style.heading if heading is None else heading if heading <= _BODY_LEVEL else None,
            is_list=is_list,
            list_level=min(level, _BODY_LEVEL),
            is_code=style.is_code,
            is_contents=style.is_contents,
        )

    def _style(self, style_id: str | None) -> Style:
        """Return a style, what it does not say taken from those it is based on, nearest first."""
        chain: list[Element] = []
        while (element := self._elements.get(style_id)) is not None and element not in chain:
            chain.append(element)
            style_id = value(element, "basedOn")
        names = [(value(element, "name") or "").lower() for element in chain]
        headings = (_heading(element, name) for element, name in zip(chain, names, strict=True))
        heading = next((level for level in headings if level is not None), None)
        numberings = (value(element, "pPr", "numPr", "numId") for element in chain)
        levels = (_list_level(element, name) for element, name in zip(chain, names, strict=True))
        return Style(
            heading=heading if heading is not None and heading <= _BODY_LEVEL else None,
            is_list=next((numbering for numbering in numberings if numbering is not None), "0") != "0",
            list_level=next((level for level in levels if level is not None), 0),
            is_code=any(_CODE.search(name) for name in names),
            is_contents=any(_CONTENTS.match(name) for name in names),
        )


def _heading(style: Element, name: str) -> int | None:
    if name == "title":
        return 0
    if match := _HEADING.match(name):
        return int(match[1])
    return _outline(style)


def _outline(element: Element) -> int | None:
    """Return the heading level that an outline level stands for: they count from 0, headings from 1."""
    level = number(value(element, "pPr", "outlineLvl"), -1)
    return level + 1 if level >= 0 else None


def _list_level(style: Element, name: str) -> int | None:
    if match := _LIST_LEVEL.match(name):
        return max(0, int(match[1]) - 1)
    level = number(value(style, "pPr", "numPr", "ilvl"), -1)
    return level if level >= 0 else None
