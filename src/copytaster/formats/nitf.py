"""NITF 3.x: one document, one item. With and without the namespace, with and without its slash.

Two statuses may stand in one document: ``management-status`` speaks of this one,
``management-idref-status`` of the document named by ``management-doc-idref``, which becomes a
target. A document without a status is what the profile says (``missing_status``), by default
held. Source: NITF 3.6 schema; handbook: formats §1.2.
"""

import hashlib
from collections.abc import Iterator

from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _nitf_parts as parts
from copytaster.formats import _status
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._nitf_body import SELECTION
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._words import Words
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import CorrectionText
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.item import Target

_NAMESPACES = (None, "http://iptc.org/std/NITF/2006-10-18/", "http://iptc.org/std/NITF/2006-10-18")


def claims(sniff: Sniff) -> bool:
    """A root ``nitf``: without a namespace (DTD files) or in IPTC's (XSD files)."""
    return sniff.root == "nitf" and sniff.namespace in _NAMESPACES


def read(document: text.Xml, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """The one item of the document. Raises Unreadable when the root is not ``nitf``."""
    root = document.root
    if etree.QName(root).localname != "nitf":
        raise Unreadable(f"NITF: the root element is {etree.QName(root).localname}, not nitf")
    name = FormatName(name="nitf", version=parts.version(root))
    return Parsed(format=name, items=(_item(root, document.source, raw, profile, name),))


def _item(
    root: etree._Element, source: str, raw: RawRef, profile: Profile, name: FormatName
) -> Item:
    doc = parts.docdata(root)
    moments = Moments(profile)
    guid, unnamed = _identity(root, doc, raw)
    status = _status_of(doc, profile)
    kinds = _status.kinds((), parts.kinds(root, doc), profile)
    body, kind, words = _body(root, source, profile)
    issued = moments.iso(parts.attribute(doc, "date.issue", "norm"))
    number = parts.attribute(doc, "du-key", "version")
    written = moments.iso(parts.story_date(root))
    holds = unnamed + status.holds + kinds.holds + words.holds + undated(issued, written)
    item = Item(
        provider=profile.id,
        guid=guid,
        alt_ids=parts.alt_ids(root, doc),
        story_chain_id=parts.attribute(doc, "du-key", "key"),
        type="text",
        version=number,
        version_number=_status.number(number),
        version_created=issued,
        content_created=written,
        content_hash="",
        pub_status=_status.settle(status.pub_status, kinds.types),
        status_raw=doc.get("management-status"),
        embargo=parts.embargo(doc, issued, moments, embargoed=status.embargoed),
        expires=moments.iso(parts.attribute(doc, "date.expire", "norm")),
        editorial_types=kinds.types,
        partial=_status.partial(kinds.types),
        targets=_targets(doc, profile),
        replaces=parts.corrected(doc),
        correction_text=_correction(doc),
        headlines=parts.headlines(root),
        slugline=parts.slugline(root, doc),
        keywords=parts.keywords(doc),
        by=parts.by(root),
        bylines=parts.bylines(root),
        dateline=parts.dateline(root),
        located=parts.located(root),
        dateline_detail=parts.place(root),
        language=parts.language(root) or profile.language,
        ed_note=parts.ed_note(root, doc),
        public_note=parts.public_note(root),
        descriptions=parts.abstract(root),
        title=parts.title(root),
        urgency=parts.urgency(root),
        urgency_raw=parts.urgency_raw(root),
        bodies=body,
        body_kind=kind,
        copy=words.copy,
        subjects=parts.subjects(root),
        genres=parts.genres(root),
        anpa_category=parts.meta(root, "anpa-category"),
        selector_codes=parts.selectors(root),
        copyright_holder=parts.copyright_holder(root, doc),
        usage_terms=parts.usage_terms(root, doc),
        restrictions=parts.restrictions(doc),
        credit=parts.credit(root),
        associations=parts.associations(root),
        info_sources=parts.info_sources(doc),
        services=parts.services(root),
        hold_reason=tuple(dict.fromkeys(holds)),
        warnings=(*words.remarks, *_remarks(root, unnamed)),
        repairs=moments.repairs,
        raw_ref=raw,
        format=name,
    )
    return seal(item)


def _identity(
    root: etree._Element, doc: etree._Element, raw: RawRef
) -> tuple[str, tuple[str, ...]]:
    """The id, and a hold when there is none: AP sends ``<doc-id regsrc="AP"/>``.

    ``uno`` and ``du-key`` stand in; failing both, the bytes' own hash names the item so that it
    can be looked at, and it is held, since nothing could ever update or kill it.
    """
    found = (
        parts.attribute(doc, "doc-id", "id-string")
        or root.get("uno", "").strip()
        or parts.attribute(doc, "du-key", "key")
    )
    if found and len(found) <= LONGEST_ID:
        return found, ()
    return f"sha256:{raw.sha256}", ("guid-missing",)


def _remarks(root: etree._Element, holds: tuple[str, ...]) -> Iterator[Remark]:
    if holds:
        yield Remark(code="guid-missing", path="head/docdata/doc-id/@id-string")
    tagline = parts.tagline(root)
    if tagline is not None:
        yield Remark(code="tagline-left-out", path="body/body.end/tagline", detail=tagline[:200])


def _status_of(doc: etree._Element, profile: Profile) -> _status.Status:
    word = doc.get("management-status")
    return _status.missing_status(profile) if word is None else _status.status(word, profile)


def _targets(doc: etree._Element, profile: Profile) -> tuple[Target, ...]:
    """The other document this one speaks of. Without a status for it, it is held."""
    named = doc.get("management-doc-idref", "").strip()
    if not named:
        return ()
    word = doc.get("management-idref-status")
    found = PubStatus.hold if word is None else _status.status(word, profile).pub_status
    return (Target(idref=named, new_status=found),)


def _correction(doc: etree._Element) -> CorrectionText | None:
    """What was wrong, as told to editors; NITF has no note written for readers."""
    info = parts.attribute(doc, "correction", "info")
    return CorrectionText(internal=info) if info else None


def _body(
    root: etree._Element, source: str, profile: Profile
) -> tuple[tuple[Body, ...], BodyKind, Words]:
    words = nitf_words(root, source, (0, len(source)), profile)
    if words.span is None:
        return (), BodyKind.none, words
    value = source[slice(*words.span)]
    body = Body(
        value=value,
        content_type="application/nitf+xml",
        selector=profile.body_selector or SELECTION[-1],
        sha256=hashlib.sha256(value.encode()).hexdigest(),
    )
    return (body,), BodyKind.full if words.copy.blocks else BodyKind.none, words


FORMAT = Format(name="nitf", claims=claims, read=read)
