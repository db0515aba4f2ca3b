"""Seven kinds of learner in a dialogue, each by a script: what is said next, whatever the tutor answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from tutor.socratic.dialogue import Dialogue
from tutor.socratic.ladder import SocraticTutor

Script = Callable[[ExamPack, Question], Iterator[str]]


def right_at_once(_: ExamPack, question: Question) -> Iterator[str]:
    """Names the answer."""
    yield " and ".join(question.answer)


def right_slowly(_: ExamPack, question: Question) -> Iterator[str]:
    """Finds what is asked, crosses options out, then names the answer."""
    yield question.stem.split(".")[0]
    yield "hmm, " + question.requirement
    yield f"not {_wrong(question)[0]}, that does not meet it"
    yield f"{_wrong(question)[-1]} is out as well"
    yield f"what about {question.answer[0]}"
    yield " and ".join(question.answer)


def always_wrong(_: ExamPack, question: Question) -> Iterator[str]:
    """Names every wrong option and crosses out the right one."""
    for label in _wrong(question):
        yield f"I think it is {label}"
        yield f"option {label.lower()}"
        yield f"I would cross out {question.answer[0]}"
        yield "yes"


def misconception(pack: ExamPack, question: Question) -> Iterator[str]:
    """Names every distractor's card, then speaks of its trait in the pack's own phrases."""
    for label in _wrong(question):
        card = pack.cards_by_id.get(dict(question.labelled)[label].card or "")
        if card is None:
            continue
        yield f"surely {card.name}"
        for trait_id, values in card.traits.items():
            trait = pack.traits.trait(trait_id)
            value = trait.value(values[0]) if trait else None
            if value and value.phrases:
                yield f"they need something {value.phrases[0]}"


def does_not_know(_: ExamPack, question: Question) -> Iterator[str]:
    """Asks for hints."""
    yield from ["I don't know", "no idea", "hint please", "idk", "?", "help me", "not sure", "", "yes", "no"] * 2


def off_the_point(_: ExamPack, question: Question) -> Iterator[str]:
    """Talks of something else."""
    yield from ["my uncle sleeps all day", "what about quantum zebras", "the weather in Oslo", "lorem ipsum"] * 4


def asks_at_the_end(_: ExamPack, question: Question) -> Iterator[str]:
    """Tries, and then wants to be told."""
    yield "don't tell me the answer yet"
    yield "they want " + question.requirement[:40]
    yield "I don't know"
    yield f"{_wrong(question)[0]}?"
    yield "another hint"
    yield "just tell me"


SCRIPTS: tuple[Script, ...] = (
    right_at_once,
    right_slowly,
    always_wrong,
    misconception,
    does_not_know,
    off_the_point,
    asks_at_the_end,
)
GET_THERE = frozenset([right_at_once, right_slowly, asks_at_the_end])
"""Who names the answer or asks for it; nobody else is ever told."""


def play(tutor: SocraticTutor, question: Question, replies: Iterator[str]) -> Iterator[tuple[str, Dialogue]]:
    """Every state of a dialogue, with the reply that led to it."""
    dialogue = tutor.begin(question)
    yield "", dialogue
    for message in replies:
        if dialogue.done:
            return
        dialogue = tutor.reply(dialogue, message)
        yield message, dialogue


def _wrong(question: Question) -> list[str]:
    return [label for label, option in question.labelled if not option.correct]
