"""`exam-tutor mcp`: the library and the learner's practice as tools for another assistant, over stdio."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.exam_pack import load_pack
from corpus.settings import load_settings
from ingest.pipeline import ingest_pack
from ui.actions import Actions
from ui.background import Background
from ui.mcp_server import serve_tools
from ui.opened_ledger import ME, LearnerName
from ui.opened_library import opened_library
from ui.page.study import Study


def mcp(learner: LearnerName = ME) -> None:
    """Serve the tools ask, why_wrong, quiz, grade and progress on standard input and output, until the input ends."""
    settings = load_settings()
    pack = load_pack(settings.pack)
    with opened_library(settings, "mcp") as library:
        ingest_pack(pack, library, now=datetime.now(UTC))
        study = Study(settings, pack, library, Background(library, pack, settings), None)
        try:
            serve_tools(Actions(study), learner)
        finally:
            study.close()
