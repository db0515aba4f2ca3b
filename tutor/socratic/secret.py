"""What may not be said before the learner gets there: an option's text and its distinguishing terms."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.questions import Question
from tutor.pack_words import PackWords, word_stems


class Secret:
    """The terms that give options away: the words of their texts, the names of their cards.

    What stands in the stem or in another option is no secret, for the learner has it in front of them. A single word
    of a name counts where no other card has it, and a vendor's name never does. Letters are not looked for: they are
    only ever written by the ladder itself.
    """

    def __init__(self, known: PackWords, question: Question, hidden: Collection[str]) -> None:
        concealed = [option for label, option in question.labelled if label in hidden]
        others = [option.text for label, option in question.labelled if label not in hidden]
        shown = " ".join((question.stem, *others))
        cards = [option.card for option in concealed if option.card]
        words = word_stems(" ".join(option.text for option in concealed))
        words = words.union(*(known.words_of_names(card) for card in cards))
        self._words = words - word_stems(shown) - known.vendor
        names = [_whole(name) for card in cards for name in known.pack.cards_by_id[card].names]
        self._names = [name for name in names if not name.search(shown)]

    def tells(self, text: str) -> bool:
        """Whether a text has one of the terms."""
        return bool(self._words & word_stems(text)) or any(name.search(text) for name in self._names)


def _whole(name: str) -> re.Pattern[str]:
    gapped = r"[-\s]*".join(re.escape(part) for part in re.split(r"[-\s]+", name))
    return re.compile(rf"(?<!\w){gapped}(?:s|es)?(?!\w)", re.I)
