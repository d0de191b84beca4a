"""What a machine may note beside one text, and where in it (W3C Web Annotation, selectors).

Every note says where it stands in code points of the text, which never changes, and by which
rule it was made, so that a newer reader can be run over everything again. A span is from the
first character to before the last. Nothing here is ever put into the text.
"""

import msgspec

from copytaster.subject import Subject


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """From the first character to before the last, in code points."""

    start: int
    end: int


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words that somebody said, and whose they are as far as the text says."""

    start: int
    end: int
    """between the quotation marks, or behind a dash; without them"""
    speaker_start: int | None = None
    speaker_end: int | None = None
    """the mention of the speaker as it stands: a name, a pronoun, "a police spokesman"; null
    where the text does not say whose words they are"""
    speaker_name: str | None = None
    """the full name, where the text gives one; for a pronoun only where there is no doubt"""
    cue_start: int | None = None
    cue_end: int | None = None
    """the words of saying"""
    kind: str
    """``direct``: words that stand for themselves; ``mixed``: quoted words in a sentence of the
    reporter's; ``turn``: of a transcript; ``indirect``: reported speech"""
    rule: str
    group: int
    """the same for all spans of one utterance: those that a cue or a paragraph breaks"""
    mention: str | None = None
    """how the speaker is mentioned: ``name``, ``pronoun`` or ``description``"""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that the story has a statement from; or a ``reply``: words that say
    that somebody gave no answer."""

    kind: str
    """``person``, ``organisation``, ``role``, ``agency`` or ``reply``"""
    name: str | None
    mentions: tuple[Span, ...]


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """A byline or a sign-off."""

    start: int
    end: int
    names: tuple[str, ...] = ()
    agency: str | None = None


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """Where a story comes from, of which day and agency; what is null is not in the text."""

    start: int | None = None
    end: int | None = None
    place: str | None = None
    place_start: int | None = None
    place_end: int | None = None
    region: str | None = None
    region_start: int | None = None
    region_end: int | None = None
    country: str | None = None
    country_start: int | None = None
    country_end: int | None = None
    date: str | None = None
    """the day (``2026-03-05``); its year comes from when the story was sent"""
    date_start: int | None = None
    date_end: int | None = None
    agency: str | None = None
    agency_start: int | None = None
    agency_end: int | None = None
    byline: Credit | None = None
    signoff: Credit | None = None
    rule: str | None = None


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day or an instant in words."""

    start: int
    end: int
    value: str | None
    """a day, or an instant with its offset; null where the text does not settle it"""
    kind: str
    """``calendar``, ``relative`` or ``moment``"""
    rule: str


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything noted beside one text."""

    id: str
    reader: str
    """name and version of the reader"""
    quotes: tuple[Quote, ...] = ()
    sources: tuple[Source, ...] = ()
    dateline: Dateline = Dateline()
    dates: tuple[Day, ...] = ()
    subjects: tuple[Subject, ...] = ()
    """what its item says it is about, and what that means; of a text without an item none"""
