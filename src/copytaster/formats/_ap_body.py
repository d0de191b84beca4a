"""The body of an AP Media API item: NITF, where the customer had it put into the item.

The API gives a story's text as a file to fetch (``renditions.nitf.href``). Inside an item it
stands as ``body_nitf``, whole or only what is inside ``body.content``; an object ``body`` with
a member ``nitf`` says the same. Nothing is fetched here.
"""

import hashlib
from collections.abc import Iterator

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._words import Words
from copytaster.formats._words import html_words
from copytaster.formats._words import plain_words
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Remark

NITF = "application/nitf+xml"
_TYPES = {
    "nitf": NITF,
    "xhtml": "application/xhtml+xml",
    "html": "text/html",
    "text": "text/plain",
    "plain": "text/plain",
}
_PREFERENCE = tuple(_TYPES.values())

# What a fragment of NITF lacks to be a document, by the element it begins with.
_AROUND = (
    ("<nitf", ("", "")),
    ("<body.content", ("<nitf><body>", "</body></nitf>")),
    ("<body.head", ("<nitf><body>", "</body></nitf>")),
    ("<body", ("<nitf>", "</nitf>")),
    ("", ("<nitf><body><body.content>", "</body.content></body></nitf>")),
)


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """All bodies as sent, the words of the richest, and the NITF document they stood in."""

    bodies: tuple[Body, ...] = ()
    kind: BodyKind = BodyKind.none
    words: Words = Words()
    nitf: etree._Element | None = None


def choose(fields: Fields, profile: Profile, *, words: bool) -> Chosen:
    """The bodies inside the item, NITF first; where the text is elsewhere, a remark says so."""
    bodies = tuple(sorted(_bodies(fields), key=lambda body: _PREFERENCE.index(body.content_type)))
    if not bodies:
        return Chosen(words=Words(remarks=tuple(_elsewhere(fields))))
    return _read(bodies, profile, words=words)


def _bodies(fields: Fields) -> Iterator[Body]:
    for role, value in (*fields.extended("body"), *_inside(fields)):
        content_type = _TYPES.get(role)
        if isinstance(value, dict) and not role:
            continue
        if content_type is None or not isinstance(value, str):
            fields.malformed(f"body_{role}" if role else "body", value)
        elif value.strip():
            digest = hashlib.sha256(value.encode()).hexdigest()
            yield Body(value=value, content_type=content_type, role=role, sha256=digest)


def _inside(fields: Fields) -> Iterator[tuple[str, object]]:
    """Members of an object ``body`` that are named as its kinds are."""
    value = fields.get("body")
    if isinstance(value, dict):
        found = [(role, value[role]) for role in _TYPES if value.get(role) is not None]
        if value and not found:
            fields.malformed("body", value)
        yield from found


def _elsewhere(fields: Fields) -> Iterator[Remark]:
    """Where the text can be fetched: the item as it came has none, and is held for that."""
    for rendition in fields.members("renditions"):
        if rendition.string("name") == "nitf" and (href := rendition.string("href")):
            yield Remark(code="content-elsewhere", path="renditions.nitf", detail=href[:200])


def _read(bodies: tuple[Body, ...], profile: Profile, *, words: bool) -> Chosen:
    """The head of an NITF document is read even where its words are not asked for."""
    body, nitf, found = bodies[0], None, Words()
    if body.content_type == NITF:
        found, nitf = _nitf(body.value, profile, words=words)
    elif words and body.content_type == "text/plain":
        found = plain_words(body.value)
    elif words:
        found = html_words(body.value, profile)
    kind = BodyKind.full if found.copy.blocks or not words else BodyKind.none
    return Chosen(bodies=bodies, kind=kind, words=found, nitf=nitf)


def _nitf(value: str, profile: Profile, *, words: bool) -> tuple[Words, etree._Element | None]:
    """The words of a document, or of a fragment made one."""
    begin = _past_prolog(value)
    before, after = next(around for tag, around in _AROUND if value.startswith(tag, begin))
    whole = value if not before else before + value + after
    try:
        decoded = text.Decoded(text=whole, declared=None, used="utf-8", repairs=())
        xml = text.parse_xml(decoded)
    except text.TextError as error:
        remark = Remark(code="body-unreadable", path="body", detail=str(error))
        return Words(holds=("body-unreadable",), remarks=(remark,)), None
    read = nitf_words(xml.root, xml.source, (0, len(xml.source)), profile, words=words)
    return msgspec.structs.replace(read, repairs=read.repairs + xml.repairs), xml.root


def _past_prolog(value: str) -> int:
    """Where the first element begins, past a declaration and a DOCTYPE."""
    begin = len(value) - len(value.lstrip("\ufeff \t\r\n"))
    if value.startswith(("<?xml", "<!DOCTYPE", "<!doctype"), begin):
        found = value.find("<nitf", begin)
        return found if found >= 0 else begin
    return begin
