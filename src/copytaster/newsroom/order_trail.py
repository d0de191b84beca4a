"""Orders in the audit trail: who ordered what, about what, and why; in the app, or in a shell,
with a running desk or without."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from typing import Any

from copytaster.copydesk import Deed
from copytaster.newsroom.control import Answer
from copytaster.newsroom.control import Handle
from copytaster.newsroom.control import Request
from copytaster.newsroom.people import People
from copytaster.newsroom.people import in_a_shell
from copytaster.store import StoreError

log = logging.getLogger("copytaster.desk")

_SILENT = frozenset({"people", "receive"})
"""``people`` leaves lines of its own; copy that is handed in is a delivery, kept as one"""
_ABOUT = ("story", "picture", "batch", "source", "ticket", "code")
"""what an order is about: the first of these that it names"""
_NOBODY = "somebody in a shell"


def keep(people: People, deed: Deed, result: Any) -> None:
    """The line of an order that was carried out; ``result``: its first answer. It is done: a disk
    without room for the line undoes no kill."""
    about = deed.about or _begun(result)
    try:
        people.note(deed.seat, deed.what or deed.order, about, deed.why)
    except StoreError as error:
        log.error("%s of %s is not in the audit trail: %s", deed.order, about, error)


def _begun(result: Any) -> str:
    """A recall gets its id when it begins; its query would quote copy."""
    return str(result["batch"]) if isinstance(result, dict) and "batch" in result else ""


def noted(people: People, handle: Handle) -> Handle:
    """The same orders, each of which leaves a line when a shell gives it."""

    async def handled(request: Request) -> AsyncGenerator[Answer, None]:
        is_first = request.order not in _SILENT
        async for answer in handle(request):
            if is_first and answer.error is None:
                await asyncio.to_thread(keep, people, deed(request), answer.result)
            is_first = False
            yield answer

    return handled


def deed(request: Request) -> Deed:
    """An order as a shell gives it; without a reader's words, or an answer to them."""
    given = request.arguments
    kind = given.get("kind")
    named = [given[name] for name in _ABOUT if given.get(name)]
    return Deed(
        seat=in_a_shell(str(given.get("by") or request.user or _NOBODY)),
        order=request.order,
        what=_what(request.order, kind),
        about=str(named[0]) if named else " ".join(map(str, given.get("deliveries", ()))),
        why=str(given.get("reason") or given.get("why") or ""),
    )


def _what(order: str, kind: str | None) -> str:
    """``kill``, ``hold``, ``release`` of a story; of many or of a picture the order as well."""
    if order == "undo":
        return "recall: undo"
    if kind is None:
        return order
    return kind if order == "decide" else f"{order}: {kind}"
