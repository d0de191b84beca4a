"""Which rules of a house are others than before."""

from collections.abc import Mapping
from collections.abc import Sequence

import msgspec

from copytaster.rules._rule import Written

_KEYS = tuple(field.name for field in msgspec.structs.fields(Written))


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """By the names of rules; one that was renamed is new and gone."""

    new: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = {}
    """with the keys that say something else"""
    gone: tuple[str, ...] = ()
    reordered: bool = False
    """the same rules are asked in another order"""

    def in_words(self) -> str:
        """For the record: ``new: a; changed: b (when); gone: c``."""
        changed = (f"{name} ({', '.join(keys)})" for name, keys in self.changed.items())
        parts = {
            "new": ", ".join(self.new),
            "changed": ", ".join(changed),
            "gone": ", ".join(self.gone),
        }
        told = [f"{word}: {names}" for word, names in parts.items() if names]
        told += ["another order"] if self.reordered else []
        return "; ".join(told) or "comments only"


def difference(before: Sequence[Written], after: Sequence[Written]) -> Difference:
    """What of these rules, in the order in which they are asked, is new, changed or gone."""
    was, now = {rule.name: rule for rule in before}, {rule.name: rule for rule in after}
    both = [name for name in was if name in now]
    changed = {name: keys for name in both if (keys := _differing(was[name], now[name]))}
    return Difference(
        new=tuple(name for name in now if name not in was),
        changed=changed,
        gone=tuple(name for name in was if name not in now),
        reordered=both != [name for name in now if name in was],
    )


def _differing(before: Written, after: Written) -> tuple[str, ...]:
    return tuple(key for key in _KEYS if getattr(before, key) != getattr(after, key))
