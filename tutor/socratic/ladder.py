"""The ladder: what is asked, which constraint decides, what each candidate offers, the answer, a changed scenario.

Every turn depends on the reply before it. No turn holds the answer's letter, text or distinguishing term before the
learner gets there or asks for it. The same question and replies give the same turns, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.exam_pack import ExamPack
from corpus.questions import Question
from corpus.sentences import sentence_spans
from tutor.pack_words import PackWords, word_stems
from tutor.socratic import closing, on_options, on_scenario, phrases
from tutor.socratic.dialogue import Dialogue, Reply, Step, Turn
from tutor.socratic.material import Material, Statement, fitting_part
from tutor.socratic.reading import Reading, read_reply, yes_or_no

_SPACES = re.compile(r" {2,}")


class SocraticTutor:
    """Leads learners through the questions of one pack; holds no state but the pack's words."""

    def __init__(self, pack: ExamPack) -> None:
        self._known = PackWords(pack)

    def begin(self, question: Question) -> Dialogue:
        """The dialogue's first turn; the question itself, with its options, is shown beside it."""
        material = Material(self._known, question, frozenset(question.answer))
        text = on_scenario.opening(material, asking_sentence(question))
        return Dialogue(question, Step.ASKED, Turn(text))

    def reply(self, dialogue: Dialogue, message: str) -> Dialogue:
        """The next state, its turn with it."""
        if dialogue.done:
            return _say(dialogue, phrases.OVER, ())
        reading = read_reply(self._known, dialogue.question, message)
        hidden = dialogue.wanted - dialogue.found
        climb = _Climb(dialogue, Material(self._known, dialogue.question, hidden), reading, message)
        return climb.next()


def asking_sentence(question: Question) -> str:
    """The sentence of the stem that asks: its last with a question mark, or simply its last."""
    sentences = [question.stem[slice(*span)] for span in sentence_spans(question.stem)]
    return next((text for text in reversed(sentences) if text.endswith("?")), sentences[-1])


def _say(dialogue: Dialogue, text: str, statements: tuple[Statement, ...], reply: Reply | None = None) -> Dialogue:
    cited = tuple({fact.reference: fact for statement in statements for fact in statement.citations}.values())
    return replace(
        dialogue, turn=Turn(_SPACES.sub(" ", text).strip() or phrases.BARE, cited, reply), turns=dialogue.turns + 1
    )


def _crossed(dialogue: Dialogue, labels: frozenset[str] | set[str]) -> Dialogue:
    """Options the learner has crossed out, and was right to."""
    return replace(dialogue, out=dialogue.out | labels, seen_through=dialogue.seen_through | (labels - dialogue.out))


@dataclass(frozen=True, slots=True)
class _Climb:
    """One reply on its way to the next turn."""

    dialogue: Dialogue
    material: Material
    reading: Reading
    message: str

    def next(self) -> Dialogue:
        reading = self.reading
        if reading.tells_to_tell:
            return self._reveal(Reply.TELL_ME)
        if reading.picked or reading.crossed:
            return self._options_named()
        steps: dict[Step, Callable[[], Dialogue]] = {
            Step.ASKED: self._on_what_is_asked,
            Step.CONSTRAINT: self._on_constraint,
            Step.CANDIDATES: self._on_candidates,
            Step.TRANSFER: self._on_change,
        }
        return steps[self.dialogue.step]()

    # What the learner says of the scenario.

    def _on_what_is_asked(self) -> Dialogue:
        reading, material = self.reading, self.material
        if reading.decides:
            return self._constraint_found()
        if reading.mistaken:
            return self._mistaken_constraint()
        if reading.hit:
            part = fitting_part(material.question.stem, word_stems(self.message), reading.hit)
            text = on_scenario.in_the_scenario(material, part)
            return self._go(Step.CONSTRAINT, f"{text} {on_scenario.which_decides(material)}", Reply.PARTLY)
        if reading.stuck:
            return self._go(Step.CONSTRAINT, on_scenario.begin_small(material), Reply.STUCK, hints=1)
        text = on_scenario.off_point(material, reading.named, self.dialogue.turns)
        if self.dialogue.hints:
            return self._go(Step.CONSTRAINT, f"{text} {on_scenario.begin_small(material)}", Reply.OFF_POINT, hints=1)
        again = on_scenario.asked_again(material)
        return self._stay(f"{text} {again}", Reply.OFF_POINT)

    def _on_constraint(self) -> Dialogue:
        reading, material = self.reading, self.material
        if reading.decides:
            return self._constraint_found()
        if reading.mistaken:
            return self._mistaken_constraint()
        if reading.hit:
            part = fitting_part(material.question.stem, word_stems(self.message), reading.hit)
            return self._constraint_hint(
                on_scenario.true_but_not_deciding(material, part, self.dialogue.turns), Reply.PARTLY
            )
        if reading.stuck:
            return self._constraint_hint("", Reply.STUCK)
        return self._constraint_hint(
            on_scenario.off_point(material, reading.named, self.dialogue.turns), Reply.OFF_POINT
        )

    def _constraint_found(self) -> Dialogue:
        praise = on_scenario.found_constraint(
            self.material, early=self.dialogue.step is Step.ASKED, meant=not self.reading.hit
        )
        found = self._go(Step.CANDIDATES, f"{praise} {on_options.to_the_options(self.material)}", Reply.RIGHT)
        return replace(found, named_test=True)

    def _mistaken_constraint(self) -> Dialogue:
        label = self.reading.mistaken or ""
        offer = self.material.offer(label)
        text = on_options.other_need(self.material, label, offer.text if offer else "")
        return self._constraint_hint(text, Reply.MISCONCEPTION, (offer,) if offer else ())

    def _constraint_hint(self, before: str, reply: Reply, said: tuple[Statement, ...] = ()) -> Dialogue:
        """The next stronger hint; after the last the constraint is quoted and the options are looked at."""
        hints = on_scenario.constraint_hints(self.material)
        if self.dialogue.step is Step.ASKED:
            return self._go(Step.CONSTRAINT, f"{before} {hints[0]}", reply, said, hints=1)
        if self.dialogue.hints < len(hints):
            return self._stay(f"{before} {hints[self.dialogue.hints]}", reply, said)
        text = f"{before} {on_scenario.constraint_given(self.material)} {on_options.to_the_options(self.material)}"
        return self._go(Step.CANDIDATES, text, reply, said)

    # What the learner says of the options.

    def _options_named(self) -> Dialogue:
        wanted, picked = self.dialogue.wanted, self.reading.picked
        found = self.dialogue.found | (picked & wanted)
        if not picked:
            return self._crossed_out()
        if picked <= wanted and found == wanted:
            return self._reveal(Reply.RIGHT)
        if len(picked) > len(wanted):
            return self._stay(on_options.too_many(self.material, len(picked), self.dialogue), Reply.PARTLY, count=False)
        if wrong := sorted(picked - wanted):
            return self._wrong(wrong, found)
        state = replace(self.dialogue, found=found)
        text = on_options.one_of_several(self.material, sorted(picked), len(wanted - found))
        return _say(replace(state, step=self._at_options()), text, (), Reply.PARTLY)

    def _at_options(self) -> Step:
        return Step.TRANSFER if self.dialogue.step is Step.TRANSFER else Step.CANDIDATES

    def _wrong(self, wrong: list[str], found: frozenset[str]) -> Dialogue:
        """A wrong option is taken: what it is good for, why it fails here, and on to what is left."""
        material = Material(self.material.known, self.dialogue.question, self.dialogue.wanted - found)
        label = wrong[0]
        text, statements = on_options.why_not(material, label, self.dialogue)
        partly = found - self.dialogue.found
        if partly:
            text = f"{on_options.partly_right(sorted(partly))} {text}"
        known = any(statement == material.choose(label) for statement in statements)
        reply = Reply.PARTLY if partly else Reply.MISCONCEPTION if known else Reply.WRONG
        new = frozenset(wrong[:1]) - self.dialogue.wanted if self.dialogue.changed is None else frozenset()
        state = replace(self.dialogue, found=found, out=self.dialogue.out | new)
        return self._ask_on(state, material, text, statements, reply)

    def _crossed_out(self) -> Dialogue:
        """The learner rules options out: rightly, with the reason; or one that holds, which is handed back."""
        material, wanted = self.material, self.dialogue.wanted
        if self.dialogue.step is Step.TRANSFER:
            return self._on_change()
        if self.reading.crossed & wanted:
            text = on_options.crossed_too_soon(material)
            return self._go(Step.CANDIDATES, text, Reply.WRONG, hints=self.dialogue.hints)
        labels = sorted(self.reading.crossed)
        reasons = [(label, material.reason(label)) for label in labels]
        text = on_options.crossed_rightly(material, reasons)
        state = _crossed(self.dialogue, self.reading.crossed)
        return self._ask_on(state, material, text, tuple(r for _, r in reasons if r), Reply.RIGHT)

    def _ask_on(
        self, state: Dialogue, material: Material, text: str, statements: tuple[Statement, ...], reply: Reply
    ) -> Dialogue:
        left = len(state.question.options) - len(state.out) - len(state.found)
        state = replace(state, step=self._at_options(), offered=None)
        asks = on_options.what_now(material, state, left)
        return _say(state, f"{text} {asks}", statements, reply)

    def _on_candidates(self) -> Dialogue:
        reading, material = self.reading, self.material
        if reading.decides:
            return self._stay(on_options.that_is_the_test(material), Reply.RIGHT, count=False)
        if self.dialogue.offered and (verdict := yes_or_no(self.message)) is not None:
            return self._judged(self.dialogue.offered, verdict)
        if reading.mistaken:
            offer = material.offer(reading.mistaken)
            text = on_options.other_need(material, reading.mistaken, offer.text if offer else "")
            return self._option_hint(text, Reply.MISCONCEPTION, (offer,) if offer else ())
        if reading.hit:
            part = fitting_part(material.question.stem, word_stems(self.message), reading.hit)
            return self._option_hint(
                on_scenario.true_but_not_deciding(material, part, self.dialogue.turns), Reply.PARTLY
            )
        if reading.stuck or yes_or_no(self.message) is not None:
            return self._option_hint("", Reply.STUCK)
        return self._option_hint(on_scenario.off_point(material, reading.named, self.dialogue.turns), Reply.OFF_POINT)

    def _judged(self, label: str, meets: bool) -> Dialogue:
        """The learner says whether the option put up meets the need; it never does."""
        reason = self.material.reason(label)
        text = on_options.judged(self.material, label, meets, reason)
        state = replace(self.dialogue, out=self.dialogue.out | {label}) if meets else _crossed(self.dialogue, {label})
        reply = Reply.WRONG if meets else Reply.RIGHT
        return self._ask_on(state, self.material, text, (reason,) if reason else (), reply)

    def _option_hint(self, before: str, reply: Reply, said: tuple[Statement, ...] = ()) -> Dialogue:
        """One wrong option after the other is put up for judgement, but never the last: that is left to find."""
        material, dialogue = self.material, self.dialogue
        statements = said
        open_rivals = [label for label in material.rivals if label not in dialogue.out]
        out, hints = dialogue.out, dialogue.hints + 1
        if dialogue.offered and len(open_rivals) > 1:
            reason = material.reason(dialogue.offered)
            before = f"{before} {on_options.settled(material, dialogue.offered, reason)}"
            statements = (*said, reason) if reason else said
            out |= {dialogue.offered}
            open_rivals.remove(dialogue.offered)
        if len(open_rivals) > 1:
            label = open_rivals[0]
            offer = material.offer(label)
            text = on_options.judge_this(material, label, offer.text if offer else "", len(out))
            state = replace(dialogue, out=out, offered=label, hints=hints)
            return _say(state, f"{before} {text}".strip(), (*statements, *((offer,) if offer else ())), reply)
        last = open_rivals[0] if open_rivals else None
        asked = last is not None and last == dialogue.offered
        state = replace(dialogue, out=out, offered=last, hints=hints)
        text = on_options.few_left(material, last, asked, dialogue.turns)
        return _say(state, f"{before} {text}".strip(), statements, reply)

    # The answer, and the scenario changed.

    def _reveal(self, reply: Reply) -> Dialogue:
        dialogue, material = self.dialogue, self.material
        if dialogue.step is Step.TRANSFER:
            text, statements = closing.change_solved(material, dialogue, reply)
            return _say(replace(dialogue, step=Step.DONE), text, statements, reply)
        text, statements = closing.answer(material, dialogue, reply)
        state = replace(dialogue, found=dialogue.wanted, revealed=True, hints=0, offered=None)
        changed = closing.changed_scenario(material)
        if changed is None:
            return _say(replace(state, step=Step.DONE), f"{text} {phrases.OVER}", statements, reply)
        label, asks = changed
        state = replace(state, step=Step.TRANSFER, changed=label, found=frozenset(), out=frozenset())
        return _say(state, f"{text}\n\n{asks}", statements, reply)

    def _on_change(self) -> Dialogue:
        reply = Reply.STUCK if self.reading.stuck else Reply.OFF_POINT if self.reading.off_point else Reply.PARTLY
        text, statements = closing.change_hint(self.material, self.dialogue)
        return self._stay(text, reply, statements)

    def _go(self, step: Step, text: str, reply: Reply, said: tuple[Statement, ...] = (), hints: int = 0) -> Dialogue:
        return _say(replace(self.dialogue, step=step, hints=hints), text.strip(), said, reply)

    def _stay(self, text: str, reply: Reply, said: tuple[Statement, ...] = (), count: bool = True) -> Dialogue:
        state = replace(self.dialogue, hints=self.dialogue.hints + 1) if count else self.dialogue
        return _say(state, text.strip(), said, reply)
