"""What a shell may ask about dead letters: show them, read them again, have done with them.

The counterpart of ``orders`` for deliveries that could not be read: the same functions work on a
running desk and on a data folder alone.
"""

from collections.abc import Sequence
from typing import Any

from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom.desk import Desk
from copytaster.store import Dismissal
from copytaster.store import Fate
from copytaster.store import FateState

_MOST = 10_000
_NO_LETTER = "no dead letter is called {}; `copytaster letters` lists them"


def retry(desk: Desk, deliveries: Sequence[str]) -> list[str]:
    """Put dead letters back to be read again: those named, or all. Returns their ids.

    Raises :class:`Unresolved`, and retries none, when one named is no dead letter.
    """
    unknown = [id for id in deliveries if not _may_be_retried(desk.store.fate(id))]
    if unknown:
        raise Unresolved(_NO_LETTER.format(unknown[0]))
    letters = desk.store.dead_letters(_MOST)
    chosen = list(deliveries) or [letter.delivery for letter in reversed(letters)]
    return [id for id in chosen if desk.store.retry(id)]


def _may_be_retried(fate: Fate | None) -> bool:
    """A dead letter, or one that a person dismissed."""
    if fate is None or fate.erased is not None:
        return False
    return fate.state is FateState.dead or fate.dismissed is not None


def letters_told(desk: Desk) -> list[dict[str, Any]]:
    """The dead letters, the newest first."""
    return [
        {
            "delivery": letter.delivery,
            "source": letter.source,
            "agency": letter.agency,
            "received": letter.received.isoformat(),
            "attempts": letter.attempts,
            "error": letter.error,
        }
        for letter in desk.store.dead_letters(_MOST)
    ]


def dismiss(desk: Desk, deliveries: Sequence[str], *, why: str, by: str) -> list[str]:
    """Have done with dead letters that a person has read. Returns their ids.

    Raises :class:`Unresolved`, and dismisses none, when one named is no dead letter.
    """
    for id in deliveries:
        fate = desk.store.fate(id)
        if fate is None or fate.state is not FateState.dead:
            raise Unresolved(_NO_LETTER.format(id))
    desk.dismiss(deliveries, Dismissal(at=desk.clock(), by=by, why=why))
    return list(deliveries)


def bytes_of(desk: Desk, delivery: str) -> bytes:
    """A delivery as it came, whatever became of it. Raises :class:`Unresolved` for none."""
    found = desk.store.delivery(delivery)
    if found is None:
        raise Unresolved(f"no delivery is called {delivery}; `copytaster letters` lists some")
    return found.data
