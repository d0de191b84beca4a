"""Pictures beside a story: on its page, in its data, in feeds.

Captions, credits and texts for those who cannot see are the agency's, verbatim and outside
``data-copy``: the word-for-word gate compares the story, not what hangs beside it. An ``alt``
is only ever the agency's own; a picture that came without one has an empty one, and its visible
caption speaks for it (handbook: publishing §1.6).
"""

import re
from collections.abc import Iterable

from copytaster.press._templates import written
from copytaster.press._types import Picture
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


def figure(picture: Picture) -> dict[str, object]:
    """What the templates show."""
    return {
        "src": written(picture.path),
        "width": picture.width,
        "height": picture.height,
        "alt": written(picture.alt or ""),
        "caption": written(picture.caption) if picture.caption else None,
        "credit": credit_of(picture),
    }


def card(picture: Picture, site: Site) -> dict[str, object]:
    """What the page's head tells of its first picture (Open Graph, cards)."""
    said = picture.alt or picture.caption
    return {
        "url": written(f"{site.url}{picture.path}"),
        "type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "alt": written(said) if said else None,
    }


def image_object(picture: Picture, site: Site) -> dict[str, object]:
    """schema.org's ``ImageObject``."""
    url = f"{site.url}{picture.path}"
    own = {
        "@type": "ImageObject",
        "url": url,
        "contentUrl": url,
        "encodingFormat": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
        "description": picture.alt,
        "creator": {"@type": "Person", "name": picture.byline} if picture.byline else None,
        "creditText": picture.credit,
        "copyrightNotice": picture.rights,
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
        "renditions": [
            {
                "name": "web",
                "href": href,
                "contentType": picture.media_type,
                "width": picture.width,
                "height": picture.height,
                "sizeInBytes": picture.size,
            }
        ],
    }
    return {name: value for name, value in own.items() if value}
