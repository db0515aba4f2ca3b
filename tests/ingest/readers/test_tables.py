"""CSV and TSV as one table with its header."""

from __future__ import annotations

import csv
import tracemalloc
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import BlockKind, Document
from corpus.errors import SourceError
from ingest.readers import tables
from ingest.readers.source import RawSource


def read(text: str | bytes, name: str = "/data/service_quotas.csv") -> Document:
    return tables.read(RawSource(name, text if isinstance(text, bytes) else text.encode()))


def lines(text: str | bytes, name: str = "a.csv") -> list[str]:
    return read(text, name).text.split("\n")


def test_a_table_is_one_block_with_its_header() -> None:
    document = read("Service,Quota\nKinesis,1 MB/s\nFirehose,5 MB/s\n")
    (section,) = document.sections
    (block,) = section.blocks
    assert (document.title, section.heading, block.kind) == ("service quotas", (), BlockKind.TABLE)
    assert block.text == "Service | Quota\nKinesis | 1 MB/s\nFirehose | 5 MB/s"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a;b\n1,5;2,5\n3,5;4\n", "a.csv"),
        ("a\tb\n1,5\t2,5\n3,5\t4\n", "a.csv"),
        ("a\tb\n1,5\t2,5\n3,5\t4\n", "a.tsv"),
        ("a|b\n1,5|2,5\n3,5|4\n", "a.csv"),
        ("sep=;\na;b\n1,5;2,5\n3,5;4\n", "a.csv"),
        ('"a","b"\r\n"1,5","2,5"\r\n"3,5","4"\r\n', "a.csv"),
        ("a\tb\n1,5\t2,5\n3,5\t4\n".encode("utf-16"), "a.tsv"),
    ],
)
def test_the_delimiter_is_found(text: str | bytes, name: str) -> None:
    assert lines(text, name) == ["a | b", "1,5 | 2,5", "3,5 | 4"]


def test_quotes_hold_delimiters_quotes_and_line_ends() -> None:
    assert lines('a,b\n"x, ""y""","two\nlines"\n') == ["a | b", 'x, "y" | two lines']


def test_an_apostrophe_is_no_quote() -> None:
    assert lines("a,b\nit's,that's\n") == ["a | b", "it's | that's"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kinesis,1\nFirehose,5\n", ["Column 1 | Column 2", "Kinesis | 1", "Firehose | 5"]),  # a number is no name
        ("S3,store\nEBS,store\n", ["Column 1 | Column 2", "S3 | store", "EBS | store"]),  # a name does not come again
        ("a,a\nb,c\n", ["Column 1 | Column 2", "a | a", "b | c"]),  # names differ
        ("only,row\n", ["Column 1 | Column 2", "only | row"]),
        (",name\n0,S3\n1,EBS\n", ["Column 1 | name", "0 | S3", "1 | EBS"]),  # as pandas writes its index
        ("a,b\n1,2,3\n", ["a | b | Column 3", "1 | 2 | 3"]),
    ],
)
def test_columns_without_a_name_are_numbered(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_empty_columns_and_rows_are_dropped_and_short_rows_stay() -> None:
    assert lines("a,b,c,d\n1,,,4\n,,,\n5\n") == ["a | d", "1 | 4", "5"]


def test_one_column_is_a_table_as_well() -> None:
    assert lines("Service\nS3\nEBS\n") == ["Service", "S3", "EBS"]


def test_what_is_left_out_of_a_wide_or_long_table_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_COLUMNS", 2)
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    document = read("a,b,c\n1,2,3\n4,5,6\n")
    assert document.text == "a | b\n1 | 2"
    assert document.notes == (
        "1 columns beyond the first 2 were left out",
        "1 rows beyond the first 1 were left out",
    )


def test_a_long_table_takes_little_more_than_its_text() -> None:
    raw = RawSource("a.csv", b"name,value\n" + b"".join(b"row %d,%d\n" % (n, n * n) for n in range(20_000)))
    tracemalloc.start()
    try:
        tables.read(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # The text, its lines as strings (57 bytes more each) and the table; rows as lists of cells took 12 times it.
    assert peak < 9 * len(raw.data)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n \n,,\n", "there is no text in it"),
        ('a,b\n1,"' + "x" * 200_000, "field larger than field limit"),
        ("a,b\n" + "," * 200_000, "a row has more than 100,000 cells"),
        ("\0", "binary"),
        ("Käse,1".encode("latin-1"), "not UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(text: str | bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read(text)
    assert caught.value.hint


@given(st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=6))
def test_no_cell_is_lost(rows: list[list[str]]) -> None:
    out = StringIO()
    csv.writer(out).writerows([[cell.replace("\0", "") for cell in row] for row in rows])
    try:
        text = read(out.getvalue().encode("utf-8", "replace")).text
    except SourceError:
        return
    # Whatever was taken for the delimiter, every word is still there of every row but the first with text: that one
    # may be a header, and a name over an empty column goes with its column.
    with_text = [row for row in rows if any(cell.replace("\0", "").split() for cell in row)]
    words = {word for row in with_text[1:] for cell in row for word in cell.split() if word.isalnum()}
    assert all(word in text for word in words)


@given(st.text(alphabet='ab,;\t|"\n 1', max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        said = read(text).text
    except SourceError as error:
        said = error.hint
    assert said.strip()
