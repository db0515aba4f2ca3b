"""What all tabs work with: the settings, the exam, the library, and a desk for each learner."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.exam_pack import ExamPack
from corpus.learner_library import LearnerLibrary, Owners
from corpus.library import Library
from corpus.settings import Settings
from tutor.assemble import choose_engine
from tutor.engines.engine import Engine
from tutor.knowledge import Knowledge
from tutor.session import Tutor
from ui.accounts import Accounts
from ui.background import Background


@dataclass(slots=True)
class Desk:
    """One learner's place: the tutor over what they may read, and their latest conversation as the page shows it."""

    learner: str
    tutor: Tutor
    known: Knowledge
    turns: tuple[str, ...] = field(default=())

    @property
    def library(self) -> Library:
        """The library as this learner reads it."""
        return self.tutor.library


class Study:
    """Everything behind the page. `accounts` is None where nobody has to log in; then there is one learner."""

    def __init__(
        self, settings: Settings, pack: ExamPack, library: Library, background: Background, accounts: Accounts | None
    ) -> None:
        self.settings = settings
        self.pack = pack
        self.library = library
        self.background = background
        self.accounts = accounts
        self.owners = Owners(Path(settings.home / "sources").resolve())
        self._desks: dict[str, Desk] = {}
        self._lock = threading.Lock()

    @cached_property
    def engine(self) -> Engine:
        """What puts answers into words."""
        return choose_engine(self.settings)

    def desk(self, learner: str) -> Desk:
        """The learner's desk, set up at their first visit."""
        with self._lock:
            if learner not in self._desks:
                library = self.library if self.accounts is None else self._own(learner)
                tutor = Tutor(self.pack, library, self.engine)
                self._desks[learner] = Desk(learner, tutor, Knowledge(self.pack, library))
            return self._desks[learner]

    def clear_desk(self, learner: str) -> None:
        """Take everything off a learner's desk."""
        with self._lock:
            self._desks.pop(learner, None)

    def may_forget(self, learner: str, source: str) -> bool:
        """Whether the learner may take a source out: never the pack's, and where there are accounts only their own."""
        if source.startswith("pack:"):
            return False
        return self.accounts is None or self.owners.owner(source) == learner

    def _own(self, learner: str) -> Library:
        return LearnerLibrary(self.library, lambda source: self.owners.owner(source) not in {None, learner})
