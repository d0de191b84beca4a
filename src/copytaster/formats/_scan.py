"""Where a body lies in the source text, found without the parser that reads it.

Law 1 asks for a second, naive reading of every body. This walk over the tags of the source is
its first half; ``text.naive_xml`` and ``text.naive_html`` are the second. The source has
already been read as well-formed XML, so every comment and tag closes; the quantifiers are
possessive, so the walk is linear.
"""

import re
from collections.abc import Iterator
from functools import cache

_ATTRIBUTES = r"""([^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*)>"""
_ANY_NAME = r"[^\s<>/:!?]+"

Span = tuple[int, int]


@cache
def _tag(name: str) -> re.Pattern[str]:
    """Tags of elements with this local name, after comments, CDATA and instructions."""
    return re.compile(
        r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|"
        rf"<(/?)(?:[^\s<>/:!?]+:)?({name})(?=[\s/>]){_ATTRIBUTES}",
        re.DOTALL,
    )


def inside(source: str, path: tuple[str, ...], span: Span) -> Span | None:
    """Extent of the content of the first element at ``path`` within ``span``."""
    return next(every(source, path, span), None)


def every(source: str, path: tuple[str, ...], span: Span) -> Iterator[Span]:
    """Extents of the contents of all elements at ``path`` within ``span``, in order.

    ``path`` is the local names from the outermost element of the span inwards.
    """
    depth = matched = 0
    for closing, name, rest, _, end in _tags(_tag(_ANY_NAME), source, span):
        if closing:
            depth -= 1
            matched = min(matched, depth)
            continue
        hit = depth == matched and name == path[matched]
        last = hit and matched + 1 == len(path)
        if last:
            found = (end, end) if rest.endswith("/") else _until_close(source, name, end, span[1])
            if found is not None:
                yield found
        if not rest.endswith("/"):
            depth += 1
            matched += hit and not last


def _until_close(source: str, name: str, begin: int, limit: int) -> Span | None:
    """From ``begin`` to where the element of this name that holds it closes."""
    depth = 1
    for closing, _, rest, start, _ in _tags(_tag(re.escape(name)), source, (begin, limit)):
        depth += -1 if closing else not rest.endswith("/")
        if depth == 0:
            return begin, start
    return None


def inlines(source: str) -> list[Span]:
    """Extents of the contents of all outermost inlineXML and inlineData, in source order."""
    spans: list[Span] = []
    depth = begin = 0
    for closing, _, rest, start, end in _tags(_tag("inlineXML|inlineData"), source):
        if closing:
            depth -= 1
            spans += [(begin, start)] if depth == 0 else []
        elif rest.endswith("/"):
            spans += [(end, end)] if depth == 0 else []
        else:
            begin = begin if depth else end
            depth += 1
    return spans


def _tags(
    pattern: re.Pattern[str], source: str, span: Span | None = None
) -> Iterator[tuple[str, str, str, int, int]]:
    """Closing mark, local name, rest, start and end of each tag; comments and CDATA skipped."""
    for match in pattern.finditer(source, *(span or (0, len(source)))):
        closing, name, rest = match.groups()
        if name is not None:
            yield closing, name, rest, match.start(), match.end()
