"""What a G2 item says that bears on publishing: status, embargo, signals, notes, its nature."""

import re
from collections.abc import Iterable

import msgspec
from lxml import etree

from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._catalog import Catalog
from copytaster.formats._g2_meta import Meta
from copytaster.formats._g2_meta import characters
from copytaster.formats._g2_meta import is_constrained
from copytaster.formats._g2_meta import local
from copytaster.formats._g2_meta import role_of
from copytaster.formats._moments import Moments
from copytaster.formats._scan import local_name
from copytaster.item import CorrectionText
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Signal
from copytaster.moment import Moment

_TYPES = {
    "text": "text",
    "picture": "picture",
    "graphic": "graphic",
    "graphics": "graphic",
    "audio": "audio",
    "video": "video",
    "composite": "composite",
}

# The last part of a note's role, whatever the agency's vocabulary is called.
_READY = "correction_consumerready"
_CORRECTIONS = frozenset({"correction", "correctionshort"})
_PUBLIC = "public"
_EMBARGO = "embargo"


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """The editor's notes, sorted by who may read them."""

    internal: str | None = None
    public: str | None = None
    correction: CorrectionText | None = None
    embargo: str | None = None
    """a note in the role of an embargo: words that no machine can keep"""


def notes(metas: Iterable[Meta]) -> Notes:
    """Read by the last part of their role; what nobody says is for readers is for editors.

    For readers: ``correction_consumerready`` (dpa) and ``public`` (STT), unconstrained.
    """
    sent = [
        (role_of(element), words, is_constrained(element))
        for meta in metas
        for element in meta.all("edNote")
        if (words := characters(element)) is not None
    ]
    if not sent:
        return _NO_NOTES
    by_role = [((role or "").lower(), words, limited) for role, words, limited in sent]
    ready = [words for role, words, limited in by_role if role == _READY and not limited]
    public = [words for role, words, limited in by_role if role == _PUBLIC and not limited]
    internal = [w for role, w, limited in by_role if limited or role not in (_READY, _PUBLIC)]
    told = "\n".join(words for role, words, _ in by_role if role in _CORRECTIONS) or None
    corrected = ready[-1] if ready else None
    return Notes(
        internal="\n".join(internal) or None,
        public="\n".join(public) or None,
        correction=CorrectionText(public=corrected, internal=told) if corrected or told else None,
        embargo=next((words for role, words, _ in by_role if role == _EMBARGO), None),
    )


_NO_NOTES = Notes()


def signals(elements: Iterable[etree._Element], catalog: Catalog) -> tuple[Signal, ...]:
    """Signals with their URI where the alias is known, and as written."""
    return tuple(
        Signal(
            uri=catalog.uri(element),
            literal=element.get("qcode") or element.get("literal"),
            severity=element.get("severity") or element.get("severityuri"),
        )
        for element in elements
    )


def status_words(meta: Meta) -> list[str]:
    """Every ``pubStatus``, of which one is allowed; one without a code says nothing known."""
    return [element.get("uri") or element.get("qcode") or "" for element in meta.all("pubStatus")]


def status(said: list[str], profile: Profile) -> _status.Status:
    """The strictest of the words; the schema's default is usable."""
    if len(said) < 2:
        return _status.status(said[0] if said else "usable", profile)
    return _status.strictest([_status.status(word, profile) for word in said])


def embargo(metas: list[Meta], moments: Moments, why: str | None, *, embargoed: bool) -> Embargo:
    """``embargoed``; of several, of which one is allowed, the one that binds longest."""
    sent = [element.text or "" for meta in metas for element in meta.all("embargoed")]
    if not sent and not embargoed:
        return _NO_EMBARGO
    found = [moment for raw in sent if (moment := moments.xml(raw, embargo=True)) is not None]
    return _status.embargo(_status.latest(found), required=embargoed, why=why)


_NO_EMBARGO = Embargo()

_LIFTED = re.compile(
    r"\W*(?:(?:keine|no) (?:sperrfrist|embargo)|(?:die |das |the )?(?:sperrfrist|embargo)"
    r" (?:ist |wurde |is |has been |was )?(?:aufgehoben|abgelaufen|beendet|entfällt"
    r"|lifted|removed|over|expired|ended))\W*",
    re.IGNORECASE,
)


def untold(note: str | None, found: Embargo) -> tuple[str, ...]:
    """A hold when an embargo stands in a note alone: nothing says when it ends.

    The role says that the note is about an embargo; one that says it is over, and nothing else,
    restricts nothing.
    """
    if note is None or found.state is not EmbargoState.none or _LIFTED.fullmatch(note):
        return ()
    return ("embargo-note",)


def expires(meta: Meta, moments: Moments) -> Moment | None:
    """Of several the earliest; one that cannot be read stands for all."""
    found = [moments.xml(element.text) for element in meta.all("expires")]
    dates = [moment for moment in found if moment is not None]
    unread = [moment for moment in dates if moment.instant is None]
    if unread or not dates:
        return unread[0] if unread else None
    return min(dates, key=lambda moment: moment.instant.timestamp() if moment.instant else 0)


def code(meta: Meta, name: str) -> str | None:
    """A code as sent, its URI where it was sent as one."""
    element = meta.first(name)
    return None if element is None else element.get("qcode") or element.get("uri")


def nature(element: etree._Element, item_class: str | None) -> tuple[str, tuple[str, ...]]:
    """The nature of the content; one that nobody knows is held."""
    if local_name(element) == "packageItem":
        return "composite", ()
    word = (local(item_class) or "").lower()
    known = _TYPES.get(word)
    return (known, ()) if known else (word or "unknown", ("type-unknown",))
