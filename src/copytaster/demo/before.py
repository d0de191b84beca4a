"""How such pages look today: an imitation, made from our own words, of the page this project
started from. Its defects are the ones seen there: the headline four times, the times run
together with an offset no parser accepts, the teaser cut off in the middle of a sentence.
"""

from datetime import datetime
from pathlib import Path

import msgspec
from lxml import etree

from copytaster.demo._pages import render
from copytaster.text import block_text
from copytaster.text import from_html

FIRST = Path(__file__).parent / "seed" / "ani-first.xml"
UPDATE = Path(__file__).parent / "seed" / "ani-update.xml"

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CLOCK = len("2025-12-04T23:10:05")


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """What such a site takes from the agency's feed."""

    headline: str
    by: str
    published: str
    updated: str
    teaser: str
    paragraphs: tuple[str, ...]

    @property
    def stamp(self) -> str:
        """``December 4, 2025 23:10 IST`` and both raw times, with nothing between them."""
        clock = datetime.fromisoformat(self.updated[:_CLOCK])
        day = f"{clock:%B} {clock.day}, {clock:%Y %H:%M}"
        return f"{day} IST{self.published}{self.updated}"


def copied() -> Copied:
    """The seed article's update, as a site that looks at nothing takes it over."""
    item = etree.fromstring(UPDATE.read_bytes()).find("channel/item")
    if item is None:
        raise ValueError(f"{UPDATE}: expected an item in the channel")

    def said(name: str) -> str:
        return str(item.findtext(name, ""))

    body = from_html(said(f"{_CONTENT}encoded"))
    return Copied(
        headline=said("title"),
        by=said(f"{_DC}creator"),
        published=said("pubDate"),
        updated=said(f"{_ATOM}updated"),
        teaser=said("description"),
        paragraphs=tuple(block_text(block) for block in body.blocks),
    )


def page() -> bytes:
    """The imitation, labelled as one."""
    story = copied()
    return render("before.html", story=story, stamp=story.stamp)
