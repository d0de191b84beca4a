"""The words of an NITF body, wherever the document stands: alone, in NewsML-G2, in ninjs.

The selection is ``body.content``. Left out by name inside it: media with their captions, and
notes that are not for publication.
"""

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._scan import Span
from copytaster.formats._scan import every
from copytaster.formats._words import Words
from copytaster.formats._words import settle
from copytaster.item import Copy

SELECTION = ("nitf", "body", "body.content")

_PUBLISHABLE = ("std", "pa")


def nitf_words(root: etree._Element, source: str, span: Span, profile: Profile) -> Words:
    """Words of the ``nitf`` element ``root``, which lies in ``span`` of ``source``."""
    contents = root.findall("{*}body/{*}body.content")
    if not contents:
        return Words()
    # One span from the first to the last: what stands between two is lost to neither walk.
    spans = list(every(source, SELECTION, span)) or [(0, 0)]
    begin, end = spans[0][0], spans[-1][1]
    words = settle(
        lambda: _joined([_copy(content, profile) for content in contents]),
        lambda: text.naive_xml(source[begin:end]),
    )
    return msgspec.structs.replace(words, span=(begin, end))


def _copy(content: etree._Element, profile: Profile) -> Copy:
    _close_editors_notes(content)
    return text.from_xml(content, "nitf", selector=profile.body_selector, omit=profile.omit)


def _joined(copies: list[Copy]) -> Copy:
    """The schema allows several ``body.content``: one text, in their order."""
    return Copy(
        blocks=tuple(block for copy in copies for block in copy.blocks),
        pieces=tuple(piece for copy in copies for piece in copy.pieces),
    )


def _close_editors_notes(content: etree._Element) -> None:
    """An editor's note that does not say it may be published is read as one that may not."""
    for note in content.iter("{*}note"):
        if note.get("noteclass") == "editorsnote" and note.get("type") not in _PUBLISHABLE:
            note.set("type", "npa")
