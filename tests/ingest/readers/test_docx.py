"""Word files as sections under their headings; the files are made here by python-docx."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from corpus.documents import Block, BlockKind, Document
from corpus.errors import SourceError
from ingest.readers.docx import read as read_docx
from ingest.readers.source import RawSource

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(word: WordDocument, name: str = "/notes/my-notes.docx") -> Document:
    buffer = BytesIO()
    word.save(buffer)
    return read_docx(RawSource(name, buffer.getvalue()))


def made(*steps: Callable[[WordDocument], object]) -> Document:
    word = docx.Document()
    for step in steps:
        step(word)
    return read(word)


def before_the_end(word: WordDocument, xml: str) -> None:
    """Add an element to the body, where its last child, the page's measures, must stay the last."""
    word.element.body[-1].addprevious(parse_xml(xml))


def test_headings_become_paths_and_the_title_style_names_the_document() -> None:
    document = made(
        lambda word: word.add_heading("Streaming", 0),
        lambda word: word.add_paragraph("Before any heading."),
        lambda word: word.add_heading("Kinesis", 1),
        lambda word: word.add_heading("Shards", 2),
        lambda word: word.add_paragraph("Each takes 1 MB/s."),
        lambda word: word.add_paragraph("And 1,000 records/s."),
        lambda word: word.add_heading("Firehose", 1),
        lambda word: word.add_paragraph("It buffers."),
    )
    assert document.title == "Streaming"
    assert [(section.heading, section.text, section.page) for section in document.sections] == [
        ((), "Before any heading.", None),
        (("Kinesis", "Shards"), "Each takes 1 MB/s.\n\nAnd 1,000 records/s.", None),
        (("Firehose",), "It buffers.", None),
    ]


def test_the_title_is_the_properties_then_the_first_heading_then_the_file_name() -> None:
    word = docx.Document()
    word.add_paragraph("Text.")
    assert read(word).title == "my notes"
    word.add_heading("First", 2)
    assert read(word).title == "First"
    word.core_properties.title = "Word Document"  # what the library itself writes
    assert read(word).title == "First"
    word.core_properties.title = "Stated"
    assert read(word).title == "Stated"


def test_lists_and_code_are_blocks_of_lines() -> None:
    word = docx.Document()
    word.styles.add_style("Source Code", 1)
    word.add_paragraph("one", style="List Bullet")
    word.add_paragraph("deeper", style="List Bullet 2")
    word.add_paragraph("two", style="List Number")
    word.add_paragraph("def f():", style="Source Code")
    word.add_paragraph("\treturn 1", style="Source Code")
    assert read(word).sections[0].blocks == (
        Block("- one\n  - deeper\n- two", BlockKind.LIST),
        Block("def f():\n    return 1", BlockKind.CODE),
    )


def test_a_table_keeps_its_header_and_a_merged_cell_is_said_in_each_row() -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    texts = [["Service", "Quota", "Unit"], ["Kinesis", "1", "MB/s"], ["", "1,000", "records\nper second"]]
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    # Kinesis spans both rows; a line break in a cell is a space.
    expected = "Service | Quota | Unit\nKinesis | 1 | MB/s\nKinesis | 1,000 | records per second"
    assert read(word).sections[0].blocks == (Block(expected, BlockKind.TABLE),)


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    word = docx.Document()
    word.add_table(1, 1).cell(0, 0).text = "Mind this."
    assert read(word).sections[0].blocks == (Block("Mind this."),)


def test_content_controls_insertions_and_text_boxes_are_read_and_deletions_and_hidden_text_are_not() -> None:
    word = docx.Document()
    before_the_end(
        word, f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    before_the_end(
        word,
        f"<w:p {W}><w:r><w:t>Now </w:t></w:r><w:del><w:r><w:t>old</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>",
    )
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    before_the_end(
        word,
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert read(word).text == "In a control.\n\nNow new\n\nIn a box."


def test_the_table_of_contents_is_left_out() -> None:
    word = docx.Document()
    word.styles.add_style("toc 1", 1)
    word.add_paragraph("Contents", style="TOC Heading")
    word.add_paragraph("Kinesis 3", style="toc 1")
    word.add_paragraph("Text.")
    assert read(word).text == "Text."


def test_a_style_of_ones_own_is_a_heading_by_its_outline_level() -> None:
    word = docx.Document()
    style = word.styles.add_style("Chapter", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="0"/>'))
    word.add_paragraph("First chapter", style="Chapter")
    word.add_paragraph("Text.")
    word.add_paragraph("Second chapter", style="Chapter")
    word.add_paragraph("More.")
    document = read(word)
    assert document.title == "First chapter"
    assert [section.heading for section in document.sections] == [(), ("Second chapter",)]


def test_a_document_without_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(SourceError, match=r"my-notes.docx: there is no text in it.*ocrmypdf"):
        read(docx.Document())
