"""Pictures, sounds and films of a JSON Feed's item, each with its own status.

An attachment's title is its name: attachments that bear the same one are forms of one thing
(JSON Feed 1.1, Attachments). Nothing here has permission from its item.
"""

from collections.abc import Iterator

from copytaster.formats._feed_item import web_address
from copytaster.formats._json_values import decimal
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._ninjs_fields import whole
from copytaster.item import Association
from copytaster.item import Remark
from copytaster.item import Rendition

MOST_MEDIA = 200
_NAMES = ("image", "banner_image", "external_url", "attachments")
_KINDS = {"image": "picture", "video": "video", "audio": "audio"}


def associations(fields: Fields, base: str | None) -> tuple[Association, ...]:
    """The picture, the banner, the page elsewhere, and the attachments."""
    if not any(name in fields for name in _NAMES):
        return ()
    found = (*_pictures(fields, base), *_elsewhere(fields, base), *_attachments(fields, base))
    if len(found) > MOST_MEDIA:
        detail = f"all after the first {MOST_MEDIA}"
        fields.remarks.append(Remark(code="media-left-out", detail=detail))
    return found[:MOST_MEDIA]


def _pictures(fields: Fields, base: str | None) -> Iterator[Association]:
    for name, role in (("image", "main"), ("banner_image", "banner")):
        href = web_address(fields.string(name), base)
        if href is not None:
            yield Association(type="picture", role=role, renditions=(Rendition(href=href),))


def _elsewhere(fields: Fields, base: str | None) -> Iterator[Association]:
    """What an item with a page of its own talks about (``external_url``)."""
    if "url" in fields and (uri := web_address(fields.string("external_url"), base)):
        yield Association(role="external", uri=uri)


def _attachments(fields: Fields, base: str | None) -> Iterator[Association]:
    """Grouped by title, in the order of the first of each; those without one stand alone."""
    groups: dict[object, list[Rendition]] = {}
    for index, member in enumerate(fields.members("attachments")):
        rendition = _rendition(member, base)
        if rendition is not None:
            groups.setdefault(rendition.title or index, []).append(rendition)
        fields.remarks += member.remarks
    for forms in groups.values():
        yield Association(type=_kind(forms[0]), headline=forms[0].title, renditions=tuple(forms))


def _rendition(member: Fields, base: str | None) -> Rendition | None:
    href = web_address(member.string("url"), base)
    if href is None:
        return None
    return Rendition(
        href=href,
        content_type=member.string("mime_type"),
        title=member.string("title"),
        size_in_bytes=whole(member.get("size_in_bytes")),
        duration=decimal(member.get("duration_in_seconds")),
    )


def _kind(rendition: Rendition) -> str | None:
    family = (rendition.content_type or "").partition("/")[0].strip().lower()
    return _KINDS.get(family)
