"""Stories to send: NewsML-G2 of a given size, in words of our own, the same for the same seed."""

import random
from datetime import datetime
from html import escape

_WHO = (
    "The harbour board", "A spokesman for the mill", "The district council", "Ferry crews",
    "The school inspector", "Growers in the valley", "The tram company", "Two engineers",
    "The weather office", "A panel of doctors", "The library trust", "Market traders",
)  # fmt: skip
_DID = (
    "agreed to reopen", "asked the ministry to repair", "will inspect", "counted the cost of",
    "put off a vote on", "praised the work on", "found no fault with", "warned against closing",
    "published the accounts of", "set a date for", "took charge of", "returned to",
)  # fmt: skip
_WHAT = (
    "the northern lock", "a flood wall near the bridge", "the winter timetable", "the old quarry",
    "the night bus to the coast", "a clinic for fishermen", "the reservoir", "the grain store",
    "the tunnel under the square", "a row of almshouses", "the signal box", "the town's archive",
)  # fmt: skip
_WHEN = (
    "on Monday morning", "after a long meeting", "before the thaw", "without a dissenting voice",
    "for the second year running", "at the request of residents", "despite heavy rain",
    "in front of a full gallery", "once the tide had turned", "with a week to spare",
)  # fmt: skip
_SYLLABLES = (
    "ar", "bel", "cor", "dun", "el", "far", "gil", "hol", "in", "jor", "kel", "lin", "mor", "nes",
    "or", "pen", "quil", "ros", "sel", "tor", "ul", "ven", "wyn", "yar", "zel",
)  # fmt: skip
_SUBJECTS = ("04", "11", "15", "06", "13", "02")

_FRAME = """\
<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" \
standardversion="2.35" conformance="power" guid="{guid}" version="{version}" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_39.xml"/>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="bench"/>
<versionCreated>{made}</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><urgency>5</urgency><creator><name>A. Writer</name></creator>
<language tag="en"/><subject qcode="medtop:{subject}000000"/>
<headline>{headline}</headline><by>By A. Writer</by><dateline>HARBOUR TOWN</dateline>
<creditline>Bench</creditline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">\
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{headline}</title></head><body>
{body}
</body></html></inlineXML></contentSet></newsItem>
"""


class Writer:
    """Writes stories; the n-th of a seed is always the same but for its times."""

    def __init__(self, seed: int, *, size: int = 4096) -> None:
        self._seed = seed
        self._size = size - 1310

    def guid(self, number: int) -> str:
        return f"urn:newsml:bench.example:{self._seed}:{number}"

    def headline(self, number: int) -> str:
        chance = random.Random(self._seed * 1_000_003 + number)
        words = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}"
        return f"{words}, item {number} of lot {self._seed}"

    def story(
        self, number: int, made: datetime, *, version: int = 1, status: str = "usable"
    ) -> bytes:
        """Version ``version`` of story ``number``, dated ``made``."""
        headline = escape(self.headline(number))
        first = f"<p>{headline}, it was said in edition {version}.</p>\n"
        return _FRAME.format(
            guid=self.guid(number),
            version=version,
            made=made.isoformat(timespec="milliseconds"),
            status=status,
            subject=_SUBJECTS[number % len(_SUBJECTS)],
            headline=headline,
            body=first + self._body(number),
        ).encode()

    def _body(self, number: int) -> str:
        """Of its own for each story: copies of one text would be versions of it to the desk."""
        return _body(random.Random(self._seed * 1_000_033 + number), self._size)


def headline(chance: random.Random) -> str:
    """Something that happened, in a line."""
    return f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}"


def paragraph(chance: random.Random) -> str:
    """Two to four sentences."""
    said = [f"{headline(chance)} {chance.choice(_WHEN)}." for _ in range(chance.randint(2, 4))]
    return " ".join(said)


def _sentence(chance: random.Random) -> str:
    """With a word of its own in every run of five, as in most copy: stories that share phrases
    are compared, one with the other, and those made of the same are versions of one another."""
    said = f"{headline(chance)} at {_word(chance).capitalize()} {chance.choice(_WHEN)}".split()
    for at in range(1, len(said), 4):
        said.insert(at, _word(chance))
    return " ".join(said) + "."


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))


def _body(chance: random.Random, size: int) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        said = " ".join(_sentence(chance) for _ in range(chance.randint(2, 4)))
        paragraphs.append(f"<p>{escape(said)}</p>\n")
    return "".join(paragraphs)
