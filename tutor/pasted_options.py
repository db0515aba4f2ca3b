"""The review of a pasted question: options ranked by the requirements they meet and by what the library says."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.exam_pack import ExamPack
from corpus.questions import Question as BankQuestion
from corpus.sentences import stems
from tutor.answers import Citation, Claim
from tutor.card_citations import CardCitations, choose_when
from tutor.knowledge import Knowledge
from tutor.option_ranking import Candidate, asks_for_exception, candidates, is_open_to_ranking, probabilities
from tutor.option_reviews import OptionReview, QuestionReview, Verdict
from tutor.options import about_choice, checks, contrast_to_remember, offer, review_question, what_it_is
from tutor.pasted_question import PastedOption, PastedQuestion
from tutor.question import Question, read_question
from tutor.ranking import Passage, read_passage
from tutor.requirements import Requirement

HIGH = 0.8
"""From this probability on an option is called right: of the bank's held-out half, keys hidden, 14 of 15 that had it
were."""

LOW = 0.05
"""Below it an option is ruled out where the evidence does not decide, if it also breaks a requirement."""

SHOWN_NEEDS = 3
CLEAR = 0.5
"""A reading of the stem with less confidence is not held against an option: another one is as likely."""

LEAST_SHARE = 0.3
"""A passage speaks of an option without a card when it carries at least this share of the option's words."""


def review_pasted(pasted: PastedQuestion, known: Knowledge) -> QuestionReview:
    """The review of a pasted question; one that the bank holds gets the bank's verdicts under the pasted labels."""
    ours = bank_question(pasted, known.pack)
    if ours is not None:
        return _as_pasted(ours, pasted, known)
    review = judge(pasted, known)
    remarks = (*about_choice(review.options, pasted.chosen or ()), *_about_key(review, pasted.key), *review.remarks)
    return replace(review, remarks=remarks)


def judge(pasted: PastedQuestion, known: Knowledge) -> QuestionReview:
    """Rank the options by stem, options and library alone, without a key and without the bank."""
    texts = [option.text for option in pasted.options]
    cards = [known.cards_named(text) for text in texts]
    everyone = [card for several in cards for card in several]
    asked = read_question(pasted.stem, known.library, known.names)
    needs = known.finder.find(pasted.stem, everyone)
    ranked = candidates(asked, needs, texts, cards, known.library)
    likely = probabilities(ranked, pasted.select)
    obstacle = _obstacle(pasted, texts)
    verdicts: list[Verdict] = ["undecided"] * len(ranked) if obstacle else _verdicts(likely, ranked, pasted.select)
    found = {hit.chunk.id: read_passage(asked, hit.chunk) for one in ranked for hit in one.hits}
    sources = CardCitations(pasted.stem, everyone, known, found.values())
    shown = _clear(needs)[:SHOWN_NEEDS]
    best = max(range(len(ranked)), key=lambda index: likely[index])
    judged = _Judged(sources, known.pack, asked, shown, ranked[best])
    options = tuple(
        _review(judged, option, candidate, verdict, chance)
        for option, candidate, verdict, chance in zip(pasted.options, ranked, verdicts, likely, strict=True)
    )
    confidence = min(sorted(likely, reverse=True)[: pasted.select])
    open_options = [option.label for option in options if option.verdict != "wrong"]
    remarks = () if "right" in verdicts else (_undecided(obstacle, open_options, ranked),)
    contrast = contrast_to_remember(sources, options, pasted.chosen[0] if pasted.chosen else None)
    return QuestionReview(
        None, None, pasted.stem, pasted.select, shown, options, confidence, contrast, remarks, sources.evidence
    )


def _clear(needs: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """The requirements that can be read in one way; where none can, the place that states one, with no reading."""
    clear = tuple(need for need in needs if need.confidence >= CLEAR)
    return clear or tuple(replace(need, trait=None, value=None) for need in needs[:1])


def bank_question(pasted: PastedQuestion, pack: ExamPack) -> BankQuestion | None:
    """The bank's question with the same stem and options, in whatever order, or None."""
    stem, texts = _plain(pasted.stem), sorted(_plain(option.text) for option in pasted.options)
    for question in pack.questions:
        if _plain(question.stem) == stem and sorted(_plain(option.text) for option in question.options) == texts:
            return question
    return None


def _plain(text: str) -> str:
    return " ".join(stems(text))


def _as_pasted(ours: BankQuestion, pasted: PastedQuestion, known: Knowledge) -> QuestionReview:
    """The bank's review in the order and under the labels in which the question was pasted."""
    theirs = {_plain(option.text): option.label for option in pasted.options}
    ordered = sorted(ours.options, key=lambda option: theirs[_plain(option.text)])
    places = {
        theirs[_plain(option.text)]: label for label, option in zip(string.ascii_uppercase, ordered, strict=False)
    }
    chosen = places[pasted.chosen[0]] if pasted.chosen else None
    review = review_question(ours.model_copy(update={"options": tuple(ordered)}), known, chosen)
    labels = {place: label for label, place in places.items()}
    options = tuple(replace(option, label=labels[option.label]) for option in review.options)
    renamed = replace(review, options=options, remarks=())
    remarks = (*about_choice(options, pasted.chosen or ()), *_about_key(renamed, pasted.key))
    return replace(renamed, remarks=remarks)


def _verdicts(likely: Sequence[float], ranked: Sequence[Candidate], select: int) -> list[Verdict]:
    """Right from `HIGH` on, where that holds for as many as are asked for; then the others are wrong."""
    if sum(chance >= HIGH for chance in likely) == select:
        return ["right" if chance >= HIGH else "wrong" for chance in likely]
    out = [chance < LOW and one.features["broken"] > 0 for chance, one in zip(likely, ranked, strict=True)]
    return ["wrong" if ruled_out else "undecided" for ruled_out in out]


def _obstacle(pasted: PastedQuestion, texts: Sequence[str]) -> str:
    if asks_for_exception(pasted.stem):
        return "The question asks for what does not hold, and the evidence says what does."
    if not is_open_to_ranking(texts):
        return "Options that are figures, or that stand for others, cannot be judged by passages."
    return ""


def _undecided(obstacle: str, remaining: Sequence[str], ranked: Sequence[Candidate]) -> str:
    why = obstacle or (
        "None of the requirements found tells them apart clearly."
        if all(one.cards for one in ranked)
        else "Not every option names something the pack knows, so only passages could speak for or against them."
    )
    return f"The evidence does not decide. {', '.join(remaining)} remain. {why}"


@dataclass(frozen=True, slots=True)
class _Judged:
    """What all options of a question share."""

    sources: CardCitations
    pack: ExamPack
    asked: Question
    needs: Sequence[Requirement]
    best: Candidate


def _review(
    judged: _Judged, option: PastedOption, candidate: Candidate, verdict: Verdict, chance: float
) -> OptionReview:
    found = tuple(checks(judged.sources, judged.pack, candidate.cards, judged.needs))
    why = tuple(_why(judged, option, candidate)) if not found else ()
    return OptionReview(
        label=option.label,
        text=option.text,
        verdict=verdict,
        confidence=chance,
        cards=candidate.cards,
        what=what_it_is(judged.sources, candidate.cards),
        checks=found,
        why=why,
        right_if=None if verdict == "right" else _right_if(judged, candidate),
        remark="" if found or why else "Nothing in the library speaks of this option.",
    )


def _why(judged: _Judged, option: PastedOption, candidate: Candidate) -> Iterator[Claim]:
    """The fact of the option's card that carries most of the stem; without a card the passage nearest to its words."""
    facts = [pair for card in candidate.cards for pair in judged.sources.facts(card, None)]
    if facts:
        _, citation = max(facts, key=lambda pair: judged.asked.coverage(frozenset(stems(pair[0].passage))))
        yield Claim(citation.quote, (citation,))
        return
    words = set(stems(option.text)) - set(stems(judged.asked.text))
    nearest = max(
        ((len(words & sentence.words) / max(len(words), 1), hit.chunk.id, sentence.text)
         for hit in candidate.hits for sentence in Passage(hit.chunk, 0.0, 0.0, None).sentences),
        default=None, key=lambda one: one[0],
    )  # fmt: skip
    if nearest is not None and nearest[0] >= LEAST_SHARE:
        yield Claim(
            f"The nearest passage says: {nearest[2]}", (Citation(judged.sources.evidence, nearest[1], nearest[2]),)
        )


def _right_if(judged: _Judged, candidate: Candidate) -> str | None:
    """By the contrast with the best option, else by what the option offers on the first requirement it breaks."""
    for card in candidate.cards:
        for other in judged.best.cards:
            sentence = choose_when(card, other) if other.id != card.id else None
            if sentence:
                return f"Right if {sentence.partition(' when ')[2] or sentence}"
    for need in judged.needs:
        for card in candidate.cards:
            if need.trait in card.traits and need.value not in card.traits[need.trait]:
                return f"Right if the scenario asked for what it offers: {offer(judged.pack, card, need.trait)}."
    return None


def _about_key(review: QuestionReview, key: tuple[str, ...] | None) -> Iterator[Claim | str]:
    """What the evidence says of the key that was pasted with the question."""
    if key is None:
        return
    named = " and ".join(key)
    if not review.right:
        yield f"The pasted key says {named}; the evidence here neither confirms nor contradicts it."
    elif set(key) == set(review.right):
        yield f"The pasted key says {named}, and the evidence agrees."
    else:
        claims = [claim for option in review.options if option.label in review.right for claim in option.claims]
        citations = tuple(dict.fromkeys(citation for claim in claims for citation in claim.citations))
        said = f"The pasted key says {named}; by the evidence {' and '.join(review.right)} is right."
        yield Claim(said, citations) if citations else said
