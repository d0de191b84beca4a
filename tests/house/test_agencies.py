"""What is known of an agency is data in its profile: no agency's name is in code.

Comments and docstrings may name the source of a rule, and a format may bear the name of who
made it; what a program does must not depend on a name.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster import agency

# The demonstration plays invented agencies and one real page; the words of pages name none.
_ROOMS = ("formats", "text", "verdict", "press", "wire", "channels", "store", "web", "newsroom")


# Formats that bear their maker's name.
_FORMATS = re.compile(r"AP Media API|ap-media|_?ap_\w+|digitalwires")


def _names() -> re.Pattern[str]:
    """Every shipped agency as a word of its own: two letters only as it writes itself."""
    words = set()
    for profile in agency.known().values():
        if profile.id != "default":
            spellings = {profile.name, profile.id, profile.id.replace("-", "_"), profile.id.upper()}
            words |= {word for word in spellings if len(word) > 2 or word.isupper()}
    either = "|".join(map(re.escape, sorted(words)))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])")


def _code(source: str) -> Iterator[tuple[int, str]]:
    """Names and strings that are no docstrings, by line."""
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        statement = before in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NL)
        if token.type == tokenize.NAME or (token.type == tokenize.STRING and not statement):
            yield token.start[0], token.string
        if token.type != tokenize.COMMENT:
            before = token.type


@pytest.mark.parametrize("room", _ROOMS)
def test_no_agency_is_named_in_code(room: str, project: Path) -> None:
    names = _names()
    found = [
        f"{path.name}:{line}: {word[:60]}"
        for path in sorted((project / "src/copytaster" / room).rglob("*.py"))
        for line, word in _code(path.read_text("utf-8"))
        if names.search(_FORMATS.sub("", word))
    ]
    assert found == []
