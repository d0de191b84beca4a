"""What stands beside a G2 item: links, renditions, and the groups of a package."""

from collections.abc import Iterator
from collections.abc import Sequence

from lxml import etree

from copytaster.formats import _status
from copytaster.formats._catalog import Catalog
from copytaster.formats._children import Children
from copytaster.formats._children import below
from copytaster.formats._children import children
from copytaster.formats._g2_control import status_words
from copytaster.formats._g2_meta import Meta
from copytaster.formats._g2_meta import characters
from copytaster.formats._g2_meta import is_constrained
from copytaster.formats._g2_meta import local
from copytaster.formats._g2_meta import relation_of
from copytaster.formats._g2_meta import role_of
from copytaster.formats._g2_parts import decimal
from copytaster.item import Association
from copytaster.item import Group
from copytaster.item import GroupRef
from copytaster.item import Rendition
from copytaster.text import safe_href

_PREVIOUS = "previousversion"
_REPLACES = frozenset({"replaces", "supersedes"})
_REPLACED_BY = frozenset({"replacedby", "isreplacedby", "supersededby", "issupersededby"})
"""the names of both relations in Dublin Core's terms and in the trade's, whatever their scheme"""
_KIN = ("deliverableOf", "memberOf", "derivedFrom", "instanceOf")
_NO_CATALOG = Catalog()


def links(meta: Meta) -> tuple[Association, ...]:
    """Links to other items and pages, and what the item belongs to, with the relation."""
    found = [_link(element, relation_of(element)) for element in meta.public("link")]
    for relation in _KIN:
        found += [_link(element, relation) for element in meta.public(relation)]
    return tuple(link for link in found if link is not None)


def _link(element: etree._Element, relation: str | None) -> Association | None:
    target = element.get("residref") or element.get("guidref") or element.get("href")
    target = target or element.get("uri") or element.get("qcode")
    if not target:
        return None
    titles = children(element).get("title", ()) if len(element) else ()
    return Association(
        role=relation,
        uri=target,
        version=element.get("version"),
        headline=next(filter(None, map(characters, titles)), None),
    )


def canonical(meta: Meta) -> str | None:
    """The agency's own address of the story."""
    for element in meta.public("link"):
        if relation_of(element) == "canonical":
            return safe_href(element.get("href", ""))
    return None


def previous(meta: Meta) -> str | None:
    """The version that a link in the relation ``previousVersion`` names."""
    for element in meta.all("link"):
        if (relation_of(element) or "").lower() == _PREVIOUS:
            return element.get("version")
    return None


def replaces(meta: Meta) -> tuple[str, ...]:
    """The items that this one takes the place of."""
    return _in_relation(meta, _REPLACES)


def replaced_by(meta: Meta) -> str | None:
    """The item that takes this one's place; the first, where several are named."""
    return next(iter(_in_relation(meta, _REPLACED_BY)), None)


def _in_relation(meta: Meta, relations: frozenset[str]) -> tuple[str, ...]:
    named = (
        element.get("residref") or element.get("guidref") or element.get("uri")
        for element in meta.all("link")
        if (relation_of(element) or "").lower() in relations
    )
    return tuple(dict.fromkeys(filter(None, named)))


def renditions(contents: Sequence[etree._Element]) -> tuple[Rendition, ...]:
    """Remote renditions that may be fetched and shown; a signal on one is a limit nobody set."""
    return tuple(
        _rendition(element)
        for element in contents
        if element.get("href") and not is_constrained(element) and "signal" not in children(element)
    )


def _rendition(element: etree._Element) -> Rendition:
    kind = element.get("rendition") or ""
    return Rendition(
        href=element.get("href", ""),
        name=kind.partition(":")[2] or local(element.get("renditionuri")) or kind or None,
        content_type=element.get("contenttype"),
        width=_status.number(element.get("width")),
        height=_status.number(element.get("height")),
        size_in_bytes=_status.number(element.get("size")),
        duration=decimal(element.get("duration")),
    )


# --- packages ------------------------------------------------------------------------------------


def groups(item: Children) -> tuple[Group, ...]:
    """A package's groups; a reference's status is a hint, the item's own wins."""
    return tuple(map(_group, below(item.get("groupSet", ()), "group")))


def _group(element: etree._Element) -> Group:
    parts = children(element)
    return Group(
        id=element.get("id", ""),
        role=role_of(element),
        mode=local(element.get("mode") or element.get("modeuri")) or "bag",
        refs=tuple(_refs(parts.get("itemRef", ()))),
        groups=tuple(ref.get("idref", "") for ref in parts.get("groupRef", ())),
    )


def _refs(found: Sequence[etree._Element]) -> Iterator[GroupRef]:
    for ref in found:
        uri = ref.get("residref") or ref.get("guidref") or ref.get("href")
        if uri is not None:
            meta = Meta(ref, _NO_CATALOG)
            element = meta.first("itemClass")
            yield GroupRef(
                uri=uri,
                version=ref.get("version"),
                item_class=None if element is None else _class(element),
                pub_status=_status.known(next(iter(status_words(meta)), "")),
                headline=meta.text("headline") or meta.text("title"),
            )


def _class(element: etree._Element) -> str | None:
    return local(element.get("qcode") or element.get("uri"))
