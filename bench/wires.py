"""The same story in every format, in words of our own: for the bench of formats and the fuzz.

Each writer writes what the readers' reference pages say is read, with the furniture that real
messages have (subjects, rights, ids), and no more. The n-th story of a seed is always the same.
"""

import json
import random
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import quoteattr

import msgspec

from bench import stories

_START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
_RIGHTS = "Copyright 2026 Bench. For subscribers only."


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What all writers write."""

    number: int
    made: datetime
    headline: str
    paragraphs: tuple[str, ...]
    by: str = "A. Writer"
    place: str = "HARBOUR TOWN"

    @property
    def guid(self) -> str:
        return f"urn:newsml:bench.example:20261120:{self.number}"

    @property
    def html(self) -> str:
        """The paragraphs as HTML, with a link, a mark and characters that need escaping."""
        first, *rest = (escape(paragraph) for paragraph in self.paragraphs)
        dressed = f'<p><b>{first}</b> <a href="https://bench.example/{self.number}">More</a></p>'
        return "\n".join([dressed, *(f"<p>{paragraph}</p>" for paragraph in rest)])

    @property
    def lines(self) -> list[str]:
        """The paragraphs as a wire sets them: at most 65 characters a line."""
        found: list[str] = []
        for paragraph in self.paragraphs:
            line = "   "
            for word in paragraph.split():
                if len(line) + len(word) > 64:
                    found.append(line)
                    line = ""
                line = f"{line} {word}".lstrip() if line.strip() else f"{line}{word}"
            found.append(line)
        return found


def story(number: int, *, seed: int = 1, size: int = 5000) -> Story:
    """The story of that number: about ``size`` characters of text."""
    chance = random.Random(f"{seed}/{number}")
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        paragraphs.append(f"{stories.paragraph(chance)} “It’s done & signed,” said Renée Åberg.")
    return Story(
        number=number,
        made=_START + timedelta(minutes=number),
        headline=f"{stories.headline(chance)}, item {number}",
        paragraphs=tuple(paragraphs),
    )


# --- XML ------------------------------------------------------------------------------------------


def newsml_g2(told: Story) -> bytes:
    made = told.made.isoformat()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2"
 standardversion="2.35" conformance="power" guid="{told.guid}" version="1" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_39.xml"/>
<rightsInfo><copyrightHolder literal="Bench"/>
<copyrightNotice>{_RIGHTS}</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="bench"/>
<versionCreated>{made}</versionCreated><firstCreated>{made}</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><urgency>5</urgency><creator><name>{told.by}</name></creator>
<language tag="en"/><subject qcode="medtop:11000000"><name>politics</name></subject>
<subject qcode="medtop:06000000"/><slugline>HARBOUR-LOCK</slugline>
<headline>{escape(told.headline)}</headline><by>By {told.by}</by>
<dateline>{told.place}</dateline><creditline>Bench</creditline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(told.headline)}</title></head>
<body>{told.html}</body></html></inlineXML></contentSet></newsItem>
""".encode()


def newsml_1(told: Story) -> bytes:
    stamp = told.made.strftime("%Y%m%dT%H%M%S+0000")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NewsML Version="1.2"><Catalog Href="http://www.bench.example/Catalog.xml"/>
<NewsEnvelope><TransmissionId>{told.number}</TransmissionId><DateAndTime>{stamp}</DateAndTime>
<NewsService FormalName="BENCH"/><Priority FormalName="4"/></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>bench.example</ProviderId>
<DateId>20261120</DateId><NewsItemId>{told.number}</NewsItemId>
<RevisionId PreviousRevision="0" Update="N">1</RevisionId>
<PublicIdentifier>{told.guid}:1N</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>{stamp}</FirstCreated>
<ThisRevisionCreated>{stamp}</ThisRevisionCreated><Status FormalName="Usable"/>
<Urgency FormalName="4"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine xml:lang="en">{escape(told.headline)}</HeadLine>
<ByLine>By {told.by}</ByLine><DateLine>{told.place}</DateLine>
<CopyrightLine>{_RIGHTS}</CopyrightLine><SlugLine>HARBOUR-LOCK</SlugLine></NewsLines>
<DescriptiveMetadata><Language FormalName="en"/>
<SubjectCode><Subject FormalName="11000000"/></SubjectCode></DescriptiveMetadata>
<ContentItem><MediaType FormalName="Text"/><Format FormalName="NITF"/>
<DataContent><nitf><body><body.head><hedline><hl1>{escape(told.headline)}</hl1></hedline></body.head>
<body.content>{told.html}</body.content></body></nitf></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>
""".encode()


def nitf(told: Story) -> bytes:
    stamp = told.made.strftime("%Y%m%dT%H%M%SZ")
    headline = escape(told.headline)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf version="-//IPTC//DTD NITF 3.6//EN" uno="{told.guid}"><head><title>{headline}</title>
<docdata management-status="usable"><doc-id id-string="{told.guid}" regsrc="bench"/>
<urgency ed-urg="5"/><date.issue norm="{stamp}"/><date.release norm="{stamp}"/>
<doc.copyright year="2026" holder="Bench"/><key-list><keyword key="HARBOUR-LOCK"/></key-list>
</docdata></head><body><body.head><hedline><hl1>{headline}</hl1></hedline>
<byline>By {told.by}</byline><dateline><location>{told.place}</location></dateline></body.head>
<body.content>{told.html}</body.content></body></nitf>
""".encode()


def rss(*told: Story, escaped: bool = False) -> bytes:
    items = "\n".join(_rss_item(each, escaped) for each in told)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Bench wire</title>
<link>https://bench.example/</link><description>All of it</description><language>en</language>
{items}
</channel></rss>
""".encode()


def _rss_item(told: Story, escaped: bool) -> str:
    body = escape(told.html) if escaped else f"<![CDATA[{told.html}]]>"
    return f"""<item><title>{escape(told.headline)}</title>
<link>https://bench.example/{told.number}</link><guid isPermaLink="false">{told.guid}</guid>
<pubDate>{format_datetime(told.made)}</pubDate><dc:creator>{told.by}</dc:creator>
<category>Politics</category><description>{escape(told.paragraphs[0])}</description>
<content:encoded>{body}</content:encoded></item>"""


def atom(*told: Story) -> bytes:
    entries = "\n".join(map(_atom_entry, told))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Bench wire</title>
<id>urn:bench:feed</id><updated>2026-11-20T12:00:00Z</updated>
<link rel="self" href="https://bench.example/feed.atom"/>
{entries}
</feed>
""".encode()


def _atom_entry(told: Story) -> str:
    made = told.made.isoformat()
    return f"""<entry><title>{escape(told.headline)}</title><id>{told.guid}</id>
<link rel="alternate" href="https://bench.example/{told.number}"/>
<updated>{made}</updated><published>{made}</published><author><name>{told.by}</name></author>
<category term="politics"/><summary>{escape(told.paragraphs[0])}</summary>
<content type="html">{escape(told.html)}</content></entry>"""


# --- JSON -----------------------------------------------------------------------------------------


def ninjs(told: Story) -> bytes:
    made = told.made.isoformat()
    return _json(
        {
            "uri": told.guid,
            "standard": {"name": "ninjs", "version": "3.0"},
            "type": "text",
            "version": "1",
            "versionCreated": made,
            "firstCreated": made,
            "pubStatus": "usable",
            "urgency": 5,
            "language": "en",
            "headlines": [{"role": "main", "contentType": "text/plain", "value": told.headline}],
            "by": f"By {told.by}",
            "located": told.place,
            "copyrightHolder": "Bench",
            "copyrightNotice": _RIGHTS,
            "subjects": [{"name": "politics", "uri": "http://cv.iptc.org/newscodes/mediatopic/1"}],
            "bodies": [{"role": "main", "contentType": "text/html", "value": told.html}],
        }
    )


def json_feed(*told: Story) -> bytes:
    return _json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Bench wire",
            "home_page_url": "https://bench.example/",
            "feed_url": "https://bench.example/feed.json",
            "language": "en",
            "items": [
                {
                    "id": each.guid,
                    "url": f"https://bench.example/{each.number}",
                    "title": each.headline,
                    "summary": each.paragraphs[0],
                    "content_html": each.html,
                    "date_published": each.made.isoformat(),
                    "authors": [{"name": each.by}],
                    "tags": ["politics"],
                }
                for each in told
            ],
        }
    )


def ap_media(told: Story) -> bytes:
    made = told.made.strftime("%Y-%m-%dT%H:%M:%SZ")
    item = {
        "uri": f"https://bench.example/media/v/content/{told.number}",
        "altids": {"itemid": f"{told.number:032d}", "etag": f"{told.number:032d}_0a1"},
        "version": 1,
        "type": "text",
        "versioncreated": made,
        "firstcreated": made,
        "pubstatus": "usable",
        "signals": ["newscontent"],
        "headline": told.headline,
        "bylines": [{"by": f"By {told.by}"}],
        "copyrightnotice": _RIGHTS,
        "provider": "Bench",
        "body_nitf": f"<body.content>{told.html}</body.content>",
        "renditions": {"nitf": {"rel": "Story", "type": "text", "mimetype": "text/xml"}},
    }
    envelope = {"api_version": "1.1", "api_mode": "live", "id": "b", "method": "/content/feed.GET"}
    return _json(
        {**envelope, "data": {"current_item_count": 1, "items": [{"meta": {}, "item": item}]}}
    )


def digitalwires(told: Story) -> bytes:
    made = told.made.isoformat()
    return _json(
        {
            "format": "digitalwires@0.9.1",
            "type": "composite",
            "entry_id": f"bench{told.number}",
            "updated": made,
            "urn": told.guid,
            "version_created": made,
            "version": 1,
            "pubstatus": "usable",
            "signal": None,
            "embargoed": None,
            "language": "en",
            "urgency": 5,
            "kicker": "Harbour",
            "headline": told.headline,
            "teaser": told.paragraphs[0],
            "byline": f"By {told.by}",
            "dateline": f"{told.place} (bench) - ",
            "article_html": f'<section class="main">{told.html}</section>',
            "creditline": "bench",
            "copyrightnotice": _RIGHTS,
            "notepad": None,
            "ednotes": [],
            "associations": [],
            "categories": [{"type": "dnltype:keyword", "name": "Harbour", "qcode": "k:1"}],
            "genre_names": ["Report"],
        }
    )


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


# --- wire messages, mail, pages -------------------------------------------------------------------


def iptc_7901(told: Story) -> bytes:
    """A message in ASCII, as a wire that transliterates sends it."""
    body = "\r\n".join(told.lines)
    stamp = told.made.strftime("%d%H%M GMT %b %y")
    header = f"\x01bch{told.number:04d} 4 i {len(body.split())}  bench {told.number:03d}\r\n\r\n"
    return _ascii(
        f"{header}Harbour/lock/\r\n\x02{told.headline} =\r\n\r\n"
        f"Harbour Town (bench) - {body}\r\n\r\nbench aw cd\r\n\r\n\x03{stamp}\r\n\x04\r\n"
    )


def anpa_1312(told: Story) -> bytes:
    body = "\r\n".join(f"\t   {paragraph}" for paragraph in told.paragraphs)
    count = len(body.split())
    date = told.made.strftime("%m-%d")
    trailer = told.made.strftime("BN-WF-%m-%d-%y %H%MGMT")
    return _ascii(
        f"\x16\x16\x01a{told.number:04d}\x1fbench\r\n"
        f"r a\x13\x11 BC-Harbour-Lock {date} {count:04d}\r\n"
        f"\x02^BC-Harbour-Lock,{count}<\r\n^{told.headline}<\r\n^By {told.by}=\r\n^Bench=\r\n"
        f"\t   HARBOUR TOWN (Bench) _ {body.lstrip()}\r\n\x03\r\n{trailer}\r\n\x04"
    )


_PLAIN_LETTERS = str.maketrans({"“": "``", "”": "''", "’": "'", "é": "e", "Å": "A"})


def _ascii(message: str) -> bytes:
    return message.translate(_PLAIN_LETTERS).encode("ascii")


def mail(told: Story) -> bytes:
    message = EmailMessage()
    message["From"] = "Bench wire <wire@bench.example>"
    message["To"] = "desk@paper.example"
    message["Subject"] = told.headline
    message["Date"] = told.made
    message["Message-ID"] = f"<{told.number}@bench.example>"
    message.set_content("\n\n".join(told.paragraphs) + "\n")
    return message.as_bytes()


def page_text(told: Story) -> bytes:
    """A page's text as somebody copied it: headline, byline with times, words, disclosure."""
    made = told.made.isoformat()
    words = "\n\n".join(told.paragraphs)
    return (
        f"{told.headline}\n\nBy BENCH | Updated: November 20, 2026 06:00 IST{made}{made}\n\n"
        f"{told.place}, November 20 : {words}\n\n"
        "(This post has been auto-published from an agency feed without any modifications to the "
        "text and has not been reviewed by an editor.)\n"
    ).encode()


def schema_org(told: Story) -> bytes:
    made = told.made.isoformat()
    headline = escape(told.headline)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": told.guid,
        "url": f"https://bench.example/{told.number}",
        "headline": told.headline,
        "datePublished": made,
        "dateModified": made,
        "author": [{"@type": "Person", "name": told.by}],
        "publisher": {"@type": "Organization", "name": "Bench"},
        "articleBody": "\n\n".join(told.paragraphs),
    }
    script = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{headline}</title>
<meta name="description" content={quoteattr(told.paragraphs[0])}>
<script type="application/ld+json">{script}</script></head>
<body><main><article><h1>{headline}</h1>{told.html}</article></main></body></html>
""".encode()


WRITERS: Mapping[str, Callable[[Story], bytes]] = {
    "anpa-1312": anpa_1312,
    "ap-media": ap_media,
    "atom": atom,
    "digitalwires": digitalwires,
    "iptc-7901": iptc_7901,
    "json-feed": json_feed,
    "mail": mail,
    "newsml-1": newsml_1,
    "newsml-g2": newsml_g2,
    "ninjs": ninjs,
    "nitf": nitf,
    "page-text": page_text,
    "rss": rss,
    "schema-org": schema_org,
}
"""One story in each format, by the name the format is registered under."""


def feed(name: str, told: Sequence[Story]) -> bytes:
    """Many stories in one document of a feed format."""
    return {"rss": rss, "atom": atom, "json-feed": json_feed}[name](*told)
