"""Reading the words back out of a finished page, as a browser's DOM would give them."""

import msgspec
from selectolax.lexbor import LexborDocumentOptions
from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode

from copytaster.text._html import all_text


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a page. A marker that is missing or doubled gives None, or no text."""

    headline: str | None
    byline: str | None
    text: str


def read_back(page: bytes) -> ReadBack:
    """Headline, byline and text of a finished HTML page (UTF-8).

    The markers: one ``h1[data-copy=headline]``, one ``[data-copy=byline]``, and one
    ``[data-copy=body]`` whose element children are the blocks. Characters beside the blocks
    are words that no block accounts for: the text is then empty, and the gate fails.
    """
    tree = LexborHTMLParser(page, options=LexborDocumentOptions.WO_EVENTS.value)
    headline = _only(tree, "headline")
    if headline is not None and headline.tag != "h1":
        headline = None
    byline = _only(tree, "byline")
    body = _only(tree, "body")
    return ReadBack(
        headline=None if headline is None else all_text(headline),
        byline=None if byline is None else all_text(byline),
        text="" if body is None else _blocks(body),
    )


def _only(tree: LexborHTMLParser, marker: str) -> LexborNode | None:
    found = tree.css(f'[data-copy="{marker}"]')
    return found[0] if len(found) == 1 else None


def _blocks(body: LexborNode) -> str:
    texts: list[str] = []
    child = body.first_child
    while child is not None:
        if child.is_element_node:
            texts.append(all_text(child))
        elif child.is_text_node and (child.text_content or "").strip(" \t\n\f\r"):
            return ""
        child = child.next
    return "\n\n".join(texts) + "\n" if texts else ""
