"""One rule of a file added, changed or removed; everything else stays as somebody wrote it.

Only what differs is written anew: the value of a key, a line, a block. So comments, the order of
rules and the way in which a query is broken into lines stay. The file that comes out is read, and
must say what was meant and nothing else; where it does not, nothing is changed.
"""

import json
import re
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import tzinfo
from typing import Any

import msgspec

from copytaster.rules._layout import Block
from copytaster.rules._layout import Pair
from copytaster.rules._layout import blocks
from copytaster.rules._reading import RulesError
from copytaster.rules._reading import as_written
from copytaster.rules._rule import Written

_ALWAYS = ("name", "when", "then", "why")
_KEYS = tuple(field.name for field in msgspec.structs.fields(Written))
_DEFAULTS: Mapping[str, Any] = {
    field.name: field.default
    for field in msgspec.structs.fields(Written)
    if field.default is not msgspec.NODEFAULT
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_COMMENT = re.compile(r"[ \t\r]*(#[^\n]*)?")


class _File:
    """A file that was read: its rules in its order, and where they stand."""

    def __init__(self, toml: bytes, name: str, zone: tzinfo) -> None:
        self.name, self.zone = name, zone
        self.rules = as_written(toml, name, zone)
        self.text = toml.decode("utf-8-sig")
        self.blocks = blocks(self.text, name)
        self.newline = "\r\n" if "\r\n" in self.text else "\n"

    def find(self, rule: str) -> int:
        for number, known in enumerate(self.rules):
            if known.name == rule:
                return number
        raise RulesError(f"{self.name}: there is no rule {rule!r}")

    def become(self, text: str, meant: Sequence[Written]) -> bytes:
        """The bytes of the text, once they were seen to say what is meant."""
        toml = text.encode()
        said = as_written(toml, self.name, self.zone)
        if list(map(_said, said)) != list(map(_said, meant)):
            raise RulesError(f"{self.name}: cannot be changed rule by rule; change the whole file")
        return toml


def added(toml: bytes, name: str, rule: Written, zone: tzinfo = UTC) -> bytes:
    """The file called ``name`` with one more rule, at its end. Raises :class:`RulesError`."""
    file = _File(toml, name, zone)
    rule = _settled(rule)
    keys = [key for key in _KEYS if key in _ALWAYS or getattr(rule, key) != _DEFAULTS[key]]
    lines = ["[[rule]]", *(_line(key, getattr(rule, key)) for key in keys)]
    block = file.newline.join(line.replace("\n", file.newline) for line in [*lines, ""])
    text = file.text
    if text and not text.endswith("\n"):
        text += file.newline
    return file.become(f"{text}{file.newline if text else ''}{block}", [*file.rules, rule])


def changed(toml: bytes, name: str, old: str, rule: Written, zone: tzinfo = UTC) -> bytes:
    """The file with another rule in the place of the one that was called ``old``."""
    file = _File(toml, name, zone)
    number = file.find(old)
    before, rule = file.rules[number], _settled(rule)
    if rule.when.strip() == before.when.strip():
        rule = msgspec.structs.replace(rule, when=before.when)
    text, block = file.text, file.blocks[number]
    for begin, end, words in sorted(_changes(text, block, before, rule), reverse=True):
        text = text[:begin] + words.replace("\n", file.newline) + text[end:]
    return file.become(text, [*file.rules[:number], rule, *file.rules[number + 1 :]])


def removed(toml: bytes, name: str, old: str, zone: tzinfo = UTC) -> bytes:
    """The file without this rule and the comments between its lines; those above it stay."""
    file = _File(toml, name, zone)
    number = file.find(old)
    block = file.blocks[number]
    before, behind = file.text[: block.begin], file.text[block.end :]
    if not before or before.endswith(f"\n{file.newline}"):
        behind = re.sub(r"\A[ \t]*\r?\n", "", behind)
    return file.become(before + behind, [*file.rules[:number], *file.rules[number + 1 :]])


def _changes(text: str, block: Block, before: Written, rule: Written) -> list[tuple[int, int, str]]:
    """What is to stand between which places of the text; places do not overlap."""
    pairs = {pair.key: pair for pair in block.pairs}
    found: list[tuple[int, int, str]] = []
    more = ""
    for key in _KEYS:
        value = getattr(rule, key)
        if value == getattr(before, key):
            continue
        pair = pairs.get(key)
        if pair is None:
            more += f"{_line(key, value)}\n"
        elif value is None:
            found.append((pair.begin, pair.end, _comment(text, pair)))
        else:
            found.append((*pair.value, _value(value)))
    if more:
        ends = text[: block.end].endswith("\n")
        found.append((block.end, block.end, more if ends else f"\n{more}"))
    return found


def _comment(text: str, pair: Pair) -> str:
    """What stands behind a value that goes: it stays, on a line of its own."""
    found = _COMMENT.match(text, pair.value[1])
    return f"{found[1].rstrip()}\n" if found is not None and found[1] else ""


def _settled(rule: Written) -> Written:
    """With the query as it is read again: one line, or several that end like lines."""
    when = rule.when.replace("\r\n", "\n").strip()
    return msgspec.structs.replace(rule, when=f"{when}\n" if "\n" in when else when)


def _said(rule: Written) -> tuple[Any, ...]:
    return tuple(getattr(rule, key) for key in _KEYS)


def _line(key: str, value: Any) -> str:
    return f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    """A value in TOML: a text as it is where its signs allow, so that quotes in queries are not
    written as escapes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    is_plain = _CONTROLS.search(text) is None
    if "\n" in text:
        if is_plain and "\\" not in text and '"""' not in text:
            return f'"""\n{text}"""'
        if is_plain and "'''" not in text:
            return f"'''\n{text}'''"
    elif is_plain and '"' in text and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
