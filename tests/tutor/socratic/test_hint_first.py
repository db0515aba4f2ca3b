"""No turn gives the answer away before it is found or asked for: the whole bank, seven kinds of learner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.exam_pack import load_pack
from corpus.questions import Question
from evals.leak_check import LeakCheck, shown
from evals.scripted_learners import SCRIPTS, Script, always_wrong, does_not_know, misconception, off_the_point
from evals.scripted_learners import play as play_with
from tutor.socratic.dialogue import Dialogue
from tutor.socratic.ladder import SocraticTutor

PACK = load_pack("mls_c01")
TUTOR = SocraticTutor(PACK)
CHECK = LeakCheck(PACK)


def play(question: Question, replies: Iterator[str]) -> Iterator[tuple[str, Dialogue]]:
    return play_with(TUTOR, question, replies)


def test_the_check_sees_each_kind_of_leak() -> None:
    """The answer's own turn holds all of them, so that a check that finds nothing there would be worth nothing."""
    question = PACK.questions_by_id["t43-010"]  # B, Amazon Macie with a custom data identifier
    told = TUTOR.reply(TUTOR.begin(question), "just tell me").turn

    found = " ".join(CHECK(question, {"B"}, told))

    for kind in (
        "letter B",
        "text 'Amazon Macie, with",
        "words ['identifi', 'maci']",
        "name 'Amazon Macie'",
        "words of the name",
    ):
        assert kind in found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
def test_over_the_whole_bank(script: Script) -> None:
    """At every step the right options that the learner has not named stay unsaid; no turn is empty."""
    found: list[str] = []
    states = 0
    for question in PACK.questions:
        said: set[str] = set()
        for message, dialogue in play(question, script(PACK, question)):
            assert dialogue.turn.text.strip()
            said |= dialogue.found
            if dialogue.revealed:
                break
            states += 1
            for leak in CHECK(question, set(question.answer) - said, dialogue.turn):
                found.append(f"{question.id} after {message!r}: {leak} in {shown(dialogue.turn)!r}")
    assert len(PACK.questions) == 325
    assert states >= 325
    assert not found, "\n".join([f"{len(found)} leaks", *found[:20]])


@pytest.mark.parametrize("script", [always_wrong, misconception, does_not_know, off_the_point])
def test_a_learner_who_does_not_get_there_is_never_told(script: Script) -> None:
    """Only by asking: whoever guesses wrong, or says nothing of use, keeps getting hints."""
    told = [
        question.id
        for question in PACK.questions
        for message, dialogue in play(question, script(PACK, question))
        if dialogue.revealed
    ]
    assert told == []


@settings(max_examples=150, deadline=None)
@given(
    question=st.sampled_from(PACK.questions),
    replies=st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(
                ["idk", "yes", "no", "A", "b", "C and D", "not A", "the second one", "D is out", "E", "hint"]
            ),
            st.sampled_from([trait.values[0].phrases[0] for trait in PACK.traits.traits if trait.values[0].phrases]),
            st.sampled_from([card.name for card in PACK.cards]),
        ),
        max_size=12,
    ),
)
def test_whatever_is_replied(question: Question, replies: list[str]) -> None:
    """A right option counts as named once a reply has been taken to name it; until then nothing gives it away."""
    for _, dialogue in play(question, iter(replies)):
        assert dialogue.turn.text.strip()
        if dialogue.revealed:
            return
        assert list(CHECK(question, set(question.answer) - dialogue.found, dialogue.turn)) == []


def test_the_same_replies_give_the_same_dialogue() -> None:
    question = PACK.questions[0]
    once, again = (
        [dialogue.turn.text for _, dialogue in play(question, does_not_know(PACK, question))] for _ in range(2)
    )
    assert once == again
