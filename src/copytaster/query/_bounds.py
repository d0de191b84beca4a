"""Between which bounds every answer lies: what a store may leave out without reading it."""

from collections.abc import Callable
from datetime import datetime
from functools import reduce

import msgspec

from copytaster.query._tree import Agency
from copytaster.query._tree import Either
from copytaster.query._tree import Every
from copytaster.query._tree import Newer
from copytaster.query._tree import Older
from copytaster.query._tree import Query
from copytaster.query._tree import Since
from copytaster.query._tree import Source
from copytaster.query._tree import Until


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Necessary, never sufficient. None: no bound."""

    agencies: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    """a version came by one of these"""
    since: datetime | None = None
    """a version came at this instant or later"""
    until: datetime | None = None
    """a version came before this instant"""


def bounds(query: Query, now: datetime) -> Bounds:
    """The bounds of all stories that answer the query at ``now``."""
    match query:
        case Agency():
            return Bounds(agencies=frozenset({query.id}))
        case Source():
            return Bounds(sources=frozenset({query.id}))
        case Since():
            return Bounds(since=query.at)
        case Until():
            return Bounds(until=query.at)
        case Newer():
            return Bounds(since=now - query.span)
        case Older():
            return Bounds(until=now - query.span)
        case Every():
            return reduce(_both, (bounds(part, now) for part in query.of), Bounds())
        case Either() if query.of:
            return reduce(_either, (bounds(part, now) for part in query.of))
        case _:
            return Bounds()


def _both(one: Bounds, other: Bounds) -> Bounds:
    """Sources are not cut: one version may have come by this way, another by that."""
    return Bounds(
        agencies=_joined(one.agencies, other.agencies, frozenset.intersection),
        sources=other.sources if one.sources is None else one.sources,
        since=max((at for at in (one.since, other.since) if at), default=None),
        until=min((at for at in (one.until, other.until) if at), default=None),
    )


def _joined(
    one: frozenset[str] | None,
    other: frozenset[str] | None,
    join: Callable[[frozenset[str], frozenset[str]], frozenset[str]],
) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return join(one, other)


def _either(one: Bounds, other: Bounds) -> Bounds:
    return Bounds(
        agencies=None
        if one.agencies is None or other.agencies is None
        else one.agencies | other.agencies,
        sources=None
        if one.sources is None or other.sources is None
        else one.sources | other.sources,
        since=None if one.since is None or other.since is None else min(one.since, other.since),
        until=None if one.until is None or other.until is None else max(one.until, other.until),
    )
