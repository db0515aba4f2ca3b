"""PowerPoint decks, a section a slide; the files are made here by python-pptx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from corpus.documents import Block, BlockKind, Document
from corpus.errors import SourceError
from ingest.readers.pptx import read as read_pptx
from ingest.readers.source import RawSource

TITLE_SLIDE, TITLE_AND_CONTENT, TITLE_ONLY, BLANK = 0, 1, 5, 6
BOX = (Inches(1), Inches(2), Inches(6), Inches(2))


def read(deck: Any) -> Document:
    buffer = BytesIO()
    deck.save(buffer)
    return read_pptx(RawSource("/decks/week_1.pptx", buffer.getvalue()))


def slide_of(deck: Any, layout: int, title: str = "") -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def test_a_slide_is_a_section_with_its_number_title_bullets_and_notes() -> None:
    deck = pptx.Presentation()
    slide_of(deck, TITLE_SLIDE, "Streaming").placeholders[1].text = "Week one"
    slide = slide_of(deck, TITLE_AND_CONTENT, "Kinesis\vData Streams")
    frame = slide.placeholders[1].text_frame
    frame.text = "Shards"
    deeper = frame.add_paragraph()
    deeper.text, deeper.level = "1 MB/s in", 1
    slide.notes_slide.notes_text_frame.text = "Ask who has used it.\nThen go on."
    document = read(deck)
    assert document.title == "Streaming"  # what the library writes into the title field is no title
    assert [(section.page, section.heading, section.blocks) for section in document.sections] == [
        (1, ("Streaming",), (Block("Week one"),)),
        (
            2,
            ("Kinesis Data Streams",),
            (
                Block("- Shards\n  - 1 MB/s in", BlockKind.LIST),
                Block("Notes: Ask who has used it.\nThen go on."),
            ),
        ),
    ]


def test_tables_and_groups_and_text_boxes_are_read() -> None:
    deck = pptx.Presentation()
    slide = slide_of(deck, TITLE_ONLY, "Quotas")
    table = slide.shapes.add_table(2, 2, *BOX).table
    for row, line in zip(table.rows, [["Service", "Quota"], ["Kinesis", "1 MB/s"]], strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    slide.shapes.add_group_shape().shapes.add_textbox(*BOX).text_frame.text = "In a group."
    assert read(deck).sections[0].blocks == (
        Block("Service | Quota\nKinesis | 1 MB/s", BlockKind.TABLE),
        Block("In a group."),
    )


def test_a_slide_with_a_title_only_says_it_and_one_without_text_is_noted() -> None:
    deck = pptx.Presentation()
    slide_of(deck, TITLE_ONLY, "Firehose is near real time")
    slide_of(deck, BLANK)
    slide_of(deck, BLANK).shapes.add_textbox(*BOX).text_frame.text = "No title."
    document = read(deck)
    assert [(section.page, section.heading, section.text) for section in document.sections] == [
        (1, ("Firehose is near real time",), "Firehose is near real time"),
        (3, (), "No title."),
    ]
    assert document.notes == ("slide 2 has no text; it may be a picture",)


def test_a_stated_title_wins() -> None:
    deck = pptx.Presentation()
    deck.core_properties.title = "Course, part 1"
    slide_of(deck, TITLE_ONLY, "Hello")
    assert read(deck).title == "Course, part 1"


def test_a_chart_with_its_workbook_is_no_nested_archive() -> None:
    deck = pptx.Presentation()
    slide = slide_of(deck, TITLE_ONLY, "Cost")
    data = CategoryChartData()
    data.categories = ["S3", "EBS"]
    data.add_series("USD", (1.0, 2.0))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, data)
    assert read(deck).text == "Cost"


def test_a_deck_without_text_is_refused_with_what_to_do() -> None:
    deck = pptx.Presentation()
    slide_of(deck, BLANK)
    with pytest.raises(SourceError, match=r"week_1.pptx: none of its 1 slides has text.*ocrmypdf"):
        read(deck)
