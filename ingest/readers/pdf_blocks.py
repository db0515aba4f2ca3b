"""Lines become blocks: paragraphs on one line, lists with an item a line, code as it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import Block, BlockKind
from ingest.readers.pdf_lines import BULLET, Line, joined

_WEAK_BULLET = re.compile(r"(?:[-–—*]|o(?=\s+\S))\s+")  # also a dash or a word: a bullet only where an item may start
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|\[\d{1,3}\])\s+(?=\S)")
_CONTENTS = re.compile(r"^(.*?\S)\s*(?:\.{4,}|(?:\. ){4,}|…{2,})[\s.]*(\d+|[ivxl]+)$")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W_]+)*")
_BROKEN = re.compile(r"(?:^|[^\w-])([^\W\d_]+(?:-[^\W_]+)*)[-\u2010\u00ad]$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = (".", "!", "?", ":", ";", ".”", '."', ".)")


class Words:
    """How often each word stands inside a line of the document, hyphenated ones as a whole."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count the words of the document's lines, which come in reading order."""
        self._counts: Counter[str] = Counter()
        for text in texts:
            whole = _BROKEN.sub("", text)  # half a word at the line's end is no word
            self._counts.update(word.casefold() for word in _WORD.findall(whole))
        # What an unknown word is: in a document that breaks no words, a hyphen at the line's end is always its own.
        self._breaks_words = self._count_breaks(texts) >= 0

    def _count_breaks(self, texts: Sequence[str]) -> int:
        """Return how many more words are surely broken over a line end than surely hyphenated."""
        surplus = 0
        for above, below in pairwise(texts):
            broken, following = _BROKEN.search(above), _NEXT_WORD.match(below)
            if broken and following:
                one, other = broken[1].casefold(), following[0].casefold()
                surplus += bool(self._counts[one + other]) - bool(self._counts[f"{one}-{other}"])
        return surplus

    def joined(self, above: str, below: str) -> str:
        """Return two lines of a paragraph as one text, a word broken over the line end mended.

        "infor-" and "mation" become "information". The hyphen stays where the document elsewhere has the
        hyphenated word and not the joined one, or has both halves as words of their own ("client-" "side").
        """
        if above.endswith("—") or _is_broken_address(above, below):
            return above + below
        broken, following = _BROKEN.search(above), _NEXT_WORD.match(below)
        if not broken or not following:
            return joined(above, below)
        if above[-1] == "\u00ad" or not self._is_compound(broken[1], following[0]):
            return above[:-1] + below
        return f"{above[:-1]}-{below}"

    def _is_compound(self, first: str, second: str) -> bool:
        one, other = first.casefold(), second.casefold()
        if self._counts[one + other]:
            return False
        if self._counts[f"{one}-{other}"] or not second[0].islower() or "-" in first:
            return True
        return not self._breaks_words or bool(self._counts[one] and self._counts[other])


def _is_broken_address(above: str, below: str) -> bool:
    """Return whether a web address runs over the line end, as far as its signs tell."""
    last, first = above.rsplit(" ", 1)[-1], below.split(" ", 1)[0].rstrip(".,;:)")
    if "://" not in last or "://" in first:
        return False
    return bool(re.search(r"[-_/=&?#]$", last) or re.search(r"[/_=&#]|\w\.\w", first))


@dataclass
class _Open:
    """A block that still takes lines: the items of a list, the lines of code, one text for a paragraph."""

    kind: BlockKind
    texts: list[str]
    last: Line
    left: float  # where it starts: a list's continuation stands to the right of its bullet


def blocks_of(lines: Sequence[Line], words: Words, step: float) -> list[Block]:
    """Return the blocks of consecutive lines; `step` is the distance of a paragraph's lines over their size."""
    right = max((line.end for line in lines), default=0.0)
    done: list[_Open] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        current = done[-1] if done else None
        item = _item(line, current, following, step)
        if item is not None:
            _add_item(done, line, item)
        elif current is None or not _continues(current, line, step, right):
            kind = BlockKind.CODE if line.mono else BlockKind.PARAGRAPH
            done.append(_Open(kind, [line.text], line, line.x))
        elif current.kind is BlockKind.CODE:
            current.texts.append(line.text)
        else:
            current.texts[-1] = words.joined(current.texts[-1], line.text)
        done[-1].last = line
    return [Block("\n".join(block.texts), block.kind) for block in done if any(block.texts)]


def _item(line: Line, current: _Open | None, following: Line | None, step: float) -> str | None:
    """Return the text of the list item that starts in this line, "- " in front, or None."""
    if line.mono:
        return None
    if bullet := BULLET.match(line.text):
        return f"- {line.text[bullet.end() :]}"
    if contents := _CONTENTS.match(line.text):
        return f"- {contents.group(1).rstrip(' .')} {contents.group(2)}"
    numbered, weak = _NUMBERED.match(line.text), _WEAK_BULLET.match(line.text)
    if not (numbered or weak) or not _may_start(line, current, following, step):
        return None
    return f"- {line.text[weak.end() :]}" if weak else line.text


def _may_start(line: Line, current: _Open | None, following: Line | None, step: float) -> bool:
    """Return whether a line that starts with a dash, an "o" or a number can be an item and not a wrapped sentence."""
    if current is None or current.kind is BlockKind.LIST or _apart(current.last, line, step):
        return True
    ended = current.texts[-1].endswith(_SENTENCE_END)
    twin = following is not None and following.text.split(" ")[0] == line.text.split(" ")[0]
    return ended or twin or line.x > current.left + 4


def _add_item(done: list[_Open], line: Line, item: str) -> None:
    if not done or done[-1].kind is not BlockKind.LIST:
        done.append(_Open(BlockKind.LIST, [item], line, line.x))
        return
    done[-1].texts.append(item)
    done[-1].left = line.x


def _apart(above: Line, line: Line, step: float) -> bool:
    """Return whether two lines stand too far from each other, or differ too much, for one paragraph."""
    if abs(above.size - line.size) > 0.6 or above.mono != line.mono:
        return True
    return not -0.4 * line.size <= above.y - line.y <= 1.2 * step * line.size


def _continues(current: _Open, line: Line, step: float, right: float) -> bool:
    """Return whether a line without a bullet goes on with the block above it."""
    text = current.texts[-1]
    ended = text.endswith(_SENTENCE_END)
    if line.y > current.last.y + line.size and line.mono == current.last.mono:  # the top of the next column
        return not ended and line.text[:1].islower()
    if current.kind is BlockKind.LIST and line.x > current.left + 3:
        return not line.mono and current.last.y - line.y <= 2.5 * step * line.size
    if _apart(current.last, line, step):
        return False
    if current.kind is BlockKind.CODE:
        return True
    starts = line.text[:1].isupper()
    if current.kind is BlockKind.LIST:
        return not (ended and starts)
    short = current.last.end < current.left + 0.8 * (right - current.left)
    return not (ended and starts and short)
