"""Rows of pictures to records and back."""

from typing import Any

import msgspec

from copytaster.store import _rows as rows
from copytaster.store._picture_port import Picture
from copytaster.store._picture_port import PictureKill
from copytaster.store._picture_port import PictureRendition
from copytaster.store._picture_port import PictureState
from copytaster.store._picture_port import PictureWords
from copytaster.store._picture_port import StoryPicture

_SIGN = 1 << 63
_ALL = (1 << 64) - 1

_words = msgspec.json.Decoder(PictureWords)
_made: msgspec.json.Decoder[list[tuple[str, int, int, int, str]]] = msgspec.json.Decoder(
    list[tuple[str, int, int, int, str]]
)


def signed(likeness: int) -> int:
    """64 bits as SQLite's integer, which has a sign."""
    return likeness - (_SIGN << 1) if likeness & _SIGN else likeness


def differing_bits(*two: Any) -> int:
    """In how many bits two signed 64-bit integers differ; the engine's SQL function."""
    one, other = map(int, two)
    return ((one ^ other) & _ALL).bit_count()


# --- in ------------------------------------------------------------------------------------


def picture_bindings(picture: Picture) -> rows.Bindings:
    likeness = picture.likeness
    return {
        "sha256": picture.sha256,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "size": picture.size,
        "likeness": None if likeness is None else signed(likeness),
        "state": picture.state.value,
        "reason": picture.reason,
        "judged": rows.micros_or_none(picture.judged),
        "first_public": rows.micros_or_none(picture.first_public),
        "since": rows.micros_or_none(picture.since),
        "due": rows.micros_or_none(picture.due),
        "recipe": picture.recipe,
    }


def rendition_bindings(picture: Picture) -> list[rows.Bindings]:
    return [{"of": picture.sha256, **msgspec.structs.asdict(one)} for one in picture.renditions]


def hung_bindings(hung: StoryPicture) -> rows.Bindings:
    return {
        "place": hung.place,
        "agency": hung.agency,
        "id": hung.id,
        "version": hung.version,
        "source": hung.source,
        "href": hung.href,
        "words": rows.json(hung.words),
        "reasons": rows.json(hung.reasons),
        "sha256": hung.picture.sha256 if hung.picture else None,
        "attempts": hung.attempts,
        "due": rows.micros_or_none(hung.due),
        "error": hung.error,
    }


def kill_bindings(kill: PictureKill) -> rows.Bindings:
    return {
        "id": kill.id,
        "agency": kill.agency,
        "picture": kill.picture,
        "at": rows.micros(kill.at),
        "final": kill.final,
        "reason": kill.reason,
        "by": kill.by,
    }


# --- out -----------------------------------------------------------------------------------


def picture(row: rows.Row) -> Picture:
    """The beginning of a row of ``picture_records``."""
    sha256, media_type, width, height, size, likeness, state, reason = row[:8]
    return Picture(
        sha256=sha256,
        media_type=media_type,
        width=width,
        height=height,
        size=size,
        likeness=None if likeness is None else likeness & _ALL,
        state=PictureState(state),
        reason=reason,
        judged=rows.instant_or_none(row[8]),
        first_public=rows.instant_or_none(row[9]),
        since=rows.instant_or_none(row[10]),
        due=rows.instant_or_none(row[11]),
        recipe=row[12],
        renditions=tuple(map(_rendition, _made.decode(row[13]))),
    )


def _rendition(made: tuple[str, int, int, int, str]) -> PictureRendition:
    media_type, width, height, size, sha256 = made
    return PictureRendition(
        media_type=media_type, width=width, height=height, size=size, sha256=sha256
    )


def hung(row: rows.Row) -> StoryPicture:
    """A row of ``hung_pictures``."""
    story, place, agency, id, version, source, href, words, reasons = row[:9]
    return StoryPicture(
        story=story,
        place=place,
        agency=agency,
        id=id,
        version=version,
        source=source,
        href=href,
        words=_words.decode(words),
        reasons=rows.reasons(reasons),
        picture=None if row[12] is None else picture(row[12:26]),
        attempts=row[9],
        due=rows.instant_or_none(row[10]),
        error=row[11],
    )


def kill(row: rows.Row) -> PictureKill:
    id, agency, named, at, final, reason, by = row
    return PictureKill(
        id=id,
        agency=agency,
        picture=named,
        at=rows.instant(at),
        final=bool(final),
        reason=reason,
        by=by,
    )
