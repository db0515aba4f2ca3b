"""Whatever happens in whatever order, a sitting that is replayed adds up."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from corpus.exam_pack import load_pack
from tests.conftest import NOW
from tutor.learner.attempts import Mode
from tutor.sitting import replay_sitting
from tutor.sitting_events import Answered, Begun, DrawnQuestions, Event, Feedback, Finished, Flagged, Opened, entry_of

QUESTIONS = load_pack("mls_c01").questions[:4]
IDS = st.sampled_from([question.id for question in QUESTIONS])
EVENTS = st.one_of(
    st.builds(Opened, question=IDS, resumed=st.booleans()),
    st.builds(Answered, question=IDS, chosen=st.lists(st.integers(0, 3), max_size=3).map(tuple)),
    st.builds(Flagged, question=IDS, flag=st.booleans()),
    st.builds(Finished),
)
STEPS = st.lists(st.tuples(EVENTS, st.integers(-300, 900)), max_size=30)


def entries(begun: Begun, steps: list[tuple[Event, int]]):
    moments = accumulate((timedelta(seconds=seconds) for _, seconds in steps), initial=timedelta())
    events: list[Event] = [begun, *(event for event, _ in steps)]
    at: list[datetime] = [NOW + moment for moment in moments]
    return [entry_of(event, "s", "ada", "MLS-C01", n, at[n]) for n, event in enumerate(events)]


@given(STEPS, st.sampled_from([None, 30.0]), st.sampled_from(list(Feedback)))
def test_no_answer_is_lost_and_no_second_is_counted_twice(
    steps: list[tuple[Event, int]], minutes: float | None, feedback: Feedback
) -> None:
    begun = Begun(mode=Mode.EXAM, feedback=feedback, seed=1, minutes=minutes)
    sitting = replay_sitting(DrawnQuestions(questions=QUESTIONS), entries(begun, steps))
    assert sitting is not None

    given_ones = [one for several in (*sitting.answers.values(), *sitting.late.values()) for one in several]
    assert len(given_ones) == sum(isinstance(event, Answered) for event, _ in steps)
    assert sitting.elapsed == sum(max(0, seconds) for _, seconds in steps)
    assert sum(sitting.seconds.values()) <= min(sitting.elapsed, sitting.limit or sitting.elapsed) + 1e-6
    assert sitting.set_back == -sum(seconds for _, seconds in steps if seconds < -2)
    for several in sitting.answers.values():
        assert [one.clock for one in several] == sorted(one.clock for one in several)
        assert all(sitting.limit is None or one.clock < sitting.limit for one in several)
        assert len(several) == 1 or not sitting.immediate


@given(STEPS)
def test_a_prefix_of_the_ledger_is_the_sitting_as_it_was(steps: list[tuple[Event, int]]) -> None:
    """What is recorded later changes no earlier answer: a crash leaves a state that was once on the screen."""
    recorded = entries(Begun(mode=Mode.EXAM, feedback=Feedback.FINAL, seed=1, minutes=30.0), steps)
    drawn = DrawnQuestions(questions=QUESTIONS)
    whole = replay_sitting(drawn, recorded)
    assert whole is not None
    for cut in range(1, len(recorded)):
        part = replay_sitting(drawn, recorded[:cut])
        assert part is not None
        for question, several in part.answers.items():
            assert whole.answers[question][: len(several)] == several
