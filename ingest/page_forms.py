"""Signs that a passage teaches nothing, whatever its subject: what technical documentation has beside its teaching.

Steps at a console or a command line, scraps of a few words, and pages whose heading names a form (an example's code, a
reference entry, a history) rather than a subject. The words are those of English documentation and name no product.
"""

from __future__ import annotations

from collections.abc import Sequence

SIGNS = ("share of words about operating", "shortness", "a heading that names a form")

LONG_ENOUGH = 600
"""Characters above which a passage is not short any more: three or four sentences."""

_OPERATING = frozenset(
    """button choose cli click command console delete download enter install menu open pane path run sdk select tab
    version""".split()
)
_FORMS = frozenset(
    """api apis apply class clean cli console content contents contributing def delete deleting deletion element
    elements error errors example examples exception exceptions field fields getting glossary history install
    installation installing java javascript member members method methods net next node note notice parameter
    parameters php prerequisite prerequisites python reference release remove removing request response ruby
    scala sdk sdks see setup sign started step steps structure syntax tag tagging template topics tutorial
    uninstall untag version versions""".split()
)


def signs(heading_words: Sequence[str], words: Sequence[str], length: int) -> tuple[float, float, float]:
    """`SIGNS` of a passage by the words of its title and headings, its own words, all lower case, and its characters.

    Twenty times the share of words about operating, 0..20; how far it falls short of `LONG_ENOUGH`, 0..1; 0 or 1.
    """
    operating = 20 * sum(word in _OPERATING for word in words) / max(1, len(words))
    return operating, max(0.0, 1 - length / LONG_ENOUGH), float(not _FORMS.isdisjoint(heading_words))
