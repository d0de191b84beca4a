"""The parts of a digitalwires entry that are neither its text, its notes nor its categories."""

import re
from collections.abc import Iterator
from html import unescape

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._dw_categories import Categories
from copytaster.formats._dw_categories import resolved
from copytaster.formats._g2_meta import local
from copytaster.formats._json_values import decimal
from copytaster.formats._json_values import string
from copytaster.formats._moments import Moments
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._ninjs_fields import whole
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadReading
from copytaster.formats._words import field
from copytaster.item import Association
from copytaster.item import Description
from copytaster.item import Headline
from copytaster.item import PubStatus
from copytaster.item import Rendition
from copytaster.item import Signal

MOST_MEDIA = 200
_ANCHOR = re.compile(r"<a\s([^<>]*+)>([^<]*+)", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE)
_KINDS = {
    "image": "picture",
    "picture": "picture",
    "graphic": "graphic",
    "infographic": "graphic",
    "audio": "audio",
    "video": "video",
}


def identity(value: dict[str, object]) -> str:
    """The ``urn``, one for all versions. Raises BadReading: without it nothing could be
    updated or withdrawn."""
    found = string(value.get("urn"))
    if found is None:
        raise BadReading("digitalwires: an entry without urn; ask for the entry anew")
    if len(found) > LONGEST_ID:
        raise BadReading(f"digitalwires: a urn of {len(found)} characters")
    return found


# --- control ---------------------------------------------------------------------------------


def status(fields: Fields, categories: Categories, profile: Profile) -> _status.Status:
    """The strictest of ``pubstatus`` and the categories that repeat it.

    Null says nothing, and no standard says what nothing means: the profile may.
    """
    said = [word if isinstance(word, str) else "" for word in fields.statuses]
    said += categories.codes("pubstatus")
    if not said:
        return _status.missing_status(profile)
    return _status.strictest([_status.status(word, profile) for word in said])


def signals(fields: Fields, categories: Categories) -> tuple[Signal, ...]:
    """``signal``, and the categories of that type, each once."""
    words = dict.fromkeys((*fields.strings("signal", "signals"), *categories.codes("signal")))
    return tuple(Signal(uri=resolved(word), literal=word) for word in words)


def nature(fields: Fields, *, has_text: bool) -> str:
    """Every entry is a ``composite``: one with an article is a text, else it is what it brings."""
    said = (fields.text("type") or "composite").lower()  # of a wrong type it holds
    if said not in _KINDS and said not in ("composite", "text"):
        fields.holds.append("type-unknown")
        return said
    if has_text or said == "text":
        return "text"
    found = (_KINDS.get(member.string("type") or "") for member in fields.members("associations"))
    return _KINDS.get(said) or next((kind for kind in found if kind), "text")


# --- editorial -------------------------------------------------------------------------------


def headlines(fields: Fields) -> tuple[Headline, ...]:
    named = ((None, "headline"), ("subhead", "subhead"), ("kicker", "kicker"))
    return tuple(
        Headline(value=value, role=role) for role, name in named if (value := fields.text(name))
    )


def descriptions(fields: Fields) -> tuple[Description, ...]:
    """The teaser, and of a picture its captions."""
    teaser = fields.text("teaser")
    captions = (
        Description(value=value, role=local(member.string("role")))
        for member in fields.members("descriptions")
        if (value := member.text("description"))
    )
    return (*([Description(value=teaser, role="teaser")] if teaser else []), *captions)


# --- media -----------------------------------------------------------------------------------


def associations(fields: Fields, profile: Profile, moments: Moments) -> tuple[Association, ...]:
    """Media beside the text, each with its own permission, and the links of the link box."""
    found = [_association(m, profile, moments) for m in fields.members("associations")]
    return (*found[:MOST_MEDIA], *_links(fields))


def _association(member: Fields, profile: Profile, moments: Moments) -> Association:
    said = [word if isinstance(word, str) else "" for word in member.statuses]
    own = [_status.status(word, profile) for word in said]
    status = _status.strictest(own) if own else _status.missing_status(profile)
    kind = member.string("type")
    return Association(
        role="feature" if member.get("is_featureimage") is True else None,
        uri=member.string("urn"),
        version=member.raw_string("version"),
        type=_KINDS.get((kind or "").lower(), kind),
        headline=member.text("headline"),
        caption=member.text("caption"),
        byline=member.text("byline"),
        credit=member.text("creditline"),
        copyright_notice=member.string("copyrightnotice"),
        usage_terms=member.strings("usageterms"),
        embargo=_status.embargo(member.embargo(moments), required=status.embargoed),
        renditions=_renditions(member),
        pub_status=PubStatus.hold if member.holds else status.pub_status,
    )


def _renditions(member: Fields) -> tuple[Rendition, ...]:
    found = (_rendition(form) for form in member.members("renditions"))
    return tuple(rendition for rendition in found if rendition is not None)


def _rendition(form: Fields) -> Rendition | None:
    href = text.safe_href(form.string("url") or "")
    if href is None:
        return None
    return Rendition(
        href=href,
        name=form.string("role"),
        content_type=form.string("mimetype"),
        width=whole(form.get("width")),
        height=whole(form.get("height")),
        duration=decimal(form.get("duration")),
    )


def renditions(guid: str, found: tuple[Association, ...]) -> tuple[Rendition, ...]:
    """Of a picture's own entry: the forms of the association that is the picture itself."""
    return next((each.renditions for each in found if each.uri == guid), ())


def _links(fields: Fields) -> Iterator[Association]:
    """Pages the agency points to beside the text (``linkbox_html``): their addresses, and the
    words of each link up to the first tag inside it."""
    for attributes, words in _ANCHOR.findall(fields.text("linkbox_html") or "")[:MOST_MEDIA]:
        found = _HREF.search(attributes)
        href = text.safe_href(unescape(found[1] or found[2] or "")) if found else None
        if href is not None:
            yield Association(role="seeAlso", uri=href, headline=field(unescape(words)))
