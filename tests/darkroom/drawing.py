"""Pictures of our own: a scene for each seed, and the copies that other suppliers make of it."""

import io
from random import Random
from typing import Any

from PIL import Image
from PIL import ImageDraw


def scene(seed: int = 1, size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Shapes before a sky, the same for the same seed at every size."""
    chance = Random(seed)
    across, down = size
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        left, top = chance.random() * across, chance.random() * down
        width, height = (chance.uniform(0.06, 0.5) * across for _ in range(2))
        colour = tuple(chance.randrange(256) for _ in range(3))
        shape = pen.ellipse if chance.random() < 0.5 else pen.rectangle
        shape((left, top, left + width, top + height), fill=colour)
    return image


def encoded(image: Image.Image, format: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()


def jpeg(seed: int = 1, size: tuple[int, int] = (600, 400), **how: Any) -> bytes:
    return encoded(scene(seed, size), **how)
