"""An ordinary story as an agency would send it, in each format and under each agency's habits.

The demo's writers say slug and note; the bench's write the formats that the demo has none for.
A wire without a status is ordinary only from an agency whose profile says that such copy is
usable, so IPTC 7901 and ANPA 1312 come from dpa alone.
"""

import textwrap
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from html import escape

from bench import wires
from copytaster.demo.script import WireFormat
from copytaster.demo.writers import Version
from copytaster.demo.writers import write
from tests.ordinary.stories import Story

AGENCIES = ("default", "ap", "dpa", "ians", "reuters", "ani", "afp")
_TIMES: Mapping[WireFormat, str] = {WireFormat.nitf: "%Y%m%dT%H%M%S%z"}
_BENCH = ("newsml-1", "ap-media", "digitalwires", "json-feed")
SILENT: Mapping[str, tuple[str, ...]] = {"iptc-7901": ("en", "de"), "anpa-1312": ("en",)}
"""formats that have no status, and the languages whose letters they can carry"""
_OF_DPA = ("newsml-g2", "digitalwires", *SILENT)
"""what dpa sends: its profile looks for the text in ``section.main``"""
FORMATS = ("rss", "atom", "ninjs", "newsml-g2", "nitf", *_BENCH, *SILENT)


def can_carry(format: str, agency: str, story: Story) -> bool:
    """Whether this agency would send this story in this format, as copy that it calls usable."""
    if agency == "dpa" and format not in _OF_DPA:
        return False
    return format not in SILENT or (agency == "dpa" and story.language in SILENT[format])


def written(format: str, story: Story, *, guid: str, number: int, made: datetime) -> bytes:
    """One document with one story; ``number`` is its service number where it has one."""
    if format == "iptc-7901":
        return _iptc_7901(story, number, made)
    if format in (*_BENCH, *SILENT):
        return wires.WRITERS[format](_bench(story, number, made))
    return _demo(WireFormat(format), story, guid, made)


def _demo(format: WireFormat, story: Story, guid: str, made: datetime) -> bytes:
    said = _time(format, made)
    fields = [
        ("headline", story.headline),
        ("by", "Ada Quay"),
        ("lang", story.language),
        ("version", "1"),
        ("status", "usable"),
        ("slug", story.slug),
        ("note", story.note),
        ("html", _in_main(story.paragraphs)),
    ]
    given = tuple((name, value) for name, value in fields if value)
    version = Version(guid=guid, published=said, updated=said, fields=given)
    return write(format, [version], "seaboard")


def _in_main(paragraphs: tuple[str, ...]) -> str:
    """The text in the section that dpa puts it in; to others a section means nothing."""
    told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return f'<section class="main">{told}</section>'


def _time(format: WireFormat, made: datetime) -> str:
    if format is WireFormat.rss:
        return format_datetime(made)
    return made.strftime(_TIMES[format]) if format in _TIMES else made.isoformat()


def _bench(story: Story, number: int, made: datetime) -> wires.Story:
    return wires.Story(
        number=number, made=made, headline=story.headline, paragraphs=story.paragraphs
    )


def _iptc_7901(story: Story, number: int, made: datetime) -> bytes:
    """A message in windows-1252, at most 65 characters a line."""
    headline = "\r\n".join(textwrap.wrap(story.headline, 60))
    first, *rest = story.paragraphs
    paragraphs = [f"Lund (dpa) - {first}", *rest]
    body = "\r\n\r\n".join("\r\n".join(textwrap.wrap(one, 65)) for one in paragraphs)
    header = f"\x01bch{number:04d} 4 i {len(body.split())}  dpa {number:03d}\r\n\r\n"
    stamp = made.strftime("%d%H%M GMT %b %y")
    message = (
        f"{header}{story.slug or 'Vermischtes'}/\r\n\x02{headline} =\r\n\r\n"
        f"{body}\r\n\r\ndpa aw cd\r\n\r\n\x03{stamp}\r\n\x04\r\n"
    )
    return message.encode("windows-1252")
