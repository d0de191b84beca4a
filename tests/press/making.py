"""Facts to press, in words of our own, and copies of every shape."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from typing import Any

from hypothesis import strategies as st

from copytaster import agency
from copytaster import text
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Line
from copytaster.item import Mark
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Run
from copytaster.press import App
from copytaster.press import Entry
from copytaster.press import Facts
from copytaster.press import NoticeFacts
from copytaster.press import NoticeKind
from copytaster.press import Picture
from copytaster.press import PictureFile
from copytaster.press import Site
from copytaster.press import edition

IST = timezone(timedelta(hours=5, minutes=30))
FIRST = datetime(2025, 12, 4, 23, 5, 3, tzinfo=IST)
LATER = datetime(2025, 12, 4, 23, 10, 5, tzinfo=IST)
STORY = "7k2m9qx4e0v8tn3c"
MEDIA_NAME = "0" * 32
ANI = agency.load("ani")
UNKNOWN = agency.load("somebody")

APP = App(name="Morning", url="https://open.example.org/s/", ios_id="42", ios_team="T.morning")
SITE = Site(
    name="The Morning Wire",
    url="https://news.example",
    language="en-IN",
    tagline="As it was sent",
    app=APP,
)

BODY = (
    "<p>The harbour stays open, the minister said on Thursday.</p>"
    '<p>"Nobody asked us to close it," he told reporters — and left.</p>'
)


def item(body: str | Copy = BODY, headline: str | None = "Harbour stays open", **more: Any) -> Item:
    """A story as an agency would have sent it."""
    said: dict[str, Any] = {
        "provider": "ani",
        "guid": "urn:example:harbour",
        "content_hash": "0",
        "pub_status": PubStatus.usable,
        "headlines": () if headline is None else (Headline(value=headline),),
        "language": "en-IN",
        "by": "ANI",
        "copy": text.from_html(body) if isinstance(body, str) else body,
        "raw_ref": RawRef(sha256="0", length=1),
        "format": FormatName(name="rss"),
    }
    return Item(**(said | more))


def facts(of: Item | None = None, **more: Any) -> Facts:
    """Facts about its first edition."""
    said: dict[str, Any] = {
        "story": STORY,
        "edition": 1,
        "newest": 1,
        "item": of or item(),
        "agency": ANI,
        "published": FIRST,
        "updated": None,
        "first_public": FIRST,
        "face_changed": FIRST,
    }
    contract = more.get("agency", ANI).contract
    said |= {"indexing": contract.indexing, "feeds": contract.feeds}
    return Facts(**(said | more))


def page(of: Item | None = None, site: Site = SITE, **more: Any) -> str:
    """The finished page, which passed the gate."""
    pressed = edition(facts(of, **more), site)
    assert pressed.faults == ()
    return pressed.files["page"].decode()


def entry(of: Item | None = None, **more: Any) -> Entry:
    return edition(facts(of, **more), SITE).entry


def notice_facts(kind: NoticeKind = NoticeKind.gone, **more: Any) -> NoticeFacts:
    said: dict[str, Any] = {
        "story": STORY,
        "kind": kind,
        "agency": ANI,
        "cause": "agency",
        "since": LATER,
        "first_public": FIRST,
        "last_live": LATER,
    }
    return NoticeFacts(**(said | more))


# --- copies of every shape ---------------------------------------------------------------------

AWKWARD = (
    "</script><script>alert(1)</script>",
    "<!-- -->",
    "-->",
    "]]>",
    "</p></div></body>",
    "&amp;",
    "&#13;",
    "“ ” ‘ ’ \" ' ` ´",
    "e\N{COMBINING ACUTE ACCENT} \N{LATIN SMALL LETTER E WITH ACUTE}",
    "\N{NO-BREAK SPACE} \N{NARROW NO-BREAK SPACE} \N{ZERO WIDTH SPACE}\N{WORD JOINER}",
    "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\x85",
    "\N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING} שלום سلام",
    "👩\N{ZERO WIDTH JOINER}🚀 𝕏 \U0010ffff",
    "two  spaces, a\ttab and\na line",
    "\r",
    "\x01\x0b\x0c\x1f\x7f\x9f\ufffe\uffff\ufeff",
    "{{ told }} {% raw %}",
)

_ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
WORDS = st.one_of(
    _ANY, st.sampled_from(AWKWARD), st.tuples(_ANY, st.sampled_from(AWKWARD)).map("".join)
)
_HREFS = st.sampled_from([None, None, "https://example.org/?a=1&b=%22", "mailto:a@example.org"])
_RUNS = st.builds(
    Run, text=WORDS, marks=st.lists(st.sampled_from(Mark), max_size=3).map(tuple), href=_HREFS
)
_CELL = st.lists(_RUNS | st.just(Run(text="\n")), max_size=4).map(tuple)


def _lines(cells: int) -> st.SearchStrategy[tuple[Line, ...]]:
    line = st.builds(
        Line,
        cells=st.lists(_CELL, min_size=1, max_size=cells).map(tuple),
        header=st.booleans() if cells > 1 else st.just(value=False),
    )
    return st.lists(line, min_size=1, max_size=4).map(tuple)


BLOCKS = st.sampled_from(BlockKind).flatmap(
    lambda kind: st.builds(
        Block, kind=st.just(kind), lines=_lines(3 if kind is BlockKind.table else 1)
    )
)
COPIES = st.builds(Copy, blocks=st.lists(BLOCKS, max_size=5).map(tuple))

LINES = st.one_of(
    st.text(
        st.characters(
            exclude_categories=["Cs"],
            exclude_characters="".join(map(chr, range(32))) + "\ufffe\uffff",
        ),
        min_size=1,
        max_size=60,
    ),
    st.sampled_from([words for words in AWKWARD if words.isprintable()]),
).filter(lambda words: bool(words.strip()))
"""what a headline or a byline may be"""


def file(width: int, kind: str = "jpeg") -> PictureFile:
    """A rendition of :func:`picture`."""
    return PictureFile(
        path=f"/media/{MEDIA_NAME}-{width}.{'jpg' if kind == 'jpeg' else kind}",
        media_type=f"image/{kind}",
        width=width,
        height=width * 2 // 3,
        size=width * 50,
    )


RENDITIONS = (
    *(file(width, kind) for width in (320, 640, 960) for kind in ("jpeg", "webp")),
    file(1200, "webp"),
)


def picture(**said: Any) -> Picture:
    given = {
        "id": "urn:example:quay",
        "path": f"/media/{MEDIA_NAME}.jpg",
        "media_type": "image/jpeg",
        "width": 1200,
        "height": 800,
        "size": 90_000,
    }
    return Picture(**(given | said))
