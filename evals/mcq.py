"""How well options are judged without a key: the cases, and `exam-tutor evals mcq --questions FILE`.

A file holds one object a line: `{"id", "stem", "options": {"A": text…}, "answer": ["A"…]}`. Without a file the suite
"mcq" judges the pack's own questions by stem and options alone, keys and rationales hidden; the weights of
`tutor.option_ranking` were fitted on the `tuning` half of them, and the figures are the `held-out` half's. That is
kinder than a stranger's questions: bank and cards have the same authors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.exam_pack import ExamPack
from evals.cases_file import QuestionsError
from evals.requirements import half_of
from tutor.pasted_question import PastedOption, PastedQuestion


@dataclass(frozen=True, slots=True)
class Case:
    """A question without its key, and the key."""

    id: str
    question: PastedQuestion
    answer: tuple[str, ...]


def read_cases(file: Path) -> list[Case]:
    """The questions of a JSON Lines file.

    Raises:
        QuestionsError: a line is not as it should be, or there is none.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(file, f"the file cannot be read: {error}", hint="Save it as UTF-8.") from error
    cases = [_read(file, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not cases:
        raise QuestionsError(file, "there is no question in this file", hint="Put one JSON object on each line.")
    return cases


def bank_cases(pack: ExamPack, half: str) -> Iterator[Case]:
    """The questions of one half of a pack's bank."""
    for question in pack.questions:
        if half_of(question) == half:
            options = {label: option.text for label, option in question.labelled}
            yield _case(question.id, question.stem, options, question.answer)


def _read(file: Path, number: int, line: str) -> Case:
    try:
        row = json.loads(line)
        stem, options, answer = row["stem"], row["options"], row["answer"]
        case_id = row["id"]
    except KeyError as error:
        raise QuestionsError(file, "it is missing", line=number, field=str(error.args[0])) from error
    except (ValueError, TypeError) as error:
        raise QuestionsError(file, f"this is no JSON object: {error}", line=number) from error
    if not isinstance(stem, str) or not stem.strip():
        raise QuestionsError(file, "it must be a text", line=number, field="stem")
    if not isinstance(options, dict) or len(options) < 2 or not all(isinstance(o, str) for o in options.values()):
        raise QuestionsError(file, "two or more are needed, a text under each letter", line=number, field="options")
    if not isinstance(answer, list) or not answer or not all(label in options for label in answer):
        raise QuestionsError(file, "it must be a list of letters of the options", line=number, field="answer")
    return _case(str(case_id), stem, options, answer)


def _case(case_id: str, stem: str, options: Mapping[str, str], answer: Sequence[str]) -> Case:
    listed = tuple(PastedOption(label, text) for label, text in options.items())
    return Case(case_id, PastedQuestion(stem, listed, len(answer)), tuple(answer))
