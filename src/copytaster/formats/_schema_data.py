"""Linked data on a page, whatever its syntax: nodes with their properties, and which is the story.

JSON-LD blocks are hostile JSON and are read within limits; microdata and RDFa come as nodes of
the same shape from :mod:`copytaster.formats._schema_page`. Only schema.org's words are known;
nothing is fetched, no context is loaded.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

import msgspec

from copytaster import text
from copytaster.formats._types import NotAFeed
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Unreadable
from copytaster.item import Remark

Node = dict[str, Any]

ARTICLES = frozenset(
    (
        *("Article", "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle"),
        *("BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle"),
        *("ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "Report"),
        *("BlogPosting", "LiveBlogPosting", "TechArticle", "ScholarlyArticle"),
    )
)
"""schema.org's types of texts that may be a story; an element of a longer list is none."""

LONGEST_BLOCK = 4 * 1024 * 1024
MOST_BLOCKS = 50
MOST_NODES = 20_000
_DEEPEST = 40
_MOST_REMARKS = 100

_LISTS = frozenset(("ItemList", "CollectionPage", "SearchResultsPage", "BreadcrumbList"))
_PREFIX = re.compile(r"\A(?:https?://(?:www\.)?schema\.org[/#]|schema:)")
_OPENS = re.compile(r"<!--|(?://|/\*)?[ \t]*<!\[CDATA\[(?:[ \t]*\*/)?")
_CLOSES = (("-->",), ("*/", "]]>", "//", "/*"))
# Of which a node may have one only: two of them cannot both be believed.
_BINDING = frozenset(
    (
        *("@type", "@id", "headline", "articleBody", "datePublished", "dateModified"),
        *("expires", "creativeWorkStatus", "isAccessibleForFree", "identifier"),
    )
)
_MAIN = ("mainEntity", "mainEntityOfPage")


class Data(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a page says in linked data."""

    roots: tuple[Node, ...] = ()
    """nodes that stand at the top of a block, of a graph or of the page"""
    index: dict[str, Node] = {}
    """nodes by their ``@id``"""
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[str, ...] = ()


# --- JSON-LD blocks ------------------------------------------------------------------------------


def gather(blocks: Iterable[str], nodes: Iterable[Node]) -> Data:
    """The nodes of all blocks and of the markup. A block that cannot be read is remarked on."""
    roots: list[Node] = []
    remarks: list[Remark] = []
    repairs: list[str] = []
    for number, block in enumerate(blocks):
        if number >= MOST_BLOCKS:
            raise OverLimit(f"schema.org: more than {MOST_BLOCKS} blocks of JSON-LD")
        value, problem = _value(block, remarks, repairs)
        if problem is not None:
            remarks.append(
                Remark(code="json-ld-unreadable", path=f"script[{number}]", detail=problem)
            )
        roots += _roots(value)
    roots += nodes
    return Data(
        roots=tuple(roots),
        index=_index(roots),
        remarks=tuple(remarks),
        repairs=tuple(dict.fromkeys(repairs)),
    )


def _value(block: str, remarks: list[Remark], repairs: list[str]) -> tuple[object, str | None]:
    """What a block says, or why it cannot be read. Characters that were escaped for HTML, where
    a script has none, are the repair ``entities``."""
    bare = _unwrapped(block)
    try:
        return _loaded(bare, remarks), None
    except (ValueError, RecursionError, text.TextError) as error:
        if "&quot;" not in bare and "&#34;" not in bare:
            return None, str(error)[:200]
    try:
        value = _loaded(html.unescape(bare), remarks)
    except (ValueError, RecursionError, text.TextError) as error:
        return None, str(error)[:200]
    repairs.append("entities")
    return value, None


def _unwrapped(block: str) -> str:
    """Without a comment or CDATA section around it, as older pages have for older browsers."""
    if len(block) > LONGEST_BLOCK:
        raise OverLimit(f"schema.org: {len(block)} characters in one block of JSON-LD")
    bare = block.strip().removesuffix(";").rstrip()
    opened = _OPENS.match(bare)
    if opened is None:
        return bare
    bare = bare[opened.end() :]
    for end in _CLOSES["CDATA" in opened.group()]:
        bare = bare.removesuffix(end).rstrip()
    return bare.strip().removesuffix(";").rstrip()


def _loaded(block: str, remarks: list[Remark]) -> object:
    text.decode_json(block.encode())  # half a surrogate pair is no character

    def node(pairs: list[tuple[str, object]]) -> Node:
        found = dict(pairs)
        if len(found) != len(pairs):
            _twice([name for name, _ in pairs], remarks)
        return found

    # Line ends inside strings are common on pages; they are characters like any other.
    value = json.loads(block, strict=False, object_pairs_hook=node, parse_constant=_constant)
    _measure(value)
    return value


def _twice(names: list[str], remarks: list[Remark]) -> None:
    for name, count in Counter(names).items():
        if count < 2:
            continue
        if _PREFIX.sub("", name) in _BINDING:
            raise ValueError(f"the key {name[:60]!r} is there twice in one object")
        if len(remarks) < _MOST_REMARKS:
            remarks.append(Remark(code="duplicate-key", path=name[:60]))


def _constant(word: str) -> object:
    raise ValueError(f"{word} is not JSON")


def _measure(value: object) -> None:
    seen = 0
    waiting = [(value, 0)]
    while waiting:
        found, depth = waiting.pop()
        seen += 1
        if seen > MOST_NODES or depth > _DEEPEST:
            raise ValueError(f"more than {MOST_NODES} nodes, or deeper than {_DEEPEST} levels")
        if isinstance(found, dict):
            found = list(found.values())
        if isinstance(found, list):
            waiting += [(m, depth + 1) for m in found if isinstance(m, dict | list)]


def _roots(value: object) -> Iterator[Node]:
    """Objects at the top, in a list, or in a graph; only where schema.org's words are meant."""
    for member in value if isinstance(value, list) else [value]:
        if not isinstance(member, dict) or not _is_schema(member.get("@context")):
            continue
        graph = member.get("@graph")
        if graph is not None and not types(member):
            members = graph if isinstance(graph, list) else [graph]
            yield from (named(node) for node in members if isinstance(node, dict))
        else:
            yield named(member)


def _is_schema(context: object) -> bool:
    return context is None or "schema.org" in json.dumps(context)[:10_000]


def named(node: Node) -> Node:
    """The node with its properties under their bare names."""
    return {_PREFIX.sub("", name): value for name, value in node.items()}


def _index(roots: Iterable[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    waiting: list[object] = list(roots)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            node = named(value)
            identity = node.get("@id")
            if isinstance(identity, str) and len(node) > len(found.get(identity, ())) > 0:
                found[identity] = node
            elif isinstance(identity, str):
                found.setdefault(identity, node)
            waiting += node.values()
        elif isinstance(value, list):
            waiting += value
    return found


# --- properties ----------------------------------------------------------------------------------


def types(node: Node) -> tuple[str, ...]:
    """The node's types by their bare names."""
    said = node.get("@type")
    listed = said if isinstance(said, list) else [said]
    return tuple(_PREFIX.sub("", name) for name in listed if isinstance(name, str))


def values(node: Node, name: str, data: Data) -> list[object]:
    """All values of a property: lists opened, references followed one step."""
    said = node.get(name)
    if isinstance(said, dict):
        said = said.get("@list", said.get("@set", said))
    listed = said if isinstance(said, list) else [said]
    return [_followed(value, data) for value in listed if value is not None]


def _followed(value: object, data: Data) -> object:
    if not isinstance(value, dict):
        return value
    node = named(value)
    identity = node.get("@id")
    if set(node) <= {"@id", "@type"} and isinstance(identity, str):
        return data.index.get(identity, node)
    return node


def string(value: object) -> str | None:
    """The text a value stands for: itself, a number, a ``@value``, or a node's name."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        for name in ("@value", "name", "value", "termCode"):
            said = value.get(name)
            said = said[0] if isinstance(said, list) and said else said
            if isinstance(said, str | int):
                return str(said)
    return None


def address(value: object) -> str | None:
    """The address a value stands for: itself, its ``@id`` or its ``url``."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        for name in ("@id", "url", "contentUrl"):
            said = value.get(name)
            said = said[0] if isinstance(said, list) and said else said
            if isinstance(said, str):
                return said
    return None


# --- which node is the story ---------------------------------------------------------------------


def stories(data: Data) -> list[Node]:
    """The articles that a page is about; what a list, a story or a page merely names is none."""
    found: list[Node] = []
    for root in data.roots:
        if is_article(root):
            found.append(root)
            continue
        for name in _MAIN:
            members = [value for value in values(root, name, data) if isinstance(value, dict)]
            found += [node for node in members if is_article(node)]
    return found


def is_article(node: Node) -> bool:
    return not ARTICLES.isdisjoint(types(node))


def main_story(data: Data, page: str | None) -> list[Node]:
    """The nodes that speak of the page's one article. Raises NotAFeed, Unreadable."""
    found = stories(data)
    groups: list[list[Node]] = []
    for node in found[:100]:
        same = [group for group in groups if any(_is_same(node, other) for other in group)]
        groups = [group for group in groups if not any(group is one for one in same)]
        groups.append([member for group in same for member in group] + [node])
    if len(groups) > 1 and page is not None:
        here = [group for group in groups if any(page in _addresses(node) for node in group)]
        groups = here if len(here) == 1 else groups
    if len(groups) == 1:
        return groups[0]
    if groups:
        raise NotAFeed(
            f"schema.org: a page with {len(groups)} articles, of which none is its own: "
            "fetch each article's page"
        )
    listed = any(not _LISTS.isdisjoint(types(root)) for root in data.roots)
    if listed:
        raise NotAFeed("schema.org: a list of articles, not an article: fetch each article's page")
    told = next((r.detail for r in data.remarks if r.code == "json-ld-unreadable"), None)
    raise Unreadable(f"schema.org: no article on the page{f'; JSON-LD: {told}' if told else ''}")


def _is_same(one: Node, other: Node) -> bool:
    """The same address or headline; what has neither joins what is there."""
    if _addresses(one) & _addresses(other):
        return True
    a, b = string(_first(one, "headline")), string(_first(other, "headline"))
    return a == b if a and b else not (_addresses(one) and _addresses(other))


def _addresses(node: Node) -> set[str]:
    said = [address(_first(node, name)) for name in ("@id", "url", "mainEntityOfPage")]
    return {found.partition("#")[0].rstrip("/") for found in said if found and "//" in found}


def _first(node: Node, name: str) -> object:
    said = node.get(name)
    return (said[0] if said else None) if isinstance(said, list) else said
