"""The page on which readers check a story against the public log (``docs/reference/log.md``).

Static, like the pages of the house about itself. The check is made by its script, in the reader's
browser, from what the site serves to everybody; the page's own words go with it as data.
"""

import base64
import hashlib
from collections.abc import Mapping

from copytaster.press._chrome import plain_chrome
from copytaster.press._markup import embedded
from copytaster.press._markup import escape
from copytaster.press._templates import asset
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import script
from copytaster.press._templates import written
from copytaster.press._types import Site
from copytaster.press._words import Words

VERIFY = "/verify"
_SCRIPT = "verify.js"
_FOR_SCRIPT = ("names", "verdicts", "sums", "parts", "says", "found", "checking", "remembered")
"""words that the script says"""
_EXAMPLE = "/s/…"


def verify_path(story: str, edition: int | None = None) -> str:
    """The address at which a story is checked, or one edition of it."""
    return f"{VERIFY}?story={story}" + (f"/v{edition}" if edition else "")


def verify_page(site: Site) -> bytes:
    """``/verify``, in the site's language. Only a site with a log has it."""
    spoken = site.tongue(site.tongue(site.language).own)
    words = spoken.words.verify
    digest = hashlib.sha256(script(_SCRIPT)).digest()
    fill = {
        "key": '<a href="/log/vkey"><bdi>/log/vkey</bdi></a>',
        "script": f'<a href="{_path(site)}"><bdi>{_path(site)}</bdi></a>',
        "digest": f"<bdi><code>{digest.hex()}</code></bdi>",
    }
    return render(
        "verify.html",
        site,
        **plain_chrome(site, spoken),
        url=written(f"{site.url}{VERIFY}"),
        script=written(_path(site)),
        integrity=written(f"sha256-{base64.b64encode(digest).decode()}"),
        home=written(site.url),
        example=written(f"{site.url}{_EXAMPLE}"),
        trust=markup(escape(words.trust).format_map(fill)),
        readable=markup(escape(words.script).format_map(fill)),
        said=markup(embedded(_said(spoken.words))),
    )


def _path(site: Site) -> str:
    return asset(_SCRIPT, site.theme)


def _said(words: Words) -> Mapping[str, object]:
    told = {name: getattr(words.verify, name) for name in _FOR_SCRIPT}
    return {**told, "events": words.events}
