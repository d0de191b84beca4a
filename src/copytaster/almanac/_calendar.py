"""The words of one language for months and weekdays."""

from functools import cache
from functools import cached_property
from importlib import resources

import msgspec


class Calendar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Names in lower case; the TOML files have one line of each month and weekday."""

    language: str
    months: tuple[tuple[str, ...], ...]
    """twelve, each whole and with its short forms; a full stop behind them is not in them"""
    weekdays: tuple[tuple[str, ...], ...]
    """seven, from Monday"""
    numbers: tuple[str, ...] = ()
    """days of the month in words, from the first, where wires write them so"""
    joins: tuple[str, ...] = ()
    """may stand between day, month and year: ``4 de diciembre de 2025``"""
    month_first: bool = False
    """``December 4`` is written beside ``4 December``"""
    day_first_with: str | None = None
    """a separator of figures at which the day always comes first"""

    @cached_property
    def month(self) -> dict[str, int]:
        return _numbered(self.months, 1)

    @cached_property
    def weekday(self) -> dict[str, int]:
        return _numbered(self.weekdays, 0)

    @cached_property
    def number(self) -> dict[str, int]:
        return {word: at for at, word in enumerate(self.numbers, start=1)}


def _numbered(names: tuple[tuple[str, ...], ...], first: int) -> dict[str, int]:
    return {form: at for at, forms in enumerate(names, start=first) for form in forms}


@cache
def _shipped() -> dict[str, Calendar]:
    folder = resources.files("copytaster.almanac") / "words"
    files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    found = [msgspec.toml.decode((folder / name).read_bytes(), type=Calendar) for name in files]
    return {one.language: one for one in found}


def languages() -> tuple[str, ...]:
    """The languages whose words are known."""
    return tuple(_shipped())


def calendar(language: str) -> Calendar:
    """The words of ``language``, a primary tag. Raises ``KeyError`` for one that is not known."""
    return _shipped()[language]
