"""From an item to the notice it is: what it asks for, and what it points at.

What kind of message an item is stands in its fields, where the formats and the agency's phrases
put it (``editorial_types``, ``pub_status``, ``targets``); here its words are read for what it
*names*. An item that speaks only of itself is no notice, and ordinary copy is left after a look
at three fields.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec

from copytaster import agency
from copytaster import text
from copytaster.agency import Phrasebook
from copytaster.agency import Profile
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.verdict.notices._effect import others
from copytaster.verdict.notices._moved import Clock
from copytaster.verdict.notices._moved import calendar
from copytaster.verdict.notices._sorting import Sorted
from copytaster.verdict.notices._sorting import sort
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import NoticeKind
from copytaster.verdict.notices._types import Pointer

_KINDS = {
    EditorialType.kill: NoticeKind.kill,
    EditorialType.elimination: NoticeKind.eliminate,
    EditorialType.withhold: NoticeKind.hold,
    EditorialType.disregard: NoticeKind.hold,
    EditorialType.release: NoticeKind.release,
    EditorialType.test: NoticeKind.test,
    EditorialType.schedule: NoticeKind.schedule,
    EditorialType.advisory: NoticeKind.advisory,
}
"""From the strictest to the loosest. *Disregard* says that an item was sent in error, and not
that it is wrong: it must not be used, and may be taken up again."""

_STATUSES = {
    PubStatus.canceled: NoticeKind.kill,
    PubStatus.withheld: NoticeKind.hold,
    PubStatus.hold: NoticeKind.hold,
    PubStatus.usable: NoticeKind.release,
}
_STRICTEST = tuple(dict.fromkeys(_KINDS.values()))
_ASKING = frozenset({NoticeKind.kill, NoticeKind.eliminate, NoticeKind.hold, NoticeKind.release})
_RESTRICTED = frozenset(
    "canceled cancelled killed annulled withheld withdrawn replaced deleted-entry".split()
)
_TAKES_BACK = frozenset({"kill", "withhold", "elimination"})
_LONGEST_TEXT = 6000
_LONGEST_NOTE = 6000
_LONGEST_SENTENCE = 500
_SHORT = 1500
_HEADLINE_WORDS = 3
_LONG_ID = 8
_MOST_SENTENCES = 60
_MOST_POINTERS = 100


def read(item: Item, profile: Profile, received: datetime) -> Notice | None:
    """What the item asks for, if it is a notice about something else than itself.

    ``received`` stands in for the time of the notice where it gives none.
    """
    kind = _kind(item)
    if kind is None:
        return _noted(item, profile, received)
    said = _said(item, received)
    if kind not in _ASKING:
        return Notice(kind=kind, said=said)
    found = _prose(item, kind, profile, said)
    good = {pointer.number for pointer in found.good} - {None}
    fields = [pointer for pointer in _structured(item) if pointer.number not in good]
    pointers = _merged((*fields, *found.bad))
    pointers = [pointer for pointer in pointers if not _is_own(pointer, item, profile)]
    if not pointers and _speaks_of_itself(item, profile):
        return None
    substitutes = [pointer for pointer in _merged(found.good) if pointer not in pointers]
    return Notice(
        kind=_of_pictures(kind, pointers),
        said=said,
        pointers=tuple(pointers[:_MOST_POINTERS]),
        substitutes=tuple(substitutes[:_MOST_POINTERS]),
        is_whole=len(pointers) <= _MOST_POINTERS and _is_whole(item),
    )


def _noted(item: Item, profile: Profile, received: datetime) -> Notice | None:
    """A story for readers whose note to editors takes back another one."""
    note = _note(item)
    if not note:
        return None
    book = agency.phrasebook(profile)
    if not book.may_ask(note):
        return None
    said = _said(item, received)
    asking = [one for one in _sentences([note], book, _clock(profile, said)) if one.asked]
    kinds = [_KINDS[one.asked] for one in asking if one.asked in _KINDS and one.bad]
    kinds = [kind for kind in kinds if kind in _ASKING]
    named = _merged(pointer for one in asking for pointer in one.bad if _is_identified(pointer))
    named = [pointer for pointer in named if not _is_own(pointer, item, profile)]
    if not kinds or not named:
        return None
    kind = min(kinds, key=_STRICTEST.index)
    good = tuple(pointer for one in asking for pointer in one.good)
    return Notice(kind=kind, said=said, pointers=tuple(named[:_MOST_POINTERS]), substitutes=good)


def _kind(item: Item) -> NoticeKind | None:
    """What the item is, by what the formats made of it."""
    if not item.editorial_types and not item.targets and item.pub_status is PubStatus.usable:
        return None
    kinds = [_KINDS[one] for one in item.editorial_types if one in _KINDS]
    kinds += [_STATUSES[target.new_status] for target in others(item)]
    if item.pub_status in (PubStatus.canceled, PubStatus.withheld):
        kinds.append(_STATUSES[item.pub_status])
    return min(kinds, key=_STRICTEST.index, default=None)


def _of_pictures(kind: NoticeKind, pointers: list[Pointer]) -> NoticeKind:
    """A kill of nothing but pictures takes no story away."""
    if kind is NoticeKind.kill and pointers and all(one.picture for one in pointers):
        return NoticeKind.eliminate
    return kind


def _said(item: Item, received: datetime) -> datetime:
    moment = item.version_created
    return received if moment is None or moment.instant is None else moment.instant


# --- what it names ------------------------------------------------------------------------------


def _structured(item: Item) -> Iterator[Pointer]:
    """What fields name. Service numbers come from words too, in wires without fields; one that is
    a substitute's when the words are read whole does not count.
    """
    for target in others(item):
        if target.idref or target.service_number:
            yield Pointer(id=target.idref, number=target.service_number)


class _Prose(msgspec.Struct, frozen=True, kw_only=True):
    bad: tuple[Pointer, ...] = ()
    good: tuple[Pointer, ...] = ()


def _prose(item: Item, kind: NoticeKind, profile: Profile, said: datetime) -> _Prose:
    """What the words name: in the sentences that ask for it, else in any that names an item."""
    book = agency.phrasebook(profile)
    found = _joined(_sentences(_texts(item, book), book, _clock(profile, said)))
    good = [pointer for one in found for pointer in one.good]
    good += [pointer for one in found if _is_cleared(one, kind) for pointer in one.bad]
    asking = [one for one in found if one.asked is not None and not _is_cleared(one, kind)]
    bad = _with_labels([p for one in asking for p in one.bad], found)
    if not bad:
        bad = [p for one in found if one.asked is None for p in one.bad if _is_name(p, one)]
    bad = bad or list(_headed(item, book))
    if any(one.is_series for one in asking):
        bad = [msgspec.structs.replace(pointer, series=True) for pointer in bad]
        if not bad and item.slugline:
            bad = [Pointer(slug=item.slugline, series=True)]
    return _Prose(bad=tuple(bad), good=tuple(good))


def _is_cleared(one: Sorted, kind: NoticeKind) -> bool:
    """In a notice against one item, a sentence that another one may be used."""
    return one.asked is EditorialType.release and kind is not NoticeKind.release


def _is_name(pointer: Pointer, one: Sorted) -> bool:
    """What stands in quotation marks is a headline only where the sentence speaks of copy."""
    return one.names_copy or pointer.id is not None or pointer.number is not None


def _with_labels(asked: list[Pointer], found: list[Sorted]) -> list[Pointer]:
    """Labelled lines say more of the one item that was named, or name it."""
    labels = [pointer for one in found if one.is_label for pointer in one.bad]
    if not labels:
        return asked
    together = _together(labels)
    if together is None:
        return [*asked, *labels]
    if len(asked) != 1:
        return [*asked, together]
    both = _together([asked[0], together])
    return [asked[0], together] if both is None else [both]


def _together(pointers: list[Pointer]) -> Pointer | None:
    """One pointer with the fields of all, where no two say the same differently."""
    fields: dict[str, object] = {}
    for pointer in pointers:
        for name in Pointer.__struct_fields__:
            value = getattr(pointer, name)
            if value and fields.setdefault(name, value) != value:
                return None
    return msgspec.structs.replace(Pointer(), **fields)


def _joined(found: Iterable[Sorted]) -> list[Sorted]:
    """ "It moved at …" belongs to what was named before."""
    joined: list[Sorted] = []
    for one in found:
        moved = [p for p in one.bad if one.goes_on and _fields(p) == {"moved"}]
        before = joined[-1].bad if joined else ()
        if len(moved) == 1 and before and before[-1].moved is None:
            last = msgspec.structs.replace(before[-1], moved=moved[0].moved)
            joined[-1] = msgspec.structs.replace(joined[-1], bad=(*before[:-1], last))
        else:
            joined.append(one)
    return joined


def _fields(pointer: Pointer) -> set[str]:
    return {name for name in Pointer.__struct_fields__ if getattr(pointer, name)}


def _headed(item: Item, book: Phrasebook) -> Iterator[Pointer]:
    """What follows a heading: ``STORY WITHDRAWN: Ferry line closes for the winter``."""
    for headline in item.headlines[:1]:
        line = " ".join(headline.value[:_LONGEST_SENTENCE].split())
        heading = book.banner(line) or book.title(line)
        rest = "" if heading is None else line[heading.end :].strip(' :,.-–—*/="“”«»„')
        words = rest.split()
        if len(words) >= _HEADLINE_WORDS:
            yield Pointer(headline=rest)
        elif len(words) == 1 and rest[0].isalpha():
            yield Pointer(slug=rest)


# --- its words ----------------------------------------------------------------------------------


def _clock(profile: Profile, said: datetime) -> Clock:
    """The agency's zone for times without one; none where nobody says it."""
    zone = profile.zone
    return Clock(
        calendar=calendar(agency.phrasebook(profile).words),
        said=said if zone is None else said.astimezone(ZoneInfo(zone)),
        zone=zone,
        zones=dict(profile.zones),
    )


def _note(item: Item) -> str:
    notes = [note[:_LONGEST_NOTE] for note in (item.ed_note, item.advisory_line) if note]
    return "\n\n".join(notes)


def _texts(item: Item, book: Phrasebook) -> list[str]:
    """Headlines, notes and the text; of a long text under a story's headline, nothing."""
    headlines = [headline.value[:_LONGEST_SENTENCE] for headline in item.headlines[:4]]
    body = _body(item)
    heads = (*headlines, body[:200])
    if len(body) > _SHORT and not any(book.may_open(head.lstrip()) for head in heads if head):
        body = ""
    return [part for part in (*headlines, _note(item), body) if part]


def _body(item: Item) -> str:
    parts: list[str] = []
    room = _LONGEST_TEXT
    for block in item.copy.blocks:
        parts.append(text.block_text(block)[:room])
        room -= len(parts[-1])
        if room <= 0:
            break
    if not parts and item.descriptions:
        parts = [item.descriptions[0].value[:_LONGEST_TEXT]]
    return "\n\n".join(parts)


def _is_whole(item: Item) -> bool:
    """Whether all that a notice says is read."""
    body = sum(len(text.block_text(block)) for block in item.copy.blocks)
    parts = (_note(item), _body(item))
    said = islice((one for part in parts for one in text.sentences(part)), _MOST_SENTENCES + 1)
    return body <= _LONGEST_TEXT and len(list(said)) <= _MOST_SENTENCES


def _sentences(parts: list[str], book: Phrasebook, clock: Clock) -> list[Sorted]:
    found = (sentence for part in parts for sentence in text.sentences(part))
    return [
        sort(sentence[:_LONGEST_SENTENCE], book, clock)
        for sentence in islice(found, _MOST_SENTENCES)
    ]


# --- which of it counts -------------------------------------------------------------------------


def _merged(pointers: Iterable[Pointer]) -> list[Pointer]:
    """Each pointer once, without those of which another says the same and more."""
    found = list(dict.fromkeys(islice(pointers, _MOST_POINTERS * 2)))
    return [
        one for one in found if not any(other is not one and _holds(other, one) for other in found)
    ]


def _holds(other: Pointer, one: Pointer) -> bool:
    fields = _fields(one)
    return fields < _fields(other) and all(
        getattr(other, name) == getattr(one, name) for name in fields
    )


def _is_identified(pointer: Pointer) -> bool:
    return bool(pointer.id or pointer.number or pointer.headline or pointer.slug)


def _is_own(pointer: Pointer, item: Item, profile: Profile) -> bool:
    """Whether the item means itself: by its id or number, or by its headline where a field says
    of the item itself that it is taken back.
    """
    named = {item.guid, item.transmit_id, *(alt.value for alt in item.alt_ids)} - {None}
    if pointer.id in named or pointer.number in named:
        return True
    if pointer.id is not None and len(pointer.id) >= _LONG_ID and pointer.id in item.guid:
        return True
    if not _speaks_of_itself(item, profile):
        return False
    own = {headline.value for headline in item.headlines}
    return pointer.headline in own or (pointer.slug is not None and pointer.slug == item.slugline)


def _speaks_of_itself(item: Item, profile: Profile) -> bool:
    """Whether a field, and not words, takes the item back: its status or a signal; a picture's
    elimination is its own.
    """
    words = (item.status_raw or "").lower().split(", ")
    codes = {word.replace("#", "/").replace(":", "/").rpartition("/")[2].strip() for word in words}
    mapped = {profile.status.get(code, code) for code in codes}
    signals = {profile.signals.get(one.literal or one.uri or "", "") for one in item.signals}
    return (
        not mapped.isdisjoint(_RESTRICTED)
        or not signals.isdisjoint(_TAKES_BACK)
        or item.type == "picture"
    )
