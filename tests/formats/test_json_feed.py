"""JSON Feed 1.0 and 1.1: an item's facts, its text, its media, and what a feed says of itself."""

import json
import time
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.item import BodyKind
from copytaster.item import Concept
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.moment import Precision
from tests.formats.reading import NOW
from tests.formats.reading import PROFILE
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import stories

ADDRESS = "https://meridian.example/feed.json"
ENTRY = {
    "id": "tag:meridian.example,2025:harbour-7",
    "url": "https://meridian.example/s/7",
    "title": "Harbour reopens",
    "content_html": "<p>The harbour <b>opened</b>.</p><p>Ferries sail.</p>",
    "date_published": "2025-12-04T10:00:00+01:00",
}


def feed(*items: object, version: str = "1.1", **more: object) -> dict:
    """A feed of these items."""
    top = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": "Meridian Wire",
        "feed_url": ADDRESS,
        "home_page_url": "https://meridian.example/",
    }
    return {**top, **more, "items": list(items)}


def entry(**changes: object) -> dict:
    """The entry with changes; None takes a key away."""
    return {key: value for key, value in {**ENTRY, **changes}.items() if value is not None}


def one(**changes: object) -> Item:
    parsed = read(feed(entry(**changes)))
    assert (len(parsed.items), parsed.failed) == (1, ())
    return parsed.items[0]


# --- detection -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "version",
    [
        "https://jsonfeed.org/version/1",
        "https://jsonfeed.org/version/1.1",
        "http://www.jsonfeed.org/version/1.1/",
    ],
)
def test_the_version_says_that_it_is_a_json_feed(version: str) -> None:
    parsed = read({"version": version, "title": "T", "items": [{"id": "1", "uri": "urn:x"}]})
    assert parsed.format.name == "json-feed"
    assert parsed.format.version == version.rstrip("/").rpartition("/")[2]


def test_a_feed_that_forgot_its_version_is_known_by_its_address() -> None:
    assert read({"feed_url": ADDRESS, "title": "T", "items": [ENTRY]}).format.name == "json-feed"


@pytest.mark.parametrize("items", [None, {}, "none", 3])
def test_a_feed_without_a_list_of_items_is_refused(items: object) -> None:
    with pytest.raises(formats.FormatError, match="no list of items"):
        read(feed() | {"items": items})


def test_a_feed_without_items_is_a_valid_one() -> None:
    parsed = read(feed())
    assert (parsed.items, parsed.failed, parsed.snapshot) == ((), (), True)


# --- identity ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_id", "guid"), [("a1", "a1"), (7, "7"), (1.5, "1.5"), (" a ", "a"), (0, "0")]
)
def test_an_id_is_a_string_and_a_number_becomes_one(given_id: object, guid: str) -> None:
    assert one(id=given_id).guid == guid


@pytest.mark.parametrize("given_id", [None, "", "  ", True, ["a"], {"a": 1}, "x" * 4097, "a\0"])
def test_an_item_without_an_id_is_told_apart_and_its_neighbours_are_read(given_id: object) -> None:
    bad = {**ENTRY, "id": given_id}
    parsed = read(feed(entry(id="before"), bad, entry(id="after")))
    assert [item.guid for item in parsed.items] == ["before", "after"]
    assert [(bad.index, "JSON Feed" in bad.error) for bad in parsed.failed] == [(1, True)]


@pytest.mark.parametrize("value", [None, 3, "text", ["a"]])
def test_an_item_that_is_no_object_does_not_lose_its_neighbours(value: object) -> None:
    parsed = read(feed(value, ENTRY))
    assert (len(parsed.items), len(parsed.failed)) == (1, 1)


def test_more_items_than_the_limit_are_refused() -> None:
    with pytest.raises(formats.OverLimit):
        read(feed(*({"id": n} for n in range(formats.MOST_ITEMS + 1))))


# --- an item's facts -----------------------------------------------------------------------------


def test_the_page_of_an_item_is_its_url_and_else_the_external_one() -> None:
    elsewhere = "https://elsewhere.example/a"
    assert one(url="/s/7").link == "https://meridian.example/s/7"
    assert one(url=None, external_url=elsewhere).link == elsewhere
    both = one(external_url=elsewhere)
    assert both.link == ENTRY["url"]
    assert [(a.role, a.uri) for a in both.associations] == [("external", elsewhere)]
    assert one(url="javascript:alert(1)").link is None


def test_title_and_summary_are_plain_text_in_which_markup_is_characters() -> None:
    found = one(title="a < b & <i>c</i> &amp;", summary="5 > 3 &lt;")
    assert found.headline == "a < b & <i>c</i> &amp;"
    assert found.summary == "5 > 3 &lt;"


def test_an_item_is_usable_and_has_no_embargo_since_the_format_has_no_word_for_either() -> None:
    found = one(date_published="2025-12-04T20:00:00Z")
    assert found.pub_status is PubStatus.usable
    assert found.embargo.until is None
    assert "future-date" in [remark.code for remark in found.warnings]


def test_the_later_word_on_a_date_is_the_modified_one() -> None:
    found = one(date_modified="2025-12-04T12:00:00Z")
    assert found.version_created.raw == "2025-12-04T12:00:00Z"
    assert found.first_created.raw == ENTRY["date_published"]
    assert one(date_modified="never").version_created.raw == ENTRY["date_published"]


def test_a_date_in_the_grammar_of_rss_is_read_and_remarked_on() -> None:
    found = one(date_published="Thu, 04 Dec 2025 10:00:00 GMT")
    assert found.first_created.instant.isoformat() == "2025-12-04T10:00:00+00:00"
    assert [remark.code for remark in found.warnings] == ["date-grammar"]


@pytest.mark.parametrize("date", ["yesterday", "2025-02-30T00:00:00Z", "2025-12-04T10:00:00"])
def test_a_date_that_gives_no_instant_holds_the_item(date: str) -> None:
    assert one(date_published=date).hold_reason == ("date-missing",)


def test_a_date_of_the_wrong_type_holds_the_item() -> None:
    found = one(date_published=1764842400)
    assert "field-malformed" in found.hold_reason
    assert found.first_created.precision is Precision.none


def test_authors_are_the_items_own_and_else_the_feeds() -> None:
    mine, feeds = [{"name": "Ada Lund"}, {"name": "Bo Ek"}], [{"name": "The Desk"}]
    assert one(authors=mine).by == "Ada Lund, Bo Ek"
    assert one(author={"name": "Ada Lund"}).by == "Ada Lund"
    assert one(authors=mine[1:], author={"name": "Ada Lund"}).by == "Bo Ek"
    assert one(author="Ada Lund").by == "Ada Lund"
    assert one(authors=[{"url": "https://a.example"}, 3]).by is None
    assert read(feed(ENTRY, authors=feeds)).items[0].by == "The Desk"
    assert read(feed(ENTRY, author=feeds[0], version="1")).items[0].by == "The Desk"


def test_tags_are_keywords_and_subjects() -> None:
    found = one(tags=["storm", "ferries", "storm", " "])
    assert found.keywords == ("storm", "ferries")
    assert found.subjects[0] == Concept(literal="storm", name="storm")


def test_the_language_is_the_items_own_then_the_feeds_and_never_the_agencys() -> None:
    english = profile(language="en-IN")
    assert read(feed(entry(language="nb"), language="de")).items[0].language == "nb"
    assert read(feed(ENTRY, language="de")).items[0].language == "de"
    assert read(feed(ENTRY), english).items[0].language is None


@pytest.mark.parametrize("name", ["title", "summary", "content_html", "content_text"])
def test_words_of_the_wrong_type_hold_the_item(name: str) -> None:
    found = one(**{name: {"a": 1}})
    assert "field-malformed" in found.hold_reason
    assert name in [remark.path for remark in found.warnings]


@pytest.mark.parametrize(
    ("name", "value"),
    [("url", 7), ("tags", [3]), ("image", ["a"]), ("language", 1), ("attachments", [3])],
)
def test_other_facts_of_the_wrong_type_are_left_out_with_a_remark(name: str, value: object) -> None:
    found = one(**{name: value})
    assert found.hold_reason == ()
    assert "wrong-type" in [remark.code for remark in found.warnings]


def test_extensions_and_the_comment_for_people_are_passed_over() -> None:
    plain = read(feed(ENTRY)).items[0]
    added = read(feed(entry(_shed={"explicit": True}), _shed={"a": 1}, user_comment="Hello"))
    assert added.items[0].content_hash == plain.content_hash


# --- the text ------------------------------------------------------------------------------------


def test_html_is_preferred_and_both_are_kept_as_sent() -> None:
    found = one(content_text="Another text.")
    assert formats.text_of(found) == "The harbour opened.\n\nFerries sail.\n"
    assert [body.content_type for body in found.bodies] == ["text/html", "text/plain"]
    assert found.body_kind is BodyKind.full


def test_plain_content_is_text_in_which_blank_lines_part_paragraphs() -> None:
    found = one(content_html=None, content_text="a < b\nc\n\n<p>d")
    assert formats.text_of(found) == "a < b\nc\n\n<p>d\n"


def test_empty_html_gives_way_to_the_plain_text() -> None:
    found = one(content_html="<img src='x'>", content_text="The harbour opened.")
    assert formats.text_of(found) == "The harbour opened.\n"


def test_an_item_with_a_summary_alone_has_no_text() -> None:
    found = one(content_html=None, summary="In short.")
    assert (found.body_kind, found.copy.blocks) == (BodyKind.summary, ())
    assert one(content_html=None).body_kind is BodyKind.none


def test_what_no_reader_may_see_is_left_out_by_name() -> None:
    found = one(content_html="<p>Kept.</p><script>alert(1)</script><p hidden>No</p>")
    assert formats.text_of(found) == "Kept.\n"
    assert set(found.copy.omissions) == {"script", "hidden"}


def test_html_that_was_escaped_twice_is_held() -> None:
    found = one(content_html="&lt;p&gt;The harbour&lt;/p&gt; opened")
    assert "double-escaped" in found.hold_reason


def test_relative_links_are_resolved_against_the_feed() -> None:
    found = one(content_html='<p><a href="/map">Map</a></p>')
    assert found.copy.blocks[0].lines[0].cells[0][0].href == "https://meridian.example/map"
    alone = read(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [entry(content_html='<p><a href="/map">Map</a></p>')],
        }
    ).items[0]
    assert alone.copy.blocks[0].lines[0].cells[0][0].href is None


def test_without_words_everything_else_is_as_it_is() -> None:
    data = json.dumps(feed(ENTRY)).encode()
    bare = formats.parse(data, PROFILE, formats.Context(received=NOW, words=False)).items[0]
    whole = read(data).items[0]
    assert bare.copy.blocks == ()
    assert (bare.bodies, bare.body_kind) == (whole.bodies, whole.body_kind)


# --- media ---------------------------------------------------------------------------------------


def test_the_picture_and_the_banner_are_pictures_of_their_own() -> None:
    found = one(image="/a.jpg", banner_image="https://img.example/b.jpg").associations
    assert [(a.type, a.role, a.renditions[0].href) for a in found] == [
        ("picture", "main", "https://meridian.example/a.jpg"),
        ("picture", "banner", "https://img.example/b.jpg"),
    ]


def test_attachments_with_one_title_are_forms_of_one_thing() -> None:
    attachments = [
        {"url": "/a.m4a", "mime_type": "audio/x-m4a", "title": "Episode 1",
         "size_in_bytes": 89970236, "duration_in_seconds": 6629},
        {"url": "/b.mp4", "mime_type": "video/mp4"},
        {"url": "/a.mp3", "mime_type": "audio/mpeg", "title": "Episode 1"},
        {"url": "/c.pdf"},
        {"mime_type": "audio/mpeg"},
    ]  # fmt: skip
    found = one(attachments=attachments).associations
    assert [(a.type, a.headline, len(a.renditions)) for a in found] == [
        ("audio", "Episode 1", 2),
        ("video", None, 1),
        (None, None, 1),
    ]
    first = found[0].renditions[0]
    assert (first.size_in_bytes, first.duration) == (89970236, 6629.0)


def test_more_media_than_the_limit_are_remarked_on() -> None:
    found = one(attachments=[{"url": f"/{n}.jpg", "mime_type": "image/jpeg"} for n in range(300)])
    assert len(found.associations) == 200
    assert "media-left-out" in [remark.code for remark in found.warnings]


# --- the feed ------------------------------------------------------------------------------------


def test_a_feed_says_whom_to_ask_for_more() -> None:
    hubs = [{"type": "rssCloud", "url": "https://r.example/"}, {"type": "WebSub",
            "url": "https://hub.example/"}]  # fmt: skip
    facts = read(feed(ENTRY, hubs=hubs, next_url="/feed/2.json", expired=True)).feed
    assert facts.hub == "https://hub.example/"
    assert facts.self_link == ADDRESS
    assert facts.prev_archive == "https://meridian.example/feed/2.json"
    assert facts.expired


@pytest.mark.parametrize("expired", [None, "true", 1, False])
def test_only_true_says_that_a_feed_has_ended(expired: object) -> None:
    assert not read(feed(ENTRY, expired=expired)).feed.expired


def test_a_next_page_that_is_the_feed_itself_is_none() -> None:
    assert read(feed(ENTRY, next_url=ADDRESS)).feed.prev_archive is None


def test_an_item_knows_its_feed() -> None:
    found = one()
    assert found.feed_id == ADDRESS
    assert [(source.name, source.uri) for source in found.info_sources] == [
        ("Meridian Wire", ADDRESS)
    ]


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_truncated_feed_is_refused_and_nothing_of_it_is_used(cut: int) -> None:
    with pytest.raises(formats.FormatError):
        read(json.dumps(feed(ENTRY)).encode()[:-cut])


@pytest.mark.parametrize(
    "markup",
    ["<b>" * 19_000, "<p>" + "&" * 300_000, "<a href='" * 18_000, "<!--" * 90_000, "x" * 900_000],
    ids=["nested", "ampersands", "quotes", "comments", "long"],
)
def test_hostile_markup_takes_no_more_than_a_second(markup: str) -> None:
    began = time.monotonic()
    parsed = read(feed(entry(content_html=markup)))
    assert time.monotonic() - began < 2
    assert len(parsed.items) == 1


def test_a_null_character_holds_the_item() -> None:
    assert "field-malformed" in one(title="a\0b").hold_reason
    assert "body-unreadable" in one(content_html="<p>a\0b</p>").hold_reason


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
_names = st.sampled_from([
    *ENTRY, "external_url", "content_text", "summary", "image", "banner_image", "date_modified",
    "authors", "author", "tags", "language", "attachments",
])  # fmt: skip
_tops = st.sampled_from(["title", "feed_url", "hubs", "next_url", "authors", "author", "language"])


@given(st.dictionaries(_names, _json, max_size=6), st.dictionaries(_tops, _json, max_size=3))
def test_whatever_shape_a_fact_has_the_item_is_read(changes: dict, top: dict) -> None:
    parsed = read(feed(ENTRY | changes | {"id": "7"}, **top))
    assert parsed.failed == ()
    assert [item.guid for item in parsed.items] == ["7"]


# --- round trip ----------------------------------------------------------------------------------


def _written(story: Story) -> dict:
    return feed(
        {
            "id": story.guid,
            "title": story.headline,
            "date_modified": story.created,
            "authors": [{"name": story.by}] if story.by else [],
            "language": story.language,
            "content_text": "\n\n".join(story.paragraphs),
        }
    )


@given(story=stories)
def test_what_was_written_is_what_is_read(story: Story) -> None:
    found = read(_written(story)).items[0]
    assert found.guid == story.guid
    assert found.version_created.instant == datetime.fromisoformat(story.created)
    assert (found.headline, found.by, found.language) == (
        story.headline,
        story.by,
        story.language,
    )
    assert formats.text_of(found) == "\n\n".join(story.paragraphs) + "\n"
    assert set(found.hold_reason) <= {"double-escaped"}


@given(story=stories)
def test_a_new_date_alone_is_not_new_content(story: Story) -> None:
    again = msgspec.structs.replace(story, created="2024-01-01T00:00:00+00:00")
    hashes = {read(_written(s)).items[0].content_hash for s in (story, again)}
    assert len(hashes) == 1


def test_a_real_feed_is_read_whole(corpus: Path) -> None:
    path = corpus / "feedparser/tests/json/example.json"
    if not path.exists():
        pytest.skip("the corpus has no JSON Feed")
    parsed = read(path.read_bytes())
    assert parsed.format.name == "json-feed"
    assert parsed.items
    assert parsed.failed == ()
