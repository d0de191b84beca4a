"""Short ways to read a fixture through the room's door."""

import json
from datetime import UTC
from datetime import datetime

import msgspec

from copytaster import formats
from copytaster.agency import Profile
from copytaster.formats import Parsed
from copytaster.item import Item

NOW = datetime(2025, 12, 4, 18, 0, tzinfo=UTC)
PROFILE = Profile(id="meridian", name="Meridian")
CONTEXT = formats.Context(received=NOW)


def profile(**changes: object) -> Profile:
    """The profile of an agency nobody described, with changes."""
    return msgspec.structs.replace(PROFILE, **changes)


def read(document: str | bytes | dict | list, agency: Profile = PROFILE, **more: str) -> Parsed:
    """What a document holds; a dict or list is written as JSON."""
    if isinstance(document, dict | list):
        document = json.dumps(document)
    data = document.encode() if isinstance(document, str) else document
    context = formats.Context(received=NOW, content_type=more.pop("content_type", None))
    return formats.parse(data, agency, context, **more)


def item(document: str | bytes | dict | list, agency: Profile = PROFILE, **more: str) -> Item:
    """The one item of a document that holds nothing else."""
    parsed = read(document, agency, **more)
    assert (len(parsed.items), parsed.aside, parsed.failed) == (1, (), ())
    return parsed.items[0]
