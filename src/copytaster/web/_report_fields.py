"""What a reader filled in, made clean, and what is wrong with it. Pure."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster.agency import is_mailbox
from copytaster.press import REPORT_KINDS
from copytaster.press import REPORT_LIMITS

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
_STORY = re.compile(r"(?:.*/s/)?([0-9a-hjkmnp-tv-z]{16})(?:[/.?#].*)?", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ASKED = re.compile(r"[0-9]{1,12}")
_QUICK = timedelta(seconds=2)
"""nobody reads the form and fills it in faster; programs do. There is no time that is too long"""

Fault = tuple[str, str]
"""the field, "" for the form as a whole, and the key of what is wrong with it"""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """The fields, with one kind of line end and without control characters."""

    kind: str
    text: str
    name: str
    email: str
    address: str
    story: str
    """id of the story that the form was asked for; "" for none"""
    asked: str
    website: str
    """the field that nobody sees"""


def filled(fields: Mapping[str, str]) -> Filled:
    """What was sent, as far as it may be kept or shown again."""
    clean = {name: _clean(fields.get(name, "")) for name in Filled.__struct_fields__}
    for name in ("name", "email", "address"):
        clean[name] = clean[name].replace("\n", " ")
    story = clean["story"]
    return Filled(**clean | {"story": story if _ID.fullmatch(story) else ""})


def _clean(said: str) -> str:
    lines = said.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", lines).strip()


def faults(sent: Filled, *, named: bool, now: datetime) -> Iterator[Fault]:
    """What is wrong with it, in the order of the form. ``named``: whoever sends it must say who
    they are. Whether there is a story at the address is not seen here."""
    if sent.kind not in REPORT_KINDS:
        yield "kind", "kind"
    if not sent.text:
        yield "text", "text"
    elif len(sent.text) > REPORT_LIMITS["text"]:
        yield "text", "text_long"
    if sent.address and len(sent.address) > REPORT_LIMITS["address"]:
        yield "address", "address"
    if named and not sent.name:
        yield "name", "name"
    elif len(sent.name) > REPORT_LIMITS["name"]:
        yield "name", "name_long"
    if named and not sent.email:
        yield "email", "email"
    elif sent.email and not _is_mailbox(sent.email):
        yield "email", "email_wrong"
    if sent.website or not _took_time(sent.asked, now):
        yield "", "again"


def _is_mailbox(word: str) -> bool:
    return len(word) <= REPORT_LIMITS["email"] and is_mailbox(word)


def _took_time(asked: str, now: datetime) -> bool:
    """Whether the form was shown so long ago that somebody may have filled it in."""
    return _ASKED.fullmatch(asked) is not None and int(asked) + _QUICK.seconds <= now.timestamp()


def story_of(sent: Filled) -> str | None:
    """The id of the story meant: the form's own, else that in the address given. None where
    the address names none."""
    if sent.story:
        return sent.story
    match = _STORY.fullmatch(sent.address)
    return match[1] if match else None
