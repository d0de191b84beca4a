"""One picture, looked at: known kinds only, within limits, whole.

What the agency sent is served as it was sent, its IPTC, XMP and EXIF with it (handbook:
publishing §1.6), unless it is heavier than a page should be; then it is made smaller, and
what was written into it is carried over. Nothing is served that was not decoded whole, and
never a kind that can run (SVG).
"""

import io
import warnings
from collections.abc import Mapping

import msgspec
from PIL import Image
from PIL import ImageOps

from copytaster.darkroom._likeness import likeness
from copytaster.darkroom._smaller import smaller

MEDIA_TYPES: Mapping[str, str] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
"""what is looked at, by the decoder's name, and what it is served as"""

MOST_PIXELS = 60_000_000
_SIDE = 2048
_HEAVY = 1_000_000
_SMALLEST = 64
"""pixels of the shorter side below which it is a counter or an icon, not a picture"""


class Unfit(ValueError):
    """The bytes are no picture that is shown here; the message says why."""


class Developed(msgspec.Struct, frozen=True, kw_only=True):
    """A picture ready to be kept."""

    data: bytes
    """what readers get"""
    media_type: str
    width: int
    """as shown: turned the way its EXIF says"""
    height: int
    likeness: int | None


def develop(data: bytes) -> Developed:
    """Look at a picture. Raises :class:`Unfit`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _develop(data)
        except Unfit:
            raise
        except Exception as error:
            # Decoders raise whatever they stumble over; each is the fault of the bytes.
            why = f"not decoded: {type(error).__name__}: {error}"
            raise Unfit(why[:200]) from error


def _develop(data: bytes) -> Developed:
    with Image.open(io.BytesIO(data), formats=tuple(MEDIA_TYPES)) as image:
        _refuse_sizes(image.size)
        image.load()
        shown = ImageOps.exif_transpose(image)
        alike = likeness(shown)
        media_type, served = MEDIA_TYPES[image.format or ""], data
        if len(data) > _HEAVY or max(image.size) > _SIDE:
            shown, media_type, served = smaller(image, shown)
    return Developed(
        data=served,
        media_type=media_type,
        width=shown.width,
        height=shown.height,
        likeness=alike,
    )


def _refuse_sizes(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        raise Unfit(f"{width} by {height} pixels; at most {MOST_PIXELS} are looked at")
    if min(size) < _SMALLEST:
        raise Unfit(f"{width} by {height} pixels: too small to be a picture")
