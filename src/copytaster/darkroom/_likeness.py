"""A picture's likeness: 64 bits that its copies share, whoever scaled or compressed them.

A perceptual hash by cosine transform: the picture in grey, 32 by 32 cells; of its 64 lowest
frequencies one bit each, set where the frequency is stronger than their median. A copy scaled
to an eighth, compressed hard, lightened or in grey differs in 0 to 6 bits; cut by a hundredth
on each side in up to 6, by two in up to 10. Unrelated pictures differ in 32 on average; of
100,000 pairs of drawings the two nearest differed in 10. A difference hash, which is simpler,
put one pair in a thousand of the same drawings within 3 bits.

Not found: a mirror image, a crop of a twentieth, a frame, a large mark across the picture.
"""

import math

from PIL import Image

NEAR = 8
"""pictures that differ in no more bits are taken for one: the widest that no unrelated pair
reached. Where it is wrong a person releases a picture; where it is too narrow a copy of a
killed picture stays"""

_SIDE = 32
_LOW = 8
_WAVES = tuple(
    tuple(math.cos(math.pi * wave * (2 * place + 1) / (2 * _SIDE)) for place in range(_SIDE))
    for wave in range(_LOW)
)
_PLAIN = 50.0
"""median strength of the frequencies below which the bits are noise: a plain ground, a gradient,
a few letters on white. Noise itself has 20, drawings 500"""


def likeness(image: Image.Image) -> int | None:
    """The 64 bits of a decoded picture; None for one too plain to be told from others."""
    strengths = _strengths(_grey(image).resize((_SIDE, _SIDE), Image.Resampling.BOX).tobytes())
    if sorted(map(abs, strengths))[len(strengths) // 2] < _PLAIN:
        return None
    middle = sorted(strengths)[len(strengths) // 2]
    return sum(1 << place for place, strength in enumerate(strengths) if strength > middle)


def _strengths(cells: bytes) -> list[float]:
    """The cosine transform's lowest frequencies, the mean light (the first) left out."""
    rows = [cells[start : start + _SIDE] for start in range(0, len(cells), _SIDE)]
    across = [[_sum(row, wave) for wave in _WAVES] for row in rows]
    columns = list(zip(*across, strict=True))
    low = [_sum(column, wave) for wave in _WAVES for column in columns]
    return [0.0, *low[1:]]


def _sum(values: bytes | tuple[float, ...], wave: tuple[float, ...]) -> float:
    return sum(value * weight for value, weight in zip(values, wave, strict=True))


def _grey(image: Image.Image) -> Image.Image:
    """In grey; what is transparent lies on white, as on our pages."""
    if not image.has_transparency_data:
        return image.convert("L")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("L")
