"""One rule: as the house writes it, and as it is asked."""

import hashlib
from enum import StrEnum
from typing import Annotated

import msgspec

from copytaster.query import Query

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=60)]
Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Then(StrEnum):
    """What happens to a version that answers."""

    hold = "hold"
    """it waits for an editor"""
    let_pass = "pass"
    """no further rule is asked"""
    notify = "notify"
    """an editor is called, and it goes its way"""


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[rule]]`` as it stands in a file."""

    name: Name
    when: Annotated[str, msgspec.Meta(min_length=1)]
    """the query that a version answers"""
    then: Then
    why: Sentence
    """for the editor who finds a story held, or is called"""
    priority: Annotated[int, msgspec.Meta(ge=-1000, le=1000)] = 0
    """higher ones are asked first, equal ones as they stand in the file"""
    notify: bool = False
    """an editor is called as well"""
    stop: bool = False
    """no further rule is asked of a version that answers"""
    since: Sentence | None = None
    """the incident that it comes from"""
    enabled: bool = True


class Rule(Written, frozen=True, kw_only=True):
    """The same, ready to be asked."""

    asked: Query

    @property
    def holds(self) -> bool:
        """Whether a version that answers waits for an editor."""
        return self.then is Then.hold

    @property
    def calls(self) -> bool:
        """Whether an editor is called."""
        return self.notify or self.then is Then.notify

    @property
    def ends(self) -> bool:
        """Whether no further rule is asked."""
        return self.stop or self.then is Then.let_pass


def digest(rule: Written) -> str:
    """Of what the rule does; another sentence for editors does nothing else."""
    said = (rule.when, rule.then.value, rule.priority, rule.notify, rule.stop)
    return hashlib.sha256(repr(said).encode(errors="surrogatepass")).hexdigest()
