"""Where the options of a pasted question begin: by letters, numbers, bullets, or by lines alone."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST = 2
"""So many options make a choice."""

_MARK = re.compile(
    r"^\s*(?:[*_]{0,2})(?:(?:[Oo]ption|OPTION|[Cc]hoice)\s+(?=[A-Za-z]\b))?"
    r"(?:(?P<open>[(\[])?(?P<name>[A-Za-z]|\d{1,2})(?P<close>[.)\]:]|\s[-–—]|(?<=[A-Z])\s*\|)"
    r"|(?P<bullet>[-–*•●○◦▪‣☐□◯]|\[[ xX]?\]))(?:[*_]{0,2})(?:\s+|$)",
)
_INLINE = re.compile(r"(?:(?<=\s)|^)(?P<open>\()?(?P<name>[A-Za-z])(?P<close>[.)])(?=\s)")
_END_OF_STEM = re.compile(r"\?[)\]\"'”’]*$|[?:]\s*\(.{0,40}\)\W*$|\((?:choose|select|pick)\b.{0,30}\)\W*$", re.I)
_COLON = re.compile(r":\s*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark that opens a line: `style` is the same for marks that belong together; `rank` counts from 0."""

    line: int
    style: str
    rank: int | None
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Marks of one style, one after the other: the options. `again` says that the style starts anew behind them."""

    marks: tuple[Mark, ...]
    again: bool = False


def find_run(lines: Sequence[str]) -> Run | None:
    """The marks that open options: letters before numbers before bullets; None where there are none."""
    marks = [mark for number, line in enumerate(lines) if (mark := _mark(number, line)) is not None]
    for kind in ("letter", "number", "bullet"):
        runs = [run for run in _runs([mark for mark in marks if mark.style.startswith(kind)], lines) if _is_choice(run)]
        if runs:
            # A list before the last one belongs to the stem, unless two questions are lettered.
            first_style = runs[0].marks[0].style
            again = kind == "letter" and any(run.marks[0].style == first_style for run in runs[1:])
            return Run(runs[0].marks if kind == "letter" else runs[-1].marks, again)
    return None


def lines_of_inline(text: str) -> list[str] | None:
    """A text whose lettered options stand in one line, taken apart at its letters; None where it has none."""
    for opening in ("(", None):
        for closing in ")" if opening else ").":
            expected, cuts = 0, []
            for match in _INLINE.finditer(text):
                if match["open"] == opening and match["close"] == closing and _rank(match["name"]) == expected:
                    cuts.append(match.start())
                    expected += 1
            if len(cuts) > LEAST:
                ends = [*cuts[1:], len(text)]
                parts = [text[: cuts[0]], *(text[cut:end] for cut, end in zip(cuts, ends, strict=True))]
                return [line for part in parts for line in part.split("\n")]
    return None


def unmarked(lines: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    """Options that carry no mark: the line they start at and their texts, one a paragraph or one a line."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    ends = [n for n in filled if _END_OF_STEM.search(lines[n].rstrip())]
    ends = ends or [n for n in filled if _COLON.search(lines[n])][:1]
    for end in reversed(ends):
        rest = lines[end + 1 :]
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", "\n".join(rest)) if part.strip()]
        texts = paragraphs if len(paragraphs) >= LEAST else [" ".join(line.split()) for line in rest if line.strip()]
        if len(texts) >= LEAST:
            return end + 1, tuple(texts)
    return None


def _mark(number: int, line: str) -> Mark | None:
    match = _MARK.match(line)
    if match is None:
        return None
    rest = line[match.end() :].rstrip("*_ ") if line.lstrip().startswith(("**", "__")) else line[match.end() :]
    name = match["name"]
    if name is None:
        return Mark(number, f"bullet {match['bullet'][0]}", None, "", rest)
    kind = "number" if name.isdigit() else "letter"
    case = "upper" if name.isupper() else "lower"
    return Mark(number, f"{kind} {case} {match['open'] or ''}{match['close'].strip()}", _rank(name), name.upper(), rest)


def _rank(name: str) -> int:
    return int(name) - 1 if name.isdigit() else string.ascii_uppercase.index(name.upper())


def _runs(marks: Sequence[Mark], lines: Sequence[str]) -> Iterator[Run]:
    """Stretches of marks of one style that count up from the first; bullets go on until a paragraph between them."""
    open_runs: dict[str, list[Mark]] = {}
    for mark in marks:
        run = open_runs.get(mark.style, [])
        if mark.rank == 0 or (mark.rank is None and run and not _go_on(run[-1], mark, lines)):
            if run:
                yield Run(tuple(run))
            open_runs[mark.style] = [mark]
        elif mark.rank is None or mark.rank == len(run):
            open_runs[mark.style] = [*run, mark]
    for run in sorted(open_runs.values(), key=lambda run: run[0].line):
        yield Run(tuple(run))


def _go_on(last: Mark, mark: Mark, lines: Sequence[str]) -> bool:
    """Whether no paragraph that is not indented stands between two bullets."""
    between = lines[last.line + 1 : mark.line]
    return not any(
        not before.strip() and line.strip() and not line.startswith(" ") for before, line in pairwise(between)
    )


def _is_choice(run: Run) -> bool:
    return len(run.marks) >= LEAST and run.marks[0].rank in {0, None}
