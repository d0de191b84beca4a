"""Making a delivery: its id, its hash, and whether it looks as if it might restrict something."""

import random
from datetime import datetime
from hashlib import sha256

from copytaster.delivery import Delivery

SYSTEM = random.SystemRandom()
"""the operating system's randomness, where a caller gives none of its own"""

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"

_RESTRICTING = (
    b"cancel",  # stat:canceled, pubstatus canceled, "CANCELLED"
    b"withh",  # withheld, withhold
    b"kill",
    b"embargo",
    b"deleted-entry",  # RFC 6721 tombstone
    b"retract",
    b"withdr",  # withdraw, withdrawn, withdrew
    b"eliminat",  # AP's word for a kill without a legal reason
    b"disregard",
    b"on hold",
    b"hold for",
    b":hold",  # qcodes such as sig:hold
    b'"hold"',
    b"'hold'",
    b"do not use",
    b"do not publish",
    b"managementonly",
    b"management-doc-idref",
    b"revoke",
    b"sperrfrist",  # embargo
    b"storn",  # stornieren, storno
    b"annul",  # annulé, annullata, anulado below
    b"anula",
    b"spike",
    # how agencies speak to editors, whatever they then ask; rare in stories
    b"please",
    b"kindly",
    b"bitte",
    b"veuillez",
    b"merci d",
    b"rogamos",
    b"se ruega",
    b"por favor",
    # prose that takes a story back. ASCII letters only: among bytes no others have case
    b"ckgezogen",  # zurückgezogen
    b"ckzieh",
    b"ckzug",
    b"gestrichen",
    b"streichung",
    b"sperr",
    b"nicht verwend",
    b"vorerst nicht",
    b"berpr\xc3\xbcft",
    b"berpr\xfcft",
    b"not use",
    b"not to use",
    b"not be use",
    b"not be publ",
    b"should be held",
    b"must be held",
    b"being held for",
    b"editors are",
    b"no publi",
    b"no utili",
    b"no usar",
    b"no debe",
    b"pedimos que no",
    b"retira",
    b"reten",
    b"en suspenso",
    b"tractation",
    b"pri\xc3\xa8re",
    b"pri\xe8re",
    b"prions",
    b"ne pas utili",
    b"ne doit pas",
    b"ne doivent pas",
    b"retire ",
    b"retirons",
    b"est retir",
    b"suspendue",
    b"suspension de",
    b"en attente",
    b"rification",
)
_CAPITALS = b"HOLD"
"""a banner; in small letters an ordinary word"""
_CODED = (b"encoding: base64", b"encoding: quoted-printable")
"""a mail whose words cannot be seen from here"""
_LOOK = 1024 * 1024


def make(
    *,
    source: str,
    agency: str,
    data: bytes,
    received: datetime,
    content_type: str | None = None,
    url: str | None = None,
    archive: bool = False,
    publish_after: datetime | None = None,
    chance: random.Random = SYSTEM,
) -> Delivery:
    """The delivery of ``data``, which came by ``source`` at ``received``."""
    return Delivery(
        id=new_id(received, chance),
        source=source,
        agency=agency,
        received=received,
        data=data,
        sha256=sha256(data).hexdigest(),
        content_type=content_type,
        url=url,
        archive=archive,
        publish_after=publish_after,
        urgent=urgent(data),
    )


def new_id(now: datetime, chance: random.Random = SYSTEM) -> str:
    """26 characters of lower-case Crockford base32: 48 bits of milliseconds, 80 of chance.

    Ids sort by time as text (the layout of a ULID); those of one millisecond in any order.
    """
    number = int(now.timestamp() * 1000) << 80 | chance.getrandbits(80)
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def urgent(data: bytes) -> bool:
    """Whether the bytes hold a word that restricts (kill, withheld, embargo …), in any case, or
    one with which agencies ask editors for something, or words that are coded.

    A false yes only lets the delivery jump the queue. Plain searches, so the time is linear;
    UTF-16 is seen through by dropping its zero bytes. Beyond the first mebibyte nobody looks:
    so large a delivery is many items, and one of them may restrict.
    """
    if len(data) > _LOOK:
        return True
    seen = data.replace(b"\0", b"") if b"\0" in data else data
    if _CAPITALS in seen:
        return True
    seen = seen.lower()
    return any(word in seen for word in (*_RESTRICTING, *_CODED))
