"""Bytes to characters of wires that declare no charset: IPTC 7901 and ANPA 1312.

The charset is a fact about the agency's line, told by its profile; what the bytes look like
is only used to raise the alarm (handbook: formats §3.1). Agencies that still send seven bits
use a national variant of ISO 646, in which the braces and brackets are letters.
"""

from copytaster.text._decode import REPAIR
from copytaster.text._decode import Decoded
from copytaster.text._decode import check_size
from copytaster.text._decode import decode_marked
from copytaster.text._decode import decode_stated
from copytaster.text._decode import is_charset
from copytaster.text._decode import undeclared
from copytaster.text._errors import Undecodable

# Handbook: formats §3.2. What stands in the place of each of these ASCII characters.
_PLACES = "#@[\\]^`{|}~"
_VARIANTS = {
    "de": "#§ÄÖÜ^`äöüß",
    "se": "#@ÄÖÅ^`äöå‾",
    "no": "#@ÆØÅ^`æøå‾",
    "fr": "£à°ç§^`éùè¨",
    "es": "£§¡Ñ¿^`°ñç~",
    "it": "£§°çé^ùàòèì",
    "uk": "£@[\\]^`{|}‾",
}
_SAME = {"fi": "se", "dk": "no"}
_PREFIX = "iso646-"
_TABLES = {
    f"{_PREFIX}{country}": str.maketrans(_PLACES, _VARIANTS[_SAME.get(country, country)])
    for country in (*_VARIANTS, *_SAME)
}


def decode_wire(data: bytes, charset: str | None) -> Decoded:
    """The characters of a wire message; its control characters stay.

    ``charset`` is the profile's: the name of a charset, or a seven-bit variant of ISO 646
    (``iso646-de``, ``-se``, ``-fi``, ``-no``, ``-dk``, ``-fr``, ``-es``, ``-it``, ``-uk``).
    ``iso-8859-1`` is read as windows-1252. Without one, ASCII is certain; anything else is
    UTF-8 or windows-1252 and recorded as the repair ``charset``, since nobody stated it. So
    are bytes that the stated charset cannot hold.

    Raises :class:`Undecodable` (also for a name that is no charset) and :class:`OverLimit`.
    """
    check_size(data)
    marked = decode_marked(data)
    if marked is not None:
        return marked
    name = charset.strip().lower() if charset is not None else None
    if name in _TABLES:
        return _seven_bits(data, name)
    if name is None:
        return undeclared(data)
    if not is_charset(name):
        raise Undecodable(f"{charset!r} is no charset we read: mend the agency's profile")
    return decode_stated(data, name)


def _seven_bits(data: bytes, name: str) -> Decoded:
    """By the variant's table; bytes of eight bits do not belong there, and are windows-1252."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Undecodable(
            f"byte {data[error.start]:#04x} at {error.start} is neither {name} nor windows-1252"
        ) from error
    return Decoded(
        text=text.translate(_TABLES[name]),
        declared=name,
        used=name,
        repairs=() if data.isascii() else (REPAIR,),
    )
