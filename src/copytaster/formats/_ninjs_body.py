"""Which of a ninjs item's bodies is published, and its words.

Bodies are renditions of one text, never parts. The main one wins over the short ones, whatever
they are written in; among its equals the richest: XHTML, then HTML, then NITF, then plain text.
A body whose kind nobody declared is plain text when nothing in it could
be markup; otherwise it holds the item, since as text it might show tags, and as markup lose a
``<``.
"""

import hashlib
from collections.abc import Iterator

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._ninjs_fields import whole
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._words import Words
from copytaster.formats._words import html_words
from copytaster.formats._words import plain_words
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Remark

_KINDS = ("xhtml", "html", "nitf", "plain", "undeclared", "unsupported")
_TYPES = {
    "application/xhtml+xml": "xhtml",
    "xhtml/xml": "xhtml",
    "text/html": "html",
    "text/html5": "html",
    "text/plain": "plain",
    "application/nitf+xml": "nitf",
    "text/vnd.iptc.nitf": "nitf",
}
_ROLES = {
    "xhtml": "xhtml",
    "html": "html",
    "html5": "html",
    "nitf": "nitf",
    "text": "plain",
    "plain": "plain",
}
_WHOLE = frozenset({"", "main", "full", "body", "article", "story"})
_FORMS = ("html", "text", "nitf", "plain", "markup")
_SHORT = frozenset(
    {
        *("short", "brief", "summary", "abstract", "teaser", "lead", "lede", "intro", "excerpt"),
        *("preview", "snippet", "caption", "alert", "push", "sms", "social", "mobile"),
    }
)
_INCOMPLETE = frozenset({"incomplete", "partial"})


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """All bodies as sent, and the words of the chosen one."""

    bodies: tuple[Body, ...] = ()
    kind: BodyKind = BodyKind.none
    words: Words = Words()
    nitf: etree._Element | None = None
    """the NITF document that the words were read from"""


def choose(fields: Fields, profile: Profile, *, words: bool = True) -> Chosen:
    """The bodies of an item, the one to publish first. With ``words`` false none is read."""
    found = sorted(_bodies(fields), key=_rank)
    bodies = tuple(body for _, body in found)
    if not bodies:
        return Chosen()
    kind, body = found[0]
    read, nitf = Words(), None
    if words and kind == "nitf":
        read, nitf = _nitf(body.value, profile)
    elif words:
        read = _words(kind, body.value, profile)
    if words and not read.copy.blocks:
        return Chosen(bodies=bodies, words=read, nitf=nitf)
    short = is_incomplete(fields) or _is_short(body.role)
    whole_or_not = BodyKind.summary if short else BodyKind.full
    return Chosen(bodies=bodies, kind=whole_or_not, words=read, nitf=nitf)


def _rank(pair: tuple[str, Body]) -> tuple[int, int]:
    kind, body = pair
    role = (body.role or "").lower()
    # What is of no kind known here is no words at all, whatever it is called.
    if kind == "unsupported" or _is_short(role):
        return 3 if kind == "unsupported" else 2, _KINDS.index(kind)
    # A role that names the form of the text (``html5``, ``richtext``) is that of the whole.
    whole_text = role in _WHOLE or any(form in role for form in _FORMS)
    return 0 if whole_text else 1, _KINDS.index(kind)


def _is_short(role: str | None) -> bool:
    """Roles of what stands for the text elsewhere, and is not the text."""
    return (role or "").lower() in _SHORT


def is_incomplete(fields: Fields) -> bool:
    """Whether the item says that it is a part of itself (``representationtype``)."""
    return (fields.string("representationtype") or "").lower() in _INCOMPLETE


def _bodies(fields: Fields) -> Iterator[tuple[str, Body]]:
    for member in fields.members("bodies"):
        body = _body(member, fields)
        if body is not None:
            yield _kind(body.content_type, body.role), body
    for role, value in fields.extended("body"):
        if not isinstance(value, str):
            fields.malformed(f"body_{role}", value)
        elif value.strip():
            kind = _ROLES.get(role, "undeclared")
            content_type = {"plain": "text/plain", "undeclared": ""}.get(kind, "text/html")
            yield kind, _with_hash(value, content_type, role, fields)


def _body(member: Fields, fields: Fields) -> Body | None:
    value = member.get("value")
    if not isinstance(value, str):
        if value is not None:
            fields.malformed("bodies.value", value)
        return None
    if not value.strip():
        return None
    return _with_hash(value, member.string("contenttype") or "", member.string("role"), member)


def _with_hash(value: str, content_type: str, role: str | None, counts: Fields) -> Body:
    return Body(
        value=value,
        content_type=content_type,
        role=role or None,
        char_count=whole(counts.get("charcount")),
        word_count=whole(counts.get("wordcount")),
        sha256=hashlib.sha256(value.encode()).hexdigest(),
    )


def _kind(content_type: str, role: str | None) -> str:
    """By the declared type; a role of ``xhtml`` is the finer word for text/html."""
    named = _ROLES.get((role or "").lower())
    typed = _TYPES.get(content_type.split(";", maxsplit=1)[0].strip().lower())
    if typed == "html" and named == "xhtml":
        return "xhtml"
    if typed is None and not content_type:
        return named or "undeclared"
    return typed or "unsupported"


def _words(kind: str, value: str, profile: Profile) -> Words:
    if kind in ("xhtml", "html"):
        return html_words(value, profile)
    if kind == "plain" or (kind == "undeclared" and "<" not in value and "&" not in value):
        return plain_words(value)
    if kind == "unsupported":
        return Words(remarks=(Remark(code="body-unsupported", path="body"),))
    words = plain_words(value)
    remark = Remark(code="body-type-unknown", path="body", detail="neither type nor role is known")
    return msgspec.structs.replace(
        words, holds=(*words.holds, "body-type-unknown"), remarks=(*words.remarks, remark)
    )


def _nitf(value: str, profile: Profile) -> tuple[Words, etree._Element | None]:
    """NITF in a JSON string is a document of its own, with its own declaration."""
    try:
        decoded = text.Decoded(text=value, declared=None, used="utf-8", repairs=())
        xml = text.parse_xml(decoded)
    except text.TextError as error:
        remark = Remark(code="body-unreadable", path="body", detail=str(error))
        return Words(holds=("body-unreadable",), remarks=(remark,)), None
    words = nitf_words(xml.root, xml.source, (0, len(xml.source)), profile)
    return msgspec.structs.replace(words, repairs=words.repairs + xml.repairs), xml.root
