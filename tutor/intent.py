"""What a message wants: a small linear model over its words, with its weights in a file beside this one.

Where an embedding model is loaded, another one over the message's meaning (tutor.intent_meaning) has as much to say.
`python -m evals.fit_intents` fits the weights; `python -m evals.intents` measures them.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from corpus.question_vectors import QuestionVectors
from tutor.intent_cues import SHORTHAND, cues
from tutor.intent_meaning import read_meaning_weights
from tutor.pack_words import PackWords, word_stems

WEIGHTS = Path(__file__).with_name("intent_weights.json")

READ = 600
"""Characters of a message that are looked at: what is wanted is said early, the rest is a pasted text."""


class Intent(StrEnum):
    """What the tutor can be asked to do; `REPLY` answers a question that is open, `WHY_WRONG` takes pasted ones too."""

    ASK = "ask"
    COMPARE = "compare"
    EXPLAIN = "explain"
    WHY_WRONG = "why-wrong"
    QUIZ = "quiz"
    SCENARIO = "scenario"
    SOCRATIC = "socratic"
    PLAN = "plan"
    PROGRESS = "progress"
    EXAM = "exam"
    GREETING = "greeting"
    OUT_OF_SCOPE = "out-of-scope"
    REPLY = "reply"


class Context(StrEnum):
    """What stands last in the talk: nothing, an answer, an open question, a marked one, or a dialogue's turn."""

    NOTHING = "none"
    ANSWER = "answer"
    QUESTION = "question"
    MARKED = "marked"
    DIALOGUE = "dialogue"


@dataclass(frozen=True, slots=True)
class Routed:
    """Where a message goes. `confidence` is the model's probability; a `follow_up` leans on what was said last."""

    intent: Intent
    confidence: float
    follow_up: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: for each feature its weight by class, for each class its bias, and each feature's rarity."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    by_feature: Mapping[str, Mapping[str, float]]


class IntentRouter:
    """Routes messages about one pack. Any text is routed; the same way as long as the embedder is loaded, or is not."""

    def __init__(self, known: PackWords, vectors: QuestionVectors | None = None, weights: Path = WEIGHTS) -> None:
        self._known = known
        self._vectors = vectors
        self._intents, self._follow_up = read_weights(weights)
        self._meaning = read_meaning_weights()

    def route(self, message: str, context: Context = Context.NOTHING) -> Routed:
        """What a message wants, given what stands last in the talk."""
        found = features(self._known, message, context)
        shares = probabilities(self._intents, found)
        if self._vectors and self._meaning.can_read(self._vectors.embedder):
            meant = self._meaning.probabilities(self._vectors.of(message[:READ]), context)
            shares = {name: math.sqrt(share * meant[name]) for name, share in shares.items()}
        if context not in {Context.QUESTION, Context.DIALOGUE}:
            shares.pop(Intent.REPLY)
        best = max(shares, key=lambda name: (shares[name], name))
        leans = context is not Context.NOTHING and probabilities(self._follow_up, found)["yes"] > 0.5
        return Routed(Intent(best), shares[best] / math.fsum(shares.values()), leans or best == Intent.REPLY)


@lru_cache(maxsize=4)
def read_weights(file: Path) -> tuple[Weights, Weights]:
    """The weights for intents and for the follow-up flag."""
    data = json.loads(file.read_text(encoding="utf-8"))
    intents, follow_up = (
        Weights(tuple(part["classes"]), tuple(part["bias"]), part["weights"])
        for part in (data["intents"], data["follow_up"])
    )
    return intents, follow_up


def probabilities(weights: Weights, found: Mapping[str, float]) -> dict[str, float]:
    """The softmax of the classes' scores."""
    scores = dict(zip(weights.classes, weights.bias, strict=True))
    for feature, value in found.items():
        for name, weight in weights.by_feature.get(feature, {}).items():
            scores[name] += value * weight
    highest = max(scores.values())
    powers = {name: math.exp(score - highest) for name, score in scores.items()}
    whole = math.fsum(powers.values())
    return {name: power / whole for name, power in powers.items()}


_OPTION = re.compile(
    r"\b(?:option|answer|choice)s?\s+(?:[a-f]|\d)\b|(?<![\w'])[B-F](?![\w'])|\bA(?=\W*$|\s+(?:is|and|or)\b)"
    r"|\b(?:the )?(?:first|second|third|fourth|last|1st|2nd|3rd)\s+(?:one|option|answer|choice)\b|^\W*[a-f]\W*$"
    r"|\b(?:and|or|is|not|isn'?t|why|picked|chose|took|say)\s+[b-f]\b",
    re.I,
)
_MARKED = re.compile(r"(?:^|\s)\(?(?:[a-f]|[1-6])[.):]\s", re.I)
_DATE = re.compile(
    r"\b(?:january|february|march|april|may \d+|june|july|august|september|october|november|december|jan|feb|mar|apr"
    r"|jun|jul|aug|sept?|oct|nov|dec)\b|\b20\d\d-\d\d-\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.I,
)
_TASK = re.compile(r"\b(?:domain|task)s?\s+\d(?:\.\d)?\b", re.I)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TOKEN = re.compile(r"<\w+>|[^\W\d_]+(?:'[a-z]+)?|[?!]")


def normalised(known: PackWords, message: str) -> str:
    """The message in small letters, shorthand written out, with marks for cards, options, dates, tasks and numbers."""
    text = message.strip()[:READ]
    for mention in reversed(known.mentions(text)):
        text = f"{text[: mention.start]} <card> {text[mention.end :]}"
    for pattern, mark in ((_TASK, "<task>"), (_OPTION, "<option>"), (_DATE, "<date>"), (_NUMBER, "<number>")):
        text = pattern.sub(f" {mark} ", text)
    return " ".join(SHORTHAND.get(token, token) for token in _TOKEN.findall(text.lower().replace("’", "'")))


def features(known: PackWords, message: str, context: Context) -> dict[str, float]:
    """What the model sees: words and pairs of them, parts of words, what the message names, what stands last."""
    text = normalised(known, message)
    tokens = text.split()
    counts: Counter[str] = Counter()
    for size in (1, 2, 3):
        padded = ["<s>", *tokens, "</s>"] if size > 1 else tokens
        counts.update(" ".join(padded[i : i + size]) for i in range(len(padded) - size + 1))
    topics = _topics(known, tokens)
    for size in (2, 3):
        counts.update(" ".join(topics[i : i + size]) for i in range(len(topics) - size + 1))
    parts = Counter(part for token in tokens if token.isalpha() for part in _parts(token))
    vector = {f"w:{name}": 1.0 for name in counts}
    vector |= {f"c:{name}": 0.5 for name in parts}
    length = math.sqrt(math.fsum(value * value for value in vector.values())) or 1.0
    scaled = {name: value / length for name, value in vector.items()}
    return scaled | {name: 0.5 for name in _signs(known, message, tokens, context)}


def _topics(known: PackWords, tokens: list[str]) -> list[str]:
    """The tokens with one mark for every run of cards and words of the exam's topics."""
    marked = ["<topic>" if part == "<card>" or word_stems(part) & known.topics else part for part in tokens]
    padded = ["<s>", *marked, "</s>"]
    return [part for before, part in pairwise(["", *padded]) if part != "<topic>" or before != part]


def _parts(token: str) -> Iterator[str]:
    padded = f"_{token}_"
    for size in (4, 5):
        yield from (padded[i : i + size] for i in range(len(padded) - size + 1))


def _signs(known: PackWords, message: str, tokens: list[str], context: Context) -> Iterator[str]:
    cards = tokens.count("<card>")
    found = list(cues(" ".join(tokens)))
    yield from (f"cue:{name}" for name in found)
    yield from (f"cue:{one}+{other}" for one, other in combinations(found, 2))
    words = word_stems(" ".join(token for token in tokens if not token.startswith("<")))
    about = len(words & known.topics)
    yield f"s:last={context}"
    yield f"s:cards={min(cards, 2)}"
    yield f"s:topics={min(about + cards, 2)}"
    yield f"s:length={min(len(tokens).bit_length(), 5)}"
    yield f"s:last={context} length={min(len(tokens).bit_length(), 5)}"
    if len(_MARKED.findall(message)) >= 3:
        yield "s:pasted"
    if "<option>" in tokens:
        yield f"s:option last={context}"
    if tokens and len(tokens) - cards <= 1:
        yield "s:bare"
