"""A send → the delivery's bytes, its times written out for the start at hand."""

from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import msgspec

from copytaster.demo._fields import TIMES
from copytaster.demo._times import after_start
from copytaster.demo.script import Entry
from copytaster.demo.script import Script
from copytaster.demo.script import Send
from copytaster.demo.script import WireFormat
from copytaster.demo.writers import Version
from copytaster.demo.writers import content_type
from copytaster.demo.writers import write

_FILE_TYPES = {".json": "application/json", ".xml": "application/xml", ".html": "text/html"}


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery as an agency sends it."""

    agency: str
    stories: tuple[str, ...]
    """their handles in the script"""
    data: bytes
    content_type: str
    archive: bool = False
    publish_after: datetime | None = None


def compose(script: Script, send: Send, start: datetime) -> Sending:
    """The delivery ``send`` of ``script`` when the script starts at ``start``."""
    data, kind = _document(script, send, start)
    after = send.publish_after
    return Sending(
        agency=send.agency,
        stories=send.stories,
        data=data,
        content_type=kind,
        archive=send.archive,
        publish_after=start + after if after is not None else None,
    )


def _document(script: Script, send: Send, start: datetime) -> tuple[bytes, str]:
    if send.file is not None:
        kind = _FILE_TYPES.get(send.file.suffix, "application/octet-stream")
        return send.file.read_bytes(), kind
    clock = _clock(send, start, ZoneInfo(script.zone(send.agency)))
    versions = [_version(entry, send, start, clock) for entry in send.entries]
    return write(send.format, versions, send.agency), content_type(send.format)


def _version(
    entry: Entry, send: Send, start: datetime, clock: Callable[[timedelta], str]
) -> Version:
    def written(name: str, otherwise: str) -> str:
        value = entry.get(name)
        if value is None:
            return otherwise
        return clock(after_start(value[1:], start)) if value.startswith("@") else value

    fields = tuple(
        (name, written(name, value) if name in TIMES else value) for name, value in entry.fields
    )
    return Version(
        guid=entry.guid,
        published=written("published", clock(entry.first)),
        updated=written("updated", clock(send.written)),
        fields=fields,
    )


def _clock(send: Send, start: datetime, zone: ZoneInfo) -> Callable[[timedelta], str]:
    """How this format writes a time: RFC 822, ISO 8601 basic, or RFC 3339."""

    def at(after: timedelta) -> datetime:
        return (start + after).astimezone(zone).replace(microsecond=0)

    if send.format is WireFormat.rss:
        return lambda after: format_datetime(at(after))
    if send.format is WireFormat.nitf:
        return lambda after: at(after).strftime("%Y%m%dT%H%M%S%z")
    return lambda after: at(after).isoformat().replace("+00:00", "Z")
