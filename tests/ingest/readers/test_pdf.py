"""The PDF reader, on PDFs made here line by line, and on real ones where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Block, BlockKind, Document
from corpus.errors import SourceError
from ingest.readers.pdf import read
from ingest.readers.pdf_lines import Piece, cleaned, lines_of
from ingest.readers.source import RawSource
from tests.pdf_maker import Text, make_pdf

WHITEPAPERS = Path(__file__).parents[3].parent / "shared" / "data" / "whitepapers"
MORE = ["Each record has a key and a value,", "and its place is fixed."]
BODY = ["A stream is a sequence of records that", "arrives without an end."]


def read_pdf(data: bytes, url: str | None = None) -> Document:
    return read(RawSource("notes/my-paper.pdf", data, url))


def texts(document: Document) -> list[str]:
    return [block.text for section in document.sections for block in section.blocks]


def test_every_section_knows_its_page_and_its_address() -> None:
    document = read_pdf(make_pdf([["First page."], ["Second page."]]), url="https://example.org/p.pdf")

    assert [(s.page, s.text, s.url) for s in document.sections] == [
        (1, "First page.", "https://example.org/p.pdf#page=1"),
        (2, "Second page.", "https://example.org/p.pdf#page=2"),
    ]


def test_without_an_address_sections_have_none_either() -> None:
    document = read_pdf(make_pdf([["Text."]]))

    assert (document.url, document.sections[0].url) == (None, None)


def test_lines_of_a_paragraph_are_joined_and_a_free_line_ends_it() -> None:
    document = read_pdf(make_pdf([[*BODY, "", "Another paragraph."]]))

    assert texts(document) == ["A stream is a sequence of records that arrives without an end.", "Another paragraph."]


def test_running_headers_footers_and_page_numbers_are_gone() -> None:
    pages = [
        ["Streams, a Primer", "", f"What page {word} alone says.", "", f"Page {number} of 3"]
        for number, word in enumerate(["one", "two", "three"], start=1)
    ]

    assert texts(read_pdf(make_pdf(pages))) == [f"What page {word} alone says." for word in ("one", "two", "three")]


def test_chapter_names_beside_a_page_number_that_keeps_step_are_gone() -> None:
    # The footers differ in words, but 224, 225, 226 at one height count with the pages.
    foot = [Text(f"{name} {number}", y=40) for name, number in (("Start", 224), ("Middle", 225), ("End", 226))]
    pages = [[f"What page {word} alone says.", line] for word, line in zip("xyz", foot, strict=True)]

    assert texts(read_pdf(make_pdf(pages))) == [f"What page {word} alone says." for word in "xyz"]


def test_a_word_broken_over_the_line_end_is_mended() -> None:
    assert texts(read_pdf(make_pdf([["The stream carries infor-", "mation about cars."]]))) == [
        "The stream carries information about cars."
    ]


@pytest.mark.parametrize("elsewhere", ["A real-time view.", "It is real and takes time."])
def test_a_compound_keeps_its_hyphen(elsewhere: str) -> None:
    # "realtime" is nowhere in the document; "real-time" is, or "real" and "time" are words of their own.
    document = read_pdf(make_pdf([["Analyse in real-", "time what you get.", "", elsewhere]]))

    assert texts(document)[0] == "Analyse in real-time what you get."


def test_larger_and_bold_lines_are_headings_and_path_the_sections() -> None:
    document = read_pdf(
        make_pdf(
            [
                [Text("Streams", size=24), *BODY, Text("Shards", size=18), *MORE],
                [*MORE, "", Text("Limits", bold=True), *BODY, "", Text("Warm.", bold=True), *BODY],
            ],
            title="A Primer",
        )
    )

    # 24 points are outside 18, and 18 outside bold 12; "Warm." ends like a sentence and is none.
    assert [(section.page, section.heading) for section in document.sections] == [
        (1, ("Streams",)),
        (1, ("Streams", "Shards")),
        (2, ("Streams", "Shards")),
        (2, ("Streams", "Shards", "Limits")),
    ]
    assert "Shards" not in document.text


def test_bookmarks_come_before_font_sizes() -> None:
    document = read_pdf(
        make_pdf(
            [["Chapter one", "", *BODY], [Text("Loud", size=30), *MORE], ["Chapter two", "", *BODY, "End."]],
            outline=[("Chapter One", 1), ("Chapter Two", 3)],
        )
    )

    assert [(s.page, s.heading) for s in document.sections] == [
        (1, ("Chapter One",)),
        (2, ("Chapter One",)),
        (3, ("Chapter Two",)),
    ]
    assert "Loud" in document.text
    assert "Chapter one" not in document.text


def test_a_heading_with_nothing_under_it_stays_as_text() -> None:
    document = read_pdf(make_pdf([[*BODY, "", Text("Thank you", size=24)]]))

    assert texts(document)[-1] == "Thank you"


def test_bullets_become_one_list_with_an_item_a_line() -> None:
    document = read_pdf(
        make_pdf(
            [["Choose by:", "• throughput, which is counted", Text("in records", x=90), "• price", "", "Then act."]]
        )
    )

    assert document.sections[0].blocks == (
        Block("Choose by:"),
        Block("- throughput, which is counted in records\n- price", BlockKind.LIST),
        Block("Then act."),
    )


@pytest.mark.parametrize("mark", ["–", "*", "o", "-"])
def test_marks_that_are_also_text_make_a_list_where_an_item_may_start(mark: str) -> None:
    document = read_pdf(make_pdf([["Choose by:", f"{mark} throughput", f"{mark} price"]]))

    assert document.sections[0].blocks[1] == Block("- throughput\n- price", BlockKind.LIST)


def test_a_dash_inside_a_wrapped_sentence_is_no_bullet() -> None:
    assert texts(read_pdf(make_pdf([["Shards scale a stream", "– within its limits."]]))) == [
        "Shards scale a stream – within its limits."
    ]


def test_lines_in_a_typewriter_font_are_code() -> None:
    code = [Text("aws s3 ls", font="Courier"), Text("aws s3 sync", font="Courier")]

    assert read_pdf(make_pdf([["Run:", *code]])).sections[0].blocks == (
        Block("Run:"),
        Block("aws s3 ls\naws s3 sync", BlockKind.CODE),
    )


def test_two_columns_drawn_across_are_read_one_after_the_other() -> None:
    left = [
        "one of the left words",
        "two of the left words",
        "three of the left ones",
        "four of the left",
        "five of the left",
    ]
    right = [line.replace("left", "right") for line in left]
    rows = [
        Text(half, x=x, y=700 - 14.4 * row)
        for row, halves in enumerate(zip(left, right, strict=True))
        for half, x in zip(halves, (72, 320), strict=True)
    ]

    assert read_pdf(make_pdf([rows])).text.replace("\n\n", " ") == " ".join([*left, *right])


def test_ligatures_and_invisible_marks_are_plain_letters() -> None:
    assert cleaned("e\ufb03cient \ufb01le, o\ufb00\u00a0line\u200b \ufb02ow\ud800") == "efficient file, off line flow"


def test_a_raised_note_number_does_not_run_into_its_word() -> None:
    # 8 points, 4 higher than the 12 point text around it: a note after a word, an exponent after one letter.
    pieces = [
        Piece(t, x, y, s, "")
        for t, x, y, s in [
            (
                "See pricing",
                0,
                0,
                12,
            ),
            ("13", 60, 4, 8),
        ]
    ]
    power = [Piece("the R", 0, 0, 12, ""), Piece("2", 30, 4, 8, "")]

    assert [line.text for line in (*lines_of(pieces), *lines_of(power))] == ["See pricing[13]", "the R2"]


@pytest.mark.parametrize(
    ("stated", "title"),
    [("Streams", "Streams"), ("", "Big Letters"), ("Microsoft Word - a.docx", "Big Letters"), (None, "Big Letters")],
)
def test_the_title_is_stated_or_else_the_largest_text_on_page_one(stated: str | None, title: str) -> None:
    assert read_pdf(make_pdf([[Text("Big Letters", size=24), *BODY]], title=stated)).title == title


def test_without_larger_text_the_file_names_the_document() -> None:
    document = read_pdf(make_pdf([BODY]))

    assert (document.title, document.kind, document.source) == ("my paper", "file", "notes/my-paper.pdf")


def test_pages_without_text_are_noted() -> None:
    assert read_pdf(make_pdf([BODY, []])).notes == ("page 2 has no text; it may be a picture",)


def test_a_file_encrypted_with_the_empty_password_is_read() -> None:
    assert texts(read_pdf(make_pdf([["Open to all."]], user_password=""))) == ["Open to all."]


def with_password() -> bytes:
    return make_pdf([BODY], user_password="secret")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<html>not a PDF</html>", "not a PDF, or it is broken"),
        (b"%PDF-1.7\n%%EOF", "not a PDF, or it is broken"),
        (with_password(), "encrypted and needs a password.*qpdf --decrypt"),
        (make_pdf([[], []]), "none of its 2 pages has text.*ocrmypdf"),
        (make_pdf([]), "no pages"),
        (make_pdf([BODY])[:200], "not a PDF, or it is broken"),
    ],
    ids=["empty", "blank", "html", "hollow", "password", "pictures", "no pages", "truncated"],
)
def test_what_cannot_be_read_says_so_and_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=rf"^notes/my-paper\.pdf: .*{says}") as caught:
        read_pdf(data)

    assert caught.value.hint


@given(st.binary(max_size=400), st.integers(0, 2000), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_document_or_a_source_error(noise: bytes, at: int, start_well: bool) -> None:
    good = make_pdf([BODY, BODY], outline=[("One", 1), ("Two", 2)])
    data = good[:at] + noise + good[at + len(noise) :] if start_well else noise
    try:
        document = read_pdf(data)
    except SourceError:
        return
    assert document.text.encode()  # no lone surrogates either


@pytest.mark.skipif(not WHITEPAPERS.is_dir(), reason="the whitepapers are not on this machine")
def test_real_whitepaper_holds_a_known_sentence_on_its_page() -> None:
    path = WHITEPAPERS / "Big_Data_Analytics_Options_on_AWS.pdf"
    document = read(RawSource(str(path), path.read_bytes()))
    sentence = "Amazon Kinesis Streams synchronously replicates data across three Availability Zones in an AWS Region"

    assert document.title == "Big Data Analytics Options on AWS"
    assert [(s.page, s.heading[-2:]) for s in document.sections if sentence in s.text] == [
        (8, ("Amazon Kinesis Streams", "Durability and Availability"))
    ]
    assert "Page 8 of 50" not in document.text
