"""NewsML 1.0 to 1.2: documents of one news item or of many, each with text, pictures, or both.

An item is whole (``Update="N"``), a patch on its previous revision (``"U"``) or new management
for it (``"A"``); one that brings nothing but ``Identification`` and ``NewsManagement`` is that
too, whatever its revision. The standard has no default status. Source: NewsML 1.2 DTD with its
comments; handbook: formats §1.2, §1.4, §2.
"""

from itertools import islice

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _newsml1_lines as lines
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._newsml1_body import Sources
from copytaster.formats._newsml1_dates import moment
from copytaster.formats._newsml1_editorial import editorial
from copytaster.formats._newsml1_editorial import pictures
from copytaster.formats._newsml1_editorial import remarks
from copytaster.formats._newsml1_editorial import rights
from copytaster.formats._newsml1_facts import Document
from copytaster.formats._newsml1_facts import Envelope
from copytaster.formats._newsml1_facts import dates
from copytaster.formats._newsml1_facts import facts_of
from copytaster.formats._newsml1_facts import item_type
from copytaster.formats._newsml1_facts import partial
from copytaster.formats._newsml1_identity import Identity
from copytaster.formats._newsml1_identity import identity
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_topics import Topics
from copytaster.formats._scan import local_name
from copytaster.formats._size import oversize
from copytaster.formats._types import BadReading
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import no_more_than_allowed
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import RawRef

MOST_PARTS = 10_000
"""Components and contents of one item."""

_PARTS = ("{*}NewsComponent", "{*}ContentItem")
_NAMESPACES = ("http://iptc.org/std/NewsML/", "http://www.iptc.org/std/NewsML/")


def claims(sniff: Sniff) -> bool:
    """A root ``NewsML``: without a namespace, as the DTDs have it, or in IPTC's."""
    if sniff.root != "NewsML":
        return False
    return sniff.namespace is None or sniff.namespace.startswith(_NAMESPACES)


def read(document: text.Xml, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of a document. Raises Unreadable when it is not NewsML, or holds nothing."""
    root = document.root
    if local_name(root) != "NewsML":
        raise Unreadable(f"NewsML 1: the root element is {local_name(root)[:60]}, not NewsML")
    members = no_more_than_allowed(e for e in root.iter("{*}NewsItem") if _is_item(e))
    name = FormatName(name="newsml-1", version=root.get("Version", "").strip() or None)
    top = Part(root)
    if not members:
        return Parsed(format=name, aside=_without_items(top))
    shared = Document(
        sources=Sources(document),
        topics=Topics(root),
        envelope=_envelope(top.part("NewsEnvelope"), profile),
        name=name,
        raw=raw,
        profile=profile,
        words=context.words,
    )
    return _read_all(members, shared)


def _is_item(element: etree._Element) -> bool:
    """Not an item quoted inside the content of another."""
    return next(element.iterancestors("{*}DataContent"), None) is None


def _without_items(top: Part) -> tuple[SetAside, ...]:
    """A document may carry vocabularies alone."""
    for name, code in (("TopicSet", "topic-set"), ("Catalog", "catalog")):
        if top.children.get(name):
            return (SetAside(guid=None, code=code, detail=name),)
    raise Unreadable("NewsML 1: no NewsItem in the document; ask the sender for the item")


def _envelope(block: Part, profile: Profile) -> Envelope:
    services = (*block.formals("NewsService"), *block.formals("NewsProduct"))
    parties = (party for place in block.parts("SentTo") for party in place.formals("Party"))
    return Envelope(
        sent=moment(Moments(profile), block.text("DateAndTime")),
        transmit_id=block.text("TransmissionId"),
        priority=block.formal("Priority"),
        services=tuple(dict.fromkeys(services)),
        destinations=tuple(dict.fromkeys(parties)),
    )


def _read_all(members: list[etree._Element], shared: Document) -> Parsed:
    found = each(
        members,
        lambda index, member: _member(index, member, shared),
        lambda member: identity(Part(member), shared.profile).guid,
    )
    return Parsed(format=shared.name, items=found.items, aside=found.aside, failed=found.failed)


def _member(index: int, member: etree._Element, shared: Document) -> Item | SetAside:
    part = Part(member)
    mine = identity(part, shared.profile)
    if part.children.get("TopicSet") and not part.children.get("NewsComponent"):
        return SetAside(guid=mine.guid, code="topic-set", detail="TopicSet")
    return _item(part, mine, index, shared)


# --- one item ------------------------------------------------------------------------------------


def _check_size(item: etree._Element) -> None:
    """Refuse an item of more parts than any story has, before they are taken apart."""
    if next(islice(item.iter(*_PARTS), MOST_PARTS, None), None) is not None:
        raise BadReading(f"NewsML 1: more than {MOST_PARTS} components and contents in one item")
    if (told := oversize(item)) is not None:
        raise BadReading(f"NewsML 1: {told}")


def _item(part: Part, mine: Identity, index: int, shared: Document) -> Item:
    _check_size(part.element)
    if not part.children.get("Identification") and not part.children.get("NewsManagement"):
        raise BadReading("NewsML 1: a NewsItem without Identification and without NewsManagement")
    facts = facts_of(part, mine, shared)
    control, words = facts.control, facts.read.words
    created, first, written = dates(facts)
    licence, limits = rights(facts, created)
    unnamed = () if mine.guid is not None else ("guid-missing",)
    undatable = undated(created, first, written)
    holds = (*unnamed, *control.holds, *words.holds, *undatable, *limits)
    item = Item(
        provider=shared.profile.id,
        guid=mine.guid or f"sha256:{shared.raw.sha256}:{index}",
        alt_ids=mine.alt_ids + lines.file_names(facts.way) + control.names,
        item_class=part.part("NewsManagement").formal("NewsItemType"),
        type=item_type(facts),
        version=mine.version,
        version_number=mine.version_number,
        previous_version=mine.previous,
        version_created=created,
        first_created=first,
        content_created=written,
        content_hash="",
        pub_status=control.pub_status,
        status_raw=control.status_raw,
        embargo=control.embargo,
        expires=control.expires,
        editorial_types=control.kinds.types,
        partial=partial(facts),
        targets=control.targets,
        **editorial(facts, shared),
        bodies=facts.read.bodies,
        body_kind=facts.read.kind,
        copy=words.copy,
        **licence,
        **pictures(facts, shared),
        **msgspec.structs.asdict(shared.envelope),
        hold_reason=tuple(dict.fromkeys(holds)),
        warnings=tuple(remarks(facts, unnamed)),
        repairs=tuple(dict.fromkeys((*facts.moments.repairs, *words.repairs))),
        raw_ref=shared.raw,
        format=shared.name,
    )
    return seal(item)


FORMAT = Format(name="newsml-1", claims=claims, read=read)
