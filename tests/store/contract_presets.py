"""What every store promises of kept searches: a part of the contract."""

from typing import Any

from msgspec.structs import replace

from copytaster.store import Preset
from copytaster.store import Store


def preset(name: str, **facts: Any) -> Preset:
    given: dict[str, Any] = {"person": "ada", "asked": "ferry state:held"}
    return Preset(name=name, **(given | facts))


def names(store: Store, person: str) -> list[tuple[str, str]]:
    return [(one.person, one.name) for one in store.presets.of(person)]


class PresetsContract:
    """Own ones and shared ones."""

    def test_own_ones_come_first_and_what_is_shared_behind_them(self, store: Store) -> None:
        for one in (preset("b"), preset("a", shared=True), preset("c", person="bo", shared=True)):
            store.presets.keep(one)
        store.presets.keep(preset("d", person="bo"))
        assert names(store, "ada") == [("ada", "a"), ("ada", "b"), ("bo", "c")]
        assert names(store, "bo") == [("bo", "c"), ("bo", "d"), ("ada", "a")]
        assert names(store, "eve") == [("ada", "a"), ("bo", "c")]
        assert len(store.presets.of("ada", limit=1)) == 1

    def test_one_name_is_one_search_to_its_person(self, store: Store) -> None:
        store.presets.keep(preset("a"))
        (first,) = store.presets.of("ada")
        assert first == preset("a", number=first.number)
        store.presets.keep(preset("a", person="bo"))
        store.presets.keep(preset("a", asked="tram", shared=True))
        assert store.presets.of("ada") == [replace(first, asked="tram", shared=True)]

    def test_what_is_dropped_is_gone_and_its_number_is_no_other(self, store: Store) -> None:
        store.presets.keep(preset("a"))
        (first,) = store.presets.of("ada")
        assert store.presets.find(first.number) == first
        store.presets.drop(first.number)
        store.presets.drop(first.number)
        assert store.presets.find(first.number) is None
        store.presets.keep(preset("a"))
        assert store.presets.of("ada")[0].number > first.number
