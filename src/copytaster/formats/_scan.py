"""Where a body lies in the source text, found without the parser that reads it.

Law 1 asks for a second, naive reading of every body. This walk over the tags of the source is
its first half; ``text.naive_xml`` and ``text.naive_html`` are the second. The source has
already been read as well-formed XML, so every comment and tag closes; the quantifiers are
possessive, so the walk is linear.
"""

import re
from collections.abc import Iterator

_ATTRIBUTES = r"""([^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+)>"""
_SKIPPED = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|"
_TAG = re.compile(_SKIPPED + r"<(/?)(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)" + _ATTRIBUTES, re.DOTALL)
_INLINE = re.compile(
    _SKIPPED + r"<(/?)(?:[^\s<>/:!?]+:)?(inlineXML|inlineData)(?=[\s/>])" + _ATTRIBUTES, re.DOTALL
)

Span = tuple[int, int]


def inside(source: str, path: tuple[str, ...], span: Span) -> Span | None:
    """Extent of the content of the first element at ``path`` within ``span``.

    ``path`` is the local names from the outermost element of the span inwards.
    """
    depth = matched = 0
    begin = -1
    for closing, name, rest, start, end in _tags(_TAG, source, span):
        if closing:
            depth -= 1
            if begin >= 0 and depth < len(path):
                return begin, start
            matched = min(matched, depth)
            continue
        hit = begin < 0 and depth == matched and name == path[matched]
        last = hit and matched + 1 == len(path)
        if rest.endswith("/"):
            if last:
                return end, end
            continue
        depth += 1
        if last:
            begin = end
        elif hit:
            matched += 1
    return None


def inlines(source: str) -> list[Span]:
    """Extents of the contents of all outermost inlineXML and inlineData, in source order."""
    spans = []
    depth = begin = 0
    for closing, _, rest, start, end in _tags(_INLINE, source, (0, len(source))):
        if closing:
            depth -= 1
            if depth == 0:
                spans.append((begin, start))
        elif rest.endswith("/"):
            spans += [(end, end)] if depth == 0 else []
        else:
            begin = begin if depth else end
            depth += 1
    return spans


def _tags(
    pattern: re.Pattern[str], source: str, span: Span
) -> Iterator[tuple[str, str, str, int, int]]:
    """Closing mark, local name, rest, start and end of each tag; comments and CDATA skipped."""
    for match in pattern.finditer(source, *span):
        closing, name, rest = match.groups()
        if name is not None:
            yield closing, name, rest, match.start(), match.end()
