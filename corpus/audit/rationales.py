"""What options say of themselves agrees with the key and with the cards they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.audit.findings import Finding, Outcome
from corpus.audit.places import question_files
from corpus.exam_pack import ExamPack
from corpus.questions import Option, Question
from corpus.sentences import words

CHECK = "rationales"
LEAST_SENTENCES, MOST_SENTENCES = 2, 4

# Not `sentence_spans`: that takes "a fold for each k. Then" for an initial and goes on.
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)[.!?][\"')\]]*(?=\s|$)")
# "Answer A/B tests" names no option. Options are shuffled when shown, so that a letter would mislead.
_BY_LETTER = re.compile(r"\b(?i:options?|answers?|choices?)\s+\(?([A-F])\b(?!/)")


def check(pack: ExamPack) -> Outcome:
    """Whether every option's rationale holds.

    An option whose `trait` is the question's has the wanted value on its card if and only if it is correct.
    A rationale has two to four sentences; neither it nor `right_if` names an option by letter, and the two
    differ. An option with a `card` cites a fact of it, or of a card of its group, or names a trait.
    """
    files = question_files(pack)
    findings = tuple(
        Finding(CHECK, files[question.id], f"{question.id} {label}", problem)
        for question in pack.questions
        for label, option in question.labelled
        for problem in (*_against_card(pack, question, option), *_wording(option), *_citing(pack, option))
    )
    return Outcome(CHECK, findings, {"options": sum(len(question.options) for question in pack.questions)})


def _against_card(pack: ExamPack, question: Question, option: Option) -> Iterator[str]:
    if question.trait is None or option.trait != question.trait or option.card is None:
        return
    has_it = question.value in pack.cards_by_id[option.card].traits.get(question.trait, ())
    if has_it != option.correct:
        has, is_right = ("has" if has_it else "lacks"), ("correct" if option.correct else "wrong")
        yield f"the card {option.card} {has} {question.trait} = {question.value}, but the option is {is_right}"


def _wording(option: Option) -> Iterator[str]:
    sentences = len(_SENTENCE_END.findall(option.rationale))
    if not LEAST_SENTENCES <= sentences <= MOST_SENTENCES:
        counted = f"{sentences} sentence{'s' if sentences != 1 else ''}"
        yield f"the rationale has {counted}, not {LEAST_SENTENCES} to {MOST_SENTENCES}"
    for name, text in (("rationale", option.rationale), ("right_if", option.right_if or "")):
        if letter := _BY_LETTER.search(text):
            yield f"the {name} names an option by letter: '{letter[0]}'"
    if option.right_if and words(option.right_if) == words(option.rationale):
        yield "right_if is the rationale again"


def _citing(pack: ExamPack, option: Option) -> Iterator[str]:
    if option.card is None or option.trait is not None:
        return
    group = pack.cards_by_id[option.card].group
    cited = [pack.cards_by_id[reference.partition("#")[0]] for reference in option.cites]
    if not any(card.id == option.card or card.group == group for card in cited):
        yield f"no fact of the card {option.card} or its group '{group}' is cited, and no trait is named"
