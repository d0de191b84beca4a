"""A code and the scheme it belongs to, whichever way an agency writes the two."""

import re

import msgspec

from copytaster.item import Concept

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/"
_IPTC = {
    "medtop": MEDIA_TOPICS,
    "subj": SUBJECT_CODES,
    MEDIA_TOPICS: MEDIA_TOPICS,
    SUBJECT_CODES: SUBJECT_CODES,
}
"""IPTC's two schemes by their aliases and their URIs; what is told has the URI"""
_EIGHT_DIGITS = re.compile(r"[0-9]{8}")
_URI = re.compile(r"((?:https?://|urn:)\S*[/#:])(\S+)")
_QCODE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,39}):(\S+)")
_LONGEST = 200
"""characters of a code, and of a scheme: nobody's are longer"""


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """What a concept is called by a machine."""

    scheme: str | None = None
    """the scheme's URI; its alias where the agency gives no more; None where it gives neither"""
    code: str


def code_of(concept: Concept) -> Code | None:
    """The code of a concept; None where it has none that anybody could have listed."""
    said = [_read(reference) for reference in (concept.uri, concept.literal) if reference]
    for code in said:
        if code is not None and code.scheme in (MEDIA_TOPICS, SUBJECT_CODES):
            return code
    if concept.scheme and concept.literal and not concept.uri and ":" not in concept.literal:
        return _listed(concept.scheme, concept.literal)
    return said[0] if said else None


def code_named(written: str) -> Code | None:
    """The code that a person writes: ``subj:15054000``, a URI, ``dpacat:sp``, ``sp``."""
    return code_of(Concept(uri=written))


def _read(reference: str) -> Code | None:
    if found := _URI.fullmatch(reference) or _QCODE.fullmatch(reference):
        return _listed(found[1], found[2])
    return _listed(None, reference)


def _listed(scheme: str | None, code: str) -> Code | None:
    """The code, where it is no longer than any, and one that its scheme can have."""
    iptc = _IPTC.get((scheme or "").replace("https:", "http:", 1))
    if iptc is not None:
        return Code(scheme=iptc, code=code) if _EIGHT_DIGITS.fullmatch(code) else None
    fits = 0 < len(code) <= _LONGEST and len(scheme or "") <= _LONGEST
    return Code(scheme=scheme, code=code) if fits else None
