"""Pictures and other media beside a feed's item: Media RSS, enclosures, itunes.

Each has its own status and rights; it never inherits permission from its item (handbook:
formats §6). Sources: Media RSS 1.5.1; RSS 2.0 ``enclosure``; RFC 4287 §4.2.7.2.
"""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from copytaster import text
from copytaster.formats import _status
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Notes
from copytaster.formats._feed import attribute
from copytaster.formats._feed_validity import validity
from copytaster.item import Association
from copytaster.item import PubStatus
from copytaster.item import Rendition
from copytaster.item import Restriction
from copytaster.moment import Moment

MOST_MEDIA = 200
STRICTNESS = (PubStatus.usable, PubStatus.hold, PubStatus.withheld, PubStatus.canceled)
_STATES = {
    "active": PubStatus.usable,
    "blocked": PubStatus.withheld,
    "deleted": PubStatus.canceled,
}
_KINDS = {"image": "picture", "video": "video", "audio": "audio"}
_RESTRICTIONS = {"country": "territory", "uri": "online", "sharing": "online"}
NAMES = frozenset(("media:group", "media:content", "media:thumbnail", "enclosure", "itunes:image"))
"""elements that bring media; links with ``rel="enclosure"`` do too"""
_SAID = frozenset(
    (
        *("media:status", "media:credit", "media:copyright", "media:license", "media:rights"),
        "media:restriction",
    )
)
_LINKS = ("link", "atom:link")


def status(fields: Fields) -> tuple[PubStatus, str] | None:
    """The strictest ``media:status`` of the element and its word, or None without one."""
    words = [attribute(element, "state") for element in fields.all("media:status")]
    found = [(_STATES.get(word, PubStatus.hold), word) for word in words]
    return max(found, key=lambda pair: STRICTNESS.index(pair[0]), default=None)


def restrictions(fields: Fields) -> tuple[Restriction, ...]:
    """``media:restriction`` as it stands: allow or deny, and for which countries or addresses.

    One that does not say which is taken for the stricter.
    """
    stated = fields.all("media:restriction")
    if not stated:
        return ()
    return tuple(
        [
            Restriction(
                kind=_RESTRICTIONS.get(attribute(element, "type"), "media"),
                value=_limit(element),
                source="field",
            )
            for element in stated
        ]
    )


def _limit(element: etree._Element) -> str:
    return f"{attribute(element, 'relationship') or 'deny'} {element.text or ''}".strip()


def associations(
    fields: Fields, base: str | None, limits: tuple[Restriction, ...], notes: Notes
) -> tuple[Association, ...]:
    """All media of an item, in the order of the document's kinds; the surplus is remarked on.

    ``limits``: the restrictions of the item and its feed, which bind its media too.
    """
    found = tuple(islice(_all(fields, base, limits, notes), MOST_MEDIA + 1))
    if len(found) > MOST_MEDIA:
        notes.remark("media-left-out", None, f"all after the first {MOST_MEDIA}")
    return found[:MOST_MEDIA]


def _all(
    fields: Fields, base: str | None, limits: tuple[Restriction, ...], notes: Notes
) -> Iterator[Association]:
    for group in fields.inside("media:group"):
        contents = list(group.inside("media:content"))
        yield from _association(contents, [*contents, group], fields, base, limits, notes)
    bare = not limits and not fields.has(_SAID)
    for element in fields.all("media:content"):
        if bare and not len(element):  # the commonest: an address and nothing said of it
            yield from _enclosed(element, _rendition(element, "url", base), limits)
        else:
            single = Fields(element, fields.names)
            yield from _association([single], [single], fields, base, limits, notes)
    if fields.all("media:thumbnail") and not fields.all("media:group", "media:content"):
        yield from _association([], [], fields, base, limits, notes)
    for enclosure in fields.all("enclosure"):
        yield from _enclosed(enclosure, _rendition(enclosure, "url", base), limits)
    for link in fields.all(*_LINKS):
        if attribute(link, "rel") == "enclosure":
            yield from _enclosed(link, _rendition(link, "href", base), limits)
    for image in fields.all("itunes:image"):
        yield from _enclosed(image, _rendition(image, "href", base, "thumbnail"), limits)


def _association(
    contents: list[Fields],
    own: list[Fields],
    item: Fields,
    base: str | None,
    limits: tuple[Restriction, ...],
    notes: Notes,
) -> Iterator[Association]:
    """One picture, sound or film: its forms (``media:content``) and its thumbnails.

    ``own``: the elements that speak of it alone. What the item says of media in general
    (credit, copyright, status, restrictions) holds for it as well (Media RSS, "Optional
    Elements"); what describes (title, caption) is only taken from its own.
    """
    forms = [_rendition(form.element, "url", base) for form in contents]
    small = [
        _rendition(element, "url", base, "thumbnail")
        for level in own or [item]
        for element in level.all("media:thumbnail")
    ]
    renditions = tuple([form for form in (*forms, *small) if form is not None])
    if not renditions:
        return
    levels = [*own, item]
    limited = tuple(dict.fromkeys([r for level in own for r in restrictions(level)] + [*limits]))
    starts, ends = _validity(own, notes)
    yield Association(
        type=_kind(contents[0].element) if contents else "picture",
        headline=_first(own, "media:title"),
        caption=_first(own, "media:description"),
        credit=_first(levels, "media:credit"),
        copyright_notice=_first(levels, "media:copyright"),
        usage_terms=(*_licences(levels), *(f"{one.kind}: {one.value}" for one in limited)),
        pub_status=_strictest(levels),
        embargo=_status.embargo(starts),
        expires=ends,
        restrictions=limited,
        renditions=renditions,
    )


def _strictest(levels: list[Fields]) -> PubStatus:
    stated = [found[0] for level in levels if (found := status(level))]
    return max(stated, key=STRICTNESS.index, default=PubStatus.usable)


def _validity(own: list[Fields], notes: Notes) -> tuple[Moment | None, Moment | None]:
    """The first ``dcterms:valid`` of the media themselves: their own embargo and end."""
    for level in own:
        if level.first("dcterms:valid") is not None:
            return validity(level, notes)
    return None, None


def _licences(levels: list[Fields]) -> tuple[str, ...]:
    """``media:license``, its words and its address, and ``media:rights``."""
    found = [
        " ".join(part for part in ((e.text or "").strip(), e.get("href", "").strip()) if part)
        for level in levels
        for e in level.all("media:license")
    ]
    found += [
        f"media:rights {word}"
        for level in levels
        for e in level.all("media:rights")
        if (word := attribute(e, "status"))
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def _first(levels: list[Fields], name: str) -> str | None:
    return next((found for level in levels if (found := level.text(name))), None)


def _kind(element: etree._Element) -> str | None:
    medium = attribute(element, "medium")
    return _KINDS.get(medium or attribute(element, "type").partition("/")[0])


def _enclosed(
    element: etree._Element, rendition: Rendition | None, limits: tuple[Restriction, ...]
) -> Iterator[Association]:
    if rendition is not None:
        small = rendition.name == "thumbnail"
        yield Association(
            type="picture" if small else _kind(element),
            usage_terms=tuple([f"{one.kind}: {one.value}" for one in limits]),
            restrictions=limits,
            renditions=(rendition,),
        )


def _rendition(
    element: etree._Element, attribute_name: str, base: str | None, name: str | None = None
) -> Rendition | None:
    """One form of a picture, sound or film; None without an address that can be fetched."""
    raw = element.get(attribute_name)
    href = text.safe_href(raw, base) if raw else None
    if href is None or href[:4].lower() != "http":
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
    if raw is None:
        return None
    digits = raw.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        return None
    return int(digits) or None
