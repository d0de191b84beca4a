"""Pictures and other media beside a feed's item: Media RSS, enclosures, itunes.

Each has its own status and rights; it never inherits permission from its item (handbook:
formats §6). Sources: Media RSS 1.5.1; RSS 2.0 ``enclosure``; RFC 4287 §4.2.7.2.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from copytaster import text
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Notes
from copytaster.item import Association
from copytaster.item import PubStatus
from copytaster.item import Rendition
from copytaster.item import Restriction

MOST_MEDIA = 200
_STATES = {
    "active": PubStatus.usable,
    "blocked": PubStatus.withheld,
    "deleted": PubStatus.canceled,
}
_STRICTNESS = (PubStatus.usable, PubStatus.hold, PubStatus.withheld, PubStatus.canceled)
_KINDS = {"image": "picture", "video": "video", "audio": "audio"}
_RESTRICTIONS = {"country": "territory", "uri": "online", "sharing": "online"}


def status(fields: Fields) -> tuple[PubStatus, str] | None:
    """The strictest ``media:status`` in reach and its word, or None when there is none."""
    words = [e.get("state", "").strip().lower() for e in fields.all("media:status")]
    found = [(_STATES.get(word, PubStatus.hold), word) for word in words]
    return max(found, key=lambda pair: _STRICTNESS.index(pair[0]), default=None)


def restrictions(fields: Fields) -> tuple[Restriction, ...]:
    """``media:restriction`` as it stands: allow or deny, and for which countries or addresses."""
    return tuple(
        Restriction(
            kind=_RESTRICTIONS.get(element.get("type", "").strip().lower(), "media"),
            value=f"{element.get('relationship', 'deny').strip()} {element.text or ''}".strip(),
            source="field",
        )
        for element in fields.all("media:restriction")
    )


def associations(fields: Fields, base: str | None, notes: Notes) -> tuple[Association, ...]:
    """All media of an item, in the order of the document's kinds; the surplus is remarked on."""
    found = tuple(islice(_all(fields, base), MOST_MEDIA + 1))
    if len(found) > MOST_MEDIA:
        notes.remark("media-left-out", None, f"all after the first {MOST_MEDIA}")
    return found[:MOST_MEDIA]


def _all(fields: Fields, base: str | None) -> Iterator[Association]:
    for group in fields.inside("media:group"):
        yield from _association(list(group.inside("media:content")), group, fields, base)
    for single in fields.inside("media:content"):
        yield from _association([single], single, fields, base)
    if not any(True for _ in fields.all("media:group", "media:content")):
        yield from _association([], fields, fields, base)
    for enclosure in fields.all("enclosure"):
        yield from _enclosed(_enclosure(enclosure, "url", base))
    for link in fields.all("link", "atom:link"):
        if link.get("rel", "").lower() == "enclosure":
            yield from _enclosed(_enclosure(link, "href", base))
    for image in fields.all("itunes:image"):
        yield from _enclosed(_rendition(image, "href", base, "thumbnail"))


def _association(
    contents: list[Fields], own: Fields, item: Fields, base: str | None
) -> Iterator[Association]:
    """One picture, sound or film: its forms (``media:content``) and its thumbnails."""
    forms = [_rendition(form.element, "url", base) for form in contents]
    small = [_rendition(e, "url", base, "thumbnail") for e in own.all("media:thumbnail")]
    renditions = tuple(form for form in (*forms, *small) if form is not None)
    if not renditions:
        return
    levels = [own] if own is item else [*contents, own, item]
    state = max(
        (found[0] for level in levels if (found := status(level))),
        key=_STRICTNESS.index,
        default=PubStatus.usable,
    )
    yield Association(
        type=_kind(contents[0].element) if contents else "picture",
        headline=None if own is item else _first(levels[:-1], "media:title"),
        caption=None if own is item else _first(levels[:-1], "media:description"),
        credit=_first(levels, "media:credit"),
        copyright_notice=_first(levels, "media:copyright"),
        usage_terms=_terms(levels if own is item else levels[:-1]),
        pub_status=state,
        renditions=renditions,
    )


def _terms(levels: Iterable[Fields]) -> tuple[str, ...]:
    found = (restriction for level in levels for restriction in restrictions(level))
    return tuple(dict.fromkeys(f"{one.kind}: {one.value}" for one in found))


def _first(levels: Iterable[Fields], name: str) -> str | None:
    return next((found for level in levels if (found := level.text(name))), None)


def _kind(element: etree._Element) -> str | None:
    medium = element.get("medium", "").strip().lower()
    medium = medium or element.get("type", "").partition("/")[0].strip().lower()
    return _KINDS.get(medium)


def _enclosure(element: etree._Element, attribute: str, base: str | None) -> Rendition | None:
    return _rendition(element, attribute, base)


def _enclosed(rendition: Rendition | None) -> Iterator[Association]:
    if rendition is not None:
        kind = (rendition.content_type or "").partition("/")[0].strip().lower()
        small = rendition.name == "thumbnail"
        yield Association(type="picture" if small else _KINDS.get(kind), renditions=(rendition,))


def _rendition(
    element: etree._Element, attribute: str, base: str | None, name: str | None = None
) -> Rendition | None:
    """One form of a picture, sound or film; None without an address that can be fetched."""
    href = text.safe_href(element.get(attribute, ""), base)
    if href is None or not href.lower().startswith("http"):
        return None
    return Rendition(
        href=href,
        name=name,
        content_type=element.get("type") or None,
        title=element.get("title") or None,
        width=_count(element.get("width")),
        height=_count(element.get("height")),
        size_in_bytes=_count(element.get("fileSize") or element.get("length")),
        duration=_count(element.get("duration")),
    )


def _count(raw: str | None) -> int | None:
    """A count as the modules write it; 0 is what senders put when they do not know."""
    digits = (raw or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        return None
    return int(digits) or None
