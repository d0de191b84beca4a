"""What comes out of the room."""

from datetime import datetime

import msgspec

from copytaster.item import Item
from copytaster.story import Cause
from copytaster.story import Reason
from copytaster.story import State
from copytaster.verdict.rights import Rights


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What may be public now."""

    state: State
    current: Item | None = None
    """the item whose words are meant: published when live, waiting otherwise"""
    reasons: tuple[Reason, ...] = ()
    cause: Cause = Cause.agency
    look_again: datetime | None = None
    """the next instant at which time alone may change the verdict"""
    expires: datetime | None = None
    """when time alone takes it down: the end of the licence, or the expiry of its feed's entry"""
    labels: tuple[str, ...] = ()
    """why this version replaced the last: correction, refile, repeat or update; then the flags
    ``same-version`` and ``silent-edit``"""
    substitute: str | None = None
    """public id of the story that the agency's kill declares to be good in its place"""
    rights: Rights | None = None
    """what may be done with it, use by use; None when it is killed or no version has come"""
    parts: tuple[str, ...] = ()
    """content hashes of the base and its further parts, where ``current`` is put together from
    them, or the base alone, where updates of its status are applied to it"""
    reviewed: datetime | None = None
    """when a person said that they have read the current item; a new version makes it None"""
    withdrawn: tuple[str, ...] = ()
    """content of versions that were taken back while another of the story stands: no edition made
    from one may be seen"""
