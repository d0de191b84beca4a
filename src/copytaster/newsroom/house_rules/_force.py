"""The rules in force: read from the house's file, and again when it changes.

Rules only ever restrict, so losing them is the danger. A file with a fault, or one that has gone,
takes none away: what was read before stays in force, after a restart as well, because the last
file that could be read is kept in the store. Only a file without rules takes them away.
"""

import logging
import os
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from errno import ENOENT
from pathlib import Path
from zoneinfo import ZoneInfo

from copytaster import rules
from copytaster.config import Config
from copytaster.newsroom.house_rules._file import FileChanged
from copytaster.newsroom.house_rules._file import Standing
from copytaster.newsroom.house_rules._file import content
from copytaster.newsroom.house_rules._file import locked
from copytaster.newsroom.house_rules._file import mark
from copytaster.newsroom.house_rules._file import write
from copytaster.newsroom.house_rules._lately import Lately
from copytaster.newsroom.house_rules._trials import keep_trials
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
    """The rules of one desk. It belongs to the desk's thread, but for what says otherwise."""

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
        self.lately = Lately()

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
        self._put_in_force(in_force, data, alert)

    def _put_in_force(self, in_force: Sequence[Rule], data: bytes, alert: Alert) -> None:
        self.in_force = in_force
        alert.over(_BROKEN, _ABOUT)
        log.info("%s: %d rules in force", self._path, _enabled(in_force))
        self._keep(data)

    def save(self, text: str, *, seen: str, tried: str, alert: Alert) -> None:
        """Write another file in the place of the house's, and have it in force at once.

        ``seen``: the mark of the file that whoever wrote it had before them; ``tried``: what
        :func:`record` made of its backtest, or "". Raises :class:`FileChanged` and RulesError, when
        nothing was written, and ValueError where the disk refused.
        """
        if self._path is None:
            raise ValueError("this desk has no file of rules")
        data, path = text.encode(), self._path
        in_force = rules.read(data, str(path), ZoneInfo(self._zone or "UTC"))
        try:
            if mark(content(path)) != seen:
                raise FileChanged(f"{path} has changed meanwhile; nothing was saved")
            write(path, data)
        except OSError as error:
            told = f"{_told(path, error)}; the file may not be saved: look at it again"
            raise ValueError(told) from error
        self._taken = self._seen = _stamp(path)
        self._put_in_force(in_force, data, alert)
        if tried:
            self._keep_tried(tried)

    def _keep_tried(self, tried: str) -> None:
        try:
            keep_trials(self._store, tried)
        except StoreError as error:
            log.warning("that the rules were tried is not kept: %s", error)

    def standing(self) -> Standing:
        """The file as it is now; safe from any thread."""
        path, zone = self._path, ZoneInfo(self._zone or "UTC")
        if path is None:
            told = "this desk has no file of rules"
            return Standing(path="", mark="", is_there=False, text="", locked=told)
        kept = self._store.setting(_SETTING) or ""
        try:
            data = content(path)
        except OSError as error:
            return Standing(
                path=str(path),
                mark="",
                is_there=True,
                text=kept,
                fault=_told(path, error),
                locked=f"it cannot be read ({error.strerror}); mend that first",
            )
        fault = self._fault(path, data, kept, zone)
        too_big = data is not None and len(data) > rules.LARGEST
        return Standing(
            path=str(path),
            mark=mark(data),
            is_there=data is not None,
            text=kept if data is None else data.decode("utf-8-sig", "replace"),
            fault=None if fault is None else str(fault),
            line=None if fault is None else fault.line,
            locked="it is too big to be shown here; change it by hand" if too_big else locked(path),
        )

    def _fault(
        self, path: Path, data: bytes | None, kept: str, zone: ZoneInfo
    ) -> RulesError | None:
        if data is None:
            is_missed = bool(kept.strip()) or self._is_named
            return RulesError(f"{path}: there is no such file") if is_missed else None
        try:
            rules.read(data, str(path), zone)
        except RulesError as error:
            return error
        return None

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
    data = content(path)
    if data is None:
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(path))
    return data


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
