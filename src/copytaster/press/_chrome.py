"""What surrounds every page: the house's name, links and language."""

from collections.abc import Mapping

from copytaster.press._icons import icon_path
from copytaster.press._icons import icon_type
from copytaster.press._icons import touch_path
from copytaster.press._templates import asset
from copytaster.press._templates import markup
from copytaster.press._templates import written
from copytaster.press._theme import SLOTS
from copytaster.press._types import Site
from copytaster.press._words import FALLBACK
from copytaster.press._words import Tongue
from copytaster.press._words import direction
from copytaster.press._words import tongue


def chrome(site: Site, spoken: Tongue) -> dict[str, object]:
    """The words every template's base asks for."""
    return {
        "lang": spoken.tag,
        "dir": spoken.dir,
        "own": markup(_own(spoken)),
        "words": spoken.words,
        "slots": {name: markup(site.theme.slots.get(name, "")) for name in SLOTS},
        "css": written(asset("css", site.theme)),
        "icon": written(icon_path(site)),
        "icon_type": written(icon_type(site)),
        "touch_icon": written(touch) if (touch := touch_path(site)) else None,
        "policies": [(written(href), name) for href, name in policies(site, spoken)],
        "contact": linked_contact(site.contact),
        "imprint": _linked(site.imprint),
    }


def plain_chrome(site: Site, spoken: Tongue) -> dict[str, object]:
    """The same with empty slots: what a publisher puts into them (advertising, analytics) has no
    place where readers type who they are, where a ticket is the address, or where they check."""
    return {**chrome(site, spoken), "slots": dict.fromkeys(SLOTS, "")}


def _own(spoken: Tongue) -> str:
    """The attributes that mark the page's own words where the text is in another language."""
    return f' lang="{spoken.own}" dir="{direction(spoken.own)}"' if spoken.differs else ""


POLICIES: Mapping[str, str | None] = {
    "about": None,
    "mission": "missionCoveragePrioritiesPolicy",
    "ethics": "ethicsPolicy",
    "verification": "verificationFactCheckingPolicy",
    "sources": "unnamedSourcesPolicy",
    "bylines": "noBylinesPolicy",
    "corrections": "correctionsPolicy",
    "ownership": "ownershipFundingInfo",
    "masthead": "masthead",
    "contact": None,
    "imprint": None,
    "privacy": None,
    "accessibility": None,
    "reuse": None,
}
"""the house's own pages, in the order of links to them → what schema.org calls the policy"""


def policy_path(name: str) -> str:
    """The address of one of them."""
    return "/about" if name == "about" else f"/about/{name}"


def policies(site: Site, spoken: Tongue) -> list[tuple[str, str]]:
    """(address, name) of the pages about the site: those that are filled in, and those that
    are there without them."""
    names = [(policy_path(name), _title(name, spoken)) for name in POLICIES if name in site.pages]
    own = [
        ("/about/automation", spoken.words.how),
        ("/corrections", spoken.words.corrections.title),
        ("/search", spoken.words.search.title),
        *([("/report", spoken.words.report.link)] if site.reporting else []),
    ]
    return [*names[:1], *own, *names[1:]] if "about" in site.pages else [*own, *names]


def _title(name: str, spoken: Tongue) -> str:
    return spoken.words.policies.get(name) or tongue(FALLBACK).words.policies[name]


def contact_href(contact: str | None) -> str | None:
    """Where a link with these words leads: to a mailbox or a page; None for other words."""
    if contact and "@" in contact and "/" not in contact and " " not in contact:
        return f"mailto:{contact}"
    return contact if contact and _is_web(contact) else None


def linked_contact(contact: str | None) -> dict[str, object] | None:
    """How readers reach the house: its words, and the link they are, if they are one."""
    return _linked(contact)


def _linked(text: str | None) -> dict[str, object] | None:
    if not text:
        return None
    href = contact_href(text)
    return {"text": text, "href": written(href) if href else None}


def _is_web(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text
