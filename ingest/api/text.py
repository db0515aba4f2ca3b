"""An API's parameters in words: what each is, what values it takes, and what its documentation says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from corpus.documents import Block, BlockKind
from corpus.sentences import sentence_spans
from ingest.api.shapes import LONG_ENUMERATION, Shape, limits, word_count
from ingest.readers.html import blocks_of

LONG_TEXT = 30
"""A documentation of more words is said once a service; where it comes again, its first sentence is."""

VALUES_A_LINE = 8

_INLINE = re.compile(r"</?(?:code|i|b|a)(?: [^<>]*)?>")
_PARAGRAPHS = re.compile(r"\s*(?:<p>[^<>]*</p>\s*)+")
_TYPES = {"blob": "binary data", "long": "integer", "double": "number", "float": "number"}


class ApiText:
    """One service's documentation in words; knows what it has said, so as not to say it twice.

    `pages` are the structures that have a document of their own; the small others are told where they are used.
    """

    def __init__(self, pages: frozenset[str]) -> None:
        self._pages = pages
        self._said: dict[str, str] = {}  # a long documentation, and on which page it stands

    def member(self, name: str, shape: Shape, page: str, need: str = "") -> list[Block]:
        """A parameter or field: its name, type, need ("required") and limits, then what is said of it."""
        facts = [self.type_of(shape), *([need] if need else []), *limits(shape)]
        head = f"{name} ({', '.join(facts)})"
        blocks = list(self.documentation(shape.documentation, page))
        if blocks and blocks[0].kind is BlockKind.PARAGRAPH:
            blocks[0] = Block(f"{head}: {blocks[0].text}")
        else:
            blocks.insert(0, Block(f"{head}{':' if blocks else '.'}"))
        return [*blocks, *self._long_enumeration(shape, page)]

    def documentation(self, html: str, page: str) -> tuple[Block, ...]:
        """What a docstring says, or only how it begins when it is long and stands on another page already."""
        blocks = _blocks(html)
        if word_count(html) <= LONG_TEXT or self._said.setdefault(html, page) == page:
            return blocks
        begin = first_sentence(html)
        whole = len(blocks) == 1 and begin == blocks[0].text
        return blocks if whole else (Block(f"{begin} (More under {self._said[html]}.)"),)

    def type_of(self, shape: Shape, depth: int = 0) -> str:
        """A type in words; a small structure with its fields."""
        if shape.type_name == "list":
            return f"list of {_plural(self.type_of(shape.member, depth))}"
        if shape.type_name == "map":
            return f"map of {self.type_of(shape.key, depth)} to {self.type_of(shape.value, depth)}"
        if shape.type_name != "structure":
            return _TYPES.get(shape.type_name, shape.type_name)
        if depth or shape.name in self._pages or not shape.members:
            return f"{shape.name} object"
        return f"{shape.name} object with {'; '.join(self._fields(shape))}"

    def _fields(self, shape: Shape) -> Iterator[str]:
        required = shape.metadata.get("required", ())
        for name, member in shape.members.items():
            need = ["required"] if name in required else []
            yield f"{name} ({', '.join([self.type_of(member, 1), *need, *limits(member)])})"

    def _long_enumeration(self, shape: Shape, page: str) -> Iterator[Block]:
        """All values of a long enumeration, where it comes first."""
        while shape.type_name == "list":
            shape = shape.member
        values = shape.metadata.get("enum", ())
        if len(values) > LONG_ENUMERATION and self._said.setdefault(f"enum {shape.name}", page) == page:
            lines = [f"Values of {shape.name}:"]
            for start in range(0, len(values), VALUES_A_LINE):
                lines.append(f"- {', '.join(values[start : start + VALUES_A_LINE])}")
            yield Block("\n".join(lines), BlockKind.LIST)


def first_sentence(html: str) -> str:
    """How a docstring begins; empty when it says nothing."""
    blocks = _blocks(html)
    if not blocks:
        return ""
    spans = sentence_spans(blocks[0].text)
    return blocks[0].text[spans[0][0] : spans[0][1]] if spans else ""


@lru_cache(maxsize=4096)
def _blocks(html: str) -> tuple[Block, ...]:
    """Docstrings come again and again within a service.

    Nine in ten are paragraphs and no more: an HTML parser takes twenty times as long to say the same of them.
    """
    plain = _INLINE.sub("", html)
    if _PARAGRAPHS.fullmatch(plain):
        texts = (" ".join(unescape(part).split()) for part in plain.replace("<p>", "").split("</p>"))
        return tuple(Block(text) for text in texts if text)
    return blocks_of(html) if html.strip() else ()


def _plural(kind: str) -> str:
    noun, with_, fields = kind.partition(" with ")
    first, of, rest = noun.partition(" of ")
    return f"{first if first == 'binary data' else first + 's'}{of}{rest}{with_}{fields}"
