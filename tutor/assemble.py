"""Settings in, a working tutor out: the one place where the parts are put together."""

from __future__ import annotations

from corpus.chroma_index import ChromaIndex
from corpus.cross_encoder import CrossEncoderReranker
from corpus.embedder import Embedder
from corpus.errors import SettingsError
from corpus.exam_pack import ExamPack, load_pack
from corpus.library import Library
from corpus.openvino_embedder import OpenVinoEmbedder, is_installed
from corpus.reranker import Reranker
from corpus.sentence_embedder import SentenceEmbedder
from corpus.settings import Settings
from tutor.engines.asking import Patience
from tutor.engines.chat_client import open_client
from tutor.engines.chat_model import ChatModelEngine, Prices
from tutor.engines.engine import Engine
from tutor.engines.grounded import GroundedEngine
from tutor.engines.scenario_writer import ScenarioWriter
from tutor.engines.time_limit import Limits
from tutor.knowledge import Knowledge
from tutor.tutor import Tutor

IDLE_SECONDS = 30.0
"""How long a chat model may say nothing: one that thinks first needs this much."""


def open_library(settings: Settings) -> Library:
    """The library in the home folder, with the models that the settings name."""
    return Library(settings.library_folder, choose_embedder(settings), ChromaIndex, choose_reranker(settings))


def choose_embedder(settings: Settings) -> Embedder:
    """The embedding model that the settings name, run by the backend that they name.

    Raises:
        SettingsError: the backend is OpenVINO and the model is not the bundled one.
    """
    backend = settings.embedding_backend
    if settings.embedding_model and backend.startswith("openvino"):
        raise SettingsError(
            f"embedding_backend '{backend}' runs the bundled model, not '{settings.embedding_model}'.",
            "Leave embedding_model empty, or set embedding_backend to torch.",
        )
    if backend == "torch" or settings.embedding_model or (backend == "auto" and not is_installed()):
        return SentenceEmbedder(settings.embedding_model)
    return OpenVinoEmbedder(int8=backend == "openvino-int8")


def choose_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, None where they name none.

    Raises:
        RerankerError: they name a folder with no model in it.
    """
    return CrossEncoderReranker(settings.reranker) if settings.reranker else None


def assemble(settings: Settings, library: Library, pack: ExamPack | None = None) -> Tutor:
    """The tutor over a library, for the pack that the settings name unless one is given."""
    pack = pack or load_pack(settings.pack)
    return Tutor(pack, library, choose_engine(settings), choose_writer(settings, Knowledge(pack, library)))


def choose_writer(settings: Settings, known: Knowledge) -> ScenarioWriter | None:
    """What writes scenario questions with the chat model that the settings name; None where they name none."""
    if not settings.model:
        return None
    limits = _limits(settings)
    return ScenarioWriter(
        settings.model,
        lambda: open_client(settings.model, settings.model_url, limits.idle),
        known,
        Patience(limits),
    )


def _limits(settings: Settings) -> Limits:
    return Limits(whole=settings.model_seconds, idle=min(IDLE_SECONDS, settings.model_seconds))


def choose_engine(settings: Settings) -> Engine:
    """The engine that needs no model, or the chat model that the settings name; it is opened at the first question."""
    if not settings.model:
        return GroundedEngine()
    limits = _limits(settings)
    return ChatModelEngine(
        settings.model,
        lambda: open_client(settings.model, settings.model_url, limits.idle),
        patience=Patience(limits),
        prices=Prices.of(settings.model_input_price, settings.model_output_price),
    )
