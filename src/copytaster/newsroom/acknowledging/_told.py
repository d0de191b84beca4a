"""What a shell, a desk or a lawyer is told of a story's acknowledgements."""

from typing import Any
from urllib.parse import urlsplit

from copytaster.newsroom.acknowledging._words import seconds_to_clean
from copytaster.newsroom.house import House
from copytaster.store import Acknowledgement
from copytaster.store import Store


def told(house: House, store: Store, story: str) -> list[dict[str, Any]]:
    """Each acknowledgement of the story's withdrawals, the oldest first."""
    return [_told(house, owed) for owed in store.outbox.of(story)]


def _told(house: House, owed: Acknowledgement) -> dict[str, Any]:
    return {
        "id": owed.id,
        "route": owed.route,
        "to": owed.sent_to or _address(house, owed),
        "outcome": outcome(owed),
        "at": owed.ended.isoformat() if owed.ended is not None else None,
        "due": owed.due.isoformat() if owed.due is not None else None,
        "attempts": owed.attempts,
        "detail": owed.detail,
        "state": owed.state.value,
        "notices": list(owed.notices),
        "received": owed.received.isoformat(),
        "suspended": owed.suspended.isoformat(),
        "clean": owed.clean.isoformat(),
        "secondsToClean": seconds_to_clean(owed),
        "addresses": owed.addresses,
    }


def outcome(owed: Acknowledgement) -> str:
    """``owed``, ``sent``, or ``failed``: given up."""
    if owed.due is not None:
        return "owed"
    return "sent" if owed.sent_to is not None else "failed"


def _address(house: House, owed: Acknowledgement) -> str | None:
    """Where the profile says it goes; of a web address the host alone."""
    wanted = house.profile(owed.agency).acknowledge
    if wanted is None:
        return None
    if owed.route == "email":
        return wanted.email
    parts = urlsplit(wanted.url or "")
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else None
