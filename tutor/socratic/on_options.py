"""What is said of the options: taken, crossed out, put up for judgement. Worded as `on_scenario` is."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.socratic.dialogue import Dialogue
from tutor.socratic.material import Material, Statement
from tutor.socratic.phrases import NUMBERS, turned


def to_the_options(material: Material) -> str:
    """The step to the options."""
    if material.question.calculation:
        return material.say(
            "Now work it out, then look at the options. What do you get?",
            "Now do it on paper. What do you get?",
        )
    if material.question.select > 1:
        number = NUMBERS[material.question.select]
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
    wanted = NUMBERS[len(dialogue.wanted)]
    test = material.change(dialogue.changed) if dialogue.changed else material.question.requirement
    return material.say(
        f"You named {NUMBERS[taken]}, and {wanted} can stand. What separates them on “{test}”?",
        f"That is {NUMBERS[taken]} of them, not {wanted}. Which would you drop, and why?",
    )


def one_of_several(material: Material, labels: Sequence[str], missing: int) -> str:
    """Some of several right options have been named."""
    which = " and ".join(labels)
    verb = "holds" if len(labels) == 1 else "hold"
    rest = "one more does" if missing == 1 else f"{NUMBERS[missing]} more do"
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
    number = NUMBERS[left]
    if material.question.calculation:
        return material.say(
            f"That leaves {number}. Work it out again, step by step: what do you get for “{words}”?",
            f"And the other {number}? Go over it again, step by step.",
        )
    return material.say(
        *turned(
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
            *turned(
                number,
                f"Suppose someone comes to {label}, “{option.text}”. Which slip in the figures leads there?",
                f"And {label}, “{option.text}”: what was mixed up?",
            ),
            f"And {label}, “{option.text}”? How would one get there?",
        )
    words = material.question.requirement
    start = material.say(
        *turned(
            number,
            f"Take {label}: “{option.text}”.",
            f"Now {label}: “{option.text}”.",
            f"And {label}, “{option.text}”?",
        ),
        f"{label}.",
    )
    ask = material.say(
        *turned(
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
        *turned(
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
            *turned(
                turn,
                f"It still turns on “{words}”, and you have seen what does not stand up to it.",
                "Picture what is still open at work in this scenario, one after the other. Where does something break?",
                f"Put yourself in their place, with “{words}” on your desk. What would you reach for?",
            ),
            f"Go by “{words}” alone.",
        )
    return f"{start} {end}".strip()
