"""A send → the delivery's bytes, its times written out for the start at hand."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_date

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
    look: str | None = None
    """what there is to see, for whoever watches"""
    killed: str | None = None
    """the agency's id of the picture that this takes back"""


PICTURES = "https://pictures.example"
"""where the agencies serve their pictures, unless somebody serves them elsewhere"""


class _Clock(msgspec.Struct, frozen=True, kw_only=True):
    """When things happen if the script starts now, and how the format writes it."""

    format: WireFormat
    start: datetime
    zone: ZoneInfo
    pace: float
    pictures: str

    def at(self, after: timedelta) -> datetime:
        return (self.start + after / self.pace).astimezone(self.zone).replace(microsecond=0)

    def written(self, after: timedelta) -> str:
        """RFC 822 in RSS, ISO 8601 basic in NITF, RFC 3339 elsewhere."""
        match self.format:
            case WireFormat.rss:
                return format_datetime(self.at(after))
            case WireFormat.nitf:
                return self.at(after).strftime("%Y%m%dT%H%M%S%z")
        return self.at(after).isoformat().replace("+00:00", "Z")

    def read(self, value: str) -> str:
        """A time as it stands, or a script time (``@+0:45``) as the format writes it."""
        if not value.startswith("@"):
            return value
        return self.written(after_start(value[1:], self.start))


def compose(
    script: Script,
    send: Send,
    start: datetime,
    pace: float = 1.0,
    pictures: str = PICTURES,
) -> Sending:
    """The delivery ``send`` of ``script`` when the script starts at ``start``.

    ``pace``: how many times faster than written the script is played. ``pictures``: base of the
    addresses under which the agencies serve their pictures.
    """
    zone = ZoneInfo(script.zone(send.agency))
    clock = _Clock(format=send.format, start=start, zone=zone, pace=pace, pictures=pictures)
    data, kind = _document(send, clock)
    after = send.publish_after
    return Sending(
        agency=send.agency,
        stories=send.stories,
        data=data,
        content_type=kind,
        archive=send.archive,
        publish_after=start + after / pace if after is not None else None,
        look=send.look,
        killed=next((one.guid for one in send.entries if one.says("kill-picture")), None),
    )


def _document(send: Send, clock: _Clock) -> tuple[bytes, str]:
    if send.file is not None:
        kind = _FILE_TYPES.get(send.file.suffix, "application/octet-stream")
        return send.file.read_bytes(), kind
    versions = [_version(entry, send, clock) for entry in send.entries]
    return write(send.format, versions, send.agency), content_type(send.format)


def _version(entry: Entry, send: Send, clock: _Clock) -> Version:
    day, language = clock.at(send.written).date(), entry.get("lang") or "en"
    published, updated = entry.get("published"), entry.get("updated")
    return Version(
        guid=entry.guid,
        published=clock.written(entry.first) if published is None else clock.read(published),
        updated=clock.written(send.written) if updated is None else clock.read(updated),
        fields=tuple(
            (name, clock.read(value) if name in TIMES else _with_days(value, day, language))
            for name, value in entry.fields
        ),
        pictures=clock.pictures,
    )


def _with_days(text: str, day: date, language: str) -> str:
    """``{today}`` and ``{yesterday}`` are the names of those days in the story's language."""
    for word, of in (("{today}", day), ("{yesterday}", day - timedelta(days=1))):
        if word in text:
            text = text.replace(word, str(format_date(of, "EEEE", locale=language)))
    return text
