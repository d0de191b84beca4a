"""What the darkroom makes of bytes that anybody may have sent."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL import ImageEnhance

from copytaster.darkroom import NEAR
from copytaster.darkroom import Developed
from copytaster.darkroom import Sizes
from copytaster.darkroom import Unfit
from copytaster.darkroom import develop
from copytaster.darkroom import process
from copytaster.darkroom.apart import develop_apart
from tests.darkroom.drawing import encoded
from tests.darkroom.drawing import jpeg
from tests.darkroom.drawing import scene

ALONE = Sizes(widths=(), webp=False)
"""the picture itself: its copies are another file's business"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><script>1</script></svg>'


def look(data: bytes) -> Developed:
    return develop(data, ALONE)


def differ(one: Developed, other: Developed) -> int:
    assert one.likeness is not None
    assert other.likeness is not None
    return (one.likeness ^ other.likeness).bit_count()


def opened(developed: Developed) -> Image.Image:
    return Image.open(io.BytesIO(developed.data))


@pytest.mark.parametrize(
    ("format", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")],
)
def test_a_picture_of_page_size_is_served_as_it_was_sent(format: str, media_type: str) -> None:
    sent = encoded(scene(), format)
    made = look(sent)
    assert (made.data, made.media_type, made.width, made.height) == (sent, media_type, 600, 400)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<html>404</html>",
        SVG,
        encoded(scene(), "TIFF"),
        encoded(scene(), "BMP"),
        b"%PDF-1.7",
        jpeg()[:4000],
        encoded(scene(), "PNG")[:-200],
    ],
    ids=["nothing", "page", "svg", "tiff", "bmp", "pdf", "half a jpeg", "half a png"],
)
def test_what_is_no_whole_picture_of_a_known_kind_is_refused(sent: bytes) -> None:
    with pytest.raises(Unfit):
        look(sent)


def test_what_a_page_with_the_right_first_bytes_is_called_does_not_matter() -> None:
    with pytest.raises(Unfit):
        look(b"\xff\xd8\xff\xe0" + SVG)


def bomb(side: int) -> bytes:
    """A PNG that says it has side × side pixels, in a few kilobytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8000, 14_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises(Unfit, match=r"pixels|Bomb"):
        look(bomb(side))


def test_a_counter_is_no_picture() -> None:
    with pytest.raises(Unfit, match="too small"):
        look(encoded(Image.new("RGB", (1, 1)), "PNG"))


def test_a_large_picture_is_made_smaller() -> None:
    sent = jpeg(size=(3000, 2000))
    made = look(sent)
    assert (made.width, made.height, made.media_type) == (1920, 1280, "image/jpeg")
    assert opened(made).size == (1920, 1280)
    assert len(made.data) < len(sent)


def test_what_is_transparent_stays_transparent_when_made_smaller() -> None:
    clear = scene(size=(2100, 300)).convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    made = look(encoded(clear, "PNG"))
    assert made.media_type == "image/webp"
    assert opened(made).has_transparency_data


def test_a_picture_lying_on_its_side_has_the_size_it_is_shown_with() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = look(jpeg(exif=exif))
    assert (made.width, made.height) == (400, 600)
    upright = look(encoded(scene().rotate(-90, expand=True)))
    assert differ(made, upright) <= NEAR


def test_copies_of_a_picture_are_like_it_and_other_pictures_are_not() -> None:
    for seed in range(4):
        image = scene(seed)
        made = look(encoded(image))
        copies = [
            encoded(image.resize((150, 100)), quality=60),
            encoded(image, quality=30),
            encoded(image, "WEBP", quality=50),
            encoded(image.convert("L")),
            encoded(ImageEnhance.Brightness(image).enhance(1.1)),
            encoded(image.crop((6, 4, 594, 396))),
        ]
        assert [d for copy in copies if (d := differ(made, look(copy))) > NEAR] == []
        others = [look(jpeg(other)) for other in range(8) if other != seed]
        assert [d for other in others if (d := differ(made, other)) <= NEAR] == []


@pytest.mark.parametrize(
    "image", [Image.new("RGB", (300, 300), "navy"), Image.linear_gradient("L").resize((300, 200))]
)
def test_a_plain_picture_is_like_no_other(image: Image.Image) -> None:
    assert look(encoded(image)).likeness is None


@pytest.mark.anyio
async def test_a_process_of_its_own_says_the_same() -> None:
    assert await develop_apart(jpeg(), ALONE) == look(jpeg())


def test_the_process_says_in_a_sentence_what_is_unfit() -> None:
    assert "cannot identify" in str(process._result(SVG, ALONE))


@pytest.mark.anyio
async def test_a_process_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Unfit, match="not decoded within"):
        await develop_apart(jpeg(), seconds=0.001)
