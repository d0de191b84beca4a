"""A rules file, read: every fault in one line, with the line on which it stands."""

import difflib
import re
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import tzinfo
from typing import Any

import msgspec

from copytaster import query
from copytaster.query import QueryError
from copytaster.rules._rule import Rule
from copytaster.rules._rule import Written

LARGEST = 128 * 1024
"""bytes of a file"""
MOST = 200
"""rules in one file"""
_LONGEST = 300
"""characters of a fault"""
_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", re.MULTILINE)
_KEYS = tuple(field.name for field in msgspec.structs.fields(Written))
EXPECTED: Mapping[str, str] = {
    "name": "small letters and digits, with hyphens between words, at most 60 characters",
    "when": "a query, in quotes",
    "then": "'hold', 'pass' or 'notify'",
    "why": "a sentence of at most 500 characters",
    "since": "at most 500 characters",
    "priority": "a whole number from -1000 to 1000",
    "notify": "true or false",
    "stop": "true or false",
    "enabled": "true or false",
}
STATELESS = "a rule is asked before a story has a state; leave state: out"
_PLACE = re.compile(r" - at `\$\.?(\w*)[^`]*`$")


class RulesError(ValueError):
    """A rules file cannot be used; one line: the file, the line, and what was expected."""

    def __init__(self, told: str, line: int | None = None) -> None:
        super().__init__(_one_line(told))
        self.line = line
        """of the file, counted from 1, where there is telling"""


def read(toml: bytes, name: str, zone: tzinfo = UTC) -> tuple[Rule, ...]:
    """The rules in the bytes of a TOML file called ``name``, in the order in which they are
    asked. A date without a time is that day in ``zone``."""
    return tuple(sorted(as_written(toml, name, zone), key=lambda rule: -rule.priority))


def as_written(toml: bytes, name: str, zone: tzinfo = UTC) -> tuple[Rule, ...]:
    """The same in the order of the file."""
    if len(toml) > LARGEST:
        raise RulesError(f"{name}: more than {LARGEST // 1024} KiB; no rules file is so big")
    text, tables = _tables(toml, name)
    return tuple(_Reader(name, text, tables, zone).rules())


def _tables(toml: bytes, name: str) -> tuple[str, list[Any]]:
    try:
        text = toml.decode("utf-8-sig")
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = toml.count(b"\n", 0, error.start) + 1
        told = f"{name}:{line}: not UTF-8; save the file as UTF-8 text"
        raise RulesError(told, line) from error
    except (ValueError, RecursionError) as error:  # digits beyond what an int may have, too
        raise _not_toml(name, error) from error
    for key in found:
        if key != "rule":
            raise RulesError(f"{name}: {_unknown(key, ['rule'])}")
    tables = found.get("rule", [])
    if not isinstance(tables, list):
        raise RulesError(f"{name}: a rule begins with [[rule]], in two brackets")
    if len(tables) > MOST:
        raise RulesError(f"{name}: {len(tables)} rules; at most {MOST} are asked of a story")
    return text, tables


def _not_toml(name: str, error: Exception) -> RulesError:
    place = re.search(r" \(at line (\d+), column \d+\)$", str(error))
    if place is None:
        return RulesError(f"{name}: not TOML: {error}")
    told = f"{name}:{place[1]}: not TOML: {str(error)[: place.start()]}"
    return RulesError(told, int(place[1]))


def _unknown(key: str, known: list[str] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key[:60], known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return f"unknown key {key[:60]!r}; {hint}"


def _one_line(told: str) -> str:
    line = " ".join(told.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


class _Reader:
    """The tables of one file, and where they stand in it."""

    def __init__(self, name: str, text: str, tables: list[Any], zone: tzinfo) -> None:
        self._name = name
        self._text = text
        self._tables = tables
        self._zone = zone
        heads = [head.start() for head in _HEAD.finditer(text)]
        # A heading may stand in a text of several lines, a rule in another notation: then there
        # is no telling which line is whose.
        self._heads = heads if len(heads) == len(tables) else []

    def rules(self) -> Iterator[Rule]:
        """Each rule, in the order of the file. Raises :class:`RulesError` at the first fault."""
        names: set[str] = set()
        for number, table in enumerate(self._tables):
            rule = self._rule(number, table)
            if rule.name in names:
                raise self._fault(number, "name", f"another rule is called {rule.name!r}")
            names.add(rule.name)
            yield rule

    def _rule(self, number: int, table: Any) -> Rule:
        if not isinstance(table, dict):
            raise self._fault(number, "", "a rule begins with [[rule]], in two brackets")
        for key in table:
            if key not in _KEYS:
                raise self._fault(number, key, _unknown(key, _KEYS))
        written = self._written(number, table)
        return Rule(**msgspec.structs.asdict(written), asked=self._query(number, written.when))

    def _written(self, number: int, table: Mapping[str, Any]) -> Written:
        try:
            return msgspec.convert(table, type=Written)
        except msgspec.ValidationError as error:
            place = _PLACE.search(str(error))
            key = place[1] if place is not None else ""
            told = f"{key}: expected {EXPECTED[key]}" if key in EXPECTED else str(error)
            raise self._fault(number, key, told) from error

    def _query(self, number: int, when: str) -> query.Query:
        try:
            asked = query.read(when, self._zone)
        except QueryError as error:
            raise self._fault(number, "when", f"when: {error}") from error
        if query.names_a_state(asked):
            raise self._fault(number, "when", f"when: {STATELESS}")
        return asked

    def _fault(self, number: int, key: str, told: str) -> RulesError:
        called = self._tables[number].get("name") if isinstance(self._tables[number], dict) else ""
        whose = repr(called) if isinstance(called, str) and called else f"number {number + 1}"
        line = self._line(number, key)
        place = self._name if line is None else f"{self._name}:{line}"
        return RulesError(f"{place}: rule {whose[:80]}: {told}", line)

    def _line(self, number: int, key: str) -> int | None:
        """The line of the key, or of the heading where the key is not found."""
        if not self._heads:
            return None
        begin = self._heads[number]
        end = (*self._heads, len(self._text))[number + 1]
        written = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE)
        found = written.search(self._text, begin, end) if key else None
        at = found.start() if found is not None else begin
        return self._text.count("\n", 0, at) + 1
