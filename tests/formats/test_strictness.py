"""What is said twice binds by its strictest; what is lost has a name; unread dates are told."""

import pytest

from copytaster.formats import text_of
from copytaster.item import EmbargoState
from copytaster.item import Partial
from copytaster.item import PubStatus
from tests.formats.reading import item
from tests.formats.test_atom import feed
from tests.formats.test_newsml_g2 import BODY
from tests.formats.test_newsml_g2 import XHTML
from tests.formats.test_newsml_g2 import news
from tests.formats.test_newsml_g2 import story
from tests.formats.test_nitf import document
from tests.formats.test_nitf import nitf
from tests.formats.test_rss import GUID
from tests.formats.test_rss import QUAY
from tests.formats.test_rss import one

NOT_GUILTY = "Head <span hidden>not </span>guilty<script>x</script>"
UNACCOUNTED = ("words-unaccounted",)
SECOND = "</body.content><body.content><p>The end.</p>"


def test_every_body_content_of_nitf_is_read_in_order() -> None:
    found = document(content="<p>The start.</p>" + SECOND)
    assert (text_of(found), found.hold_reason) == ("The start.\n\nThe end.\n", ())


def test_words_between_two_body_contents_are_missed() -> None:
    content = "<p>The start.</p></body.content><p>Lost</p><body.content><p>The end.</p>"
    assert document(content=content).hold_reason == UNACCOUNTED


def test_nitf_inside_g2_is_read_whole() -> None:
    inner = nitf(content="<p>The start.</p>" + SECOND).partition("?>")[2].strip()
    body = f'<inlineXML contenttype="application/nitf+xml">{inner}</inlineXML>'
    assert text_of(story(content=body)) == "The start.\n\nThe end.\n"
    beside = body.replace("</nitf>", "</nitf><p>Lost</p>")
    assert story(content=beside).hold_reason == UNACCOUNTED


@pytest.mark.parametrize(
    "change",
    [
        ("</html>", f"</html><p {XHTML}>Lost</p>"),
        ("</body>", "</body><body><p>Lost</p></body>"),
        ("</html>", "<p>Lost</p></html>"),
    ],
)
def test_words_beside_the_body_of_a_page_are_missed(change: tuple[str, str]) -> None:
    assert story(content=BODY.replace(*change)).hold_reason == UNACCOUNTED


def test_a_second_full_body_in_rss_is_not_lost_without_a_name() -> None:
    bodies = "".join(f"<content:encoded>Part {n}.</content:encoded>" for n in (1, 2))
    found = one(QUAY + bodies)
    assert found.hold_reason == UNACCOUNTED
    assert "content:encoded" in [remark.path for remark in found.warnings]


def test_a_headline_that_loses_words_is_held() -> None:
    sent = {"value": NOT_GUILTY, "contentType": "text/html"}
    assert item({"uri": "urn:q:1", "headlines": [sent]}).hold_reason == UNACCOUNTED
    escaped = NOT_GUILTY.replace("<", "&lt;")
    assert one(f"{GUID}<title>{escaped}</title>").hold_reason == UNACCOUNTED
    inside = f'<entry><id>urn:q:1</id><title type="html">{escaped}</title></entry>'
    assert item(feed(inside)).hold_reason == UNACCOUNTED


def test_the_strictest_of_several_statuses_binds() -> None:
    words = ("usable", "canceled")
    for both in (words, words[::-1]):
        meta = "".join(f'<pubStatus qcode="stat:{word}"/>' for word in both)
        assert story(meta).pub_status is PubStatus.canceled


def test_the_latest_of_several_embargoes_binds_and_an_unread_one_above_all() -> None:
    early, late = "2025-12-05T10:00:00Z", "2025-12-06T10:00:00Z"
    both = f"<embargoed>{early}</embargoed><embargoed>{late}</embargoed>"
    assert story(both).embargo.raw == late
    unread = f"<embargoed>{early}</embargoed><embargoed>Friday</embargoed>"
    assert story(unread).embargo.state is EmbargoState.unparseable


def test_a_second_item_meta_holds_and_its_kill_is_heard() -> None:
    second = '<itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentMeta>'
    found = item(news().replace("<contentMeta>", second))
    assert (found.pub_status, found.hold_reason) == (PubStatus.canceled, ("field-malformed",))


def test_an_incomplete_representation_is_no_whole_story() -> None:
    found = item({"uri": "urn:q:1", "representationtype": "incomplete", "body_text": "Quay."})
    assert found.partial is Partial.patch


@pytest.mark.parametrize("raw", ["yesterday", "Thu, 04 Dec 2025 10:00:00"])
def test_a_feed_date_that_gives_no_instant_holds(raw: str) -> None:
    assert one(f"{QUAY}<pubDate>{raw}</pubDate>").hold_reason == ("date-missing",)


def test_dates_of_which_none_can_be_read_hold_and_no_date_at_all_does_not() -> None:
    told = item({"uri": "urn:q:1", "versioncreated": "yesterday"})
    assert told.hold_reason == ("date-missing",)
    assert item({"uri": "urn:q:1"}).hold_reason == one(QUAY).hold_reason == ()
    first = {"firstcreated": "2025-12-04T10:00:00Z"}
    assert item({"uri": "urn:q:1", "versioncreated": "yesterday"} | first).hold_reason == ()


@pytest.mark.parametrize(
    ("href", "kept"), [("javascript:alert(1)", None), ("https://example.org/a",) * 2]
)
def test_a_canonical_link_is_one_that_may_be_followed(href: str, kept: str | None) -> None:
    link = {"rel": "canonical", "href": href}
    assert item({"uri": "urn:q:1", "links": [link]}).link == kept
    assert story(f'<link rel="irel:canonical" href="{href}"/>').link == kept
