"""The two header lines and the trailer of an ANPA 1312 message.

Layout and evidence: handbook, formats §1.2. A gateway may have taken away the control
characters, so each field is told by its own shape: a service letter with a story number, a
letter for priority and one for category, a keyword, whatever stands between, and ``MM-DD``.
"""

import re

import msgspec

from copytaster.formats import _wire_cues as cues
from copytaster.formats import _wire_item as wire
from copytaster.formats._types import BadReading
from copytaster.formats._wire_split import ETX
from copytaster.formats._wire_split import STX
from copytaster.item import EditorialType

ADVISORY_CATEGORY = "v"

_FILL = r"[\x00\x07\x16\x7f\s]*+"
_FIRST = r"(?P<service>[A-Za-z]?)(?P<number>\d{1,4})[ ]?(?P<rest>[^\x1f\r\n]{0,20})"
_SELECTOR = r"(?:\x1f(?P<selector>[^\r\n]{0,8}))?"
_SECOND = (
    r"(?P<priority>[A-Za-z]) (?P<category>[A-Za-z0-9])(?P<form>[\x11-\x14]{0,2}) ?"
    r"(?P<keyword>[^\s]{2,30})(?P<between>[^\r\n]{0,50}?)"
    r"(?: +(?P<date>\d{1,2}-\d{1,2})(?: +(?P<words>\d{1,5}))?)?[ \t]*"
)
_LINES = re.compile(rf"{_FIRST}{_SELECTOR}[ \t]*\n{_FILL}{_SECOND}(?=\n|\Z|\x02)")
CLAIM = re.compile(
    rf"(?:{_FILL}|[^\x01]*+\x01{_FILL})[A-Za-z]?\d{{1,4}}(?: ?[^\x1f\r\n]{{0,20}}\x1f[^\r\n]{{0,8}}"
    rf"|(?<=\d\d\d)[ A-Za-z-]{{0,20}})[ \t]*[\r\n]{_FILL}"
    r"[A-Za-z] [A-Za-z0-9](?:[\x11-\x14]{1,2} ?[^\s]| ?[^\r\n]{2,90}? \d\d-\d\d\b)"
)
STRIPPED = re.compile(
    rb"(?:(?<=\A)|(?<=\n))[A-Za-z]\d{3,4}[^\r\n]{0,20}[\r\n]{1,4}[a-z] [a-z0-9][\x11-\x14 ]{0,3}"
    rb"[^\r\n]{2,90}? \d\d-\d\d\b"
)
_TRAILER = re.compile(
    r"(?:(?P<line>[A-Za-z]{1,8}(?:-[A-Za-z]{1,8}){0,3})-)?\d{1,2}-\d{1,2}-(?P<year>\d{4}|\d\d)"
    r"[ \t]+\d{4}[ \t]*(?:[A-Za-z]{1,8}|[+-]\d{4})?"
)
_EDGES = " \t\n\f<"
_REFERENCE = re.compile(r"[A-Za-z]?\d{3,5}|[A-Z]{2,15}")
_SPLIT = re.compile(r"[^A-Za-z0-9]+")
_UNIT = re.compile(r"(\d{0,3}(?:st|nd|rd|th)?)([a-z]*)(\d{0,2})")
_COUNT = re.compile(r"\d{1,3}(?:st|nd|rd|th)?")


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """Both lines, as sent."""

    service: str
    number: str
    reference: str | None
    selector: str | None
    priority: str
    category: str
    form: str
    keyword: str
    between: str
    date: str | None
    words: int | None

    @property
    def story(self) -> str:
        """Service letter and story number, as kill notices name it: ``V9991``."""
        return f"{self.service}{self.number}"

    @property
    def is_agate(self) -> bool:
        """DC4: set in agate."""
        return "\x14" in self.form

    @property
    def is_tabular(self) -> bool:
        """DC2: tabular."""
        return "\x12" in self.form


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """A message taken apart."""

    header: Header
    body: str
    trailer: str | None
    is_cut: bool


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What the version field says."""

    types: tuple[EditorialType, ...] = ()
    unknown: tuple[str, ...] = ()


def take_apart(message: str, octets: bytes) -> Parts:
    """The parts of a message. Raises BadReading when the header is none."""
    message = message.lstrip("\x01 \t\n\f")
    found = _LINES.match(message)
    if found is None:
        raise BadReading(f"no ANPA 1312 header where one must stand: {wire.seen(octets)}")
    rest = message[found.end() :]
    _, stx, after = rest.partition(STX)
    body, etx, tail = (after if stx else rest).partition(ETX)
    trailer = tail.strip(_EDGES).partition("\n")[0].strip(_EDGES) or None
    if not etx:
        body, trailer = _without_etx(body)
    return Parts(
        header=_header(found), body=body, trailer=trailer, is_cut=not etx and trailer is None
    )


def _header(found: re.Match[str]) -> Header:
    selector, rest = found["selector"], found["rest"].strip()
    if selector is None and rest and len(rest) <= 5 and not rest.isupper():
        selector, rest = rest, ""  # US was stripped: what is left is one of the two
    words = found["words"]
    return Header(
        service=found["service"],
        number=found["number"],
        reference=rest or None,
        selector=(selector or "").strip() or None,
        priority=found["priority"],
        category=found["category"],
        form=found["form"],
        keyword=found["keyword"],
        between=found["between"].strip(),
        date=found["date"],
        words=int(words) if words else None,
    )


def _without_etx(body: str) -> tuple[str, str | None]:
    """Body and trailer, where ETX was taken away: the trailer is the last line."""
    above, _, last = body.rstrip(_EDGES).rpartition("\n")
    last = last.strip(_EDGES)
    return (above, last) if _TRAILER.fullmatch(last) else (body, None)


def line_of(trailer: str | None) -> str | None:
    """The service that the trailer names: ``AP-WF``."""
    found = _TRAILER.fullmatch(trailer) if trailer else None
    return found["line"] if found else None


def day_of(header: Header, trailer: str | None) -> str | None:
    """The day by the agency's own count, ``2013-11-13``: the header's, in the trailer's year.

    Story numbers begin anew each day of the agency, which the header's date tells and the
    trailer's, in GMT, does not. Around New Year the two may lie in different years.
    """
    found = _TRAILER.fullmatch(trailer) if trailer else None
    if found is None or header.date is None or trailer is None:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    sent_in = trailer[: found.start("year")].rstrip("-").split("-")[-2]
    month, _, day = header.date.partition("-")
    year += (int(month) == 1 and int(sent_in) == 12) - (int(month) == 12 and int(sent_in) == 1)
    return f"{year}-{int(month):02}-{int(day):02}"


# --- the version field --------------------------------------------------------------------------


def version_of(between: str) -> Version:
    """The kinds of message in the field between keyword and date: ``1stLd-Writethru``.

    A word that is neither known nor a reference (``a0512``, ``KYODO``) is not guessed at.
    """
    types: list[EditorialType] = []
    unknown: list[str] = []
    for token in between.split():
        known, kinds = words_of(token)
        types += kinds
        if not known and _REFERENCE.fullmatch(token) is None:
            unknown.append(token)
    return Version(types=tuple(dict.fromkeys(types)), unknown=tuple(unknown))


def words_of(token: str) -> tuple[bool, list[EditorialType]]:
    """Whether every word of a version is known, and the kinds of message they name."""
    kinds: list[EditorialType] = []
    words = [word for word in _SPLIT.split(token) if word]
    known = bool(words)
    for word in words:
        found = _UNIT.fullmatch(word.lower())
        name = found[2] if found else ""
        if name in cues.KINDS:
            kind = cues.KINDS[name]
            kinds += [kind] if kind is not None else []
        elif _COUNT.fullmatch(word.lower()) is None:
            known = False
    return known, kinds


def shouted_in(keyword: str) -> list[EditorialType]:
    """Kinds of message that a keyword names in capitals, or by being nothing else.

    ``BC-KILL`` and ``AP-Advisory`` are words to editors; ``BC-US--Kill Shelter`` is a story.
    """
    kinds = []
    words = [word for word in _SPLIT.split(keyword) if word]
    whole = words[1:] if words and len(words[0]) == 2 else words
    capitals = not keyword.isupper()
    for word in words:
        kind = cues.KINDS.get(word.lower())
        if kind in _BY_KEYWORD and ((capitals and word.isupper()) or whole == [word]):
            kinds.append(kind)
    return kinds


_BY_KEYWORD = frozenset(
    {
        EditorialType.kill,
        EditorialType.withhold,
        EditorialType.advisory,
        EditorialType.correction,
        EditorialType.disregard,
        EditorialType.hold_for_release,
        EditorialType.test,
    }
)
