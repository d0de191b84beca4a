"""An acknowledgement in words and in JSON: times and ids, and nothing of the story.

Ids come from the wire. In a letter they are one line without control characters; in JSON they
are escaped to ASCII.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from typing import Any

from copytaster.newsroom.terminal import plain
from copytaster.press import Site
from copytaster.store import Acknowledgement

_LONGEST_ID = 400
"""characters of an id in a letter; JSON has it whole"""


def facts(owed: Acknowledgement, site: Site) -> dict[str, Any]:
    """What a program at the agency is given; docs/reference/profiles.md tells the fields."""
    return {
        "kind": "withdrawn",
        "id": owed.id,
        "agency": owed.agency,
        "guid": owed.guid,
        "notices": list(owed.notices),
        "state": owed.state.value,
        "received": owed.received.isoformat(),
        "suspended": owed.suspended.isoformat(),
        "clean": owed.clean.isoformat(),
        "secondsToClean": seconds_to_clean(owed),
        "addresses": owed.addresses,
        "address": f"{site.url}/s/{owed.story}",
        "house": site.name,
        "contact": site.contact,
    }


def packed(owed: Acknowledgement, site: Site) -> bytes:
    """The facts as one line of JSON, in ASCII."""
    return json.dumps(facts(owed, site)).encode("ascii") + b"\n"


def subject(owed: Acknowledgement, site: Site) -> str:
    """Of the letter."""
    return f"[{site.name}] withdrawn, seen gone everywhere: {_id(owed.guid)}"


def letter(owed: Acknowledgement, site: Site) -> str:
    """The text of the letter."""
    return "".join(f"{plain(line)}\n" for line in _lines(owed, site))


def _lines(owed: Acknowledgement, site: Site) -> Iterator[str]:
    yield f"{site.name} has taken back the story below at your word. Every public address of it"
    yield "was then fetched, and none shows it any more."
    yield ""
    yield f"Agency:      {owed.agency}"
    yield f"Story:       {_id(owed.guid)}"
    for notice in owed.notices:
        yield f"Notice:      {_id(notice)}"
    yield f"State:       {owed.state.value}"
    yield f"Received:    {_time(owed.received)}"
    yield f"Suspended:   {_time(owed.suspended)}"
    yield f"Seen clean:  {_time(owed.clean)}"
    yield f"Took:        {seconds_to_clean(owed):.3f} s from receipt until seen clean"
    yield f"Addresses:   {owed.addresses}"
    yield f"Notice page: {site.url}/s/{owed.story}"
    if site.contact:
        yield f"Contact:     {site.contact}"
    yield f"Id:          {owed.id}"
    yield ""
    yield "Sent by a program. Of one withdrawal you may get this twice; the id is then the same."


def seconds_to_clean(owed: Acknowledgement) -> float:
    """From the arrival of what caused it until the last address was seen clean."""
    return (owed.clean - owed.received).total_seconds()


def _id(word: str) -> str:
    return word if len(word) <= _LONGEST_ID else f"{word[:_LONGEST_ID]}…"


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3] + " UTC"
