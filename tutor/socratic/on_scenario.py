"""What is said of the scenario: what it asks, its conditions, the words that decide.

Each turn has two or more wordings, the first of which is taken that gives nothing away: an option may turn on so common
a word as "choice".
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.sentences import sentence_spans
from tutor.socratic.material import Material
from tutor.socratic.phrases import turned


def opening(material: Material, asking: str) -> str:
    """What is asked, before any look at the options."""
    if material.question.calculation:
        return material.say(
            f"Leave the options alone for now. “{asking}” Which figures in the scenario does that need, "
            "and how do they go together?",
            f"Cover up what is below. “{asking}” What do you need from the text for that?",
        )
    return material.say(
        f"Leave the options alone for now. “{asking}” Before you decide: what has to be achieved here, "
        "and which conditions limit how? Use your own words.",
        f"Cover up what is below. “{asking}” What is wanted here, and what stands in the way?",
        f"“{asking}” What is it that they want, and what may not happen?",
    )


def asked_again(material: Material) -> str:
    """The same, smaller."""
    return material.say(
        "Pick one sentence of the scenario that limits what can be done, and tell me what it rules out.",
        "Which one sentence of the text would you underline?",
    )


def begin_small(material: Material) -> str:
    """A first question for someone who does not know where to begin."""
    start = material.say("Then let us begin small.", "Then a smaller step.", "")
    return f"{start} {constraint_hints(material)[0]}".strip()


def in_the_scenario(material: Material, part: str) -> str:
    """Praise for what was picked up, in the scenario's own words."""
    return material.say(
        f"“{part}”: yes, that is one of the conditions.",
        f"“{part}”: yes, that is in there.",
        f"“{part}”: yes.",
    )


def which_decides(material: Material) -> str:
    """The step from all conditions to the one that decides."""
    if material.question.calculation:
        return material.say(
            "And which words fix how it has to be worked out?",
            "And what in the text says how to get there?",
        )
    return material.say(
        "Several things are stated. Which words make the difference, so that some options pass and some do not?",
        "More than that is stated. Which words would an option fail on?",
        "And what else? On which words will they differ?",
    )


def constraint_hints(material: Material) -> tuple[str, str]:
    """Two hints at the deciding words, the weaker first: what the choice turns on, then where it stands."""
    if material.question.calculation:
        place = _sentence_with(material.question.stem, material.question.requirement)
        return (
            material.say(
                "Which rule or formula links the figures in the scenario to what is asked?",
                "What do you know that goes from those figures to the one they want?",
            ),
            material.say(
                f"Read this once more: “{place}” What exactly has to come out, and what goes into it?",
                f"It is in here: “{place}” What has to come out of that?",
            ),
        )
    trait = material.known.pack.traits.trait(material.question.trait or "")
    asks = material.say(trait.question) if trait else ""
    if not asks:
        asks = material.say(
            "What does the scenario insist on?", "Which sentence says what must or must not be?", "What may not be?"
        )
    first = material.say(
        f"{asks} Look for the words in the scenario that say so.", f"{asks} Where is that stated?", asks
    )
    place = _sentence_with(material.question.stem, material.question.requirement)
    second = material.say(
        f"Read this sentence once more: “{place}” Which part of it rules something out?",
        f"It is in here: “{place}” Which part?",
        f"“{place}” Which part of that?",
    )
    return first, second


def _sentence_with(stem: str, part: str) -> str:
    start = stem.index(part)
    spans = sentence_spans(stem)
    return next((stem[slice(*span)] for span in spans if span[0] <= start < span[1]), part)


def true_but_not_deciding(material: Material, part: str, turn: int) -> str:
    """A true condition that does not decide."""
    return material.say(
        *turned(
            turn,
            f"“{part}” is true of this case, but it does not tell the options apart.",
            f"You noticed “{part}”. Keep it in mind; the difference between the options lies elsewhere.",
        ),
        f"“{part}” is so, but that is not it.",
    )


def off_point(material: Material, named: Sequence[str], turn: int) -> str:
    """What is said where a reply has nothing to do with the question."""
    if named and (text := material.say(f"{named[0]} is not among the options.", f"{named[0]} is not offered.")):
        return text
    return material.say(
        *turned(
            turn,
            "I cannot connect that with this scenario yet.",
            "That leads away from this case; let us go back to it.",
            "I do not see where the scenario says that.",
        ),
        "That is not in the text.",
        "Not that.",
    )


def found_constraint(material: Material, *, early: bool, meant: bool) -> str:
    """Praise for the deciding words, which the learner has found or put into other words."""
    words = material.question.requirement
    if meant:
        return material.say(
            f"Well put: you said what “{words}” means without repeating it.",
            f"Yes, that is what “{words}” means.",
        )
    if early:
        return material.say(
            f"You went straight to the words that matter: “{words}”.",
            f"Straight to it: “{words}”.",
        )
    return material.say(f"Yes, “{words}”: you found the words this turns on.", f"Yes: “{words}”.")


def constraint_given(material: Material) -> str:
    """The deciding words, after all hints."""
    words = material.question.requirement
    return material.say(
        f"Then take these words as the test: “{words}”.", f"These words matter: “{words}”.", f"“{words}”."
    )
