"""Copies of a picture in the sizes that pages need, each with its credit.

Qualities: see ``docs/explanation/pictures.md``, where bytes and errors are told as measured.
"""

import io
from collections.abc import Iterator

import msgspec
from PIL import Image
from PIL import PngImagePlugin

from copytaster.darkroom import _jpeg
from copytaster.darkroom._credit import Credit

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
LARGEST = 1920
"""pixels of the longer side of what is made smaller"""
RECIPE = 1
"""counts the ways in which copies were made: what was made by an earlier one is made anew"""
MOST_BYTES = 12_000_000
"""of all that is made of one picture"""

_JPEG_QUALITY = 82
_WEBP_QUALITY = 78
_NEARLY = 0.9
"""a copy nearly as wide as the picture saves nothing worth a file"""
_GAP = 2.0
_XMP_KEYWORD = "XML:com.adobe.xmp"


class Unfit(ValueError):
    """The bytes are no picture that is shown here; the message says why."""


class Late(Unfit):
    """There was no time to look at it, which may be the machine's fault: another try may do."""


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a picture."""

    data: bytes
    media_type: str
    width: int
    height: int


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """What copies are wanted."""

    widths: tuple[int, ...] = (320, 480, 640, 960, 1280, 1920)
    webp: bool = True


USUAL = Sizes()


class Print:
    """A decoded picture, ready to be copied; each size of it is computed once."""

    def __init__(
        self, image: Image.Image, *, icc: bytes | None, credit: Credit, drawn: bool
    ) -> None:
        self.image = image
        """turned as it is to be seen; L, RGB or RGBA"""
        self.icc = icc
        self.credit = credit
        self.drawn = drawn
        """of few colours: a chart, a map. Coded without loss, which also makes it smaller"""
        self._scaled = {image.size: image}

    def at(self, size: tuple[int, int]) -> Image.Image:
        """The picture in this size."""
        if size not in self._scaled:
            self._scaled[size] = self.image.resize(
                size, Image.Resampling.LANCZOS, reducing_gap=_GAP
            )
        return self._scaled[size]


def copied(one: Print, media_type: str, size: tuple[int, int]) -> Rendition:
    """The picture in this size and kind."""
    data = {JPEG: _as_jpeg, PNG: _as_png, WEBP: _as_webp}[media_type](one.at(size), one)
    return Rendition(data=data, media_type=media_type, width=size[0], height=size[1])


def within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size in which neither side is longer than that; never larger."""
    share = min(1.0, side / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def renditions(one: Print, shown: Rendition, sizes: Sizes) -> tuple[Rendition, ...]:
    """The copies of ``shown`` that save something, widest last. Raises :class:`Unfit`."""
    made: list[Rendition] = []
    left = MOST_BYTES - len(shown.data)
    for media_type in _kinds(one, shown, sizes):
        for copy in _series(one, shown, media_type, sizes.widths):
            left -= len(copy.data)
            if left < 0:
                raise Unfit(f"its copies come to more than {MOST_BYTES} bytes")
            made.append(copy)
    return tuple(sorted(made, key=lambda copy: (copy.width, copy.media_type)))


def _kinds(one: Print, shown: Rendition, sizes: Sizes) -> Iterator[str]:
    if sizes.webp or shown.media_type == WEBP:
        yield WEBP
    if shown.media_type != WEBP:
        yield PNG if one.drawn or one.image.mode == "RGBA" else JPEG


def _series(
    one: Print, shown: Rendition, media_type: str, widths: tuple[int, ...]
) -> Iterator[Rendition]:
    """Copies of one kind, the widest first. A kind that saves nothing at full width is left out
    altogether: a page that offers it would show its readers a smaller picture."""
    last = len(shown.data)
    if media_type != shown.media_type:
        whole = copied(one, media_type, (shown.width, shown.height))
        if len(whole.data) >= last:
            return
        last = len(whole.data)
        yield whole
    for width in sorted(widths, reverse=True):
        if width <= _NEARLY * shown.width:
            height = max(1, round(shown.height * width / shown.width))
            copy = copied(one, media_type, (width, height))
            if len(copy.data) < last:
                last = len(copy.data)
                yield copy


def _as_jpeg(image: Image.Image, one: Print) -> bytes:
    out, credit = io.BytesIO(), one.credit
    iim = credit.iim
    image.save(
        out,
        "JPEG",
        quality=_JPEG_QUALITY,
        progressive=True,
        optimize=True,
        icc_profile=one.icc,
        exif=credit.exif or b"",
        xmp=credit.xmp or b"",
        extra=_jpeg.segment(0xED, iim) if iim else b"",
    )
    return out.getvalue()


def _as_webp(image: Image.Image, one: Print) -> bytes:
    out, credit = io.BytesIO(), one.credit
    image.save(
        out,
        "WEBP",
        quality=_WEBP_QUALITY,
        lossless=one.drawn,
        icc_profile=one.icc or b"",
        exif=credit.exif or b"",
        xmp=credit.xmp or b"",
    )
    return out.getvalue()


def _as_png(image: Image.Image, one: Print) -> bytes:
    out, credit = io.BytesIO(), one.credit
    said = PngImagePlugin.PngInfo()
    if credit.xmp:
        said.add_itxt(_XMP_KEYWORD, credit.xmp.decode())
    image.save(
        out,
        "PNG",
        optimize=True,
        icc_profile=one.icc or b"",
        exif=credit.exif or b"",
        pnginfo=said,
    )
    return out.getvalue()
