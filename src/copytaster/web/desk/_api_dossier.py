"""What the desk knows of a story, as types: its API is described by them.

The facts are those of ``copytaster story --json`` (docs/reference/cli.md), which are given as they
are; a test holds the two together.
"""

from typing import Any

import msgspec

from copytaster.subject import Subject


class _Fact(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Base of what is told."""


class DossierReason(_Fact, frozen=True, kw_only=True):
    """Why a story stands as it does."""

    code: str
    sentence: str
    weight: str
    """who can lift it: agency, time, soft (an editor's release), contract, final (nothing)"""


class StoryNow(_Fact, frozen=True, kw_only=True):
    """A story as it stands."""

    story: str
    agency: str
    guid: str
    revision: int
    """grows with each change; a release or a review names the one that was read"""
    state: str
    reasons: tuple[DossierReason, ...]
    address: str
    face: str
    edition: int
    first_public: str | None
    face_changed: str | None
    look_again: str | None
    substitute: str | None


class DossierReceipt(_Fact, frozen=True, kw_only=True):
    """What one public address was seen to serve."""

    channel: str
    address: str
    kind: str
    since: str | None
    seen: str | None
    seconds: float
    status: int | None
    clean: bool
    detail: str | None
    looks: int
    dirty_seen: str | None
    dirty_detail: str | None


class DossierDirty(_Fact, frozen=True, kw_only=True):
    """The last address that was not clean."""

    address: str
    seen: str | None
    detail: str | None


class DossierWithdrawal(_Fact, frozen=True, kw_only=True):
    """The newest withdrawal."""

    stands: bool
    since: str | None
    clean: bool
    seconds_to_clean: float | None
    looks: int
    last_dirty: DossierDirty | None
    surfaces: tuple[DossierReceipt, ...]


class DossierNotice(_Fact, frozen=True, kw_only=True):
    """A notice about the story."""

    received: str
    guid: str
    asks: str
    sure: bool
    found_by: str
    score: float | None
    substitute: str | None
    delivery: str | None


class DossierVersion(_Fact, frozen=True, kw_only=True):
    """One message of the story."""

    raw_destroyed: bool
    content: str
    headline: str | None
    version: str | None
    version_created: str | None
    status: str
    embargo: str | None
    source: str
    received: str
    delivery: str | None
    notice: bool
    repairs: tuple[str, ...]
    format: str
    sha256: str


class DossierPart(_Fact, frozen=True, kw_only=True):
    """A further part: an add, a take."""

    guid: str
    version: str | None
    headline: str | None
    received: str
    delivery: str | None
    joined: bool


class DossierDecision(_Fact, frozen=True, kw_only=True):
    """What an editor decided."""

    kind: str
    at: str
    by: str
    reason: str


class DossierEvent(_Fact, frozen=True, kw_only=True):
    """One line of its public history."""

    kind: str
    at: str
    edition: int | None
    reason: str | None
    note: str | None


class DossierSource(_Fact, frozen=True, kw_only=True):
    """Whom a statement is from."""

    kind: str
    name: str | None
    words: str
    mentions: int
    agency: str | None


class DossierTwin(_Fact, frozen=True, kw_only=True):
    """A version of its text."""

    story: str
    agency: str
    state: str
    face: str
    first_public: str | None
    way: str
    in_other: float
    of_other: float
    declared: str | None
    scheme: str


class DossierRelated(_Fact, frozen=True, kw_only=True):
    """A story that may be about the same event."""

    story: str
    agency: str
    first_public: str | None
    likeness: float
    scheme: str


class DossierVerdict(_Fact, frozen=True, kw_only=True):
    """What the desk held of it from then on."""

    at: str
    state: str
    cause: str | None
    reasons: tuple[DossierReason, ...]


class DossierAcknowledgement(_Fact, frozen=True, kw_only=True):
    """What its agency is told of a withdrawal."""

    id: str
    route: str
    to: str | None
    outcome: str
    at: str | None
    due: str | None
    attempts: int
    detail: str | None
    state: str
    notices: tuple[str, ...]
    received: str
    suspended: str
    clean: str
    seconds_to_clean: float
    addresses: int


class DossierRight(_Fact, frozen=True, kw_only=True):
    """One use of it, and whether it is allowed now."""

    use: str
    open: bool
    until: str | None
    rule: str
    words: str | None


class Dossier(StoryNow, frozen=True, kw_only=True):
    """Everything known of a story; what each field means is told under ``copytaster story``."""

    current: str | None
    """the hash of the words that a release would let go"""
    reviewed: str | None
    withdrawal: DossierWithdrawal | None
    notices: tuple[DossierNotice, ...]
    versions: tuple[DossierVersion, ...]
    parts: tuple[DossierPart, ...]
    decisions: tuple[DossierDecision, ...]
    events: tuple[DossierEvent, ...]
    sources: tuple[DossierSource, ...]
    twins: tuple[DossierTwin, ...]
    related: tuple[DossierRelated, ...]
    subjects: tuple[Subject, ...]
    pictures: tuple[dict[str, Any], ...]
    """a picture that was never fetched has fewer fields"""
    verdicts: tuple[DossierVerdict, ...]
    receipts: tuple[DossierReceipt, ...]
    acknowledgements: tuple[DossierAcknowledgement, ...]
    rights: tuple[DossierRight, ...]
