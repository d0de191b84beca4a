"""The parts of a mail (MIME, RFC 2045 and 2046): which are its words, which came with it.

The tree is walked once, with limits on depth and on the number of parts. Of a
``multipart/alternative`` one part is the words and the others are kept beside it; the same
words are never there twice.
"""

import binascii
import re

import msgspec

from copytaster import text
from copytaster.formats._mail_headers import Headers
from copytaster.formats._mail_headers import parameters
from copytaster.formats._mail_headers import split
from copytaster.formats._mail_headers import words
from copytaster.formats._types import OverLimit

DEEPEST = 8
MOST_PARTS = 200
MOST_IN_ALL = 1_000
"""Parts of a mail and of all the mails inside it."""
_ENOUGH = 200_000
"""Characters in which a part that has words shows some."""

_TYPE = re.compile(r"\s*([\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100})\s*(?:;|\Z)", re.ASCII)
_PLAIN = "text/plain"
_READ = (_PLAIN, "text/html")
_SAME = frozenset({"", "7bit", "8bit", "binary"})


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """The characters of a text part, or why there are none."""

    value: str = ""
    repairs: tuple[str, ...] = ()
    problem: str | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part without parts in it, its content still in its transfer encoding."""

    headers: Headers
    data: bytes
    kind: str
    """type and subtype in lower case"""
    declared: str | None
    """the Content-Type as sent"""
    parameters: dict[str, str]
    attached: bool
    """sent as an attachment, or under a file name"""
    name: str | None
    content: Content = Content()
    """the characters, of a part that may be words"""


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """A mail taken apart."""

    words: tuple[Part, ...] = ()
    """the text parts that are its words, in order"""
    others: tuple[Part, ...] = ()
    """text parts that say the same in another way"""
    attached: tuple[Part, ...] = ()
    """everything else"""

    def __add__(self, other: "Parts") -> "Parts":
        return Parts(
            words=self.words + other.words,
            others=self.others + other.others,
            attached=self.attached + other.attached,
        )


class Count:
    """How many parts were seen, of a mail and of the mails inside it."""

    def __init__(self) -> None:
        self.parts = 0


def take_apart(headers: Headers, body: bytes, count: Count) -> Parts:
    """All parts. Raises OverLimit for more, or deeper ones, than the limits."""
    return _Walk(count).parts(headers, body, _PLAIN, 0)


def as_words(part: Part) -> Part | None:
    """An attached text as the words of a mail that has no others; None for anything else."""
    if part.kind not in _READ:
        return None
    return msgspec.structs.replace(part, content=_content(part))


def kind_of(headers: Headers, default: str = _PLAIN) -> str:
    """Type and subtype; one that cannot be read is text/plain (RFC 2045 §5.2)."""
    declared = headers.plain("content-type")
    found = _TYPE.match(declared) if declared else None
    return found.group(1).lower() if found else default


class _Walk:
    def __init__(self, count: Count) -> None:
        self._seen = 0
        self._count = count

    def parts(self, headers: Headers, body: bytes, default: str, depth: int) -> Parts:
        self._seen += 1
        self._count.parts += 1
        if self._seen > MOST_PARTS or self._count.parts > MOST_IN_ALL:
            raise OverLimit(f"mail: more than {MOST_PARTS} parts, or {MOST_IN_ALL} in all")
        if depth > DEEPEST:
            raise OverLimit(f"mail: parts nested deeper than {DEEPEST}")
        kind = kind_of(headers, default)
        if not kind.startswith("multipart/"):
            return _leaf(headers, body, kind)
        boundary = parameters(headers.plain("content-type") or "").get("boundary")
        bodies = _cut(body, boundary) if boundary else []
        if bodies or not body.strip():
            return self._multipart(kind, bodies, depth)
        problem = f"{kind}: {'no part begins' if boundary else 'without a boundary'}"
        return Parts(words=(_unread(headers, body, kind, problem),))

    def _multipart(self, kind: str, bodies: list[bytes], depth: int) -> Parts:
        default = "message/rfc822" if kind == "multipart/digest" else _PLAIN
        found = [self.parts(*split(body), default, depth + 1) for body in bodies]
        if kind == "multipart/alternative":
            return _one_of(found)
        if kind in ("multipart/related", "multipart/signed"):
            return _first_of(found)
        return sum(found, Parts())


def _cut(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the delimiter lines. A part that never ends is kept to the end."""
    line = re.compile(
        rb"(?:\A|\r?\n)--"
        + re.escape(boundary.encode("latin-1", "ignore"))
        + rb"(--)?[ \t]*(?=\r?\n|\Z)"
    )
    bodies: list[bytes] = []
    begins: int | None = None
    for found in line.finditer(body):
        if begins is not None:
            bodies.append(_from_next_line(body, begins, found.start()))
        begins = None if found.group(1) else found.end()
        if begins is None or len(bodies) > MOST_PARTS:
            break
    if begins is not None:
        bodies.append(_from_next_line(body, begins, len(body)))
    return bodies


def _from_next_line(body: bytes, begins: int, ends: int) -> bytes:
    """The line end after a delimiter belongs to it (RFC 2046 §5.1.1)."""
    part = body[begins:ends]
    return part[2:] if part.startswith(b"\r\n") else part.removeprefix(b"\n")


def _one_of(found: list[Parts]) -> Parts:
    """HTML with words, else plain text with words; of equals the last (RFC 2046 §5.1.4)."""
    if not found:
        return Parts()
    best = max(range(len(found)), key=lambda index: (_rank(found[index]), index))
    rest = [part for index, part in enumerate(found) if index != best]
    return Parts(
        words=found[best].words,
        others=sum((part.words + part.others for part in rest), found[best].others),
        attached=sum((part.attached for part in found), ()),
    )


def _rank(found: Parts) -> int:
    ranks = [2 if part.kind == "text/html" else 1 for part in found.words if _has_words(part)]
    return max(ranks, default=0)


def _has_words(part: Part) -> bool:
    value = part.content.value[:_ENOUGH]
    return bool((text.naive_html(value) if part.kind == "text/html" else value).strip())


def _first_of(found: list[Parts]) -> Parts:
    """The first part is the root; the others are used by it, or sign it (RFC 2387, RFC 1847)."""
    if not found:
        return Parts()
    used = sum((part.words + part.others + part.attached for part in found[1:]), ())
    return found[0] + Parts(attached=used)


def _leaf(headers: Headers, data: bytes, kind: str) -> Parts:
    declared = headers.plain("content-type")
    disposition = headers.plain("content-disposition") or ""
    typed = parameters(declared or "")
    name = parameters(disposition).get("filename") or typed.get("name")
    part = Part(
        headers=headers,
        data=data,
        kind=kind,
        declared=declared,
        parameters=typed,
        attached=name is not None or disposition.strip().lower().startswith("attachment"),
        name=None if name is None else _shown(name),
    )
    if kind in _READ and not part.attached:
        return Parts(words=(msgspec.structs.replace(part, content=_content(part)),))
    return Parts(attached=(part,))


def _unread(headers: Headers, data: bytes, kind: str, problem: str) -> Part:
    """Words that are there and that nobody can take apart."""
    return Part(
        headers=headers,
        data=data,
        kind=kind,
        declared=headers.plain("content-type"),
        parameters={},
        attached=False,
        name=None,
        content=Content(problem=problem),
    )


def _shown(name: str) -> str:
    """A file name for people; bare characters in a header were taken byte for byte."""
    try:
        return words(name.encode("latin-1")).text[:200]
    except UnicodeEncodeError:  # RFC 2231 named the charset
        return name[:200]


# --- content -------------------------------------------------------------------------------------


def octets(part: Part) -> bytes:
    """The content out of its transfer encoding. Raises ValueError when it is not in it."""
    said = part.headers.plain("content-transfer-encoding") or ""
    encoding = said.partition("(")[0].strip().lower()  # a comment may follow (RFC 2045 §3)
    if encoding == "base64":
        return binascii.a2b_base64(b"".join(part.data.split()), strict_mode=True)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.data)
    if encoding in _SAME:
        return part.data
    raise ValueError(f"transfer encoding {encoding[:40]!r} is not read here")


def _content(part: Part) -> Content:
    """The characters of a text part, LF at the ends of lines."""
    charset = part.parameters.get("charset")
    try:
        data = octets(part)
        if part.kind == "text/html":
            decoded = text.decode_html(data, charset)
        else:
            decoded = text.decode_xml(data, charset)
    except (ValueError, text.TextError) as error:
        return Content(problem=f"{part.kind}: {error}")
    value = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return Content(value=value, repairs=decoded.repairs)
