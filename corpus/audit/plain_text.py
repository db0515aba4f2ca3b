"""The words that a reader of a Markdown document sees: addresses, anchors, escapes and list numbers left out."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_UNSEEN = re.compile(
    r"""<[^<>\n]{1,200}>                    # an HTML tag or an address between angle brackets
      | \]\([^()\s]*\)                      # the address of a link; its text stays
      | ^[ \t]*\d+\.[ \t]                   # the number of a list item
    """,
    re.VERBOSE | re.MULTILINE,
)


def plain_text(markdown: str) -> str:
    """The document without what is not read as words or figures."""
    return _ESCAPE.sub("", _UNSEEN.sub(" ", markdown))
