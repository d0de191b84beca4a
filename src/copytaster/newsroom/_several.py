"""Stories that somebody chose from a list, as they are now."""

from collections.abc import Iterator
from collections.abc import Sequence

from copytaster.copydesk import Candidate
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom._watching import row_of
from copytaster.newsroom.desk import Desk
from copytaster.text import plain

_SHOWN = 280
"""characters of a text: what it is about"""


def candidates(desk: Desk, ids: Sequence[str]) -> tuple[Candidate, ...]:
    """Those of them that there are, in their order, each once."""
    return tuple(_candidates(desk, list(dict.fromkeys(ids))))


def _candidates(desk: Desk, ids: Sequence[str]) -> Iterator[Candidate]:
    found = {one.story.id: one for one in desk.store.wire.among(ids)}
    for id in ids:
        wired = found.get(id)
        if wired is None:
            continue
        try:
            content = desk.sight(id).content
        except Unresolved:
            continue
        yield Candidate(
            row=row_of(desk.house, desk.store, wired),
            revision=wired.story.revision,
            content=content,
            begins="" if wired.item is None else _begins(plain(wired.item.copy)),
        )


def _begins(text: str) -> str:
    words = " ".join(text[: 2 * _SHOWN].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
