"""The rights of an NITF document: ``doc.copyright``, ``doc.rights``, and those of its head."""

from datetime import datetime
from typing import Any

from lxml import etree

from copytaster.formats._children import below
from copytaster.formats._moments import Moments
from copytaster.formats._newsml1_dates import begin
from copytaster.formats._newsml1_dates import day
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._nitf_parts import characters
from copytaster.formats._words import field
from copytaster.item import Restriction
from copytaster.moment import Moment


def rights(
    nitf: Nitf, moments: Moments, issued: Moment | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Whose it is, on what terms and for how long; and a hold where that cannot be read."""
    begins, ends, holds = _validity(nitf, moments, issued)
    facts = {
        "copyright_holder": _copyright_holder(nitf),
        "copyright_notice": _copyright_notice(nitf),
        "usage_terms": _usage_terms(nitf),
        "restrictions": _restrictions(nitf),
        "use_from": begins,
        "retain_until": ends,
    }
    return facts, holds


def _copyright_holder(nitf: Nitf) -> str | None:
    holder = nitf.fact("doc.copyright", "holder")
    if holder is not None:
        return holder
    return next(filter(None, map(characters, _owners(nitf))), None)


def _owners(nitf: Nitf) -> list[etree._Element]:
    return below(nitf.body_head.get("rights", ()), "rights.owner")


def _copyright_notice(nitf: Nitf) -> str | None:
    """The notice written for readers, which some put into the body's head."""
    return "\n".join(filter(None, map(characters, nitf.body_head.get("copyrite", ())))) or None


def _usage_terms(nitf: Nitf) -> tuple[str, ...]:
    """The terms of ``doc.rights``, and the ``rights`` paragraph of the head."""
    if "doc.rights" not in nitf.doc and "rights" not in nitf.body_head:
        return ()
    found = [
        field(element.get(name))
        for element in nitf.doc.get("doc.rights", ())
        for name in ("type", "limitations")
    ]
    found += [characters(element) for element in nitf.body_head.get("rights", ())]
    return tuple(dict.fromkeys(filter(None, found)))


def _restrictions(nitf: Nitf) -> tuple[Restriction, ...]:
    """Where and when ``doc.rights`` allows use."""
    if "doc.rights" not in nitf.doc:
        return ()
    found = []
    for element in nitf.doc.get("doc.rights", ()):
        where = field(element.get("geography"))
        when = [field(element.get(name)) or "" for name in ("startdate", "enddate")]
        if where:
            found.append(Restriction(kind="territory", value=where, source="field"))
        if any(when):
            found.append(Restriction(kind="time", value="/".join(when), source="field"))
    return tuple(found)


def _validity(
    nitf: Nitf, moments: Moments, issued: Moment | None
) -> tuple[datetime | None, datetime | None, tuple[str, ...]]:
    """When the first of the rights begins and the last ends, and a hold where nobody can read
    that (``doc.rights``, ``startdate`` and ``enddate``)."""
    made = day(issued.raw) if issued is not None else None
    raws = [_date(element, "startdate") for element in nitf.doc.get("doc.rights", ())]
    # Rights without a beginning run already, and so do those that begin on the text's own day.
    starts = [None if _is_begun(raw, made) else begin(moments, raw or "") for raw in raws]
    running = any(_is_begun(raw, made) for raw in raws)
    ends = [moments.iso(_date(element, "enddate")) for element in nitf.doc.get("doc.rights", ())]
    begins = [start for start in starts if start is not None]
    last = [end.instant for end in ends if end is not None and end.instant]
    starts_known = running or not raws or bool(begins)
    ends_known = None in ends or len(last) == len(ends)
    return (
        min(begins) if begins and not running else None,
        max(last) if last and len(last) == len(ends) else None,
        () if starts_known and ends_known else ("rights-not-understood",),
    )


def _date(element: etree._Element, name: str) -> str | None:
    return field(element.get(name))


def _is_begun(raw: str | None, made: str | None) -> bool:
    return raw is None or (made is not None and (day(raw) or "later") <= made)
