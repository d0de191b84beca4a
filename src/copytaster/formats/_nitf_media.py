"""Pictures and other media of an NITF body, each beside the text and with its own permission."""

from itertools import islice

from lxml import etree

from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._children import children
from copytaster.formats._words import all_characters
from copytaster.formats._words import field
from copytaster.item import Association
from copytaster.item import Rendition

MOST_MEDIA = 200
_TYPES = {"image": "picture", "photo": "picture", "graphic": "graphic"}
_CREDITS = ("credit", "source-credit")
_TERMS = ("usage", "usage-terms", "usageterms", "instructions", "restrictions")


def associations(root: etree._Element, profile: Profile) -> tuple[Association, ...]:
    """Each ``media`` of the document, with the caption that belongs to it and not to the text.

    Of more than ``MOST_MEDIA`` only the first.
    """
    found = islice(root.iter(_MEDIA), MOST_MEDIA)
    return tuple(_media(element, profile) for element in found)


def has_more(root: etree._Element) -> bool:
    """Whether the document has more media than are kept."""
    return next(islice(root.iter(_MEDIA), MOST_MEDIA, None), None) is not None


def _media(element: etree._Element, profile: Profile) -> Association:
    """NITF says nothing of a picture's status, and the story's own never stands for it."""
    kind = element.get("media-type", "").strip().lower()
    parts = children(element)
    references = parts.get("media-reference", [])
    told = {m.get("name", "").strip().lower(): m.get("value") for m in element.iter(_METADATA)}
    status = _status.missing_status(profile)
    return Association(
        role="media",
        uri=next(filter(None, (field(e.get("id")) for e in (element, *references))), None),
        type=_TYPES.get(kind, kind or None),
        caption=_lines(parts.get("media-caption", [])),
        alt_text=_first([reference.get("alternate-text") for reference in references]),
        byline=_lines(parts.get("media-producer", [])),
        credit=_first(
            [*(r.get("source-credit") for r in references), *(told.get(n) for n in _CREDITS)]
        ),
        copyright_notice=_first([*(r.get("copyright") for r in references), told.get("copyright")]),
        usage_terms=tuple(filter(None, (field(told.get(name)) for name in _TERMS))),
        pub_status=status.pub_status,
        hold_reason=status.holds,
        renditions=tuple(_rendition(r) for r in references if (r.get("source") or "").strip()),
    )


_MEDIA = "{*}media"
_METADATA = "{*}media-metadata"


def _lines(elements: list[etree._Element]) -> str | None:
    return "\n".join(filter(None, (field(all_characters(e)) for e in elements))) or None


def _first(values: list[str | None]) -> str | None:
    return next(filter(None, map(field, values)), None)


def _rendition(reference: etree._Element) -> Rendition:
    return Rendition(
        href=reference.get("source", "").strip(),
        name=reference.get("name"),
        content_type=reference.get("mime-type"),
        width=_status.number(reference.get("width")),
        height=_status.number(reference.get("height")),
    )
