"""The answer with its reasons, and the same principle in a changed scenario."""

from __future__ import annotations

from tutor.socratic.dialogue import CitedFact, Dialogue, Reply
from tutor.socratic.material import Material, Statement


def answer(material: Material, dialogue: Dialogue, reply: Reply) -> tuple[str, tuple[Statement, ...]]:
    """The right options with their reasons, then why each option fails that was not dealt with before."""
    open_material = Material(material.known, material.question, frozenset())
    parts = [_praise(dialogue) if reply is Reply.RIGHT else _told(dialogue)]
    said: list[Statement] = []
    for label in dialogue.question.answer:
        option = dialogue.options[label]
        parts.append(f"{label}: {option.text}. {option.rationale}")
        said.append(Statement(option.rationale, _cited(open_material, label)))
    rest = [label for label in material.rivals if label not in dialogue.out]
    for label in sorted(rest):
        if reason := open_material.reason(label):
            parts.append(f"Not {label}: {reason.text}")
            said.append(reason)
    return "\n".join(parts), tuple(said)


def _praise(dialogue: Dialogue) -> str:
    """What was right about how the learner got there."""
    labels = " and ".join(dialogue.question.answer)
    words = dialogue.question.requirement
    if dialogue.turns == 1:
        return f"{labels}, yes, and at once. Check that it was for this reason: “{words}”."
    if dialogue.seen_through:
        dropped = " and ".join(sorted(dialogue.seen_through))
        return f"{labels}, yes. You crossed out {dropped} for a reason, and that cleared the view."
    if dialogue.named_test:
        return f"{labels}, yes. You named the test, “{words}”, before you chose: that is how such questions are solved."
    if dialogue.out:
        return f"{labels}, yes. You went on looking after {' and '.join(sorted(dialogue.out))} had failed on “{words}”."
    return f"{labels}, yes. The words that decide it: “{words}”."


def _told(dialogue: Dialogue) -> str:
    words = dialogue.question.requirement
    return f"Here is the answer, and why. It turns on “{words}”."


def _cited(material: Material, label: str) -> tuple[CitedFact, ...]:
    return tuple(CitedFact.find(material.known.pack, cite) for cite in material.options[label].cites)


def changed_scenario(material: Material) -> tuple[str, str] | None:
    """A wrong option that a change would make right, and the question for it; the closest rival that can be asked."""
    for label in reversed(material.rivals):
        changed = Material(material.known, material.question, frozenset((label,)))
        clause = changed.change(label)
        if clause:
            ask = changed.say(
                f"Now change one thing. Suppose {clause}. Which option would you choose then, and why?",
                f"And now suppose {clause}. Which one then?",
                f"Suppose {clause}. Which then?",
            )
            if ask:
                return label, ask
    return None


def change_hint(material: Material, dialogue: Dialogue) -> tuple[str, tuple[Statement, ...]]:
    """Two hints on the changed scenario, then the way out."""
    clause = material.change(dialogue.changed or "")
    trait = material.known.pack.traits.trait(dialogue.question.trait or "")
    ask = material.say(trait.question) if trait else ""
    if dialogue.hints == 0:
        text = material.say(
            f"The test is another one now: “{clause}”. {ask} Which option offers that?",
            f"“{clause}”. {ask} Which one is for that?",
            f"“{clause}”. Which?",
        )
        return text, ()
    before = " and ".join(dialogue.question.answer)
    text = material.say(
        f"{before} was for “{dialogue.question.requirement}”, which no longer decides. Which of the others is for "
        f"“{clause}”? If you like, say “tell me”.",
        f"Not {before}, this time. Which of the others? Or say “tell me”.",
    )
    return text, ()


def change_solved(material: Material, dialogue: Dialogue, reply: Reply) -> tuple[str, tuple[Statement, ...]]:
    """The changed scenario's answer, and the principle both have in common."""
    label = dialogue.changed or ""
    option = dialogue.options[label]
    open_material = Material(material.known, material.question, frozenset())
    start = f"Yes, {label}." if reply is Reply.RIGHT else f"It would be {label}: {option.text}."
    offer = open_material.choose(label) or open_material.offer(label)
    trait = material.known.pack.traits.trait(dialogue.question.trait or "")
    principle = "Same options, other words in the scenario, another answer: let the words decide."
    if trait:
        principle = f"Both times it came down to one question: {trait.question[:1].lower()}{trait.question[1:]}"
    return " ".join(filter(None, (start, offer.text if offer else "", principle))), (offer,) if offer else ()
