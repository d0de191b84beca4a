"""The XMP that copies of a picture carry: its rights properties, and no more.

Properties stand as the agency wrote them (IPTC Photo Metadata Standard 2025.1, PLUS LDF 2.0). An
edit history of a hundred kilobytes stays behind, and so does what may lead to a person.
"""

import copy
import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from lxml import etree

from copytaster import text

DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ABOUT = f"{{{_RDF}}}Description"
_META = "adobe:ns:meta/"
_XML = "http://www.w3.org/XML/1998/namespace"
_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_CC = "http://creativecommons.org/ns#"
_NAMES = {
    "x": _META,
    "rdf": _RDF,
    "dc": DC,
    "photoshop": PHOTOSHOP,
    "xmpRights": _RIGHTS,
    "plus": _PLUS,
    "Iptc4xmpExt": _EXT,
    "cc": _CC,
}
_KEPT: Mapping[str, frozenset[str] | None] = {
    DC: frozenset({"creator", "rights"}),
    PHOTOSHOP: frozenset({"Credit", "Source", "Instructions", "TransmissionReference"}),
    _RIGHTS: None,
    _PLUS: None,
    _EXT: frozenset({"DigitalSourceType", "DigImageGUID", "AISystemUsed", "AISystemVersionUsed"}),
    _CC: None,
}
"""what is kept, by namespace; None: all of it"""

_LEADING = (b"GPSL", b"SerialNumber", b"CiAdrExtadr", b"CiTelWork", b"CiEmailWork")
"""where the camera stood, which camera it was, where its owner lives"""
_LARGEST_READ = 256 * 1024
_MOST = 12 * 1024
_HEAD = b"<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>"
_FOOT = b"<?xpacket end='r'?>"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Words = Mapping[str, Sequence[str]]
"""``{namespace}name`` of a property → what it says"""


def leads(packet: bytes) -> bool:
    """Whether it says what may lead to a person."""
    return any(word in packet for word in _LEADING)


def written(packet: bytes, besides: Words) -> bytes | None:
    """The packet of the copies: what is kept of this one, and of ``besides`` (told elsewhere in
    the picture) what it does not say itself. None where nothing is said."""
    kept = {one.tag: one for one in reversed(list(_kept(packet)))}
    said = {name: _property(name, words) for name, words in besides.items() if words}
    meta = etree.Element(f"{{{_META}}}xmpmeta", nsmap=_NAMES)
    about = etree.SubElement(etree.SubElement(meta, f"{{{_RDF}}}RDF"), f"{{{_RDF}}}Description")
    about.set(f"{{{_RDF}}}about", "")
    room = _MOST
    for one in (said | kept).values():
        size = len(etree.tostring(one))
        if size <= room:
            about.append(one)
            room -= size
    return _HEAD + etree.tostring(meta) + _FOOT if len(about) else None


def _kept(packet: bytes) -> Iterator[etree._Element]:
    """The properties that copies carry, each an element of its own."""
    if len(packet) > _LARGEST_READ:
        return
    try:
        root = text.parse_xml(text.decode_xml(packet.strip(b"\0 \t\r\n"))).root
    except text.TextError:
        return
    abouts = (about for rdf in root.iter(f"{{{_RDF}}}RDF") for about in rdf.iterfind(_ABOUT))
    for about in abouts:
        for name, value in about.attrib.items():
            if _is_kept(str(name)):
                one = etree.Element(str(name), nsmap=_NAMES)
                one.text = str(value)
                yield one
        for child in about:
            if _is_kept(str(child.tag)):
                kept = copy.deepcopy(child)
                kept.tail = None
                yield kept


def _is_kept(name: str) -> bool:
    space, _, local = name[1:].partition("}")
    names = _KEPT.get(space, frozenset())
    return names is None or local in names


def _property(name: str, words: Sequence[str]) -> etree._Element:
    """As XMP part 1 has each kind: creators a list, rights in languages, the others plain."""
    one = etree.Element(name, nsmap=_NAMES)
    said = [_UNFIT.sub(" ", word) for word in words]
    kind = {f"{{{DC}}}creator": "Seq", f"{{{DC}}}rights": "Alt"}.get(name)
    if kind is None:
        one.text = said[0]
        return one
    parts = etree.SubElement(one, f"{{{_RDF}}}{kind}")
    for word in said if kind == "Seq" else said[:1]:
        part = etree.SubElement(parts, f"{{{_RDF}}}li")
        part.text = word
        if kind == "Alt":
            part.set(f"{{{_XML}}}lang", "x-default")
    return one
