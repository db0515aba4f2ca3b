"""A question as a learner pastes it: its stem, its options, how many to choose, the key where one is given."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import QuestionError
from tutor.option_marks import LEAST, Run, find_run, lines_of_inline, unmarked
from tutor.pasted_text import plain_text

MAX_OPTIONS = 10

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SELECT = re.compile(
    r"\b(?:choose|select|pick|which|what)\s+(?:any\s+|the\s+)?(one|two|three|four|five|[1-5])\b(?!\s*(?:of\s+the\s+)?%)",
    re.I,
)
_NAME = r"\(?(?:[A-Za-z]|\d{1,2})\)?"
_NAMES = re.compile(
    rf"(?:options?\s+)?({_NAME}(?:(?:\s*[,;/&+]\s*|\s+)(?:and\s+)?{_NAME})*|[A-J]{{2,5}})(?=\s*$|\s*[.:(–-])"
)
_KEY = re.compile(
    r"^\W*(?:the\s+)?(?:(?:correct|right)\s+)?(?:answers?|key|solution|correct)(?:\s*\(s\))?"
    r"(?:\s+(?:is|are)\b\s*:?|\s*[:=–-]+)\s*(?P<rest>\S.*)$",
    re.I,
)
_CHOSEN = re.compile(
    r"^\W*(?:(?:i|i've|i have)\s+(?:chose|chosen|picked|selected|answered|said|took|went\s+(?:with|for)|put)"
    r"|i(?:'d|\s+would)\s+(?:choose|pick|say|go\s+(?:with|for))|i\s+think\s+(?:it\s+is|it's)"
    r"|my\s+(?:answer|choice)(?:\s+(?:is|was))?)\s*:?\s*(?P<rest>\S.*)$",
    re.I,
)
_EXPLANATION = re.compile(r"^\W*(?:explanation|rationale|reference|discussion|why)s?\s*:", re.I)
_QUESTION_NUMBER = re.compile(r"^\s*(?:(?:question|q)\s*#?\s*\d+\s*[.:)–-]*\s*|#?\d{1,3}[.):]\s+)", re.I)
_NUMBERED = re.compile(r"^\s*(?:question|q)\s*#?\s*\d+\b", re.I)


@dataclass(frozen=True, slots=True)
class PastedOption:
    """One option; `label` is its letter or number as pasted, or a letter by its place where it had none."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PastedQuestion:
    """A pasted question. `key` are the labels it says are right, `chosen` those the learner says they chose."""

    stem: str
    options: tuple[PastedOption, ...]
    select: int = 1
    key: tuple[str, ...] | None = None
    chosen: tuple[str, ...] | None = None


def parse_question(pasted: str) -> PastedQuestion:
    """Read one question.

    Raises:
        QuestionError: the text is no question, more than one, or one that cannot be judged; it says what to do.
    """
    body, key_line, chosen_line = _without_key(plain_text(pasted).split("\n"))
    stem, options = _stem_and_options(body)
    _check_options(options)
    key, chosen = _labels(key_line, options, "key"), _labels(chosen_line, options, "line on what you chose")
    stated = _SELECT.search(stem)
    select = _number(stated[1]) if stated else len(key or (1,))
    if not stem:
        raise QuestionError("There are options, but no question above them.", "Paste the whole question.")
    if select >= len(options):
        raise QuestionError(
            f"The question wants {select} of {len(options)} options.", "Check that all its options were pasted."
        )
    return PastedQuestion(stem, options, select, key, chosen)


def looks_pasted(text: str) -> bool:
    """Whether a message holds options under a stem, so that it is a question and not a word about one."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines_of_inline(text) is not None:
        return True
    run = find_run(lines)
    if run is None:
        bare = unmarked(text.split("\n"))
        return bare is not None and len(bare[1]) > LEAST
    is_bullets = run.marks[0].style.startswith("bullet")
    return run.marks[0].line > 0 and (not is_bullets or (len(run.marks) > LEAST and "?" in text))


def _without_key(lines: Sequence[str]) -> tuple[list[str], str, str]:
    """The lines before a key or an explanation, what the key line says, and what the line on the choice says."""
    body: list[str] = []
    key = chosen = ""
    ended = False
    for line in lines:
        if not chosen and (match := _CHOSEN.match(line)) and _NAMES.match(match["rest"]):
            chosen = match["rest"]
        elif not key and len(body) > LEAST and (match := _KEY.match(line)):
            key, ended = match["rest"], True
        elif _EXPLANATION.match(line) and len(body) > LEAST:
            ended = True
        elif ended and _NUMBERED.match(line):
            raise _two_questions()
        elif not ended:
            body.append(line)
    return body, key, chosen


def _stem_and_options(lines: Sequence[str]) -> tuple[str, tuple[PastedOption, ...]]:
    if sum(bool(_NUMBERED.match(line)) for line in lines) > 1:
        raise _two_questions()
    run = find_run(lines)
    if run is None or run.marks[0].style.startswith("bullet"):
        apart = lines_of_inline("\n".join(lines))
        if apart is not None:
            lines, run = apart, find_run(apart)
    if run is not None:
        if run.again:
            raise _two_questions()
        return _stem(lines[: run.marks[0].line]), _marked_options(lines, run)
    found = unmarked(lines)
    if found is None:
        raise QuestionError(
            "There is no question with options in the text.",
            "Paste the question, then its options one a line, each with its letter (A. …).",
        )
    start, texts = found
    labels = string.ascii_uppercase
    return _stem(lines[:start]), tuple(PastedOption(labels[n % 26], text) for n, text in enumerate(texts))


def _stem(lines: Sequence[str]) -> str:
    """The stem in one line; the question's number is not part of it."""
    filled = [line for line in lines if line.strip()]
    if filled:
        filled[0] = _QUESTION_NUMBER.sub("", filled[0], count=1)
    return " ".join(" ".join(filled).split())


def _marked_options(lines: Sequence[str], run: Run) -> tuple[PastedOption, ...]:
    """Every mark's text with the lines up to the next mark."""
    ends = [mark.line for mark in run.marks[1:]] + [len(lines)]
    options = []
    for place, (mark, end) in enumerate(zip(run.marks, ends, strict=True)):
        text = " ".join(" ".join((mark.text, *lines[mark.line + 1 : end])).split())
        options.append(PastedOption(mark.name or string.ascii_uppercase[place % 26], text))
    return tuple(options)


def _check_options(options: Sequence[PastedOption]) -> None:
    if len(options) > MAX_OPTIONS:
        raise QuestionError(
            f"The text has {len(options)} options; a question is read with up to {MAX_OPTIONS}.",
            "Paste one question with its own options only.",
        )
    seen: dict[str, str] = {}
    for option in options:
        if not option.text:
            raise QuestionError(f"Option {option.label} is empty.", "Paste the words of every option.")
        other = seen.setdefault(" ".join(option.text.casefold().split()).rstrip(". "), option.label)
        if other != option.label:
            raise QuestionError(
                f"Options {other} and {option.label} are equal.", "Correct one of them and paste the question again."
            )


def _labels(said: str, options: Sequence[PastedOption], what: str) -> tuple[str, ...] | None:
    """The options that a line names, by label or by their text; None where there is no such line."""
    if not said:
        return None
    labels = [option.label for option in options]
    for option in options:
        if said.strip().rstrip(".").casefold() == option.text.rstrip(".").casefold():
            return (option.label,)
    match = _NAMES.match(said)
    if match is None:
        raise QuestionError(f"The {what} names no option: '{said[:60]}'.", "Write it with letters: Answer: B.")
    names = re.findall(r"\d+|[A-Z]", match[1].upper().replace("AND", ""))
    if strange := [name for name in names if name not in labels]:
        raise QuestionError(
            f"The {what} names {strange[0]}, but the options are {labels[0]} to {labels[-1]}.",
            "Check that all options were pasted.",
        )
    return tuple(label for label in labels if label in names)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _two_questions() -> QuestionError:
    return QuestionError("There is more than one question in the text.", "Paste one question at a time.")
