"""One ninjs object as its readers see it: keys without case, null as absent, types checked.

The generations spell one property ``versioncreated`` and ``versionCreated``; without case they
are one. What reading brings to light (holds, remarks) is collected here, per item.
"""

from collections.abc import Iterable
from collections.abc import Iterator

from copytaster.formats._moments import Moments
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadReading
from copytaster.formats._words import field
from copytaster.item import Remark
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.moment import ZoneSource

_MOST_MEMBERS = 2_000
"""members of one property that are read: more concepts than any story has"""


_STATUS = "pubstatus"
_IDENTITY = ("uri", "guid")
_LARGEST = 2**53
"""whole numbers beyond are no count of anything, and not every reader of JSON keeps them"""


class BadShape(BadReading):
    """The value is not a ninjs object, or lacks what no item can do without."""


class Fields:
    """One object. ``holds`` and ``remarks`` grow while it is read."""

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise BadShape(f"ninjs: {path or 'an item'} is not an object")
        self.path = path
        self.holds: list[str] = []
        self.remarks: list[Remark] = []
        self.statuses: list[object] = []
        """every value of ``pubstatus``, however it is spelt"""
        self._values: dict[str, object] = {}
        values = self._values
        for key, member in value.items():
            folded = key.lower()
            if member is None:
                if folded in values:
                    self._differ(key, folded)
                continue
            if folded == _STATUS:
                self.statuses.append(member)
            if folded not in values:
                values[folded] = member
            elif values[folded] != member:
                self._differ(key, folded)
        self._parted = [name for name in values if "_" in name]

    def _differ(self, key: str, folded: str) -> None:
        """Two spellings, two values. The item must still be heard: it may be a kill."""
        if self.path or folded in _IDENTITY:
            raise BadShape(f"ninjs: {key} is there in two spellings that differ")
        if folded != _STATUS:
            self.holds.append("field-malformed")
            self.remarks.append(
                Remark(code="field-malformed", path=key[:200], detail="two spellings that differ")
            )

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def get(self, *names: str) -> object:
        """The value of the first of ``names`` that is there."""
        values = self._values
        for name in names:
            if (value := values.get(name)) is not None:
                return value
        return None

    def extended(self, stem: str) -> Iterator[tuple[str, object]]:
        """``headline``, ``headline_sub`` … of ninjs 1.x as (suffix, value), the bare one first."""
        if stem in self._values:
            yield "", self._values[stem]
        for name in self._parted:
            if name.startswith(stem + "_"):
                yield name[len(stem) + 1 :], self._values[name]

    def string(self, name: str, *others: str) -> str | None:
        """A fact beside the words; of another type it is left out with a remark."""
        value = self.get(name, *others) if others else self._values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return self._sound(value, name)
        self.wrong(name, value)
        return None

    def text(self, name: str, *others: str) -> str | None:
        """Words that readers get; of another type they hold the item."""
        value = self.get(name, *others) if others else self._values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return self._sound(value, name)
        self.malformed(name, value)
        return None

    def raw_string(self, *names: str) -> str | None:
        """A string or a number, verbatim."""
        value = self.get(*names)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.malformed(names[0], value)
            return None
        return str(value)

    def required(self, *names: str) -> str:
        """The identity of the item. Raises BadShape when it is missing or empty."""
        value = self.get(*names)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise BadShape(f"ninjs: no {names[0]}: an item without it cannot be updated or killed")
        if len(value) > LONGEST_ID:
            raise BadShape(f"ninjs: {names[0]} of {len(value)} characters: more than {LONGEST_ID}")
        return value.strip()

    def strings(self, *names: str) -> tuple[str, ...]:
        """One string or a list of them; anything else holds the item, since it may restrict."""
        value = self.get(*names)
        if value is None:
            return ()
        members = value if isinstance(value, list) else [value]
        found = []
        for member in members[:_MOST_MEMBERS]:
            if isinstance(member, str):
                found += [cleaned] if (cleaned := self._sound(member, names[0])) else []
            else:
                self.malformed(names[0], member)
        return tuple(found)

    def names(self) -> Iterable[str]:
        """The names of all properties that have a value, in small letters."""
        return self._values.keys()

    def members(self, *names: str) -> Iterator["Fields"]:
        """Objects of a list, the one object, or the objects of a 1.x map (its key as ``name``)."""
        value = self.get(*names)
        return iter(()) if value is None else self._members(value, *names)

    def _members(self, value: object, *names: str) -> Iterator["Fields"]:
        for member in self._listed(value)[:_MOST_MEMBERS]:
            if not isinstance(member, dict):
                self.wrong(names[0], member)
                continue
            try:
                yield Fields(member, names[0])
            except BadShape:
                self.malformed(names[0], member)

    def moment(self, name: str, moments: Moments) -> Moment | None:
        """A date; one that cannot be read has no instant."""
        value = self.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.malformed(name, value)
            return _unread(value)
        return moments.ninjs(value) if value.strip() else None

    def embargo(self, moments: Moments) -> Moment | None:
        """``embargoed`` (1.x, 2.x) or ``embargoedUntil`` (3.x); of both, the stricter."""
        found = [
            moments.ninjs(value, embargo=True) if isinstance(value, str) else _unread(value)
            for value in (self.get("embargoed"), self.get("embargoeduntil"))
            if value is not None
        ]
        unread = [moment for moment in found if moment.instant is None]
        if unread or not found:
            return unread[0] if unread else None
        return max(found, key=lambda moment: moment.instant.timestamp() if moment.instant else 0)

    def version(self) -> str | None:
        """The version verbatim; AP and dpa send an integer."""
        value = self.get("version")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text("version")

    def wrong(self, name: str, value: object) -> None:
        """Remark on a value of the wrong type that bears on nothing public."""
        detail = f"{type(value).__name__} left out"
        self.remarks.append(Remark(code="wrong-type", path=self._path(name), detail=detail))

    def malformed(self, name: str, value: object) -> None:
        """Hold over a value of the wrong type that bears on publishing or on the words."""
        self.holds.append("field-malformed")
        detail = f"{type(value).__name__} where a string belongs"
        self.remarks.append(Remark(code="field-malformed", path=self._path(name), detail=detail))

    def doubt(self, code: str, name: str, detail: str) -> None:
        """Hold for a reason that the format has, and say where it was seen."""
        self.holds.append(code)
        self.remarks.append(Remark(code=code, path=self._path(name), detail=detail))

    def _listed(self, value: object) -> list[object]:
        if isinstance(value, list):
            return value
        if isinstance(value, dict) and value and all(isinstance(v, dict) for v in value.values()):
            return [{"name": name} | member for name, member in value.items()]
        return [value] if value != {} else []

    def _sound(self, value: str, name: str) -> str | None:
        """The string, unless it carries U+0000, which no page can show."""
        if "\0" in value:
            self.malformed(name, value)
            return None
        return field(value)

    def _path(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def whole(value: object) -> int | None:
    """A count of characters, words, pixels or bytes."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) <= _LARGEST else None


def _unread(value: object) -> Moment:
    return Moment(
        instant=None,
        precision=Precision.none,
        zone_source=ZoneSource.none,
        raw=str(value)[:200] or "?",
    )
