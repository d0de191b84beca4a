"""Asks a site on loopback for everything it names, within limits."""

import ipaddress
import json
import re
from collections import deque
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag
from urllib.parse import urljoin
from urllib.parse import urlsplit

import httpx2
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from checks.finding import CheckFailed
from checks.saved import Answer

MOST = 3000
"""addresses of one site"""
_LARGEST = 8 * 1024 * 1024
_SECONDS = 20.0
_ADDRESS = re.compile(r"^\| `(/[^`<]*)` \|", re.MULTILINE)
_OF_ATTRIBUTES = ("href", "src", "poster", "action", "srcset", "imagesrcset")


def documented(project: Path) -> list[str]:
    """The addresses of docs/reference/addresses.md that need nothing filled in."""
    text = (project / "docs/reference/addresses.md").read_text("utf-8")
    return [address for address in _ADDRESS.findall(text) if "*" not in address]


def crawl(base: str, seeds: Iterable[str]) -> dict[str, Answer]:
    """Everything reachable from ``seeds`` (paths) on ``base``, by its whole address.

    Raises CheckFailed for a site that is not on loopback or has no end.
    """
    if not ipaddress.ip_address(urlsplit(base).hostname or "").is_loopback:
        raise CheckFailed(f"{base} is not on loopback: only a site of our own is crawled")
    waiting = deque(dict.fromkeys(["/", *seeds]))
    known = set(waiting)
    found: dict[str, Answer] = {}
    with httpx2.Client(base_url=base, trust_env=False, timeout=_SECONDS) as client:
        while waiting:
            answer = fetch(client, base, waiting.popleft())
            found[answer.url] = answer
            for address in sorted(set(_own(answer)) - known):
                known.add(address)
                waiting.append(address)
            if len(known) > MOST:
                raise CheckFailed(f"{base} names more than {MOST} addresses: is there an end?")
    return found


def fetch(client: httpx2.Client, base: str, address: str) -> Answer:
    """One answer; redirects are not followed, and of a stream of events only the head is read."""
    with client.stream("GET", address) as response:
        body = bytearray()
        endless = response.headers.get("content-type", "").startswith("text/event-stream")
        for piece in () if endless else response.iter_bytes():
            body += piece
            if len(body) > _LARGEST:
                raise CheckFailed(f"{base}{address} answers more than {_LARGEST} bytes")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(
        base=base,
        address=address,
        status=response.status_code,
        headers=headers,
        body=bytes(body),
    )


def _own(answer: Answer) -> Iterator[str]:
    """Paths on the same site that the answer names."""
    for url in named(answer):
        whole, _ = urldefrag(urljoin(answer.url, url))
        if whole.startswith(answer.base + "/"):
            yield whole[len(answer.base) :]


def named(answer: Answer) -> Iterator[str]:
    """Every address that an answer names, as it is written."""
    location = answer.headers.get("location")
    if location:
        yield location
    kind = answer.media_type
    if kind == "text/html":
        yield from _in_html(answer.body)
    elif "json" in kind:
        yield from _in_json(answer)
    elif "xml" in kind:
        yield from _in_xml(answer)


def _in_html(body: bytes) -> Iterator[str]:
    tree = LexborHTMLParser(body)
    for attribute in _OF_ATTRIBUTES:
        for node in tree.css(f"[{attribute}]"):
            value = (node.attributes[attribute] or "").strip()
            if attribute.endswith("srcset"):
                yield from (part.split()[0] for part in value.split(",") if part.split())
            elif value:
                yield value
    for node in tree.css('meta[property^="og:image"], meta[property="og:url"]'):
        value = node.attributes.get("content") or ""
        if value.startswith("http"):
            yield value


def _in_json(answer: Answer) -> Iterator[str]:
    try:
        waiting = [json.loads(answer.body)]
    except ValueError:
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and value.startswith(answer.base):
            yield value


def _in_xml(answer: Answer) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(answer.body, parser)
    except etree.XMLSyntaxError:
        return
    for element in root.iter(etree.Element):
        values = [(element.text or "").strip(), *map(str, element.attrib.values())]
        yield from (value for value in values if _is_address(value, answer.base))


def _is_address(value: str, base: str) -> bool:
    return value.startswith(base) and not re.search(r"\s|\{", value)
