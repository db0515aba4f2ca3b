"""Dialogues in a talk: a learner is led through a question, leaves it and comes back."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.questions import Question
from tutor.chat_questions import Said, with_question
from tutor.intent import Context
from tutor.socratic.dialogue import Dialogue
from tutor.thread import Thread
from tutor.turns import Led, Plain
from tutor.tutor import Tutor

_STOP = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|please|let'?s|let\s+us|i\s+want\s+to|can\s+we)\W+)*(?:stop|quit|exit|leave|end|enough|cancel|never\s*mind)"
    r"(?:\s+(?:it|this|that|here|now|please|the\s+(?:dialogue|question|talk)))*\W*$",
    re.I,
)
_BACK = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|now|let'?s|please|can\s+we|take\s+me)\W+)*(?:(?:go\s+|get\s+)?back\s+to\s+(?:it|that|the\s+question|where\s+we\s+were)|"
    r"(?:continue|resume|go\s+on)(?:\s+(?:with\s+)?(?:it|that|the\s+(?:question|dialogue)))?|where\s+were\s+we)\W*$",
    re.I,
)
_HINT = re.compile(r"\b(?:hint|clue)s?\b", re.I)
READ = 2_000
"""Characters of a reply that are read and kept."""
ASIDE = "We leave the question for now; “back to it” takes you there again."
STOPPED = "Stopped. “Back to it” goes on where we were; “just tell me” gives the answer."


def wants_to_stop(message: str) -> bool:
    """Whether a message ends a dialogue."""
    return _STOP.match(message) is not None


def wants_back(message: str) -> bool:
    """Whether a message goes back to a dialogue that was left."""
    return _BACK.match(message) is not None


def wants_hint(message: str) -> bool:
    """Whether a message asks for a hint."""
    return _HINT.search(message) is not None


def begin(tutor: Tutor, thread: Thread, question: Question) -> Said:
    """The first turn on a question."""
    same = thread.question is not None and thread.question.id == question.id
    thread = thread if same else with_question(thread, question)
    thread = replace(thread, replies=(), is_led=True, is_open=False, last=Context.DIALOGUE)
    return _shown(tutor.socratic.begin(question), begins=not same), thread


def reply(tutor: Tutor, thread: Thread, message: str) -> Said:
    """The next turn of the dialogue; it leaves by itself at the ladder's end."""
    message = message[:READ]
    dialogue = tutor.socratic.reply(current(tutor, thread), message)
    thread = replace(thread, replies=(*(thread.replies or ()), message))
    if dialogue.done:
        thread = replace(thread, is_led=False, last=Context.MARKED)
    return _shown(dialogue), thread


def stop(thread: Thread) -> Said:
    """A word where the learner stops; there is a way back to what was left open."""
    left = thread.is_led or thread.is_open
    text = STOPPED if left else "There is nothing to stop. Ask, or be asked."
    suggestions = ("Back to it", "Just tell me") if left else ("Quiz me",)
    return Plain(text, suggestions=suggestions), replace(thread, is_led=False, last=Context.ANSWER)


def back(tutor: Tutor, thread: Thread) -> Said:
    """The last turn again, with its question."""
    thread = replace(thread, is_led=True, last=Context.DIALOGUE)
    return _shown(current(tutor, thread), begins=True), thread


def current(tutor: Tutor, thread: Thread) -> Dialogue:
    """The dialogue as it stands: the same question and replies give the same turns, so only these are kept."""
    if thread.question is None:
        raise ValueError("a dialogue needs a question")
    dialogue = tutor.socratic.begin(thread.question)
    for said in thread.replies or ():
        dialogue = tutor.socratic.reply(dialogue, said)
    return dialogue


def _shown(dialogue: Dialogue, begins: bool = False) -> Led:
    going = ("Give me a hint", "Just tell me", "Stop")
    return Led(dialogue, begins, suggestions=("Another one",) if dialogue.done else going)
