"""Whatever a decoder gives → eight bits of grey, of three colours, or of these with transparency.

A colour profile is carried where it is small and fits; a large one is applied, so that each
of a dozen files need not hold half a megabyte of it; one that cannot be read is left out, as a
browser would.
"""

import io
from collections.abc import Mapping

from PIL import Image
from PIL import ImageCms

_MOST_PROFILE = 16 * 1024
_SPACES: Mapping[str, str] = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY"}
_DEEP = frozenset({"I", "F"})
_SIXTEEN = 1 / 257
"""65,535 → 255"""
_ORIENTATION = 0x0112
_TURNS: Mapping[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""what to do to a picture of this EXIF orientation"""


def turned(image: Image.Image, orientation: object) -> Image.Image:
    """As it is to be seen."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def plain(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """(the picture as L, RGB or RGBA, the colour profile that its copies carry)."""
    given = image.info.get("icc_profile")
    icc = given if isinstance(given, bytes) else b""
    profile = _profile(icc)
    if image.mode == "CMYK":
        return _converted(image, profile) or image.convert("RGB"), None
    made = _eight_bits(image)
    if profile is None or profile.profile.xcolor_space.strip() != _SPACES[made.mode]:
        return made, None
    if len(icc) <= _MOST_PROFILE:
        return made, icc
    if made.mode != "RGB":
        return made, None
    return _converted(made, profile) or made, None


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in _DEEP:
        # Pillow's own conversion cuts off at 255 instead of dividing.
        return image.convert("F").point(lambda light: light * _SIXTEEN + 0).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("L", "RGB"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _profile(icc: bytes) -> ImageCms.ImageCmsProfile | None:
    if not icc:
        return None
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(icc))
    except (OSError, ImageCms.PyCMSError):
        return None


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image | None:
    """In sRGB, which is what a file without a profile is in; None where the profile is no use."""
    if profile is None:
        return None
    try:
        return ImageCms.profileToProfile(
            image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except ImageCms.PyCMSError:
        return None
