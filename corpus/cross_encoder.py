"""A cross-encoder as the reranker: from a folder, or by its name on the hub.

The second door to sentence-transformers. The model is loaded at its first use.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError

from corpus.errors import RerankerError
from corpus.reranker import Scores
from corpus.sentence_embedder import BATCH, one_thread_a_call

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

HINT = (
    "Set reranker to a folder with a sentence-transformers cross-encoder, to the name of one on the hub, which needs a "
    "network once, or leave it empty to rank without one."
)

_FAILURES = (OSError, ValueError, RuntimeError, LookupError, TypeError, AttributeError, ImportError, SafetensorError)
"""What the libraries raise on files that are missing, broken, or of another kind, and on what a model cannot take."""

_log = logging.getLogger(__name__)


class CrossEncoderReranker:
    """A `Reranker` over sentence-transformers.

    `model` is a folder or a name on the hub; that needs a network the first time, and none from then on.

    Raises:
        RerankerError: the folder has no model in it.
    """

    def __init__(self, model: str) -> None:
        self._lock = threading.Lock()
        self._model: CrossEncoder | None = None
        self._workers = 1
        self._folder, self.name = _locate(model)

    @property
    def is_loaded(self) -> bool:
        """Whether `scores` answers without loading the model first."""
        return self._model is not None

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """The model's output for each pair, shape (len(texts),), float32; long pairs are cut off where it ends.

        Its activation, which rises with the output, is left out: no order depends on it.
        """
        model = self._load()
        order = sorted(range(len(texts)), key=lambda n: -len(texts[n]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        scores = np.zeros(len(texts), dtype=np.float32)
        try:
            with self._lock:  # a tokenizer is one thread's at a time
                prompt = model.prompts.get(model.default_prompt_name or "")
                read = [model.preprocess([(question, texts[n]) for n in batch], prompt=prompt) for batch in batches]
            with ThreadPoolExecutor(self._workers, thread_name_prefix="rerank") as pool:
                for batch, found in zip(batches, pool.map(partial(_forward, model), read), strict=True):
                    scores[batch] = found
        except _FAILURES as error:
            raise RerankerError(f"The reranker {self.name} failed: {error}", HINT) from error
        if not np.isfinite(scores).all():
            raise RerankerError(f"The reranker {self.name} gives scores that are no numbers.", HINT)
        return scores

    def _load(self) -> CrossEncoder:
        with self._lock:
            if self._model is None:
                self._model = _load_model(self._folder, self.name)
                self._workers = one_thread_a_call()
            return self._model


def _locate(model: str) -> tuple[Path | None, str]:
    """The model's folder, or None for one on the hub, and its name."""
    folder = Path(model).expanduser()
    if any((folder / name).is_file() for name in ("config.json", "modules.json")):
        return folder, str(folder.resolve())
    if folder.exists() or model.startswith((".", "/", "~")):
        raise RerankerError(f"{model} is not a cross-encoder: there is no config.json in it.", HINT)
    return None, model


def _load_model(folder: Path | None, name: str) -> CrossEncoder:
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415  seconds and 450 MB, so not before

    disable_progress_bar()  # type: ignore[no-untyped-call]
    _log.info("loading the reranker %s", name)
    if on_disk := folder or _fetched(name):
        try:
            return _opened(str(on_disk), local_files_only=True)
        except _FAILURES as error:
            if folder is not None:
                raise RerankerError(f"The reranker {name} cannot be loaded: {error}", HINT) from error
    try:
        return _opened(name, local_files_only=False)
    except _FAILURES as error:
        raise RerankerError(
            f"The reranker {name} cannot be loaded, neither from this machine nor from the hub: {error}", HINT
        ) from error


def _fetched(name: str) -> Path | None:
    """The folder of a model that was fetched from the hub before, None where there is none.

    Asked by its name, sentence-transformers turns to the hub first, which without a network takes most of a minute.
    """
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415

    try:
        found = try_to_load_from_cache(name if "/" in name else f"cross-encoder/{name}", "config.json")
    except ValueError:  # no name that the hub could have
        return None
    return Path(found).parent if isinstance(found, str) else None


def _opened(model: str, *, local_files_only: bool) -> CrossEncoder:
    """The model, ready to be asked.

    Raises:
        ValueError: it is no cross-encoder for ranking, which sentence-transformers itself takes: it makes what is
            missing of it at random.
    """
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    found: CrossEncoder = CrossEncoder(model, device="cpu", local_files_only=local_files_only)
    kinds = list(getattr(found.config, "architectures", None) or [])
    if len(found) == 1 and not any(kind.endswith("ForSequenceClassification") for kind in kinds):
        raise ValueError(f"it is no cross-encoder but a model of another kind ({', '.join(kinds) or 'unnamed'})")
    if found.num_labels != 1:
        raise ValueError(f"it gives {found.num_labels} scores for a pair; a reranker gives one")
    if len(found.tokenizer) <= len(found.tokenizer.all_special_tokens):
        raise ValueError("its tokenizer has no words: the files of it are missing")
    found.eval()
    return found


def _forward(model: CrossEncoder, read: dict[str, Any]) -> Scores:
    """The scores of a few pairs, shape (pairs,)."""
    import torch  # noqa: PLC0415  it came with the model

    with torch.inference_mode():
        return np.asarray(model(read)["scores"].float().reshape(-1).numpy(), dtype=np.float32)
