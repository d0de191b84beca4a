"""Batches to rows and back, and a reach to the bindings of its statement."""

from copytaster.store._recall_port import Batch
from copytaster.store._recall_port import Reach
from copytaster.store._rows import Bindings
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import json
from copytaster.store._rows import micros
from copytaster.store._rows import micros_or_none
from copytaster.story import DecisionKind


def batch_bindings(batch: Batch) -> Bindings:
    return {
        "id": batch.id,
        "kind": batch.kind.value,
        "reason": batch.reason,
        "by": batch.by,
        "at": micros(batch.at),
        "query": batch.query,
        "stories": batch.stories,
    }


def reach_bindings(reach: Reach) -> Bindings:
    return {
        "agencies": None if reach.agencies is None else json(sorted(reach.agencies)),
        "sources": None if reach.sources is None else json(sorted(reach.sources)),
        "since": micros_or_none(reach.since),
        "until": micros_or_none(reach.until),
        "after": reach.after,
        "limit": reach.limit,
    }


def batch(row: Row) -> Batch:
    id, kind, reason, by, at, query, stories, undone_at, undone_by, undone_reason = row
    return Batch(
        id=id,
        kind=DecisionKind(kind),
        reason=reason,
        by=by,
        at=instant(at),
        query=query,
        stories=stories,
        undone_at=instant_or_none(undone_at),
        undone_by=undone_by,
        undone_reason=undone_reason,
    )
