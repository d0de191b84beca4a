"""What a shell may ask about a picture: take it back, hold it, put it back; and what it is told.

The counterpart of ``orders`` for one picture: the same functions work on a running desk and on a
data folder alone.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from copytaster.newsroom._picture_files import addresses
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom.desk import Desk
from copytaster.store import Picture
from copytaster.store import StoryPicture
from copytaster.story import DecisionKind
from copytaster.verdict import sentence
from copytaster.wire.http import shown

_PATIENCE = 60.0
_GLANCE = 0.01


def decide_picture(
    desk: Desk, kind: DecisionKind, picture: str, *, reason: str, by: str
) -> list[str]:
    """Carry out an editor's decision on a picture; the names of all it touched.

    ``picture``: its address, its name, or the id its agency gave it. Raises :class:`Unresolved`
    when there is none, ValueError when it cannot be done.
    """
    found = desk.photos.find(picture)
    if not found:
        raise Unresolved(
            f"no picture {picture}; give its address /media/<name>, or its id as "
            "`copytaster story` shows it"
        )
    if kind is DecisionKind.release:
        return [desk.photos.release(one).name for one in found]
    struck = desk.photos.eliminate(
        None,
        [one.sha256 for one in found],
        reason=reason,
        by=by,
        since=desk.clock(),
        final=kind is DecisionKind.kill,
    )
    return [one.name for one in struck.all]


def told_picture(desk: Desk, name: str) -> dict[str, Any]:
    """A picture as shells see it: what it is, whether it is shown, beside which stories."""
    picture = desk.store.pictures.get(name)
    if picture is None:
        raise Unresolved(f"no picture {name}; look at its story with `copytaster story`")
    beside = desk.store.pictures.beside(picture.sha256)
    return {
        **_facts(picture),
        "shown": desk.store.pictures.is_shown(picture.sha256),
        "proved": picture.since is None,
        "stories": [f"/s/{id}" for id in dict.fromkeys(one.story for one in beside)],
    }


def told_pictures(hung: Sequence[StoryPicture]) -> list[dict[str, Any]]:
    """The pictures beside one story, each with why it is not shown, if it is not."""
    return [
        {
            "id": one.id,
            "from": shown(one.href),
            "caption": one.words.caption,
            "alt": one.words.alt,
            "credit": one.words.credit,
            "byline": one.words.byline,
            "shown": one.is_shown,
            "reasons": [
                {"code": reason.code, "sentence": sentence(reason)} for reason in one.reasons
            ],
            "because": _because(one),
            "attempts": one.attempts,
            "next": _iso(one.due) if one.picture is None else None,
            "error": one.error,
            **(_facts(one.picture) if one.picture else {"state": "not fetched", "address": None}),
        }
        for one in hung
    ]


def _because(hung: StoryPicture) -> str:
    """Why it is not shown, in a word or two; empty when it is."""
    if hung.reasons:
        return ", ".join(reason.code for reason in hung.reasons)
    if hung.picture is not None:
        return hung.picture.reason or ""
    return hung.error or "not fetched yet"


def _facts(picture: Picture) -> dict[str, Any]:
    address, *renditions = addresses(picture)
    return {
        "picture": picture.name,
        "address": address,
        "renditions": renditions,
        "state": picture.state.value,
        "why": picture.reason,
        "since": _iso(picture.judged),
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "firstPublic": _iso(picture.first_public),
    }


async def proved(desk: Desk, names: Sequence[str]) -> bool:
    """Whether all of these were seen to be gone, as soon as they were; False after a minute."""
    loop = asyncio.get_running_loop()
    end = loop.time() + _PATIENCE
    while loop.time() < end:
        found = [desk.store.pictures.get(name) for name in names]
        if all(picture is None or picture.since is None for picture in found):
            return True
        await asyncio.sleep(_GLANCE)
    return False


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
