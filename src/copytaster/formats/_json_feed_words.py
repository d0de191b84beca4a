"""The body of a JSON Feed's item: the one place in the format where HTML is allowed."""

import hashlib
from collections.abc import Iterator
from functools import partial

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _feed_words
from copytaster.formats._feed import Notes
from copytaster.formats._feed_words import Rendition
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._words import Words
from copytaster.formats._words import plain_words
from copytaster.formats._words import settle
from copytaster.item import Body

_TYPES = {"content_html": "text/html", "content_text": "text/plain"}


def choose(
    fields: Fields, base: str | None, notes: Notes, *, words: bool
) -> tuple[tuple[Body, ...], Words]:
    """All bodies as sent, HTML first, and the words of the first that has any."""
    bodies = tuple(_bodies(fields, notes.profile))
    if not words:
        return bodies, Words()
    readers = (partial(_read, body, base, notes.profile) for body in bodies)
    chosen = _feed_words.choose(readers, notes)
    return bodies, chosen.words if chosen else Words()


def _bodies(fields: Fields, profile: Profile) -> Iterator[Body]:
    for name, content_type in _TYPES.items():
        value = fields.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            fields.malformed(name, value)
        elif value.strip():
            yield Body(
                value=value,
                content_type=content_type,
                selector=profile.body_selector if content_type == "text/html" else None,
                sha256=hashlib.sha256(value.encode()).hexdigest(),
            )


def _read(body: Body, base: str | None, profile: Profile) -> Rendition:
    if body.content_type == "text/plain":
        return Rendition(body=body, words=plain_words(body.value))
    read = partial(
        text.from_html,
        body.value,
        selector=profile.body_selector,
        omit=profile.omit,
        base=base,
    )
    return Rendition(body=body, words=settle(read, lambda: text.naive_html(body.value)))
