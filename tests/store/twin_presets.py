"""Kept searches, in a plain dictionary."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from copytaster.store import Preset

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinPresets:
    """:class:`copytaster.store.PresetStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def keep(self, preset: Preset) -> None:
        with self._twin.turn:
            kept = self._twin.kept.presets
            same = [
                n for n, p in kept.items() if (p.person, p.name) == (preset.person, preset.name)
            ]
            if not same:
                self._twin.kept.last_preset += 1
            number = same[0] if same else self._twin.kept.last_preset
            kept[number] = replace(preset, number=number)

    def of(self, person: str, limit: int = 500) -> list[Preset]:
        found = [p for p in self._twin.kept.presets.values() if p.person == person or p.shared]
        return sorted(found, key=lambda p: (p.person != person, p.name, p.person))[:limit]

    def find(self, number: int) -> Preset | None:
        return self._twin.kept.presets.get(number)

    def drop(self, number: int) -> None:
        self._twin.kept.presets.pop(number, None)
