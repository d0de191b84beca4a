"""ANPA 1312: the text wire of North American agencies, one message or many in a delivery.

Two header lines, STX, a body set with typesetting codes, ETX and a trailer (handbook: formats
§1.2, §3.3). Story numbers begin anew each day; the header's date has no year; letters for
priority mean what the agency says they mean, so they are kept as sent and never made an urgency.
There is no status: kills and holds come as messages of their own.
"""

import re

from copytaster import moment
from copytaster.agency import Profile
from copytaster.formats import _anpa_body as body_
from copytaster.formats import _anpa_header as header_
from copytaster.formats import _status
from copytaster.formats import _wire_cues as cues
from copytaster.formats import _wire_item as wire
from copytaster.formats._anpa_header import Header
from copytaster.formats._anpa_header import Parts
from copytaster.formats._hash import seal
from copytaster.formats._mail_detect import claims as comes_by_mail
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Octets
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import no_more_than_allowed
from copytaster.formats._wire_split import has_other_controls
from copytaster.formats._wire_split import messages
from copytaster.formats._words import Words
from copytaster.formats._words import settle
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Target

_NAME = FormatName(name="anpa-1312")
_CATEGORIES = "http://cvx.iptc.org/anpa1312-category/"
_KNOWN = b"\x02\x03\x08\x0c\x10\x11\x12\x13\x14\x1e\x1f"
_NUMBER = re.compile(r"\b([A-Za-z]\d{4})\b")


def claims(sniff: Sniff) -> bool:
    """Both header lines, behind SOH or at the very beginning."""
    return header_.CLAIM.match(sniff.head) is not None and not comes_by_mail(sniff)


def read(document: Octets, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All messages of the delivery, in order."""
    found = no_more_than_allowed(messages(document.data, header_.STRIPPED))
    read_ = each(found, lambda _, one: _item(one, raw, profile, context), lambda _: None)
    return Parsed(format=_NAME, items=read_.items, failed=read_.failed)


def _item(message: bytes, raw: RawRef, profile: Profile, context: Context) -> Item:
    octets = wire.opened(message, _NAME.name)
    decoded = wire.decoded(octets, profile.charset)
    parts = header_.take_apart(decoded.text, message)
    header = parts.header
    characters = body_.characters(parts.body, agate=header.is_agate)
    read_ = body_.read_body(characters.text, header)
    found = read_.found
    if has_other_controls(octets, _KNOWN):
        found.doubt("control-unknown")
    if parts.is_cut:
        found.doubt("message-cut")
    _read_cues(parts, characters.text, read_)
    if context.words:
        words = settle(lambda: wire.copy_of(found), lambda: found.characters)
    else:
        words = Words()
    types = wire.types_of(found)
    status = wire.pub_status(types, profile)
    sent = moment.anpa_trailer(parts.trailer, profile.zone_rules) if parts.trailer else None
    dateline = wire.dateline_of(found)
    holds = status.holds + words.holds + tuple(found.holds) + undated(sent)
    return seal(
        Item(
            provider=profile.id,
            guid=_guid(parts, decoded.text),
            alt_ids=(AltId(role="service-number", value=header.story),),
            version=header.between or None,
            version_created=sent,
            sent=sent,
            content_hash="",
            pub_status=status.pub_status,
            hold_reason=tuple(dict.fromkeys(holds)),
            embargo=wire.embargo_of(found),
            editorial_types=types,
            partial=_status.partial(types),
            targets=_targets(found, parts.body),
            headlines=_headlines(read_),
            slugline=read_.slug or header.keyword,
            keywords=(header.keyword,),
            by=found.by,
            bylines=_bylines(found.by, read_.org),
            dateline=dateline,
            located=wire.located_of(dateline),
            ed_note="\n\n".join(found.notes) or None,
            advisory_line="\n".join(read_.advisories) or None,
            urgency_raw=header.priority,
            priority=header.priority,
            bodies=(wire.body_of(parts.body, decoded, read_.words or header.words),),
            body_kind=wire.body_kind(found),
            copy=words.copy,
            subjects=(Concept(literal=header.category, scheme=_CATEGORIES),),
            anpa_category=header.category,
            selector_codes=(header.selector,) if header.selector else (),
            services=tuple(filter(None, (header.service, header_.line_of(parts.trailer)))),
            transmit_id=header.story,
            raw_ref=wire.raw_of(raw, decoded),
            format=_NAME,
            repairs=decoded.repairs,
            warnings=words.remarks + characters.remarks,
        )
    )


def _guid(parts: Parts, message: str) -> str:
    """Service letter, story number and the agency's own day: a number is used once a day.

    The same bytes sent again give the same id. Without a day the characters have to do.
    """
    day = header_.day_of(parts.header, parts.trailer)
    return f"anpa-1312:{parts.header.story}:{day or wire.digest(message)}"


def _headlines(read_: body_.Read) -> tuple[Headline, ...]:
    first = (Headline(value=read_.found.headline),) if read_.found.headline else ()
    return first + tuple(Headline(value=line, role="extended") for line in read_.extended)


def _bylines(by: str | None, org: str | None) -> tuple[Byline, ...]:
    if by is None:
        return ()
    return (Byline(name=by[3:].strip() if by[:3].lower() == "by " else by, org=org),)


def _read_cues(parts: Parts, characters: str, read_: body_.Read) -> None:
    """What version, keyword, category and opening say of the message, in words."""
    header, found = parts.header, read_.found
    version = header_.version_of(header.between)
    found.types += [*version.types, *header_.shouted_in(header.keyword)]
    if version.unknown:
        found.doubt("editorial-type-unknown")
    if header.category.lower() == header_.ADVISORY_CATEGORY:
        found.types.append(EditorialType.advisory)
    wire.heed(found, _opening(characters))
    if EditorialType.hold_for_release in found.types and found.embargo is None:
        found.embargo = Embargo(state=EmbargoState.unparseable, raw=_advance(header, read_))
    if wire.notice_of(found) is not None:
        wire.make_notice(found, _words_only(characters))


def _opening(characters: str) -> str:
    """The first lines, as words: without what sets them. Each may begin something."""
    return "\n\n".join(
        [line.strip(" \t^<=\x08") for line in characters[: cues.OPENING].split("\n")]
    )


def _words_only(characters: str) -> str:
    lines = [body_.naive(line).strip(" \t^<=") for line in characters.split("\n")]
    return "\n".join([line for line in lines if line])


def _advance(header: Header, read_: body_.Read) -> str:
    return header.between or read_.slug or header.keyword


def _targets(found: wire.Found, body: str) -> tuple[Target, ...]:
    kind = wire.notice_of(found)
    return cues.targets(body, _NUMBER, kind) if kind is not None else ()


FORMAT = Format(name="anpa-1312", claims=claims, read=read, document="octets")
