"""The words of an NITF body, wherever the document stands: alone, in NewsML-G2, in ninjs.

The selection is ``body.content``. Left out by name inside it: media with their captions, and
notes that are not for publication.
"""

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._scan import Span
from copytaster.formats._scan import inside
from copytaster.formats._words import Words
from copytaster.formats._words import settle

SELECTION = ("nitf", "body", "body.content")

_PUBLISHABLE = ("std", "pa")


def nitf_words(root: etree._Element, source: str, span: Span, profile: Profile) -> Words:
    """Words of the ``nitf`` element ``root``, which lies in ``span`` of ``source``."""
    content = root.find("{*}body/{*}body.content")
    if content is None:
        return Words()
    begin, end = inside(source, SELECTION, span) or (0, 0)
    _close_editors_notes(content)
    words = settle(
        lambda: text.from_xml(content, "nitf", selector=profile.body_selector, omit=profile.omit),
        lambda: text.naive_xml(source[begin:end]),
    )
    return msgspec.structs.replace(words, span=(begin, end))


def _close_editors_notes(content: etree._Element) -> None:
    """An editor's note that does not say it may be published is read as one that may not."""
    for note in content.iter("{*}note"):
        if note.get("noteclass") == "editorsnote" and note.get("type") not in _PUBLISHABLE:
            note.set("type", "npa")
