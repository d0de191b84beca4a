"""The fields of an item of NewsML 1 that readers and editors see, its rights and its pictures."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copytaster.formats import _newsml1_lines as lines
from copytaster.formats import _newsml1_media as media
from copytaster.formats import _newsml1_tree as tree
from copytaster.formats import _nitf_parts
from copytaster.formats._newsml1_dates import begin
from copytaster.formats._newsml1_dates import day
from copytaster.formats._newsml1_dates import moment
from copytaster.formats._newsml1_facts import Document
from copytaster.formats._newsml1_facts import Facts
from copytaster.formats._newsml1_identity import identity
from copytaster.formats._newsml1_lines import Way
from copytaster.formats._newsml1_topics import concepts
from copytaster.formats._newsml1_topics import genres
from copytaster.formats._newsml1_tree import Content
from copytaster.formats._newsml1_words import plain
from copytaster.formats._nitf_media import associations
from copytaster.item import Association
from copytaster.item import CorrectionText
from copytaster.item import Description
from copytaster.item import Headline
from copytaster.item import Remark
from copytaster.moment import Moment

Fields = dict[str, Any]


def editorial(facts: Facts, shared: Document) -> Fields:
    """Headlines, lines, notes and what the item is about."""
    way, nitf = facts.way, facts.nitf
    place = lines.origin(way)
    label = facts.part.part("Identification").text("NameLabel")
    raised = facts.part.part("NewsManagement").formal("Urgency")
    return {
        "headlines": _headlines(facts, shared),
        "slugline": way.line("SlugLine") or label,
        "title": label,
        "keywords": lines.keywords(way),
        "by": way.line("ByLine") or (_nitf_parts.byline(nitf) if nitf else None),
        "bylines": lines.bylines(way),
        "dateline": way.line("DateLine") or (_nitf_parts.dateline(nitf) if nitf else None),
        "located": place.city if place else None,
        "dateline_detail": place,
        "language": facts.lang,
        "ed_note": _ed_note(facts),
        "advisory_line": "\n".join(facts.lines.advisory) or None,
        "correction_text": _correction(facts),
        "descriptions": _descriptions(facts, shared),
        "urgency": lines.urgency(raised),
        "urgency_raw": raised,
        "genres": genres(way),
        "info_sources": lines.info_sources(way),
        **concepts(way, shared.topics, facts.lang),
    }


def _said(contents: list[Content], shared: Document) -> list[str]:
    found = (plain(content, shared.sources, shared.profile) for content in contents)
    return [words for words in found if words]


def _headlines(facts: Facts, shared: Document) -> tuple[Headline, ...]:
    """The lines' headline; else that of a component of its own, of NITF inside, of any other."""
    found = lines.headlines(facts.way)
    roles = {headline.role for headline in found}
    if "subheadline" not in roles:
        below = _said(facts.story.by_role(tree.SUBHEADLINE), shared)
        found += tuple(Headline(value=value, role="subheadline") for value in below)
    if None in roles:
        return found
    said = _said(facts.story.by_role(tree.HEADLINE), shared)[:1]
    heads = tuple(Headline(value=value) for value in said)
    if not heads and facts.nitf is not None:
        heads = _nitf_parts.hedlines(facts.nitf)
    if not heads:
        loose = Way([component.part for component in facts.story.loose])
        heads = tuple(h for h in lines.headlines(loose) if h.role is None)
    return (*heads, *found)


def _ed_note(facts: Facts) -> str | None:
    """Comments, lines whose purpose only the agency knows, and the notes of NITF inside."""
    told = [*lines.comments(facts.way), *facts.lines.others]
    told += [_nitf_parts.ed_note(facts.nitf) or ""] if facts.nitf is not None else []
    return "\n".join(filter(None, told)) or None


def _correction(facts: Facts) -> CorrectionText | None:
    """Lines about a correction are written for editors; no line is told to be for readers."""
    if not facts.lines.correction:
        return None
    return CorrectionText(internal="\n".join(facts.lines.correction))


def _descriptions(facts: Facts, shared: Document) -> tuple[Description, ...]:
    summaries = _said(facts.story.by_role(tree.SUMMARY), shared)
    found = lines.descriptions(facts.lines, summaries)
    if facts.story.text or not facts.story.units:
        return found
    own = _said([*facts.story.units[0].captions, *facts.story.captions], shared)
    captions = tuple(Description(value=value, role="caption") for value in dict.fromkeys(own))
    return tuple(dict.fromkeys((*found, *captions)))


# --- rights --------------------------------------------------------------------------------------


def rights(facts: Facts, created: Moment | None) -> tuple[Fields, tuple[str, ...]]:
    """The rights on the way, and a hold where time restricts them in a way nobody can read.

    Of a picture, AFP tells the restrictions in its advisory line.
    """
    way = facts.way
    terms = lines.usage_terms(way)
    if facts.is_media:
        terms = tuple(dict.fromkeys((*terms, *facts.lines.advisory)))
    until, ends_are_read = _end(facts)
    begins, begins_are_read = _begin(facts, created)
    fields: Fields = {
        "copyright_holder": lines.copyright_holder(way),
        "copyright_notice": way.line("CopyrightLine"),
        "credit": way.line("CreditLine"),
        "usage_terms": terms,
        "restrictions": lines.restrictions(way),
        "use_from": begins,
        "retain_until": until,
    }
    is_read = ends_are_read and begins_are_read
    return fields, () if is_read else ("rights-not-understood",)


def _end(facts: Facts) -> tuple[datetime | None, bool]:
    """The earliest end of a right or of the status, and whether every end was read."""
    ends = [moment(facts.moments, raw) for raw in lines.usage_dates(facts.way, "EndDate")]
    instants = [end.instant if end else None for end in ends]
    instants += [facts.control.retain_until] if facts.control.retain_until else []
    known = [instant for instant in instants if instant is not None]
    return min(known, key=datetime.timestamp, default=None), len(known) == len(instants)


def _begin(facts: Facts, created: Moment | None) -> tuple[datetime | None, bool]:
    """The latest beginning of a right that is later than the day of the revision, and whether
    every beginning was read. Agencies write the day alone, and mean the day of the text."""
    made = day(created.raw) if created is not None else None
    raws = lines.usage_dates(facts.way, "StartDate")
    later = [raw for raw in raws if made is None or (day(raw) or "later") > made]
    begins = [begin(facts.moments, raw) for raw in later]
    known = [instant for instant in begins if instant is not None]
    return max(known, key=datetime.timestamp, default=None), len(known) == len(begins)


# --- pictures and other items --------------------------------------------------------------------


def pictures(facts: Facts, shared: Document) -> Fields:
    """The files of a picture, what stands beside a story, the parts of a package."""
    own = facts.story.units[0] if facts.is_media else None
    return {
        "renditions": media.renditions(own) if own is not None else (),
        "associations": _associations(facts, shared),
        "groups": media.groups(facts.root, _guid_of(shared), shared.profile),
    }


def _associations(facts: Facts, shared: Document) -> tuple[Association, ...]:
    """Pictures of the components and of NITF inside, then items that are only named."""

    def words(content: Content) -> str | None:
        return plain(content, shared.sources, shared.profile)

    units = facts.story.units[1:] if facts.is_media else facts.story.units
    above, profile = media.Above(), shared.profile
    found = [media.association(unit, facts.control, words, above, profile) for unit in units]
    for content in facts.story.text:
        if content.data is not None and len(content.data):
            found += associations(content.data, shared.profile)
    found += media.related(facts.part.part("NewsManagement"), shared.profile)
    if facts.story.text and facts.root.refers:
        found += media.referenced(facts.root, _guid_of(shared), shared.profile)
    return tuple(found)


def _guid_of(shared: Document) -> media.Named:
    return lambda part: identity(part, shared.profile).guid


def remarks(facts: Facts, unnamed: tuple[str, ...]) -> Iterator[Remark]:
    if unnamed:
        yield Remark(code="guid-missing", path="Identification/NewsIdentifier")
    yield from facts.control.remarks
    yield from facts.read.words.remarks
    yield from media.inline_remarks(facts.story.units)
    for content in facts.root.all_contents():
        if content.kind == tree.TEXT and content.data is None and content.href:
            yield Remark(code="content-elsewhere", path="ContentItem", detail=content.href[:200])
