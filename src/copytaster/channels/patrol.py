"""What a public address must show, and how far what it shows is from that. Pure.

For a live story: exactly the agency's words, in every form; for one that was withdrawn: its
notice, and none of its words; for a list: live stories, and in feeds the notices of others.
"""

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from copytaster import shelf
from copytaster.channels.proof import Marks
from copytaster.channels.proof import Surface
from copytaster.channels.proof import stain
from copytaster.finding import Fault
from copytaster.finding import Severity
from copytaster.text import read_back

_OK = 200
_NAMED = re.compile(rb"/s/([0-9a-hjkmnp-tv-z]{16})(?![0-9a-z])")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition says."""

    headline: str
    byline: str
    texts: frozenset[str]
    """SHA-256 of its canonical text; two where the written transformation has changed since"""


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What one address of a story must answer."""

    address: str
    form: str
    """page, text or json"""
    status: int
    words: Words | None = None
    """of a live edition: it says exactly these"""
    digests: frozenset[str] = frozenset()
    """SHA-256 of the bytes as pressed, any of these; empty: bytes are not compared"""
    marks: Marks | None = None
    """of a story that is not live: none of these is seen"""
    headers: tuple[tuple[str, str], ...] = ()
    """(name in lower case, what its value must hold)"""


class ExpectedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What the address of one file of a picture must answer."""

    address: str
    status: int
    sha256: str | None = None
    """of its bytes, where readers may see it"""


def compare_file(expected: ExpectedFile, status: int, body: bytes) -> tuple[Fault, ...]:
    """What is wrong with this answer. A picture that was taken back and is answered at all is
    taken for seen: nobody can tell by its bytes, which a cache may have made smaller."""
    if status != expected.status:
        told = f"answered {status}, expected {expected.status}"
        if status == _OK:
            told = "shows a picture that is not published any more"
            return (_fault("picture-visible", Severity.critical, told),)
        return (_fault("wrong-status", Severity.major, told),)
    if expected.sha256 is not None and digest(body) != expected.sha256:
        return (_fault("bytes-differ", Severity.minor, "other bytes than are kept"),)
    return ()


def compare(
    expected: Expected, status: int, headers: Mapping[str, str], body: bytes
) -> tuple[Fault, ...]:
    """What is wrong with this answer; the gravest alone where the others follow from it."""
    if expected.marks is not None and _shows(expected.marks, body):
        return (_fault("words-visible", Severity.critical, "shows the words of a withdrawn story"),)
    if status != expected.status:
        told = f"answered {status}, expected {expected.status}"
        return (_fault("wrong-status", Severity.major, told),)
    if expected.words is not None:
        differing = differs(expected.form, body, expected.words)
        if differing is not None:
            return (_fault("words-differ", Severity.critical, differing),)
    return (*_of_bytes(expected, body), *_of_headers(expected, headers))


def _fault(code: str, severity: Severity, detail: str) -> Fault:
    return Fault(code=code, severity=severity, detail=detail)


def _shows(marks: Marks, body: bytes) -> bool:
    return any(word in body for word in marks.words)


def _of_bytes(expected: Expected, body: bytes) -> Iterator[Fault]:
    if expected.digests and digest(body) not in expected.digests:
        told = "the words are right, other bytes than were pressed"
        yield _fault("bytes-differ", Severity.minor, told)


def _of_headers(expected: Expected, headers: Mapping[str, str]) -> Iterator[Fault]:
    wrong = [
        f"{name} is {headers.get(name, 'missing')!r}, without {wanted!r}"
        for name, wanted in expected.headers
        if wanted not in headers.get(name, "")
    ]
    if wrong:
        yield _fault("header", Severity.minor, "; ".join(wrong))


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal, as the store keeps it of every file."""
    return sha256(data).hexdigest()


# --- the words of a live edition -----------------------------------------------------------------


def differs(form: str, body: bytes, words: Words) -> str | None:
    """In what these bytes do not say the words; None when they say them exactly."""
    return _READERS[form](body, words)


def _page_differs(body: bytes, words: Words) -> str | None:
    seen = read_back(body)
    if seen.headline != words.headline:
        return "page: another headline"
    if seen.byline != words.byline:
        return "page: another byline"
    return None if digest(seen.text.encode()) in words.texts else "page: another text"


def _text_differs(body: bytes, words: Words) -> str | None:
    return None if digest(body) in words.texts else "text form: another text"


class _Value(msgspec.Struct, frozen=True):
    value: str
    role: str | None = None


class _Ninjs(msgspec.Struct, frozen=True):
    headlines: tuple[_Value, ...] = ()
    bodies: tuple[_Value, ...] = ()
    by: str | None = None


def _json_differs(body: bytes, words: Words) -> str | None:
    try:
        seen = msgspec.json.decode(body, type=_Ninjs)
    except msgspec.DecodeError:
        return "JSON form: no ninjs"
    if [one.value for one in seen.headlines] != [words.headline]:
        return "JSON form: another headline"
    if seen.by != words.byline:
        return "JSON form: another byline"
    texts = {digest(one.value.encode()) for one in seen.bodies if one.role == "main"}
    return None if texts and texts <= words.texts else "JSON form: another text"


_READERS: Mapping[str, Callable[[bytes, Words], str | None]] = {
    "page": _page_differs,
    "text": _text_differs,
    "json": _json_differs,
}


# --- lists ---------------------------------------------------------------------------------------


class ListPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One list and whose it is."""

    surface: Surface
    shelf: str | None = None
    agency: str | None = None
    sought: str | None = None
    """of readers' search: the story whose words are looked for"""


def lists(
    shelves: Iterable[str], agencies: Iterable[str], parts: Iterable[int]
) -> Iterator[ListPlace]:
    """Every list there is of these: fronts, feeds, corrections, the API's, sitemaps."""
    yield from _fronts("")
    for one in shelves:
        yield from _fronts(shelf.path(one), shelf=one)
    for agency in agencies:
        yield from _fronts(f"/agency/{agency}", agency=agency)
    for address in (CORRECTIONS, *(f"{CORRECTIONS}/feed.{kind}" for kind in _FEEDS)):
        yield ListPlace(surface=_list(address, "feed"))
    maps = ("/sitemap.xml", "/news-sitemap.xml", *(f"/sitemap/{n}.xml" for n in parts))
    for address in (API, *maps):
        yield ListPlace(surface=_list(address, "list"))


def _fronts(base: str, **whose: str) -> Iterator[ListPlace]:
    yield ListPlace(surface=_list(base or "/", "list"), **whose)
    for kind in _FEEDS:
        yield ListPlace(surface=_list(f"{base}/feed.{kind}", "feed"), **whose)


_FEEDS = ("atom", "rss", "json")
API = "/api/stories"
"""names the newest live stories, but for those that no feed may carry"""
CORRECTIONS = "/corrections"
"""names every story that was corrected or withdrawn, for good, and says no word of the latter"""


def _list(address: str, kind: str) -> Surface:
    return Surface(address=address, kind=kind, status=200)


def named(body: bytes) -> frozenset[str]:
    """Ids of the stories that a list names."""
    return frozenset(found.decode() for found in _NAMED.findall(body))


def compare_list(
    surface: Surface,
    status: int,
    body: bytes,
    *,
    withdrawn: Sequence[Marks],
    unpublished: Sequence[str],
    wanted: Sequence[str],
) -> tuple[Fault, ...]:
    """What is wrong with a list.

    ``withdrawn``: marks of the stories it names that are withdrawn; ``unpublished``: those it
    names that no list may name; ``wanted``: those it must name.
    """
    if status != surface.status:
        told = f"answered {status}, expected {surface.status}"
        return (_fault("wrong-status", Severity.major, told),)
    return (
        *_of_withdrawn(surface, body, withdrawn),
        *_of_unpublished(unpublished),
        *_of_wanted(body, wanted),
    )


def _of_withdrawn(surface: Surface, body: bytes, withdrawn: Sequence[Marks]) -> Iterator[Fault]:
    """A feed may name them; nothing may say their words, nor a front name them."""
    feed = msgspec.structs.replace(surface, kind="feed", status=None)
    showing = [one.story for one in withdrawn if stain(feed, 200, body, one) is not None]
    if showing:
        told = f"shows the words of {_some(showing)}, withdrawn"
        yield _fault("words-visible", Severity.critical, told)
    elif surface.kind == "list" and withdrawn:
        told = f"names {_some([one.story for one in withdrawn])}, withdrawn"
        yield _fault("names-withdrawn", Severity.major, told)


def _of_unpublished(unpublished: Sequence[str]) -> Iterator[Fault]:
    if unpublished:
        told = f"names {_some(unpublished)}, in no list by right"
        yield _fault("names-unpublished", Severity.major, told)


def _of_wanted(body: bytes, wanted: Sequence[str]) -> Iterator[Fault]:
    lost = [story for story in wanted if story not in named(body)]
    if lost:
        yield _fault("list-drift", Severity.minor, f"does not name {_some(lost)}")


def _some(stories: Sequence[str]) -> str:
    rest = f" and {len(stories) - 3} more" if len(stories) > 3 else ""
    return "story " + ", ".join(sorted(stories)[:3]) + rest
