"""The feedparser project's cases, put to the readers of RSS and Atom.

Each case is a file with checks on what its library reads (``entries[0].title`` equals …). The
value is looked up in our items (:mod:`.feed_answers`). Their values of text are HTML where ours
are words: then the words in their HTML are compared with ours, character for character, without
layout white space, and the links in it with the links in ours.

A case that asks something of the *feed* that an item has as well (a title, a summary, rights,
a language) is moved: the feed's children are put inside one entry, and the entry is asked.
"""

import codecs
import json
import re
import tomllib
from collections.abc import Callable
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import msgspec
from lxml import etree

from conformance.feed_answers import ELEMENTS
from conformance.feed_answers import ENTRIES
from conformance.feed_answers import MAIL
from conformance.feed_answers import NOBODY
from conformance.feed_answers import Markup
from conformance.feed_answers import Unsaid
from conformance.feed_answers import compared
from conformance.feed_answers import differ
from conformance.feed_answers import said
from copytaster import formats
from copytaster import moment
from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import Parsed
from copytaster.formats._feed import Inherited
from copytaster.item import Item

_HERE = Path(__file__).resolve().parent
FOLDER = "feedparser"
PROFILE = Profile(id="conformance", name="Conformance")
RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)

_CHILDREN = (  # of a feed, moved into one entry of it
    (re.compile(r"(<channel\b[^>]*>)(.*)(</channel\s*>)", re.DOTALL), "item"),
    (re.compile(r"(<feed\b[^>]*>)(.*)(</feed\s*>?)", re.DOTALL), "entry"),
)
MOVED = ("tagline", "subtitle", "info")
_ALIKE = dict.fromkeys(("tagline", "subtitle"), ("tagline", "subtitle", "description"))
_AN_ID = {"item": '<guid isPermaLink="false">moved</guid>', "entry": "<id>moved</id>"}
_NAMES = {  # what an entry calls it
    "tagline": "summary",
    "subtitle": "summary",
    "info": "summary",
    "tagline_detail": "summary_detail",
    "subtitle_detail": "summary_detail",
    "info_detail": "summary_detail",
}


class CaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """How one case came out."""

    file: str
    """its name below the corpus's folder; of a bare value the case's id"""
    group: str
    concerns_items: bool
    excluded: str | None = None
    """why it is not asked; such a case has neither passed nor failed"""
    passed: bool = False
    why: str | None = None
    """what was seen in the place of what was expected"""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """``feed_exceptions.toml``."""

    excluded: Mapping[str, str]
    """patterns of file names to why those cases are not asked"""
    failing: Mapping[str, str]
    """names of files whose cases fail, to the reason"""


def rules() -> Rules:
    """What is left out, and what is known to fail, each with its reason."""
    told = tomllib.loads((_HERE / "feed_exceptions.toml").read_text("utf-8"))
    return msgspec.convert(told, Rules)


def results(corpus: Path) -> list[CaseResult]:
    """Every case of the corpus, in its order. Reads nothing but the corpus and the rules."""
    folder = corpus / FOLDER
    told = rules()
    with (folder / "cases.jsonl").open(encoding="utf-8") as lines:
        return [_result(json.loads(line), folder, told) for line in lines]


def _result(case: Mapping[str, Any], folder: Path, told: Rules) -> CaseResult:
    name = case.get("file") or case["id"]
    begun = CaseResult(file=name, group=case["group"], concerns_items=False)
    why_not = next((why for like, why in told.excluded.items() if fnmatchcase(name, like)), None)
    why_not = why_not or _outside(case)
    if why_not is not None:
        return msgspec.structs.replace(begun, excluded=why_not)
    try:
        wrong = _value(case) if case["scope"] == "value" else _document(case, folder)
    except Unsaid as unsaid:
        return msgspec.structs.replace(begun, excluded=str(unsaid))
    return msgspec.structs.replace(
        begun,
        # A bare value is no case of an item, and to survive is no reading; both are run.
        concerns_items=case["scope"] != "value" and case["applies"] != "survive",
        passed=wrong is None,
        why=wrong,
    )


_OUTSIDE = {
    "channel": "asks about the feed alone",
    "extension": "asks for an element that no item has a field for",
    "dead": "CDF, a format of 1997",
}


def _outside(case: Mapping[str, Any]) -> str | None:
    if case["suite"] == "json":
        return "JSON Feed: not a case of RSS or Atom"
    return _OUTSIDE.get(case["applies"])


# --- one document --------------------------------------------------------------------------------


def _document(case: Mapping[str, Any], folder: Path) -> str | None:
    """What is wrong, or None."""
    data = (folder / "tests" / case["file"]).read_bytes()
    moved = case["applies"] == "shared"
    if moved:
        data = moved_into_an_entry(data, _asked_names(case))
    context = formats.Context(
        received=RECEIVED,
        url=_address(case),
        content_type=_header(case, "content-type"),
    )
    asked = _Asked(data, context, moved)
    unsaid: Unsaid | None = None
    asked_any = False
    for check in case["checks"]:
        try:
            if (wrong := asked.wrong(check)) is not None:
                return wrong
            asked_any = asked_any or check.get("path") != ["bozo"]
        except Unsaid as found:  # what else the case asks is asked all the same
            unsaid = found
    if unsaid is not None and not asked_any:
        raise unsaid
    return None


def _header(case: Mapping[str, Any], wanted: str) -> str | None:
    headers = {name.lower(): value for name, value in case["headers"].items()}
    return headers.get(wanted)


def _address(case: Mapping[str, Any]) -> str | None:
    """Where the document came from, as the wire would tell it (RFC 3986 §5.1.2)."""
    elsewhere = _header(case, "content-location")
    return urljoin(case["url"] or "", elsewhere) if elsewhere else case["url"]


def _asked_names(case: Mapping[str, Any]) -> frozenset[str]:
    """The elements of the feed that the case asks for."""
    paths = (check["path"] for check in case["checks"] if len(check.get("path", ())) > 1)
    return frozenset(path[1].removesuffix("_detail") for path in paths)


def moved_into_an_entry(data: bytes, asked: frozenset[str]) -> bytes:
    """The feed's own elements as those of its one entry, under the names they have there."""
    source = data.decode("utf-8", "surrogateescape")
    for shape, name in _CHILDREN:
        found = shape.search(source)
        if found is not None:
            inside = found[2]
            for feed in MOVED if name == "entry" else ():
                if not asked.isdisjoint(_ALIKE.get(feed, (feed,))):
                    inside = re.sub(rf"(</?){feed}\b", r"\1summary", inside)
            inside += _AN_ID[name]  # an item of nothing else is none
            moved = f"{found[1]}<{name}>{inside}</{name}>{found[3]}"
            source = source[: found.start()] + moved + source[found.end() :]
            break
    return source.encode("utf-8", "surrogateescape")


class _Asked:
    """One document, read when it is first asked something."""

    def __init__(self, data: bytes, context: formats.Context, moved: bool) -> None:
        self._data = data
        self._context = context
        self._moved = moved
        self._parsed: Parsed | None = None
        self._refused: str | None = None
        try:
            self._parsed = formats.parse(data, PROFILE, context)
        except formats.FormatError as refused:
            self._refused = str(refused)

    def wrong(self, check: Mapping[str, Any]) -> str | None:
        """Why a check does not hold, or None."""
        if check["op"] == "any":
            whys = [self._all(checks) for checks in check["of"]]
            return None if None in whys else whys[-1]
        path = list(check["path"])
        if path == ["bozo"]:
            return self._ragged(check["op"])
        if path == ["encoding"]:
            return self._decoded(check["value"])
        if path == ["version"]:
            raise Unsaid("asks what that library calls a version of the format")
        if self._parsed is None:
            return f"refused: {self._refused}"
        return self._read(self._parsed, path, check)

    def _read(self, parsed: Parsed, path: list[Any], check: Mapping[str, Any]) -> str | None:
        """Why what was read is not what is expected, or None."""
        if path == ["entries"] and check["op"] == "len":
            return differ(len(parsed.items), check["value"])
        if path[0] == "feed" and self._moved and path[1] not in ("id", "guid"):
            path = ["entries", 0, _NAMES.get(path[1], path[1]), *path[2:]]
        if path[0] != "entries":
            raise Unsaid("asks about the feed alone")
        if path[-1] == "base":
            return differ(self._base(path), check["value"])
        if path[1] >= len(parsed.items):
            said(NOBODY, path[2:])  # what no item says is not asked of a missing one
            return f"only {len(parsed.items)} items: {parsed.failed}"
        found = said(parsed.items[path[1]], path[2:])
        if path[2:] == ["author"]:
            return differ(found, MAIL.sub("", check["value"]))
        if isinstance(found, Markup) and _is_text(self._data, found.name):
            found = found.words
        return compared(found, check["op"], check.get("value"))

    def _base(self, path: list[Any]) -> str | None:
        """What the reader would resolve a relative link in the field against: an item keeps
        no base, only the addresses that came of it, so the reader's own function is asked.
        """
        names = ELEMENTS.get(path[2].removesuffix("_detail"), ())
        document = text.parse_xml(text.decode_xml(self._data))
        entry = [e for e in document.root.iter() if etree.QName(e).localname in ENTRIES][path[1]]
        element = next(e for e in entry if etree.QName(e).localname in names)
        return Inherited(document.root, self._context).base(element)

    def _all(self, checks: list[Mapping[str, Any]]) -> str | None:
        return next((wrong for check in checks if (wrong := self.wrong(check))), None)

    def _ragged(self, op: str) -> str | None:
        """Their ``bozo``: not well-formed, or not in the charset it declares."""
        if op == "truthy":
            return None  # refused, or read with a repair that is named; either is right
        try:
            decoded = text.decode_xml(self._data, _charset(self._context.content_type))
            mended = text.parse_xml(decoded).repairs
        except text.TextError as error:
            return f"refused: {error}"
        return "mended, and there was nothing to mend" if "xml" in mended else None

    def _decoded(self, charset: str) -> str | None:
        """Whether the document was read as that charset, or a wider one, reads it."""
        try:
            used = text.decode_xml(self._data, _charset(self._context.content_type))
            meant = self._data.decode(codecs.lookup(charset).name)
        except (text.TextError, LookupError, UnicodeError) as error:
            return str(error)
        same = used.text == meant.removeprefix("\ufeff")
        return None if same else f"read as {used.used}, not as {charset}"


def _charset(content_type: str | None) -> str | None:
    found = re.search(r"""charset\s*=\s*"?([^\s";]+)""", content_type or "", re.IGNORECASE)
    return found.group(1) if found else None


_TEXT = re.compile(
    rb"""<(?P<name>title|summary|content|rights|copyright|tagline|subtitle|info)\b"""
    rb"""(?:(?=[^>]*\stype=["'](?:text|text/plain)["'])|(?![^>]*\stype=))[^>]*>"""
    rb"""(?:<!\[CDATA\[|[^<]*</)"""
)


def _is_text(data: bytes, name: str) -> bool:
    """Whether the case's document says that the field is text: then so is what it expects.

    Without a type Atom says that it is; RSS says nothing.
    """
    atom = b"<feed" in data
    names = {found["name"].decode() for found in _TEXT.finditer(data)}
    return atom and (name in names or (name == "rights" and "copyright" in names))


# --- bare values ---------------------------------------------------------------------------------


def _value(case: Mapping[str, Any]) -> str | None:
    """A date, an address or a charset without a document: put into the least one."""
    return _VALUES[case["suite"]](case)


def _date(case: Mapping[str, Any]) -> str | None:
    found = moment.feed(case["given"])
    return compared(found, "utc", case["utc"])


def _url(case: Mapping[str, Any]) -> str | None:
    found = text.safe_href(case["given"], case["base"])
    return differ(found or "", case["expect"])


def _guess(case: Mapping[str, Any]) -> str | None:
    title = case["given"].replace("&", "&amp;").replace("<", "&lt;")
    item = _one(f"<guid>g</guid><title>{title}</title>".encode())
    html = any(remark.code == "read-as-html" for remark in item.warnings)
    return differ(html, case["expect"])


def _one(inside: bytes) -> Item:
    data = b"<rss><channel><item>" + inside + b"</item></channel></rss>"
    return formats.parse(data, PROFILE, formats.Context(received=RECEIVED)).items[0]


def _label(case: Mapping[str, Any]) -> str | None:
    """A document that says which charset it is in, in that charset."""
    declared = f'<?xml version="1.0" encoding="{case["given"]}"?>'
    source = declared + "<rss><channel><item><title>A B 1</title></item></channel></rss>"
    try:
        data = source.encode(case["given"])
        items = formats.parse(data, PROFILE, formats.Context(received=RECEIVED)).items
    except (LookupError, formats.FormatError) as error:
        return str(error)
    return differ(items[0].headline, "A B 1")


_VALUES: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
    "dates": _date,
    "urls": _url,
    "htmlguess": _guess,
    "encodings": _label,
}
