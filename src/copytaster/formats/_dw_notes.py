"""The notes of a digitalwires entry, by who may read them.

``ednotes`` have roles of dpa's vocabulary; ``is_publishable`` only says that a note is no
secret, as for "dpa-Eilmeldung" or an announced picture. For readers is one alone:
``correction_consumerready``, which dpa writes to be published as it is (handbook: agencies
§1.5). The ``notepad`` repeats the notes as markup and adds places, links and contacts.
"""

import re
from collections.abc import Iterator
from html import unescape

import msgspec

from copytaster.formats._json_values import MOST_MEMBERS
from copytaster.formats._json_values import string
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._untold import untold
from copytaster.item import CorrectionText

_FOR_READERS = "correction_consumerready"
_CORRECTIONS = frozenset({"correction", "correctionshort"})
_SECTIONS = ("public_html", "nonpublic_html")
_LINE_ENDS = re.compile(r"</?(?:p|li|h[1-6]|ul|ol|div|section|header|br)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """All notes: those for editors in one text, the correction, the words of an embargo."""

    internal: str | None = None
    correction: CorrectionText | None = None
    embargo: str | None = None
    """a note in the role of an embargo: words that no machine can keep"""


def notes(fields: Fields) -> Notes:
    internal: list[str] = []
    corrections: list[str] = []
    for_readers: list[str] = []
    embargo = None
    for role, words, is_publishable in _ednotes(fields):
        if role == _FOR_READERS and is_publishable:
            for_readers.append(words)
            continue
        internal.append(words)
        corrections += [words] if role in _CORRECTIONS else []
        embargo = words if role == "embargo" else embargo
    told, ready = "\n".join(corrections) or None, "\n".join(for_readers) or None
    return Notes(
        internal="\n".join((*internal, *_notepad(fields, internal, ready))) or None,
        correction=CorrectionText(public=ready, internal=told) if ready or told else None,
        embargo=embargo,
    )


def _ednotes(fields: Fields) -> Iterator[tuple[str, str, bool]]:
    """Role, words and openness of each; one of a wrong type holds: it may have restricted."""
    value = fields.get("ednotes")
    if value is None:
        return
    for member in value[:MOST_MEMBERS] if isinstance(value, list) else [value]:
        sent = member.get("ednote") if isinstance(member, dict) else member
        if sent is None:
            continue
        words = string(sent)
        if words is None and not (isinstance(sent, str) and "\0" not in sent):
            fields.malformed("ednotes", sent)
        elif words is not None and isinstance(member, dict):
            role = (string(member.get("role")) or "").rpartition(":")[2].lower()
            yield role, words, member.get("is_publishable") is True
        elif words is not None:
            yield "", words, False


def _notepad(fields: Fields, told: list[str], ready: str | None) -> Iterator[str]:
    """The lines of the notepad that no note has said already."""
    value = fields.get("notepad")
    if not isinstance(value, dict):
        return
    known = "\n".join((*told, ready or ""))
    for name in _SECTIONS:
        markup = value.get(name)
        if isinstance(markup, str):
            # Read without a parser: nothing of it is ever shown to readers.
            lines = (unescape(_TAG.sub("", line)).strip() for line in _LINE_ENDS.split(markup))
            yield from untold(lines, known)
