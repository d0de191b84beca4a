"""Where the facts of an AP Media API item lie (AP Media API 2.2, schema of ``contentitem``)."""

from collections.abc import Iterator
from collections.abc import Mapping

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _ninjs_parts
from copytaster.formats import _nitf_parts
from copytaster.formats import _status
from copytaster.formats._json_values import decimal
from copytaster.formats._json_values import objects
from copytaster.formats._json_values import string
from copytaster.formats._moments import Moments
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._ninjs_fields import whole
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadReading
from copytaster.formats._untold import untold
from copytaster.item import AltId
from copytaster.item import Association
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import Headline
from copytaster.item import PubStatus
from copytaster.item import Rendition
from copytaster.item import Signal
from copytaster.item import Source

_NEWS_CONTENT = "newscontent"
_CATEGORY = "category"
_NOTES_FOR_READERS = "editornotes"
_MAKERS = ("photographer", "producer")


def itemid(value: object) -> str | None:
    """``altids.itemid``: one for all versions of a story."""
    altids = value.get("altids") if isinstance(value, dict) else None
    found = altids.get("itemid") if isinstance(altids, dict) else None
    return string(found)


def identity(value: object) -> str:
    """The id of a story's chain of versions. Raises BadReading: without it nothing could be
    updated or recalled."""
    found = itemid(value)
    if found is None:
        raise BadReading("AP Media API: an item without altids.itemid; ask for the item anew")
    if len(found) > LONGEST_ID:
        raise BadReading(f"AP Media API: an itemid of {len(found)} characters")
    return found


def alt_ids(fields: Fields) -> tuple[AltId, ...]:
    """All ``altids`` (the etag tells one state of the item from another), and its address."""
    uri = fields.string("uri")
    return (*_ninjs_parts.alt_ids(fields), *((AltId(role="uri", value=uri),) if uri else ()))


# --- control ---------------------------------------------------------------------------------


def status(fields: Fields, profile: Profile, inside: Nitf | None = None) -> _status.Status:
    """``pubstatus``; absent is usable, as the schema says. What the NITF document inside says
    of itself can only make it stricter."""
    said = [word if isinstance(word, str) else "" for word in fields.statuses] or ["usable"]
    docdata = inside.docdata if inside is not None else ()
    said += [word for each in docdata if (word := each.get("management-status")) is not None]
    return _status.strictest([_status.status(word, profile) for word in said])


def embargo(
    fields: Fields, moments: Moments, own: _status.Status, inside: Nitf | None = None
) -> Embargo:
    """``embargoed``; else the release of the NITF document inside."""
    found = fields.embargo(moments)
    if found is None and inside is not None:
        issued = moments.iso(inside.fact("date.issue", "norm"))
        return _nitf_parts.embargo(inside, issued, moments, embargoed=own.embargoed)
    return _status.embargo(found, required=own.embargoed)


def ed_note(fields: Fields, inside: Nitf | None) -> str | None:
    """``ednote``, and what the NITF document inside tells editors beside it."""
    own = fields.text("ednote") or ""
    told = (_nitf_parts.ed_note(inside) if inside is not None else None) or ""
    return "\n".join(filter(None, (own, *untold(told.split("\n"), own)))) or None


def kinds(fields: Fields, profile: Profile, inside: Nitf | None = None) -> _status.Kinds:
    """Signals and editorial types.

    AP: content without the signal ``newscontent`` may not be published at any time, so an item
    that does not carry it is an advisory, whether it carries other signals or none: fields
    are returned only where they apply (Publishable Content; Additional Guidelines).
    """
    signals = fields.strings("signals")
    words = [*fields.strings("editorialtypes"), *(_nitf_parts.kinds(inside) if inside else ())]
    if not any(_status.code(signal) == _NEWS_CONTENT for signal in signals):
        words.append(EditorialType.advisory)
    return _status.kinds([Signal(literal=signal) for signal in signals], words, profile)


# --- editorial -------------------------------------------------------------------------------


def headlines(fields: Fields) -> tuple[Headline, ...]:
    """``headline``, ``headline_extended``, ``headline_seo``; else ``title``, which may be
    published as well."""
    found = _ninjs_parts.headlines(fields)
    title = fields.string("title")
    return found or ((Headline(value=title),) if title else ())


def bylines(fields: Fields) -> tuple[Byline, ...]:
    """The authors, and who made a picture or film, in that role."""
    made = [
        Byline(name=name, title=maker.string("title"), role=role)
        for role in _MAKERS
        for maker in fields.members(role)
        if (name := maker.text("name"))
    ]
    return (*_ninjs_parts.bylines(fields), *made)


def by(authors: tuple[Byline, ...]) -> str | None:
    """The authors in one line; makers of pictures stand in the picture's credit."""
    return ", ".join(author.name for author in authors if author.role is None) or None


def descriptions(fields: Fields) -> tuple[Description, ...]:
    """``description_summary``, ``description_caption`` …"""
    found = _ninjs_parts.descriptions(fields)
    return tuple(each for each in found if each.role != _NOTES_FOR_READERS)


# --- classification --------------------------------------------------------------------------


def concepts(fields: Fields, *names: str) -> tuple[Concept, ...]:
    """Terms of AP's vocabularies: ``scheme`` and ``code`` are one URI; the first of ``rels``."""
    found = [_concept(member) for member in objects(fields.get(*names))]
    return tuple(concept for concept in found if concept != Concept())


def _concept(member: Mapping[str, object]) -> Concept:
    scheme, code = string(member.get("scheme")), string(member.get("code"))
    uri = scheme + code if scheme and code and scheme.endswith(("/", "#")) else None
    return Concept(
        uri=uri,
        literal=None if uri else code,
        name=string(member.get("name")),
        rel=next(iter(_rels(member)), None),
        scheme=None if uri else scheme,
        creator=string(member.get("creator")),
        relevance=decimal(member.get("relevance")),
        confidence=decimal(member.get("confidence")),
    )


def _rels(member: Mapping[str, object]) -> Iterator[str]:
    rels = member.get("rels")
    for rel in rels if isinstance(rels, list) else [member.get("rel")]:
        if found := string(rel):
            yield found


def category(fields: Fields) -> str | None:
    """The first of AP's category codes: a letter, as in ANPA 1312."""
    for member in objects(fields.get("subject", "subjects")):
        if _CATEGORY in _rels(member):
            return string(member.get("code"))
    return None


def genres(fields: Fields) -> tuple[Concept, ...]:
    """The ``fixture``: a set of regularly occurring content."""
    found = (
        Concept(literal=member.raw_string("code"), name=member.string("name"))
        for member in fields.members("fixture")
    )
    return tuple(genre for genre in found if genre != Concept())


def sources(fields: Fields) -> tuple[Source, ...]:
    """Who supplied what, and the provider."""
    found = [
        Source(name=member.string("name"), role=member.string("type", "role"))
        for member in fields.members("infosource")
    ]
    provider = fields.string("provider")
    return (*found, *((Source(name=provider, role="provider"),) if provider else ()))


def products(meta: object) -> tuple[str, ...]:
    """The customer's entitlements that the item came under (``meta.products``)."""
    listed = objects(meta.get("products")) if isinstance(meta, dict) else []
    found = (string(product.get("name")) or str(product.get("id") or "") for product in listed)
    return tuple(dict.fromkeys(name for name in found if name))


# --- media -----------------------------------------------------------------------------------


def renditions(fields: Fields) -> tuple[Rendition, ...]:
    """The files of an item, text files among them, by their names."""
    found: list[Rendition] = []
    for member in fields.members("renditions"):
        rendition = _rendition(member)
        if rendition is not None:
            found.append(rendition)
        elif "href" in member:
            fields.wrong("renditions", member.get("href"))
    return tuple(found)


def _rendition(member: Fields) -> Rendition | None:
    sent = member.string("href")
    href = text.safe_href(sent) if sent else None
    if href is None:
        return None
    return Rendition(
        href=href,
        name=member.string("name", "rel"),
        content_type=member.string("mimetype"),
        title=member.string("title"),
        width=whole(member.get("width")),
        height=whole(member.get("height")),
        size_in_bytes=whole(member.get("sizeinbytes")),
        duration=_seconds(member),
        hash=member.string("digest"),
    )


def _seconds(member: Fields) -> float | None:
    """Of a film AP counts milliseconds, of a sound seconds."""
    found = decimal(member.get("duration"))
    return found / 1000 if found is not None and member.string("type") == "video" else found


def associations(fields: Fields, profile: Profile, moments: Moments) -> tuple[Association, ...]:
    """Linked media and stories, each with its own permission: the same rule as for an item."""
    members = fields.members("associations")
    return tuple(_association(member, profile, moments) for member in members)


def _association(member: Fields, profile: Profile, moments: Moments) -> Association:
    texts = {each.role: each.value for each in reversed(descriptions(member))}
    lines, own, kind = headlines(member), status(member, profile), kinds(member, profile)
    return Association(
        name=member.string("name"),
        uri=_altid(member) or member.string("uri"),
        version=member.raw_string("version"),
        type=member.string("type"),
        headline=lines[0].value if lines else None,
        caption=texts.get("caption") or texts.get("summary"),
        byline=", ".join(each.name for each in bylines(member)) or None,
        credit=_ninjs_parts.credit(member),
        copyright_notice=member.string("copyrightnotice"),
        usage_terms=member.strings("usageterms"),
        pub_status=_permission(member, own, kind),
        embargo=_status.embargo(member.embargo(moments), required=own.embargoed),
        expires=member.moment("expires", moments),
        renditions=renditions(member),
    )


def _altid(member: Fields) -> str | None:
    altids = member.get("altids")
    return string(altids.get("itemid")) if isinstance(altids, dict) else None


def _permission(member: Fields, own: _status.Status, kind: _status.Kinds) -> PubStatus:
    """A mere reference says nothing of permission: it is held until its own message comes."""
    found = _status.settle(own.pub_status, kind.types)
    doubtful = bool(member.holds or kind.holds) or EditorialType.advisory in kind.types
    return PubStatus.hold if found is PubStatus.usable and doubtful else found
