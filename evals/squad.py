"""How near a text comes to the right answer, as SQuAD's evaluation has it (Rajpurkar et al. 2016).

Both are compared in lower case, without punctuation and articles, white space run together.
"""

from __future__ import annotations

import re
import string
from collections import Counter

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> list[str]:
    """The words that are compared."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def token_f1(answer: str, text: str) -> float:
    """The harmonic mean of the share of the text's words that are the answer's and of the answer's that are its.

    0..1; words count as often as they stand there. Two empty texts are the same.
    """
    wanted, said = normalised(answer), normalised(text)
    if not wanted or not said:
        return float(wanted == said)
    common = (Counter(wanted) & Counter(said)).total()
    return 2 * common / (len(wanted) + len(said))


def exact_match(answer: str, text: str) -> float:
    """1 where they are the same, else 0."""
    return float(normalised(answer) == normalised(text))
