"""A file of questions is checked line by line before anything is built."""

from pathlib import Path

import pytest

from corpus.errors import ExamTutorError
from evals.cases_file import QuestionsError, check_gold, load_cases

GOOD = '{"id": "q1", "question": "How long do apples keep?", "gold_sources": ["apples.md"], "answer": "ten weeks"}'


def _file(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_lines_become_cases_and_empty_ones_are_passed_over(tmp_path):
    (case,) = load_cases(_file(tmp_path, GOOD, "", "   "))
    assert (case.id, case.gold, case.answer, case.yes_no) == ("q1", {"apples.md"}, "ten weeks", None)


@pytest.mark.parametrize(
    "rest",
    ['"gold_sources": []', '"answerable": false', '"answerable": false, "gold_sources": ["near.md"], "note": "x"'],
)
def test_a_question_that_nothing_answers_has_nothing_to_be_found(tmp_path, rest):
    (case,) = load_cases(_file(tmp_path, f'{{"id": "q", "question": "Who won?", {rest}}}'))
    assert not case.is_answerable
    assert case.gold == frozenset()


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('{"id": "q2", "question": "", "gold_sources": []}', "question: "),
        ('{"id": "q2", "gold_sources": []}', "question: "),
        ('{"id": 2, "question": "x", "gold_sources": []}', "id: "),
        ('{"id": "q2", "question": "x", "gold_sources": "apples.md"}', "gold_sources: "),
        ('{"id": "q2", "question": "x", "gold_sources": ["a", 3]}', "gold_sources.1: "),
        ('{"id": "q2", "question": "x"}', "gold_sources: "),
        ('{"id": "q2", "question": "x", "gold_sources": [], "answerable": true}', "gold_sources: "),
        ('{"id": "q2", "question": "x", "gold_sources": [], "yes_no": "maybe"}', "yes_no: "),
        ('{"id": "q1", "question": "x", "gold_sources": []}', "id: 'q1' is on line 1 already"),
        ("not json", ""),
        ("[1, 2]", ""),
    ],
)
def test_a_bad_line_is_refused_with_file_line_and_field(tmp_path, line, field):
    file = _file(tmp_path, GOOD, "", line)
    with pytest.raises(QuestionsError) as caught:
        load_cases(file)
    assert str(caught.value).startswith(f"{file}:3: {field}")


def test_a_file_without_a_question_or_that_is_no_text_is_refused(tmp_path):
    with pytest.raises(QuestionsError, match="no question"):
        load_cases(_file(tmp_path, "", ""))
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QuestionsError, match="cannot be read"):
        load_cases(binary)


def test_a_gold_source_that_is_not_in_the_corpus_is_named(tmp_path):
    file = _file(tmp_path, GOOD, GOOD.replace("q1", "q2").replace("apples", "quinces"))
    cases = load_cases(file)
    check_gold(file, cases, ["apples.md", "quinces.md"])
    with pytest.raises(ExamTutorError, match=r"question 'q2': gold_sources: 'quinces.md' is not in the corpus\."):
        check_gold(file, cases, ["apples.md"])
