"""What a turn gives away, found by this file's own rules: it shares no code with the dialogue.

A turn leaks when it has, of an option that is still to be found: its letter as a letter, its whole text, a name of its
card, or a word of its text or of its card's name that stands neither in the stem nor in another option. Quotes of the
stem and of other options give nothing away: the learner has them in front of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache

import snowballstemmer

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.socratic.dialogue import Turn

STEMMER = snowballstemmer.stemmer("porter")

GRAMMAR = set(
    """
    a an the this that these those it its they them their we our you your he she his her i me my and or but nor so
    than then as if when while where which who whom whose what how why whether because though of in on at by for
    from to into onto with without within over under between among through during before after above below up down
    out off about against across per via is are was were be been being am has have had do does did can could may
    might must shall should will would not no only also very more most less least too each every any some all both
    either neither such same other others another there here now just still already yet ever never again once s t
    re ll ve d m don
    """.split()
)


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """A word's stem, by Porter's rules."""
    return str(STEMMER.stemWord(word))


@lru_cache(maxsize=20_000)
def words(text: str) -> frozenset[str]:
    """Stems of words with a meaning; figures as they stand."""
    found = re.findall(r"\d+(?:[.,]\d+)*|[a-z]+", text.lower())
    return frozenset(stem_of(word) for word in found if word not in GRAMMAR)


def shown(turn: Turn) -> str:
    """All that a learner may see of a turn, the cited facts and their addresses with it."""
    cited = [f"{c.card.name} {c.fact.passage} {c.fact.locator} {c.fact.source}" for c in turn.citations]
    return "\n".join([turn.text, *cited])


class LeakCheck:
    """Looks at turns on one pack's questions."""

    def __init__(self, pack: ExamPack) -> None:
        self.cards = pack.cards_by_id
        self.vendor = words(" ".join(pack.exam.name_prefixes))
        self.of_names = Counter(word for card in pack.cards for word in words(" ".join(card.names)))

    def __call__(self, question: Question, hidden: Collection[str], turn: Turn) -> Iterator[str]:
        """Everything in the turn that gives one of the hidden options away."""
        text = shown(turn)
        said = words(text)
        visible = question.stem + " " + " ".join(o.text for label, o in question.labelled if label not in hidden)
        free = words(visible) | self.vendor
        own_words = re.sub(r"“([^”]*)”", lambda quote: "“”" if quote[1] in visible else quote[0], turn.text)
        for label, option in question.labelled:
            if label not in hidden:
                continue
            if letter_in(label, own_words):
                yield f"letter {label}"
            if option.text.lower() in own_words.lower():
                yield f"text {option.text!r}"
            if own := (words(option.text) - free) & said:
                yield f"words {sorted(own)}"
            names = self.cards[option.card].names if option.card else ()
            for name in names:
                if has(name, text) and not has(name, visible):
                    yield f"name {name!r}"
            of_name = {word for word in words(" ".join(names)) if self.of_names[word] == 1}
            if told := (of_name - free) & said:
                yield f"words of the name {sorted(told)}"


def letter_in(label: str, text: str) -> bool:
    """Whether a letter stands there as an option's: any capital by itself, an A unless it is the article, not "A/B"."""
    alone = rf"(?<![\w'’.]){label}(?![\w'’+#/-])"
    return any(
        label != "A"
        or re.match(r"A(?:\W*$|[^\w\s]|\s(?:and|or|is|holds|too|again|would|does|was)\b)", text[m.start() :])
        for m in re.finditer(alone, text)
    )


@lru_cache(maxsize=20_000)
def name_pattern(name: str) -> re.Pattern[str]:
    """Finds a name, and its plural."""
    wanted = re.escape(re.sub(r"[-\s]+", " ", name).lower())
    return re.compile(rf"(?<!\w){wanted}(?:e?s)?(?!\w)")


def has(name: str, text: str) -> bool:
    """Whether a name stands in a text, whatever its case, hyphens and plural."""
    return name_pattern(name).search(re.sub(r"[-\s]+", " ", text).lower()) is not None
