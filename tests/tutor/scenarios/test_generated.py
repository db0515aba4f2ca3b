"""Generated questions are sound: proven from their own words and the trait table, not by the code that made them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from corpus.audit import calculations, rationales
from corpus.errors import PackError
from corpus.exam_pack import ExamPack, load_pack
from corpus.questions import Question
from corpus.scenarios import Compatible, Contest
from corpus.sentences import stems
from evals.scenarios import right_answers, stated_needs, unsound
from tutor.scenarios.generator import generate
from tutor.scenarios.identity import family_of
from tutor.scenarios.needs import Need, breaks, meets

MANY = 1_500


@pytest.fixture(scope="module")
def pack() -> ExamPack:
    return load_pack("mls_c01")


@pytest.fixture(scope="module")
def many(pack: ExamPack) -> list[Question]:
    return list(generate(pack, _seeded(7), count=MANY))


def test_none_has_two_right_answers_and_each_has_the_ones_it_says(pack: ExamPack, many: list[Question]) -> None:
    assert len(many) == MANY
    assert unsound(pack, many) == []


def test_the_proof_notices_a_wrong_key(pack: ExamPack, many: list[Question]) -> None:
    """Turn the key of one question round: the proof must fail, or it proves nothing."""
    question = next(q for q in many if q.trait and q.response == "single")
    right = next(option for option in question.options if option.correct)
    wrong = next(option for option in question.options if not option.correct)
    swapped = {
        right.text: right.model_copy(update={"correct": False, "right_if": "Right."}),
        wrong.text: wrong.model_copy(update={"correct": True, "right_if": None}),
    }
    bent = question.model_copy(update={"options": tuple(swapped.get(o.text, o) for o in question.options)})

    assert unsound(pack, [bent]) == [question.id]


def test_the_stem_states_exactly_what_the_question_turns_on(pack: ExamPack, many: list[Question]) -> None:
    for question in many:
        needs = stated_needs(pack, question.stem)
        if question.trait:
            assert (question.trait, question.value) in needs
            assert len({trait for trait, _ in needs}) == len(needs) <= 3
        else:
            assert not needs, f"a calculation speaks of a trait: {question.stem}"


def test_every_distractor_is_needed_to_make_its_requirement_matter(pack: ExamPack, many: list[Question]) -> None:
    """Were a need left out, some wrong option would no longer be wrong."""
    contests = {contest.id: contest for contest in pack.scenarios.contests}
    for question in (q for q in many if q.trait):
        contest, needs = contests[family_of(question.id)], stated_needs(pack, question.stem)
        wrong = [pack.cards_by_id[str(option.card)] for option in question.options if not option.correct]
        for left_out in needs:
            rest = [Need(*need) for need in needs if need != left_out]
            assert any(not any(breaks(contest, card, need) for need in rest) for card in wrong), question.stem


def test_every_option_cites_a_fact_of_its_card_that_supports_the_trait(pack: ExamPack, many: list[Question]) -> None:
    for question in (q for q in many if q.trait):
        for option in question.options:
            card_id, fact_id = option.cites[0].split("#")
            fact = pack.cards_by_id[card_id].fact(fact_id)
            assert card_id == option.card
            assert fact is not None
            assert option.trait in fact.supports
            assert fact.text in option.rationale


def test_the_audits_of_the_bank_hold_for_generated_questions(pack: ExamPack, many: list[Question]) -> None:
    generated = replace(pack, questions=tuple(many))

    assert rationales.check(generated).findings == ()
    assert calculations.check(generated).findings == ()


def test_options_of_a_calculation_are_distinct_and_reasons_name_the_arithmetic(many: list[Question]) -> None:
    figured = [question for question in many if question.calculation]
    assert figured
    for question in figured:
        assert len({option.text for option in question.options}) == len(question.options) == 4
        assert all("{" not in option.rationale for option in question.options)


def test_no_telling_word_of_the_requirement_stands_in_the_right_option_alone(many: list[Question]) -> None:
    small = set(
        stems("a an the that for with in one to and of on it its use set up data train model service by from into")
    )
    for question in (q for q in many if q.trait and q.response == "single"):
        right = next(set(stems(option.text)) for option in question.options if option.correct)
        wrong = set().union(*(stems(option.text) for option in question.options if not option.correct))
        assert not set(stems(question.requirement)) & right - wrong - small, question.stem


def test_the_same_seed_gives_the_same_questions_and_another_seed_others(pack: ExamPack) -> None:
    first, again, other = (list(generate(pack, _seeded(seed), count=30)) for seed in (3, 3, 4))

    assert first == again
    assert {question.id for question in first}.isdisjoint({question.id for question in other})


def test_no_two_differ_in_wording_alone(many: list[Question]) -> None:
    assert len({question.id for question in many}) == MANY
    assert len({question.stem for question in many}) >= MANY - 2


def test_stems_and_ids_are_generated_and_marked_so(many: list[Question]) -> None:
    for question in many:
        assert question.origin == "generated"
        assert question.id.startswith("gen-")
        assert "  " not in question.stem
        assert "{" not in question.stem
        assert question.stem.endswith(("?", "(Choose two.)"))


@pytest.mark.parametrize(
    "wanted", [{"task": "3.5"}, {"domain": "1"}, {"difficulty": 3}, {"topic": "amazon-athena"}, {"topic": "shards"}]
)
def test_what_is_asked_for_is_what_comes(pack: ExamPack, wanted: dict[str, str | int]) -> None:
    questions = list(generate(pack, _seeded(5), count=12, **wanted))  # type: ignore[arg-type]

    assert len(questions) == 12
    for question in questions:
        assert wanted.get("task", question.task) == question.task
        assert question.task.startswith(f"{wanted.get('domain', question.task[0])}.")
        assert wanted.get("difficulty", question.difficulty) == question.difficulty
        if wanted.get("topic") == "amazon-athena":
            cites = [cite for option in question.options for cite in option.cites]
            assert any(cite.startswith("amazon-athena#") for cite in cites)


def test_what_nothing_is_known_of_ends_at_once(pack: ExamPack) -> None:
    assert list(generate(pack, _seeded(1), topic="no-such-topic", count=5)) == []


def test_a_pack_without_material_says_what_to_add(small_pack: ExamPack) -> None:
    with pytest.raises(PackError, match=r"settings\.toml"):
        next(generate(small_pack, _seeded(1)))


def test_absence_of_a_trait_breaks_nothing(pack: ExamPack) -> None:
    """Amazon MSK does not say who operates it; Firehose is fully managed; EMR is a managed cluster."""
    contest = _contest()
    need = Need("operations", "fully-managed")
    msk, firehose, emr = (pack.cards_by_id[i] for i in ("amazon-msk", "amazon-data-firehose", "amazon-emr"))

    assert (meets(msk, need), breaks(contest, msk, need)) == (False, False)
    assert (meets(firehose, need), breaks(contest, firehose, need)) == (True, False)
    assert (meets(emr, need), breaks(contest, emr, need)) == (False, True)


def test_an_offer_that_also_serves_breaks_nothing(pack: ExamPack) -> None:
    """What is real time is also fast enough for near real time; not the other way round."""
    also = Compatible(trait="delivery", wanted="near-real-time", offers=("real-time",))
    streams, firehose = (pack.cards_by_id[i] for i in ("amazon-kinesis-data-streams", "amazon-data-firehose"))

    assert not breaks(_contest(also), streams, Need("delivery", "near-real-time"))
    assert breaks(_contest(also), firehose, Need("delivery", "real-time"))


def test_a_question_by_hand(pack: ExamPack) -> None:
    """What `right_answers` is meant to say, on a stem written here."""
    contest = next(c for c in pack.scenarios.contests if c.id == "class-imbalance")
    question = next(generate(pack, _seeded(2), topic="class-imbalance"))
    stem = "The team needs a remedy that repeats examples of the rare class."
    bent = question.model_copy(update={"stem": stem})
    present = {str(option.card) for option in question.options}

    meeting, unbroken = right_answers(pack, contest, bent)

    assert stated_needs(pack, stem) == {("class-balance", "repeat-minority")}
    assert meeting == unbroken == {"random-oversampling"} & present


def _seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  to be repeated, not to be secret


def _contest(*also: Compatible) -> Contest:
    return Contest(
        id="by-hand",
        noun="a service",
        contexts=("{Who} asks.",),
        questions=("Which?",),
        traits=("operations", "delivery"),
        options={"amazon-msk": "M", "amazon-data-firehose": "F", "amazon-emr": "E", "amazon-kinesis-data-streams": "K"},
        compatible=also,
    )
