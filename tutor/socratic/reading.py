"""What a learner's reply says: which options it takes or crosses out, which words of the scenario it has hit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.questions import Question
from corpus.sentences import Span, sentence_spans
from tutor.pack_words import PackWords, word_stems

RIGHT_SHARE = 0.4
"""Of the words of the deciding part of the stem, so many make a reply right; or two of them, where they are few."""

_LIMIT = 2_000
"""Characters of a reply that are read."""

_TELL_ME = re.compile(
    r"\b(?:just )?(?:tell|show|give) (?:me|us)(?: the| your)?(?: right| correct| whole)? (?:answer|solution)"
    r"|\bjust (?:tell|show) (?:me|us)\b|^\W*tell me\W*$|\bi(?:'ll)? give up\b|\breveal\b|\bsolve it\b"
    r"|\bwhat(?:'s| is|s) (?:the|your) (?:right |correct )?(?:answer|solution)\b"
    r"|^\W*(?:the )?(?:answer|solution)(?: please)?\W*$",
    re.I,
)
_NOT_YET = re.compile(r"\b(?:don'?t|do not|without|not)\b[^.]{0,20}\b(?:tell|telling|show|give|giving|reveal)", re.I)
_STUCK = re.compile(
    r"\b(?:i )?(?:really )?(?:don'?t|do not|dont) (?:really )?(?:know|get it|understand|see it)\b|\bidk\b|\bdunno\b"
    r"|\bno (?:idea|clue)\b|\b(?:an?other |a |some )?(?:hint|clue)s?\b|\bhelp(?: me)?\b|\b(?:i'?m )?stuck\b"
    r"|\bnot (?:really )?sure\b|\bunsure\b|\bwhat do you mean\b|\bdon'?t follow\b|^\W*(?:skip|pass|next|hm+|huh)?\W*$",
    re.I,
)
_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|it does|it meets|sure|correct|true|i think so|probably)\b", re.I)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|it doesn'?t|doesn'?t|does not|not really|it fails|false|i don'?t think so)\b", re.I
)
_CLAUSE = re.compile(r"[,;.!?:]+\s*|\b(?:but|so|because|while|since|then)\b", re.I)
_AGAINST = re.compile(
    r"\bnot\b|n't\b|\b(?:no|out|never|cannot|cant|wrong|too|fails?|exclude[sd]?|eliminate[sd]?|unsuitable|unlike|without|lacks?|"
    r"breaks?|violates?|except|neither|nor)\b|\brul(?:e[sd]?|ing) out\b|\bcross(?:ed|ing)?\b",
    re.I,
)
_POSITIONS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ORDINALS = ("1st", "2nd", "3rd", "4th", "5th", "6th")
_NOUN = r"(?:one|option|answer|choice|candidate)"
_BARE = re.compile(r"^\W*(?:(?:and|or|both|option|answer|it'?s|is it|maybe|i think|think|[a-f])\b\W*)+$", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """`picked` and `crossed` are the labels of options that the reply takes or crosses out.

    `hit` is the part of the stem that its words stand in, "" where there is none; `decides` is whether that is the
    part the question turns on, or its meaning. `mistaken` is the label of a wrong option whose trait value the reply
    describes instead. `named` are cards that it names and no option proposes.
    """

    tells_to_tell: bool = False
    stuck: bool = False
    picked: frozenset[str] = frozenset()
    crossed: frozenset[str] = frozenset()
    hit: str = ""
    decides: bool = False
    mistaken: str | None = None
    named: tuple[str, ...] = ()

    @property
    def off_point(self) -> bool:
        """Whether nothing in the reply belongs to this question."""
        return not (
            self.tells_to_tell or self.stuck or self.picked or self.crossed or self.hit or self.decides or self.mistaken
        )


def read_reply(known: PackWords, question: Question, message: str) -> Reading:
    """Read a reply to a question; any text is one."""
    text = message.strip()[:_LIMIT]
    if _TELL_ME.search(text) and not _NOT_YET.search(text):
        return Reading(tells_to_tell=True)
    rest = _STUCK.sub(" ", text)
    options = _OptionReader(known, question)
    picked, crossed, named = options.read(rest)
    words = word_stems(rest)
    decides = _decides(known, question, words)
    hit = question.requirement if decides == "words" else _hit(question, words - known.of_every_stem)
    mistaken = None if decides else _mistaken(known, question, words)
    empty = not (picked or crossed or hit or decides or mistaken)
    return Reading(
        stuck=empty and (rest != text or not words),
        picked=picked,
        crossed=crossed,
        hit=hit,
        decides=bool(decides),
        mistaken=mistaken,
        named=named,
    )


def yes_or_no(message: str) -> bool | None:
    """True for a yes, False for a no, None for neither."""
    if _NO.match(message):
        return False
    return True if _YES.match(message) else None


class _OptionReader:
    """Finds options by letter, by position, by the cards they propose and by words that only they have."""

    def __init__(self, known: PackWords, question: Question) -> None:
        self._labels = [label for label, _ in question.labelled]
        cards = {label: option.card for label, option in question.labelled if option.card}
        self._by_card = {card: label for label, card in cards.items() if list(cards.values()).count(card) == 1}
        self._names = known.names
        self._in_stem = {mention.card.id for mention in self._names.find(question.stem)}
        texts = {label: word_stems(option.text) for label, option in question.labelled}
        stem_words = word_stems(question.stem)
        self._own = {
            label: words
            - stem_words
            - frozenset[str]().union(*(other for name, other in texts.items() if name != label))
            for label, words in texts.items()
        }

    def read(self, text: str) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
        """The labels taken, the labels crossed out, and the names of cards that no option proposes."""
        picked: set[str] = set()
        crossed: set[str] = set()
        before: set[str] = set()
        named: list[str] = []
        bare = bool(_BARE.match(text))
        for clause in _CLAUSE.split(text):
            labels = self._lettered(clause, bare) | self._placed(clause) or self._worded(clause, named)
            against = bool(_AGAINST.search(clause))
            if against and not labels and re.match(r"\s*(?:it|that|this|both|they)\b", clause, re.I):
                picked -= before
                labels = before
            (crossed if against else picked).update(labels)
            before = labels or before
        return frozenset(picked - crossed), frozenset(crossed), tuple(dict.fromkeys(named))

    def _lettered(self, clause: str, bare: bool) -> set[str]:
        found = {letter for letter in re.findall(r"(?<![\w'])[B-F](?![\w'])", clause)}
        found |= {m.upper() for m in re.findall(rf"\b{_NOUN}\s+([a-f])\b", clause, re.I)}
        found |= {m.upper() for m in re.findall(r"\(([a-f])\)|^\W*([a-f])\W*$", clause, re.I) for m in m if m}
        found |= {"A"} if re.search(r"(?<![\w'])A(?=\s*(?:$|and\b|or\b|is\b|[^\w\s]))", clause) else set()
        found |= {
            m.upper() for m in re.findall(r"\b(?:it'?s|is|not|out|with|choose|pick|say)\s+([a-f])\s*$", clause, re.I)
        }
        found |= {m.upper() for m in re.findall(r"^\W*([b-f])\s+(?:is|isn't|can|cannot|and|or)\b", clause, re.I)}
        if bare:
            found |= {m.upper() for m in re.findall(r"\b([a-f])\b", clause, re.I)}
        return found & set(self._labels)

    def _placed(self, clause: str) -> set[str]:
        found = set()
        for index, label in enumerate(self._labels):
            names = rf"(?:{_POSITIONS[index]}|{_ORDINALS[index]})"
            if index == len(self._labels) - 1:
                names = rf"(?:{names}|last)"
            number = rf"\b(?:{_NOUN}|number|no\.?)\s+{index + 1}\b|^\W*{index + 1}\W*$"
            if re.search(rf"\b{names}\s+{_NOUN}\b|\bthe {names}\W*$|^\W*{names}\W*$|{number}", clause, re.I):
                found.add(label)
        return found

    def _worded(self, clause: str, named: list[str]) -> set[str]:
        mentions = [mention.card for mention in self._names.find(clause)]
        found = {
            self._by_card[card.id] for card in mentions if card.id in self._by_card and card.id not in self._in_stem
        }
        named += [card.name for card in mentions if card.id not in {*self._by_card, *self._in_stem}]
        rest = word_stems(clause).difference(*(word_stems(name) for card in mentions for name in card.names))
        return found or _most(self._own, rest)


def _most(own: Mapping[str, frozenset[str]], words: frozenset[str]) -> set[str]:
    """The one option that the words belong to: most of its own words, and more than any other's."""
    hits = {label: len(words & several) for label, several in own.items()}
    best = max(hits.values(), default=0)
    leading = [label for label, count in hits.items() if count == best]
    enough = best >= 2 or (best == 1 and len(words) <= 2)
    return set(leading) if enough and len(leading) == 1 else set()


def _decides(known: PackWords, question: Question, words: frozenset[str]) -> str:
    """Whether the reply has the deciding words of the stem ("words"), or what they ask for ("meaning"), or not ("")."""
    required = word_stems(question.requirement)
    common = words & required
    if len(common) >= min(2, len(required)) and len(common) >= RIGHT_SHARE * min(len(required), 5):
        return "words"
    return "meaning" if len(words & known.meaning(question.trait, question.value)) >= 2 else ""


def _mistaken(known: PackWords, question: Question, words: frozenset[str]) -> str | None:
    """The wrong option whose value of the deciding trait the words describe."""
    for label, option in question.labelled:
        card = known.pack.cards_by_id.get(option.card or "")
        if option.correct or card is None or question.trait is None:
            continue
        offered = [value for value in card.traits.get(question.trait, ()) if value != question.value]
        if any(len(words & known.meaning(question.trait, value)) >= 2 for value in offered):
            return label
    return None


def _hit(question: Question, words: frozenset[str]) -> str:
    """The sentence of the stem that shares most with the words, or ""; the last sentence, which asks, is not one."""
    spans: list[Span] = sentence_spans(question.stem)[:-1]
    shared = {span: len(words & word_stems(question.stem[slice(*span)])) for span in spans}
    best = max(shared, key=lambda span: shared[span], default=None)
    return question.stem[slice(*best)] if best and shared[best] >= (1 if len(words) <= 4 else 2) else ""
