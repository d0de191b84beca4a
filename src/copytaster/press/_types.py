"""What the press is given, and what it hands on."""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from copytaster.agency import Feeds
from copytaster.agency import Indexing
from copytaster.agency import Profile
from copytaster.item import Item
from copytaster.language import Source
from copytaster.press._theme import BARE
from copytaster.press._theme import Theme
from copytaster.press._words import Tongue
from copytaster.press._words import Vocabulary
from copytaster.press._words import tongue
from copytaster.shelf import Named
from copytaster.text import Stretch


class App(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The site's own app; the link is left out when there is none (publishing §4)."""

    name: str
    url: str
    """prefix of universal links, e.g. ``https://open.example.org/s/``; the story id is appended"""
    ios_id: str | None = None
    """App Store id, digits"""
    ios_team: str | None = None
    """Apple's full app id: team id, a dot, bundle id"""
    android_package: str | None = None
    android_fingerprints: tuple[str, ...] = ()


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for readers' reports, and what is promised of them (publishing §6, India)."""

    name: str
    address: str
    email: str
    phone: str | None = None
    acknowledge_hours: int
    decide_days: int


class Reporting(msgspec.Struct, frozen=True, kw_only=True):
    """The readers' way to say that something is wrong: ``/report``."""

    contact: str | None = None
    """another way to say it"""
    keep_days: int
    """then words and sender are destroyed"""
    officer: Officer | None = None
    """None: nothing is promised"""


class Uses(msgspec.Struct, frozen=True, kw_only=True):
    """Uses by machines that are allowed."""

    search: bool = True
    ai_input: bool = False
    train_ai: bool = False
    tdm: bool = False


class Icon(msgspec.Struct, frozen=True, kw_only=True):
    """The house's own icon."""

    media_type: str
    data: bytes
    size: int | None = None
    """pixels of one side; None for a drawing, which has none"""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The house, as readers see it."""

    name: str
    url: str
    """public base without a trailing slash"""
    language: str = "en"
    zone: str | None = None
    """IANA zone that readers see times in; None: each agency's own"""
    tagline: str | None = None
    imprint: str | None = None
    contact: str | None = None
    app: App | None = None
    live: bool = True
    """whether open fronts are told of what changes, by script"""
    theme: Theme = BARE
    vocabulary: Vocabulary | None = None
    """the languages of its own words; None: those that ship"""
    reporting: Reporting | None = None
    """None: readers are not asked what is wrong"""
    short_name: str | None = None
    security_contact: str | None = None
    """a mailbox or a web address"""
    icon: Icon | None = None
    """None: the one that ships"""
    pages: frozenset[str] = frozenset()
    """the names of the house's own pages that are filled in: about, contact, imprint …"""
    uses: Uses = Uses()
    tdm_policy: str | None = None
    content_signal: bool = False
    refused: tuple[str, ...] = ()
    """crawlers sent away by name"""
    trust: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """lines of trust.txt: a key, and addresses"""
    log: bool = False
    """whether stories are in a public log, and their pages name the proof"""

    def tongue(self, *candidates: str | None) -> Tongue:
        """The first candidate that is a usable tag, with this site's words for it."""
        return tongue(*candidates, among=self.vocabulary)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a story's public history as the page tells it."""

    kind: str
    """published, updated, held, released, killed, expired, withdrawn"""
    at: datetime
    edition: int | None = None
    reason: str | None = None
    note: str | None = None


class PictureFile(msgspec.Struct, frozen=True, kw_only=True):
    """One of the files in which a picture can be had."""

    path: str
    """its address on the site: ``/media/…``"""
    media_type: str
    width: int
    height: int
    size: int
    """bytes"""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture beside a story, fetched and allowed; its words verbatim."""

    id: str
    """the agency's own id of it"""
    path: str
    """its address on the site: ``/media/…``"""
    media_type: str
    width: int
    height: int
    size: int
    """bytes"""
    caption: str | None = None
    alt: str | None = None
    """the agency's text for those who cannot see it"""
    byline: str | None = None
    credit: str | None = None
    rights: str | None = None
    licence: str | None = None
    """where the agency says under which terms it may be used"""
    renditions: tuple[PictureFile, ...] = ()
    """smaller files of it, the narrowest first"""


def withdrawn(changes: Iterable[Change]) -> frozenset[int]:
    """The editions that were taken back while their story stays."""
    gone = (change.edition for change in changes if change.kind == "withdrawn")
    return frozenset(number for number in gone if number is not None)


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Something that somebody says in a text, and who, as far as the text tells."""

    speaker: str | None
    spans: tuple[tuple[int, int], ...]
    """where in the canonical text, in code points; several where a cue breaks it"""


class Extent(StrEnum):
    """What another version of a text has of it."""

    same = "same"
    shorter = "shorter"
    longer = "longer"
    other = "other"
    """each has something of its own"""


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """Another live story whose text is a version of this one's. Its page says no word of it: only
    whose it is, and of when, so that nothing of it has to be taken back here."""

    story: str
    agency: Profile
    published: datetime
    """agency's time, as its own page shows it"""
    first_public: datetime
    extent: Extent


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the press needs to make one edition of one story."""

    story: str
    edition: int
    """the edition being made"""
    newest: int
    """the story's newest edition; an older page says it is older"""
    item: Item
    agency: Profile
    published: datetime
    """agency's time of the first version, with its offset; ours only where it gave none"""
    updated: datetime | None
    """agency's time of this version when it is later than ``published``"""
    first_public: datetime
    face_changed: datetime
    changes: tuple[Change, ...] = ()
    """oldest first"""
    sections: tuple[str, ...] = ()
    topics: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    media_topics: tuple[str, ...] = ()
    """numbers of Media Topics that the agency's codes mean exactly, and it does not name itself"""
    expires: datetime | None = None
    """when it must come down: the end of the licence, or the agency's own"""
    indexing: Indexing = Indexing.news_noindex
    """what its rights allow search engines"""
    feeds: Feeds = Feeds.full
    """how much of it feeds may carry"""
    pictures: tuple[Picture, ...] = ()
    """beside the newest edition, in the agency's order"""
    statements: tuple[Statement, ...] = ()
    """who says what in it, noted beside the text, in the order of the text"""
    reviewed: datetime | None = None
    """when an editor of the house read this edition; None: nobody has"""
    beside: tuple[Beside, ...] = ()
    """its twins, beside the newest edition, in the order in which readers first saw them"""
    parts: tuple[Item, ...] = ()
    """the messages that the item is put together from, in order; none where it is one"""


class NoticeKind(StrEnum):
    hold = "hold"
    gone = "gone"
    expired = "expired"
    legal = "legal"
    version = "version"
    """one edition is gone, and its story stays"""


class NoticeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a notice may say: never the headline, never the claim."""

    story: str
    kind: NoticeKind
    agency: Profile
    cause: str
    """agency, desk, rights or legal: who brought it about"""
    since: datetime
    """when the public face changed to this"""
    first_public: datetime | None = None
    last_live: datetime | None = None
    reason: str | None = None
    """a reason word or the agency's reader-ready sentence"""
    substitute: str | None = None
    """id of the story that replaces it"""
    link: str | None = None
    """the agency's own address, for an expired licence only"""
    language: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An edition as fronts and feeds show it; kept by the store as opaque bytes."""

    story: str
    edition: int
    headline: str
    teaser: str | None
    byline: str
    agency: str
    agency_name: str
    language: str
    dateline: str | None
    published: datetime
    updated: datetime | None
    first_public: datetime
    zone: str | None
    sections: tuple[str, ...]
    body_html: str
    credit: str | None
    rights: str | None
    urgency: int | None = None
    """the agency's, 1 the most urgent"""
    corrected: bool = False
    correction: str | None = None
    """the agency's newest correction note, verbatim"""
    indexing: str = "news-noindex"
    feeds: str = "full"
    language_source: Source | None = None
    """who says which language it is in; None: an entry of before that was kept"""
    topics: tuple[Named, ...] = ()
    """(code, the agency's name of it): ``/topic/<code>`` lists the story"""
    places: tuple[Named, ...] = ()
    reviewed: datetime | None = None
    """when an editor of the house read this edition; None: nobody has"""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition changed of the one before it."""

    parts: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    """headline, byline or text, where it differs, and how"""
    rewritten: bool = False
    """too much changed to tell, or one of the two is not kept"""


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """What may be quoted of a corrected story, because it is live."""

    headline: str
    """of its newest edition"""
    language: str | None = None
    note: str | None = None
    """the agency's reader-ready note, verbatim"""
    changes: Changes | None
    """None: the licence does not allow them here"""


class CorrectionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One edition that changed, corrected or refiled the one before it."""

    story: str
    edition: int
    what: str
    """updated, correction or refile; withdrawn: an edition was taken back, and the story stays"""
    at: datetime
    agency: Profile
    quoted: Quoted | None = None
    """None: the story is not live now, and nothing of it is said"""
    gone: frozenset[int] = frozenset()
    """its editions that were withdrawn"""
    is_houses: bool = False
    """the house took that edition, or the one before it, back, and not its agency"""


class FeedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One story in a feed: its entry, or the notice that stands in its place; in the feed of
    corrections, one correction."""

    story: Entry | NoticeFacts | CorrectionFacts
    face_changed: datetime
    """when what the public sees of it last changed"""
    pictures: tuple[Picture, ...] = ()


class CorrectionLine(FeedLine, frozen=True, kw_only=True):
    """One line of the corrections page: a correction, or the withdrawal that stands."""

    story: CorrectionFacts | NoticeFacts


class Pressed(msgspec.Struct, frozen=True, kw_only=True):
    """A finished edition."""

    files: Mapping[str, bytes]
    """``page`` (HTML), ``text`` (canonical text), ``json`` (ninjs 3.1)"""
    entry: Entry
    faults: tuple[str, ...] = ()
    """what the gate found on the finished bytes; anything here means: do not publish"""


class NoticeFiles(msgspec.Struct, frozen=True, kw_only=True):
    files: Mapping[str, bytes]
    """``page``, ``text``, ``json``"""
