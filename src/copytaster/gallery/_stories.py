"""The stories of the gallery: words from ``stories.toml``, as items and as facts."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

import msgspec

from copytaster import text
from copytaster.agency import Contract
from copytaster.agency import Indexing
from copytaster.agency import Profile
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.press import Change
from copytaster.press import Entry
from copytaster.press import Facts
from copytaster.press import Site
from copytaster.press import edition

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
"""the instant at which every page of the gallery stands"""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of ``stories.toml``."""

    language: str
    agency: str
    headline: str
    byline: str
    body: str
    sections: tuple[str, ...]
    credit: str
    dateline: str | None = None
    abstract: str | None = None
    urgency: int | None = None
    rights: str | None = None


@cache
def words() -> Mapping[str, _Words]:
    """Every story's words, by name."""
    data = (resources.files("copytaster.gallery") / "stories.toml").read_bytes()
    return msgspec.toml.decode(data, type=dict[str, _Words])


def story_id(name: str) -> str:
    """An id that looks like any other, the same each time."""
    number = int.from_bytes(sha256(name.encode()).digest()[:10], "big")
    return "".join(_DIGITS[number >> shift & 31] for shift in range(75, -5, -5))


def profile(name: str) -> Profile:
    """The agency of a story."""
    said = words()[name]
    return Profile(
        id=sha256(said.agency.encode()).hexdigest()[:8],
        name=said.agency,
        language=said.language,
        url="https://agency.example/",
        contract=Contract(indexing=Indexing.own, licence_url="https://agency.example/licensing"),
    )


def item(name: str, **more: Any) -> Item:
    """The story as its agency sent it."""
    said = words()[name]
    abstract = (Description(value=said.abstract),) if said.abstract else ()
    given: dict[str, Any] = {
        "provider": name,
        "guid": f"urn:newsml:agency.example:20261129:{name}",
        "content_hash": name,
        "pub_status": PubStatus.usable,
        "headlines": (Headline(value=said.headline),),
        "descriptions": abstract,
        "language": said.language,
        "by": said.byline,
        "dateline": said.dateline,
        "urgency": said.urgency,
        "credit": said.credit,
        "copyright_notice": said.rights,
        "copy": text.from_html(said.body.strip()),
        "raw_ref": RawRef(sha256=name, length=len(said.body)),
        "format": FormatName(name="ninjs"),
    }
    return Item(**(given | more))


def facts(name: str, *, minutes: float = 90, of: Item | None = None, **more: Any) -> Facts:
    """Facts about an edition that was first public ``minutes`` before noon."""
    first = NOW - timedelta(minutes=minutes)
    given: dict[str, Any] = {
        "story": story_id(name),
        "edition": 1,
        "newest": 1,
        "item": of or item(name),
        "agency": profile(name),
        "published": first,
        "updated": None,
        "first_public": first,
        "face_changed": first,
        "changes": (Change(kind="published", at=first, edition=1),),
        "sections": words()[name].sections,
    }
    return Facts(**(given | more))


def entry(name: str, site: Site, *, minutes: float, story: str | None = None) -> Entry:
    """The story as lists show it."""
    made = facts(name, minutes=minutes)
    return edition(msgspec.structs.replace(made, story=story_id(story or name)), site).entry


def entries(names: Sequence[str], site: Site, *, apart: float = 7) -> list[Entry]:
    """Several, newest first, ``apart`` minutes from one another; a name may come again."""
    return [
        entry(name, site, minutes=number * apart, story=f"{name}-{number}")
        for number, name in enumerate(names)
    ]
