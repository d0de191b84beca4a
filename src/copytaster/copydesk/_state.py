"""States in words and signs: colour only repeats what they say."""

from collections.abc import Mapping

import msgspec


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """A state as a list shows it."""

    word: str
    mark: str
    tone: str
    """``good``, ``warn``, ``bad`` or ``soft``: a class of the style sheet"""


_SIGNS: Mapping[str, Sign] = {
    "live": Sign(word="Live", mark="●", tone="good"),
    "held": Sign(word="Held", mark="◐", tone="warn"),
    "embargoed": Sign(word="Embargoed", mark="◔", tone="warn"),
    "withheld": Sign(word="Withheld", mark="◑", tone="warn"),
    "killed": Sign(word="Killed", mark="✕", tone="bad"),
    "expired": Sign(word="Expired", mark="○", tone="soft"),
    "never": Sign(word="Notice", mark="▢", tone="soft"),
}

_LIFTS: Mapping[str, str] = {
    "agency": "Only a newer message from the agency lifts this.",
    "time": "This ends by itself.",
    "soft": "You may release it: read the text first.",
    "contract": "Only the contract lifts this, when it is renewed or entered right.",
    "final": "Nothing lifts this.",
}

_URGENCIES: Mapping[int, str] = {1: "Flash", 2: "Urgent", 3: "High"}


def sign(state: str) -> Sign:
    """How a state is shown."""
    return _SIGNS[state]


def lifts(weight: str) -> str:
    """What ends a reason, by who can lift it (verdict.Weight)."""
    return _LIFTS[weight]


def urgency(number: int | None) -> str | None:
    """IPTC's urgency in a word, where it is above the ordinary."""
    return _URGENCIES.get(number or 0)
