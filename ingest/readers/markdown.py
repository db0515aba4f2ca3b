"""Markdown (CommonMark with tables) as plain text under its headings. The one import of markdown_it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from corpus.documents import Block, BlockKind, Document, Section
from corpus.errors import SourceError
from ingest.readers.source import RawSource

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t]+")
_PARSER = MarkdownIt("commonmark").enable("table")


def read(raw: RawSource) -> Document:
    """The file as sections, one for each heading that has text below it.

    The title is the front matter's, else the first heading of level 1, else the file's name.

    Raises:
        SourceError: it is not text, or there is no text in it.
    """
    text = raw.text()
    title = None
    if front := _FRONT_MATTER.match(text):
        title = _title_of(front[1])
        text = text[front.end() :]
    return document_of(raw, text, title)


def document_of(raw: RawSource, text: str, title: str | None) -> Document:
    """Markdown without front matter as a Document. Raises SourceError when there is no text in it."""
    tree = SyntaxTreeNode(_PARSER.parse(text))
    title = title or _first_heading(tree) or raw.stem
    sections = tuple(_sections(tree.children, title, raw.url))
    if not sections:
        raise SourceError(raw.name, "there is no text in it", "Check that it is the file you meant.")
    return Document(raw.name, title, sections, raw.sha256, raw.kind, raw.url)


def _title_of(front_matter: str) -> str | None:
    try:
        data = yaml.safe_load(front_matter)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    title = data.get("title") if isinstance(data, dict) else None
    # A list or mapping is no title, and one that repeats its parts would grow beyond all bounds as text.
    return str(title).strip() or None if isinstance(title, (str, int, float, date)) else None


def _first_heading(tree: SyntaxTreeNode) -> str | None:
    return next((_inline(n) for n in tree.children if n.type == "heading" and n.tag == "h1" and _inline(n)), None)


def _sections(nodes: Iterable[SyntaxTreeNode], title: str, url: str | None) -> Iterable[Section]:
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for node in nodes:
        if node.type == "heading":
            if blocks:
                yield Section(tuple(blocks), _heading(path, title), url=url)
            blocks = []
            level = int(node.tag[1])
            path = [(depth, text) for depth, text in path if depth < level]
            if text := _inline(node):
                path.append((level, text))
        elif block := _block(node):
            blocks.append(block)
    if blocks:
        yield Section(tuple(blocks), _heading(path, title), url=url)


def _heading(path: list[tuple[int, str]], title: str) -> tuple[str, ...]:
    return tuple(text for _, text in path if text != title)


def _block(node: SyntaxTreeNode) -> Block | None:
    """The node as a block; None for rules, comments and whatever else has no text."""
    kind, text = BlockKind.PARAGRAPH, ""
    match node.type:
        case "paragraph" | "heading":
            text = _inline(node, line_break="\n")
        case "bullet_list" | "ordered_list":
            kind, text = BlockKind.LIST, "\n".join(_list_lines(node, 0))
        case "table":
            kind, text = BlockKind.TABLE, "\n".join(_table_lines(node))
        case "fence" | "code_block":
            # A Mermaid diagram is a picture in words that nobody would want quoted.
            kind, text = BlockKind.CODE, "" if node.info.strip() == "mermaid" else node.content.rstrip()
        case "html_block":
            text = _flatten(_TAG.sub(" ", node.content))
        case "blockquote":
            text = "\n".join(block.text for child in node.children if (block := _block(child)))
    return Block(text, kind) if text.strip() else None


def _list_lines(node: SyntaxTreeNode, depth: int) -> Iterable[str]:
    """One line an item, deeper items indented; code, tables and lists in an item on lines of their own."""
    number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    for item in node.children:
        mark = "- " if number is None else f"{number}. "
        said = [child for child in item.children if child.type == "paragraph"]
        yield f"{'  ' * depth}{mark}{' '.join(_inline(child) for child in said)}".rstrip()
        for child in item.children:
            if child.type in {"bullet_list", "ordered_list"}:
                yield from _list_lines(child, depth + 1)
            elif child not in said and (block := _block(child)):
                yield from ("  " * (depth + 1) + line for line in block.text.splitlines())
        number = None if number is None else number + 1


def _table_lines(node: SyntaxTreeNode) -> Iterable[str]:
    for part in node.children:
        for row in part.children:
            yield " | ".join(_inline(cell) for cell in row.children)


def _inline(node: SyntaxTreeNode, line_break: str = " ") -> str:
    lines = "".join(_inline_parts(node)).split("\n")
    return line_break.join(filter(None, (_flatten(line) for line in lines)))


def _inline_parts(node: SyntaxTreeNode) -> Iterable[str]:
    """Text without its marks; a hard line break is a newline, a link its words, a picture nothing."""
    for child in node.children:
        match child.type:
            case "text" | "code_inline":
                yield child.content.replace("\n", " ")
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
            case "html_inline":
                yield " " if child.content.startswith("<br") else ""
            case "image":
                yield ""
            case _:
                yield from _inline_parts(child)


def _flatten(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()
