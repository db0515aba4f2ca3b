"""Settings in, a working tutor out: the one place where the parts are put together."""

from __future__ import annotations

from corpus.chroma_index import ChromaIndex
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import Settings
from tutor.engines.grounded import GroundedEngine
from tutor.session import Tutor


def open_library(settings: Settings) -> Library:
    """The library in the home folder, with the embedding model and the vector index that the settings name."""
    return Library(settings.library_folder, SentenceEmbedder(settings.embedding_model), ChromaIndex)


def assemble(settings: Settings, library: Library, pack: ExamPack | None = None) -> Tutor:
    """The tutor over a library, for the pack that the settings name unless one is given."""
    return Tutor(pack or load_pack(settings.pack), library, GroundedEngine())
