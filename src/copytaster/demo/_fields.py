"""Which fields a scripted agency can say in which format, and what an expectation may ask.

A field that a format has no place for is refused when the script is read, so that a script
never says something that does not arrive.
"""

from copytaster.demo.script import WireFormat

_WORDS = frozenset({"guid", "headline", "by", "text", "html", "lang"})
_FEED = _WORDS | {"summary", "section", "link", "published", "updated", "credit"}
_NUMBERED = _WORDS | {
    "version",
    "status",
    "embargo",
    "published",
    "updated",
    "section",
    "slug",
    "urgency",
    "note",
    "credit",
    "rights",
    "like",
}

_PICTURE = frozenset({"picture", "caption", "alt", "picture-credit"})

CAN_SAY: dict[WireFormat, frozenset[str]] = {
    WireFormat.rss: _FEED | {"like", "rights"} | (_PICTURE - {"alt"}),
    WireFormat.atom: _FEED | {"like", "rights"},
    WireFormat.tombstone: frozenset({"guid", "when", "note"}),
    WireFormat.ninjs: _NUMBERED
    | {"summary", "signal", "kind", "topic", "place"}
    | _PICTURE
    | {"picture-status", "picture-embargo", "picture-terms", "kill-picture"},
    WireFormat.newsml_g2: _NUMBERED | {"summary", "dateline", "correction", "signal"},
    WireFormat.nitf: _NUMBERED | {"summary", "dateline", "correction", "kind", "kills"},
    WireFormat.file: frozenset({"guid"}),
}

REPEATED = frozenset({"text", "html", "section", "topic", "place"})
"""fields of which an entry may have several; they are written in order"""

SEVERAL = frozenset({WireFormat.rss, WireFormat.atom, WireFormat.newsml_g2, WireFormat.file})
"""formats in which one delivery may hold several stories (``also``)"""

TIMES = frozenset({"published", "updated", "embargo", "when", "picture-embargo"})
"""fields whose value may be a script time: ``@09:10:00`` or ``@+0:45``"""

SEE_FACTS = frozenset(
    {
        "headline",
        "by",
        "has",
        "lacks",
        "shows",
        "teaser",
        "published",
        "updated",
        "note",
        "label",
        "lang",
        "app",
        "picture",
    }
)
"""what ``see`` may ask of a page, apart from its face and the edition's number"""

SECTIONS = {
    "culture": ("01000000", "arts, culture, entertainment and media"),
    "crime": ("02000000", "crime, law and justice"),
    "disaster": ("03000000", "disaster, accident and emergency incident"),
    "economy": ("04000000", "economy, business and finance"),
    "education": ("05000000", "education"),
    "environment": ("06000000", "environment"),
    "health": ("07000000", "health"),
    "people": ("08000000", "human interest"),
    "labour": ("09000000", "labour"),
    "lifestyle": ("10000000", "lifestyle and leisure"),
    "politics": ("11000000", "politics and government"),
    "religion": ("12000000", "religion"),
    "science": ("13000000", "science and technology"),
    "society": ("14000000", "society"),
    "sport": ("15000000", "sport"),
    "conflict": ("16000000", "conflict, war and peace"),
    "weather": ("17000000", "weather"),
}
"""words a script uses for the top level of IPTC Media Topics: code and name"""
