"""Files of words, read and checked: ours, and those that a house adds or words its own way.

A sentence that lacks a word is found when the desk starts, never when a story waits for it:
every key of English is there, every placeholder is one the press fills in, and every plural of
the language has its form.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from hashlib import sha256
from string import Formatter
from typing import Any

import msgspec
from babel import Locale
from babel import UnknownLocaleError

from copytaster.press._words import FALLBACK
from copytaster.press._words import Vocabulary
from copytaster.press._words import Words
from copytaster.press._words import shipped_files
from copytaster.section import NAMES

_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_NEEDED = {"disclosure": {"agency"}, "reviewed": {"agency"}}
"""a page that does not say whose words it shows breaks its first promise"""


class WordsError(ValueError):
    """Files of words that cannot be used; a line for each fault."""


def vocabulary(files: Mapping[str, bytes]) -> Vocabulary:
    """The languages that ship, and those of ``files``: name (``pl.toml``) → TOML.

    A file in a language that ships need only have the keys that it words its own way; a file in
    a new one has all of English's. Raises WordsError.
    """
    ours = {language: _table(content) for language, content in shipped_files().items()}
    told, faults = dict(ours), []
    for name, content in sorted(files.items()):
        language = name.removesuffix(".toml")
        try:
            given = _table(content)
        except ValueError as error:
            faults.append(f"{name}: {error}")
            continue
        told[language] = _merged(ours.get(language, {}), given)
        faults.extend(f"{name}: {fault}" for fault in _faults(language, told[language]))
    if faults:
        raise WordsError("\n".join(faults))
    languages = {language: msgspec.convert(said, Words) for language, said in told.items()}
    content = b"\0".join(name.encode() + b"\0" + files[name] for name in sorted(files))
    return Vocabulary(languages, digest=sha256(content).hexdigest()[:12] if files else "")


def _table(content: bytes) -> dict[str, Any]:
    table: dict[str, Any] = msgspec.toml.decode(content)
    return table


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(under)
    for key, value in over.items():
        below = both.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            both[key] = _merged(below, value)
        else:
            both[key] = value
    return both


def _faults(language: str, said: Mapping[str, Any]) -> Iterator[str]:
    try:
        plurals = Locale.parse(language).plural_form.tags | {"other"}
    except (UnknownLocaleError, ValueError):
        yield f"{language!r} is no language of CLDR; name the file after its code, e.g. pl.toml"
        return
    english = _table(shipped_files()[FALLBACK])
    pattern = {**english, "section_names": NAMES if language != FALLBACK else {}}
    yield from _compared(said, pattern, "", plurals)


def _compared(
    said: Mapping[str, Any], pattern: Mapping[str, Any], above: str, plurals: frozenset[str]
) -> Iterator[str]:
    if "other" in pattern and _CATEGORIES.issuperset(pattern):
        pattern = dict.fromkeys(plurals, pattern["other"])
    for key in dict.fromkeys((*pattern, *said)):
        path, given = f"{above}{key}", said.get(key)
        if key not in pattern:
            yield f"{path} is no key of en.toml; take it out"
        elif isinstance(pattern[key], Mapping) and isinstance(given, Mapping | None):
            yield from _compared(given or {}, pattern[key], f"{path}.", plurals)
        elif given is None:
            yield f"{path} is missing; say it in this language"
        else:
            yield from _unlike(path, given, pattern[key])


def _unlike(path: str, said: object, pattern: object) -> Iterator[str]:
    """What is wrong with one value, beside English's."""
    if isinstance(pattern, list):
        if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
            yield f"{path} is no list of words"
        return
    if not isinstance(said, str) or not isinstance(pattern, str):
        yield f"{path} must be {'a table' if isinstance(pattern, Mapping) else 'text'}"
        return
    try:
        filled = _placeholders(said)
    except ValueError as error:
        yield f"{path}: {error}; write a brace twice to show it"
        return
    for name in sorted(filled - _placeholders(pattern)):
        yield f"{path}: nothing fills in {{{name}}}; English has {pattern!r}"
    for name in sorted(_NEEDED.get(path, set()) - filled):
        yield f"{path}: {{{name}}} must be in it"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
