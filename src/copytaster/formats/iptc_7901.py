"""IPTC 7901: the text wire of European agencies, one message or many in a delivery.

A message has a header line, keyword lines, STX, a block of take keys, headline and byline that
ends with `` =``, hard-wrapped paragraphs, ETX and a date-time group. A gateway may have taken
away every control character. There is no id, no version, no status and no zone for sure; what
an agency says instead it says in words (handbook: formats §1.2). The standard of 1995 was not at
hand: the layout is as the handbook reconstructs it from messages of several agencies.
"""

import re

import msgspec

from copytaster import moment
from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats import _wire_cues as cues
from copytaster.formats import _wire_item as wire
from copytaster.formats import _wire_lines as lines_
from copytaster.formats._hash import seal
from copytaster.formats._mail_detect import claims as comes_by_mail
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._types import BadReading
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Octets
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import no_more_than_allowed
from copytaster.formats._wire_split import ETX
from copytaster.formats._wire_split import STX
from copytaster.formats._wire_split import has_other_controls
from copytaster.formats._wire_split import messages
from copytaster.formats._words import Words
from copytaster.formats._words import settle
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Target

_NAME = FormatName(name="iptc-7901")
_FILL = r"[\x00\x07\x16\x7f\s]*+"
_CLAIM = re.compile(
    rf"(?:{_FILL}|[^\x01]*+\x01{_FILL})[A-Za-z]{{1,8}} ?\d{{1,6}} +\d +[A-Za-z]{{1,3}}"
    r"(?: [^\r\n]*+)?[\r\n]"
)
_STRIPPED = re.compile(
    rb"(?:(?<=\A)|(?<=\n))[A-Za-z]{2,8}\d{3,6} \d [A-Za-z]{1,3} \d[^\r\n]*+[\r\n]"
)
_HEADER = re.compile(
    r"(?P<source>[A-Za-z]{1,8}) ?(?P<number>\d{1,6}) +(?P<priority>\d) +(?P<category>[A-Za-z]{1,3})"
    r"(?: +(?P<words>\d{1,6})(?!\S))?(?P<option>(?: .*)?)"
)
_SERVICE = re.compile(r"([A-Za-z][A-Za-z-]{0,15}) +(\d{1,6})\s*\Z")
_DTG = re.compile(
    r"\s*(\d\d)\d{4}(?:[ \t]*(?:[A-Za-z]{1,8}|[+-]\d{4}))?[ \t]+([^\W\d_]{3,9})\.?[ \t]+"
    r"(\d{4}|\d\d)\s*"
)
_HEADLINE_ENDS = re.compile(r"(?:^|[ \t])=[ \t]*$", re.MULTILINE)
_HEADLINE_WITHIN = 1500
_NOT_FOR_READERS = "The following information is not "
_NOT_PUBLIC = re.compile(rf"[ \t]*{_NOT_FOR_READERS}(?:intended )?for publication\b")
# Not "at 1756 hours", "of 10 March", "March 10": a time or a day is no service number.
_NUMBER = re.compile(
    r"\b(?!(?:at|of|on|to|by|in|from|and|no|um|vom|von|am|bis|und|mit|jan|feb|mar|apr|may|jun|jul|aug"
    r"|sept?|oct|nov|dec|mai|okt|dez|march|april|june|july|august|januar|februar|juni|juli|oktober"
    r"|january|february|november|december|dezember|october|september)\b)"
    r"([A-Za-z]{2,8}(?:-[A-Za-z]{2,8})?) (?:no\.? ?)?(\d{2,5})\b(?! ?(?:hours|hrs|uhr|gmt|utc)\b)",
    re.IGNORECASE,
)


class _Header(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    number: str
    priority: str
    category: str
    words: int | None
    agency: str | None
    service: str | None
    options: tuple[str, ...]


class _Parts(msgspec.Struct, frozen=True, kw_only=True):
    """A message taken apart where its control characters, or its lines, say."""

    header: _Header
    keywords: str
    body: str
    dtg: str | None
    is_cut: bool


def claims(sniff: Sniff) -> bool:
    """A header line, behind SOH or at the very beginning; a gateway may strip every control."""
    return _CLAIM.match(sniff.head) is not None and not comes_by_mail(sniff)


def read(document: Octets, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All messages of the delivery, in order."""
    found = no_more_than_allowed(messages(document.data, _STRIPPED))
    read_ = each(found, lambda _, one: _item(one, raw, profile, context), lambda _: None)
    return Parsed(format=_NAME, items=read_.items, failed=read_.failed)


def _item(message: bytes, raw: RawRef, profile: Profile, context: Context) -> Item:
    octets = wire.opened(message, _NAME.name)
    decoded = wire.decoded(octets, profile.charset)
    parts = _take_apart(decoded.text, message)
    header = parts.header
    found = _read_body(parts, profile)
    if has_other_controls(octets, b"\x02\x03\x0c"):
        found.doubt("control-unknown")
    if parts.is_cut:
        found.doubt("message-cut")
    if context.words:
        words = settle(lambda: wire.copy_of(found), lambda: found.characters)
    else:
        words = Words()
    types = wire.types_of(found)
    status = wire.pub_status(types, profile)
    said = parts.dtg
    created = moment.dtg(said, profile.zone_rules) if said is not None else None
    service = _service(header)
    dateline = wire.dateline_of(found)
    holds = status.holds + words.holds + tuple(found.holds) + undated(created)
    return seal(
        Item(
            provider=profile.id,
            guid=_guid(header, parts.dtg, decoded.text),
            alt_ids=(AltId(role="service-number", value=service),) if service else (),
            version=", ".join(found.version) or None,
            version_created=created,
            sent=created,
            content_hash="",
            pub_status=status.pub_status,
            hold_reason=tuple(dict.fromkeys(holds)),
            embargo=wire.embargo_of(found),
            editorial_types=types,
            partial=_status.partial(types),
            targets=_targets(found, parts),
            headlines=(Headline(value=found.headline),) if found.headline else (),
            slugline=parts.keywords or None,
            keywords=tuple([word.strip() for word in parts.keywords.split("/") if word.strip()]),
            by=found.by,
            bylines=(Byline(name=found.by.removeprefix("By ")),) if found.by else (),
            dateline=dateline,
            located=wire.located_of(dateline),
            ed_note="\n\n".join(found.notes) or None,
            urgency=int(header.priority) or None,
            urgency_raw=header.priority,
            priority=header.priority,
            bodies=(wire.body_of(parts.body, decoded, header.words),),
            body_kind=wire.body_kind(found),
            copy=words.copy,
            subjects=(Concept(literal=header.category),),
            anpa_category=header.category,
            services=tuple(filter(None, (header.source, header.agency))),
            channels=header.options,
            transmit_id=f"{header.source}{header.number}",
            raw_ref=wire.raw_of(raw, decoded),
            format=_NAME,
            repairs=decoded.repairs,
            warnings=words.remarks,
        )
    )


# --- the parts of a message ---------------------------------------------------------------------


def _take_apart(message: str, octets: bytes) -> _Parts:
    message = message.lstrip("\x01 \t\n\f")
    above, stx, rest = message.partition(STX)
    line, _, above = above.partition("\n")
    matched = _HEADER.fullmatch(line.rstrip())
    if matched is None:
        raise BadReading(f"no IPTC 7901 header where one must stand: {wire.seen(octets)}")
    if not stx:
        above, rest = _without_stx(above)
    body, etx, tail = rest.partition(ETX)
    if etx:
        dtg = tail.strip(" \t\n\f").partition("\n")[0] or None
    else:
        body, dtg = _without_etx(body)
    return _Parts(
        header=_header(matched),
        keywords="".join([part.strip() for part in above.split("\n")]),
        body=body,
        dtg=dtg,
        is_cut=not etx and dtg is None,
    )


def _header(found: re.Match[str]) -> _Header:
    option = found["option"]
    service = _SERVICE.search(option)
    words = found["words"]
    return _Header(
        source=found["source"],
        number=found["number"],
        priority=found["priority"],
        category=found["category"],
        words=int(words) if words else None,
        agency=service[1] if service else None,
        service=service[2] if service else None,
        options=tuple((option[: service.start()] if service else option).split()),
    )


def _without_stx(message: str) -> tuple[str, str]:
    """Keyword lines and body, where a gateway took STX away: keywords end with a slash."""
    lines = message.split("\n")
    at = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].rstrip().endswith("/")):
        at += 1
    return "\n".join(lines[:at]), "\n".join(lines[at:])


def _without_etx(body: str) -> tuple[str, str | None]:
    """Body and date-time group, where ETX was taken away: the group is the last line."""
    above, _, last = body.rstrip(" \t\n\f").rpartition("\n")
    if _DTG.fullmatch(last) is None:
        return body, None
    return above, last.strip()


def _guid(header: _Header, dtg: str | None, message: str) -> str:
    """The transmission number with the service number and the day, all as sent.

    The transmission number wraps, in a day or two, and so may the service number; both on one
    day name one message, and the same bytes sent again give the same id. Without a service
    number the minute has to tell two rounds of a day apart, without a date the characters do.
    """
    number = f"iptc-7901:{header.source}{header.number}"
    day = _DTG.fullmatch(dtg) if dtg is not None else None
    if day is None:
        return f"{number}:{wire.digest(message)}"
    date = f"{day[1]}{day[2].lower()}{day[3][-2:]}"
    service = _service(header)
    if service is None:
        return f"{number}:{date}-{day[0].strip()[2:6]}"
    return f"{number}:{service.replace(' ', '-')}:{date}"


def _service(header: _Header) -> str | None:
    if header.agency is None or header.service is None:
        return None
    return cues.service_number(header.agency, header.service)


# --- the body -----------------------------------------------------------------------------------


def _read_body(parts: _Parts, profile: Profile) -> wire.Found:
    body = lines_.trimmed(parts.body)
    found = wire.Found(characters=lines_.naive(body))
    ends = _HEADLINE_ENDS.search(body, 0, _HEADLINE_WITHIN)
    if ends is None:
        top, copy = _untold_headline(body)
    else:
        top, copy = body[: ends.start()], body[ends.end() :]
    _read_top(top, parts.header.agency, found)
    if ends is not None:
        found.leave_out("=", "typesetting")
    cut = _notes_begin(copy, profile.notes_from)
    found.blocks, pieces = lines_.blocks_of(copy[:cut])
    found.pieces += pieces
    if note := copy[cut:].strip(" \t\n\f"):
        found.leave_out(lines_.naive(note), "editors-note")
        found.notes.append(note)
    _read_cues(parts, copy[:cut], top, found)
    return found


def _untold_headline(body: str) -> tuple[str, str]:
    """The headline where no line ends with `` =``: the first line, when it stands alone."""
    stripped = body.lstrip(" \t\n\f")
    line, _, rest = stripped.partition("\n")
    if rest.strip(" \t\f")[:1] != "\n" or line.rstrip().endswith("."):
        return "", body
    return line, rest


def _read_top(top: str, agency: str | None, found: wire.Found) -> None:
    """Take keys, headline and byline, each left out of the text under its name."""
    lines = [stripped for line in top.split("\n") if (stripped := line.strip(" \t\f"))]
    while len(lines) > 1 and _is_take_key(lines, found):
        found.version.append(lines[0])
        found.leave_out(lines.pop(0), "take-key")
    byline = lines.pop() if len(lines) > 1 and _is_byline(lines[-1], agency) else None
    for line in lines:
        found.leave_out(line, "headline")
    found.headline = " ".join(lines) or None
    if byline is not None:
        found.leave_out(byline, "byline")
        found.by = byline


def _is_take_key(lines: list[str], found: wire.Found) -> bool:
    """A line of capitals above a headline that is not: a version's cue, known or not."""
    line = lines[0]
    known, kind = cues.take_key(line)
    if known:
        found.types += [kind] if kind else []
        return True
    if cues.is_shouted(line) and not lines[1].isupper():
        found.doubt("editorial-type-unknown")
        return True
    return cues.notice([line]) is not None or cues.embargo([line]) is not None


def _is_byline(line: str, agency: str | None) -> bool:
    """``By …``, or in any language a last line that ends with the agency of the header."""
    if line.startswith(("By ", "BY ")):
        return True
    return agency is not None and line.lower().endswith(f", {agency.lower()}")


def _notes_begin(copy: str, markers: tuple[str, ...]) -> int:
    """Where the part for editors begins, with the rule of asterisks above it."""
    at = len(copy)
    for marker in markers:
        begins = _line_at(copy, marker)
        at = begins if 0 <= begins < at else at
    sentence = copy.find(_NOT_FOR_READERS, 0, at)
    if sentence < 0:
        return at
    begins = copy.rfind("\n", 0, sentence) + 1
    if _NOT_PUBLIC.match(copy, begins) is None:
        return at
    above = copy.rfind("\n", 0, max(0, begins - 1)) + 1
    rule = copy[above:begins].strip()
    return above if rule and not rule.strip(" *_=-") else begins


def _line_at(copy: str, marker: str) -> int:
    """Where a line that is the marker begins; -1 when there is none."""
    at = copy.find(marker)
    while at >= 0:
        begins = copy.rfind("\n", 0, at) + 1
        end = copy.find("\n", at)
        if copy[begins : end if end >= 0 else len(copy)].strip() == marker:
            return begins
        at = copy.find(marker, at + 1)
    return -1


# --- what is said in words ----------------------------------------------------------------------


def _read_cues(parts: _Parts, copy: str, top: str, found: wire.Found) -> None:
    above = top.replace("\n", "\n\n")  # each line stands for itself
    wire.heed(found, f"{parts.keywords}\n\n{above}\n\n{copy[: cues.OPENING]}")
    if _is_advisory(parts.keywords):
        found.types.append(EditorialType.advisory)
    if wire.notice_of(found) is not None:
        wire.make_notice(found, parts.body)


def _is_advisory(keywords: str) -> bool:
    """``Advisory/`` or ``(Achtung)`` among the keywords (formats §1.2)."""
    words = keywords.lower()
    if "(achtung)" in words:
        return True
    return any(word.strip() in ("advisory", "advisories") for word in words.split("/"))


def _targets(found: wire.Found, parts: _Parts) -> tuple[Target, ...]:
    kind = wire.notice_of(found)
    return cues.targets(parts.body, _NUMBER, kind) if kind is not None else ()


FORMAT = Format(name="iptc-7901", claims=claims, read=read, document="octets")
