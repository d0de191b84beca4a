"""The agency's word on an item: status words, kinds of message, signals, embargoes.

One normalisation for every format (handbook: formats §1.4). What is not known here or in the
agency's profile is never guessed at: it becomes a hold with a reason code.
"""

from collections.abc import Iterable
from collections.abc import Sequence

import msgspec

from copytaster.agency import Profile
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.item import Signal
from copytaster.moment import Moment
from copytaster.moment import ZoneSource

IPTC_SIGNAL = "http://cv.iptc.org/newscodes/signal/"

_STATUS = {
    "usable": PubStatus.usable,
    "embargoed": PubStatus.usable,
    "withheld": PubStatus.withheld,
    "withdrawn": PubStatus.withheld,
    "replaced": PubStatus.withheld,
    "canceled": PubStatus.canceled,
    "cancelled": PubStatus.canceled,
    "killed": PubStatus.canceled,
    "annulled": PubStatus.canceled,
}

_STRICTNESS = (PubStatus.usable, PubStatus.hold, PubStatus.withheld, PubStatus.canceled)

# AP's editorialtypes, the words of NewsML 1 and of the agencies' own guides.
_KINDS = {kind.value.lower(): kind for kind in EditorialType} | {
    "corrective": EditorialType.correction,
    "rewrite": EditorialType.writethru,
    "take": EditorialType.takes,
}

# Of IPTC's signal scheme the codes confirmed in use (handbook: formats §4).
_IPTC_SIGNALS: dict[str, EditorialType | None] = {
    "correction": EditorialType.correction,
    "update": EditorialType.update,
    "repeat": EditorialType.repeat,
    "cwarn": None,
    "routing": None,
}

# AP's signals of its Media API (schema 2.2); ``newscontent`` is its word for copy that may be
# published.
_MEDIA_API_SIGNALS: dict[str, EditorialType | None] = {
    "test": EditorialType.test,
    "newscontent": None,
    "derived": None,
    "derivedlatest": None,
    "singlesource": None,
    "explicitcontent": None,
    "apwhollyowned": None,
    "consumerready": None,
    "isnotdigitized": None,
    "newsroomready": None,
    "whitelisted": None,
}

_WARNINGS = frozenset({"cwarn", "explicitcontent"})

_PARTIAL = {
    EditorialType.add: Partial.add,
    EditorialType.takes: Partial.add,
    EditorialType.insert: Partial.patch,
    EditorialType.sub: Partial.patch,
}


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """A status word, read."""

    pub_status: PubStatus
    holds: tuple[str, ...] = ()
    embargoed: bool = False
    """the word itself says embargoed: without a date the embargo is indefinite"""


class Kinds(msgspec.Struct, frozen=True, kw_only=True):
    """What signals and editorial types say together."""

    signals: tuple[Signal, ...] = ()
    types: tuple[EditorialType, ...] = ()
    holds: tuple[str, ...] = ()
    warning: str | None = None


def code(word: str) -> str:
    """The last segment of a URI or QCode, lower case: ``stat:Usable`` is ``usable``."""
    return word.strip().replace("#", "/").replace(":", "/").rsplit("/", 1)[-1].lower()


def number(version: str | None) -> int | None:
    """A version as a number: all digits, compared as integers (handbook: formats §2.1)."""
    if version is None or len(version) > 18 or not (version.isascii() and version.isdigit()):
        return None
    return int(version)


def status(word: str, profile: Profile) -> Status:
    """The status a word stands for; the profile's map first, and anything unknown holds."""
    mapped = profile.status.get(word.strip().lower()) or profile.status.get(code(word))
    embargoed = code(word) == "embargoed"
    if mapped is not None:
        found = _STATUS.get(mapped)
        holds = () if found else ("status-held",)
        return Status(pub_status=found or PubStatus.hold, holds=holds, embargoed=embargoed)
    plain = known(word)
    if plain is None:
        return Status(pub_status=PubStatus.hold, holds=("status-unknown",))
    return Status(pub_status=plain, embargoed=embargoed)


def strictest(found: Sequence[Status]) -> Status:
    """Of several words on one item the one that allows least; any may say embargoed."""
    worst = max(found, key=lambda status: _STRICTNESS.index(status.pub_status))
    embargoed = any(status.embargoed for status in found)
    return msgspec.structs.replace(worst, embargoed=embargoed)


def known(word: str) -> PubStatus | None:
    """The status a word stands for by itself, None when it is not one of the field's words."""
    return _STATUS.get(code(word))


def missing_status(profile: Profile) -> Status:
    """NITF without a status: usable only when the profile says so."""
    if profile.missing_status == "usable":
        return Status(pub_status=PubStatus.usable)
    return Status(pub_status=PubStatus.hold, holds=("status-missing",))


def kinds(signals: Iterable[Signal], words: Iterable[str], profile: Profile) -> Kinds:
    """The kinds of message that signals and editorial types name, and what is unknown."""
    types: list[EditorialType] = []
    read: list[Signal] = []
    holds: list[str] = []
    warning = None
    for signal in signals:
        known, kind = _signal(signal, profile)
        read.append(msgspec.structs.replace(signal, known=known))
        types += [kind] if kind else []
        holds += [] if known else ["signal-unknown"]
        name = code(signal.uri or signal.literal or "")
        warning = name if known and name in _WARNINGS else warning
    for word in words:
        known, kind = _kind(word, profile)
        types += [kind] if kind else []
        holds += [] if known else ["editorial-type-unknown"]
    return Kinds(
        signals=tuple(read),
        types=tuple(dict.fromkeys(types)),
        holds=tuple(dict.fromkeys(holds)),
        warning=warning,
    )


def _signal(signal: Signal, profile: Profile) -> tuple[bool, EditorialType | None]:
    for word in (signal.uri, signal.literal):
        if word is not None and (mapped := _mapped(word, profile)) is not None:
            return mapped
    if signal.uri is not None and signal.uri.startswith(IPTC_SIGNAL):
        name = signal.uri.removeprefix(IPTC_SIGNAL).lower()
        return name in _IPTC_SIGNALS, _IPTC_SIGNALS.get(name)
    name = (signal.literal or "").strip().lower()
    if signal.uri is None and name in _MEDIA_API_SIGNALS:
        return True, _MEDIA_API_SIGNALS[name]
    return False, None


def _kind(word: str, profile: Profile) -> tuple[bool, EditorialType | None]:
    mapped = _mapped(word, profile)
    if mapped is not None:
        return mapped
    kind = _KINDS.get(word.strip().lower().replace("-", "").replace(" ", ""))
    return kind is not None, kind


def _mapped(word: str, profile: Profile) -> tuple[bool, EditorialType | None] | None:
    """What the profile says of a code: a kind, ``ignore``, or nothing."""
    value = profile.signals.get(word) or profile.signals.get(word.strip().lower())
    if value is None:
        return None
    if value == "ignore":
        return True, None
    kind = _KINDS.get(value.lower())
    return kind is not None, kind


def settle(found: PubStatus, types: tuple[EditorialType, ...]) -> PubStatus:
    """The stricter of the status and the kinds: AP warns never to rely on status alone."""
    if EditorialType.kill in types or EditorialType.elimination in types:
        return PubStatus.canceled
    if EditorialType.withhold in types and found is not PubStatus.canceled:
        return PubStatus.withheld
    return found


def partial(types: tuple[EditorialType, ...]) -> Partial:
    """An add, insert, sub or take is a part of a story and never replaces it whole."""
    for kind in types:
        if kind in _PARTIAL:
            return _PARTIAL[kind]
    return Partial.none


def latest(found: Sequence[Moment]) -> Moment | None:
    """Of several embargoes the one that binds longest; one that cannot be read binds longest."""
    for moment in found:
        if moment.instant is None:
            return moment
    return max(
        found, key=lambda moment: moment.instant.timestamp() if moment.instant else 0, default=None
    )


def embargo(moment: Moment | None, *, required: bool = False, why: str | None = None) -> Embargo:
    """The embargo a moment stands for.

    ``moment`` is None when the item carries no embargo at all, and has an empty ``raw`` when it
    carries one without a date. ``required``: the status says embargoed. Only an explicit zone,
    or one the profile names, is trusted with an embargo (handbook: formats §3.6).
    """
    if moment is None:
        state = EmbargoState.indefinite if required else EmbargoState.none
        return Embargo(state=state, reason_text=why if required else None)
    if not moment.raw.strip():
        return Embargo(state=EmbargoState.indefinite, raw=moment.raw, reason_text=why)
    trusted = moment.zone_source in (ZoneSource.explicit, ZoneSource.named)
    if moment.instant is None or not trusted:
        return Embargo(state=EmbargoState.unparseable, raw=moment.raw, reason_text=why)
    return Embargo(state=EmbargoState.until, until=moment.instant, raw=moment.raw, reason_text=why)
