"""The words of an NITF body, wherever the document stands: alone, in NewsML-G2, in ninjs.

The selection is ``body.content``. Left out by name inside it: media with their captions, and
notes that are not for publication.
"""

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._children import below
from copytaster.formats._children import children
from copytaster.formats._scan import Span
from copytaster.formats._scan import extents
from copytaster.formats._scan import outermost
from copytaster.formats._words import Words
from copytaster.formats._words import settle
from copytaster.item import Copy

SELECTION = ("nitf", "body", "body.content")

PUBLISHABLE = ("std", "pa")
"""types of notes that may be published (NITF 3.6, ``note/@type``)"""


def nitf_words(
    root: etree._Element, source: str, span: Span, profile: Profile, *, words: bool = True
) -> Words:
    """Words of the ``nitf`` element ``root``, which lies in ``span`` of ``source``.

    With ``words`` false the body is only found, not read.
    """
    selected = below(children(root).get("body", ()), SELECTION[-1])
    if not selected:
        return Words()
    found = _extent(selected, root, source, span)
    if not words:
        return Words(span=found)
    begin, end = found
    read = settle(
        lambda: _joined([_copy(content, profile) for content in selected]),
        lambda: text.naive_xml(source[begin:end]),
    )
    return msgspec.structs.replace(read, span=found)


def _extent(selected: list[etree._Element], root: etree._Element, source: str, span: Span) -> Span:
    """One span from the first to the last: what stands between two is lost to neither walk.

    A note of the head may have a ``body.content`` of its own. Where tree and source do not
    agree on how many there are, the span is empty, and the words are not accounted for.
    """
    named = outermost(root, SELECTION[-1])
    spans = extents(named, source, span)
    if len(named) != len(spans):
        return 0, 0
    wanted = set(selected)
    found = [found for element, found in zip(named, spans, strict=True) if element in wanted]
    return found[0][0], found[-1][1]


def _copy(content: etree._Element, profile: Profile) -> Copy:
    _close_editors_notes(content)
    return text.from_xml(content, "nitf", selector=profile.body_selector, omit=profile.omit)


def _joined(copies: list[Copy]) -> Copy:
    """The schema allows several ``body.content``: one text, in their order."""
    if len(copies) == 1:
        return copies[0]
    return Copy(
        blocks=tuple(block for copy in copies for block in copy.blocks),
        pieces=tuple(piece for copy in copies for piece in copy.pieces),
    )


def _close_editors_notes(content: etree._Element) -> None:
    """An editor's note that does not say it may be published is read as one that may not."""
    for note in content.iter("{*}note"):
        if note.get("noteclass") == "editorsnote" and note.get("type") not in PUBLISHABLE:
            note.set("type", "npa")
