"""Short messages about the talk itself: back to what was left, stop, one more, a bare choice."""

from __future__ import annotations

import re

BACK = re.compile(
    r"^\W*(?:(?:ok|so|now|and|let'?s|please|go|get|can we|take me|continue|come)\s+)*back"
    r"(?: to (?:it|that|the (?:question|dialogue|exercise|problem)|where we were|my question))?"
    r"(?: (?:please|now))?\W*$|\bwhere were we\b",
    re.I,
)
"""Asks to go back to what was left."""

STOP = re.compile(
    r"^\W*(?:(?:ok|please|let'?s|can we|i want to|no)\W+)*(?:stop|quit|enough|leave (?:it|this)|cancel"
    r"|exit|end (?:it|this)|abort"
    r"|not now|something else)(?: (?:it|this|that|here|now|please|the dialogue|for now|of this))*\W*$",
    re.I,
)
"""Asks to leave off what is going on, and says nothing else."""

BARE_CHOICE = re.compile(
    r"^\W*(?:(?:option|answer|choice|it'?s|i think|i chose|i choose|i pick|i picked|i'?d say|i say|and|or|both|the|one"
    r"|first|second|third|fourth|fifth|last|my|is|pls|please|[a-f])\b\W*)+$",
    re.I,
)
"""Names options and nothing else: "A", "I think the second one"."""

AGAIN = re.compile(
    r"\b(?:next|another|more|again|continue|go on|same|nxt|one more|similar|variation|harder|easier)\b", re.I
)
"""Asks for one more, or for another like the last."""
