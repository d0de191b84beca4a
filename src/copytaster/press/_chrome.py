"""What surrounds every page: the house's name, links and language."""

from copytaster.press._templates import asset
from copytaster.press._templates import markup
from copytaster.press._templates import written
from copytaster.press._theme import SLOTS
from copytaster.press._types import Site
from copytaster.press._words import Tongue
from copytaster.press._words import direction


def chrome(site: Site, spoken: Tongue) -> dict[str, object]:
    """The words every template's base asks for."""
    return {
        "lang": spoken.tag,
        "dir": spoken.dir,
        "own": markup(_own(spoken)),
        "words": spoken.words,
        "slots": {name: markup(site.theme.slots.get(name, "")) for name in SLOTS},
        "css": written(asset("css", site.theme)),
        "icon": written(asset("svg", site.theme)),
        "contact": linked_contact(site.contact),
        "imprint": _linked(site.imprint),
    }


def _own(spoken: Tongue) -> str:
    """The attributes that mark the page's own words where the text is in another language."""
    return f' lang="{spoken.own}" dir="{direction(spoken.own)}"' if spoken.differs else ""


def linked_contact(contact: str | None) -> dict[str, object] | None:
    """How readers reach the house: its words, and the link they are, if they are one."""
    if contact and "@" in contact and "/" not in contact and " " not in contact:
        return {"text": contact, "href": f"mailto:{contact}"}
    return _linked(contact)


def _linked(text: str | None) -> dict[str, object] | None:
    if not text:
        return None
    return {"text": text, "href": written(text) if _is_web(text) else None}


def _is_web(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text
