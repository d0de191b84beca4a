"""Hostile markup of the feedparser project's cases: whether any of it gets through."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from conformance.feed_cases import FOLDER
from conformance.feed_cases import MOVED
from conformance.feed_cases import PROFILE
from conformance.feed_cases import RECEIVED
from conformance.feed_cases import moved_into_an_entry
from copytaster import formats
from copytaster.item import Item
from copytaster.press._markup import body_html

_SAFE_HREF = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"']+", re.IGNORECASE)
_ALLOWED = frozenset(
    """a blockquote br code em h2 li ol p pre s strong sub sup table tbody td th thead tr u ul
    div figure figcaption""".split()
)


_OURS = frozenset((("div", "class"), ("div", "tabindex"), ("th", "scope")))  # around a table


def let_through(corpus: Path) -> list[str]:
    """What of hostile markup got through, over every case of it: names of files with what.

    Asked of the words as pages, feeds and ninjs give them out, whatever the case expects.
    """
    found: list[str] = []
    for path in sorted((corpus / FOLDER / "tests" / "wellformed" / "sanitize").glob("*.xml")):
        for data in (path.read_bytes(), moved_into_an_entry(path.read_bytes(), frozenset(MOVED))):
            try:
                parsed = formats.parse(data, PROFILE, formats.Context(received=RECEIVED))
            except formats.FormatError:
                continue
            found += [f"{path.name}: {what}" for item in parsed.items for what in _danger(item)]
    return found


def _danger(item: Item) -> Iterator[str]:
    markup = _Tags()
    markup.feed(body_html(item.copy))
    markup.close()
    for tag, attributes in markup.tags:
        if tag not in _ALLOWED:
            yield f"<{tag}>"
        for name, value in attributes:
            if (tag, name) in _OURS:
                continue
            if tag != "a" or name not in ("href", "rel") or not value:
                yield f"<{tag} {name}={value!r}>"
            elif name == "href" and not _SAFE_HREF.fullmatch(value):
                yield f"href {value!r}"
    said = [item.headline, item.summary, item.copyright_notice, formats.text_of(item)]
    for value in said:
        if value and re.search(r"alert\(|executeMe|javascript:", value):
            yield f"script among the words: {value[:60]!r}"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
