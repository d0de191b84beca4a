"""HTML markup to a Copy, through lexbor (the HTML standard's own tree construction)."""

import re
from collections import Counter
from collections.abc import Mapping

from selectolax.lexbor import LexborDocumentOptions
from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode

from copytaster.item import Copy
from copytaster.text._builder import Builder
from copytaster.text._errors import Malformed
from copytaster.text._errors import OverLimit
from copytaster.text._naive import long_tags
from copytaster.text._naive import tokens
from copytaster.text._roles import HTML
from copytaster.text._roles import Group
from copytaster.text._roles import Role
from copytaster.text._selection import Selection
from copytaster.text._selection import stands_apart
from copytaster.text._simple import simple

MAX_CHARACTERS = 4 * 1024 * 1024
MAX_TAGS = 20_000
MAX_ATTRIBUTES = 1_000
MAX_OPEN_FORMATTING = 64
_SHORT_TAG = 4_096

_SWALLOWING = frozenset(
    (
        *("object", "applet", "canvas", "audio", "video", "svg"),
        *("select", "button", "noscript", "template", "datalist"),
    )
)
_LOOKED_AT = (Group.link, Group.omitted)
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS.value
_FORMATTING = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)


def from_html(
    markup: str,
    *,
    selector: str | None = None,
    omit: Mapping[str, str] = {},
    base: str | None = None,
) -> Copy:
    """The words of HTML markup, a whole document or a fragment.

    ``selector``: class or id of the element that holds the text; everything else is left out
    as ``outside-selection``. ``omit``: class, id or element name to the name it is left out
    by. ``base``: absolute address relative links are resolved against; without it a relative
    link goes and its text stays. Raises :class:`Malformed` (U+0000, half surrogates) and
    :class:`OverLimit`.
    """
    if selector is None and not omit and (copy := _simply(markup, base)) is not None:
        return copy
    selection = Selection(roles=HTML, selector=selector, omit=omit)
    builder = Builder(base, outside=selector is not None)
    root = parse_html(markup).root
    if root is not None:
        _Walk(builder, selection, markup).children(root)
    return builder.copy()


def _simply(markup: str, base: str | None) -> Copy | None:
    """The fast way; what is to be refused is left to the general way."""
    if len(markup) > MAX_CHARACTERS or "\0" in markup or not _is_text(markup):
        return None
    if "\r" in markup:
        markup = markup.replace("\r\n", "\n").replace("\r", "\n")
    return simple(markup, base)


def _is_text(markup: str) -> bool:
    """Whether no half of a surrogate pair stands alone in it."""
    try:
        markup.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def parse_html(markup: str) -> LexborHTMLParser:
    """A tree; characters that lexbor would drop or choke on are refused."""
    if "\0" in markup:
        raise Malformed("U+0000 in the markup", markup.count("\n", 0, markup.index("\0")) + 1)
    _guard(markup)
    try:
        characters = markup.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed("half a surrogate pair: not a character") from error
    return LexborHTMLParser(characters, options=_WITHOUT_EVENTS)


def _guard(markup: str) -> None:
    """Refuse what makes tree construction take more than linear time (handbook: feeds §1)."""
    if len(markup) > MAX_CHARACTERS:
        raise OverLimit(f"{len(markup)} characters of markup: more than {MAX_CHARACTERS}")
    tags = markup.count("<")
    if tags > MAX_TAGS:
        raise OverLimit(f"more than {MAX_TAGS} tags in one body")
    _count_formatting(markup)
    if any(len(between) > _SHORT_TAG for between in markup.split("<")):
        _count_attributes(markup)


def _count_attributes(markup: str) -> None:
    for tag in long_tags(markup, _SHORT_TAG):
        if max(len(tag.split()), tag.count("=")) > MAX_ATTRIBUTES:
            raise OverLimit(f"a tag with more than {MAX_ATTRIBUTES} attributes")


def _count_formatting(markup: str) -> None:
    """Formatting elements left open are opened again in every block that follows them."""
    if sum(not tag[1] for tag in _FORMATTING.finditer(markup)) <= MAX_OPEN_FORMATTING:
        return
    unclosed: Counter[str] = Counter()
    for token in tokens(markup):
        tag = _FORMATTING.match(token)
        if tag is None:
            continue
        name = tag[2].lower()  # an end tag closes its own kind, and none that is not open
        unclosed[name] = max(0, unclosed[name] + (-1 if tag[1] else 1))
        if unclosed.total() > MAX_OPEN_FORMATTING:
            raise OverLimit(f"more than {MAX_OPEN_FORMATTING} formatting elements left open")


class _Walk:
    """One pass over a tree, telling the builder."""

    def __init__(self, builder: Builder, selection: Selection, markup: str) -> None:
        self._builder = builder
        self._selection = selection
        self._asked = selection.selector is not None or bool(selection.omit)
        self._lower = markup.lower()
        self._ended: dict[str, bool] = {}
        self._hides = "hidden" in self._lower or (
            # "none" may be written with a reference or an escape
            "style" in self._lower and any(sign in self._lower for sign in ("none", "&", "\\"))
        )

    def children(self, node: LexborNode) -> None:
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                self._builder.text(child.text_content or "")
            elif child.is_element_node:
                self._element(child)
            child = child.next

    def _element(self, node: LexborNode) -> None:
        name = node.tag or ""
        role = HTML.get(name)
        if self._asked or self._hides or (role is not None and role.group in _LOOKED_AT):
            self._with_care(node, name, role)
        elif not (role is not None and role.prose and self._is_whole(node, role)):
            self._inside(node, role, None)

    def _is_whole(self, node: LexborNode, role: Role) -> bool:
        only = node.first_child
        if only is None or not only.is_text_node or only.next is not None:
            return False
        return self._builder.leaf(role, only.text_content or "")

    def _with_care(self, node: LexborNode, name: str, role: Role | None) -> None:
        """An element that may be selected, left out or linked."""
        builder = self._builder
        attributes = node.attributes
        selected = builder.outside and self._selection.selects(attributes)
        if selected:
            builder.enter_selection()
        omission = None if builder.outside else self._selection.omission(name, role, attributes)
        if omission == name and not self._ends(name):
            omission = None
        if omission is not None or name == "template":
            builder.omit(omission or name, all_text(node), edges=stands_apart(role))
        else:
            self._inside(node, role, attributes.get("href"))
        if selected:
            builder.leave_selection()

    def _ends(self, name: str) -> bool:
        """Whether an element that is left out for what it is ends wherever it begins. One that
        does not would swallow the rest of the story; its text is kept.
        """
        if name not in _SWALLOWING:
            return True
        if name not in self._ended:  # once for each name, however many elements have it
            begun, ended = self._lower.count(f"<{name}"), self._lower.count(f"</{name}")
            self._ended[name] = begun <= ended
        return self._ended[name]

    def _inside(self, node: LexborNode, role: Role | None, href: str | None) -> None:
        saved = self._builder.enter(role, href)
        self.children(node)
        self._builder.leave(role, saved)


def all_text(node: LexborNode) -> str:
    """Every character of text below ``node``, in order, templates included."""
    parts: list[str] = []
    waiting: list[LexborNode | None] = [_content(node)]
    while waiting:
        current = waiting.pop()
        if current is None:
            continue
        waiting.append(current.next)
        if current.is_text_node:
            parts.append(current.text_content or "")
        elif current.is_element_node:
            waiting.append(_content(current))
    return "".join(parts)


def _content(node: LexborNode) -> LexborNode | None:
    if node.tag != "template":
        return node.first_child
    fragments = node.template_fragments()
    return fragments[0].first_child if fragments else None
