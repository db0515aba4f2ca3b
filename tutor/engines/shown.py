"""What a model is shown: passages under short labels, each a line of JSON, none that addresses a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from corpus.model_address import addresses_to_a_model
from tutor.evidence import Evidence

MAX_SHOWN = 24_000
"""Characters of passages that a model is shown: about 6,000 tokens, the best passages first."""


def for_a_model(evidence: Evidence) -> Evidence:
    """The evidence without the passages that address a model, in their text or above it."""
    passages = tuple(p for p in evidence.passages if not next(addresses_to_a_model(p.chunk.embedding_text), None))
    return evidence if len(passages) == len(evidence.passages) else replace(evidence, passages=passages)


def labels(evidence: Evidence) -> dict[str, str]:
    """The chunk ids of the passages that are shown, under short labels: P1, P2 and so on."""
    labelled: dict[str, str] = {}
    length = 0
    for passage in evidence.passages:
        length += len(passage.chunk.embedding_text)
        if labelled and length > MAX_SHOWN:
            break
        labelled[f"P{len(labelled) + 1}"] = passage.chunk.id
    return labelled


def passage_lines(evidence: Evidence, labelled: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    """Each passage with its label and where it stands."""
    for label, chunk_id in labelled.items():
        chunk = evidence.chunks[chunk_id]
        yield {"passage": label, "from": chunk.context, "text": chunk.text}


def json_lines(lines: Iterable[Mapping[str, object]]) -> str:
    """Each as a line of JSON: no text in one can end it or begin another."""
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
