"""One picture, looked at: known kinds only, within limits, whole.

What the agency sent is served as it was sent (handbook: publishing §1.6), unless it is heavier
than a page should be, moves, or says what may lead to a person. Nothing is served that was not
decoded whole, and never a kind that can run (SVG).
"""

import io
import warnings
from collections.abc import Mapping

import msgspec
from PIL import Image

from copytaster.darkroom import _jpeg
from copytaster.darkroom._colour import plain
from copytaster.darkroom._colour import turned
from copytaster.darkroom._copies import JPEG
from copytaster.darkroom._copies import LARGEST
from copytaster.darkroom._copies import PNG
from copytaster.darkroom._copies import USUAL
from copytaster.darkroom._copies import WEBP
from copytaster.darkroom._copies import Print
from copytaster.darkroom._copies import Rendition
from copytaster.darkroom._copies import Sizes
from copytaster.darkroom._copies import Unfit
from copytaster.darkroom._copies import copied
from copytaster.darkroom._copies import renditions
from copytaster.darkroom._copies import within
from copytaster.darkroom._credit import Credit
from copytaster.darkroom._credit import cleaned
from copytaster.darkroom._credit import credit
from copytaster.darkroom._likeness import likeness

MEDIA_TYPES: Mapping[str, str] = {
    "JPEG": JPEG,
    "MPO": JPEG,  # a JPEG with further pictures behind it
    "PNG": PNG,
    "WEBP": WEBP,
    "GIF": "image/gif",
}
"""what is looked at, by the decoder's name, and what it is served as"""

MOST_PIXELS = 60_000_000
_OPENED = ("JPEG", "PNG", "WEBP", "GIF")
_SIDE = 2048
_HEAVY = 1_000_000
_SMALLEST = 64
"""pixels of the shorter side below which it is a counter or an icon, not a picture"""
_FEW_COLOURS = 1024
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
_GIF_END = b";"
_RIFF_HEAD = 8


class Developed(msgspec.Struct, frozen=True, kw_only=True):
    """A picture ready to be kept."""

    data: bytes
    """what readers get who ask for no size"""
    media_type: str
    width: int
    """as shown: turned the way its EXIF says"""
    height: int
    likeness: int | None
    renditions: tuple[Rendition, ...] = ()
    """smaller files of the same picture, the narrowest first"""


def develop(data: bytes, sizes: Sizes = USUAL) -> Developed:
    """Look at a picture and make the copies that are wanted. Raises :class:`Unfit`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _develop(data, sizes)
        except (Unfit, MemoryError):
            raise
        except Exception as error:
            # Decoders raise whatever they stumble over; each is the fault of the bytes.
            why = f"not decoded: {type(error).__name__}: {error}"
            raise Unfit(why[:200]) from error


def _develop(data: bytes, sizes: Sizes) -> Developed:
    with Image.open(io.BytesIO(data), formats=_OPENED) as image:
        _refuse_sizes(image.size)
        heavy = len(data) > _HEAVY or max(image.size) > _SIDE
        said = credit(image)
        if heavy:
            # A JPEG is decoded at half or a quarter of its size: a quarter of the work, or less.
            image.draft(image.mode, within(image.size, LARGEST))
        image.load()
        one = _print(image, said)
        sent = None if heavy else _as_sent(data, image, said)
    alike = likeness(one.image)
    shown = _shown(one, sent, image.format or "")
    return Developed(
        data=shown.data,
        media_type=shown.media_type,
        width=shown.width,
        height=shown.height,
        likeness=alike,
        renditions=renditions(one, shown, sizes),
    )


def _print(image: Image.Image, said: Credit) -> Print:
    made, icc = plain(turned(image, said.orientation))
    made.info = {}  # encoders write what they find there: comments, profiles, densities
    few = made.getcolors(_FEW_COLOURS) is not None
    drawn = few and MEDIA_TYPES[image.format or ""] != JPEG
    return Print(image=made, icc=icc, credit=said, drawn=drawn)


def _shown(one: Print, sent: bytes | None, format: str) -> Rendition:
    """The picture's own file: as it was sent, where that may be served, else made anew."""
    if sent is not None:
        width, height = one.image.size
        media_type = MEDIA_TYPES[format]
        return Rendition(data=sent, media_type=media_type, width=width, height=height)
    clear = one.image.mode == "RGBA"
    media_type = PNG if one.drawn else WEBP if clear else JPEG
    return copied(one, media_type, within(one.image.size, LARGEST))


def _as_sent(data: bytes, image: Image.Image, said: Credit) -> bytes | None:
    """What was sent, up to where the picture ends; None where it cannot be served so: it moves,
    is in printers' colours, is not all picture, or says what may lead to a person. Of a JPEG the
    latter is taken out, and the picture stays as it was to the bit."""
    if image.mode == "CMYK":
        return None
    if image.format in ("JPEG", "MPO"):
        try:
            leads = said.leads or image.format == "MPO"
            return cleaned(data, said) if leads else data[: _jpeg.end(data)]
        except ValueError:
            return None
    moves = bool(getattr(image, "is_animated", False))
    return None if moves or said.leads or not _is_all_picture(data, image.format) else data


def _is_all_picture(data: bytes, format: str | None) -> bool:
    """Whether nothing is hung on behind the picture, which nobody has looked at."""
    if format == "WEBP":
        length = int.from_bytes(data[4:_RIFF_HEAD], "little")
        return len(data) <= _RIFF_HEAD + length + length % 2
    return data.endswith(_PNG_END if format == "PNG" else _GIF_END)


def _refuse_sizes(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        raise Unfit(f"{width} by {height} pixels; at most {MOST_PIXELS} are looked at")
    if min(size) < _SMALLEST:
        raise Unfit(f"{width} by {height} pixels: too small to be a picture")
