"""A file of questions to measure on: one JSON object a line, every line checked before anything is built.

    {"id": "q1", "question": "…", "gold_sources": ["guide/page.md"], "answer": "…", "yes_no": "yes" | "no" | null}

A question that the corpus cannot answer has no gold source, or says `"answerable": false`. Further keys are allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StrictBool, StringConstraints, ValidationError, model_validator

from corpus.errors import ExamTutorError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, strict=True)]


class QuestionsError(ExamTutorError):
    """A file of questions cannot be used; the text starts with `file:line: field:`."""

    def __init__(self, file: Path, problem: str, *, line: int = 1, field: str = "", hint: str = "") -> None:
        super().__init__(f"{file}:{line}: {field}: {problem}" if field else f"{file}:{line}: {problem}", hint)


class Case(BaseModel):
    """One question. `gold_sources` are the documents that answer it, by their path below the corpus folder."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Text
    question: Text
    gold_sources: tuple[Text, ...] = ()
    answer: str = ""
    yes_no: Literal["yes", "no"] | None = None
    answerable: StrictBool | None = None
    kind: str = ""
    split: str = ""

    @model_validator(mode="after")
    def _needs_gold(self) -> Case:
        if self.answerable and not self.gold_sources:
            raise ValueError("an answerable question needs a gold source")
        if self.answerable is None and "gold_sources" not in self.model_fields_set:
            raise ValueError('gold_sources is missing; give [] or "answerable": false where nothing answers it')
        return self

    @property
    def is_answerable(self) -> bool:
        """Whether the corpus answers it."""
        return bool(self.gold_sources) if self.answerable is None else self.answerable

    @property
    def gold(self) -> frozenset[str]:
        """The documents to be found; none for a question that nothing answers."""
        return frozenset(self.gold_sources) if self.is_answerable else frozenset()


def load_cases(file: Path) -> list[Case]:
    """The questions of a file, in its order; empty lines are passed over.

    Raises:
        QuestionsError: a line is not as it should be, an id comes twice, or there is no question.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(file, f"the file cannot be read: {error}", hint="Save it as UTF-8.") from error
    cases: list[Case] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        case = _case(file, number, line)
        if case.id in seen:
            raise QuestionsError(file, f"'{case.id}' is on line {seen[case.id]} already", line=number, field="id")
        seen[case.id] = number
        cases.append(case)
    if not cases:
        raise QuestionsError(file, "there is no question in this file", hint="Put one JSON object on each line.")
    return cases


def check_gold(file: Path, cases: Sequence[Case], names: Collection[str]) -> None:
    """Refuse gold sources that the corpus does not have: a miss nobody could help would count as ours.

    Raises:
        QuestionsError: names the question and the first such source, and how many more there are.
    """
    known = set(names)
    missing = [(case.id, source) for case in cases for source in case.gold_sources if source not in known]
    if missing:
        case, source = missing[0]
        more = f", nor are {len(missing) - 1} more" if len(missing) > 1 else ""
        raise ExamTutorError(
            f"{file}: question '{case}': gold_sources: '{source}' is not in the corpus{more}.",
            "Paths are relative to the folder given as --corpus, with slashes.",
        )


def _case(file: Path, number: int, line: str) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise QuestionsError(file, message, line=number, field=field or _named(message)) from error


def _named(message: str) -> str:
    """The field a whole-line check speaks of; none where the line is no JSON object at all."""
    return "gold_sources" if "gold" in message else ""
