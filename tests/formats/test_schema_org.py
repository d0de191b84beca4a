"""schema.org on web pages: what is read from where, which article, what holds it."""

import json
import time
from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.formats import FormatError
from copytaster.item import BodyKind
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import PubStatus
from tests.formats.reading import CONTEXT
from tests.formats.reading import PROFILE
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import stories

URL = "https://meridian.example/news/harbour"
ARTICLE: dict[str, object] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "@id": f"{URL}#article",
    "headline": "Harbour opens again",
    "datePublished": "2025-12-04T09:00:00+01:00",
    "dateModified": "2025-12-04T10:00:00+01:00",
    "articleBody": "The harbour opened.\n\nFerries sail.",
}


def script(value: object, wrap: str = "{}") -> str:
    said = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{wrap.replace("{}", said)}</script>'


def page(*blocks: object, body: str = "<nav>Menu</nav><p>Furniture</p>", head: str = "") -> str:
    written = "".join(block if isinstance(block, str) else script(block) for block in blocks)
    return (
        f'<!doctype html><html lang="en-GB"><head>{head}{written}</head><body>{body}</body></html>'
    )


def article(**changes: object) -> dict[str, object]:
    """The article above with changes; None takes a property away."""
    return {key: value for key, value in (ARTICLE | changes).items() if value is not None}


def words(found: Item) -> str:
    return formats.text_of(found)


# --- fields --------------------------------------------------------------------------------------


def test_every_property_has_its_field() -> None:
    found = item(
        page(
            article(
                identifier={"@type": "PropertyValue", "value": "h-17"},
                url="/news/harbour",
                version="3",
                dateCreated="2025-12-04T08:00:00+01:00",
                expires="2025-12-31T00:00:00Z",
                alternativeHeadline="Port is back",
                author=[{"@type": "Person", "name": "Ada Berg", "jobTitle": "Reporter"}, "Bo Lind"],
                dateline="Port Alder, Dec 4",
                locationCreated={"@type": "Place", "name": "Port Alder"},
                inLanguage={"@type": "Language", "name": "English", "alternateName": "en-IN"},
                description="Nine months later.",
                keywords="harbour, sea",
                about={"@id": "https://www.wikidata.org/wiki/Q1", "name": "Ports"},
                articleSection="Home",
                genre="report",
                copyrightHolder={"@type": "Organization", "name": "Meridian"},
                copyrightNotice="(c) Meridian",
                license="https://meridian.example/licence",
                usageInfo="Ask first",
                creditText="Meridian/AB",
                publisher={
                    "@type": "Organization",
                    "name": "Meridian",
                    "url": "https://m.example/",
                },
                image={
                    "@type": "ImageObject",
                    "url": "https://meridian.example/a.jpg",
                    "width": "800",
                    "height": 600,
                    "caption": "The bridge",
                    "creditText": "Photo: AB",
                    "copyrightNotice": "(c) AB",
                },
                wordCount=5,
            ),
            head=f'<link rel="canonical" href="{URL}">',
        )
    )
    assert found.guid == f"{URL}#article"
    assert ("identifier", "h-17") in [(i.role, i.value) for i in found.alt_ids]
    assert (found.link, found.version, found.version_number) == (URL, "3", 3)
    assert found.version_created.raw == "2025-12-04T10:00:00+01:00"
    assert found.first_created.raw == "2025-12-04T09:00:00+01:00"
    assert found.content_created.raw == "2025-12-04T08:00:00+01:00"
    assert found.expires.raw == "2025-12-31T00:00:00Z"
    assert [(h.value, h.role) for h in found.headlines] == [
        ("Harbour opens again", None), ("Port is back", "alternative"),
    ]  # fmt: skip
    assert found.by == "Ada Berg, Bo Lind"
    assert [(b.name, b.title) for b in found.bylines] == [
        ("Ada Berg", "Reporter"),
        ("Bo Lind", None),
    ]
    assert (found.dateline, found.located, found.language) == (
        "Port Alder, Dec 4", "Port Alder", "en-IN",
    )  # fmt: skip
    assert (found.summary, found.keywords) == ("Nine months later.", ("harbour", "sea"))
    assert [(c.uri, c.name, c.rel) for c in found.subjects] == [
        ("https://www.wikidata.org/wiki/Q1", "Ports", "about"), (None, "Home", "articleSection"),
    ]  # fmt: skip
    assert [c.name for c in found.genres] == ["report"]
    assert (found.copyright_holder, found.copyright_notice) == ("Meridian", "(c) Meridian")
    assert [r.linked_rights for r in found.rights_info] == ["https://meridian.example/licence"]
    assert (found.usage_terms, found.credit) == (("Ask first",), "Meridian/AB")
    assert [(s.name, s.role) for s in found.info_sources] == [("Meridian", "publisher")]
    (picture,) = found.associations
    assert (picture.type, picture.caption, picture.credit) == ("picture", "The bridge", "Photo: AB")
    assert (picture.renditions[0].width, picture.renditions[0].height) == (800, 600)
    assert found.bodies[0].word_count == 5
    assert words(found) == "The harbour opened.\n\nFerries sail.\n"
    assert found.hold_reason == ("status-missing",)


@pytest.mark.parametrize(
    ("more", "guid"),
    [
        ({}, f"{URL}#article"),
        ({"@id": "#article"}, URL),
        ({"@id": None, "identifier": "h-17", "url": URL}, "h-17"),
        ({"@id": "_:b0", "identifier": 17}, "17"),
        ({"@id": None, "mainEntityOfPage": {"@id": URL + "/m"}, "url": URL}, URL + "/m"),
        ({"@id": None, "url": URL + "/u"}, URL + "/u"),
        ({"@id": None}, URL),
        ({"@id": "https://meridian.example/#article"}, URL),
    ],
)
def test_the_id_is_the_first_that_is_the_articles_own(more: dict[str, object], guid: str) -> None:
    found = item(page(article(**more), head=f'<link rel="canonical" href="{URL}">'))
    assert found.guid == guid
    assert "guid-missing" not in found.hold_reason


def test_an_article_without_id_and_address_is_held() -> None:
    found = item(page(article(**{"@id": None})))
    assert found.guid.startswith("sha256:")
    assert "guid-missing" in found.hold_reason


def test_a_reference_is_followed() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            article(author={"@id": "#ada"}) | {"@context": None},
            {"@id": "#ada", "@type": "Person", "name": "Ada Berg"},
        ],
    }
    assert item(page(graph)).by == "Ada Berg"


# --- control -------------------------------------------------------------------------------------


def test_a_page_has_no_status_and_the_profile_says_what_that_means() -> None:
    assert item(page(ARTICLE)).hold_reason == ("status-missing",)
    assert item(page(ARTICLE), profile(missing_status="usable")).pub_status is PubStatus.usable


@pytest.mark.parametrize(
    ("said", "status", "hold"),
    [
        ("usable", PubStatus.usable, None),
        ({"@type": "DefinedTerm", "termCode": "canceled"}, PubStatus.canceled, None),
        ("withheld", PubStatus.withheld, None),
        ("Draft", PubStatus.hold, "status-unknown"),
        (["usable", "canceled"], PubStatus.canceled, None),
    ],
)
def test_a_status_is_heard(said: object, status: PubStatus, hold: str | None) -> None:
    found = item(page(article(creativeWorkStatus=said)))
    assert (found.pub_status, found.hold_reason) == (status, (hold,) if hold else ())


@pytest.mark.parametrize(
    ("correction", "public"),
    [
        ({"@type": "CorrectionComment", "text": "It was nine months."}, "It was nine months."),
        ("It was nine months.", "It was nine months."),
        ("https://meridian.example/corrections/1", None),
    ],
)
def test_a_correction_is_told(correction: object, public: str | None) -> None:
    found = item(page(article(correction=correction)))
    assert found.editorial_types == (EditorialType.correction,)
    assert (found.correction_text.public if found.correction_text else None) == public


def test_robots_that_ask_not_to_be_listed_hold_by_the_gates_of_the_profile() -> None:
    document = page(article(), head='<meta name="robots" content="noindex, follow">')
    found = item(document)
    assert [(r.kind, r.value) for r in found.restrictions] == [
        ("online", "robots: noindex, follow")
    ]
    assert "rights-restricted" in found.hold_reason
    assert "rights-restricted" not in item(document, profile(gates=frozenset())).hold_reason
    assert item(page(article(), head='<meta name="robots" content="all">')).restrictions == ()


def test_unavailable_after_is_an_expiry_and_the_earlier_wins() -> None:
    head = '<meta name="robots" content="unavailable_after: Fri, 5 Dec 2025 00:00:00 GMT">'
    found = item(page(article(expires="2025-12-31T00:00:00Z"), head=head))
    assert found.expires.instant.isoformat() == "2025-12-05T00:00:00+00:00"
    soon = item(page(article(), head=head.replace("Fri, 5 Dec 2025 00:00:00 GMT", "soon")))
    assert "field-malformed" in soon.hold_reason


@pytest.mark.parametrize("said", [False, "False", "http://schema.org/False", "no"])
def test_what_is_for_payment_is_a_summary_and_held(said: object) -> None:
    found = item(page(article(isAccessibleForFree=said)))
    assert found.body_kind is BodyKind.summary
    assert "rights-restricted" in found.hold_reason
    assert item(page(article(isAccessibleForFree="True"))).body_kind is BodyKind.full


@pytest.mark.parametrize("kind", ["AdvertiserContentArticle", "SatiricalArticle"])
def test_what_is_not_meant_as_news_is_held(kind: str) -> None:
    found = item(page(article(**{"@type": ["NewsArticle", kind]})))
    assert "type-unknown" in found.hold_reason
    assert found.genres[0].uri == f"https://schema.org/{kind}"


def test_a_date_ahead_is_remarked_on_and_one_that_cannot_be_read_is_held() -> None:
    ahead = item(page(article(datePublished="2026-12-04T09:00:00Z")))
    assert "future-date" in [remark.code for remark in ahead.warnings]
    bad = item(page(article(datePublished="yesterday", dateModified=None)))
    assert "date-missing" in bad.hold_reason


# --- which article -------------------------------------------------------------------------------

OTHER = article(**{"@id": URL + "-2#article", "headline": "Another", "articleBody": "Else."})


@pytest.mark.parametrize(
    "blocks",
    [
        (ARTICLE, {"@context": "https://schema.org", "@type": "BreadcrumbList"}),
        ([ARTICLE],),
        ({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE]},),
        ({"@context": "https://schema.org", "@type": "WebPage", "mainEntity": ARTICLE},),
        ({"@context": "https://schema.org", "@type": "WebPage", "@id": "#p",
          "mainEntityOfPage": ARTICLE},),
        (ARTICLE, article(articleBody=None, dateline="Alder")),
        (article(**{"@type": "schema:NewsArticle"}),),
        (article(**{"@type": ["Thing", "http://schema.org/ReportageNewsArticle"]}),),
        ({"@context": {"@vocab": "http://schema.org/"}} | article(**{"@context": None}),),
        ({f"schema:{k}" if k[0] != "@" else k: v for k, v in ARTICLE.items()},),
        (article(isPartOf={"@type": "Article", "headline": "A series"},
                 hasPart=[OTHER], mentions=[OTHER]),),
    ],
)  # fmt: skip
def test_the_one_article_is_found_wherever_it_stands(blocks: tuple[object, ...]) -> None:
    found = item(page(*blocks))
    assert found.headline == "Harbour opens again"
    assert words(found) == "The harbour opened.\n\nFerries sail.\n"


def test_of_several_articles_the_pages_own_is_read_else_none() -> None:
    with pytest.raises(FormatError, match="2 articles"):
        read(page(ARTICLE, OTHER))
    found = item(page(ARTICLE, OTHER, head=f'<link rel="canonical" href="{URL}">'))
    assert found.headline == "Harbour opens again"


def test_a_front_is_refused_with_what_was_seen() -> None:
    front = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": ARTICLE}, {"item": OTHER}],
    }
    with pytest.raises(FormatError, match="list of articles") as refused:
        read(page(front))
    assert type(refused.value).__name__ == "NotAFeed"


@pytest.mark.parametrize(
    "document",
    [
        page({"@context": "https://schema.org", "@type": "WebSite", "name": "News"}),
        page({"@context": "https://schema.org", "@type": "Product"}, body="<p>NewsArticle</p>"),
        page(body='<div itemscope itemtype="https://schema.org/Organization"></div>'),
        "<!doctype html><title>502 Bad Gateway</title>",
    ],
)
def test_a_page_without_an_article_is_no_copy(document: str) -> None:
    with pytest.raises(FormatError) as refused:
        read(document)
    assert type(refused.value).__name__ == "NotAFeed"


# --- the words -----------------------------------------------------------------------------------

MARKED = """<div itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">Harbour <i>opens</i> again</h1><nav>Menu</nav>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada</b>
</span>
<time itemprop="datePublished" datetime="2025-12-04T09:00:00+01:00">today</time>
<meta itemprop="inLanguage" content="en-IN">
<link itemprop="url" href="https://meridian.example/news/harbour">
<img itemprop="image" src="/a.jpg">
<div itemprop="articleBody"><p>The <b>harbour</b> opened &amp; stays.</p>
<div><p>Ferries sail.</p></div>
<script>track()</script></div><p>Read more</p></div>"""


def test_microdata_is_read_and_the_marked_element_is_the_text() -> None:
    found = item(page(body=MARKED))
    assert (found.headline, found.by, found.language) == ("Harbour opens again", "Ada", "en-IN")
    assert (found.guid, found.first_created.raw) == (URL, "2025-12-04T09:00:00+01:00")
    assert words(found) == "The harbour opened & stays.\n\nFerries sail.\n"
    assert set(found.copy.omissions) == {"script"}
    assert found.bodies[0].content_type == "text/html"


def test_rdfa_lite_is_read() -> None:
    body = """<article vocab="https://schema.org/" typeof="NewsArticle" resource="#article">
    <h1 property="headline">Harbour opens again</h1>
    <p>By <span property="author" typeof="Person"><span property="name">Ada</span></span></p>
    <time property="datePublished" datetime="2025-12-04T09:00:00Z">x</time>
    <div property="articleBody"><p>The harbour opened.</p></div></article>"""
    meta = '<meta property="og:title" content="Not this">'
    found = item(page(body=body, head=f'{meta}<link rel="canonical" href="{URL}">'))
    assert (found.headline, found.by, found.guid) == ("Harbour opens again", "Ada", URL)
    assert words(found) == "The harbour opened.\n"


def test_facts_from_the_script_and_words_from_the_markup_are_one_article() -> None:
    found = item(
        page(article(articleBody="The harbour opened & stays. Ferries sail."), body=MARKED)
    )
    assert found.guid == f"{URL}#article"
    assert words(found) == "The harbour opened & stays.\n\nFerries sail.\n"


def test_paragraphs_that_are_each_marked_are_one_text() -> None:
    body = MARKED[: MARKED.index('<div itemprop="articleBody"')] + (
        '<p itemprop="articleBody">One.<p>Ad<p itemprop="articleBody">Two.</p></div>'
    )
    assert words(item(page(body=body))) == "One.\n\nTwo.\n"


def test_a_marked_element_that_never_ends_gives_way_to_the_data() -> None:
    body = MARKED[: MARKED.index("</div>\n<script>") - 40]
    assert words(item(page(ARTICLE, body=body))) == "The harbour opened.\n\nFerries sail.\n"


def test_bodies_of_several_marked_articles_are_nobodys() -> None:
    other = MARKED.replace("harbour", "bridge").replace("Harbour", "Bridge")
    document = page(ARTICLE, body=MARKED + other, head=f'<link rel="canonical" href="{URL}">')
    assert words(item(document)) == "The harbour opened.\n\nFerries sail.\n"


def test_the_furniture_of_a_page_is_never_the_story() -> None:
    found = item(page(article(articleBody=None)))
    assert (found.copy.blocks, found.body_kind, found.bodies) == ((), BodyKind.none, ())


@pytest.mark.parametrize("said", ["<p>The harbour</p> opened", "Fish &amp; chips", "A&nbsp;B"])
def test_markup_in_plain_text_is_kept_as_sent_and_held(said: str) -> None:
    found = item(page(article(articleBody=said)))
    assert words(found) == f"{said}\n"
    assert "double-escaped" in found.hold_reason


def test_two_texts_that_differ_hold() -> None:
    found = item(page(ARTICLE, article(articleBody="Something else.")))
    assert "words-unaccounted" in found.hold_reason


def test_without_words_everything_else_is_as_usual() -> None:
    context = formats.Context(received=CONTEXT.received, words=False)
    bare = formats.parse(page(body=MARKED).encode(), PROFILE, context).items[0]
    assert (bare.copy.blocks, bare.body_kind) == ((), BodyKind.full)
    assert bare.bodies == item(page(body=MARKED)).bodies


# --- hostile JSON --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrap",
    ["<!--{}-->", "<!-- {} //-->", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/",
     "<![CDATA[{}]]>", "\n {} ;\n"],
)  # fmt: skip
def test_wrappers_of_older_pages_are_taken_off(wrap: str) -> None:
    if wrap.endswith("//-->"):
        wrap = "<!-- {} -->"
    assert item(page(script(ARTICLE, wrap))).headline == "Harbour opens again"


def test_json_that_was_escaped_for_html_is_a_repair() -> None:
    found = item(page(script(escape(json.dumps(ARTICLE)))))
    assert (found.headline, found.repairs) == ("Harbour opens again", ("entities",))


def test_line_ends_inside_strings_are_characters() -> None:
    block = json.dumps(article()).replace("\\n\\n", "\n\n")
    assert words(item(page(script(block)))) == "The harbour opened.\n\nFerries sail.\n"


def test_a_broken_block_beside_a_sound_one_is_remarked_on() -> None:
    found = item(page(script('{"@type": "NewsArticle", '), ARTICLE))
    assert "json-ld-unreadable" in [remark.code for remark in found.warnings]


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "x", "headline": "y"}',
        '{"@type": "NewsArticle", "expires": "2026-01-01", "expires": "2027-01-01"}',
        '{"@type": "NewsArticle", "headline": "\\ud83d"}',
        '{"@type": "NewsArticle", "wordCount": NaN}',
        '{"@type": "NewsArticle", ',
        '{"@type": "NewsArticle", "x": ' + "[" * 3000 + "]" * 3000 + "}",
        '{"@type": "NewsArticle", "x": ' + "[" * 60 + "]" * 60 + "}",
        '{"@context": "https://example.org/other", "@type": "NewsArticle"}',
        '["NewsArticle", {"@type": "NewsArticleX"}, {"@type": "NewsArticle"} 1]',
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_believed_gives_no_item(block: str) -> None:
    with pytest.raises(FormatError) as refused:
        read(page(script(block)))
    assert "\n" not in str(refused.value)


def test_a_key_twice_of_no_weight_is_remarked_on() -> None:
    block = json.dumps(article())[:-1] + ', "wordCount": 3, "wordCount": 4}'
    found = item(page(script(block)))
    assert ("duplicate-key", "wordCount") in [(w.code, w.path) for w in found.warnings]


@pytest.mark.parametrize(
    "document",
    [
        page(ARTICLE, body="<div itemscope><p itemprop=name>" * 4000),
        page(ARTICLE, body="<div itemscope itemtype=https://schema.org/Article><p itemprop=x>" * 60
             + "words " * 100_000),
        page(script("<!--" + " " * 400_000 + '{"@type": "NewsArticle"}')),
        page(*[article(headline=f"H{n}", **{"@id": f"{URL}/{n}"}) for n in range(49)]),
        page({"@context": "https://schema.org", "@graph": [article(headline=str(n),
             **{"@id": f"u:{n}"}) for n in range(2000)]}),
        page(body="<div itemprop=articleBody" * 9000 + ' itemtype="https://schema.org/Article">'),
        page(script('{"@type":"NewsArticle","a":[' + '{"@id":"#x"},' * 15_000 + "1]}")),
    ],
    ids=["scopes", "nested text", "blanks", "many", "graph", "unclosed", "references"],
)  # fmt: skip
def test_no_page_takes_long(document: str) -> None:
    begun = time.process_time()
    with suppress(FormatError):
        read(document)
    assert time.process_time() - begun < 1.0


@given(st.text(max_size=200), st.integers(0, 2000))
def test_no_characters_break_the_reader(noise: str, at: int) -> None:
    document = page(ARTICLE, body=MARKED)
    try:
        parsed = read((document[:at] + noise + document[at:]).encode("utf-8", "replace"))
    except FormatError:
        return
    assert parsed.format.name in ("schema-org", *formats.names())


# --- round trip ----------------------------------------------------------------------------------


def _json_ld(story: Story) -> str:
    """As a careful site writes it: nothing in the script can end it (publishing §1.1)."""
    written = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": story.guid,
            "version": str(story.version),
            "creativeWorkStatus": story.status,
            "headline": story.headline,
            "author": {"@type": "Person", "name": story.by} if story.by else None,
            "dateModified": story.created,
            "inLanguage": story.language,
            "articleBody": "\n\n".join(story.paragraphs),
        }
    )
    return page(script(written.replace("<", "\\u003c").replace("&", "\\u0026")))


def _microdata(story: Story) -> str:
    body = "".join(f"<p>{escape(said)}</p>" for said in story.paragraphs)
    by = f'<p itemprop="author">{escape(story.by)}</p>' if story.by else ""
    return page(
        body=f"""<main itemscope itemtype="http://schema.org/NewsArticle" itemid="{story.guid}">
<h1 itemprop="headline">{escape(story.headline)}</h1>{by}<nav>Menu</nav>
<meta itemprop="version" content="{story.version}">
<meta itemprop="inLanguage" content="{story.language}">
<meta itemprop="creativeWorkStatus" content="{story.status}">
<time itemprop="dateModified" datetime="{story.created}">then</time>
<section itemprop="articleBody">{body}</section></main><footer>Furniture</footer>"""
    )


@pytest.mark.parametrize("write", [_json_ld, _microdata])
@given(story=stories)
def test_a_story_survives_the_page(write: object, story: Story) -> None:
    found = item(write(story))
    assert (found.guid, found.version_number) == (story.guid, story.version)
    assert (found.headline, found.by) == (story.headline, story.by)
    assert (found.version_created.raw, found.language) == (story.created, story.language)
    assert found.pub_status == story.status
    assert words(found) == "\n\n".join(story.paragraphs) + "\n"
    assert set(found.hold_reason) <= {"double-escaped"}
    assert (found.repairs, found.copy.omissions) == ((), {})


# --- what a reviewer found ------------------------------------------------------------------------


def marked(inside: str) -> str:
    return page(
        body=f'<article itemscope itemtype="https://schema.org/NewsArticle">'
        f'<h1 itemprop="headline">Quay opens</h1>{inside}</article>'
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<p itemprop="articleBody">One.<p itemprop="articleBody">Two.<p>Menu', "One.\n\nTwo.\n"),
        ('<p itemprop="articleBody">One.<div>Menu</div>', "One.\n"),
        ('<p itemprop="articleBody">One <b>two</b>.<ul><li>Menu</ul>', "One two.\n"),
        ('<div><p itemprop="articleBody">One <a href="/x">two</a>.</div>Menu', "One two.\n"),
        ('<p itemprop="articleBody">One<br>two.</p>Menu', "One\ntwo.\n"),
    ],
)
def test_a_marked_paragraph_ends_where_a_browser_ends_it(inside: str, text: str) -> None:
    assert words(item(marked(inside))) == text


def test_a_marked_text_that_never_ends_holds_the_page() -> None:
    found = item(marked('<div itemprop="articleBody"><p>One.'))
    assert ("body-unreadable" in found.hold_reason, words(found)) == (True, "")


def test_a_picture_has_no_status_of_its_own_and_its_licence_holds_it() -> None:
    pictures = [
        "https://meridian.example/a.jpg",
        {
            "@type": "ImageObject",
            "url": "https://meridian.example/b.jpg",
            "acquireLicensePage": ["https://meridian.example/licence"],
        },
    ]
    document = page(article(image=pictures, creativeWorkStatus="usable"))
    bare, licensed = item(document).associations
    assert {bare.pub_status, licensed.pub_status} == {PubStatus.hold}
    bare, licensed = item(document, profile(missing_status="usable")).associations
    assert (bare.pub_status, bare.hold_reason) == (PubStatus.usable, ())
    assert licensed.hold_reason == ("rights-restricted",)


def test_thousands_of_keys_that_are_there_twice_are_read_in_little_time() -> None:
    twice = ",".join(f'"k{n}":1,"k{n}":2' for n in range(30_000))
    told = json.dumps(article())[:-1] + f",{twice}}}"
    found = item(page(f'<script type="application/ld+json">{told}</script>'))
    assert found.headline == article()["headline"]
    assert 0 < [remark.code for remark in found.warnings].count("duplicate-key") <= 100
