"""NITF 3.x: one document, one item. With and without the namespace, with and without its slash.

Two statuses may stand in one document: ``management-status`` speaks of this one,
``management-idref-status`` of the document named by ``management-doc-idref``, which becomes a
target. A document without a status is what the profile says (``missing_status``), by default
held. Source: NITF 3.6 schema; handbook: formats §1.2.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _nitf_parts as parts
from copytaster.formats import _status
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._nitf_body import SELECTION
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._nitf_media import MOST_MEDIA
from copytaster.formats._nitf_media import associations
from copytaster.formats._nitf_media import has_more
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._nitf_rights import rights
from copytaster.formats._scan import local_name
from copytaster.formats._size import oversize
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._words import Words
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import CorrectionText
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.item import Target

_NAMESPACES = (None, "http://iptc.org/std/NITF/2006-10-18/", "http://iptc.org/std/NITF/2006-10-18")

Facts = dict[str, Any]
"""fields of an Item by name; the Item itself checks the names"""


def claims(sniff: Sniff) -> bool:
    """A root ``nitf``: without a namespace (DTD files) or in IPTC's (XSD files)."""
    return sniff.root == "nitf" and sniff.namespace in _NAMESPACES


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and what it is read with."""

    nitf: Nitf
    source: str
    raw: RawRef
    profile: Profile
    moments: Moments
    words: bool


def read(document: text.Xml, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """The one item of the document. Raises Unreadable when the root is not ``nitf``."""
    root = document.root
    if local_name(root) != "nitf":
        raise Unreadable(f"NITF: the root element is {local_name(root)}, not nitf")
    if (told := oversize(root)) is not None:
        raise OverLimit(f"NITF: {told}; ask the sender for a sound copy")
    name = FormatName(name="nitf", version=parts.version(root))
    whole = _Document(
        nitf=Nitf(root),
        source=document.source,
        raw=raw,
        profile=profile,
        moments=Moments(profile),
        words=context.words,
    )
    return Parsed(format=name, items=(_item(whole, name),))


def _item(document: _Document, name: FormatName) -> Item:
    nitf, profile = document.nitf, document.profile
    identity, unnamed = _identity(nitf, document.raw)
    dates = _dates(nitf, document.moments)
    status = _status_of(nitf, profile)
    kinds = _status.kinds((), parts.kinds(nitf), profile)
    words, body = _body(document)
    descriptions, unread = _abstract(nitf)
    undatable = undated(dates["version_created"], dates["content_created"])
    licence, limits = rights(nitf, document.moments, dates["version_created"])
    holds = unnamed + status.holds + kinds.holds + words.holds + undatable + unread + limits
    item = Item(
        provider=profile.id,
        **identity,
        **dates,
        content_hash="",
        pub_status=_status.settle(status.pub_status, kinds.types),
        embargo=parts.embargo(
            nitf, dates["version_created"], document.moments, embargoed=status.embargoed
        ),
        editorial_types=kinds.types,
        partial=_status.partial(kinds.types),
        targets=_targets(nitf, identity["guid"], profile),
        **_notes(nitf),
        **_editorial(nitf, profile),
        descriptions=descriptions,
        **body,
        **_classes(nitf),
        **licence,
        credit=parts.credit(nitf),
        associations=associations(nitf.root, profile),
        hold_reason=tuple(dict.fromkeys(holds)) if holds else (),
        warnings=(*words.remarks, *_remarks(nitf, (*unnamed, *unread))),
        repairs=document.moments.repairs,
        raw_ref=document.raw,
        format=name,
    )
    return seal(item)


def _identity(nitf: Nitf, raw: RawRef) -> tuple[Facts, tuple[str, ...]]:
    """The id, and a hold when there is none: AP sends ``<doc-id regsrc="AP"/>``.

    ``uno`` and ``du-key`` stand in; failing both, the bytes' own hash names the item so that it
    can be looked at, and it is held, since nothing could ever update or kill it.
    """
    key = nitf.fact("du-key", "key")
    found = nitf.fact("doc-id", "id-string") or nitf.root.get("uno", "").strip() or key
    named = bool(found) and len(found or "") <= LONGEST_ID
    number = nitf.fact("du-key", "version") or nitf.fact("du-key", "generation")
    facts = {
        "guid": found if named else f"sha256:{raw.sha256}",
        "alt_ids": parts.alt_ids(nitf),
        "story_chain_id": key,
        "version": number,
        "version_number": _status.number(number),
        "status_raw": nitf.status("management-status"),
    }
    return facts, () if named else ("guid-missing",)


def _dates(nitf: Nitf, moments: Moments) -> Facts:
    return {
        "version_created": moments.iso(nitf.fact("date.issue", "norm")),
        "content_created": moments.iso(parts.story_date(nitf)),
        "content_modified": parts.revised(nitf, moments),
        "expires": moments.iso(nitf.fact("date.expire", "norm")),
    }


def _remarks(nitf: Nitf, holds: tuple[str, ...]) -> Iterator[Remark]:
    for code in holds:
        yield Remark(code=code, path=_PLACES[code])
    if has_more(nitf.root):
        detail = f"all after the first {MOST_MEDIA}"
        yield Remark(code="media-left-out", path="body/body.content/media", detail=detail)
    for name, words in parts.left_out(nitf):
        yield Remark(code=f"{name}-left-out", path=f"body/body.end/{name}", detail=words[:200])


_PLACES = {
    "guid-missing": "head/docdata/doc-id/@id-string",
    "body-unreadable": "body/body.head/abstract",
}


def _status_of(nitf: Nitf, profile: Profile) -> _status.Status:
    """Of several ``docdata``, of which one is allowed, the strictest."""
    words = [docdata.get("management-status") for docdata in nitf.docdata]
    found = [_status.status(word, profile) for word in words if word is not None]
    return _status.strictest(found) if found else _status.missing_status(profile)


def _targets(nitf: Nitf, guid: str, profile: Profile) -> tuple[Target, ...]:
    """The other document this one speaks of. Without a status for it, it is held.

    A document that names itself by its other name is itself.
    """
    named = (nitf.status("management-doc-idref") or "").strip()
    if not named:
        return ()
    itself = named in (nitf.root.get("uno"), nitf.fact("doc-id", "id-string"))
    word = nitf.status("management-idref-status")
    found = PubStatus.hold if word is None else _status.status(word, profile).pub_status
    return (Target(idref=guid if itself else named, new_status=found),)


def _notes(nitf: Nitf) -> Facts:
    """What was wrong is told to editors; NITF has no note on it written for readers."""
    info = nitf.fact("correction", "info")
    return {
        "correction_text": CorrectionText(internal=info) if info else None,
        "replaces": parts.corrected(nitf),
        "ed_note": parts.ed_note(nitf),
        "public_note": parts.public_note(nitf),
    }


def _editorial(nitf: Nitf, profile: Profile) -> Facts:
    place = parts.place(nitf)
    urgency = parts.urgency_raw(nitf)
    return {
        "headlines": parts.hedlines(nitf),
        "slugline": parts.slugline(nitf),
        "keywords": parts.keywords(nitf),
        "by": parts.byline(nitf),
        "bylines": parts.bylines(nitf),
        "dateline": parts.dateline(nitf),
        "located": place.city if place else None,
        "dateline_detail": place,
        "language": parts.language(nitf),
        "title": next(filter(None, map(parts.characters, nitf.head.get("title", ()))), None),
        "urgency": parts.urgency(urgency),
        "urgency_raw": urgency,
    }


def _abstract(nitf: Nitf) -> tuple[tuple[Description, ...], tuple[str, ...]]:
    """The summaries, and a hold when one is beyond the limits of a text."""
    try:
        return parts.abstract(nitf), ()
    except text.OverLimit:
        return (), ("body-unreadable",)


def _body(document: _Document) -> tuple[Words, Facts]:
    nitf, source, profile = document.nitf, document.source, document.profile
    words = nitf_words(nitf.root, source, (0, len(source)), profile, words=document.words)
    if words.span is None:
        return words, {}
    value = source[slice(*words.span)]
    body = Body(
        value=value,
        content_type="application/nitf+xml",
        selector=profile.body_selector or SELECTION[-1],
        word_count=parts.word_count(nitf),
        sha256=hashlib.sha256(value.encode()).hexdigest(),
    )
    has_words = words.copy.blocks or not document.words
    kind = BodyKind.full if has_words else BodyKind.none
    return words, {"bodies": (body,), "body_kind": kind, "copy": words.copy}


def _classes(nitf: Nitf) -> Facts:
    facts: Facts = {
        "subjects": parts.subjects(nitf),
        "genres": parts.genres(nitf),
        "places": parts.places(nitf),
        "anpa_category": nitf.told("anpa-category"),
        "selector_codes": parts.selectors(nitf),
        "services": tuple(filter(None, [nitf.told("service", "anpa-service")])),
        "info_sources": parts.info_sources(nitf),
    }
    if "identified-content" in nitf.doc:
        facts["people"] = parts.identified(nitf, "person")
        facts["organisations"] = parts.identified(nitf, "org")
        facts["events"] = parts.identified(nitf, "event")
        facts["objects"] = parts.identified(nitf, "object.title")
    return facts


FORMAT = Format(name="nitf", claims=claims, read=read)
