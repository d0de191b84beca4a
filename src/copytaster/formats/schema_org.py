"""schema.org's NewsArticle on a web page: JSON-LD, microdata, RDFa Lite.

A page with exactly one article of its own gives an item; a front, a list or an error page is
refused with what was seen. The page's furniture is never the story: the words are those of the
element that is marked as ``articleBody``, else the plain text that the data itself carries.
Pages have no status, so the profile says what a missing one means. What is read from where:
``docs/reference/formats-schema-org.md``.
"""

import hashlib
import re
from urllib.parse import urlsplit

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _schema_fields as fields
from copytaster.formats import _status
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._schema_data import Node
from copytaster.formats._schema_data import gather
from copytaster.formats._schema_data import main_story
from copytaster.formats._schema_data import string
from copytaster.formats._schema_data import types
from copytaster.formats._schema_fields import Story
from copytaster.formats._schema_page import Page
from copytaster.formats._schema_page import marked_body
from copytaster.formats._schema_page import page
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Html
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import bad_item
from copytaster.formats._words import Words
from copytaster.formats._words import html_words
from copytaster.formats._words import plain_words
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Copy
from copytaster.item import EditorialType
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.item import Restriction
from copytaster.moment import Moment
from copytaster.moment import feed

_NAME = FormatName(name="schema-org")
_KINDS = (
    rb"(?:(?:Analysis|AskPublic|Background|Opinion|Reportage|Review)?NewsArticle|Article|Report|"
    rb"AdvertiserContentArticle|SatiricalArticle|TechArticle|ScholarlyArticle|"
    rb"(?:LiveBlog|Blog)Posting)"
)
_DATA = re.compile(
    rb"@type(?:&quot;|[\"'])\s*+:\s*+(?:\[[^\]]{0,200})?(?:&quot;|[\"'])"
    rb"(?:https?:(?:\\?/){2}(?:www\.)?schema\.org\\?/|schema:)?" + _KINDS + rb"(?:&quot;|[\"'])"
)
_MARKED = re.compile(
    rb"(?:itemtype\s*+=\s*+[\"']?[^\"'>]{0,200}schema\.org/|"
    rb"typeof\s*+=\s*+[\"']?(?:[^\"'>]{0,200}[\s:])?(?:schema:)?)" + _KINDS + rb"[\s\"'>]",
    re.IGNORECASE,
)
# A text for money, and one that is not meant: neither is news that may go out unread.
_NOT_NEWS = frozenset({"AdvertiserContentArticle", "SatiricalArticle"})
_ESCAPED = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img)\b[^<>]*>|"
    r"&(?:nbsp|amp|lt|gt|quot|#\d{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,8});",
    re.IGNORECASE,
)
_FREE = {"true": True, "false": False}


def claims(sniff: Sniff) -> bool:
    """A page that names an article's type as linked data; any other page is not ours."""
    data = sniff.data
    if b"@type" in data and _DATA.search(data):
        return True
    return (b"itemtype" in data or b"typeof" in data) and _MARKED.search(data) is not None


def read(document: Html, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """The one article of the page. Raises NotAFeed for a list, Unreadable, OverLimit."""
    try:
        found = page(document.source)
        data = gather(found.blocks, found.nodes)
    except text.OverLimit as error:
        raise OverLimit(f"schema.org: {error}") from error
    except text.TextError as error:
        raise Unreadable(f"schema.org: {error}; ask the sender for a sound copy") from error
    base = context.url or (found.canonical if "//" in (found.canonical or "") else None)
    address = text.safe_href(found.canonical, base) if found.canonical else context.url
    here = address.partition("#")[0].rstrip("/") if address else None
    nodes = main_story(data, here)
    story = Story(nodes=tuple(nodes), data=data, base=base)
    try:
        item = _Reading(document.source, found, story, address, profile, context).item(raw)
    except Exception as error:  # noqa: BLE001  a page is one item, and what fails is told of it
        return Parsed(format=_NAME, failed=(bad_item(0, address, error),))
    return Parsed(format=_NAME, items=(item,))


class _Reading:
    """One page, read."""

    def __init__(
        self,
        source: str,
        found: Page,
        story: Story,
        address: str | None,
        profile: Profile,
        context: Context,
    ) -> None:
        self.source = source
        self.page = found
        self.story = story
        self.address = address
        self.profile = profile
        self.context = context
        self.moments = Moments(profile)
        self.holds: list[str] = []
        self.remarks: list[Remark] = list(story.data.remarks)

    def item(self, raw: RawRef) -> Item:
        words, body = self._words()
        status = self._status()
        found = self._facts(raw, words.copy, body, status)
        self._judge(found)
        dates = (found.version_created, found.first_created, found.content_created)
        holds = (*status.holds, *words.holds, *self.holds, *undated(*dates))
        repairs = (*self.story.data.repairs, *self.moments.repairs, *words.repairs)
        return seal(
            msgspec.structs.replace(
                found,
                hold_reason=tuple(dict.fromkeys(holds)),
                warnings=(*words.remarks, *self.remarks),
                repairs=tuple(dict.fromkeys(repairs)),
            )
        )

    def _facts(self, raw: RawRef, copy: Copy, body: Body | None, status: _status.Status) -> Item:
        story = self.story
        corrected, correction = fields.correction(story)
        guid = self._guid()
        published, created = self._moment("datePublished"), self._moment("dateCreated")
        restrictions = self._restrictions()
        bylines = fields.bylines(story)
        return Item(
            provider=self.profile.id,
            guid=guid,
            alt_ids=fields.alt_ids(story, guid),
            link=self._link(),
            version=story.string("version"),
            version_number=_status.number(story.string("version")),
            version_created=self._moment("dateModified") or published,
            first_created=published or created,
            content_created=created,
            content_hash="",
            pub_status=status.pub_status,
            status_raw=story.string("creativeWorkStatus"),
            expires=self._expires(),
            editorial_types=(EditorialType.correction,) if corrected else (),
            correction_text=correction,
            headlines=fields.headlines(story),
            keywords=fields.keywords(story),
            by=", ".join(byline.name for byline in bylines) or None,
            bylines=bylines,
            dateline=story.string("dateline"),
            located=story.string("locationCreated", "contentLocation"),
            language=self._language(),
            descriptions=fields.descriptions(story),
            digital_source_type=story.string("digitalSourceType"),
            bodies=(body,) if body else (),
            body_kind=self._body_kind(body, restrictions),
            copy=copy,
            subjects=fields.concepts(story, "about", "articleSection", "mentions"),
            genres=fields.genres(story),
            copyright_holder=story.string("copyrightHolder"),
            copyright_notice=story.string("copyrightNotice"),
            usage_terms=story.strings("usageInfo") or story.addresses("usageInfo"),
            rights_info=fields.rights(story),
            restrictions=restrictions,
            credit=story.string("creditText"),
            associations=fields.associations(story, self.profile),
            info_sources=fields.sources(story),
            raw_ref=raw,
            format=_NAME,
        )

    def _hold(self, code: str, path: str, detail: str | None) -> None:
        self.holds.append(code)
        self.remarks.append(Remark(code=code, path=path, detail=(detail or "")[:200] or None))

    # --- identity --------------------------------------------------------------------------------

    def _guid(self) -> str:
        """``@id``, identifier, mainEntityOfPage, url, the canonical link; else a hash, held."""
        for name in ("@id", "identifier", "mainEntityOfPage", "url"):
            for said in fields.story_ids(self.story, name):
                if len(said) > LONGEST_ID:
                    raise Unreadable(f"schema.org: an id of more than {LONGEST_ID} characters")
                if name != "@id" or not self._is_of_the_site(said):
                    return said
                self.remarks.append(Remark(code="id-of-site", path=name, detail=said[:200]))
        if self.address is not None:
            self.remarks.append(Remark(code="guid-from-link", path="link"))
            return self.address
        self._hold("guid-missing", "@id", "no id and no address of the article")
        return f"sha256:{hashlib.sha256(self.source.encode()).hexdigest()}"

    def _is_of_the_site(self, said: str) -> bool:
        """``https://site/#article`` on every page would make one story of them all."""
        return "#" in said and urlsplit(said).path in ("", "/") and not urlsplit(said).query

    def _link(self) -> str | None:
        found = self.story.addresses("url") or self.story.addresses("mainEntityOfPage")
        return next(iter(found), None) or self.story.web(self.address)

    # --- control ---------------------------------------------------------------------------------

    def _status(self) -> _status.Status:
        said = [string(value) or "" for value in self.story.every("creativeWorkStatus")]
        if not said:
            return _status.missing_status(self.profile)
        return _status.strictest([_status.status(word, self.profile) for word in said])

    def _expires(self) -> Moment | None:
        """The earliest of ``expires`` and the robots' ``unavailable_after``."""
        raws = [string(value) or "" for value in self.story.every("expires")]
        found = [self.moments.ninjs(raw) for raw in raws]
        found += [feed(raw, self.profile.zone_rules) for raw in _unavailable(self.page)]
        for moment in found:
            if moment.instant is None:
                self._hold("field-malformed", "expires", moment.raw)
                return moment
        return min(found, key=lambda m: m.instant.timestamp() if m.instant else 0, default=None)

    def _restrictions(self) -> tuple[Restriction, ...]:
        """What the page asks of others: not to list it, or to pay. Gated by the profile."""
        found = [
            _online(f"robots: {said[:200]}")
            for said in self.page.robots
            if {"noindex", "none"} & {word.strip() for word in said.lower().split(",")}
        ]
        for value in self.story.every("isAccessibleForFree"):
            said = str(value).rpartition("/")[2].strip().lower()
            if not _FREE.get(said, False):
                found.append(_online(f"isAccessibleForFree: {said[:200]}"))
        if found and "online" in self.profile.gates:
            self._hold("rights-restricted", "page", found[0].value)
        return tuple(dict.fromkeys(found))

    def _moment(self, name: str) -> Moment | None:
        said = self.story.string(name)
        return None if said is None else self.moments.ninjs(said)

    def _judge(self, item: Item) -> None:
        """What a careful desk would not let out of the house unread."""
        kinds = {kind for node in self.story.nodes for kind in types(node)}
        if found := sorted(kinds & _NOT_NEWS):
            self._hold("type-unknown", "@type", found[0])
        for headline in item.headlines[:1]:
            if _ESCAPED.search(headline.value):
                self._hold("double-escaped", "headline", headline.value)
        for moment in (item.version_created, item.first_created):
            if moment is not None and moment.instant and moment.instant > self.context.received:
                self.remarks.append(Remark(code="future-date", detail=moment.raw))
                return

    # --- words -----------------------------------------------------------------------------------

    def _words(self) -> tuple[Words, Body | None]:
        """The marked element's markup, else the data's plain text; the body as sent beside it."""
        is_alone = self._is_alone()
        marked = marked_body(self.source) if is_alone else None
        if marked is not None and (words := html_words(marked, self.profile)).copy.blocks:
            return self._kept(words), self._body(marked, "text/html")
        said = self._said()
        if said is None:
            if is_alone and marked is None:
                self._hold("body-unreadable", "articleBody", "the marked element never ends")
            return Words(), None
        if _ESCAPED.search(said):
            self._hold("double-escaped", "articleBody", "tags or references in plain text")
        return self._kept(plain_words(said)), self._body(said, "text/plain")

    def _kept(self, words: Words) -> Words:
        return words if self.context.words else msgspec.structs.replace(words, copy=Copy())

    def _said(self) -> str | None:
        """``articleBody`` of the data; two that differ cannot both be the text."""
        found = [string(v) or "" for v in self.story.every("articleBody")]
        said = list(dict.fromkeys(value for value in found if value.strip()))
        if len(said) > 1:
            self._hold("words-unaccounted", "articleBody", f"{len(said)} texts that differ")
        return max(said, key=len, default=None)

    def _is_alone(self) -> bool:
        """Whether only one article of the markup has a body: else whose it is nobody can say."""
        marked = [node for node in self.page.nodes if _has_body(node)]
        return len(marked) == 1 and marked[0] in self.story.nodes

    def _body(self, value: str, content_type: str) -> Body:
        words = self.story.string("wordCount")
        return Body(
            value=value,
            content_type=content_type,
            role="articleBody",
            word_count=_status.number(words),
            sha256=hashlib.sha256(value.encode()).hexdigest(),
        )

    def _body_kind(self, body: Body | None, restrictions: tuple[Restriction, ...]) -> BodyKind:
        """What is behind a paywall shows its beginning only."""
        if body is None:
            return BodyKind.none
        paid = any(found.value.startswith("isAccessibleForFree") for found in restrictions)
        return BodyKind.summary if paid else BodyKind.full

    def _language(self) -> str | None:
        for value in self.story.values("inLanguage"):
            code = value.get("alternateName") if isinstance(value, dict) else value
            said = string(code[0] if isinstance(code, list) and code else code)
            if said:
                return said.strip()
        return self.page.language


def _has_body(node: Node) -> bool:
    waiting: list[object] = [node]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "articleBody" in value:
                return True
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False


def _online(value: str) -> Restriction:
    return Restriction(kind="online", value=value, source="field")


def _unavailable(found: Page) -> list[str]:
    """Dates of ``unavailable_after``; they hold commas, so nothing may follow them."""
    said = [content.lower().partition("unavailable_after") for content in found.robots]
    raws = [
        content[len(before) + len(mark) :].lstrip(" :").strip()
        for content, (before, mark, _) in zip(found.robots, said, strict=True)
        if mark
    ]
    return [raw[:100] for raw in raws]


FORMAT = Format(name="schema-org", claims=claims, read=read, document="html")
