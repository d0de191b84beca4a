"""AP Media API JSON: what may be published, whose story it is, where its text is."""

import json
import time
from datetime import UTC
from datetime import datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.agency import load
from copytaster.item import BodyKind
from copytaster.item import Byline
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import Place
from copytaster.item import PubStatus
from tests.formats.reading import NOW
from tests.formats.reading import PROFILE
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import stories

GUID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
STORY = {
    "uri": f"https://api.wire.example/media/v/content/{GUID}?qt=abc",
    "altids": {"itemid": GUID, "etag": f"{GUID}_1a2b", "friendlykey": "1234567"},
    "version": 2,
    "type": "text",
    "urgency": 4,
    "editorialpriority": "r",
    "language": "en",
    "versioncreated": "2025-12-04T10:00:00Z",
    "firstcreated": "2025-12-04T08:30:00Z",
    "pubstatus": "usable",
    "signals": ["newscontent"],
    "headline": "Harbour reopens after storm",
    "body_nitf": "<p>The harbour <b>opened</b>.</p><p>Ferries sail.</p>",
}


def story(**changes: object) -> dict:
    """The story with changes; None takes a key away."""
    return {key: value for key, value in {**STORY, **changes}.items() if value is not None}


def answer(*items: object, **more: object) -> dict:
    """What the feed method answers."""
    results = [{"meta": {}, "item": item} for item in items]
    data = {"updated": "2025-12-04T10:01:00Z", "current_item_count": len(items), "items": results}
    return {"api_version": "2.2", "id": "xyz", "method": "/content/feed.GET", "data": data} | more


def one(agency: object = PROFILE, **changes: object) -> Item:
    parsed = read(answer(story(**changes)), agency)
    assert (len(parsed.items), parsed.failed) == (1, ())
    return parsed.items[0]


# --- documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        answer(STORY),
        {"data": {"items": [{"meta": {}, "item": STORY}]}},
        {"items": [{"item": STORY}]},
        {"api_version": "2.2", "data": {"meta": {}, "item": STORY}},
        {"data": {"item": STORY}},
        {"meta": {}, "item": STORY},
        [{"meta": {}, "item": STORY}],
        [STORY],
        STORY,
    ],
    ids=["feed", "bare-feed", "items", "content", "data", "result", "results", "list", "item"],
)
def test_answers_results_and_items_are_all_read(document: object) -> None:
    parsed = read(document)
    assert parsed.format.name == "ap-media"
    assert [item.guid for item in parsed.items] == [GUID]


def test_an_empty_answer_is_no_error_and_takes_nothing_back() -> None:
    for document in (answer(), {"api_version": "2.2", "data": {"current_item_count": 0}}):
        parsed = read(document)
        assert (parsed.items, parsed.failed) == ((), ())


def test_an_answer_that_is_an_error_says_what_went_wrong() -> None:
    error = {"status": 403, "message": "Key is not\nauthorised"}
    with pytest.raises(formats.FormatError, match="403 Key is not authorised"):
        read({"api_version": "2.2", "error": error})


def test_an_answer_about_the_account_holds_no_items_and_is_refused() -> None:
    with pytest.raises(formats.FormatError, match="answer without items"):
        read({"api_version": "2.2", "data": {"plans": []}})


def test_a_ninjs_object_that_names_an_itemid_among_others_stays_ninjs() -> None:
    altids = {"itemid": "(ap):1", "etag": "(ap):2", "otr": "(reuters)"}
    assert read({"uri": "urn:1", "altids": altids}).format.name == "ninjs"
    told = {"uri": "urn:1", "$standard": {"name": "ninjs"}, "altids": STORY["altids"]}
    assert read(told).format.name == "ninjs"


@pytest.mark.parametrize(
    "bad",
    [None, 3, [], {}, {"altids": {}}, {"altids": {"itemid": ""}}, {"altids": {"itemid": 3}},
     {"altids": {"itemid": "x" * 5000}}, {"altids": ["a"]}],
)  # fmt: skip
def test_an_item_without_an_itemid_does_not_lose_its_neighbours(bad: object) -> None:
    after = story(altids={"itemid": "after", "etag": "after_1"})
    parsed = read(answer(STORY, bad, after))
    assert [item.guid for item in parsed.items] == [GUID, "after"]
    assert [failed.index for failed in parsed.failed] == [1]
    assert "AP Media API" in parsed.failed[0].error


# --- identity and version ------------------------------------------------------------------------


def test_the_itemid_is_the_story_and_the_version_only_an_attribute() -> None:
    first, later = one(version=0), one(version=12)
    assert (first.guid, first.version_number) == (GUID, 0)
    assert (later.guid, later.version_number, later.story_chain_id) == (GUID, 12, GUID)


def test_other_ids_are_kept_with_their_names() -> None:
    named = {alt.role: alt.value for alt in one().alt_ids}
    assert named["etag"] == f"{GUID}_1a2b"
    assert named["uri"] == STORY["uri"]


# --- what may be published -----------------------------------------------------------------------


def test_ordinary_copy_flows() -> None:
    found = one()
    assert found.pub_status is PubStatus.usable
    assert (found.hold_reason, found.editorial_types, found.repairs) == ((), (), ())
    assert found.embargo.state is EmbargoState.none


@pytest.mark.parametrize("signals", [None, [], ["Derived"], ["singlesource", "ConsumerReady"]])
def test_what_is_not_news_content_is_for_editors_whatever_its_status(signals: object) -> None:
    assert EditorialType.advisory in one(signals=signals).editorial_types


@pytest.mark.parametrize("signals", [["newscontent"], ["Derived", "NewsContent"], "newscontent"])
def test_news_content_is_told_without_regard_to_case_or_company(signals: object) -> None:
    assert one(signals=signals).editorial_types == ()


def test_a_test_is_a_test() -> None:
    assert EditorialType.test in one(signals=["newscontent", "Test"]).editorial_types


def test_every_signal_of_the_schema_is_known_and_any_other_holds() -> None:
    known = (
        "APWhollyOwned explicitcontent Derived DerivedLatest isnotdigitized NewsroomReady "
        "newscontent ConsumerReady singlesource whitelisted"
    ).split()
    found = one(signals=known)
    assert found.hold_reason == ()
    assert found.content_warning == "explicitcontent"
    assert one(signals=["newscontent", "moonlit"]).hold_reason == ("signal-unknown",)


@pytest.mark.parametrize(
    ("status", "read_as", "holds"),
    [
        ("usable", PubStatus.usable, ()),
        (None, PubStatus.usable, ()),
        ("withheld", PubStatus.withheld, ()),
        ("canceled", PubStatus.canceled, ()),
        ("Canceled", PubStatus.canceled, ()),
        ("", PubStatus.hold, ("status-unknown",)),
        ("scheduled", PubStatus.hold, ("status-unknown",)),
        (7, PubStatus.hold, ("status-unknown",)),
    ],
)
def test_the_status_is_read_and_what_is_not_known_is_held(
    status: object, read_as: PubStatus, holds: tuple[str, ...]
) -> None:
    found = one(pubstatus=status)
    assert (found.pub_status, found.hold_reason) == (read_as, holds)


def test_an_embargo_ends_at_its_instant_and_without_one_never() -> None:
    until = one(pubstatus="embargoed", embargoed="2025-12-05T05:00:00Z").embargo
    assert until.until == datetime.fromisoformat("2025-12-05T05:00:00+00:00")
    assert one(embargoed="2025-12-05T05:00:00Z").embargo.state is EmbargoState.until
    assert one(pubstatus="embargoed").embargo.state is EmbargoState.indefinite
    assert one(embargoed="").embargo.state is EmbargoState.indefinite
    assert one(embargoed="2025-12-05T05:00:00").embargo.state is EmbargoState.unparseable
    assert one(embargoed=5).embargo.state is EmbargoState.unparseable


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Add", EditorialType.add),
        ("Advisory", EditorialType.advisory),
        ("Clarification", EditorialType.clarification),
        ("Corrective", EditorialType.correction),
        ("Correction", EditorialType.correction),
        ("Disregard", EditorialType.disregard),
        ("Elimination", EditorialType.elimination),
        ("HoldForRelease", EditorialType.hold_for_release),
        ("Kill", EditorialType.kill),
        ("Lead", EditorialType.lead),
        ("Takes", EditorialType.takes),
        ("Withhold", EditorialType.withhold),
        ("Writethru", EditorialType.writethru),
    ],
)
def test_every_editorial_type_is_known(word: str, kind: EditorialType) -> None:
    found = one(editorialtypes=[word])
    assert (found.editorial_types, found.hold_reason) == ((kind,), ())


def test_the_editorial_types_bind_over_the_status() -> None:
    assert one(editorialtypes=["Kill"]).pub_status is PubStatus.canceled
    assert one(editorialtypes=["Elimination"]).pub_status is PubStatus.canceled
    assert one(editorialtypes=["Withhold"]).pub_status is PubStatus.withheld
    assert one(editorialtypes=["Add"]).partial is Partial.add
    assert one(editorialtypes=["Mystery"]).hold_reason == ("editorial-type-unknown",)


def test_a_note_to_editors_is_never_a_readers_word() -> None:
    found = one(ednote="Eds: UPDATES with quote", description_editornotes="A note for readers.")
    assert found.ed_note == "Eds: UPDATES with quote"
    assert found.public_note == "A note for readers."
    assert found.descriptions == ()
    assert "UPDATES" not in formats.text_of(found)


@pytest.mark.parametrize("name", ["ednote", "headline", "versioncreated", "usageterms", "signals"])
def test_what_bears_on_publishing_holds_when_its_type_is_wrong(name: str) -> None:
    assert "field-malformed" in one(**{name: {"a": 1}}).hold_reason


# --- editorial facts -----------------------------------------------------------------------------


def test_headlines_have_the_main_one_first_and_a_title_stands_in() -> None:
    found = one(headline_extended="Harbour reopens after the storm of the year",
                headline_seo="harbour storm", title="Storm-Harbour")  # fmt: skip
    assert found.headline == STORY["headline"]
    assert [h.role for h in found.headlines] == [None, "extended", "seo"]
    assert one(headline=None, title="Storm-Harbour").headline == "Storm-Harbour"


def test_bylines_are_the_authors_and_makers_of_pictures_are_no_authors() -> None:
    bylines = [{"by": "By ADA LUND", "title": "Meridian"}, {"by": "BO EK"}]
    found = one(bylines=bylines, photographer={"name": "Cy Dal", "title": "STF"})
    assert found.by == "By ADA LUND, BO EK"
    assert found.bylines[0] == Byline(name="By ADA LUND", title="Meridian")
    assert found.bylines[2] == Byline(name="Cy Dal", title="STF", role="photographer")


def test_the_place_of_the_dateline_is_kept_in_parts() -> None:
    where = {"city": "Bergen", "countryareaname": "Vestland", "countryname": "Norway"}
    found = one(located="BERGEN, Norway", datelinelocation=where)
    assert found.dateline_detail == Place(city="Bergen", area="Vestland", country="Norway")
    assert (found.located, found.dateline) == ("BERGEN, Norway", "BERGEN, Norway")
    assert one(datelinelocation=where).located == "Bergen"


def test_terms_become_addresses_with_their_relation() -> None:
    subjects = [
        {"code": "a", "name": "a", "rels": ["category"], "creator": "Editorial"},
        {"scheme": "http://cv.wire.example/id/", "code": "7", "name": "Storms",
         "rels": ["direct"], "creator": "Machine", "relevance": 88},
    ]  # fmt: skip
    found = one(subject=subjects, person=[{"name": "Ada Lund", "rels": ["personfeatured"]}],
                organisation=[{"name": "Port"}], place=[{"name": "Bergen"}],
                event=[{"name": "Regatta"}], fixture={"code": "9", "name": "Briefs"})  # fmt: skip
    assert found.anpa_category == "a"
    assert (found.subjects[1].uri, found.subjects[1].rel) == (
        "http://cv.wire.example/id/7",
        "direct",
    )
    assert found.subjects[1].relevance == 88.0
    named = (found.people, found.organisations, found.places, found.events, found.genres)
    assert [each[0].name for each in named] == ["Ada Lund", "Port", "Bergen", "Regatta", "Briefs"]


def test_rights_sources_and_links_are_kept() -> None:
    found = one(usageterms=["Editorial use only.", "No archive."], copyrightnotice="(c) 2025",
                infosource=[{"name": "Meridian", "type": "Wire"}], provider="Wire",
                description_creditline="Cy Dal/Wire", slugline="BC-Harbour",
                links=[{"rel": "canonical", "href": "https://wire.example/a/7"}],
                expires="2026-01-01T00:00:00Z", keywords=["storm harbour"],
                profile="Spot Development")  # fmt: skip
    assert found.usage_terms == ("Editorial use only.", "No archive.")
    assert (found.copyright_notice, found.credit) == ("(c) 2025", "Cy Dal/Wire")
    assert [source.name for source in found.info_sources] == ["Meridian", "Wire"]
    assert found.link == "https://wire.example/a/7"
    assert found.expires.instant is not None
    assert (found.keywords, found.profile) == (("storm harbour",), "Spot Development")
    assert (found.priority, found.urgency, found.slugline) == ("r", 4, "BC-Harbour")


def test_the_products_it_came_under_are_its_services() -> None:
    document = {"data": {"meta": {"products": [{"id": 7, "name": "World"}, {"id": 8}]},
                         "item": STORY}}  # fmt: skip
    assert read(document).items[0].services == ("World", "8")


def test_unknown_fields_are_passed_over() -> None:
    assert one(brandnew={"a": [1]}).content_hash == one().content_hash


# --- the text ------------------------------------------------------------------------------------

NITF = (
    '<?xml version="1.0" encoding="utf-8"?><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">'
    "<body><body.head><hedline><hl1>From the head</hl1></hedline><byline>By BO EK</byline>"
    "</body.head><body.content><block id='Main'><p>The harbour opened.</p>"
    "<p>Ferries sail.</p></block></body.content></body></nitf>"
)


@pytest.mark.parametrize(
    "body",
    [
        {"body_nitf": "<p>The harbour opened.</p><p>Ferries sail.</p>"},
        {"body_nitf": "\n<block id='Main'><p>The harbour opened.</p><p>Ferries sail.</p></block>"},
        {"body_nitf": "<body.content><p>The harbour opened.</p><p>Ferries sail.</p>"
                      "</body.content>"},
        {"body_nitf": "<body><body.content><p>The harbour opened.</p><p>Ferries sail.</p>"
                      "</body.content></body>"},
        {"body_nitf": NITF},
        {"body_nitf": None, "body": {"nitf": NITF}},
        {"body_nitf": None, "body_text": "The harbour opened.\n\nFerries sail."},
        {"body_nitf": None, "body": {"html": "<p>The harbour opened.</p><p>Ferries sail.</p>"}},
    ],
    ids=["paragraphs", "block", "content", "body", "document", "object", "plain", "html"],
)  # fmt: skip
def test_a_text_inside_the_item_is_read_whatever_part_of_nitf_it_is(body: dict) -> None:
    found = one(**body)
    assert formats.text_of(found) == "The harbour opened.\n\nFerries sail.\n"
    assert (found.body_kind, found.hold_reason, found.repairs) == (BodyKind.full, (), ())


def test_the_head_of_the_document_inside_fills_what_the_item_leaves_out() -> None:
    found = one(body_nitf=NITF, headline=None)
    assert (found.headline, found.by) == ("From the head", "By BO EK")
    assert one(body_nitf=NITF).headline == STORY["headline"]


def document(docdata: str, *, kind: str = "") -> str:
    """An NITF document that says something of itself."""
    return (
        f"<nitf><head>{kind}<docdata {docdata}</docdata></head><body><body.head/><body.content>"
        "<p>The harbour opened.</p></body.content></body></nitf>"
    )


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("canceled", PubStatus.canceled),
        ("withheld", PubStatus.withheld),
        ("something", PubStatus.hold),
        ("usable", PubStatus.usable),
    ],
)
def test_the_document_inside_can_only_make_the_status_stricter(
    said: str, status: PubStatus
) -> None:
    nitf = document(f'management-status="{said}">')
    assert one(body_nitf=nitf).pub_status is status
    assert one(body_nitf=nitf, pubstatus="canceled").pub_status is PubStatus.canceled


def test_an_embargo_of_the_document_inside_binds_where_the_item_has_none() -> None:
    release = '<date.release norm="20260201T000000Z"/>'
    nitf = document(f'management-status="embargoed">{release}')
    assert one(body_nitf=nitf).embargo.until == datetime(2026, 2, 1, tzinfo=UTC)
    assert one(body_nitf=document(f">{release}")).embargo.state is EmbargoState.until
    endless = one(body_nitf=document('management-status="embargoed">'))
    assert endless.embargo.state is EmbargoState.indefinite
    own = one(body_nitf=nitf, embargoed="2026-03-01T00:00:00Z")
    assert own.embargo.until == datetime(2026, 3, 1, tzinfo=UTC)


def test_what_the_document_inside_tells_editors_is_told_beside_the_items_note() -> None:
    nitf = document('><ed-msg info="UPDATES: adds details."/><ed-msg info="NORWAY OUT"/>')
    found = one(body_nitf=nitf, ednote="Eds: UPDATES: adds details.")
    assert found.ed_note == "Eds: UPDATES: adds details.\nNORWAY OUT"
    assert one(body_nitf=nitf).ed_note == "UPDATES: adds details.\nNORWAY OUT"


def test_many_messages_inside_beside_a_long_note_take_no_more_than_a_second() -> None:
    messages = f'<ed-msg info="{"a" * 150}b"/>' * 4_000
    began = time.process_time()
    found = one(body_nitf=document(f">{messages}"), ednote="a" * 1_000_000)
    assert time.process_time() - began < 1
    assert (found.ed_note or "").count("b") == 4_000


def test_an_advisory_inside_is_an_advisory() -> None:
    found = one(body_nitf=document(">", kind='<tobject tobject.type="Advisory"/>'))
    assert found.editorial_types == (EditorialType.advisory,)


def test_a_text_that_is_only_pointed_to_is_no_text_and_told_so() -> None:
    href = "https://api.wire.example/download?format=NITF"
    found = one(body_nitf=None, renditions={"nitf": {"href": href, "mimetype": "text/xml"}})
    assert (found.body_kind, found.copy.blocks) == (BodyKind.none, ())
    assert [(r.code, r.detail) for r in found.warnings] == [("content-elsewhere", href)]


@pytest.mark.parametrize(
    "body", ["<p>one", "</body.content></body></nitf><nitf/>", "<nitf", "\0", "<p>" * 300]
)
def test_a_text_that_cannot_be_read_holds_and_its_status_is_still_heard(body: str) -> None:
    found = one(body_nitf=body, pubstatus="canceled")
    assert "body-unreadable" in found.hold_reason or found.repairs
    assert found.pub_status is PubStatus.canceled


def test_words_that_break_out_of_the_fragment_are_not_lost() -> None:
    found = one(body_nitf="<p>one</p></body.content><body.content><p>two</p>")
    assert formats.text_of(found) == "one\n\ntwo\n"


@pytest.mark.parametrize(
    "body", [{"body_nitf": 3}, {"body_nitf": ["a"]}, {"body": 7}, {"body": {"value": "<p>a</p>"}}]
)
def test_a_text_of_the_wrong_type_holds(body: dict) -> None:
    assert "field-malformed" in one(**body).hold_reason


def test_without_words_everything_else_is_as_it_is() -> None:
    data = json.dumps(answer(STORY)).encode()
    bare = formats.parse(data, PROFILE, formats.Context(received=NOW, words=False)).items[0]
    assert bare.copy.blocks == ()
    assert (bare.bodies, bare.body_kind) == (one().bodies, BodyKind.full)


def test_without_words_the_document_inside_is_still_heard() -> None:
    nitf = document('management-status="canceled">')
    data = json.dumps(answer(story(body_nitf=nitf, headline=None))).encode()
    bare = formats.parse(data, PROFILE, formats.Context(received=NOW, words=False)).items[0]
    assert (bare.pub_status, bare.copy.blocks) == (PubStatus.canceled, ())


@pytest.mark.parametrize("href", ["javascript:alert(1)", "/files/1", "data:text/html,x", " "])
def test_a_file_at_no_address_of_the_web_is_left_out_and_told_so(href: str) -> None:
    found = one(renditions={"main": {"href": href}, "thumb": {"href": "https://f.example/t"}})
    assert [rendition.href for rendition in found.renditions] == ["https://f.example/t"]
    assert [(r.code, r.path) for r in found.warnings] == [("wrong-type", "renditions")]


def test_a_type_of_the_wrong_type_holds() -> None:
    assert one(type=4).hold_reason == ("field-malformed",)


# --- media ---------------------------------------------------------------------------------------


def test_files_are_kept_by_name_with_what_the_api_says_of_them() -> None:
    found = one(renditions={
        "main": {"href": "https://a.example/1.jpg", "mimetype": "image/jpeg", "width": 3500,
                 "height": 2592, "sizeinbytes": 4359966, "digest": "abc", "title": "Full"},
        "clip": {"href": "https://a.example/1.mp4", "type": "video", "duration": 61500},
        "sound": {"href": "https://a.example/1.mp3", "type": "audio", "duration": 61},
        "gone": {"title": "no address"},
    })  # fmt: skip
    main, clip, sound = found.renditions
    assert (main.name, main.width, main.size_in_bytes, main.hash) == ("main", 3500, 4359966, "abc")
    assert (clip.duration, sound.duration) == (61.5, 61.0)


def test_a_linked_picture_never_has_permission_from_its_story() -> None:
    reference = {"altids": {"itemid": "p1", "etag": "p1_1"}, "type": "picture", "version": 1,
                 "uri": "https://api.wire.example/p1", "headline": "Harbour"}  # fmt: skip
    whole = reference | {"pubstatus": "usable", "signals": ["newscontent"]}
    killed = whole | {"editorialtypes": ["Kill"]}
    later = whole | {"embargoed": "2025-12-05T00:00:00Z"}
    media = {"1": reference, "2": whole, "3": killed, "4": later}
    found = one(associations=media).associations
    assert [(a.name, a.uri, a.pub_status) for a in found] == [
        ("1", "p1", PubStatus.hold),
        ("2", "p1", PubStatus.usable),
        ("3", "p1", PubStatus.canceled),
        ("4", "p1", PubStatus.usable),
    ]
    assert found[3].embargo.state is EmbargoState.until
    assert one(associations=media).pub_status is PubStatus.usable


@pytest.mark.parametrize("kind", ["picture", "graphic", "audio", "video"])
def test_media_are_items_of_their_own_type(kind: str) -> None:
    found = one(type=kind, body_nitf=None, description_caption="The harbour.")
    assert (found.type, found.hold_reason) == (kind, ())
    assert found.descriptions[0].role == "caption"
    assert one(type="hologram").hold_reason == ("type-unknown",)


# --- the profile ---------------------------------------------------------------------------------


def test_the_agencys_web_right_ends_after_thirty_days() -> None:
    assert load("ap").contract.retention_days == 30


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"body_nitf": "<p>Please kill the story Harbour, V9991. A kill is mandatory.</p>"},
         EditorialType.kill),
        ({"ednote": "Please remove it from all platforms, including social."},
         EditorialType.kill),
        ({"profile": "Advisory"}, EditorialType.advisory),
        ({"profile": "Daybook"}, EditorialType.schedule),
        ({"ednote": "Eds: CORRECTS: name of harbour."}, EditorialType.correction),
    ],
)  # fmt: skip
def test_what_the_agency_says_in_words_is_heard(changes: dict, kind: EditorialType) -> None:
    assert kind in one(load("ap"), **changes).editorial_types
    assert one(load("ap")).editorial_types == ()


def test_a_country_that_is_out_is_a_restriction() -> None:
    found = one(load("ap"), ednote="TURKEY OUT NOV. 11, 2019 FILE PHOTO")
    assert [restriction.kind for restriction in found.restrictions] == ["territory"]


def test_a_status_word_of_the_house_is_read_by_the_profile() -> None:
    assert one(profile(status={"scheduled": "withheld"}), pubstatus="scheduled").pub_status is (
        PubStatus.withheld
    )


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_truncated_answer_is_refused(cut: int) -> None:
    with pytest.raises(formats.FormatError):
        read(json.dumps(answer(STORY)).encode()[:-cut])


def test_an_answer_of_many_results_is_bounded() -> None:
    with pytest.raises(formats.OverLimit):
        read(answer(*([STORY] * (formats.MOST_ITEMS + 1))))


@pytest.mark.parametrize("body", ["<p>" * 90_000, "&" * 300_000, "<p a='" * 60_000])
def test_a_hostile_text_takes_no_more_than_a_second(body: str) -> None:
    began = time.monotonic()
    one(body_nitf=body)
    assert time.monotonic() - began < 2


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
_names = st.sampled_from([
    *STORY, "editorialtypes", "embargoed", "bylines", "photographer", "renditions",
    "associations", "subject", "person", "place", "infosource", "datelinelocation", "links",
    "usageterms", "fixture", "keywords", "body", "title", "expires", "located", "ednote",
])  # fmt: skip


@given(st.dictionaries(_names, _json, max_size=6))
def test_whatever_shape_a_fact_has_the_item_is_heard(changes: dict) -> None:
    """It may be a kill: only what has no id is not read."""
    changed = STORY | changes | {"altids": STORY["altids"]}
    parsed = read(answer(changed | {"editorialtypes": ["Kill"]}))
    assert parsed.failed == ()
    assert [item.pub_status for item in parsed.items] == [PubStatus.canceled]


# --- round trip, and the corpus ------------------------------------------------------------------


def _written(told: Story) -> dict:
    written = {
        "altids": {"itemid": told.guid, "etag": told.guid + "_1"},
        "version": told.version,
        "type": "text",
        "versioncreated": told.created,
        "embargoed": told.embargo,
        "pubstatus": told.status,
        "signals": ["newscontent"],
        "headline": told.headline,
        "bylines": [{"by": told.by}] if told.by else None,
        "ednote": told.note,
        "language": told.language,
        "body_nitf": "".join(f"<p>{escape(words)}</p>" for words in told.paragraphs),
    }
    return answer({key: value for key, value in written.items() if value is not None})


@given(told=stories)
def test_what_was_written_is_what_is_read(told: Story) -> None:
    found = read(_written(told)).items[0]
    assert (found.guid, found.version_number) == (told.guid, told.version)
    assert found.version_created.instant == datetime.fromisoformat(told.created)
    assert (found.headline, found.by, found.ed_note) == (told.headline, told.by, told.note)
    assert found.language == told.language
    assert found.pub_status is PubStatus(told.status)
    assert formats.text_of(found) == "\n\n".join(told.paragraphs) + "\n"
    assert found.hold_reason == ()
    until = None if told.embargo is None else datetime.fromisoformat(told.embargo)
    assert found.embargo.until == until


def test_the_corpus_is_read_and_none_of_it_could_go_live_without_its_text(corpus: Path) -> None:
    paths = sorted((corpus / "agency-samples/ap-media-api").glob("*.json"))
    assert paths
    for path in paths:
        parsed = read(path.read_bytes(), load("ap"))
        assert parsed.failed == ()
        assert [item.format.name for item in parsed.items] == ["ap-media"]
        assert [item.body_kind for item in parsed.items] == [BodyKind.none]
        assert [item.hold_reason for item in parsed.items] == [()]
