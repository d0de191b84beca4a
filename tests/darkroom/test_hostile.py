"""Pictures that are broken, strange or meant to do harm: each is a picture, or none with a reason.

What the decoder is not led astray by becomes a still picture of three colours at most; nothing
that was not looked at is served behind it.
"""

import io
import struct
import sys

import pytest
from PIL import Image
from PIL import ImageChops
from PIL import ImageStat
from PIL import PngImagePlugin

from copytaster.darkroom import Developed
from copytaster.darkroom import Sizes
from copytaster.darkroom import Unfit
from copytaster.darkroom import apart
from copytaster.darkroom import develop
from copytaster.darkroom import process
from tests.darkroom.drawing import encoded
from tests.darkroom.drawing import jpeg
from tests.darkroom.drawing import scene

FEW = Sizes(widths=(320,))
SIZE = (500, 300)
HTML = b"<html><script>alert(1)</script>"


def opened(developed: Developed) -> Image.Image:
    return Image.open(io.BytesIO(developed.data))


def off(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures of one size are from each other, of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other)).mean)


def moving(format: str, frames: int = 4) -> bytes:
    first, *rest = (scene(seed, SIZE) for seed in range(frames))
    return encoded(first, format, save_all=True, append_images=rest, duration=20)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_what_moves_is_shown_by_its_first_picture(format: str) -> None:
    made = develop(moving(format), FEW)
    with opened(made) as image:
        assert not getattr(image, "is_animated", False)
        assert off(image, scene(0, SIZE)) < 12
    assert made.width == 500


def test_ten_thousand_pictures_in_one_cost_no_more_than_the_first() -> None:
    """A GIF of 10,000 frames, each a tiny change: nobody unpacks them."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    still = encoded(scene(1, SIZE), "GIF")
    made = develop(still[:-1] + frame * 10_000 + b";", FEW)
    with opened(made) as image:
        assert not getattr(image, "is_animated", False)
        assert off(image, Image.open(io.BytesIO(still)).convert("RGB")) < 12


def test_of_a_jpeg_with_pictures_behind_it_the_first_is_left() -> None:
    first = scene(1, SIZE)
    sent = encoded(first, "MPO", save_all=True, append_images=[scene(2, SIZE)], quality=90)
    made = develop(sent, FEW)
    assert (made.media_type, made.width) == ("image/jpeg", 500)
    with opened(made) as image, Image.open(io.BytesIO(sent)) as was:
        assert image.format == "JPEG"
        assert image.tobytes() == was.tobytes()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_nothing_that_hangs_behind_a_picture_is_served(format: str) -> None:
    sent = encoded(scene(1, SIZE), format)
    made = develop(sent + HTML, FEW)
    assert HTML not in made.data
    with opened(made) as image, Image.open(io.BytesIO(sent)) as was:
        assert off(image, was.convert("RGB")) < 6


def test_a_page_in_the_comment_of_a_picture_is_a_picture() -> None:
    made = develop(encoded(scene(1, SIZE), comment=HTML), FEW)
    assert all(HTML not in one.data for one in made.renditions)


@pytest.mark.parametrize("profile", [None, b"no profile", b"\0" * 4000])
def test_printers_colours_become_screens(profile: bytes | None) -> None:
    image = scene(1, SIZE)
    made = develop(encoded(image.convert("CMYK"), quality=95, icc_profile=profile), FEW)
    for data in (made.data, *(one.data for one in made.renditions)):
        with Image.open(io.BytesIO(data)) as copy:
            assert copy.mode == "RGB"
            assert "icc_profile" not in copy.info
            assert off(copy, image.resize(copy.size)) < 12


def test_sixteen_bits_of_grey_are_not_cut_off() -> None:
    deep = Image.linear_gradient("L").resize(SIZE).convert("I").point(lambda light: light * 257)
    made = develop(encoded(deep.convert("I;16"), "PNG", compress_level=0), FEW)
    (copy, *_) = made.renditions
    with Image.open(io.BytesIO(copy.data)) as image:
        wanted = Image.linear_gradient("L").resize(image.size).convert("RGB")
        assert off(image, wanted) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_kind_of_pixel_is_a_picture(mode: str) -> None:
    made = develop(encoded(scene(1, SIZE).convert(mode), "PNG"), FEW)
    assert (made.width, made.height) == SIZE
    for one in made.renditions:
        with Image.open(io.BytesIO(one.data)) as image:
            image.load()


def test_a_palette_with_a_clear_colour_is_one() -> None:
    made = develop(encoded(scene(1, SIZE).quantize(32), "GIF", transparency=0), FEW)
    assert made.media_type == "image/gif"
    assert all(Image.open(io.BytesIO(one.data)).has_transparency_data for one in made.renditions)


@pytest.mark.parametrize("garbage", [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif" * 999])
def test_exif_that_cannot_be_read_is_taken_out(garbage: bytes) -> None:
    segment = b"\xff\xe1" + (len(garbage) + 2).to_bytes(2, "big") + garbage
    made = develop(jpeg(size=SIZE, extra=segment), FEW)
    assert (made.width, made.height) == SIZE
    assert all(garbage not in one.data for one in made.renditions)


@pytest.mark.parametrize(
    "xmp",
    [
        b"<<<",
        b"\xff" * 500,
        b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
        b"<a>" * 5000,
    ],
    ids=["open", "bytes", "entities", "a file", "deep"],
)
def test_xmp_that_cannot_be_read_is_left_out_of_the_copies(xmp: bytes) -> None:
    made = develop(encoded(scene(1, SIZE), "WEBP", quality=95, xmp=xmp), FEW)
    assert made.renditions
    for one in made.renditions:
        with Image.open(io.BytesIO(one.data)) as image:
            assert "xmp" not in image.info


def test_what_is_carried_is_bounded() -> None:
    words = "©" * 3_000_000
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'photoshop:Credit="{}"/></rdf:RDF></x:xmpmeta>'
    )
    huge = encoded(scene(1, SIZE), "WEBP", xmp=xmp.format(words).encode())
    long = encoded(scene(1, SIZE), "WEBP", xmp=xmp.format(words[:50_000]).encode())
    for sent in (huge, long):
        made = develop(sent, FEW)
        assert all(len(one.data) < 40_000 for one in made.renditions)
    assert len(develop(huge, FEW).data) < 100_000


def test_a_picture_whose_text_is_a_bomb_is_refused() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_itxt("XML:com.adobe.xmp", "x" * 20_000_000, zip=True)
    sent = encoded(scene(1, SIZE), "PNG", pnginfo=said)
    assert len(sent) < 1_000_000
    with pytest.raises(Unfit, match="too large"):
        develop(sent, FEW)


def test_a_file_that_says_more_than_it_has_is_refused() -> None:
    image = bytearray(encoded(scene(1, SIZE), "WEBP"))
    with pytest.raises(Unfit):
        develop(bytes(image[: len(image) // 2]), FEW)


@pytest.mark.parametrize("place", range(20, 4000, 397))
def test_a_byte_that_is_wrong_gives_a_picture_or_a_reason(place: int) -> None:
    for format in ("JPEG", "PNG", "WEBP", "GIF"):
        sent = bytearray(encoded(scene(1, (160, 120)), format))
        sent[place % len(sent)] ^= 0xFF
        try:
            made = develop(bytes(sent), FEW)
        except Unfit:
            continue
        with opened(made) as image:
            image.load()


def test_memory_is_limited_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(data: bytes, sizes: Sizes) -> Developed:
        raise MemoryError

    monkeypatch.setattr(process, "develop", hungry)
    assert "bytes of memory" in str(process._result(b"", FEW))


@pytest.mark.anyio
async def test_what_kills_the_process_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    dies = "import os, sys; sys.stdin.buffer.read(); os.abort()"
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-I", "-c", dies))
    with pytest.raises(Unfit, match="decoder ended with status -6"):
        await apart.develop_apart(jpeg())
