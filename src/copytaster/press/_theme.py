"""What a publisher changes of how its pages look, without forking: a theme, as a value.

Templates replace ours by name; slots are places of ours that stay empty unless filled; a style
sheet is appended to ours. A theme cannot reach the words of a story: the gate reads them back
from the page it made, and refuses any other.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from hashlib import sha256

import msgspec

SLOTS = ("head", "top", "front", "before_story", "after_story", "bottom")
"""the empty places: in the head of every page; below the masthead; on fronts between the top
and the sections; before and after a story; above the foot"""


class Theme(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One theme. Two with the same digest are the same."""

    templates: Mapping[str, str] = {}
    """name → source, in place of ours"""
    slots: Mapping[str, str] = {}
    """name → markup, as it stands in the page"""
    style: str = ""
    """CSS behind ours"""
    icon: str | None = None
    """SVG in place of ours"""
    policy: Mapping[str, tuple[str, ...]] = {}
    """directive of the Content-Security-Policy → sources that are allowed beyond ours"""
    digest: str = ""
    """of everything above; empty for no theme"""

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and self.digest == other.digest


BARE = Theme()


def theme(
    *,
    templates: Mapping[str, str],
    slots: Mapping[str, str],
    style: str,
    icon: str | None,
    policy: Mapping[str, tuple[str, ...]],
) -> Theme:
    """A theme of these parts, with its digest."""
    sources = {name: " ".join(allowed) for name, allowed in policy.items()}
    parts = (*_sorted(templates), *_sorted(slots), style, icon or "", *_sorted(sources))
    digest = sha256("\0".join(parts).encode()).hexdigest()[:12]
    return Theme(
        templates=templates,
        slots=slots,
        style=style,
        icon=icon,
        policy=policy,
        digest=digest,
    )


def _sorted(named: Mapping[str, str]) -> Iterable[str]:
    return (f"{name}\0{named[name]}" for name in sorted(named))
