"""The scripted agencies' pictures: landscapes in flat colours, drawn from their names.

The same name gives the same landscape; each agency sends it in a size and a quality of its own,
as suppliers of one photograph do. Served on loopback by the demo, and without a network by the
tests.
"""

import io
from functools import lru_cache
from math import sin
from random import Random

from PIL import Image
from PIL import ImageDraw

Colour = tuple[int, int, int]

_WIDE, _HIGH = 1200, 800
_SKIES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((250, 214, 165), (238, 150, 110), (92, 74, 110)),  # evening
    ((214, 232, 240), (150, 190, 210), (58, 92, 110)),  # morning
    ((252, 236, 200), (226, 178, 120), (140, 90, 62)),  # desert
    ((196, 212, 226), (120, 146, 176), (40, 58, 84)),  # dusk
)


def picture_id(agency: str, name: str) -> str:
    """The agency's own id of its picture of that name."""
    return f"urn:newsml:{agency}.example:picture:{name}"


def picture_href(base: str, agency: str, name: str) -> str:
    """Where the agency serves it."""
    return f"{base}/{agency}/{name}.jpg"


@lru_cache(maxsize=64)
def draw(agency: str, name: str) -> bytes:
    """The JPEG that ``agency`` sends of the picture ``name``."""
    chance = Random(agency)  # noqa: S311  the same picture each time
    width = _WIDE - chance.randrange(0, 300, 20)
    image = _landscape(name).resize((width, width * _HIGH // _WIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=chance.randrange(70, 90))
    return out.getvalue()


@lru_cache(maxsize=16)
def _landscape(name: str) -> Image.Image:
    chance = Random(name)  # noqa: S311  the same picture each time
    high, low, ground = chance.choice(_SKIES)
    image = Image.new("RGB", (_WIDE, _HIGH))
    pen = ImageDraw.Draw(image)
    for row in range(_HIGH):
        pen.line((0, row, _WIDE, row), fill=_between(high, low, row / _HIGH))
    _sun(pen, chance, high)
    for layer in range(4):
        _hills(pen, chance, _between(low, ground, (layer + 1) / 4), 330 + layer * 90)
    _houses(pen, chance, ground)
    return image


def _between(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _sun(pen: ImageDraw.ImageDraw, chance: Random, sky: Colour) -> None:
    across, down, radius = chance.randrange(200, 1000), chance.randrange(140, 300), 70
    disc = (across - radius, down - radius, across + radius, down + radius)
    pen.ellipse(disc, fill=_between(sky, (255, 255, 255), 0.6))


def _hills(pen: ImageDraw.ImageDraw, chance: Random, colour: Colour, top: int) -> None:
    waves = [(chance.uniform(20, 70), chance.uniform(150, 420), chance.random() * 6)]
    waves += [(chance.uniform(8, 24), chance.uniform(50, 130), chance.random() * 6)]
    ridge = [
        (across, top + sum(tall * sin(across / wide + start) for tall, wide, start in waves))
        for across in range(0, _WIDE + 10, 10)
    ]
    pen.polygon([*ridge, (_WIDE, _HIGH), (0, _HIGH)], fill=colour)


def _houses(pen: ImageDraw.ImageDraw, chance: Random, ground: Colour) -> None:
    """A few houses with a light in the window, on the nearest hill."""
    left = chance.randrange(80, 700)
    for _ in range(chance.randrange(3, 7)):
        wide, tall = chance.randrange(50, 110), chance.randrange(50, 100)
        wall = _between(ground, (250, 244, 230), chance.uniform(0.5, 0.9))
        roof = _between(ground, (150, 50, 40), chance.uniform(0.3, 0.8))
        pen.rectangle((left, 660 - tall, left + wide, 700), fill=wall)
        peak = (left + wide / 2, 660 - tall - wide * 0.45)
        pen.polygon([(left - 8, 660 - tall), peak, (left + wide + 8, 660 - tall)], fill=roof)
        window = (left + wide * 0.4, 672 - tall, left + wide * 0.65, 698 - tall)
        pen.rectangle(window, fill=(252, 220, 130))
        left += wide + chance.randrange(0, 60)
