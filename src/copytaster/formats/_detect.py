"""Which format the bytes are in, told from the bytes alone.

A file name says nothing, and a declared content type is only compared afterwards. First the
kind of document: none, a web page, JSON, XML, or octets (wire messages, mail, bare text); then
each format that is written in that kind is asked whether the document is its own. None or
several is an error that says what was seen.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points

import msgspec

from copytaster import text
from copytaster.formats._types import Ambiguous
from copytaster.formats._types import Empty
from copytaster.formats._types import Format
from copytaster.formats._types import Html
from copytaster.formats._types import Json
from copytaster.formats._types import NotAFeed
from copytaster.formats._types import Octets
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unknown
from copytaster.formats._types import Unreadable
from copytaster.item import Remark

GROUP = "copytaster.formats"
"""The entry-point group in which formats are registered; others may add theirs."""

_HEAD = 512
_PREAMBLE = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|script|main|article|section|div|p)\b",
    re.IGNORECASE,
)
_CHARSET = re.compile(r""";\s*charset\s*=\s*"?([^\s";]+)""", re.IGNORECASE)
_DEPTH = 100
_MOST_OPENED = 400_000
_MOST_KEYS = 10_000
"""Keys of one object."""

# Keys of which an object may have one only, in any generation's spelling.
_BINDING = re.compile(
    r"(?:uri|guid|type|version.*|pubstatus|embargo.*|expires|signals|editorialtypes|ednote|"
    r"usageterms|value|contenttype|role|by|byline|headline.*|bod.*|description.*)\Z",
    re.IGNORECASE,
)

# What a declared type promises: a family of documents, or one format.
_FAMILIES = {"json": ("json", "+json"), "xml": ("xml", "+xml"), "html": ("html", "xhtml+xml")}
_PROMISES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json-feed",
    "application/nitf+xml": "nitf",
    "application/vnd.iptc.g2.newsitem+xml": "newsml-g2",
    "application/vnd.iptc.g2.packageitem+xml": "newsml-g2",
    "application/vnd.iptc.g2.newsmessage+xml": "newsml-g2",
    "message/rfc822": "mail",
    "text/vnd.iptc.anpa": "anpa-1312",
    "text/vnd.iptc.newsml": "newsml-1",
    "text/vnd.iptc.nitf": "nitf",
}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The decoded document with what detection may look at."""

    body: text.Xml | Json | Html | Octets
    sniff: Sniff
    family: str
    """xml, json, html or octets"""
    declared: str | None
    used: str | None
    """None: the format's reader decodes, and says with what"""
    repairs: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    """on the document as a whole: each item carries them"""


@cache
def registered() -> dict[str, Format]:
    """All formats by name, loaded once from the entry points of the installed packages."""
    formats = (point.load() for point in sorted(entry_points(group=GROUP)))
    return {found.name: found for found in formats}


def document(data: bytes, content_type: str | None) -> Document:
    """Decode and parse once. Raises a FormatError that says what was seen."""
    head = _head(data)
    if not head.strip():
        raise Empty("nothing came: no bytes, or only white space; ask the sender for the item")
    begins = head.lstrip()[0]
    try:
        if begins in "{[":
            return _json(data)
        if begins != "<":
            return _octets(data)
        if _HTML.match(head, _past_preamble(head)):
            return _html(data, content_type)
        return _xml(data, content_type)
    except text.OverLimit as error:
        raise OverLimit(f"{error}") from error
    except text.TextError as error:
        raise Unreadable(f"{error}; the bytes are kept, ask the sender for a sound copy") from error


def choose(found: Document, formats: Iterable[Format]) -> Format:
    """The one format that claims the document."""
    claims = [f for f in formats if f.document == found.family and f.claims(found.sniff)]
    if len(claims) == 1:
        return claims[0]
    seen = _describe(found)
    if claims:
        names = " and ".join(candidate.name for candidate in claims)
        raise Ambiguous(f"{names} both claim this {seen}; name the format")
    if found.family == "html":
        raise NotAFeed(
            f"a web page came in the place of copy: {_seen(found.sniff.head)}; "
            "check the address, and whether the source answers with an error page"
        )
    raise Unknown(f"no format known here claims this {seen}; see docs/reference/formats.md")


def contradiction(content_type: str | None, name: str, family: str) -> str | None:
    """What the sender declared, when it contradicts what the bytes are."""
    essence = (content_type or "").split(";")[0].strip().lower()
    promised = _PROMISES.get(essence)
    if promised is not None:
        return None if promised == name else f"declared {essence}, found {name}"
    kind = essence.rsplit("/", 1)[-1]
    for declared, endings in _FAMILIES.items():
        if kind.endswith(endings) and declared != family and not _is_xhtml(kind, declared):
            return f"declared {essence}, found {name}"
        if kind.endswith(endings):
            return None
    return None


def _is_xhtml(kind: str, declared: str) -> bool:
    return declared == "xml" and kind == "xhtml+xml"


def _head(data: bytes) -> str:
    """The first characters, good enough to tell formats apart: marks and wide zeros dropped."""
    head = data[:_HEAD]
    if head.isascii() and b"\0" not in head:
        return head.decode("ascii")
    bare = data[: 4 * _HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"")
    return bare.decode("utf-8", "replace")[:_HEAD]


def _past_preamble(head: str) -> int:
    found = _PREAMBLE.match(head)
    return found.end() if found else 0


def _json(data: bytes) -> Document:
    decoded = text.decode_json(data)
    if data.count(b"{") + data.count(b"[") > _MOST_OPENED:
        raise OverLimit(f"JSON of more than {_MOST_OPENED} objects and lists")
    try:
        value, remarks = _value(decoded.text)
    except RecursionError as error:
        raise OverLimit(f"JSON nested deeper than {_DEPTH} levels") from error
    except ValueError as error:
        raise Unreadable(f"JSON that cannot be read: {error}; ask for a sound copy") from error
    sniff = Sniff(
        head=decoded.text[:_HEAD],
        data=data,
        keys=_keys(value),
        member_keys=_member_keys(value),
        value=value,
    )
    return Document(
        body=Json(value=value, source=decoded.text),
        sniff=sniff,
        family="json",
        declared=decoded.declared,
        used=decoded.used,
        repairs=decoded.repairs,
        remarks=remarks,
    )


def _value(source: str) -> tuple[object, tuple[Remark, ...]]:
    """The value, and a remark on each key that is in one object twice."""
    try:
        return _ONCE.decode(source), ()
    except _Twice:
        keys = _Keys()
        found = json.loads(source, object_pairs_hook=keys.object, parse_constant=_constant)
        return found, keys.remarks()


class _Twice(Exception):
    """A key is in one object twice, as in hardly any document."""


def _check_keys(pairs: list[tuple[str, object]]) -> None:
    if len(pairs) > _MOST_KEYS:
        raise OverLimit(f"JSON with more than {_MOST_KEYS} keys in one object")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    _check_keys(pairs)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _constant(word: str) -> object:
    raise ValueError(f"{word} is not JSON")


# Made once: it keeps nothing between two documents.
_ONCE = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


class _Keys:
    """Sees to it that no object has a key twice that bears on publishing or on the words."""

    def __init__(self) -> None:
        self.twice: dict[str, None] = {}

    def object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """Of two statuses none can be believed; of two of anything else the last is kept."""
        found = dict(pairs)
        if len(found) != len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    self._again(name)
                seen.add(name)
        return found

    def _again(self, name: str) -> None:
        if _BINDING.match(name):
            raise ValueError(f"the key {name[:60]!r} is there twice in one object")
        self.twice[name[:60]] = None

    def remarks(self) -> tuple[Remark, ...]:
        return tuple(Remark(code="duplicate-key", path=name) for name in self.twice)


def _keys(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, dict) else frozenset()


def _member_keys(value: object) -> frozenset[str]:
    """Keys of the first object in a top-level list, or in the first list of an object."""
    if isinstance(value, dict):
        value = next((v for v in value.values() if isinstance(v, list)), None)
    if isinstance(value, list) and value:
        return _keys(value[0])
    return frozenset()


def _xml(data: bytes, content_type: str | None) -> Document:
    decoded = text.decode_xml(data, _charset(content_type))
    xml = text.parse_xml(decoded)
    namespace, _, name = xml.root.tag.rpartition("}")
    return Document(
        body=xml,
        sniff=Sniff(
            head=decoded.text[:_HEAD], data=data, root=name, namespace=namespace[1:] or None
        ),
        family="xml",
        declared=decoded.declared,
        used=decoded.used,
        repairs=tuple(dict.fromkeys(decoded.repairs + xml.repairs)),
    )


def _html(data: bytes, content_type: str | None) -> Document:
    decoded = text.decode_html(data, _charset(content_type))
    return Document(
        body=Html(source=decoded.text),
        sniff=Sniff(head=decoded.text[:_HEAD], data=data),
        family="html",
        declared=decoded.declared,
        used=decoded.used,
        repairs=decoded.repairs,
    )


def _octets(data: bytes) -> Document:
    return Document(
        body=Octets(data=data),
        sniff=Sniff(head=data[:_HEAD].decode("latin-1"), data=data),
        family="octets",
        declared=None,
        used=None,
    )


def _charset(content_type: str | None) -> str | None:
    found = _CHARSET.search(content_type or "")
    return found.group(1) if found else None


def _describe(found: Document) -> str:
    sniff = found.sniff
    if sniff.root is not None:
        where = f" in namespace {sniff.namespace}" if sniff.namespace else " without a namespace"
        return f"XML document <{sniff.root[:60]}>{where[:120]}"
    if found.family == "octets":
        return f"text: {_seen(sniff.head)}"
    keys = sorted(sniff.keys or sniff.member_keys)[:6]
    return f"JSON document with keys {', '.join(key[:30] for key in keys) or '(none)'}"


def _seen(head: str) -> str:
    start = head.strip()[:40]
    return "it begins " + json.dumps(start, ensure_ascii=True)
