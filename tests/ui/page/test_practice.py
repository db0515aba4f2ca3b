"""Practice: what is said of an answer that is right in part."""

from __future__ import annotations

import random

from corpus.exam_pack import load_pack
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import ingest_pack
from tests.conftest import NOW
from tutor.learner.attempts import Mode
from tutor.sitting_events import Feedback
from ui.background import Background
from ui.page.parts import Act, Visit
from ui.page.practice import PracticeTab
from ui.page.study import Study


def test_of_several_choices_the_wrong_one_is_spoken_of(library: Library) -> None:
    """Chosen are a right option and a wrong one, in whichever order the screen has them."""
    pack = load_pack("mls_c01")
    ingest_pack(pack, library, now=NOW)
    background = Background(library, pack, Settings())
    question = next(one for one in pack.questions if one.select == 2)
    right = next(place for place, option in enumerate(question.options) if option.correct)
    wrong = next(place for place, option in enumerate(question.options) if not option.correct)
    for seed in range(4):
        rng = random.Random(seed)  # noqa: S311  to be repeated, not to be secret
        study = Study(Settings(), pack, library, background, None, now=lambda: NOW, rng=rng)
        sittings = study.sittings(f"learner-{seed}")
        sitting = sittings.begin([question], mode=Mode.QUIZ, feedback=Feedback.IMMEDIATE, now=NOW, rng=rng)
        sitting = sittings.answer(sitting, question.id, (right, wrong), NOW).sitting
        (label,) = sitting.labels(question.id, (wrong,))
        shown = PracticeTab(study).show(Visit(f"learner-{seed}", Act()))
        study.close()
        assert "Not this time." in shown
        assert f"You chose {label}, which is wrong" in shown
