"""What the doors to the rules need of the newsroom."""

from typing import Protocol

from copytaster.copydesk import Proposal
from copytaster.copydesk import RulesBook
from copytaster.copydesk import RulesDraft


class RulesOffice(Protocol):
    """The rules of a running desk; safe from any thread."""

    def book(self) -> RulesBook:
        """The rules in force, and their file."""

    def filled(self, name: str) -> Proposal | None:
        """The form of a rule of the file, as it is there; None where there is none."""

    def propose(self, said: Proposal) -> str:
        """Check a change, and begin to try it; the id of its draft. Raises
        :class:`copytaster.copydesk.RulesWrong`."""

    def draft(self, id: str) -> RulesDraft | None:
        """How far a draft is, and what it would do; None for one that is not kept."""

    def tried(self, id: str) -> tuple[str, str] | None:
        """Of a draft that was tried to the end: its difference in words, and the record of it."""
