"""JSON Feed 1.0 and 1.1.

A feed is a window on what an agency said last: absence means nothing, and nothing in it takes
an item back. What is read from where, and what is left out:
``docs/reference/formats-json-feed.md``.
"""

import re
from collections.abc import Iterator

import msgspec

from copytaster import moment
from copytaster.agency import Profile
from copytaster.formats import _json_feed_media as media
from copytaster.formats._feed import Notes
from copytaster.formats._feed_item import web_address
from copytaster.formats._hash import seal
from copytaster.formats._json_feed_words import choose
from copytaster.formats._json_values import MOST_MEMBERS
from copytaster.formats._json_values import objects
from copytaster.formats._json_values import string
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadReading
from copytaster.formats._types import Context
from copytaster.formats._types import FeedFacts
from copytaster.formats._types import Format
from copytaster.formats._types import Json
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import no_more_than_allowed
from copytaster.item import BodyKind
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.item import Source
from copytaster.moment import Moment
from copytaster.moment import Precision

_VERSION = re.compile(r"\s*https?://(?:www\.)?jsonfeed\.org/version/([0-9.]*)", re.IGNORECASE)
_OWN = frozenset(("feed_url", "home_page_url"))


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What an item inherits from its feed and delivery."""

    name: FormatName
    raw: RawRef
    profile: Profile
    context: Context
    feed_id: str | None
    base: str | None
    """what relative addresses are resolved against"""
    language: str | None
    names: tuple[str, ...]
    publisher: Source | None


def claims(sniff: Sniff) -> bool:
    """An object whose ``version`` is JSON Feed's; without one, items beside a feed's address."""
    value = sniff.value
    if not isinstance(value, dict):
        return False
    version = value.get("version")
    if isinstance(version, str) and _VERSION.match(version):
        return True
    return bool(sniff.keys & _OWN) and isinstance(value.get("items"), list)


def read(document: Json, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of a feed, in its order. Raises Unreadable when it has no list of them.

    An item that cannot be read stands in ``failed``; a feed without items is a valid one.
    """
    feed = document.value
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise Unreadable("JSON Feed: no list of items; a feed without any has an empty one")
    members = no_more_than_allowed(feed["items"])
    frame = _frame(feed, raw, profile, context)
    found = each(members, lambda _, value: _item(value, frame), _guid_of)
    return Parsed(
        format=frame.name,
        items=found.items,
        failed=found.failed,
        feed=_facts(feed),
        snapshot=True,
    )


def _frame(feed: dict[str, object], raw: RawRef, profile: Profile, context: Context) -> Frame:
    found = _VERSION.match(string(feed.get("version")) or "")
    address, title = string(feed.get("feed_url")), string(feed.get("title"))
    return Frame(
        name=FormatName(name="json-feed", version=found.group(1).rstrip(".") if found else None),
        raw=raw,
        profile=profile,
        context=context,
        feed_id=address or context.url,
        base=_base(address, context.url, string(feed.get("home_page_url"))),
        language=string(feed.get("language")),
        names=tuple(_names(feed)),
        publisher=Source(name=title, uri=address, role="feed") if title else None,
    )


def _base(*addresses: str | None) -> str | None:
    """The first that is absolute: the feed's own, where it was fetched, its home page."""
    return next((found for a in addresses if (found := web_address(a, None))), None)


def _facts(feed: dict[str, object]) -> FeedFacts:
    """Whom to ask for more: a WebSub hub, the feed's own address, its older items."""
    kinds = ((string(hub.get("type")) or "", hub) for hub in objects(feed.get("hubs")))
    hubs = (string(hub.get("url")) for kind, hub in kinds if kind.lower() == "websub")
    itself = web_address(string(feed.get("feed_url")), None)
    older = web_address(string(feed.get("next_url")), itself)
    return FeedFacts(
        hub=next((found for url in hubs if (found := web_address(url, None))), None),
        self_link=itself,
        # "must not be the same as feed_url" (JSON Feed 1.1, next_url): that would never end.
        prev_archive=None if older == itself else older,
        expired=feed.get("expired") is True,
    )


# --- an item -------------------------------------------------------------------------------------


def _item(value: object, frame: Frame) -> Item:
    if not isinstance(value, dict):
        raise BadReading(f"JSON Feed: an item is a {type(value).__name__}, not an object")
    guid = _identity(value.get("id"))
    fields, profile = Fields(value), frame.profile
    moments, notes = Moments(profile), Notes(profile)
    published = _date(fields, "date_published", moments, profile)
    modified = _date(fields, "date_modified", moments, profile)
    summary = fields.text("summary")
    bodies, words = choose(fields, frame.base, notes, words=frame.context.words)
    has_body = bool(words.copy.blocks) if frame.context.words else bool(bodies)
    title, tags = fields.text("title"), _tags(fields)
    names = tuple(_names(value)) or frame.names
    link = web_address(fields.string("url", "external_url"), frame.base)
    language, latest = fields.string("language"), _first_read(modified, published)
    associations = media.associations(fields, frame.base)
    _remark_on_future(fields, (latest, published), frame.context)
    holds = (*fields.holds, *notes.holds, *undated(modified, published))
    item = Item(
        provider=profile.id,
        guid=guid,
        feed_id=frame.feed_id,
        link=link,
        version_created=latest,
        first_created=published,
        content_hash="",
        # No status is a feed's normal state.
        pub_status=PubStatus.usable,
        hold_reason=tuple(dict.fromkeys(holds)),
        headlines=(Headline(value=title),) if title else (),
        keywords=tags,
        by=", ".join(names) or None,
        bylines=tuple([Byline(name=name) for name in names]),
        language=language or frame.language,
        descriptions=(Description(value=summary),) if summary else (),
        bodies=bodies,
        body_kind=_body_kind(summary, has_body=has_body),
        copy=words.copy,
        subjects=tuple([Concept(literal=tag, name=tag) for tag in tags]),
        associations=associations,
        info_sources=(frame.publisher,) if frame.publisher else (),
        raw_ref=frame.raw,
        format=frame.name,
        repairs=tuple(dict.fromkeys((*moments.repairs, *notes.repairs))),
        warnings=(*fields.remarks, *notes.remarks),
    )
    return seal(item)


def _identity(value: object) -> str:
    """The id; a number becomes a string, and an item without one must be discarded (the
    specification, Suggestions for Feed Readers): it could never be updated."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    guid = string(value)
    if guid is None:
        raise BadReading("JSON Feed: an item without an id; the specification says to discard it")
    if len(guid) > LONGEST_ID:
        raise BadReading(f"JSON Feed: an id of {len(guid)} characters: more than {LONGEST_ID}")
    return guid


def _guid_of(value: object) -> str | None:
    found = string(value.get("id")) if isinstance(value, dict) else None
    return found[:LONGEST_ID] if found else None


def _names(value: dict[str, object]) -> Iterator[str]:
    """``authors``, else the one ``author`` of 1.0; of each its name."""
    authors = objects(value.get("authors"))
    named = [name for author in authors if (name := string(author.get("name")))]
    yield from dict.fromkeys(named or [name for name in [_author(value.get("author"))] if name])


def _author(value: object) -> str | None:
    """The name of an author; some send it alone."""
    return string(value.get("name")) if isinstance(value, dict) else string(value)


def _tags(fields: Fields) -> tuple[str, ...]:
    value = fields.get("tags")
    if value is None:
        return ()
    members = value[:MOST_MEMBERS] if isinstance(value, list) else [value]
    found = [(member, string(member)) for member in members]
    for member, tag in found:
        if tag is None and not isinstance(member, str):
            fields.wrong("tags", member)
    return tuple(dict.fromkeys(tag for _, tag in found if tag))


def _date(fields: Fields, name: str, moments: Moments, profile: Profile) -> Moment | None:
    """RFC 3339; one in RSS's grammar is read as that, and remarked on."""
    found = fields.moment(name, moments)
    if found is None or found.precision is not Precision.none:
        return found
    other = moment.rfc822(found.raw, profile.zone_rules)
    if other.precision is Precision.none:
        return found
    fields.remarks.append(Remark(code="date-grammar", path=name, detail=found.raw[:200]))
    return other


def _first_read(*dates: Moment | None) -> Moment | None:
    """The first date that gives an instant, else the first that is there."""
    sent = [date for date in dates if date is not None]
    return next((date for date in sent if date.instant is not None), next(iter(sent), None))


def _body_kind(summary: str | None, *, has_body: bool) -> BodyKind:
    if has_body:
        return BodyKind.full
    return BodyKind.summary if summary else BodyKind.none


def _remark_on_future(fields: Fields, dates: tuple[Moment | None, ...], context: Context) -> None:
    """A date to come is not an embargo by the format's word; it is worth telling."""
    for found in dates:
        if found is not None and found.instant and found.instant > context.received:
            fields.remarks.append(Remark(code="future-date", detail=found.raw[:200]))
            return


FORMAT = Format(name="json-feed", claims=claims, read=read, document="json")
