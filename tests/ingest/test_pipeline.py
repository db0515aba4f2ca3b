"""Files and folders into the library: once, incrementally, and past every bad one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from ingest.pipeline import IngestReport, Status, Step, ingest_pack, ingest_paths
from tests.conftest import NOW, SHARED_DATA, SMALL_PACK
from tests.pdf_maker import make_pdf


def ingest(library: Library, *paths: Path | str, **options: object) -> IngestReport:
    return ingest_paths([str(path) for path in paths], library, now=NOW, max_file_mb=1, **options)  # type: ignore[arg-type]


def statuses(report: IngestReport) -> dict[str, str]:
    return {Path(source.path).name: str(source.status) for source in report.sources}


def test_a_two_page_pdf_is_cited_by_its_second_page(tmp_path: Path, library: Library) -> None:
    pages = [["Tea grows in Yunnan."], ["Oolong is partly oxidised."]]
    (tmp_path / "tea.pdf").write_bytes(make_pdf(pages))
    assert statuses(ingest(library, tmp_path)) == {"tea.pdf": "added"}
    hit = library.search("which tea is oxidised?")[0]
    assert hit.chunk.location.page == 2
    assert "Oolong is partly oxidised." in hit.chunk.text
    assert hit.chunk.source == str(tmp_path / "tea.pdf")


def test_what_has_not_changed_is_passed_over_and_what_has_is_replaced(tmp_path: Path, library: Library) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("# A\n\nThe kettle is hot.\n")
    (notes / "b.txt").write_text("The cup is cold.\n")
    assert statuses(ingest(library, notes)) == {"a.md": "added", "b.txt": "added"}
    (notes / "a.md").write_text("# A\n\nThe kettle is warm.\n")
    assert statuses(ingest(library, notes)) == {"a.md": "replaced", "b.txt": "unchanged"}
    assert [hit.chunk.text for hit in library.search("kettle")] == ["The kettle is warm."]
    assert library.state().sources == 2


def test_a_file_under_two_names_of_one_path_is_one_source(tmp_path: Path, library: Library) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    ingest(library, tmp_path / "a.md", tmp_path / "." / "x" / ".." / "a.md")
    assert library.state().sources == 1


def test_every_bad_file_is_named_and_the_good_ones_go_on(tmp_path: Path, library: Library) -> None:
    (tmp_path / "good.md").write_text("# Good\n\nThis one is fine.\n")
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "binary.md").write_bytes(b"\x00\x01\x02")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (tmp_path / "blank.pdf").write_bytes(make_pdf([[]]))
    (tmp_path / "locked.pdf").write_bytes(make_pdf([["Secret."]], user_password="key"))
    (tmp_path / "table.xyz").write_text("what is this")
    (tmp_path / "big.txt").write_bytes(b"x" * 1_000_001)
    (tmp_path / ".hidden.md").write_text("# Hidden\n\nNot looked at.\n")
    report = ingest(library, tmp_path, tmp_path / "missing.md")
    assert statuses(report) == {
        "good.md": "added",
        "empty.md": "failed",
        "binary.md": "failed",
        "broken.pdf": "failed",
        "blank.pdf": "failed",
        "locked.pdf": "failed",
        "table.xyz": "failed",
        "big.txt": "failed",
        "missing.md": "failed",
    }
    reasons = {Path(failure.path).name: failure.reason for failure in report.failed}
    assert "the file is empty" in reasons["empty.md"]
    assert "binary file" in reasons["binary.md"]
    assert "ocrmypdf" in reasons["blank.pdf"]
    assert "encrypted" in reasons["locked.pdf"] or "password" in reasons["locked.pdf"]
    assert "'.xyz' cannot be read" in reasons["table.xyz"]
    assert "more than the 1 MB allowed" in reasons["big.txt"]
    assert "no file or folder of that name" in reasons["missing.md"]
    assert all(len(reason) > 20 for reason in reasons.values())
    assert library.search("fine")[0].chunk.text == "This one is fine."


def test_a_file_that_turned_bad_leaves_what_was_read_before(tmp_path: Path, library: Library) -> None:
    file = tmp_path / "a.md"
    file.write_text("# A\n\nThe kettle is hot.\n")
    ingest(library, file)
    file.write_bytes(b"\x00")
    assert ingest(library, file).failed
    assert library.search("kettle")[0].chunk.text == "The kettle is hot."


def test_links_are_not_followed_out_of_a_folder(tmp_path: Path, library: Library) -> None:
    (tmp_path / "outside.md").write_text("# Outside\n\nPrivate.\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.md").symlink_to(tmp_path / "outside.md")
    (only,) = ingest(library, tmp_path / "in").sources
    assert (only.path, only.reason) == (
        str(tmp_path / "in"),
        "there is no file to read in this folder. Hidden files and links are left out; name those you want, or another"
        " folder.",
    )
    assert library.state().sources == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs permissions that bind the user")
def test_a_folder_that_cannot_be_opened_is_reported(tmp_path: Path, library: Library) -> None:
    (tmp_path / "a.md").write_text("# A\n\nThe kettle is hot.\n")
    (tmp_path / "locked").mkdir(mode=0o000)
    report = ingest(library, tmp_path)
    assert statuses(report) == {"a.md": "added", "locked": "failed"}
    assert report.failed[0].reason == (
        "the folder cannot be read: Permission denied. Check that you may open it and list what is in it."
    )


def test_a_folder_that_goes_away_while_it_is_listed_is_reported(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for whoever may read everything: the system refuses to list one folder."""
    (tmp_path / "a.md").write_text("# A\n\nThe kettle is hot.\n")
    (tmp_path / "b").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = ingest(library, tmp_path)
    assert statuses(report) == {"a.md": "added", "b": "failed"}
    assert report.failed[0].reason.startswith("the folder cannot be read: Permission denied.")


def test_progress_counts_files_and_bytes(tmp_path: Path, library: Library) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"Note {n}.")
    steps: list[Step] = []
    ingest(library, tmp_path, on_step=steps.append)
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    # "Note 0." is seven bytes.
    assert [(step.bytes_done, step.bytes_total) for step in steps] == [(7, 21), (14, 21), (21, 21)]


def test_a_pack_comes_in_whole_and_follows_its_changes(tmp_path: Path, library: Library) -> None:
    folder = Path(shutil.copytree(SMALL_PACK, tmp_path / "small_pack"))
    added = ingest_pack(load_pack(folder), library, now=NOW)
    # The blueprint, two cards and one note; questions stay out.
    assert [source.path.removeprefix("pack:small_pack/") for source in added.sources] == [
        "blueprint",
        "cards/gaiwan",
        "cards/teapot",
        "notes/vessels",
    ]
    assert not library.search("samovar")
    again = ingest_pack(load_pack(folder), library, now=NOW)
    assert {source.status for source in again.sources} == {Status.UNCHANGED}
    (folder / "notes" / "vessels.md").unlink()
    assert ingest_pack(load_pack(folder), library, now=NOW).sources[-1].status is Status.REMOVED


def test_a_fact_is_a_passage_with_its_official_address_and_tags(small_pack: ExamPack, library: Library) -> None:
    ingest_pack(small_pack, library, now=NOW)
    chunk = library.search("how long do leaves steep in a gaiwan?")[0].chunk
    assert chunk.text == "Leaves in a Royal Gaiwan steep for 10 to 30 seconds and are poured off at once."
    assert chunk.location.url == "https://example.org/gaiwan#steeping"
    assert (chunk.tags.domain, chunk.tags.task, chunk.tags.cards) == ("1", "1.1", ("gaiwan",))


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the real documents are not here")
def test_real_whitepapers_and_notes_are_read_and_cited_by_page(library: Library) -> None:
    paths = [str(SHARED_DATA / "whitepapers"), str(SHARED_DATA / "user-notes")]
    report = ingest_paths(paths, library, now=NOW, max_file_mb=64)
    assert not report.failed
    assert len(report.sources) == 8
    hits = library.search("When should a data lake use Amazon S3 as its storage platform?")
    assert any(hit.chunk.source.endswith("building-data-lakes-on-aws.pdf") and hit.chunk.location.page for hit in hits)
