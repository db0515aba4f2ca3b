"""How the ladder's turns are put into words.

Each has two or more ways of saying it, the first of which is taken that gives nothing away: an option may turn on so
common a word as "choice".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import sentence_spans
from tutor.socratic.dialogue import Dialogue
from tutor.socratic.material import Material, Statement

OVER = (
    "That was the whole way: what is asked, what decides, what each option offers. Take another question when you like."
)
BARE = "Which is it, and why?"
"""What is asked where every other way of asking would give something away: it has no word that could."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|it does|it meets|sure|correct|true|i think so|probably)\b", re.I)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|it doesn'?t|doesn'?t|does not|not really|it fails|false|i don'?t think so)\b", re.I
)


def yes_or_no(message: str) -> bool | None:
    """True for a yes, False for a no, None for neither."""
    if _NO.match(message):
        return False
    return True if _YES.match(message) else None


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
        *_turned(
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
        *_turned(
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


def to_the_options(material: Material) -> str:
    """The step to the options."""
    if material.question.calculation:
        return material.say(
            "Now work it out, then look at the options. What do you get?",
            "Now do it on paper. What do you get?",
        )
    if material.question.select > 1:
        number = _NUMBERS[material.question.select]
        return material.say(
            f"Now hold each option against that. Which {number} stand up to it? "
            "If you are not sure, say which you can cross out.",
            f"Now look at them all with that. Which {number}? Or begin with what is out.",
        )
    return material.say(
        "Now hold each option against that. Which one stands up to it? "
        "If you are not sure, say which you can cross out.",
        "Now look at them all with that. Which is it? Or begin with what is out.",
    )


def that_is_the_test(material: Material) -> str:
    """The learner repeats the constraint where an option is asked for."""
    return material.say(
        f"Exactly, “{material.question.requirement}” is the test. Which option passes it, or which one fails?",
        f"Yes, “{material.question.requirement}”. And which of them is up to that?",
    )


def other_need(material: Material, label: str, offer: str) -> str:
    """A need that a wrong option would meet, and this scenario does not state."""
    start = material.say(
        f"That is the need behind option {label}.",
        f"With that, {label} would do.",
    )
    ask = material.say("Where does the scenario ask for it?", "Is that in the text?")
    return " ".join(part for part in (start, offer, ask) if part)


def crossed_too_soon(material: Material) -> str:
    """An option that holds was crossed out; it is handed back without a word about the others."""
    words = material.question.requirement
    return material.say(
        f"Which words of the scenario speak against it? Test it on “{words}” again, and then the rest.",
        f"Why that? Go over it again with “{words}”, and then over the rest.",
    )


def crossed_rightly(material: Material, reasons: Sequence[tuple[str, Statement | None]]) -> str:
    """Wrong options that were crossed out, each with its reason."""
    parts = []
    for number, (label, reason) in enumerate(reasons):
        start = material.say(f"You were right to cross out {label}.", f"Yes, {label} is out.")
        parts.append(f"{start if number == 0 else f'{label} too.'} {_because(material, label, reason)}".strip())
    return " ".join(parts)


def _because(material: Material, label: str, reason: Statement | None) -> str:
    """Why a wrong option fails; where that would give something away, when it would not."""
    if reason:
        return reason.text
    change = material.change(label)
    return material.say(f"It would be right only if {change}.", f"It is for when {change}.") if change else ""


def too_many(material: Material, taken: int, dialogue: Dialogue) -> str:
    """More options were named than are asked for."""
    wanted = _NUMBERS[len(dialogue.wanted)]
    test = material.change(dialogue.changed) if dialogue.changed else material.question.requirement
    return material.say(
        f"You named {_NUMBERS[taken]}, and {wanted} can stand. What separates them on “{test}”?",
        f"That is {_NUMBERS[taken]} of them, not {wanted}. Which would you drop, and why?",
    )


def one_of_several(material: Material, labels: Sequence[str], missing: int) -> str:
    """Some of several right options have been named."""
    which = " and ".join(labels)
    verb = "holds" if len(labels) == 1 else "hold"
    rest = "one more does" if missing == 1 else f"{_NUMBERS[missing]} more do"
    return material.say(
        f"{which} {verb}, well chosen; {rest}. Which, and by what in the scenario?",
        f"{which}: yes. What else, and by what in the scenario?",
    )


def partly_right(labels: Sequence[str]) -> str:
    """The right part of a choice."""
    return f"{' and '.join(labels)}: yes, keep that."


def why_not(material: Material, label: str, dialogue: Dialogue) -> tuple[str, tuple[Statement, ...]]:
    """A wrong option was taken: what it is good for, and why it fails here."""
    option = dialogue.options[label]
    if dialogue.changed is not None:
        if option.correct:
            return f"{label} was right before the change. Read the new condition again: what does it alter?", ()
        offer = material.offer(label)
        text = f"The new condition does not ask for {label}. {offer.text if offer else ''}"
        return text.strip(), (offer,) if offer else ()
    again = label in dialogue.out
    reason = material.reason(label)
    if again:
        text = material.say(f"We have been at {label} before.", f"{label} again?")
        return f"{text} {reason.text if reason else ''}".strip(), (reason,) if reason else ()
    good_for = material.choose(label)
    if good_for:
        text = material.say(f"{label} is a common trap.", f"I see why {label}.")
        said = [good_for, *([reason] if reason else [])]
        return f"{text} {good_for.text} {'Here: ' + reason.text if reason else ''}".strip(), tuple(said)
    change = material.change(label)
    text = material.say(f"{label} would be right if {change}.", "") if change else ""
    if not text and not reason:
        words = material.question.requirement
        return material.say(f"What would {label} do about “{words}”? Not enough.", f"Not {label}."), ()
    text = text or material.say(f"{label} does not hold.", f"Not {label}.")
    return f"{text} {reason.text if reason else ''}".strip(), (reason,) if reason else ()


def what_now(material: Material, dialogue: Dialogue, left: int) -> str:
    """The next question after options were dealt with; `left` of them are open."""
    if dialogue.changed is not None:
        return material.say("Which option does it ask for now?", "And which now?")
    if left <= len(dialogue.wanted - dialogue.found):
        return material.say("What does that leave you with?", "So which?")
    words = material.question.requirement
    number = _NUMBERS[left]
    if material.question.calculation:
        return material.say(
            f"That leaves {number}. Work it out again, step by step: what do you get for “{words}”?",
            f"And the other {number}? Go over it again, step by step.",
        )
    return material.say(
        *_turned(
            dialogue.turns,
            f"That leaves {number}. Which of them stands up to “{words}”?",
            f"{number.capitalize()} are still open. Which would you take, or which would you cross out next?",
            f"Try the other {number} in the same way: what do they do about “{words}”?",
        ),
        f"And the other {number}? Think of “{words}”.",
        "And the others?",
    )


def judge_this(material: Material, label: str, offer: str, number: int) -> str:
    """One wrong option is put up for judgement on the constraint."""
    option = dict(material.question.labelled)[label]
    if material.question.calculation:
        return material.say(
            *_turned(
                number,
                f"Suppose someone comes to {label}, “{option.text}”. Which slip in the figures leads there?",
                f"And {label}, “{option.text}”: what was mixed up?",
            ),
            f"And {label}, “{option.text}”? How would one get there?",
        )
    words = material.question.requirement
    start = material.say(
        *_turned(
            number,
            f"Take {label}: “{option.text}”.",
            f"Now {label}: “{option.text}”.",
            f"And {label}, “{option.text}”?",
        ),
        f"{label}.",
    )
    ask = material.say(
        *_turned(
            number,
            f"Is that enough for “{words}”?",
            "Does that do what the scenario insists on?",
            f"Hold it against “{words}”: does it pass?",
        ),
        f"What of “{words}”?",
    )
    return " ".join(part for part in (start, offer, ask) if part)


def settled(material: Material, label: str, reason: Statement | None) -> str:
    """The option that was put up is settled by its reason."""
    return f"{material.say(f'{label} is out, then.', f'So not {label}.')} {_because(material, label, reason)}"


def judged(material: Material, label: str, meets: bool, reason: Statement | None) -> str:
    """The learner's verdict on the option put up, which fails."""
    if meets:
        return f"{material.say(f'Look closer at {label}.', f'Not {label}.')} {_because(material, label, reason)}"
    start = material.say(f"You saw that {label} does not meet it.", f"No, {label} does not.")
    return f"{start} {_because(material, label, reason)}"


def few_left(material: Material, label: str | None, asked: bool, turn: int) -> str:
    """The strongest hint: when the last wrong option would be right; `asked` is whether that has been said before."""
    end = material.say(
        *_turned(
            turn,
            "Choose now, with a reason; or say “tell me”, and I will.",
            "Which is it? If you would rather hear it, say “tell me”.",
        ),
        "Say which, or say “tell me”.",
    )
    change = material.change(label) if label else ""
    words = material.question.requirement
    if change and not asked:
        start = material.say(
            f"Of those still open, {label} would be right only if {change}. Is that this scenario?",
            f"{label}: only if {change}. Is it so here?",
        )
    else:
        start = material.say(
            *_turned(
                turn,
                f"It still turns on “{words}”, and you have seen what does not stand up to it.",
                "Picture what is still open at work in this scenario, one after the other. Where does something break?",
                f"Put yourself in their place, with “{words}” on your desk. What would you reach for?",
            ),
            f"Go by “{words}” alone.",
        )
    return f"{start} {end}".strip()


def _turned(number: int, *variants: str) -> tuple[str, ...]:
    """The variants, beginning with another one at each number, so that turns do not sound alike."""
    first = number % len(variants)
    return (*variants[first:], *variants[:first])
