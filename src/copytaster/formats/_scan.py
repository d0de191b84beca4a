"""Where a body lies in the source text, found without the parser that reads it.

Law 1 asks for a second, naive reading of every body. This walk over the tags of the source is
its first half; ``text.naive_xml`` and ``text.naive_html`` are the second. The source has
already been read as well-formed XML, so every comment and tag closes, and a ``<`` begins
nothing but a tag, a comment, CDATA or an instruction; the quantifiers are possessive, so the
walk is linear.

The tree says only *which* of the elements of a name is meant: the n-th outermost one of the
tree is the n-th outermost one of the source. Where the two do not agree, nothing is found, and
the account of the words fails.
"""

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

Span = tuple[int, int]
Tag = tuple[bool, str, int, int]
"""whether it closes, what follows its name, where it starts and ends"""

_ATTRIBUTES = r"""([^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*)>"""
_REST = re.compile(_ATTRIBUTES)
_NAME = r"[^\s<>/:!?]++"
_LEADS = ("", "/")
_PREFIX = re.compile(r"/?[^\s<>/:!?]+:")
_LONGEST_PREFIX = 100


def extent(element: etree._Element, within: etree._Element, source: str, span: Span) -> Span | None:
    """Where the content of ``element`` lies in the source of ``within``, which is ``span``."""
    name = local_name(element)
    found = outermost(within, name)
    extents = contents(source, (name,), span)
    if len(found) != len(extents) or element not in found:
        return None
    return extents[found.index(element)]


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :]


def outermost(within: etree._Element, *names: str) -> list[etree._Element]:
    """The elements of these names below one, in order, but those inside another of them."""
    found: list[etree._Element] = []
    for element in within.iter(*("{*}" + name for name in names)):
        if not found or found[-1] not in element.iterancestors():
            found.append(element)
    return found


def contents(source: str, names: tuple[str, ...], span: Span) -> list[Span]:
    """Extents of the contents of all outermost elements of these names, in source order."""
    return list(_contents(source, names, span))


def _contents(source: str, names: tuple[str, ...], span: Span) -> Iterator[Span]:
    depth = begin = 0
    for closing, rest, start, end in _tags(source, names, span):
        if closing:
            depth -= 1
            if depth == 0:
                yield begin, start
        elif rest.endswith("/"):
            if depth == 0:
                yield end, end
        else:
            begin = begin if depth else end
            depth += 1


def _tags(source: str, names: tuple[str, ...], span: Span) -> Iterator[Tag]:
    """Each tag of these names, in order."""
    plain = not (_has(source, "<!", span) or _has(source, "<?", span))
    return _named(source, names, span) if plain else _among_others(source, names, span)


def _has(source: str, mark: str, span: Span) -> bool:
    """One character is found faster than two, and often is not there at all."""
    return source.find(mark[1], *span) >= 0 and source.find(mark, *span) >= 0


@cache
def _by_name(names: tuple[str, ...]) -> re.Pattern[str]:
    """The names alone: a pattern that begins with letters is searched for fastest."""
    return re.compile(rf"(?:{_any(names)})(?=[\s/>])")


def _named(source: str, names: tuple[str, ...], span: Span) -> Iterator[Tag]:
    """Tags of a source without comments and CDATA: every ``<`` begins a tag."""
    for match in _by_name(names).finditer(source, *span):
        start = source.rfind("<", max(span[0], match.start() - _LONGEST_PREFIX), match.start())
        lead = "?" if start < 0 else source[start + 1 : match.start()]
        if not (lead in _LEADS or _PREFIX.fullmatch(lead)):
            continue  # the name in words or in an attribute
        rest = _REST.match(source, match.end())
        if rest is not None:
            yield lead[:1] == "/", rest.group(1), start, rest.end()


@cache
def _by_mark(names: str) -> re.Pattern[str]:
    """Comments, CDATA and instructions, and the tags whose name this expression describes."""
    return re.compile(
        r"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|"
        rf"(/?)(?:[^\s<>/:!?]++:)?({names})(?=[\s/>]){_ATTRIBUTES})",
        re.DOTALL,
    )


def _among_others(source: str, names: tuple[str, ...], span: Span) -> Iterator[Tag]:
    for match in _by_mark(_any(names)).finditer(source, *span):
        closing, name, rest = match.groups()
        if name is not None:
            yield closing == "/", rest, match.start(), match.end()


def _any(names: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, names))


# --- by path, where no tree helps -----------------------------------------------------------------


def inside(source: str, path: tuple[str, ...], span: Span) -> Span | None:
    """Extent of the content of the first element at ``path`` within ``span``.

    ``path`` is the local names from the outermost element of the span inwards.
    """
    depth = matched = 0
    for match in _by_mark(_NAME).finditer(source, *span):
        closing, name, rest = match.groups()
        if name is None:
            continue
        if closing:
            depth -= 1
            matched = min(matched, depth)
            continue
        hit = depth == matched and name == path[matched]
        if hit and matched + 1 == len(path):
            return _until_close(source, name, match.start(), span[1])
        if not rest.endswith("/"):
            depth += 1
            matched += hit
    return None


def _until_close(source: str, name: str, start: int, limit: int) -> Span | None:
    """The content of the element of this name that begins at ``start``."""
    return next(_contents(source, (name,), (start, limit)), None)


def inlines(source: str) -> list[Span]:
    """Extents of the contents of all outermost inlineXML and inlineData, in source order."""
    return contents(source, ("inlineXML", "inlineData"), (0, len(source)))
