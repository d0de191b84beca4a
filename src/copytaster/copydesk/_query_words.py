"""A query in words, for whoever reads a rule and has not learned the language."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import timedelta

from copytaster.query import Agency
from copytaster.query import Byline
from copytaster.query import Either
from copytaster.query import Every
from copytaster.query import Guid
from copytaster.query import Has
from copytaster.query import InSection
from copytaster.query import InState
from copytaster.query import Language
from copytaster.query import Newer
from copytaster.query import Not
from copytaster.query import Older
from copytaster.query import Person
from copytaster.query import Phrase
from copytaster.query import Query
from copytaster.query import Since
from copytaster.query import Slug
from copytaster.query import Source
from copytaster.query import Subject
from copytaster.query import Thing
from copytaster.query import Title
from copytaster.query import Until
from copytaster.query import Urgency

_Worded = Phrase | Title | Byline | Slug | Subject
_SHOWN = 5
"""of words that are alternatives; the rest are counted"""
_WORDS: Mapping[type, tuple[str, str, str]] = {
    Phrase: ("says", "does not say", ""),
    Title: ("says", "does not say", " in a headline"),
    Byline: ("is by", "is not by", ""),
    Slug: ("has", "does not have", " in its slug line"),
    Subject: ("is about", "is not about", ""),
}
_THINGS = {
    Thing.picture: "a picture",
    Thing.correction: "a correction",
    Thing.embargo: "an embargo",
    Thing.note: "a note to editors",
    Thing.text: "a text",
}
_UNITS = ((7 * 24 * 3600, "week"), (24 * 3600, "day"), (3600, "hour"), (60, "minute"))


def in_words(asked: Query) -> str:
    """What a version does that answers: to go on after "a version that"."""
    return _said(asked, outer=None)


def _said(asked: Query, outer: type | None, *, no: bool = False) -> str:
    if isinstance(asked, Not):
        return _said(asked.of, outer, no=not no)
    if isinstance(asked, Every | Either):
        return _joined(asked, outer, no=no)
    return _term(asked, no=no)


def _joined(asked: Every | Either, outer: type | None, *, no: bool) -> str:
    """Not all of these: one of them not; not one of these: none of them."""
    is_every = isinstance(asked, Every) is not no
    words = _alternatives(asked, no=no)
    if words is not None:
        return words
    kind = Every if is_every else Either
    parts = [_said(part, kind, no=no) for part in asked.of]
    joined = (", and " if is_every else ", or ").join(parts)
    return f"({joined})" if outer not in (None, kind) else joined


def _alternatives(asked: Every | Either, *, no: bool) -> str | None:
    """``says “a”, “b” or “c”``: terms of one kind that are alternatives."""
    parts = [part for part in asked.of if isinstance(part, _Worded)]
    if isinstance(asked, Every) or len(parts) < len(asked.of) or len(set(map(type, parts))) > 1:
        return None
    verb, verb_not, place = _WORDS[type(parts[0])]
    quoted = [_quoted(part.words) for part in parts]
    return f"{verb_not if no else verb} {_listed(quoted)}{place}"


def _listed(names: Sequence[str]) -> str:
    if len(names) > _SHOWN + 1:
        return f"{', '.join(names[:_SHOWN])} or one of {len(names) - _SHOWN} others"
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _quoted(words: str) -> str:
    return f"“{words[:-1]}…”" if words.endswith("*") else f"“{words}”"


def _term(asked: Query, *, no: bool) -> str:
    if isinstance(asked, _Worded):
        verb, verb_not, place = _WORDS[type(asked)]
        return f"{verb_not if no else verb} {_quoted(asked.words)}{place}"
    verb, verb_not, rest = _fact(asked)
    return f"{verb_not if no else verb} {rest}"


def _fact(asked: Query) -> tuple[str, str, str]:
    """A verb, the same denied, and what follows either."""
    match asked:
        case Person(name):
            return "names", "does not name", _quoted(name)
        case Agency(id):
            return "is from", "is not from", f"the agency {id}"
        case Source(id):
            return "came", "did not come", f"by the source {id}"
        case Guid(id):
            return "is", "is not", f"the agency’s {id}"
        case InState(state):
            return "is", "is not", state.value
        case InSection(code):
            return "is", "is not", f"in the section {code}"
        case Language(tag):
            return "is", "is not", f"in the language {tag}"
        case Urgency(first, last):
            span = str(first) if first == last else f"{first} to {last}"
            return "has", "does not have", f"the urgency {span}"
        case Has(thing):
            return "has", "does not have", _THINGS[thing]
    return "came", "did not come", _time(asked)


def _time(asked: Query) -> str:
    match asked:
        case Since(at):
            return f"at or after {at:%Y-%m-%d %H:%M %Z}"
        case Until(at):
            return f"before {at:%Y-%m-%d %H:%M %Z}"
        case Newer(span):
            return f"within the last {_long(span)}"
        case Older(span):
            return f"longer than {_long(span)} ago"
    raise AssertionError(f"no words for {asked!r}")


def _long(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for size, unit in (*_UNITS, (1, "second")):
        if seconds >= size and seconds % size == 0:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "moment"
