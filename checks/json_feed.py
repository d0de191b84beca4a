"""JSON Feed 1.1 (jsonfeed.org/version/1.1): which fields there are, and of which kind."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

_VERSION = "https://jsonfeed.org/version/1.1"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ADDRESS, _TEXT, _TIME, _LIST, _TRUTH = "address", "text", "time", "list", "truth"
_FEED = {
    "version": _ADDRESS,
    "title": _TEXT,
    "home_page_url": _ADDRESS,
    "feed_url": _ADDRESS,
    "description": _TEXT,
    "user_comment": _TEXT,
    "next_url": _ADDRESS,
    "icon": _ADDRESS,
    "favicon": _ADDRESS,
    "authors": _LIST,
    "language": _TEXT,
    "expired": _TRUTH,
    "hubs": _LIST,
    "items": _LIST,
}
_ITEM = {
    "id": _TEXT,
    "url": _ADDRESS,
    "external_url": _ADDRESS,
    "title": _TEXT,
    "content_html": _TEXT,
    "content_text": _TEXT,
    "summary": _TEXT,
    "image": _ADDRESS,
    "banner_image": _ADDRESS,
    "date_published": _TIME,
    "date_modified": _TIME,
    "authors": _LIST,
    "tags": _LIST,
    "language": _TEXT,
    "attachments": _LIST,
}
_AUTHOR = {"name": _TEXT, "url": _ADDRESS, "avatar": _ADDRESS}
Fault = tuple[str, str]


def faults(feed: Any) -> Iterator[Fault]:
    """(rule, what is wrong) of a decoded feed."""
    if not isinstance(feed, dict):
        yield "json-feed", "no object"
        return
    yield from _fields(feed, _FEED, "the feed")
    if feed.get("version") != _VERSION:
        yield "json-feed-version", f"{feed.get('version')} is not {_VERSION}"
    for name in ("title", "items"):
        if name not in feed:
            yield "json-feed-required", f"{name} is missing"
    items = feed.get("items", [])
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    if len(set(ids)) != len(items):
        yield "json-feed-id", "two items have one id, or one has none"
    for item in items:
        yield from _item(item)


def _item(item: Any) -> Iterator[Fault]:
    if not isinstance(item, dict):
        yield "json-feed", f"an item that is {type(item).__name__}"
        return
    yield from _fields(item, _ITEM, f"item {item.get('id')}")
    if not item.get("id"):
        yield "json-feed-required", "an item without id"
    if "content_html" not in item and "content_text" not in item:
        yield "json-feed-required", f"item {item.get('id')}: neither content_html nor content_text"
    for author in item.get("authors", []):
        yield from _fields(author, _AUTHOR, f"an author of item {item.get('id')}")
        if not author:
            yield "json-feed-author", f"item {item.get('id')}: an author of whom nothing is said"
    for one in item.get("attachments", []):
        if not (isinstance(one, dict) and one.get("url") and one.get("mime_type")):
            yield "json-feed-attachment", f"item {item.get('id')}: without url or mime_type"


def _fields(value: dict[str, Any], known: dict[str, str], where: str) -> Iterator[Fault]:
    for name, told in value.items():
        if name.startswith("_"):
            if not isinstance(told, dict):
                yield "json-feed-extension", f"{where}: {name} is no object"
        elif name not in known:
            yield "json-feed-unknown", f"{where}: {name} is no field of JSON Feed 1.1"
        elif not _is(known[name], told):
            yield "json-feed-value", f"{where}: {name} is {told!r}, no {known[name]}"


def _is(kind: str, value: Any) -> bool:
    match kind:
        case "list":
            return isinstance(value, list)
        case "truth":
            return isinstance(value, bool)
        case "time":
            return isinstance(value, str) and _DATE.fullmatch(value) is not None
        case "address":
            return isinstance(value, str) and urlsplit(value).scheme in ("http", "https")
    return isinstance(value, str) and bool(value.strip())
