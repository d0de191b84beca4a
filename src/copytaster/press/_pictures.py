"""Pictures beside a story: on its page, in its data, in feeds.

Captions, credits and texts for those who cannot see are the agency's, verbatim and outside
``data-copy``: the word-for-word gate compares the story, not what hangs beside it. An ``alt``
is only ever the agency's own; a picture that came without one has an empty one, and its visible
caption speaks for it (handbook: publishing §1.6).
"""

import math
import re
from collections.abc import Iterable
from collections.abc import Sequence

import msgspec

from copytaster.press._templates import written
from copytaster.press._types import Picture
from copytaster.press._types import PictureFile
from copytaster.press._types import Site

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def fit(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Those whose words can be published unchanged, as a headline must be (``_gate``)."""
    return tuple(one for one in pictures if not any(map(_UNFIT.search, _words(one))))


def _words(picture: Picture) -> list[str]:
    said = (picture.caption, picture.alt, picture.byline, picture.credit, picture.rights)
    return [words for words in said if words]


def credit_of(picture: Picture) -> str | None:
    """Who made it and who sent it, unless the caption says so already."""
    caption = picture.caption or ""
    by, credit = picture.byline, picture.credit or picture.rights
    parts = dict.fromkeys(part for part in (by, credit) if part and part not in caption)
    if by and credit and by in credit:
        parts.pop(by, None)
    return " / ".join(parts) or None


class Box(msgspec.Struct, frozen=True):
    """The most room that a page has for a picture, in pixels of CSS at the usual size of type."""

    width: int
    height: int
    beside: int = 0
    """the width of window from which on it is no more than this; in a narrower one the picture has
    all the room between the margins"""


COLUMN = Box(624, 704)
"""in a story: as wide as its text, ``--measure`` of ``press.css``"""
FRONT = Box(624, 624, 992)
"""beside the lead of a front"""
_PADDED = 0.92
"""of a narrow window's width, what its margins leave"""
_CARD_WIDTH = 1200
_FEED_WIDTH = 1280
_WEBP = "image/webp"


def figure(picture: Picture, box: Box = COLUMN) -> dict[str, object]:
    """What the templates show: the sizes in which it lies on the page, which hold its place until
    it is there; and its files, of which browsers take the one that suits them."""
    width, height = _laid_out(picture, box)
    room = max(box.beside, math.ceil(width / _PADDED))
    every = files(picture)
    plain = [one for one in every if one.media_type != _WEBP] or every
    webp = [one for one in every if one.media_type == _WEBP and one not in plain]
    return {
        "src": written(picture.path),
        "srcset": written(_choice(plain)),
        "webp": written(_choice(webp)),
        "sizes": written(f"(min-width: {room}px) {width}px, 92vw"),
        "width": width,
        "height": height,
        "alt": written(picture.alt or ""),
        "caption": written(picture.caption) if picture.caption else None,
        "credit": credit_of(picture),
    }


def _laid_out(picture: Picture, box: Box) -> tuple[int, int]:
    """The size on the page: whole within the box, and never larger than it is."""
    share = min(1.0, box.width / picture.width, box.height / picture.height)
    return max(1, round(picture.width * share)), max(1, round(picture.height * share))


def _choice(files: Sequence[PictureFile]) -> str:
    """``srcset``; empty where there is nothing to choose from."""
    several = len(files) > 1 or (files and files[0].media_type == _WEBP)
    return ", ".join(f"{one.path} {one.width}w" for one in files) if several else ""


def files(picture: Picture) -> list[PictureFile]:
    """Every file of a picture, the widest and its own last."""
    own = PictureFile(
        path=picture.path,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        size=picture.size,
    )
    return [*picture.renditions, own]


def for_feeds(picture: Picture) -> PictureFile:
    """The widest file that a reader of feeds need not wait for, in a kind that all of them know."""
    light = [one for one in _known_to_all(picture) if one.width <= _FEED_WIDTH]
    return light[-1] if light else files(picture)[-1]


def _known_to_all(picture: Picture) -> list[PictureFile]:
    return [one for one in files(picture) if one.media_type != _WEBP]


def card(picture: Picture, site: Site) -> dict[str, object]:
    """What the page's head tells of its first picture (Open Graph, cards): the narrowest file that
    is wide enough for a large card, else the widest; never cropped."""
    said = picture.alt or picture.caption
    wide = [one for one in _known_to_all(picture) if one.width >= _CARD_WIDTH]
    file = wide[0] if wide else files(picture)[-1]
    return {
        "url": written(f"{site.url}{file.path}"),
        "type": file.media_type,
        "width": file.width,
        "height": file.height,
        "alt": written(said) if said else None,
    }


def image_object(picture: Picture, site: Site, acquire: str | None) -> dict[str, object]:
    """schema.org's ``ImageObject``; ``acquire``: where the agency sells it."""
    url = f"{site.url}{picture.path}"
    small = _known_to_all(picture)
    own = {
        "@type": "ImageObject",
        "url": url,
        "contentUrl": url,
        "thumbnailUrl": f"{site.url}{small[0].path}" if len(small) > 1 else None,
        "encodingFormat": picture.media_type,
        "width": f"{picture.width} px",
        "height": f"{picture.height} px",
        "caption": picture.caption,
        "description": picture.alt,
        "creator": {"@type": "Person", "name": picture.byline} if picture.byline else None,
        "creditText": picture.credit,
        "copyrightNotice": picture.rights,
        "license": picture.licence,
        "acquireLicensePage": acquire,
    }
    return {name: value for name, value in own.items() if value is not None}


def association(picture: Picture, number: int, site: Site) -> dict[str, object]:
    """One member of ninjs' ``associations``."""
    href = f"{site.url}{picture.path}"
    texts = (("caption", picture.caption), ("altText", picture.alt))
    own = {
        "name": f"picture{number}",
        "uri": href,
        "type": "picture",
        "pubStatus": "usable",
        "by": picture.byline,
        "copyrightNotice": picture.rights,
        "infoSources": [{"name": picture.credit}] if picture.credit else None,
        "altIds": [{"role": "guid", "value": picture.id}],
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": words}
            for role, words in texts
            if words
        ],
        "renditions": [_rendition(one, picture, site) for one in files(picture)],
    }
    return {name: value for name, value in own.items() if value}


def _rendition(file: PictureFile, picture: Picture, site: Site) -> dict[str, object]:
    """The picture's own file is named ``web``, the others for what they are: ``webp-640``."""
    kind = file.media_type.partition("/")[2]
    return {
        "name": "web" if file.path == picture.path else f"{kind}-{file.width}",
        "href": f"{site.url}{file.path}",
        "contentType": file.media_type,
        "width": file.width,
        "height": file.height,
        "sizeInBytes": file.size,
    }
