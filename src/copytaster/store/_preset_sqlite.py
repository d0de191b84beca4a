"""Kept searches in SQLite: the store's part that :class:`PresetStore` describes."""

from copytaster.store import _rows as rows
from copytaster.store._part import Part
from copytaster.store._preset_port import Preset


class PresetsInSqlite(Part):
    """:class:`PresetStore` on one engine."""

    def keep(self, preset: Preset) -> None:
        self._engine.refuse_when_tight()
        self._write(
            "keep_preset",
            person=preset.person,
            name=preset.name,
            asked=preset.asked,
            shared=preset.shared,
        )

    def of(self, person: str, limit: int = 500) -> list[Preset]:
        return [_preset(row) for row in self._all("presets_of", person=person, limit=limit)]

    def find(self, number: int) -> Preset | None:
        row = self._first("preset", number=number)
        return None if row is None else _preset(row)

    def drop(self, number: int) -> None:
        self._write("drop_preset", number=number)


def _preset(row: rows.Row) -> Preset:
    number, person, name, asked, shared = row
    return Preset(number=number, person=person, name=name, asked=asked, shared=bool(shared))
