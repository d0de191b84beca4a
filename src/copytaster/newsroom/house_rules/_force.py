"""The rules in force: read from the house's file, and again when it changes.

Rules only ever restrict, so losing them is the danger. A file with a fault, or one that has gone,
takes none away: what was read before stays in force, after a restart as well, because the last
file that could be read is kept in the store. Only a file without rules takes them away.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from copytaster import rules
from copytaster.config import Config
from copytaster.rules import Rule
from copytaster.rules import RulesError
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.wire import Alert

log = logging.getLogger("copytaster.desk")

FILE = "rules.toml"
LOOK = timedelta(seconds=5)
"""between two looks at the file"""
_BROKEN = "rules-broken"
_ABOUT = "rules"
_SETTING = "rules"
_Stamp = tuple[int, int, int]
"""time of change, size and number of a file"""


def place(config: Config, data: Path) -> Path:
    """Where the house's rules stand, or would stand."""
    return Path(config.rules.file) if config.rules.file else data / FILE


def load(path: Path, zone: str | None) -> tuple[Rule, ...]:
    """The rules of a file. Raises RulesError, or OSError where it cannot be read."""
    return rules.read(_read(path), str(path), ZoneInfo(zone or "UTC"))


def current(config: Config, path: Path, store: Store) -> tuple[tuple[Rule, ...], str | None]:
    """The rules as whoever looks at the desk sees them: those of the file, or those kept from
    before and what is wrong with the file."""
    zone = config.site.zone
    try:
        return load(path, zone), None
    except (RulesError, OSError) as error:
        kept = _kept(store, zone)
        if _stamp(path) is None and not kept and config.rules.file is None:
            return (), None
        return kept, _told(path, error)


def _kept(store: Store, zone: str | None) -> tuple[Rule, ...]:
    """What was in force when a desk last read a file."""
    kept = store.setting(_SETTING)
    if kept is None:
        return ()
    try:
        return rules.read(kept.encode(), "the rules kept in the store", ZoneInfo(zone or "UTC"))
    except RulesError as error:  # by another version of the desk
        log.error("%s; they are not in force", error)
        return ()


def _told(path: Path, error: RulesError | OSError) -> str:
    return f"{path}: {error.strerror}" if isinstance(error, OSError) else str(error)


class HouseRules:
    """The rules of one desk. It belongs to the desk's thread."""

    def __init__(
        self, path: Path | None, store: Store, zone: str | None, *, is_named: bool = False
    ) -> None:
        self._path = path
        self._is_named = is_named
        """whether the configuration says that there is one"""
        self._store = store
        self._zone = zone
        self._looked: datetime | None = None
        self._taken: _Stamp | None = None
        self._seen: _Stamp | None = None
        """of a file that has changed: it is read when it has stood still from one look to the
        next, since half a file may be a file"""
        self.in_force: Sequence[Rule] = ()

    def look(self, now: datetime, alert: Alert) -> None:
        """Read the file where it is another one than before; at most every five seconds."""
        if self._path is None:
            return
        if self._looked is None:
            self.in_force = _kept(self._store, self._zone)
        elif timedelta() <= now - self._looked < LOOK:
            return
        stamp = _stamp(self._path)
        if self._looked is None or (stamp != self._taken and stamp == self._seen):
            self._take(self._path, stamp, alert)
        self._looked, self._seen = now, stamp

    def _take(self, path: Path, stamp: _Stamp | None, alert: Alert) -> None:
        self._taken = stamp
        if stamp is None and not self.in_force and not self._is_named:
            return  # a house without rules
        try:
            data = _read(path)
            in_force = rules.read(data, str(path), ZoneInfo(self._zone or "UTC"))
        except (RulesError, OSError) as error:
            alert(_BROKEN, f"{_told(path, error)}; {self._meanwhile()}", _ABOUT)
            return
        self.in_force = in_force
        alert.over(_BROKEN, _ABOUT)
        log.info("%s: %d rules in force", path, _enabled(in_force))
        self._keep(data)

    def _meanwhile(self) -> str:
        """What holds until the file is mended."""
        if not self.in_force:
            return "no rule is in force until it is mended"
        return (
            f"the {_enabled(self.in_force)} rules read before stay in force; mend it, or leave "
            "an empty file where you want none"
        )

    def _keep(self, data: bytes) -> None:
        text = data.decode("utf-8-sig")
        try:
            if text != self._store.setting(_SETTING):
                self._store.keep_setting(_SETTING, text)
        except StoreError as error:  # a full disk: they are in force all the same
            log.warning("the rules are not kept for the next start: %s", error)


def _enabled(in_force: Sequence[Rule]) -> int:
    return sum(rule.enabled for rule in in_force)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(rules.LARGEST + 1)


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
