"""What one item, or one picture, states of its rights: fields and words, as limits.

An association never inherits permission from its item (handbook: formats §6), so each is read
from what stands in it alone.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator

from copytaster import territory
from copytaster.agency import Profile
from copytaster.item import Association
from copytaster.item import Item
from copytaster.item import Restriction
from copytaster.verdict.rights import _prose
from copytaster.verdict.rights._phrases import things
from copytaster.verdict.rights._types import Limit
from copytaster.verdict.rights._types import Means
from copytaster.verdict.rights._types import Use

_RELATION = re.compile(r"(allow|deny)\b\s*(.*)", re.DOTALL)
_SPAN = re.compile(r"[\dTZ:+./\s-]*", re.ASCII)
_FOR_KIND = {"archive": Use.archive, "sale": Use.onward}
"""kinds of restriction that name the use they close"""
_JUDGED_BEFORE = frozenset({"online"})
"""kinds that the reader of the format judges itself, by the profile's ``gates``"""
_KEPT = 200


def of_item(item: Item, profile: Profile) -> tuple[Limit, ...]:
    """Everything that limits the use of an item."""
    zone = profile.zone
    found = [*_of_restrictions(item.restrictions, zone)]
    for words in item.usage_terms:
        found += _prose.terms(words, zone).limits
    found += _of_notes((item.ed_note, item.advisory_line, item.copyright_notice), zone)
    for expression in item.rights_info:
        if expression.encoded_rights:
            found.append(_unread(expression.encoded_rights))
    return tuple(dict.fromkeys(found)) if found else ()


def of_association(part: Association, profile: Profile) -> tuple[Limit, ...]:
    """Everything that limits the use of a picture, or of another item beside a story."""
    zone = profile.zone
    found = [*_of_restrictions(part.restrictions, zone)]
    repeated = {f"{one.kind}: {one.value}" for one in part.restrictions}
    for words in part.usage_terms:
        if words not in repeated:
            found += _prose.terms(words, zone).limits
    found += _of_notes((part.caption, part.copyright_notice, part.credit), zone)
    return tuple(dict.fromkeys(found))


def _of_notes(notes: Iterable[str | None], zone: str | None) -> Iterator[Limit]:
    for said in notes:
        if said:
            yield from _prose.note(said, zone).limits


def _of_restrictions(restrictions: Iterable[Restriction], zone: str | None) -> Iterator[Limit]:
    for one in restrictions:
        if one.kind in _FOR_KIND:
            uses = frozenset({_FOR_KIND[one.kind]})
            yield Limit(means=Means.denied, words=one.value[:_KEPT], uses=uses)
        elif one.kind == "territory" and one.source == "field":
            yield from _territory(one.value, zone)
        elif one.kind in _JUDGED_BEFORE:
            yield from _robots(one.value)
        elif not (one.kind == "time" and _SPAN.fullmatch(one.value)):
            yield from _prose.terms(one.value, zone).limits or (_unread(one.value),)


def _territory(value: str, zone: str | None) -> Iterator[Limit]:
    """A field for places: where rights are held (NewsML 1 and NITF, ``geography``), or allowed
    and denied countries (Media RSS, ``media:restriction``)."""
    relation = _RELATION.match(value)
    if relation is not None:
        yield _countries(Means.only if relation[1] == "allow" else Means.denied, relation[2], value)
        return
    where = things(value)
    if where.countries and not where.unknown and not where.part:
        yield Limit(means=Means.only, words=value[:_KEPT], countries=where.countries)
        return
    yield from _prose.terms(value, zone).limits or (_unread(value),)


def _countries(means: Means, said: str, value: str) -> Limit:
    """Media RSS, "media:restriction": codes between blanks, or the words all and none."""
    words = said.replace(",", " ").split()
    if [word.lower() for word in words] == ["all"]:
        return Limit(means=means, words=value[:_KEPT], countries=territory.WORLD)
    codes = frozenset(word.upper() for word in words)
    if not codes or not all(territory.is_code(code) for code in codes):
        return _unread(value)
    return Limit(means=means, words=value[:_KEPT], countries=codes)


def _robots(value: str) -> Iterator[Limit]:
    """A page that asks not to be listed does not want a copy of it listed either."""
    if value.startswith("robots:"):
        yield Limit(means=Means.denied, words=value[:_KEPT], uses=frozenset({Use.search}))


def _unread(words: str) -> Limit:
    return Limit(
        means=Means.unread, words=" ".join(words.split())[:_KEPT], uses=frozenset({Use.page})
    )
