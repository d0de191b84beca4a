"""The full names of a text, and who is meant by a part of one."""

from collections import defaultdict

from copytaster.reading.lexicon import Lexicon


class People:
    """The full names of a text, and who is meant by a part of one."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._full: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, None] = {}

    def add(self, name: str) -> None:
        """A name as it stands in the text."""
        parts = name.split()
        if len(parts) < 2 or name in self._names:
            return
        self._names[name] = None
        for part in (parts[-1], parts[0], " ".join(parts[1:])):
            self._full[part].add(name)

    def full(self, name: str) -> str:
        """The full name that this is a part of; itself where there is none, or more than one."""
        if name in self._names:
            longer = [one for one in self._names if one != name and one.endswith(f" {name}")]
            return longer[0] if len(longer) == 1 else self._without_role(name)
        found = {self._without_role(one) for one in self._full.get(name, ())}
        return next(iter(found)) if len(found) == 1 else name

    def known(self, part: str) -> str | None:
        """The one full name that this is the last part of; None where there is none."""
        found = {one for one in self._full.get(part, ()) if one.endswith(f" {part}")}
        return next(iter(found)) if len(found) == 1 else None

    def _without_role(self, name: str) -> str:
        """``Striker Silva`` is the Silva whose given name the text tells."""
        first, _, rest = name.partition(" ")
        if " " in rest or not first.endswith(self._words.suffixes) or first in self._words.given:
            return name
        others = [one for one in self._names if one != name and one.endswith(f" {rest}")]
        return others[0] if len(others) == 1 else name
