"""The copies of a picture: which are made, and that each saves something."""

import io

import pytest
from PIL import Image
from PIL import ImageChops
from PIL import ImageStat

from copytaster.darkroom import Developed
from copytaster.darkroom import Sizes
from copytaster.darkroom import Unfit
from copytaster.darkroom import _copies
from copytaster.darkroom import develop
from copytaster.darkroom.apart import develop_apart
from tests.darkroom.drawing import encoded
from tests.darkroom.drawing import jpeg
from tests.darkroom.drawing import scene

FEW = Sizes(widths=(320, 640))


def kinds(made: Developed) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in made.renditions:
        found.setdefault(one.media_type, []).append(one.width)
    return found


def noisy(size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A scene with grain in it, as cameras make: what JPEG and WebP were made for."""
    grain = Image.merge("RGB", [Image.effect_noise(size, 40)] * 3)
    return Image.blend(scene(1, size), grain, 0.3)


def test_each_width_comes_as_webp_and_as_jpeg_and_the_full_width_as_webp() -> None:
    made = develop(encoded(noisy(), quality=90))
    assert kinds(made) == {
        "image/webp": [320, 480, 640, 900],
        "image/jpeg": [320, 480, 640],
    }


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_every_copy_is_the_picture_in_the_size_it_says_and_smaller_than_the_next(
    format: str,
) -> None:
    made = develop(encoded(noisy(), format, quality=90), FEW)
    assert made.renditions
    for one in made.renditions:
        with Image.open(io.BytesIO(one.data)) as copy:
            assert Image.MIME[copy.format or ""] == one.media_type
            assert copy.size == (one.width, one.height)
            like = scene(1, (one.width, one.height)).convert("L")
            off = ImageChops.difference(copy.convert("L"), like)
            assert ImageStat.Stat(off).mean[0] < 30
        assert abs(one.height / one.width - 2 / 3) < 0.01
    for kind in kinds(made):
        sizes = [len(one.data) for one in made.renditions if one.media_type == kind]
        assert sizes == sorted(sizes)
        assert sizes[-1] < len(made.data)


def test_nothing_is_made_larger_than_it_came() -> None:
    assert kinds(develop(encoded(noisy((300, 200)), quality=95))) == {"image/webp": [300]}


def test_a_kind_that_saves_nothing_at_full_width_is_left_out() -> None:
    assert "image/webp" not in kinds(develop(encoded(noisy(), quality=20)))


def test_a_drawing_of_few_colours_is_copied_without_loss() -> None:
    chart = Image.new("RGB", (800, 400), "white")
    for place in range(0, 800, 50):
        chart.paste("navy", (place, 400 - place // 3, place + 30, 400))
    made = develop(encoded(chart, "PNG", compress_level=0))
    full = next(one for one in made.renditions if one.width == 800)
    with Image.open(io.BytesIO(full.data)) as copy:
        assert ImageChops.difference(copy.convert("RGB"), chart).getbbox() is None
    assert "image/jpeg" not in kinds(made)


def test_what_is_transparent_is_copied_transparent() -> None:
    clear = noisy().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    made = develop(encoded(clear, "PNG"), FEW)
    assert set(kinds(made)) <= {"image/png", "image/webp"}
    assert 640 in kinds(made)["image/webp"]
    for one in made.renditions:
        assert Image.open(io.BytesIO(one.data)).has_transparency_data


def test_the_house_says_which_copies_it_wants() -> None:
    sent = encoded(noisy(), quality=90)
    assert kinds(develop(sent, Sizes(widths=(400,), webp=False))) == {"image/jpeg": [400]}
    assert develop(sent, Sizes(widths=(), webp=False)).renditions == ()


def test_a_picture_whose_copies_are_too_many_bytes_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_copies, "MOST_BYTES", 150_000)
    with pytest.raises(Unfit, match="copies come to more than 150000 bytes"):
        develop(encoded(noisy(), quality=90))


def test_a_picture_lying_on_its_side_is_copied_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = develop(jpeg(size=(900, 600), exif=exif), FEW)
    assert (made.width, made.height) == (600, 900)
    upright = scene(size=(900, 600)).rotate(-90, expand=True)
    for one in made.renditions:
        with Image.open(io.BytesIO(one.data)) as copy:
            assert copy.size == (one.width, one.height)
            assert copy.getexif().get(0x0112) is None
            off = ImageChops.difference(copy.convert("RGB"), upright.resize(copy.size))
            assert max(ImageStat.Stat(off).mean) < 6


@pytest.mark.anyio
async def test_a_process_of_its_own_makes_the_same_copies() -> None:
    sent = encoded(noisy((700, 400)), quality=90)
    assert await develop_apart(sent, FEW) == develop(sent, FEW)
