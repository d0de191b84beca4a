"""One part of a sound document, again and again: every element, every value, every line.

A reader whose work for a part grows with the number of its neighbours shows it here.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from tests.fuzz.bombs import SCALE

Flood = tuple[str, bytes]
"""what is there again and again, and the document"""

_LENGTH = 800_000 // SCALE
"""of what is put in, in octets"""
_MOST = 24_000 // SCALE
"""times: just below the limit of elements in one item"""
_LINES = 40
_PLACE = "@@PLACE@@"
_DECLARED = re.compile(rb' xmlns(?::\w+)?="[^"]*"')
_NAMESPACE = re.compile(r"\{[^}]*\}|\[\d+\]")
_OCTETS = ("anpa-1312", "iptc-7901", "mail", "page-text", "schema-org")


def floods(name: str, documents: list[bytes]) -> Iterator[Flood]:
    """Each part of the documents once, by its path; in the plain test run one in ten."""
    seen: set[str] = set()
    every = (each for document in documents for each in _of(name, document, seen))
    return islice(every, 0, None, 1 if SCALE == 1 else 10)


def _of(name: str, document: bytes, seen: set[str]) -> Iterator[Flood]:
    if name in _OCTETS:
        return _lines(document, seen)
    if document.lstrip()[:1] in (b"{", b"["):
        return _values(document, seen)
    return _elements(document, seen)


def _times(part: bytes) -> int:
    return max(2, min(_MOST, _LENGTH // max(1, len(part))))


def _elements(document: bytes, seen: set[str]) -> Iterator[Flood]:
    """Each element, whole and empty, after itself."""
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    tree = root.getroottree()
    for element in root.iterdescendants(etree.Element):
        path = _NAMESPACE.sub("", tree.getelementpath(element))
        if path in seen:
            continue
        seen.add(path)
        tail, element.tail = element.tail, None
        whole = _DECLARED.sub(b"", etree.tostring(element, encoding="utf-8"))
        element.tail = _PLACE
        around = etree.tostring(root, encoding="utf-8", xml_declaration=True)
        element.tail = tail
        name = re.split(rb"[\s/>]", whole[1:], maxsplit=1)[0]
        for what, part in (("whole", whole), ("empty", b"<" + name + b"/>")):
            yield f"{what} {path}", around.replace(_PLACE.encode(), part * _times(part))


def _values(document: bytes, seen: set[str]) -> Iterator[Flood]:
    """Each value as a list of many, each text many times over, each object under many keys."""
    value = json.loads(document)
    for holder, key, path in list(_places(value, "")):
        if path in seen:
            continue
        seen.add(path)
        sent = holder[key]
        part = sent[0] if isinstance(sent, list) and sent else sent
        times = _times(json.dumps(part).encode())
        changes: list[tuple[str, object]] = [("list", [part] * times)]
        if isinstance(sent, str):
            changes.append(("text", (sent + " ") * times))
        if isinstance(sent, dict):
            changes.append(("keys", {f"k{n}": part for n in range(times)}))
        for what, changed in changes:
            holder[key] = changed
            yield f"{what} {path}", json.dumps(value).encode()
        holder[key] = sent


def _places(value: Any, path: str) -> Iterator[tuple[Any, Any, str]]:
    keys = list(value) if isinstance(value, dict) else range(min(1, len(value)))
    for key in keys:
        here = f"{path}/{key}"
        yield value, key, here
        if isinstance(value[key], dict | list):
            yield from _places(value[key], here)


def _lines(document: bytes, seen: set[str]) -> Iterator[Flood]:
    """Each of the first lines, many times and as one long line."""
    lines = document.split(b"\n")
    for at, line in enumerate(lines[:_LINES]):
        path = ascii(line[:30])
        if path in seen:
            continue
        seen.add(path)
        times = _times(line + b"\n")
        yield f"line {path}", b"\n".join(lines[:at] + [line] * times + lines[at + 1 :])
        long = (line.rstrip(b"\r") + b" ") * times
        yield f"long line {path}", b"\n".join([*lines[:at], long, *lines[at + 1 :]])
