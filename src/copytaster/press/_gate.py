"""The word-for-word gate: what the finished bytes say, against what the agency said (law 1).

It reads the page the way a browser does, after everything else is done to it, and knows
nothing of how the page was made.
"""

import re
from collections.abc import Sequence

from copytaster.text import read_back

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_UNFIT_LINE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def unfit(headline: str, byline: str, text: str) -> tuple[str, ...]:
    """Words that cannot be published unchanged: a headline or byline with a character that
    XML 1.0 §2.2 or an HTML parser would not carry, a body with U+0000 or half a surrogate."""
    faults = []
    for name, words, pattern in (
        ("headline", headline, _UNFIT_LINE),
        ("byline", byline, _UNFIT_LINE),
        ("body", text, _UNFIT),
    ):
        found = pattern.search(words)
        if found:
            faults.append(f"{name}: U+{ord(found[0]):04X} cannot be published unchanged")
    if not headline.strip():
        faults.append("headline: the agency sent none")
    return tuple(faults)


def faults(page: bytes, headline: str, byline: str, text: str) -> tuple[str, ...]:
    """Every way in which ``page`` does not say exactly these words; empty when it does."""
    seen = read_back(page)
    compared = (
        _fault("headline", seen.headline, headline),
        _fault("byline", seen.byline, byline),
        _fault("body", seen.text, text),
    )
    return tuple(fault for fault in compared if fault is not None)


def not_joined(text: str, parts: Sequence[str]) -> tuple[str, ...]:
    """Whether a text that came in pieces is each of them, whole and in order, a blank line
    between, and nothing else; ``parts`` are their own canonical texts, none where it is one."""
    if not parts:
        return ()
    fault = _fault("joined text", text, "\n".join(parts))
    return () if fault is None else (fault,)


def _fault(name: str, seen: str | None, meant: str) -> str | None:
    if seen == meant:
        return None
    if seen is None:
        return f"{name}: the page does not have exactly one"
    at = next(
        (i for i, (a, b) in enumerate(zip(seen, meant, strict=False)) if a != b),
        min(len(seen), len(meant)),
    )
    return f"{name}: differs at character {at}: page has {_at(seen, at)}, copy {_at(meant, at)}"


def _at(text: str, place: int) -> str:
    return f"U+{ord(text[place]):04X}" if place < len(text) else "its end"
