"""Which rules were tried on what had been received: the last backtest, kept in the store."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from copytaster.newsroom.house_rules._backtest import Backtest
from copytaster.rules import digest
from copytaster.store import Store

_SETTING = "rules-tried"


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """How one rule did in the last backtest."""

    at: datetime
    since: datetime
    versions: int
    """that were asked"""
    matches: int


def trials(store: Store) -> Mapping[str, Trial]:
    """By the digest of a rule; a rule that was changed since has another."""
    kept = store.setting(_SETTING)
    if kept is None:
        return {}
    try:
        return msgspec.json.decode(kept, type=dict[str, Trial])
    except msgspec.DecodeError:
        return {}  # of another version: every rule is to be tried again


def record(done: Backtest) -> str:
    """A backtest as :func:`keep_trials` keeps it: what it said of each rule that was asked."""
    kept = {
        digest(rule): Trial(
            at=done.until,
            since=done.since,
            versions=done.versions,
            matches=done.matches[rule.name],
        )
        for rule in done.rules
        if rule.enabled
    }
    return msgspec.json.encode(kept).decode()


def keep_trials(store: Store, kept: str) -> None:
    """Keep what :func:`record` made. Raises ValueError for anything else."""
    msgspec.json.decode(kept, type=dict[str, Trial])
    store.keep_setting(_SETTING, kept)
