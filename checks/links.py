"""Every link leads somewhere: each address on the site answers, each fragment is there."""

import re
from collections.abc import Iterator
from urllib.parse import unquote
from urllib.parse import urldefrag
from urllib.parse import urljoin
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from checks.crawl import named
from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site
from copytaster.demo.script import Seen
from copytaster.text import read_back

_ASSETS = 'link[rel~="stylesheet"], link[rel~="icon"], link[rel~="manifest"], link[rel~="preload"]'
_TOLD = (Seen.hold, Seen.gone, Seen.expired, Seen.legal)
_DIRECTIVE = ":~:text="
_SCHEMES = ("http", "https", "mailto", "tel", "tag", "urn")


def links(site: Site) -> Iterator[Finding]:
    """Links of all answers that are there to be followed."""
    notices = {site.stories[name] for name, face in site.faces.items() if face in _TOLD}
    for answer in site.answers.values():
        if answer.address.startswith("/api/"):
            continue
        for url in dict.fromkeys(named(answer)):
            yield from _followed(site, answer, url, notices)
        if answer.media_type == "text/html":
            yield from _from_elsewhere(answer)


def _followed(site: Site, answer: Answer, url: str, notices: set[str]) -> Iterator[Finding]:
    whole, fragment = urldefrag(urljoin(answer.url, url))
    if urlsplit(whole).scheme not in _SCHEMES:
        yield _fault(answer, "scheme", f"{url}: a link that nobody can follow")
    if not whole.startswith(answer.base + "/"):
        return
    target = answer if whole == answer.url else site.answers.get(whole)
    if target is None:
        yield _fault(answer, "not-crawled", f"{url} was never asked for")
    elif target is not answer and not _is_there(target) and not _is_told(target, notices):
        yield _fault(answer, "broken", f"{url} answers {target.status}")
    elif fragment and answer.media_type == "text/html" and not _has(target, fragment):
        yield _fault(answer, "fragment", f"{url}: there is no such place on the page")


def _is_there(target: Answer) -> bool:
    """Where one leads on (the desk sends strangers to its door), that address is followed too."""
    return target.status in (200, 301, 303, 308)


def _is_told(target: Answer, notices: set[str]) -> bool:
    """Corrections and feeds lead to the notices of what was taken back; that is their purpose."""
    path = re.sub(r"(/v\d+|/changes)?(\.txt|\.json)?$", "", target.address)
    return path in notices or (target.status == 410 and "/v" in target.address)


def _has(target: Answer, fragment: str) -> bool:
    if fragment.startswith(_DIRECTIVE):
        return _says(target, fragment.removeprefix(_DIRECTIVE))
    wanted = unquote(fragment)
    tree = LexborHTMLParser(target.body)
    return any(node.attributes["id"] == wanted for node in tree.css("[id]"))


def _says(target: Answer, directive: str) -> bool:
    """Whether the words of a text directive stand in the copy of the page, one behind the other:
    ``[prefix-,]start[,end]`` (WICG, "Scroll To Text Fragment")."""
    text = " ".join(read_back(target.body).text.split())
    at = 0
    for part in directive.split(","):
        words = unquote(part.removesuffix("-"))
        found = text.find(words, at)
        if found < 0:
            return False
        at = found + len(words)
    return True


def _from_elsewhere(answer: Answer) -> Iterator[Finding]:
    """Nothing is loaded from other hosts: no reader is told to anybody."""
    tree = LexborHTMLParser(answer.body)
    for node in tree.css(f"[src], {_ASSETS}"):
        url = node.attributes.get("src") or node.attributes.get("href") or ""
        whole = urljoin(answer.url, url)
        if not whole.startswith((answer.base + "/", "data:")):
            yield _fault(answer, "elsewhere", f"{url} is loaded from elsewhere")


def _fault(answer: Answer, rule: str, text: str) -> Finding:
    return Finding(tool="links", address=answer.address, rule=rule, text=text)
