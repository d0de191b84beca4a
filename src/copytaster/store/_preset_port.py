"""The port's part for searches that editors keep."""

from typing import Protocol

import msgspec


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """A search that somebody keeps."""

    number: int = 0
    """given by the store"""
    person: str
    name: str
    """of its own among theirs"""
    asked: str
    """a query in its text form"""
    shared: bool = False
    """others see it too"""


class PresetStore(Protocol):
    """What the store keeps of them."""

    def keep(self, preset: Preset) -> None:
        """In place of the one of this name that its person has."""

    def of(self, person: str, limit: int = 500) -> list[Preset]:
        """Theirs by name, then what others share."""

    def find(self, number: int) -> Preset | None: ...

    def drop(self, number: int) -> None: ...
