"""What a drill sends: one story as an agency would send it, and its kill.

The story says what it is, names no person, place or event, and no two are alike, so that no
rule about repeated texts can take one for another. Its characters are those that systems spoil.
"""

from datetime import datetime

import msgspec

from copytaster.agency import DRILL

_SPOILED = (
    "It stands in no list, and it is gone within seconds. “Quotation marks”, a dash – and an "
    "ellipsis…, letters such as ä, é, ñ, क and 好, an ampersand & a 5 < 7: each must be read "
    "back as it was sent."
)


class DrillCopy(msgspec.Struct, frozen=True, kw_only=True):
    """One drill's story, in the words that must come out of the page again."""

    guid: str
    headline: str
    byline: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The canonical text (docs/reference/transform.md): written here by its rule, not by
        the code that is being drilled."""
        return "\n\n".join(self.paragraphs) + "\n"


def compose(mark: str, site: str, now: datetime) -> DrillCopy:
    """The drill's copy; ``mark`` is what no other drill has."""
    at = now.isoformat(sep=" ", timespec="seconds")
    what = (
        f"This page is no news. The desk of {site} made it at {at} to see that what it publishes "
        f"can be taken back everywhere; its mark is {mark}."
    )
    return DrillCopy(
        guid=f"urn:{DRILL.id}:{mark}",
        headline=f"Drill {mark}: this page is no news and will be taken back at once",
        byline=DRILL.name,
        paragraphs=(what, _SPOILED),
    )


def story(copy: DrillCopy, now: datetime) -> bytes:
    """The drill's story as ninjs."""
    return msgspec.json.encode(
        {
            **_head(copy.guid, "1", "usable", now),
            "headline": copy.headline,
            "byline": copy.byline,
            "body_text": "\n\n".join(copy.paragraphs),
        }
    )


def kill(guid: str, now: datetime) -> bytes:
    """Its kill, as the agency's next version."""
    return msgspec.json.encode(_head(guid, "2", "canceled", now))


def _head(guid: str, version: str, status: str, now: datetime) -> dict[str, str]:
    return {
        "uri": guid,
        "type": "text",
        "version": version,
        "versioncreated": now.isoformat(timespec="seconds"),
        "pubstatus": status,
    }
