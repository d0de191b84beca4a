"""The marks of a copy into notes with offsets, and a refusal of what nobody can have meant."""

import re
from collections.abc import Iterator
from itertools import groupby

from bench.reading import days
from bench.reading.marks import QUOTES
from bench.reading.marks import Malformed
from bench.reading.marks import Mark
from bench.reading.notes import Credit
from bench.reading.notes import Dateline
from bench.reading.notes import Named
from bench.reading.notes import Notes
from bench.reading.notes import Quote
from bench.reading.notes import Span
from bench.reading.told import Told

PRONOUNS = {
    "en": frozenset("he she they it".split()),
    "hi": frozenset("उन्होंने उसने इन्होंने उनका उनके उनकी वे वह".split()),
    "de": frozenset("er sie es".split()),
    "fr": frozenset("il elle ils elles lui".split()),
    "es": frozenset("él ella ellos ellas este esta".split()),
}
_OPENING = re.compile('["“”„«»「」]')
"""what is around a quotation and nothing else; an apostrophe may be anything"""
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u097f])"
"""Devanagari's vowel signs are part of a word and no letters"""


def annotate(told: Told) -> Notes:
    """The notes that the marks mean. Raises ``Malformed``, naming the words and what to do."""
    _linked(told)
    _marked(told)
    _mentioned(told)
    return Notes(
        id=told.id,
        quotes=tuple(sorted(_quotes(told), key=lambda quote: (quote.start, -quote.end))),
        sources=tuple(_sources(told)),
        dateline=_dateline(told),
        dates=tuple(
            days.day(told.text[mark.start : mark.end], mark, told.sent, told.language)
            for mark in _of(told, "t")
        ),
    )


def _of(told: Told, *what: str) -> list[Mark]:
    return sorted((m for m in told.marks if m.what in what), key=lambda m: (m.start, -m.end))


def _words(told: Told, mark: Mark) -> str:
    return told.text[mark.start : mark.end]


def _bounds(mark: Mark | None) -> tuple[int | None, int | None]:
    return (mark.start, mark.end) if mark else (None, None)


# --- what is said, and by whom --------------------------------------------------------------------


def _quotes(told: Told) -> Iterator[Quote]:
    speakers, cues = _links(told, "source"), _links(told, "cue")
    for mark in _of(told, *QUOTES):
        number = mark.numbers[0] if mark.numbers else None
        speaker = speakers.get(number) if number else None
        cue = cues.get(number) if number else None
        speaker_start, speaker_end = _bounds(speaker)
        cue_start, cue_end = _bounds(cue)
        yield Quote(
            start=mark.start,
            end=mark.end,
            speaker_start=speaker_start,
            speaker_end=speaker_end,
            speaker_name=told.sources[speaker.key].name if speaker and speaker.key else None,
            cue_start=cue_start,
            cue_end=cue_end,
            kind=QUOTES[mark.what],
            rule=None,
            group=number,
            mention=_mention(told, speaker) if speaker else None,
            flag="unbalanced" if "!" in mark.flags else None,
        )


def _links(told: Told, what: str) -> dict[int, Mark]:
    """The speaker, or cue, of each number; words inside a reported clause are of who reports it."""
    links = {number: mark for mark in _of(told, what) for number in mark.numbers}
    spoken = {number for mark in _of(told, "source") for number in mark.numbers}
    clauses = [mark for mark in _of(told, "i") if mark.numbers[0] in links]
    for mark in _of(told, "d", "m"):
        around = [m for m in clauses if m.start <= mark.start and mark.end <= m.end]
        if around and mark.numbers[0] not in spoken:
            links[mark.numbers[0]] = links[around[-1].numbers[0]]
    return links


def _mention(told: Told, speaker: Mark) -> str:
    words = _words(told, speaker)
    if words.casefold() in PRONOUNS[told.language]:
        return "pronoun"
    name = told.sources[speaker.key or ""].name or ""
    shared = set(words.casefold().split()) & set(name.casefold().split())
    initials = "".join(word[0] for word in name.split())
    return "name" if shared or words == initials else "description"


def _sources(told: Told) -> Iterator[Named]:
    """Those with a statement, and agencies named at all, by first mention; then missing replies."""
    mentions = _of(told, "source")
    speaking = {mark.key for mark in mentions if mark.numbers}
    for key in dict.fromkeys(mark.key for mark in mentions if mark.key):
        source = told.sources[key]
        if source.kind != "reporter" and (key in speaking or source.kind == "agency"):
            spans = tuple(Span(start=m.start, end=m.end) for m in mentions if m.key == key)
            yield Named(kind=source.kind, name=source.name, mentions=spans)
    for mark in _of(told, "reply"):
        name = told.sources[mark.key].name if mark.key else None
        yield Named(kind="reply", name=name, mentions=(Span(start=mark.start, end=mark.end),))


# --- where, when, by whom -------------------------------------------------------------------------


def _dateline(told: Told) -> Dateline:
    line = _single(told, "dateline")
    inside = [m for m in told.marks if line and line.start <= m.start < line.end]
    place, region, country, date, agency = (
        _only(told, [mark for mark in inside if mark.what == what])
        for what in ("place", "region", "country", "day", "agency")
    )
    start, end = _bounds(line)
    place_start, place_end = _bounds(place)
    region_start, region_end = _bounds(region)
    country_start, country_end = _bounds(country)
    date_start, date_end = _bounds(date)
    agency_start, agency_end = _bounds(agency)
    return Dateline(
        start=start,
        end=end,
        place=_value(told, place),
        place_start=place_start,
        place_end=place_end,
        region=_value(told, region),
        region_start=region_start,
        region_end=region_end,
        country=_value(told, country),
        country_start=country_start,
        country_end=country_end,
        date=_day(told, date),
        date_start=date_start,
        date_end=date_end,
        agency=_value(told, agency),
        agency_start=agency_start,
        agency_end=agency_end,
        byline=_credit(told, "byline"),
        signoff=_credit(told, "signoff"),
    )


def _day(told: Told, mark: Mark | None) -> str | None:
    if mark is None:
        return None
    return days.dateline(_words(told, mark), mark.value or "", told.sent, told.language)


def _credit(told: Told, what: str) -> Credit | None:
    mark = _single(told, what)
    if mark is None:
        return None
    inside = [m for m in _of(told, "writer", "agency") if mark.start <= m.start < mark.end]
    agency = _only(told, [m for m in inside if m.what == "agency"])
    return Credit(
        start=mark.start,
        end=mark.end,
        names=tuple(_words(told, m) for m in inside if m.what == "writer"),
        agency=_value(told, agency),
    )


def _single(told: Told, what: str) -> Mark | None:
    return _only(told, _of(told, what))


def _only(told: Told, found: list[Mark]) -> Mark | None:
    if len(found) > 1:
        raise Malformed(f"two marks where one can be: {_words(told, found[1])!r}")
    return found[0] if found else None


def _value(told: Told, mark: Mark | None) -> str | None:
    """As it stands; capitals of a dateline as a name is written."""
    if mark is None:
        return None
    words = _words(told, mark)
    return mark.value or (words.title() if words.isupper() and mark.what == "place" else words)


# --- what does not hold ---------------------------------------------------------------------------


def _linked(told: Told) -> None:
    """Every quote has one speaker and at most one cue, and every number and key is somebody's."""
    numbered = [mark for mark in told.marks if mark.what in QUOTES and mark.numbers]
    first = {mark.numbers[0] for mark in numbered if "+" not in mark.flags}
    starts = [mark.numbers[0] for mark in numbered if "+" not in mark.flags]
    for number, same in groupby(sorted(starts)):
        if len(list(same)) > 1:
            raise Malformed(f"two quotes are number {number}; mark what goes on with +")
    for mark in told.marks:
        if lost := set(mark.numbers) - first:
            raise Malformed(f"{_words(told, mark)!r} names quote {min(lost)}, which is not there")
        if mark.key and mark.key not in told.sources:
            raise Malformed(f"{_words(told, mark)!r}: the head has no @{mark.key}")
    for what in ("source", "cue"):
        named = [number for mark in _of(told, what) for number in mark.numbers]
        if twice := {number for number in named if named.count(number) > 1}:
            raise Malformed(f"quote {min(twice)} has more than one {what}")
    unknown = {mark.numbers[0] for mark in numbered if "?" in mark.flags}
    if silent := first - set(_links(told, "source")) - unknown:
        raise Malformed(f"nobody says quote {min(silent)}; mark it ? where nobody can know")
    for clause in _of(told, "i"):
        words = [
            m for m in told.marks if m.what == "m" and clause.start < m.start < m.end < clause.end
        ]
        if any(clause.end - clause.start <= m.end - m.start + 4 for m in words):
            raise Malformed(f"nothing but quoted words is mixed: {_words(told, clause)[:40]!r}")
    if idle := set(told.sources) - {mark.key for mark in told.marks}:
        raise Malformed(f"@{min(idle)} is in the head and nowhere in the text")


def _marked(told: Told) -> None:
    """Every quotation mark is at the edge of a mark, or inside one that is quoted."""
    quoted = [mark for mark in told.marks if mark.what in QUOTES and mark.what != "i"]
    overlapping = [
        (a, b)
        for a in quoted
        for b in quoted
        if a.what == b.what == "d" and a.start < b.start < a.end
    ]
    if overlapping:
        raise Malformed(f"two direct quotes overlap at {_words(told, overlapping[0][1])[:40]!r}")
    edges = {mark.start for mark in quoted} | {mark.end for mark in quoted}
    for found in _OPENING.finditer(told.text):
        around = {_past(told.text, found.end(), 1), _past(told.text, found.start(), -1)}
        inside = any(mark.start <= found.start() < mark.end for mark in quoted)
        if not inside and not around & edges:
            rest = told.text[found.start() : found.start() + 40]
            raise Malformed(f"a quotation that nothing is noted of: {rest!r}")


def _past(text: str, at: int, step: int) -> int:
    """Beyond the space that French sets inside its marks."""
    while 0 < at < len(text) and text[at if step > 0 else at - 1] in " \u00a0\u202f":
        at += step
    return at


def _mentioned(told: Told) -> None:
    """Every place where a source is named is marked: a person by the last word, others whole."""
    covering = [m for m in told.marks if m.what in {"source", "byline", "signoff", "dateline"}]
    for source in told.sources.values():
        name = (source.name or "").split() if source.kind == "person" else [source.name or ""]
        if not name or not name[-1] or source.kind in {"joint", "document"}:
            continue
        pattern = rf"(?<!{_LETTER}){re.escape(name[-1])}(?!{_LETTER})"
        for found in re.finditer(pattern, told.text):
            if not any(m.start <= found.start() and found.end() <= m.end for m in covering):
                around = told.text[max(found.start() - 20, 0) : found.end() + 20]
                raise Malformed(f"a mention without a mark: {around!r}")
