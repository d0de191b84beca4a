"""A story that came as a form: one JSON object in the body of a mail, a name to its answers.

Web forms mail what was filled in. The names are in nobody's standard, so the plain English
words of the trade are read and everything else is told as a remark; the item is always held
(``body-type-unknown``), since what an unread answer forbids nobody can know.
"""

import json

import msgspec

from copytaster import text
from copytaster.formats._words import Words
from copytaster.formats._words import field
from copytaster.formats._words import plain_words
from copytaster.item import Remark

LONGEST = 1024 * 1024
MOST_ANSWERS = 200
_READ = frozenset(
    (
        *("headline", "body", "abstract", "slugline", "byline"),
        *("dateline", "genre", "category", "priority", "place"),
    )
)


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The answers that are read, by their names in lower case, and the words of the body."""

    answers: dict[str, str]
    words: Words

    def get(self, name: str) -> str | None:
        return field(self.answers.get(name))


def form(value: str) -> Form | None:
    """The form in a body; None when the body is none."""
    answers = _answers(value)
    if answers is None or not {"headline", "body"} <= answers.keys():
        return None
    said = {name: [a for a in given if a.strip()] for name, given in answers.items()}
    several = [name for name in sorted(_READ) if len(set(said.get(name, ()))) > 1]
    others = [(n, a) for n, given in said.items() if n not in _READ for a in given]
    remarks = [Remark(code="form-answer", path=name[:60], detail=a[:200]) for name, a in others]
    remarks += [
        Remark(code="field-malformed", path=name, detail="several answers") for name in several
    ]
    words = plain_words(next(iter(said["body"]), ""))
    return Form(
        answers={name: given[0] for name, given in said.items() if name in _READ and given},
        words=msgspec.structs.replace(
            words,
            holds=(*words.holds, "body-type-unknown", *(["field-malformed"] if several else [])),
            remarks=(*words.remarks, *remarks),
        ),
    )


def _answers(value: str) -> dict[str, list[str]] | None:
    """Names in lower case to answers; None for anything but an object of strings and lists."""
    if not value.lstrip().startswith("{") or len(value) > LONGEST:
        return None
    try:
        text.decode_json(value.encode())
        # A form's answers may hold bare line ends; they are characters like any other.
        pairs = json.loads(value, strict=False, object_pairs_hook=list)
    except (ValueError, RecursionError, text.TextError):
        return None
    if not isinstance(pairs, list) or len(pairs) > MOST_ANSWERS:
        return None
    found: dict[str, list[str]] = {}
    for name, given in pairs:
        listed = given if isinstance(given, list) else [given]
        if not all(isinstance(answer, str) for answer in listed):
            return None
        found.setdefault(name.strip().lower(), []).extend(listed)
    return found
