"""How much each rule held lately: counted while the desk runs, so that a page costs nothing."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

from copytaster.newsroom.house_rules._versions import HOUSE_RULE
from copytaster.story import Decision

HOURS = 24


class Lately:
    """The holds of one desk in its last hours. It belongs to the desk's thread; whoever reads
    gets what was whole a moment ago."""

    def __init__(self) -> None:
        self._by_hour: Mapping[datetime, Mapping[str, int]] = {}

    def count(self, decisions: Iterable[Decision], now: datetime) -> None:
        """Holds by rules among what was just kept."""
        held = Counter(one.reason for one in decisions if one.code == HOUSE_RULE)
        if held:
            hour = now.replace(minute=0, second=0, microsecond=0)
            known = _recent(self._by_hour, now)
            self._by_hour = {**known, hour: Counter(known.get(hour, {})) + held}

    def held(self, now: datetime) -> Mapping[str, int]:
        """By the names of rules; this hour and those before it."""
        total: Counter[str] = Counter()
        for counted in _recent(self._by_hour, now).values():
            total.update(counted)
        return total


def _recent(
    by_hour: Mapping[datetime, Mapping[str, int]], now: datetime
) -> dict[datetime, Mapping[str, int]]:
    return {hour: n for hour, n in by_hour.items() if now - hour < timedelta(hours=HOURS)}
