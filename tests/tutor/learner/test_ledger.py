"""What a ledger keeps, and for whom: one suite over an SQLite file and a PostgreSQL server."""

from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import LedgerError
from tests.tutor.learner.made import START, attempt, entry
from tutor.learner.attempts import Attempt, Confidence, Entry, Mode
from tutor.learner.ledger import ImportReport, Ledger

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
TIME = st.datetimes().map(lambda naive: naive.replace(tzinfo=START.tzinfo))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
ATTEMPTS = st.builds(
    Attempt,
    id=NAME,
    learner=NAME,
    exam=NAME,
    pack_version=TEXT,
    question=NAME,
    task=TEXT,
    difficulty=st.integers(1, 3),
    cards=st.lists(TEXT, max_size=3).map(tuple),
    chosen=st.sets(st.integers(0, 5)).map(sorted).map(tuple),
    correct=st.booleans(),
    confidence=st.none() | st.sampled_from(Confidence),
    seconds=st.floats(0, 1e9),
    mode=st.sampled_from(Mode),
    at=TIME,
)
ENTRIES = st.builds(
    Entry, id=NAME, learner=NAME, exam=NAME, kind=NAME, about=NAME, content=st.dictionaries(TEXT, JSON), at=TIME
)


def test_what_is_recorded_is_read_back_in_the_order_it_was_recorded(ledger: Ledger) -> None:
    """The second attempt's clock is an hour behind the first one's: it still comes second."""
    first, second = attempt(1), attempt(2, at=START - timedelta(hours=1), confidence=None, chosen=(), correct=False)
    assert ledger.record(first) == 1
    assert ledger.record(second) == 1
    assert ledger.attempts("ana", "TST-C01") == [first, second]


def test_a_record_counts_once_and_its_first_form_stays(ledger: Ledger) -> None:
    """Two tabs answer the same question of a sitting: the same id, another answer."""
    assert ledger.record(attempt(1), attempt(2)) == 2
    assert ledger.record(attempt(2, chosen=(1,), correct=False), attempt(3)) == 1
    assert ledger.attempts("ana", "TST-C01") == [attempt(1), attempt(2), attempt(3)]
    assert ledger.record() == 0


def test_an_attempt_and_an_entry_may_have_the_same_id(ledger: Ledger) -> None:
    assert ledger.record(attempt(1, id="same")) == 1
    assert ledger.write(entry(1, id="same")) == 1


def test_nothing_of_a_failed_call_is_kept(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="at cannot be"):
        ledger.record(attempt(1), attempt(2, at=START.replace(tzinfo=None)))
    assert ledger.attempts("ana", "TST-C01") == []


def test_each_learner_sees_only_their_own(ledger: Ledger) -> None:
    ledger.record(attempt(1), attempt(1, learner="ben"), attempt(2, exam="OTH-C01"))
    assert ledger.learners() == ["ana", "ben"]
    assert ledger.attempts("ana", "TST-C01") == [attempt(1)]
    assert ledger.attempts("ben", "TST-C01") == [attempt(1, learner="ben")]
    assert ledger.attempts("ana' OR '1'='1", "TST-C01") == []


def test_entries_are_found_by_kind_and_by_what_they_are_about(ledger: Ledger) -> None:
    remark, rating, other = entry(1), entry(2, kind="rating"), entry(3, about="tea-2")
    assert ledger.write(remark, rating, other) == 3
    assert ledger.entries("ana", "TST-C01") == [remark, rating, other]
    assert ledger.entries("ana", "TST-C01", "remark") == [remark, other]
    assert ledger.entries("ana", "TST-C01", about="tea-1") == [remark, rating]
    assert ledger.entries("ana", "TST-C01", "remark", "tea-2") == [other]


def test_what_is_exported_is_imported_into_another_learner_once(ledger: Ledger) -> None:
    ledger.record(attempt(1), attempt(2, exam="OTH-C01"))
    ledger.write(entry(1))
    lines = list(ledger.export("ana"))
    assert json.loads(lines[0]) == {"format": "exam-tutor-ledger", "version": 1}
    assert [*json.loads(lines[1])] == ["attempt"]
    ledger.record(attempt(1, learner="ben"))

    # Three lines, of which ben has one; one of the three is of another exam, and is kept.
    report = ledger.import_lines([line + "\n" for line in lines], "ben")
    assert report == ImportReport(new=2, known=1, exams={"TST-C01": 2, "OTH-C01": 1})
    assert report.of_other_exams("TST-C01") == {"OTH-C01": 1}
    assert ledger.attempts("ben", "OTH-C01") == [attempt(2, exam="OTH-C01", learner="ben")]
    assert ledger.entries("ben", "TST-C01") == [entry(1, learner="ben")]
    assert ledger.import_lines(lines, "ben").new == 0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "Line 3 cannot be read: Expecting property name"),
        ("[1, 2]", "Line 3 cannot be read: it is not one object"),
        ('{"attempt": {}, "entry": {}}', "Line 3 cannot be read: it is not one object"),
        ('{"attempt": {"id": "x"}}', "Line 3 cannot be read: learner: Field required"),
        ('{"attempt": ' + "[" * 100_000, "Line 3 cannot be read"),
        ({"difficulty": 9}, "Line 3 cannot be read: difficulty cannot be 9"),
        ({"difficulty": "2"}, "Line 3 cannot be read: difficulty: Input should be a valid integer"),
        ({"seconds": float("nan")}, "Line 3 cannot be read: seconds cannot be nan"),
        ({"chosen": [2, 0]}, r"Line 3 cannot be read: chosen cannot be \(2, 0\)"),
        ({"at": "2026-01-02T03:04:05"}, "Line 3 cannot be read: at cannot be"),
        ({"mode": "dream"}, "Line 3 cannot be read: mode: Input should be"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_imported(
    ledger: Ledger, line: str | dict[str, object], problem: str
) -> None:
    ledger.record(attempt(1))
    lines = list(ledger.export("ana"))
    if isinstance(line, dict):
        line = json.dumps({"attempt": {**json.loads(lines[1])["attempt"], **line}})
    with pytest.raises(LedgerError, match=problem):
        ledger.import_lines([*lines, line], "ben")
    assert ledger.attempts("ben", "TST-C01") == []


@pytest.mark.parametrize(
    ("header", "problem"),
    [("", "Line 1 does not say"), ('{"attempt": {}}', "Line 1 does not say"), ("[]", "Line 1 does not say")],
)
def test_a_file_that_is_no_export_is_refused(ledger: Ledger, header: str, problem: str) -> None:
    with pytest.raises(LedgerError, match=problem):
        ledger.import_lines([header], "ana")


def test_an_export_of_a_later_format_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="format version 2; this Exam Tutor reads version 1"):
        ledger.import_lines(['{"format": "exam-tutor-ledger", "version": 2}'], "ana")


def test_a_learner_is_deleted_and_no_other(ledger: Ledger) -> None:
    ledger.record(attempt(1), attempt(2), attempt(1, learner="ben"))
    ledger.write(entry(1))
    assert ledger.delete("ana") == 3
    assert ledger.learners() == ["ben"]
    assert list(ledger.export("ana"))[1:] == []
    assert ledger.delete("ana") == 0


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attempts=st.lists(ATTEMPTS, max_size=3), entries=st.lists(ENTRIES, max_size=3))
def test_any_record_comes_back_as_it_was(ledger: Ledger, attempts: list[Attempt], entries: list[Entry]) -> None:
    for learner in ledger.learners():
        ledger.delete(learner)
    ledger.record(*attempts)
    ledger.write(*entries)
    first = {(made.learner, made.id): made for made in reversed(attempts)}
    for made in first.values():
        assert made in ledger.attempts(made.learner, made.exam)
    for written in {(made.learner, made.id): made for made in reversed(entries)}.values():
        assert written in ledger.entries(written.learner, written.exam, written.kind, written.about)
    for learner in ledger.learners():
        before = list(ledger.export(learner))
        ledger.delete(learner)
        ledger.import_lines(before, learner)
        assert list(ledger.export(learner)) == before


def test_threads_lose_nothing_and_count_nothing_twice(ledger: Ledger) -> None:
    """Each of 4 threads records the same 25 attempts one by one: 25 are new, in all."""
    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(lambda _: sum(ledger.record(attempt(number)) for number in range(25)), range(4)))
    assert sum(new) == 25
    assert len(ledger.attempts("ana", "TST-C01")) == 25


def test_processes_open_a_new_ledger_at_once_and_lose_nothing(place: str | Path) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert sum(pool.map(_record_ten, [place] * 4, range(4))) == 40
    ledger = Ledger(place)
    recorded = [made.id for made in ledger.attempts("ana", "TST-C01")]
    ledger.close()
    for process in range(4):
        ours = [made for made in recorded if made.startswith(f"{process}-")]
        assert ours == [f"{process}-{number}" for number in range(10)]


def _record_ten(place: str | Path, process: int) -> int:
    ledger = Ledger(place)
    try:
        return sum(ledger.record(attempt(number, id=f"{process}-{number}")) for number in range(10))
    finally:
        ledger.close()


def test_many_are_recorded_and_read_in_order(ledger: Ledger) -> None:
    attempts = [attempt(number) for number in range(2_000)]
    assert ledger.record(*attempts) == 2_000
    assert ledger.attempts("ana", "TST-C01") == attempts
