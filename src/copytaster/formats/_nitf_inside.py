"""What an NITF document inside an item of another format says of publishing.

Its ``docdata`` was written for the document alone, and may only make the item stricter: a
cancelled document in a usable envelope is cancelled.
"""

from collections.abc import Iterable
from functools import reduce

import msgspec

from copytaster.agency import Profile
from copytaster.formats import _nitf_parts
from copytaster.formats import _status
from copytaster.formats._moments import Moments
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._types import LONGEST_ID
from copytaster.item import AltId
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.item import Target

_ENDLESS = (EmbargoState.indefinite, EmbargoState.unparseable)


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """What the documents inside one item say."""

    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    embargo: Embargo = Embargo()
    targets: tuple[Target, ...] = ()
    names: tuple[AltId, ...] = ()
    """their ids: a notice may name a document by the id it has inside"""


SILENT = Inside()
"""No document inside."""


def inside(documents: Iterable[Nitf], moments: Moments, profile: Profile) -> Inside:
    """What the ``docdata`` of the documents says. (Most often there is none.)"""
    found = [_one(nitf, moments, profile) for nitf in documents if nitf.docdata or nitf.head]
    if len(found) == 1:
        return found[0]
    return Inside(
        statuses=tuple(status for one in found for status in one.statuses),
        kinds=tuple(kind for one in found for kind in one.kinds),
        embargo=reduce(longer, (one.embargo for one in found), Embargo()),
        targets=tuple(target for one in found for target in one.targets),
        names=tuple(dict.fromkeys(name for one in found for name in one.names)),
    )


def _one(nitf: Nitf, moments: Moments, profile: Profile) -> Inside:
    """A document that names itself gives itself another status; any other is a target."""
    statuses = [doc.get("management-status") for doc in nitf.docdata]
    aim = (nitf.status("management-doc-idref") or "").strip()
    fate = nitf.status("management-idref-status")
    itself = aim in (nitf.root.get("uno"), nitf.fact("doc-id", "id-string"))
    targets: tuple[Target, ...] = ()
    if aim and itself:
        statuses.append(fate or "")
    elif aim:
        new = PubStatus.hold if fate is None else _status.status(fate, profile).pub_status
        targets = (Target(idref=aim, new_status=new),)
    said = tuple(word for word in statuses if word is not None)
    embargoed = any(_status.status(word, profile).embargoed for word in said)
    issued = moments.iso(nitf.fact("date.issue", "norm"))
    return Inside(
        statuses=said,
        kinds=_nitf_parts.kinds(nitf),
        embargo=_nitf_parts.embargo(nitf, issued, moments, embargoed=embargoed),
        targets=targets,
        names=_names(nitf),
    )


def _names(nitf: Nitf) -> tuple[AltId, ...]:
    """``doc-id`` and ``uno``; ``management-doc-idref`` of a notice means either."""
    found = (("doc-id", nitf.fact("doc-id", "id-string")), ("uno", nitf.root.get("uno")))
    return tuple(
        AltId(role=role, value=value.strip())
        for role, value in found
        if value and value.strip() and len(value) <= LONGEST_ID
    )


def stricter(item: Item, told: Inside, profile: Profile) -> Item:
    """The item, as strict as the documents inside it say; not yet sealed."""
    if told is SILENT:
        return item
    own = _status.Status(pub_status=item.pub_status)
    status = _status.strictest([own, *(_status.status(word, profile) for word in told.statuses)])
    kinds = _status.kinds((), told.kinds, profile)
    types = tuple(dict.fromkeys(item.editorial_types + kinds.types))
    return msgspec.structs.replace(
        item,
        pub_status=_status.settle(status.pub_status, types),
        editorial_types=types,
        partial=_status.partial(types) if item.partial is Partial.none else item.partial,
        embargo=longer(item.embargo, told.embargo),
        targets=item.targets + told.targets,
        alt_ids=tuple(dict.fromkeys(item.alt_ids + told.names)),
        hold_reason=tuple(dict.fromkeys(item.hold_reason + status.holds + kinds.holds)),
    )


def longer(one: Embargo, other: Embargo) -> Embargo:
    """Of two embargoes the one that binds longer; one without an end outlasts every date."""
    for found in (one, other):
        if found.state in _ENDLESS:
            return found
    if one.until is None or other.until is None:
        return other if one.until is None else one
    return max(one, other, key=lambda found: found.until.timestamp() if found.until else 0.0)
