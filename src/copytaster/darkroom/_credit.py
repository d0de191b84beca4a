"""Who made a picture and who may use it, as written into it; and what else was written there.

IPTC warns that publishers strip credit and rights by accident (handbook: publishing §1.6). Every
copy made here carries them: in XMP also what only IPTC-IIM or EXIF said, since WebP and PNG have
no IIM. The rest stays behind, above all what may lead to a person: where the camera stood, its
serial number, its maker's own notes, a photographer's address and telephone.
"""

from collections.abc import Mapping

import msgspec
from PIL import ExifTags
from PIL import Image

from copytaster.darkroom import _iim
from copytaster.darkroom import _jpeg
from copytaster.darkroom import _xmp

_ARTIST, _COPYRIGHT, _ORIENTATION = 0x013B, 0x8298, 0x0112
_LEADING = frozenset({0x927C, 0xA431, 0xA435})
"""EXIF: maker's notes, serial numbers of body and lens"""
_DNG_SERIAL = 0xC62F
_LONGEST = 500
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_FURTHER = b"http://ns.adobe.com/xmp/extension/\0"
_IIM_RESOURCE = 0x0404


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """What copies carry."""

    xmp: bytes | None = None
    exif: bytes | None = None
    iim: bytes | None = None
    """an APP13 segment's content, for JPEG alone"""
    orientation: int | None = None
    """EXIF's: copies are turned instead"""
    leads: bool = False
    """the picture says what may lead to a person, or holds what cannot be read and may"""


def credit(image: Image.Image) -> Credit:
    """What is written into an opened picture; what cannot be read of it counts as not there."""
    exif = _exif_of(image)
    artist, copyright = (_words(exif, tag) for tag in (_ARTIST, _COPYRIGHT))
    said = _iim.read(_iim_of(image))
    packet = image.info.get("xmp")
    packet = packet if isinstance(packet, bytes) else b""
    besides = {
        f"{{{_xmp.DC}}}creator": said.get(_iim.BY_LINE) or artist,
        f"{{{_xmp.DC}}}rights": said.get(_iim.COPYRIGHT) or copyright,
        f"{{{_xmp.PHOTOSHOP}}}Credit": said.get(_iim.CREDIT, ()),
        f"{{{_xmp.PHOTOSHOP}}}Source": said.get(_iim.SOURCE, ()),
        f"{{{_xmp.PHOTOSHOP}}}Instructions": said.get(_iim.INSTRUCTIONS, ()),
        f"{{{_xmp.PHOTOSHOP}}}TransmissionReference": said.get(_iim.REFERENCE, ()),
    }
    orientation = exif.get(_ORIENTATION) if exif else None
    return Credit(
        xmp=_xmp.written(packet, besides),
        exif=_exif({_ARTIST: artist, _COPYRIGHT: copyright}),
        iim=_iim.written(said),
        orientation=orientation if isinstance(orientation, int) else None,
        leads=_leads(exif) or _has_more(image) or _xmp.leads(packet),
    )


def cleaned(data: bytes, credit: Credit) -> bytes:
    """A JPEG, to the bit as it was sent but for what was written into it: that is ``credit`` now.
    ValueError: its segments cannot be read."""
    exif = credit.exif
    if credit.orientation is not None:
        lying = Image.Exif()
        lying.load(exif or b"")
        lying[_ORIENTATION] = credit.orientation
        exif = lying.tobytes()
    segments = ((0xE1, exif), (0xE1, credit.xmp and _XMP + credit.xmp), (0xED, credit.iim))
    said = b"".join(_jpeg.segment(marker, content) for marker, content in segments if content)
    return _jpeg.rewritten(data, said)


def _exif_of(image: Image.Image) -> Image.Exif | None:
    """None where it cannot be read."""
    try:
        exif = image.getexif()
        exif.get_ifd(ExifTags.IFD.Exif)
    except Exception:  # noqa: BLE001  whatever a decoder of garbage raises
        return None
    return exif


def _leads(exif: Image.Exif | None) -> bool:
    if exif is None:
        return True
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    return ExifTags.IFD.GPSInfo in exif or _DNG_SERIAL in exif or not _LEADING.isdisjoint(inner)


def _has_more(image: Image.Image) -> bool:
    """Whether a JPEG has XMP in more segments than one: nothing here reads the others."""
    segments = getattr(image, "applist", ())
    return any(content.startswith(_XMP_FURTHER) for _, content in segments)


def _words(exif: Image.Exif | None, tag: int) -> list[str]:
    value = exif.get(tag) if exif else None
    if not isinstance(value, str) or not value.strip("\0 "):
        return []
    try:
        value = value.encode("latin-1").decode()  # read as Latin-1, mostly written as UTF-8
    except UnicodeError:
        pass
    return [value.strip("\0 ")[:_LONGEST]]


def _exif(said: Mapping[int, list[str]]) -> bytes | None:
    """EXIF that says no more than this; it has ASCII only, the rest is in the XMP."""
    exif = Image.Exif()
    for tag, words in said.items():
        if words and words[0].isascii():
            exif[tag] = words[0]
    return exif.tobytes() if exif else None


def _iim_of(image: Image.Image) -> bytes:
    resources = image.info.get("photoshop")
    found = resources.get(_IIM_RESOURCE) if isinstance(resources, dict) else None
    return found if isinstance(found, bytes) else b""
