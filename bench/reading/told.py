"""A marked copy as its author wrote it: a head of ``name: value`` lines, then text with marks."""

import re
from datetime import datetime

import msgspec

from bench.reading import marks
from bench.reading.marks import Malformed
from bench.reading.marks import Mark

LANGUAGES = ("en", "hi", "de", "fr", "es")
PARTS = ("tune", "test")
SOURCES = ("person", "organisation", "role", "document", "agency", "joint", "reporter")
"""a reporter asks: a speaker in a transcript, and no source of the story"""

_FIELD = re.compile(r"(?P<name>@?[a-z]+): (?P<value>\S.*)")
_UNTIDY = re.compile(r"\n\n\n|[ \t]\n|\n[ \t]|[^\n]\n[^\n]|\n\n\Z|[^\n]\Z|\A\n")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that the story has its statements from; named where it has a name."""

    kind: str
    name: str | None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A marked copy: what its head says, its text and its marks."""

    id: str
    sent: datetime
    language: str
    part: str
    subject: str
    sources: dict[str, Source]
    corrections: tuple[str, ...]
    text: str
    marks: tuple[Mark, ...]


def tell(id: str, copy: str) -> Told:
    """The head and the text of a marked copy."""
    head, _, marked = copy.partition("\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.splitlines():
        field = _FIELD.fullmatch(line)
        if field is None:
            raise Malformed(f"not a line of a head: {line!r}; write 'name: value'")
        fields.setdefault(field["name"], []).append(field["value"])
    text, found = marks.read(marked)
    if _UNTIDY.search(text):
        raise Malformed("paragraphs need one empty line between them, and one LF at the end")
    return Told(
        id=id,
        sent=_sent(_one(fields, "sent")),
        language=_among(LANGUAGES, _one(fields, "language")),
        part=_among(PARTS, _one(fields, "part")),
        subject=_one(fields, "subject"),
        sources={name[1:]: _source(_one(fields, name)) for name in fields if name[0] == "@"},
        corrections=tuple(fields.get("correction", ())),
        text=text,
        marks=tuple(found),
    )


def _one(fields: dict[str, list[str]], name: str) -> str:
    found = fields.get(name, [])
    if len(found) != 1:
        raise Malformed(f"the head has {len(found)} lines {name!r}; one is needed")
    return found[0]


def _among(known: tuple[str, ...], value: str) -> str:
    if value not in known:
        raise Malformed(f"{value!r} is none of {', '.join(known)}")
    return value


def _sent(value: str) -> datetime:
    try:
        sent = datetime.fromisoformat(value)
    except ValueError as error:
        raise Malformed(f"sent: {value!r} is no ISO 8601 instant") from error
    if sent.tzinfo is None:
        raise Malformed(f"sent: {value!r} has no offset; days are those of the place it has")
    return sent


def _source(value: str) -> Source:
    kind, _, name = value.partition(" ")
    return Source(kind=_among(SOURCES, kind), name=name or None)
