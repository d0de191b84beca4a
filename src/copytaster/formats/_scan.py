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
from itertools import chain
from operator import itemgetter

from lxml import etree

Span = tuple[int, int]
Tag = tuple[bool, str, int, int]
"""whether it closes, what follows its name, where it starts and ends"""

_ATTRIBUTES = r"""([^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*)>"""
_REST = re.compile(_ATTRIBUTES)
_OPENED = re.compile(r"(?=[\s/>])" + _ATTRIBUTES + r"(?<!/>)")
_CLOSED = re.compile(r"\s*>")
_NAME = r"[^\s<>/:!?]++"
_LEADS = ("", "/")
_BEFORE = "</:"
_AFTER = re.compile(r"[\s/>]").match
_START = itemgetter(2)
_PREFIX = re.compile(r"/?[^\s<>/:!?]+:")
_LONGEST_PREFIX = 100


def extent(element: etree._Element, within: etree._Element, source: str, span: Span) -> Span | None:
    """Where the content of ``element`` lies in the source of ``within``, which is ``span``."""
    name = local_name(element)
    found = outermost(within, name)
    listed = contents(source, (name,), span)
    if len(found) != len(listed) or element not in found:
        return None
    return listed[found.index(element)]


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def outermost(within: etree._Element, *names: str) -> list[etree._Element]:
    """The elements of these names below one, in order, but those inside another of them."""
    found: list[etree._Element] = []
    for element in within.iter(*("{*}" + name for name in names)):
        if not found or found[-1] not in element.iterancestors():
            found.append(element)
    return found


def extents(named: list[etree._Element], source: str, span: Span) -> list[Span]:
    """Where the contents of these lie: all outermost elements of their names within ``span``.

    Fewer or more than were asked for where tree and source do not agree.
    """
    names = tuple(dict.fromkeys(map(local_name, named)))
    if len(names) == len(named) and _is_plain(source, span):
        found = [_of_only(element, source, span) for element in named]
        if all(map(_follows, found, [(0, span[0]), *found])):
            return found
    return contents(source, names, span)


_NOWHERE = (-1, -1)


def _of_only(element: etree._Element, source: str, span: Span) -> Span:
    """The content of an element whose name has two tags in the source: its own."""
    tag = local_name(element)
    tag = f"{element.prefix}:{tag}" if element.prefix else tag
    begins, ends = source.find("<" + tag, *span), source.rfind("</" + tag, *span)
    if begins < 0 or not _CLOSED.match(source, ends + 2 + len(tag)):
        return _NOWHERE
    opened = _OPENED.match(source, begins + 1 + len(tag))
    if opened is None or opened.end() > ends or source.find("<" + tag, opened.end(), ends) >= 0:
        return _NOWHERE
    return opened.end(), ends


def _follows(span: Span, other: Span) -> bool:
    return span[0] >= other[1] >= 0


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
    scan = _named if _is_plain(source, span) else _among_others
    return scan(source, names, span)


def _is_plain(source: str, span: Span) -> bool:
    """Whether there is no comment, CDATA or instruction: every ``<`` begins a tag."""
    return not (_has(source, "<!", span) or _has(source, "<?", span))


def _has(source: str, mark: str, span: Span) -> bool:
    """One character is found faster than two, and often is not there at all."""
    return source.find(mark[1], *span) >= 0 and source.find(mark, *span) >= 0


def _named(source: str, names: tuple[str, ...], span: Span) -> Iterator[Tag]:
    """Tags of a source without comments and CDATA: every ``<`` begins a tag."""
    if len(names) == 1:
        return _of_name(source, names[0], span)
    found = list(chain.from_iterable(_of_name(source, name, span) for name in names))
    return iter(sorted(found, key=_START))


def _of_name(source: str, name: str, span: Span) -> Iterator[Tag]:
    """The name is looked for alone: plain letters are found faster than any pattern."""
    (begin, limit), length = span, len(name)
    at = source.find(name, begin, limit)
    while at >= 0:
        after = at + length
        # Any other neighbour: a part of a name, or the name in words or in an attribute.
        if source[at - 1] in _BEFORE and after < limit and _AFTER(source[after]):
            start = source.rfind("<", max(begin, at - _LONGEST_PREFIX), at)
            lead = "?" if start < 0 else source[start + 1 : at]
            if lead in _LEADS or _PREFIX.fullmatch(lead):
                if source[after] == ">":
                    yield lead[:1] == "/", "", start, after + 1
                elif (rest := _REST.match(source, after)) is not None:
                    yield lead[:1] == "/", rest.group(1), start, rest.end()
        at = source.find(name, after, limit)


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
