"""Bytes changed at random: some blindly, some knowing tags, JSON values, lines and wire marks."""

import json
import random
import re
from collections.abc import Callable

_TOKENS = re.compile(r"<[^<>]*>|[^<]+|<")
_ATTRIBUTE = re.compile(r'="[^"]*"')
_LONGEST = 200_000

_WORDS = (
    b"", b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x1f", b"\x1e", b"\x11", b"\x12", b"\x13",
    b"\x14", b"\x08", b"\x10", b"\x85", b"\xa0", b"\xfc", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0", b"\r", b"\n", b"\r\n\r\n", b"\t", b"<", b">", b"&", b'"', b"'", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"<?xml version='1.0' encoding='utf-16'?>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&nbsp;", b"&#0;", b"&#146;", b"&#xd800;",
    b"&#x10ffff;", b"&lt;p&gt;", b"&amp;lt;p&amp;gt;", b"<script>x</script>", b"<style>",
    b"<br/>", b"<table><tr><td>", b"</p>", b"</body>", b"<p hidden>", b"<svg onload=x>",
    b"javascript:x", b"\\ud83d", b"\\u0000", b"null", b"true", b"[]", b"{}", b"-1", b"1e999",
    b"9" * 400, b"usable", b"canceled", b"withheld", b"embargoed", b"KILL", b"MANDATORY KILL",
    b"ADVISORY", b"HOLD HOLD HOLD", b"2nd Ld-Writethru", b"20261120T060000Z",
    b"2026-02-30T00:00:00Z", b"2025-12-04T23:05:03+5:30", b"0000-00-00", b"201100 GMT Nov 26",
    b"=?utf-8?b?", b"=?x?q?=00?=", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"--x--", b"charset=utf-7", b"urn:newsml:",
)  # fmt: skip

_VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 10**30, 1.5, "", " ", "x", "\x00", "<b>", "&lt;", "canceled",
    "2025-12-04T23:05:03+5:30", [], {}, [[]], [{}], {"value": 1}, ["x", 1, None], "9" * 5000,
)  # fmt: skip


class Mutator:
    """Changes documents; the same seed makes the same changes."""

    def __init__(self, chance: random.Random, seeds: list[bytes]) -> None:
        self._chance = chance
        self._seeds = seeds

    def next(self) -> bytes:
        """A document with a few changes."""
        data = self._chance.choice(self._seeds)
        for _ in range(self._chance.choice((1, 1, 1, 2, 3, 6))):
            data = self._changed(data)[:_LONGEST]
        return data

    def _changed(self, data: bytes) -> bytes:
        blind: list[Callable[[bytes], bytes]] = [
            self._flip, self._word, self._cut, self._doubled, self._swapped, self._shortened,
            self._joined,
        ]  # fmt: skip
        aware: Callable[[bytes], bytes]
        head = data.lstrip()[:1]
        if head in (b"{", b"["):
            aware = self._value
        elif head == b"<":
            aware = self._tags
        else:
            aware = self._lines
        return self._chance.choice([*blind, aware, aware, aware, aware])(data)

    # --- blindly ---------------------------------------------------------------------------

    def _place(self, data: bytes) -> int:
        return self._chance.randint(0, len(data))

    def _span(self, data: bytes) -> tuple[int, int]:
        begin = self._place(data)
        return begin, min(len(data), begin + self._chance.choice((1, 2, 5, 20, 100, 1000)))

    def _flip(self, data: bytes) -> bytes:
        if not data:
            return b"\x00"
        at = self._chance.randrange(len(data))
        return data[:at] + bytes([self._chance.randrange(256)]) + data[at + 1 :]

    def _word(self, data: bytes) -> bytes:
        at = self._place(data)
        return data[:at] + self._chance.choice(_WORDS) + data[at:]

    def _cut(self, data: bytes) -> bytes:
        begin, end = self._span(data)
        return data[:begin] + data[end:]

    def _doubled(self, data: bytes) -> bytes:
        begin, end = self._span(data)
        return data[:end] + data[begin:end] * self._chance.choice((1, 2, 50)) + data[end:]

    def _swapped(self, data: bytes) -> bytes:
        begin, end = self._span(data)
        at = self._chance.randint(0, begin)
        return data[:at] + data[begin:end] + data[at:begin] + data[end:]

    def _shortened(self, data: bytes) -> bytes:
        return data[: self._place(data)]

    def _joined(self, data: bytes) -> bytes:
        other = self._chance.choice(self._seeds)
        return data[: self._place(data)] + other[self._place(other) :]

    # --- knowing what it is ----------------------------------------------------------------

    def _tags(self, data: bytes) -> bytes:
        tokens = _TOKENS.findall(data.decode("utf-8", "surrogateescape"))
        if not tokens:
            return data
        at = self._chance.randrange(len(tokens))
        kind = self._chance.randrange(6)
        if kind == 0:
            del tokens[at]
        elif kind == 1:
            tokens.insert(self._chance.randrange(len(tokens)), tokens[at])
        elif kind == 2:
            tokens[at] = tokens[at] * self._chance.choice((2, 10, 300))
        elif kind == 3:
            word = self._chance.choice(_WORDS).decode("latin-1")
            tokens[at] = _ATTRIBUTE.sub(lambda _: f'="{word}"', tokens[at], count=1)
        elif kind == 4:
            tokens[at] = self._chance.choice(_WORDS).decode("latin-1")
        else:
            end = min(len(tokens), at + self._chance.randint(1, 30))
            to = self._chance.randrange(len(tokens))
            tokens[to:to] = tokens[at:end]
        return "".join(tokens).encode("utf-8", "surrogateescape")

    def _value(self, data: bytes) -> bytes:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return self._word(data)
        places = _places(value)
        if not places:
            return self._word(data)
        holder, key = self._chance.choice(places)
        kind = self._chance.randrange(5)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            holder[key] = [holder[key]] * self._chance.choice((1, 2, 40))
        elif kind == 2 and isinstance(holder[key], str):
            word = self._chance.choice(_WORDS).decode("latin-1")
            at = self._chance.randint(0, len(holder[key]))
            holder[key] = holder[key][:at] + word + holder[key][at:]
        elif kind == 3:
            other, name = self._chance.choice(places)
            holder[key] = json.loads(json.dumps(other[name])) if name in _keys(other) else None
        else:
            holder[key] = self._chance.choice(_VALUES)
        return json.dumps(value, ensure_ascii=self._chance.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )

    def _lines(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        at = self._chance.randrange(len(lines))
        kind = self._chance.randrange(4)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines[at:at] = [lines[at]] * self._chance.choice((1, 3, 200))
        elif kind == 2:
            lines[at] = self._chance.choice(_WORDS)
        else:
            lines.insert(self._chance.randrange(len(lines)), lines.pop(at))
        return b"\n".join(lines)


def _keys(holder: dict | list) -> list:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))


def _places(value: object) -> list[tuple[dict | list, str | int]]:
    """Every place of a JSON value in which something stands."""
    found: list[tuple[dict | list, str | int]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict | list):
            for key in _keys(holder):
                found.append((holder, key))
                waiting.append(holder[key])
    return found
