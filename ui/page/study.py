"""What all tabs work with: the settings, the exam, the library, and a desk for each learner."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from corpus.exam_pack import ExamPack
from corpus.learner_library import Owners
from corpus.library import Library
from corpus.settings import Settings
from tutor.assemble import choose_engine
from tutor.engines.engine import Engine
from tutor.explain import Depth
from tutor.knowledge import Knowledge
from tutor.learner.attempts import Attempt
from tutor.learner.journal import Journal
from tutor.learner.ledger import Ledger
from tutor.pack_words import PackWords
from tutor.sittings import Sittings
from tutor.tutor import Tutor
from ui.accounts import Accounts
from ui.background import Background
from ui.page.conversation import Conversation


@dataclass(slots=True)
class Desk:
    """One learner's place: the tutor over what they may read, their latest conversation, a turn for what they do.

    `depth` is how deep they want things explained.
    """

    learner: str
    tutor: Tutor
    conversation: Conversation = field(default=Conversation())
    depth: Depth = "exam"
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def known(self) -> Knowledge:
        """What reviews and explanations are made from."""
        return self.tutor.known

    @property
    def library(self) -> Library:
        """The library as this learner reads it."""
        return self.tutor.library


class Study:
    """Everything behind the page. `accounts` is None where nobody has to log in; then there is one learner."""

    def __init__(  # noqa: PLR0913  the last two are named where it is called
        self,
        settings: Settings,
        pack: ExamPack,
        library: Library,
        background: Background,
        accounts: Accounts | None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rng: random.Random | None = None,
    ) -> None:
        self.now = now
        self.rng = rng or random.SystemRandom()
        self.settings = settings
        self.pack = pack
        self.library = library
        self.background = background
        self.accounts = accounts
        self.owners = Owners.of(settings)
        self._desks: dict[str, Desk] = {}
        self._lock = threading.Lock()

    @cached_property
    def engine(self) -> Engine:
        """What puts answers into words."""
        return choose_engine(self.settings)

    @cached_property
    def ledger(self) -> Ledger:
        """What learners did; opened when it is first needed."""
        return Ledger(self.settings.ledger)

    @cached_property
    def tutor(self) -> Tutor:
        """The tutor over the whole library."""
        return Tutor(self.pack, self.library, self.engine)

    @property
    def words(self) -> PackWords:
        """The exam's names and topics."""
        return self.tutor.words

    def sittings(self, learner: str) -> Sittings:
        """The learner's quizzes and mock exams."""
        return Sittings(self.ledger, learner, self.pack)

    def attempts(self, learner: str) -> list[Attempt]:
        """What the learner answered so far."""
        return self.ledger.attempts(learner, self.pack.exam.code)

    def journal(self, learner: str) -> Journal:
        """The learner's own words on questions."""
        return Journal(self.ledger, learner, self.pack, self.owners.journal(learner))

    def close(self) -> None:
        """Close what was opened here."""
        if "ledger" in self.__dict__:
            self.ledger.close()

    def desk(self, learner: str) -> Desk:
        """The learner's desk, set up at their first visit."""
        with self._lock:
            if learner not in self._desks:
                own = self.owners.view(self.library, learner)
                self._desks[learner] = Desk(learner, self.tutor.over(own))
            return self._desks[learner]

    def clear_desk(self, learner: str) -> None:
        """Take everything off a learner's desk."""
        with self._lock:
            self._desks.pop(learner, None)

    def may_forget(self, learner: str, source: str) -> bool:
        """Whether the learner may take a source out: their own, and where there are no accounts a shared one too.

        The pack's never.
        """
        if source.startswith("pack:"):
            return False
        return self.owners.owns(learner, source) or (self.accounts is None and self.owners.is_shared(source))

    def forget_notes(self, learner: str) -> int:
        """Take all that is the learner's own out of the library and off the disk; how many sources there were."""
        self.background.incoming.forget(learner)
        return self.owners.forget(self.library, learner)
