"""What an audit says: findings, what was counted, what could not be checked and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. `file` is the path inside the pack, `item` the id of what is wrong there."""

    check: str
    file: str
    item: str
    problem: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found. `counts` says how much it looked at; `skipped` is why it did not look, or empty."""

    check: str
    findings: tuple[Finding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The outcomes of all checks of one pack, in the order of the registry."""

    pack: str
    outcomes: tuple[Outcome, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, check by check."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.findings)

    @property
    def skipped(self) -> tuple[Outcome, ...]:
        """The checks that were not made; each says why."""
        return tuple(outcome for outcome in self.outcomes if outcome.skipped)

    def outcome(self, check: str) -> Outcome:
        """What one check found.

        Raises:
            KeyError: there is no check of this name.
        """
        found = next((outcome for outcome in self.outcomes if outcome.check == check), None)
        if found is None:
            raise KeyError(check)
        return found
