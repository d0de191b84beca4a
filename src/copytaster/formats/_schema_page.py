"""What a web page says about itself: JSON-LD blocks, microdata and RDFa Lite, links and robots.

One walk over the tree (lexbor) for facts. The words of the body are found a second time, in
the source, by tags alone (:func:`marked_body`), so that the account of law 1 has a witness that
is not the tree's parser.
"""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborNode

from copytaster import text
from copytaster.formats._schema_data import MOST_NODES
from copytaster.formats._schema_data import Node
from copytaster.formats._types import OverLimit

_MOST_CHARACTERS = 8 * 1024 * 1024
"""Characters of property values together: properties inside properties repeat their text."""

_ROBOTS = frozenset({"robots", "googlebot", "googlebot-news"})
_ADDRESS = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("img", "audio", "video", "source", "iframe", "embed", "track"), "src"),
    "object": "data",
    "data": "value",
    "meter": "value",
    "time": "datetime",
}
_SCHEMA = re.compile(r"\Ahttps?://(?:www\.)?schema\.org/?")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The facts on a page."""

    blocks: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()
    canonical: str | None = None
    robots: tuple[str, ...] = ()
    language: str | None = None


class _Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Where in the linked data of the markup an element stands."""

    node: Node | None = None
    vocabulary: bool = False
    """RDFa: inside a ``vocab`` of schema.org"""


class _Facts:
    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.nodes: list[Node] = []
        self.links: dict[str, str] = {}
        self.robots: list[str] = []
        self.language: str | None = None
        self._characters = 0
        self._properties = 0

    def element(self, node: LexborNode, scope: _Scope) -> _Scope:
        """Take what the element says; the scope of what is inside it."""
        attributes = node.attributes
        if not attributes and node.tag != "script":
            return scope
        if node.tag in ("html", "link", "meta", "script"):
            self._head(node, attributes)
        if "itemprop" in attributes or "itemscope" in attributes:
            return self._microdata(node, attributes, scope)
        if scope.vocabulary or "typeof" in attributes or "vocab" in attributes:
            return self._rdfa(node, attributes, scope)
        return scope

    def _head(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if node.tag == "html":
            self.language = (attributes.get("lang") or "").strip() or None
        elif node.tag == "script":
            kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
            if kind == "application/ld+json":
                self.blocks.append(node.text(deep=True))
        elif node.tag == "link":
            for relation in (attributes.get("rel") or "").lower().split():
                self.links.setdefault(relation, attributes.get("href") or "")
        elif (attributes.get("name") or "").strip().lower() in _ROBOTS:
            self.robots.append(attributes.get("content") or "")

    def _microdata(
        self, node: LexborNode, attributes: dict[str, str | None], scope: _Scope
    ) -> _Scope:
        names = (attributes.get("itemprop") or "").split()
        if "itemscope" not in attributes:
            if scope.node is not None and names:
                self._add(scope.node, names, self._said(node, attributes, names))
            return scope
        kinds = [_SCHEMA.sub("", kind) for kind in (attributes.get("itemtype") or "").split()]
        return self._begin(scope, names, kinds, attributes.get("itemid"))

    def _rdfa(self, node: LexborNode, attributes: dict[str, str | None], scope: _Scope) -> _Scope:
        """RDFa Lite 1.1: vocab, typeof, property, resource; other prefixes are not ours."""
        vocabulary = scope.vocabulary
        if (vocab := attributes.get("vocab")) is not None:
            vocabulary = _SCHEMA.match(vocab) is not None
        kinds = [k for k in (attributes.get("typeof") or "").split() if _is_ours(k, vocabulary)]
        names = [
            name.removeprefix("schema:")
            for name in (attributes.get("property") or "").split()
            if _is_ours(name, vocabulary)
        ]
        scope = _Scope(node=scope.node, vocabulary=vocabulary)
        if kinds:
            kinds = [_SCHEMA.sub("", kind).removeprefix("schema:") for kind in kinds]
            found = self._begin(scope, names, kinds, attributes.get("resource"))
            return _Scope(node=found.node, vocabulary=vocabulary)
        if scope.node is not None and names:
            value = attributes.get("resource") or self._said(node, attributes, names)
            self._add(scope.node, names, value)
        return scope

    def _begin(
        self, scope: _Scope, names: list[str], kinds: list[str], identity: str | None
    ) -> _Scope:
        found: Node = {"@type": kinds} | ({"@id": identity} if identity else {})
        if scope.node is not None and names:
            self._add(scope.node, names, found)
        else:
            self.nodes.append(found)
        return _Scope(node=found, vocabulary=scope.vocabulary)

    def _add(self, node: Node, names: list[str], value: object) -> None:
        self._properties += 1
        if self._properties > MOST_NODES:
            raise OverLimit(f"schema.org: more than {MOST_NODES} properties in the markup")
        for name in names[:20]:
            node.setdefault(name, []).append(value)

    def _said(self, node: LexborNode, attributes: dict[str, str | None], names: list[str]) -> str:
        """The value of a property (HTML, microdata §5.2.4)."""
        if "content" in attributes:
            return attributes["content"] or ""
        named = attributes.get(_ADDRESS.get(node.tag or "", ""))
        if named is not None:
            return named
        if "articleBody" in names:
            return ""  # read from the source
        said = node.text(deep=True)
        self._characters += len(said)
        if self._characters > _MOST_CHARACTERS:
            raise OverLimit("schema.org: properties inside properties, with too much text")
        return said.strip(" \t\n\f\r")


def _is_ours(name: str, vocabulary: bool) -> bool:
    if ":" in name:
        return name.startswith("schema:") or _SCHEMA.match(name) is not None
    return vocabulary


def page(markup: str) -> Page:
    """The facts. Raises OverLimit and a TextError where the markup is none."""
    facts = _Facts()
    waiting: list[tuple[LexborNode, _Scope]] = []
    root = text.parse_html(markup).root
    if root is not None:
        waiting.append((root, _Scope()))
    while waiting:
        node, scope = waiting.pop()
        if node.next is not None:
            waiting.append((node.next, scope))
        inside = facts.element(node, scope) if node.is_element_node else scope
        if node.first_child is not None:
            waiting.append((node.first_child, inside))
    return Page(
        blocks=tuple(facts.blocks),
        nodes=tuple(facts.nodes),
        canonical=facts.links.get("canonical") or None,
        robots=tuple(facts.robots),
        language=facts.language,
    )


# --- the marked body, in the source --------------------------------------------------------------

_MARKED = re.compile(
    r"""\s(?:itemprop|property)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'>]+))""",
    re.IGNORECASE,
)
_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VOID = frozenset(
    (
        *("meta", "link", "img", "br", "hr", "input", "source", "area", "base", "col", "embed"),
        *("param", "track", "wbr"),
    )
)
# Elements that end an open paragraph (HTML, "p element", tag omission).
_END_P = frozenset(
    (
        *("address", "article", "aside", "blockquote", "center", "details", "dialog", "dir"),
        *("div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "main", "menu", "nav", "ol", "p", "pre"),
        *("search", "section", "summary", "table", "ul", "listing", "plaintext", "xmp"),
    )
)


def marked_body(markup: str) -> str | None:
    """The markup inside the elements that are marked as ``articleBody``, each in a ``div``.

    None when there is none, or one that never ends: where it would end nobody can say.
    """
    found: list[str] = []
    inside: _Marked | None = None
    for name, ends, start, token in _tags(markup):
        if inside is not None and inside.is_over(name, ends=ends):
            found.append(markup[inside.begins : start])
            inside = None
            if ends:
                continue
        if inside is None and not ends and name not in _VOID and _is_marked(token):
            inside = _Marked(name, start + len(token))
    if inside is not None or not found:
        return None
    return "\n".join(f"<div>{part}</div>" for part in found)


class _Marked:
    """A marked element whose end is looked for."""

    def __init__(self, name: str, begins: int) -> None:
        self.begins = begins
        self._name = name
        self._open = Counter([name])

    def is_over(self, name: str, *, ends: bool) -> bool:
        """Whether this tag ends the element. A paragraph may have no end tag of its own: it is
        over where a block begins, or where an element ends that did not begin in it."""
        if self._name == "p" and (name in _END_P if not ends else not self._open[name]):
            return True
        if name not in _VOID:
            self._open[name] += -1 if ends else 1
        return self._open[self._name] == 0


def _tags(markup: str) -> Iterator[tuple[str, bool, int, str]]:
    """Name, whether it is an end tag, place and source of every tag."""
    at = 0
    for token in text.tokens(markup):
        start = markup.index(token, at)
        at = start + len(token)
        named = _NAME.match(token)
        if named is not None:
            yield named.group(2).lower(), bool(named.group(1)), start, token


def _is_marked(token: str) -> bool:
    for found in _MARKED.finditer(token):
        said = found["a"] or found["b"] or found["c"] or ""
        if {"articleBody", "schema:articleBody"} & set(said.split()):
            return True
    return False
