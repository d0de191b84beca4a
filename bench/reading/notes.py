"""What a careful reader notes beside one story, in the shape of ``copytaster read``.

Offsets are code points of the text; what is null is not in the story.
"""

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """From the first character to before the last, in code points."""

    start: int
    end: int


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """As ``copytaster read`` has it; ``group``, ``mention`` and ``flag`` are the gold's own."""

    start: int
    end: int
    speaker_start: int | None
    speaker_end: int | None
    speaker_name: str | None
    cue_start: int | None
    cue_end: int | None
    kind: str
    rule: str | None
    group: int | None
    """the same for all spans of one utterance"""
    mention: str | None
    """how the speaker is mentioned: name, pronoun or description"""
    flag: str | None = None
    """unbalanced: a mark is missing in the copy"""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A source with its mentions; or, of kind ``reply``, that somebody gave no answer."""

    kind: str
    name: str | None
    mentions: tuple[Span, ...]


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """A byline or a sign-off."""

    start: int
    end: int
    names: tuple[str, ...]
    agency: str | None


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """Where, when and by whom; a span that is null is not in the story."""

    start: int | None
    end: int | None
    place: str | None
    place_start: int | None
    place_end: int | None
    region: str | None
    region_start: int | None
    region_end: int | None
    country: str | None
    country_start: int | None
    country_end: int | None
    date: str | None
    date_start: int | None
    date_end: int | None
    agency: str | None
    agency_start: int | None
    agency_end: int | None
    byline: Credit | None
    signoff: Credit | None


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day or an instant in words; no value where a careful reader cannot tell."""

    start: int
    end: int
    value: str | None
    kind: str
    """calendar, relative or moment"""


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """What a careful reader notes beside one story."""

    id: str
    quotes: tuple[Quote, ...]
    sources: tuple[Named, ...]
    dateline: Dateline
    dates: tuple[Day, ...]
