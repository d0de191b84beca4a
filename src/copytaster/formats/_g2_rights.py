"""The rights of a G2 item: whose it is, on what terms, and for how long."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from lxml import etree

from copytaster.formats._catalog import Catalog
from copytaster.formats._children import Children
from copytaster.formats._children import children
from copytaster.formats._g2_meta import characters
from copytaster.formats._g2_parts import name
from copytaster.formats._moments import Moments
from copytaster.item import Restriction
from copytaster.item import RightsInfo


def rights(
    blocks: Sequence[etree._Element], catalog: Catalog, moments: Moments
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What ``rightsInfo`` says of the whole item, and a hold where its dates cannot be read.

    One with ``idrefs`` speaks of a part and is not read here; its scope is the agency's own code.
    """
    whole = [block for block in blocks if block.get("idrefs") is None]
    if not whole:
        return {}, ()
    parts = [children(block) for block in whole]
    notices = _texts(parts, "copyrightNotice")
    facts = {
        "copyright_holder": _holder(parts),
        "copyright_notice": notices[0] if notices else None,
        "usage_terms": _texts(parts, "usageTerms"),
        "rights_info": tuple(_expressions(parts)),
        "data_mining": _data_mining(parts, catalog),
    }
    limited = any(b.get("validfrom") or b.get("validto") for b in whole)
    if not limited:
        return facts, ()
    validity, holds = _validity(whole, moments)
    return facts | validity, holds


def _every(parts: list[Children], property_name: str) -> Sequence[etree._Element]:
    if len(parts) == 1:
        return parts[0].get(property_name, ())
    return [element for part in parts for element in part.get(property_name, ())]


def _holder(parts: list[Children]) -> str | None:
    found = _every(parts, "copyrightHolder")
    names = (name(h) or h.get("literal") or h.get("uri") or h.get("qcode") for h in found)
    return next(filter(None, names), None)


def _texts(parts: list[Children], property_name: str) -> tuple[str, ...]:
    """All texts of a rights property, in all languages."""
    found = _every(parts, property_name)
    return tuple(dict.fromkeys(filter(None, map(characters, found)))) if found else ()


def _expressions(parts: list[Children]) -> Iterator[RightsInfo]:
    """Rights expressions as data, and links to them (XML ones are in the raw bytes)."""
    for element in _every(parts, "rightsExpressionData"):
        if words := characters(element):
            yield RightsInfo(lang_id=element.get("langid"), encoded_rights=words)
    for element in _every(parts, "link"):
        if href := (element.get("href") or "").strip():
            yield RightsInfo(linked_rights=href)


def _data_mining(parts: list[Children], catalog: Catalog) -> str | None:
    found = _every(parts, "dataMining")
    if not found:
        return None
    values = (catalog.uri(e) or e.get("qcode") or characters(e) for e in found)
    return next(filter(None, values), None)


def _validity(
    blocks: list[etree._Element], moments: Moments
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """``validfrom`` and ``validto``: the text may be used from the first beginning of any of the
    rights, and kept until the last of them ends."""
    spans = [(block.get("validfrom"), block.get("validto")) for block in blocks]
    begins = [moments.xml(begin) for begin, _ in spans]
    ends = [moments.xml(end) for _, end in spans]
    first = [begin.instant for begin in begins if begin is not None and begin.instant is not None]
    last = [end.instant for end in ends if end is not None and end.instant is not None]
    begun = any(begin is None for begin in begins)  # rights without a beginning run already
    unread = any(end is not None and end.instant is None for end in ends)
    is_read = (begun or first) and (None in ends or not unread)
    told = tuple(
        Restriction(kind="time", value=f"{begin or ''}/{end or ''}", source="field")
        for begin, end in spans
        if begin or end
    )
    facts = {
        "restrictions": told,
        "use_from": min(first) if first and not begun else None,
        "retain_until": max(last) if len(last) == len(blocks) else None,
    }
    return facts, () if is_read else ("rights-not-understood",)
