"""The text of a digitalwires entry: ``article_html``, and the box of facts that goes with it."""

import hashlib
import re
from collections.abc import Iterator

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._words import Words
from copytaster.formats._words import settle
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Copy

_PARTS = {"article_html": None, "infobox_html": "infobox"}
_NAMES = re.compile(r"""\s(?:class|id)\s*=\s*(?:"([^"<>]*+)"|'([^'<>]*+)')""", re.IGNORECASE)


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The parts as sent, and their words in one text."""

    bodies: tuple[Body, ...] = ()
    kind: BodyKind = BodyKind.none
    words: Words = Words()


def choose(fields: Fields, profile: Profile, *, words: bool) -> Chosen:
    """The article, then the box."""
    bodies = tuple(_bodies(fields, profile))
    if not words:
        return Chosen(bodies=bodies, kind=_kind(bodies) if bodies else BodyKind.none)
    found = settle(
        lambda: _joined([_copy(body, profile) for body in bodies]),
        lambda: "\n".join(text.naive_html(body.value) for body in bodies),
    )
    kind = _kind(bodies) if found.copy.blocks else BodyKind.none
    return Chosen(bodies=bodies, kind=kind, words=found)


def _bodies(fields: Fields, profile: Profile) -> Iterator[Body]:
    for name, role in _PARTS.items():
        value = fields.get(name)
        if value is not None and not isinstance(value, str):
            fields.malformed(name, value)
        elif value is not None and value.strip():
            yield Body(
                value=value,
                content_type="text/html",
                role=role,
                selector=_selector(value, profile) if role is None else None,
                sha256=hashlib.sha256(value.encode()).hexdigest(),
            )


def _selector(markup: str, profile: Profile) -> str | None:
    """The profile's, if an element answers to it: the whole of an article is text by itself,
    so without such an element nothing is to be left out."""
    wanted = profile.body_selector
    if wanted is None or wanted not in markup:
        return None
    names = (
        name for found in _NAMES.finditer(markup) for name in (found[1] or found[2] or "").split()
    )
    return wanted if wanted in names else None


def _copy(body: Body, profile: Profile) -> Copy:
    return text.from_html(body.value, selector=body.selector, omit=profile.omit)


def _joined(copies: list[Copy]) -> Copy:
    return Copy(
        blocks=tuple(block for copy in copies for block in copy.blocks),
        pieces=tuple(piece for copy in copies for piece in copy.pieces),
    )


def _kind(bodies: tuple[Body, ...]) -> BodyKind:
    """A box of facts without its article is no whole story."""
    return BodyKind.full if any(body.role is None for body in bodies) else BodyKind.summary
