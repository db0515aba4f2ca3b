"""Text that addresses a language model instead of its reader: found by its turns of phrase.

The readers note it on a source, and no passage that holds it is shown to a model. It finds what is commonly
written; a text that gives orders in words of its own passes for prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# The words a pattern below cannot do without: looking for them first is many times faster.
# fmt: off
_HINTS = (
    "ignore", "disregard", "forget", "override", "are now", "prompt", "instructions", "language model", "assistant",
    "<|", "inst]", "system>", "the user", "the learner", "the student",
)
# fmt: on
_BEFORE = r"(?:previous|prior|above|earlier|preceding|foregoing)"
_ORDERS = r"(?:instructions?|prompts?|rules?|messages?|directions?|guidelines?|commands?|context)"
ORDER_TO_A_MODEL = "|".join(
    [
        rf"\b(?:ignore|disregard|forget|override)\s+(?:\w+\s+){{0,4}}?{_BEFORE}\s+(?:\w+\s+)?{_ORDERS}\b",
        rf"\b(?:ignore|disregard|forget|override)\s+(?:all\s+)?(?:of\s+)?your\s+(?:\w+\s+)?(?:{_ORDERS}|sources)\b",
        r"\b(?:ignore|disregard|forget)\s+(?:all|everything)\s+(?:that\s+)?(?:above|you (?:were|have))\b",
        # "You are now ready to …" ends many a tutorial
        r"\byou\s+are\s+now\s+(?:an?|the|my|acting|called|no\s+longer|free\s+(?:of|from)|dan|in\s+\w+\s+mode)\b",
        r"\bnew\s+(?:system\s+)?instructions\s*:",
        r"\b(?:do\s+not|don't|never)\s+(?:tell|inform|warn)\s+the\s+(?:user|learner|student)\b",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?inst\]|</?system>",
    ]
)
"""A pattern, for any case of letters: phrases that order a model about, and marks that feign another speaker."""

_TO_A_MODEL = re.compile(
    "|".join(
        [
            ORDER_TO_A_MODEL,
            r"\bsystem\s+prompt\b",
            r"\b(?:attention|dear|hello|hey|if\s+you\s+are)\W+(?:an?\s+)?(?:ai\s+)?(?:language\s+model|assistant)\b",
            r"\bas\s+an\s+ai\s+language\s+model\b",
        ]
    ),
    re.IGNORECASE,
)


def addresses_to_a_model(text: str) -> Iterator[str]:
    """Yield the phrases that speak to a model, white space made even."""
    lowered = text.lower()
    if any(hint in lowered for hint in _HINTS):
        for match in _TO_A_MODEL.finditer(text):
            yield " ".join(match[0].split())
