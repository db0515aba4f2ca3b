"""How many tokens a text has, without making them: for tokenizers that treat each word by itself, as BERT's do.

Splitting counts every paragraph of a library, and a library says the same words over and over.
"""

from __future__ import annotations

import json
import re

from tokenizers import Tokenizer

MOST_WORDS = 200_000
"""Words remembered before they are all forgotten: some 20 MB."""

_CONTROL = re.compile(r"[^\t\n\r -~\xa0-\U0010ffff]")
_WORD = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_BERT: dict[str, dict[str, str | bool]] = {
    "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "lowercase": True},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "model": {"type": "WordPiece"},
}
"""A tokenizer with these parts lowers the case, cuts at white space and around each mark, and looks words up one by
one (Devlin et al. 2019)."""


class WordPieces:
    """Counts the tokens of texts as a BERT tokenizer would make them, special tokens left out."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._counts = _Counts(tokenizer)
        names = (re.escape(token.content) for token in tokenizer.get_added_tokens_decoder().values())
        self._special = re.compile("|".join(names) or r"(?!)")

    @staticmethod
    def fits(tokenizer: Tokenizer) -> bool:
        """Whether the tokenizer is one of that kind."""
        parts = json.loads(tokenizer.to_str())
        return all(wanted.items() <= (parts.get(part) or {}).items() for part, wanted in _BERT.items())

    def count(self, text: str) -> int | None:
        """The number of tokens; None for a text with control characters or a special token's name in it."""
        if _CONTROL.search(text) or self._special.search(text):
            return None
        if text.isascii():
            return self._plain(text)
        parts = text.split()
        plain = " ".join(part for part in parts if part.isascii())
        return self._plain(plain) + sum(self._counts[part] for part in parts if not part.isascii())

    def _plain(self, text: str) -> int:
        return sum(map(self._counts.__getitem__, _WORD.findall(text.lower())))


class _Counts(dict[str, int]):
    """Words and how many tokens each is; a word is tokenized when it is first met."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_WORDS:
            self.clear()
        count = self[word] = len(self._tokenizer.encode(word, add_special_tokens=False).ids)
        return count
