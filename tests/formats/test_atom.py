"""Atom and its tombstones: the types say what is markup, and only a tombstone takes back."""

from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.formats import FormatError
from copytaster.formats import text_of
from copytaster.item import BodyKind
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import PubStatus
from tests.formats.reading import NOW
from tests.formats.reading import PROFILE
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import words

SPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:app="http://www.w3.org/2007/app" '
    'xmlns:fh="http://purl.org/syndication/history/1.0" '
    'xmlns:apnm="http://ap.org/schemas/03/2005/apnm"'
)
HEAD = "<id>urn:q:1</id><title>Quay opens</title><updated>2025-12-04T10:00:00+01:00</updated>"


def feed(entries: str, head: str = "<id>urn:feed</id><title>Harbour wire</title>") -> str:
    return f"<feed {SPACES}>{head}{entries}</feed>"


def one(inside: str, agency=PROFILE, head: str = "<id>urn:feed</id><title>Wire</title>") -> Item:
    return item(feed(f"<entry>{HEAD}{inside}</entry>", head), agency)


def codes(found: Item) -> list[str]:
    return [remark.code for remark in found.warnings]


# --- an entry ----------------------------------------------------------------------------------


def test_an_entry_has_its_id_its_dates_and_its_feed() -> None:
    found = one(
        '<published>2025-12-04T09:00:00Z</published><link href="https://e.org/q"/>'
        '<category term="ports" label="Ports" scheme="https://e.org/c"/><rights>© M</rights>'
    )
    assert (found.guid, found.feed_id, found.link) == ("urn:q:1", "urn:feed", "https://e.org/q")
    assert found.version_created is not None
    assert found.first_created is not None
    assert str(found.version_created.instant) == "2025-12-04 10:00:00+01:00"
    assert str(found.first_created.instant) == "2025-12-04 09:00:00+00:00"
    assert found.subjects == (Concept(literal="ports", name="Ports", scheme="https://e.org/c"),)
    assert found.copyright_notice == "© M"
    assert (found.version, found.pub_status, found.hold_reason) == (None, PubStatus.usable, ())


@pytest.mark.parametrize("name", ["http://E.org/A#b", "tag:e.org,2025:%c3%a9", "urn:X"])
def test_an_id_is_kept_byte_for_byte(name: str) -> None:
    assert one("").guid == "urn:q:1"
    found = item(feed(f"<entry><id>\n {name} </id><title>x</title></entry>"))
    assert found.guid == name


def test_an_entry_without_an_id_is_named_by_its_page_or_held() -> None:
    linked = '<entry><title>x</title><link href="https://E.org/a"/></entry>'
    found = read(feed(linked + "<entry><title>y</title></entry>")).items
    assert found[0].guid == "https://e.org/a"
    assert found[1].hold_reason == ("guid-missing",)


def test_an_entry_alone_is_a_document() -> None:
    found = item(f"<entry {SPACES}>{HEAD}<content>words</content></entry>")
    assert (found.guid, text_of(found)) == ("urn:q:1", "words\n")


@pytest.mark.parametrize(
    ("content", "words", "kind"),
    [
        ("<content>a &lt;b&gt;\n\n&amp; c</content>", "a <b>\n\n& c\n", "text/plain"),
        ('<content type="text/plain">a</content>', "a\n", "text/plain"),
        ('<content type="html">&lt;p&gt;a &amp;amp; b&lt;/p&gt;c</content>', "a & b\n\nc\n", None),
        ('<content type="TEXT/HTML; charset=utf-8">&lt;i&gt;a&lt;/i&gt;</content>', "a\n", None),
        (
            (
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &amp; b</p>c'
                "<!-- x --></div></content>"
            ),
            "a & b\n\nc\n",
            "application/xhtml+xml",
        ),
        (
            (
                '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>a</h:p>'
                "</h:div></content>"
            ),
            "a\n",
            "application/xhtml+xml",
        ),
        (
            (
                '<content type="text/xml"><nitf><body><body.head><byline>x</byline></body.head>'
                "<body.content><p>a</p><p>b</p></body.content></body></nitf></content>"
            ),
            "a\n\nb\n",
            "application/nitf+xml",
        ),
    ],
)
def test_content_is_read_as_its_type_says(content: str, words: str, kind: str | None) -> None:
    found = one(content)
    assert (text_of(found), found.hold_reason) == (words, ())
    assert found.body_kind is BodyKind.full
    assert found.bodies[0].content_type == kind or kind is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<content src="https://e.org/a.html" type="text/html"/>', "content-elsewhere"),
        ('<content type="image/png">aWs=</content>', "content-type-aside"),
        ('<content type="application/x+xml"><y/></content>', "content-type-aside"),
    ],
)
def test_content_that_is_no_text_is_left_aside_and_remarked_on(content: str, code: str) -> None:
    found = one(content + "<summary>Short.</summary>")
    assert (text_of(found), found.body_kind, found.summary) == ("", BodyKind.summary, "Short.")
    assert codes(found) == [code]


def test_a_summary_is_never_taken_for_the_text() -> None:
    found = one("<summary>Short.</summary>")
    assert (text_of(found), found.body_kind) == ("", BodyKind.summary)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("<title>A &lt;b&gt; &amp;amp; c</title>", "A <b> &amp; c"),
        ('<title type="html">A &lt;b&gt;x&lt;/b&gt; &amp;amp; c</title>', "A x & c"),
        (
            (
                '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>x</b>'
                "<script>y</script></div></title>"
            ),
            "A x",
        ),
        ('<title type="image/png">aWs=</title>', None),
    ],
)
def test_a_title_is_read_as_its_type_says(title: str, headline: str | None) -> None:
    assert item(feed(f"<entry><id>urn:a</id>{title}</entry>")).headline == headline


def test_html_that_was_escaped_twice_is_held() -> None:
    found = one('<content type="html">&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;</content>')
    assert found.hold_reason == ("double-escaped",)


def test_links_are_resolved_against_xml_base() -> None:
    found = item(
        f'<feed {SPACES} xml:base="https://e.org/n/"><entry xml:base="2025/">{HEAD}'
        '<link href="s"/><content type="html">&lt;a href="../t"&gt;x&lt;/a&gt;</content>'
        "</entry></feed>"
    )
    assert found.link == "https://e.org/n/2025/s"
    assert found.copy.blocks[0].lines[0].cells[0][0].href == "https://e.org/n/t"


@pytest.mark.parametrize(
    ("inside", "head", "by"),
    [
        ("<author><name>A</name></author><author><name>B</name></author>", "", "A, B"),
        ("<source><author><name>S</name></author></source>", "", "S"),
        ("", "<author><name>F</name></author>", "F"),
        ("<author><email>a@e.org</email></author>", "", None),
    ],
)
def test_authors_come_from_the_entry_its_source_or_the_feed(
    inside: str, head: str, by: str | None
) -> None:
    assert one(inside, head=head).by == by


def test_the_language_is_the_nearest_one() -> None:
    entry = f'<entry xml:lang="de-AT">{HEAD}</entry>'
    document = f'<feed {SPACES} xml:lang="en">{entry}<entry><id>b</id></entry></feed>'
    assert [one.language for one in read(document).items] == ["de-AT", "en"]


@pytest.mark.parametrize(
    ("updated", "readable"),
    [
        ("2025-12-04T10:00:00Z", True),
        ("2025-12-04T10:00Z", True),
        ("2025-12-04T10:00:00", False),
        ("2025-12-04T10:00:00+5:30", False),
        ("yesterday", False),
    ],
)
def test_dates_are_rfc_3339_and_nothing_is_guessed(updated: str, readable: bool) -> None:
    found = item(feed(f"<entry><id>a</id><updated>{updated}</updated></entry>"))
    assert found.version_created is not None
    assert (found.version_created.instant is not None) is readable
    assert found.version_created.raw == updated


# --- what may be done with it ------------------------------------------------------------------


def test_a_draft_is_held() -> None:
    found = one("<app:control><app:draft>yes</app:draft></app:control>")
    assert (found.pub_status, found.hold_reason) == (PubStatus.hold, ("status-held",))


def ap(status: str) -> str:
    return f"<apnm:NewsManagement>{status}</apnm:NewsManagement>"


@pytest.mark.parametrize(
    ("word", "status", "embargo", "holds"),
    [
        ("Usable", PubStatus.usable, EmbargoState.none, ()),
        ("Canceled", PubStatus.canceled, EmbargoState.none, ()),
        ("Withheld", PubStatus.withheld, EmbargoState.none, ()),
        ("Embargoed", PubStatus.usable, EmbargoState.indefinite, ()),
        ("Odd", PubStatus.hold, EmbargoState.none, ("status-unknown",)),
    ],
)
def test_aps_publishing_status_is_heard(
    word: str, status: PubStatus, embargo: EmbargoState, holds: tuple
) -> None:
    found = one(ap(f"<apnm:PublishingStatus>{word}</apnm:PublishingStatus>"))
    assert (found.pub_status, found.embargo.state, found.hold_reason) == (status, embargo, holds)


@pytest.mark.parametrize(
    ("change", "state"),
    [("2025-12-05T10:00:00Z", "until"), ("2025-12-05T10:00:00", "unparseable"), ("", "indefinite")],
)
def test_an_embargo_of_ap_needs_a_zone(change: str, state: str) -> None:
    status = f'<apnm:PublishingStatus statusChangeOn="{change}">Embargoed</apnm:PublishingStatus>'
    found = one(ap(status), profile(zone="America/New_York", assume_zone=True))
    assert found.embargo.state == state


# --- tombstones --------------------------------------------------------------------------------

GONE = '<at:deleted-entry ref="urn:q:1" when="2025-12-04T11:00:00Z"><at:comment>Wrong quay</at:comment></at:deleted-entry>'  # noqa: E501


def test_a_tombstone_is_a_notice_that_points_at_its_entry() -> None:
    found = read(feed(GONE + f"<entry>{HEAD}</entry>")).items[0]
    (target,) = found.targets
    assert (target.idref, target.new_status) == ("urn:q:1", PubStatus.canceled)
    assert target.when is not None
    assert str(target.when.instant) == "2025-12-04 11:00:00+00:00"
    assert found.guid == "tombstone:urn:q:1@2025-12-04T11:00:00Z"
    assert found.editorial_types == (EditorialType.kill,)
    assert (found.headlines, text_of(found), found.ed_note) == ((), "", "Wrong quay")
    assert found.pub_status is PubStatus.canceled


def test_a_tombstone_whose_time_cannot_be_read_still_points() -> None:
    found = item(feed('<at:deleted-entry ref="urn:q:1" when="just now"/>'))
    (target,) = found.targets
    assert target.when is not None
    assert (target.idref, target.when.instant, codes(found)) == (
        "urn:q:1",
        None,
        ["date-unreadable"],
    )


def test_a_tombstone_that_names_nothing_fails_alone() -> None:
    found = read(feed(f'<at:deleted-entry when="x"/><entry>{HEAD}</entry>'))
    assert [one.guid for one in found.items] == ["urn:q:1"]
    assert found.failed[0].index == 0


def test_entries_and_tombstones_keep_their_order_and_their_sources() -> None:
    later = "<entry><id>urn:q:2</id><content>two</content></entry>"
    found = read(feed(f"<entry>{HEAD}<content>one</content></entry>{GONE}{later}")).items
    assert [text_of(one) for one in found] == ["one\n", "", "two\n"]
    assert [one.hold_reason for one in found] == [(), (), ()]


# --- feeds of all kinds ------------------------------------------------------------------------


def test_a_feed_says_whom_to_ask_for_more() -> None:
    links = "".join(
        f'<link rel="{rel}" href="https://e.org/{rel}"/>' for rel in ("hub", "self", "prev-archive")
    )
    found = read(feed("", links + "<fh:complete/>"))
    assert (found.items, found.snapshot) == ((), True)
    assert found.feed is not None
    assert found.feed.hub == "https://e.org/hub"
    assert found.feed.self_link == "https://e.org/self"
    assert found.feed.prev_archive == "https://e.org/prev-archive"
    assert found.feed.complete


def test_atom_0_3_is_read_with_the_same_words() -> None:
    found = item(
        """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>a</id>
<title mode="escaped" type="text/html">A &lt;i&gt;b&lt;/i&gt;</title>
<issued>2025-12-04T09:00:00Z</issued><modified>2025-12-04T10:00:00Z</modified>
<content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;y</content></entry></feed>"""
    )
    assert (found.headline, text_of(found), found.format.version) == ("A b", "x\n\ny\n", "0.3")
    assert found.version_created is not None
    assert found.version_created.raw == "2025-12-04T10:00:00Z"


def test_base64_of_atom_0_3_is_read_and_what_is_no_text_is_left_aside() -> None:
    shape = """<feed xmlns="http://purl.org/atom/ns#"><entry><id>a</id>
<title mode="base64">%s</title><content mode="base64" type="text/html">%s</content>
</entry></feed>"""
    found = item(shape % ("UXVheSA8IDU=", "PHA+YcOpPC9wPg=="))
    assert (found.headline, text_of(found), found.hold_reason) == ("Quay < 5", "aé\n", ())
    broken = item(shape % ("/////w==", "not base64"))
    assert (broken.headline, text_of(broken)) == (None, "")
    assert set(codes(broken)) == {"content-type-aside"}


def test_octets_that_nothing_calls_text_are_read_as_a_repair() -> None:
    found = one('<content type="application/octet-stream">PGI+UXVheTwvYj4=</content>')
    assert text_of(found) == "Quay\n"
    assert found.repairs == ("octets",)


def test_two_contents_that_differ_hold_the_entry() -> None:
    twice = "<content>One.</content><content>%s</content>"
    assert one(twice % "Two.").hold_reason == ("words-unaccounted",)
    assert one(twice % "One.").hold_reason == ()


def test_escaped_markup_inside_a_wrapper_is_read_once() -> None:
    found = one('<content type="html"><div>A &lt;b&gt;quay&lt;/b&gt;</div></content>')
    assert (text_of(found), found.hold_reason) == ("A quay\n", ())


def test_a_field_in_another_language_than_its_entry_says_so() -> None:
    found = item(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><entry><id>a</id>
<title xml:lang="fr_CH">Le quai</title><summary xml:lang="">x</summary>
<content xml:lang="de">Der Kai.</content></entry></feed>"""
    )
    assert found.language == "de"  # of its text
    assert (found.headlines[0].lang, found.descriptions[0].lang) == ("fr-CH", "und")


def test_an_archive_is_no_present_window() -> None:
    archive = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="%s"><fh:archive/></feed>'
    assert not read(archive % "http://purl.org/syndication/history/1.0").snapshot


@pytest.mark.parametrize(
    "namespace", ["http://purl.org/atompub/tombstones/1.0", "http://www.w3.org/2007/app"]
)
def test_a_tombstone_is_heard_in_either_namespace_and_says_who_deleted(namespace: str) -> None:
    found = item(
        f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="{namespace}">
<at:deleted-entry ref="urn:q:1" when="2025-12-04T10:00:00Z"><at:by><name>Desk</name></at:by>
<at:comment>Wrong quay.</at:comment></at:deleted-entry></feed>"""
    )
    assert (found.targets[0].idref, found.ed_note) == ("urn:q:1", "Wrong quay.")
    assert [(one.name, one.role) for one in found.info_sources] == [("Desk", "deleted-by")]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        feed(f"<entry>{HEAD}</entry>")[:-9],
        f"<feeed {SPACES}/>",
        feed("<entry/>" * 10_001),
    ],
    ids=["empty", "cut off", "other root", "too many"],
)
def test_what_is_no_feed_is_refused_in_one_line(broken: str) -> None:
    with pytest.raises(FormatError) as refusal:
        read(broken)
    assert "\n" not in str(refusal.value)


# --- always ------------------------------------------------------------------------------------


@given(st.lists(words(), min_size=1, max_size=5), st.sampled_from(["text", "html", "xhtml"]))
def test_words_written_into_a_feed_come_out_again(paragraphs: list[str], kind: str) -> None:
    marked = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    written = {
        "text": escape("\n\n".join(paragraphs)),
        "html": escape(marked),
        "xhtml": f'<div xmlns="http://www.w3.org/1999/xhtml">{marked}</div>',
    }[kind]
    found = one(f'<content type="{kind}">{written}</content>')
    assert text_of(found) == "\n\n".join(paragraphs) + "\n"
    assert set(found.hold_reason) <= {"double-escaped"}


@given(st.text(st.sampled_from("<>&;/![]CDATA'\"= \nabpi#0"), max_size=60))
def test_any_characters_in_a_feed_give_items_or_a_refusal(inside: str) -> None:
    for document in (feed(f"<entry>{HEAD}{inside}</entry>"), feed(inside)):
        try:
            found = read(document)
        except FormatError:
            continue
        assert found.format.name == "atom"


def test_the_corpus_atom_of_an_agency_is_read_whole(corpus: Path) -> None:
    data = (corpus / "agency-samples" / "atom" / "wenn.xml").read_bytes()
    found = formats.parse(data, PROFILE, formats.Context(received=NOW))
    assert found.items
    assert not found.failed
    for one in found.items:
        assert one.guid
        assert one.headline
        assert one.body_kind is BodyKind.full
        assert one.hold_reason == ()


def test_an_entry_of_more_elements_than_any_has_is_told_and_its_neighbours_are_read() -> None:
    entry = "<entry><id>urn:{}</id><title>Quay</title>{}</entry>"
    parsed = read(feed(entry.format(1, "") + entry.format(2, "<link/>" * 25_000)))
    assert (len(parsed.items), len(parsed.failed)) == (1, 1)
    assert "25000 elements" in parsed.failed[0].error
