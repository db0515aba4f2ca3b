"""Archives made to harm are refused before a library opens them, and nothing they refer to is fetched."""

from __future__ import annotations

import random
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pytest

from corpus.errors import SourceError
from ingest.readers import archive, read
from ingest.readers.archive import check_archive
from ingest.readers.source import RawSource

Entries = dict[str, bytes]


def zipped(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> Entries:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Kinesis", 1)
    document.add_paragraph("Shards.", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "cell"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def deck_file() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Kinesis"
    slide.placeholders[1].text = "Shards."
    slide.notes_slide.notes_text_frame.text = "Say it."
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


MAKERS = pytest.mark.parametrize(("suffix", "maker"), [(".docx", word_file), (".pptx", deck_file)])


def refusal(data: bytes, name: str = "/mail/a.docx") -> str:
    with pytest.raises(SourceError) as caught:
        check_archive(RawSource(name, data))
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.hint
    return caught.value.problem


@MAKERS
def test_honest_files_pass(suffix: str, maker: Callable[[], bytes]) -> None:
    check_archive(RawSource(f"a{suffix}", maker()))


@pytest.mark.parametrize(
    "name",
    ["../up.xml", "word/../../up.xml", "/etc/passwd", "C:/x.xml", "c:x.xml", "..\\up.xml", "\\\\server\\x", "a/.."],
)
def test_names_that_escape_are_refused(name: str) -> None:
    assert "leads out of the archive" in refusal(zipped({"word/document.xml": b"<a/>", name: b"x"}))


@pytest.mark.parametrize("name", ["word/a..b.xml", "...", "word/.rels"])
def test_names_that_only_look_like_it_pass(name: str) -> None:
    check_archive(RawSource("a.docx", zipped({name: b"x"})))


def test_too_many_entries_are_refused() -> None:
    data = zipped({str(number): b"" for number in range(archive.MOST_ENTRIES + 1)})
    assert refusal(data) == "it has 10,001 entries; the most is 10,000"


def test_a_bomb_is_refused_by_its_ratio() -> None:
    # Deflate packs zeros 1,029 times; that many of one byte is more than the 250 of any honest file.
    assert "unpacks to 1,02" in refusal(zipped({"word/document.xml": bytes(20 * 2**20)}))
    check_archive(RawSource("a.docx", zipped({"word/document.xml": bytes(2**20)})))  # small ones do no harm


def test_all_entries_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 3 * 2**20)
    entries = {f"word/media/{number}.png": b"\x89PNG" + bytes(2**20) for number in range(3)}
    problem = refusal(zipped(entries, zipfile.ZIP_STORED))
    assert problem == "it unpacks to at least 3 MB; the most is 3 MB"


def test_xml_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_XML", 2**20)
    xml = b"\xef\xbb\xbf<a>" + random.Random(7).randbytes(2**20).hex().encode()  # noqa: S311  so that it packs badly
    assert refusal(zipped({"word/document.bin": xml})) == "it unpacks to XML of at least 1 MB; the most is 1 MB"
    check_archive(RawSource("a.docx", zipped({"word/media/a.png": b"\x89PNG" + xml})))


def test_a_size_that_lies_is_found_out() -> None:
    """zipfile stops at the size an entry states, but has unpacked all of it by then."""
    content = bytes(50 * 2**20)
    data = bytearray(zipped({"word/document.xml": content}))
    central = data.index(b"PK\x01\x02")
    # Small, and with the checksum of what zipfile would hand out: 100 bytes.
    for start in (14, central + 16):
        data[start : start + 4] = struct.pack("<I", zlib.crc32(content[:100]))
    for start in (22, central + 24):
        data[start : start + 4] = struct.pack("<I", 100)
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert len(file.read("word/document.xml")) == 100  # nothing seems wrong
    assert refusal(bytes(data)) == "its entry 'word/document.xml' is larger than it says"


def test_encrypted_entries_are_refused() -> None:
    data = bytearray(zipped({"word/document.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted" in refusal(bytes(data))


def test_an_encrypted_office_file_is_told_from_a_broken_one() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)).startswith("this is an encrypted file, or one of")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_such_files_do_not_use_are_refused(method: int) -> None:
    assert "packed by a method" in refusal(zipped({"word/document.xml": b"<a/>"}, method))


@pytest.mark.parametrize(
    "entries",
    [
        {"word/more.zip": b"x"},
        {"word/afchunk.docx": zipped({"a": b"b"})},
        {"word/media/image1.png": zipped({"a": b"b"})},
        {"word/embeddings/deeper/a.xlsx": zipped({"a": b"b"})},
        {"word/a": b"Rar!\x1a\x07\x01\x00"},
        {"word/a": b"7z\xbc\xaf\x27\x1c"},
        {"word/a": b"\x1f\x8b\x08\x00"},
    ],
)
def test_nested_archives_are_refused(entries: Entries) -> None:
    assert "it holds another archive" in refusal(zipped(entries))


def test_the_workbook_of_a_chart_is_not_opened_and_passes() -> None:
    entries = {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": zipped({"a": b"b"}), "ppt/media/a.emz": b"\x1f\x8b\x08"}
    check_archive(RawSource("a.pptx", zipped(entries)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_doctype_is_refused(encoding: str) -> None:
    xml = f"<?xml version='1.0'?><!--{'x' * 65_500}--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
    assert "has a DOCTYPE" in refusal(zipped({"customXml/item1.xml": xml.encode(encoding)}))
    check_archive(RawSource("a.docx", zipped({"word/media/image1.svg": xml.encode()})))  # a picture may


@pytest.mark.parametrize("data", [b"x", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-1.7", bytes(100)])
@pytest.mark.parametrize("suffix", [".docx", ".pptx"])
def test_what_is_no_archive_is_refused(data: bytes, suffix: str) -> None:
    with pytest.raises(SourceError, match=rf"a{suffix}: .*or it is broken"):
        read(RawSource(f"a{suffix}", data))


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the paths that were asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"fetched")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}", asked
        http.shutdown()
        thread.join()


def referring(entries: Entries, rels: str, address: str) -> Entries:
    """Return the entries with what Word and PowerPoint would fetch on opening: a picture and a template."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId9{number}" Type="{base}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for number, kind in enumerate(["image", "attachedTemplate", "oleObject", "hyperlink", "slideLayout"])
    )
    return {**entries, rels: entries[rels].replace(b"</Relationships>", links.encode() + b"</Relationships>")}


@MAKERS
def test_remote_pictures_and_templates_are_not_fetched(
    suffix: str, maker: Callable[[], bytes], server: tuple[str, list[str]]
) -> None:
    address, asked = server
    rels = {".docx": "word/_rels/document.xml.rels", ".pptx": "ppt/slides/_rels/slide1.xml.rels"}[suffix]
    document = read(RawSource(f"a{suffix}", zipped(referring(unzipped(maker()), rels, address))))
    assert "Shards." in document.text
    assert asked == []


@MAKERS
@pytest.mark.parametrize("checked", [True, False])
def test_external_entities_are_not_read(
    suffix: str,
    maker: Callable[[], bytes],
    checked: bool,
    server: tuple[str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twice: the archive check refuses them, and without it the libraries do not follow them either."""
    address, asked = server
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    if not checked:
        monkeypatch.setattr(f"ingest.readers.{suffix[1:]}.check_archive", lambda raw: None)
    part = {".docx": "word/document.xml", ".pptx": "ppt/slides/slide1.xml"}[suffix]
    for target in (secret.as_uri(), f"{address}/entity"):
        entries = unzipped(maker())
        doctype = f'<!DOCTYPE x SYSTEM "{address}/dtd" [<!ENTITY leak SYSTEM "{target}">]>'.encode()
        head, body = entries[part].split(b"?>", 1)
        entries[part] = head + b"?>" + doctype + body.replace(b"Shards.", b"Shards. &leak;")
        try:
            said = read(RawSource(f"a{suffix}", zipped(entries))).text
        except SourceError as error:
            said = str(error)
        assert ("has a DOCTYPE" in said, "Shards." in said) == (checked, not checked)
        assert "secret" not in said.replace(str(tmp_path), "")
        assert "fetched" not in said
    assert asked == []


def test_a_picture_in_a_notebook_is_not_fetched(server: tuple[str, list[str]]) -> None:
    address, asked = server
    cell = f'{{"cells": [{{"cell_type": "markdown", "source": "Text. ![a]({address}/a.png) <img src={address}/b>"}}]}}'
    assert read(RawSource("a.ipynb", cell.encode())).text == "Text."
    assert asked == []


def outcome(raw: RawSource) -> str:
    """Return the text that is read, or what to do next; any other error is a fault of the reader."""
    try:
        return read(raw).text
    except SourceError as error:
        return error.hint if str(error).startswith(raw.name) else ""


@MAKERS
def test_a_damaged_archive_is_read_or_refused(suffix: str, maker: Callable[[], bytes]) -> None:
    whole = maker()
    rng = random.Random(7)  # noqa: S311  the same damage each time
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        assert outcome(RawSource(f"a{suffix}", bytes(data[: rng.choice([len(data), rng.randrange(len(data))])])))


@MAKERS
def test_a_whole_archive_with_damaged_parts_is_read_or_refused(suffix: str, maker: Callable[[], bytes]) -> None:
    """Damage that no checksum tells: bytes of the XML changed, elements dropped or doubled, whole parts gone."""
    entries = unzipped(maker())
    rng = random.Random(11)  # noqa: S311
    parts = [name for name in entries if name.endswith((".xml", ".rels")) and "theme" not in name]
    for _ in range(60):
        damaged = dict(entries)
        name = rng.choice(parts)
        pieces = damaged[name].split(b"<")
        at = rng.randrange(len(pieces))
        match rng.randrange(4):
            case 0:
                del damaged[name]
            case 1:
                damaged[name] = b"<".join(pieces[:at] + pieces[at + 1 :])
            case 2:
                damaged[name] = b"<".join(pieces[: at + 1] + pieces[at:])
            case _:
                pieces[at] = pieces[at].replace(b"w:val", b"w:vax").replace(b"1", b"x").replace(b"id", b"ie")
                damaged[name] = b"<".join(pieces)
        assert outcome(RawSource(f"a{suffix}", zipped(damaged)))
