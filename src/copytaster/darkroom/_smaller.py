"""A picture made smaller, with what its agency wrote into it.

IPTC warns that publishers strip credit and rights from pictures by accident (handbook:
publishing §1.6): EXIF, XMP, the colour profile and, from JPEG to JPEG, IPTC-IIM are carried over.
"""

import io

from PIL import Image
from PIL import JpegImagePlugin

_SIDE = 1600
_QUALITY = 82
_LONGEST_SEGMENT = 65_533
_PROFILED = frozenset({"RGB", "L"})


def smaller(image: Image.Image, shown: Image.Image) -> tuple[Image.Image, str, bytes]:
    """(the smaller picture, its type, its bytes). ``shown``: ``image`` turned the right way."""
    clear = shown.has_transparency_data
    small = shown.convert("RGBA" if clear else "L" if shown.mode == "L" else "RGB")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    carried = _carried(image, shown)
    out = io.BytesIO()
    if clear:
        small.save(out, "WEBP", quality=_QUALITY, **carried)
        return small, "image/webp", out.getvalue()
    small.save(
        out,
        "JPEG",
        quality=_QUALITY,
        progressive=True,
        optimize=True,
        extra=_iptc(image),
        **carried,
    )
    return small, "image/jpeg", out.getvalue()


def _carried(image: Image.Image, shown: Image.Image) -> dict[str, bytes]:
    given = {
        "exif": shown.getexif().tobytes() if shown.getexif() else None,
        "xmp": image.info.get("xmp"),
        # A profile belongs to its colour model: one for CMYK would turn RGB into mud.
        "icc_profile": image.info.get("icc_profile") if image.mode in _PROFILED else None,
    }
    return {name: value for name, value in given.items() if value}


def _iptc(image: Image.Image) -> bytes:
    """The APP13 segments of a JPEG, which hold its IPTC-IIM, as they stand."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return b""
    return b"".join(
        b"\xff\xed" + (len(content) + 2).to_bytes(2, "big") + content
        for marker, content in image.applist
        if marker == "APP13" and len(content) <= _LONGEST_SEGMENT
    )
