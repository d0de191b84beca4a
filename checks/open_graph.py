"""What a page says to those who share it: Open Graph (ogp.me) and Twitter cards."""

import io
import re
from collections import Counter
from collections.abc import Iterator

from PIL import Image
from PIL import UnidentifiedImageError
from selectolax.lexbor import LexborHTMLParser

from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site

_REQUIRED = ("og:title", "og:type", "og:url", "og:image")
"""ogp.me, basic metadata"""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)")
_LOCALE = re.compile(r"[a-z]{2,3}_[A-Z]{2}")
_CARDS = ("summary", "summary_large_image")
_MANY = ("og:image", "og:locale:alternate", "article:tag", "article:author")
"""properties that may be said more than once"""


def open_graph(site: Site) -> Iterator[Finding]:
    """Stories say what is required; nothing that was taken back says anything."""
    for answer in site.pages():
        tree = LexborHTMLParser(answer.body)
        said = _said(tree)
        if answer.status != 200 and said:
            text = f"{answer.status}, and it says {', '.join(name for name, _ in said)}"
            yield _fault(answer, "on-a-notice", text)
        elif tree.css_first('[data-copy="body"]') is not None:
            yield from _required(answer, said)
        yield from _values(answer, said)
        yield from _picture(site, answer, dict(said))


def _said(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Open Graph stands in ``property``, Twitter's cards in ``name``."""
    found = [
        (node.attributes.get("property") or node.attributes.get("name") or "", node)
        for node in tree.css("meta[property], meta[name]")
    ]
    return [
        (name, node.attributes.get("content") or "")
        for name, node in found
        if name.startswith(("og:", "article:", "twitter:"))
    ]


def _required(answer: Answer, said: list[tuple[str, str]]) -> Iterator[Finding]:
    names = [name for name, _ in said]
    for name in _REQUIRED:
        if name not in names:
            yield _fault(answer, "required", f"{name} is missing")
    if dict(said).get("og:type") != "article":
        yield _fault(answer, "type", f"a story of og:type {dict(said).get('og:type')}")
    if "article:published_time" not in names:
        yield _fault(answer, "published", "article:published_time is missing")


def _values(answer: Answer, said: list[tuple[str, str]]) -> Iterator[Finding]:
    for name, times in Counter(name for name, _ in said).items():
        if times > 1 and name.partition(":image:")[0] not in _MANY and name not in _MANY:
            yield _fault(answer, "twice", f"{name} is said {times} times")
    for name, value in said:
        if not value.strip():
            yield _fault(answer, "empty", f"{name} says nothing")
        if name.endswith("_time") and not _TIME.fullmatch(value):
            yield _fault(answer, "time", f"{name} {value} is no time with a zone")
        if name.startswith("og:locale") and not _LOCALE.fullmatch(value):
            yield _fault(answer, "locale", f"{name} {value} is no language_TERRITORY")
        if name == "twitter:card" and value not in _CARDS:
            yield _fault(answer, "card", f"there is no card called {value}")
        if name == "og:url" and not value.startswith(answer.base + "/"):
            yield _fault(answer, "url", f"{value} is not on this site")


def _picture(site: Site, answer: Answer, said: dict[str, str]) -> Iterator[Finding]:
    """The picture is there, whole, and as large as it is said to be."""
    url = said.get("og:image")
    if url is None:
        return
    found = site.answers.get(url)
    if found is None or found.status != 200 or not found.media_type.startswith("image/"):
        yield _fault(answer, "image", f"{url} is no picture on this site")
        return
    if said.get("og:image:type", found.media_type) != found.media_type:
        yield _fault(answer, "image-type", f"{url} is {found.media_type}")
    try:
        with Image.open(io.BytesIO(found.body)) as picture:
            size = picture.size
    except (UnidentifiedImageError, OSError) as error:
        yield _fault(answer, "image", f"{url}: {error}")
        return
    told = (said.get("og:image:width"), said.get("og:image:height"))
    if told != (str(size[0]), str(size[1])):
        yield _fault(answer, "image-size", f"{url} is {size}, said to be {told}")


def _fault(answer: Answer, rule: str, text: str) -> Finding:
    return Finding(tool="open-graph", address=answer.address, rule=rule, text=text)
