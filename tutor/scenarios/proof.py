"""What proves a finished scenario question, read from its own words: no code is shared with what makes questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.exam_pack import ExamPack
from corpus.model_address import addresses_to_a_model
from corpus.questions import Question
from corpus.scenarios import Contest
from corpus.sentences import sentence_spans
from tutor.pack_words import PackWords, word_stems

SHORTEST, LONGEST = 80, 1_500
"""Characters of a stem."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|without|cannot|hardly|unless)\b|n['’]t\b", re.I)


def stated_needs(pack: ExamPack, stem: str) -> set[tuple[str, str]]:
    """Trait and value of every phrase of the trait table that stands in the stem to the letter."""
    return {
        (trait.id, value.id)
        for trait in pack.traits.traits
        for value in trait.values
        if any(f" {phrase}" in stem for phrase in value.phrases)
    }


def right_answers(pack: ExamPack, contest: Contest, question: Question) -> tuple[set[str], set[str]]:
    """The cards among the options that meet every stated need, and those that break none.

    A question is sound when both are its key: the right cards meet everything, and every other card has a trait set
    to a value that neither is the stated one nor serves in the contest.
    """
    serving = {(also.trait, also.wanted): set(also.offers) for also in contest.compatible}
    needs = stated_needs(pack, question.stem)
    meeting, unbroken = set(), set()
    for option in question.options:
        traits = pack.cards_by_id[str(option.card)].traits
        if all(value in traits.get(trait, ()) for trait, value in needs):
            meeting.add(str(option.card))
        if not any(
            traits.get(trait) and not {value, *serving.get((trait, value), ())} & set(traits[trait])
            for trait, value in needs
        ):
            unbroken.add(str(option.card))
    return meeting, unbroken


def objections(words: PackWords, question: Question, stem: str) -> Iterator[str]:
    """Why another wording of a sound question's stem is not sound; nothing where options and reasons still hold.

    The options, their reasons and the facts they cite stay as they are. They hold as long as the stem asks for the
    same: every need to the letter and none besides, the same figures, nothing turned round, no option given away.
    """
    pack = words.pack
    if not SHORTEST <= len(stem) <= LONGEST or not stem.isprintable():
        yield f"it does not have {SHORTEST} to {LONGEST} printable characters"
    if next(addresses_to_a_model(stem), None):
        yield "it addresses a model"
    phrases = [phrase for phrase in _phrases(pack) if f" {phrase}" in question.stem]
    lost = [phrase for phrase in (*phrases, question.requirement) if phrase not in stem]
    yield from (f"it lost “{phrase}”" for phrase in dict.fromkeys(lost))
    if not lost:
        if stated_needs(pack, stem) != stated_needs(pack, question.stem):
            yield "it asks for something else besides"
        yield from (f"it turns “{phrase}” round" for phrase in phrases if _negated(stem, phrase, question.stem))
    if sorted(set(_NUMBER.findall(stem))) != sorted(set(_NUMBER.findall(question.stem))):
        yield "it has other figures"
    yield from _giving_away(words, question, stem)


def _phrases(pack: ExamPack) -> Iterator[str]:
    return (phrase for trait in pack.traits.traits for value in trait.values for phrase in value.phrases)


def _negated(stem: str, phrase: str, original: str) -> bool:
    """Whether the sentence that states a need has a negation that it did not have."""
    return len(_NEGATION.findall(_sentence_with(stem, phrase))) > len(
        _NEGATION.findall(_sentence_with(original, phrase))
    )


def _sentence_with(text: str, part: str) -> str:
    start = text.index(part)
    return next((text[a:b] for a, b in sentence_spans(text) if a <= start < b), text)


def _giving_away(words: PackWords, question: Question, stem: str) -> Iterator[str]:
    """Names of what the options propose, and new words that stand in right options alone."""
    before = {mention.card.id for mention in words.names.find(question.stem)}
    named = {mention.card.name for mention in words.names.find(stem) if mention.card.id not in before}
    yield from (f"it names {name}" for name in sorted(named))
    right, wrong = (
        word_stems(" ".join(option.text for option in question.options if option.correct is correct))
        for correct in (True, False)
    )
    if telling := (word_stems(stem) - word_stems(question.stem)) & (right - wrong):
        yield f"it has words of the right option alone: {', '.join(sorted(telling))}"
