"""What one sentence of a notice names: ids, numbers, headlines, slugs, times, as pointers.

A sentence may name several stories. What stands together is one pointer: each of its fields must
fit the story that is meant. A second number, headline or slug, or a word like "and" between two
names, begins the next.
"""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import msgspec

from copytaster import agency
from copytaster import text
from copytaster.agency import Phrasebook
from copytaster.agency import Words
from copytaster.verdict.notices._moved import Clock
from copytaster.verdict.notices._moved import Found
from copytaster.verdict.notices._moved import label_day
from copytaster.verdict.notices._moved import times
from copytaster.verdict.notices._types import Moved
from copytaster.verdict.notices._types import Pointer

_ID = re.compile(
    r"(?<!\w)(?:urn:|tag:|https?://)[^\s\"“”«»<>]{4,300}|(?<!\w)[A-Z]\dN[0-9A-Z]{4,8}\b"
)
_CODE = re.compile(r"(?<!\w)(?:[A-Z]\d{4,6}|[A-Z]{2,4}\d{3,6})(?!\w)")
_AND = re.compile(r"(?:\b(?:and|und|sowie|et|y)\b|&|;)", re.IGNORECASE)
_MORE = re.compile(r"(?:,| and| und| sowie| et| y) (\d{2,5})(?![\w:]|\.\d)", re.IGNORECASE)
_STORY_NUMBER = re.compile(r"[A-Z]\dN")
_SLUG = r"(?P<slug>(?-i:[A-Z0-9])[\w.]{0,40}(?:[-/_][\w.]{1,40}){1,8})"
_LONGEST = 300
_TITLE_BEFORE = 40


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The words with which things are named, as patterns."""

    numbered: re.Pattern[str]
    """a noun and a number with its letters: ``item lsw 157``, ``item no. 157``"""
    slugged: re.Pattern[str]
    """a noun and a slug: ``the story Harbour-Closure``"""
    slug: re.Pattern[str]
    """what announces a slug, and the slug: ``slugged FERRY``"""
    slug_before: re.Pattern[str]
    titled: re.Pattern[str]
    """what announces a headline at the end of a text"""
    label: re.Pattern[str]
    """a label of an id or a number, and its value"""
    dated: re.Pattern[str]
    """a label of a day, and its value"""
    ids: frozenset[str]
    series: re.Pattern[str]
    pictures: re.Pattern[str]
    items: re.Pattern[str]
    no_letters: frozenset[str]
    """words that stand before a number and are no part of it"""


@lru_cache(maxsize=32)
def names_in(words: tuple[Words, ...]) -> Names:
    """The names in these languages."""
    nouns = agency.either(noun for one in words for noun in (*one.items, *one.pictures))
    slugs = agency.either(word for one in words for word in one.slugs)
    titled = agency.either(word for one in words for word in one.titled)
    labels = agency.either(word for one in words for word in (*one.numbers, *one.ids))
    dates = agency.either(word for one in words for word in one.dates)
    months = {form for one in words for names in one.months for form in names.lower().split()}
    moved = {part for one in words for word in one.moved for part in word.split()}
    return Names(
        numbered=re.compile(
            rf"{nouns},? (?:(?P<letters>[A-Za-z]{{2,8}}(?:-[A-Za-z]{{2,8}})?) (?:no\.? |nr\.? )?"
            r"|(?:no|nr|num|number|nummer|n°)\.? ?|#)(?P<digits>\d{2,6})(?![\w:])",
            re.IGNORECASE,
        ),
        slugged=re.compile(rf"{nouns} {_SLUG}", re.IGNORECASE),
        slug=re.compile(
            rf"{slugs}[:\s\"“„«]{{1,4}}(?P<slug>[^\s\"”“»,;()]{{2,80}})", re.IGNORECASE
        ),
        slug_before=re.compile(rf"{slugs}\W{{0,4}}\Z", re.IGNORECASE),
        titled=re.compile(rf"{titled} ?: ?(?P<title>[^\"“„«].{{2,{_LONGEST}}})\Z", re.IGNORECASE),
        label=re.compile(
            rf"(?P<label>{labels}) ?[:#]? ?(?P<value>[A-Za-z0-9][\w:./#-]{{3,200}})", re.IGNORECASE
        ),
        dated=re.compile(rf"{dates} ?:? ?(?P<value>\d[\d./]{{4,10}})", re.IGNORECASE),
        ids=frozenset(agency.plain(word).lower() for one in words for word in one.ids),
        series=re.compile(agency.either(w for one in words for w in one.series), re.IGNORECASE),
        pictures=re.compile(agency.either(w for one in words for w in one.pictures), re.IGNORECASE),
        items=re.compile(agency.either(w for one in words for w in one.items), re.IGNORECASE),
        no_letters=frozenset(months | moved | set(_SMALL_WORDS)),
    )


_SMALL_WORDS = (
    "of at on from no nr by in to and the for um vom von am der die das und de du la le les del las"
    " el et y en le page para line since about over some"
).split()


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """One name, and where it stands."""

    start: int
    end: int
    field: str
    value: str


def pointers(sentence: str, book: Phrasebook, clock: Clock, begins: int = 0) -> list[Pointer]:
    """What a sentence names from ``begins`` on, in order."""
    names = names_in(book.words)
    quoted = [span for span in text.quotations(sentence) if span[0] >= begins]
    folded = " " * begins + agency.plain(text.unquoted(sentence))[begins:]
    found = _clean(
        [*_ids(sentence, folded, names), *_numbers(folded, book, names), *_slugs(folded, names)]
    )
    found += _headlines(sentence, quoted, folded, names)
    groups = _grouped(sorted(found, key=lambda name: name.start), folded)
    labelled = list(_labelled_days(folded, names, clock))
    if not groups and labelled:
        return [Pointer(day=labelled[0].day)]
    return _finished(groups, [*times(folded, clock), *labelled], folded, names)


# --- names --------------------------------------------------------------------------------------


def _ids(sentence: str, folded: str, names: Names) -> Iterator[Name]:
    for found in _ID.finditer(folded):
        value = sentence[found.start() : found.end()].rstrip(".,;:)")
        yield Name(start=found.start(), end=found.end(), field="id", value=value)
    for found in names.label.finditer(folded):
        start, end = found.span("value")
        value = sentence[start:end].rstrip(".,;:)")
        is_id = found["label"].lower() in names.ids or _STORY_NUMBER.match(value) is not None
        yield Name(start=start, end=end, field="id" if is_id else "number", value=value)


def _numbers(folded: str, book: Phrasebook, names: Names) -> Iterator[Name]:
    """Service numbers, spelt as they are compared: ``dpa 45`` for ``dpa 0045``."""
    for found in book.number.finditer(folded):
        yield from _number(folded, found, found.group().split(found[1])[0], found[1])
    for found in names.numbered.finditer(folded):
        letters = found["letters"]
        if letters is None:
            yield from _number(folded, found, book.id, found["digits"])
        elif letters.lower() not in names.no_letters:
            yield from _number(folded, found, letters, found["digits"])
    for found in _CODE.finditer(folded):
        yield Name(start=found.start(), end=found.end(), field="number", value=found.group())


def _number(folded: str, found: re.Match[str] | None, letters: str, digits: str) -> Iterator[Name]:
    """One number, and those that go on from it: ``dpa 157, 158 and 160``."""
    agency_ = re.split(r"[^\w-]", letters.strip())[0].rstrip("-").lower()
    while found is not None:
        digits = str(int(digits))
        at = found.end()
        value = f"{agency_} {digits}"
        yield Name(start=at - len(digits), end=at, field="number", value=value)
        found = _MORE.match(folded, at)
        digits = "" if found is None else found[1]


def _slugs(folded: str, names: Names) -> Iterator[Name]:
    for pattern in (names.slug, names.slugged):
        for found in pattern.finditer(folded):
            value = found["slug"].rstrip(".:")
            if value.strip("~"):
                start = found.start("slug")
                yield Name(start=start, end=start + len(value), field="slug", value=value)


def _headlines(
    sentence: str, quoted: list[tuple[int, int]], folded: str, names: Names
) -> Iterator[Name]:
    """What stands in quotation marks; after "slugged" it is the slug."""
    for start, end in quoted:
        value = sentence[start:end].strip()
        before = folded[max(0, start - _TITLE_BEFORE) : start]
        field = "headline" if names.slug_before.search(before) is None else "slug"
        if value:
            yield Name(start=start, end=end, field=field, value=value)
    if not quoted and (found := names.titled.search(folded)) is not None:
        start, end = found.span("title")
        yield Name(start=start, end=end, field="headline", value=sentence[start:end].strip(" ."))


def _clean(found: list[Name]) -> list[Name]:
    """Each place once, an id before a number before a slug."""
    kept: dict[int, Name] = {}
    for name in found:
        kept.setdefault(name.start, name)
    return list(kept.values())


# --- pointers -----------------------------------------------------------------------------------


class _Group(msgspec.Struct):
    start: int
    fields: dict[str, str]
    moved: Moved | None = None
    day: date | None = None


def _grouped(found: list[Name], folded: str) -> list[_Group]:
    groups: list[_Group] = []
    last = 0
    for name in found:
        between = folded[last : name.start]
        if groups and name.field not in groups[-1].fields and not _AND.search(between):
            groups[-1].fields[name.field] = name.value
        else:
            groups.append(_Group(name.start, {name.field: name.value}))
        last = name.end
    return groups


def _labelled_days(folded: str, names: Names, clock: Clock) -> Iterator[Found]:
    for found in names.dated.finditer(folded):
        day = label_day(found["value"], clock.said)
        if day is not None:
            yield Found(start=found.start(), end=found.end(), day=day)


def _finished(
    groups: list[_Group], moments: Sequence[Found], folded: str, names: Names
) -> list[Pointer]:
    _place(groups, [found for found in moments if found.moved is not None])
    _place(groups, [found for found in moments if found.day is not None])
    picture = names.pictures.search(folded) is not None and names.items.search(folded) is None
    series = names.series.search(folded) is not None
    if not groups:
        groups = _of_times(moments)
    return [
        Pointer(
            **group.fields,
            moved=_on(group),
            day=group.day if group.moved is None else None,
            series=series,
            picture=picture,
        )
        for group in groups
    ]


def _place(groups: list[_Group], found: list[Found]) -> None:
    """Times to what they belong to: one each, where as many follow as are named."""
    each = len(groups) > 1 and len(found) == len(groups) and found[0].start > groups[-1].start
    for number, one in enumerate(found):
        before = [group for group in groups if group.start < one.start] or groups[:1]
        group = groups[number] if each else (before[-1] if before else None)
        if group is not None:
            group.moved = group.moved or one.moved
            group.day = group.day or one.day


def _of_times(moments: Sequence[Found]) -> list[_Group]:
    """A time alone may be all that is named: "the story that moved at 1756 hours"."""
    found = [one for one in moments if one.moved is not None]
    days = [one.day for one in moments if one.day is not None]
    return [_Group(one.start, {}, one.moved, days[0] if days else None) for one in found]


def _on(group: _Group) -> Moved | None:
    if group.moved is None or group.day is None:
        return group.moved
    return msgspec.structs.replace(group.moved, on=group.day)
