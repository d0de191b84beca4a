"""Where each rule, and each of its keys, stands in the text of a rules file.

``tomllib`` tells what a file says, and not where. A file that was read says little: tables headed
``[[rule]]``, whose values are texts, whole numbers and truths (TOML 1.0, "Array of Tables"), so
that its lines can be told apart without reading TOML a second time.
"""

import re
from collections.abc import Iterator

import msgspec

from copytaster.rules._reading import RulesError

_END = r"[ \t\r]*(?:\#[^\n]*)?(?:\n|\Z)"
_NOTHING = re.compile(_END, re.VERBOSE)
_HEAD = re.compile(rf"""[ \t]*\[\[[ \t]*(?:rule|"rule"|'rule')[ \t]*\]\]{_END}""", re.VERBOSE)
_PAIR = re.compile(
    rf"""
    [ \t]*["']?(?P<key>[A-Za-z0-9_-]+)["']?[ \t]*=[ \t]*
    (?P<value>
        \"\"\"(?:[^"\\]|\\[\s\S]|"(?!""))*\"\"\""{{0,2}}
        | '''(?:[^']|'(?!''))*''''{{0,2}}
        | "(?:[^"\\\n]|\\.)*"
        | '[^'\n]*'
        | [^\s\#"'\[\]{{}},]+
    )
    (?P<rest>{_END})
    """,
    re.VERBOSE,
)


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A key and its value: where its lines begin and end, and where in them the value stands."""

    key: str
    begin: int
    value: tuple[int, int]
    end: int


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: from its heading to the end of its last key."""

    begin: int
    end: int
    pairs: tuple[Pair, ...]


def blocks(text: str, name: str) -> tuple[Block, ...]:
    """The rules in the text of a file that was read, in its order. Raises :class:`RulesError` for
    a notation in which they cannot be told apart."""
    return tuple(_blocks(text, name))


def _blocks(text: str, name: str) -> Iterator[Block]:
    begin: int | None = None
    end, at = 0, 0
    pairs: list[Pair] = []
    while at < len(text):
        if (head := _HEAD.match(text, at)) is not None:
            if begin is not None:
                yield Block(begin=begin, end=end, pairs=tuple(pairs))
            begin, pairs = at, []
            at = end = head.end()
        elif begin is not None and (pair := _PAIR.match(text, at)) is not None:
            value, key = pair.span("value"), pair["key"]
            pairs.append(Pair(key=key, begin=at, value=value, end=pair.end()))
            at = end = pair.end()
        elif (nothing := _NOTHING.match(text, at)) is not None:
            at = nothing.end()
        else:
            raise _unplaced(text, name, at)
    if begin is not None:
        yield Block(begin=begin, end=end, pairs=tuple(pairs))


def _unplaced(text: str, name: str, at: int) -> RulesError:
    line = text.count("\n", 0, at) + 1
    told = "rules in this notation cannot be told apart here; change the whole file instead"
    return RulesError(f"{name}:{line}: {told}", line)
