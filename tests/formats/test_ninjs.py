"""What each generation of ninjs says, read alike."""

import json
from pathlib import Path

import pytest

from copytaster import agency
from copytaster import formats
from copytaster.item import AltId
from copytaster.item import BodyKind
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.moment import ZoneSource
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide
from tests.formats.reading import NOW
from tests.formats.reading import PROFILE
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read

STORY_1 = {
    "uri": "urn:meridian:harbour-7",
    "type": "text",
    "version": "3",
    "versioncreated": "2025-12-04T10:00:00+01:00",
    "firstcreated": "2025-12-04T08:30:00Z",
    "pubstatus": "usable",
    "language": "en",
    "headline": "Harbour reopens after storm",
    "headline_sub": "Ferries run again from noon",
    "byline": "By Ada Lund",
    "slugline": "storm-harbour",
    "located": "Bergen",
    "urgency": 4,
    "ednote": "Updates with ferry times",
    "description_text": "The harbour is open again.",
    "copyrightholder": "Meridian",
    "copyrightnotice": "(c) 2025 Meridian",
    "usageterms": "No archive use",
    "altids": {"chain": "harbour"},
    "subject": [{"scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "20000148",
                 "name": "storm"}],
    "place": [{"name": "Bergen", "rel": "about"}],
    "body_text": "The harbour opened.\n\nFerries sail.",
    "body_xhtml": "<p>The harbour <b>opened</b>.</p><p>Ferries sail.</p>",
    "expires": "2026-01-01T00:00:00Z",
}  # fmt: skip
STORY_3 = {
    "standard": {"name": "ninjs", "version": "3.1", "schema": "https://example.org/s"},
    "uri": "urn:meridian:harbour-7",
    "type": "text",
    "version": "3",
    "versionCreated": "2025-12-04T10:00:00+01:00",
    "firstCreated": "2025-12-04T08:30:00Z",
    "pubStatus": "usable",
    "language": "en",
    "headlines": [
        {"role": "sub", "value": "Ferries run again from noon"},
        {"role": "main", "contentType": "text/plain", "value": "Harbour reopens after storm"},
    ],
    "by": "By Ada Lund",
    "slugline": "storm-harbour",
    "located": "Bergen",
    "urgency": 4,
    "edNote": "Updates with ferry times",
    "descriptions": [{"role": "text", "value": "The harbour is open again."}],
    "copyrightHolder": "Meridian",
    "copyrightNotice": "(c) 2025 Meridian",
    "usageTerms": "No archive use",
    "altIds": [{"role": "chain", "value": "harbour"}],
    "subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/20000148", "name": "storm"}],
    "places": [{"name": "Bergen", "rel": "about"}],
    "bodies": [
        {"role": "text", "contentType": "text/plain",
         "value": "The harbour opened.\n\nFerries sail."},
        {"role": "main", "contentType": "text/html", "wordCount": 5,
         "value": "<p>The harbour <b>opened</b>.</p><p>Ferries sail.</p>"},
    ],
    "expires": "2026-01-01T00:00:00Z",
}  # fmt: skip
STORY_2 = {key.lower(): value for key, value in STORY_3.items()} | {
    "bodies": [{key.lower(): value for key, value in body.items()} for body in STORY_3["bodies"]]
}


def story(**changes: object) -> dict:
    """A story of generation 1; None takes a property away."""
    return {key: value for key, value in (STORY_1 | changes).items() if value is not None}


@pytest.mark.parametrize("document", [STORY_1, STORY_2, STORY_3], ids=["1", "2", "3"])
def test_each_generation_tells_the_same_story(document: dict) -> None:
    found = item(document)
    assert found.guid == "urn:meridian:harbour-7"
    assert (found.version, found.version_number) == ("3", 3)
    assert found.version_created.raw == "2025-12-04T10:00:00+01:00"
    assert found.first_created.instant.isoformat() == "2025-12-04T08:30:00+00:00"
    assert found.pub_status is PubStatus.usable
    assert found.headlines == (
        Headline(value="Harbour reopens after storm"),
        Headline(value="Ferries run again from noon", role="sub"),
    )
    assert (found.by, found.slugline, found.located) == ("By Ada Lund", "storm-harbour", "Bergen")
    assert (found.urgency, found.language) == (4, "en")
    assert found.ed_note == "Updates with ferry times"
    assert found.summary == "The harbour is open again."
    assert found.copyright_holder == "Meridian"
    assert found.copyright_notice == "(c) 2025 Meridian"
    assert found.usage_terms == ("No archive use",)
    assert found.alt_ids == (AltId(role="chain", value="harbour"),)
    assert found.subjects == (
        Concept(uri="http://cv.iptc.org/newscodes/mediatopic/20000148", name="storm"),
    )
    assert found.places == (Concept(name="Bergen", rel="about"),)
    assert formats.text_of(found) == "The harbour opened.\n\nFerries sail.\n"
    assert found.copy.blocks[0].lines[0].cells[0][1].text == "opened"
    assert found.body_kind is BodyKind.full
    assert found.expires.instant.year == 2026
    assert (found.hold_reason, found.warnings, found.repairs) == ((), (), ())


def test_the_three_generations_have_one_content_hash() -> None:
    assert len({item(s).content_hash for s in (STORY_1, STORY_2, STORY_3)}) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "4"},
        {"versioncreated": "2025-12-04T11:00:00Z"},
        {"expires": "2025-12-31T23:00:00-01:00"},
    ],
)
def test_dates_of_change_and_the_spelling_of_an_instant_are_not_content(changes: dict) -> None:
    assert item(story(**changes)).content_hash == item(STORY_1).content_hash


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "Harbour reopens after Storm"},
        {"body_xhtml": "<p>The harbour opened.</p><p>Ferries sail.</p>"},
        {"pubstatus": "canceled"},
        {"embargoed": "2025-12-05T00:00:00Z"},
        {"expires": "2026-01-02T00:00:00Z"},
        {"usageterms": None},
        {"editorialtypes": ["Correction"]},
    ],
)
def test_words_status_embargo_and_rights_are_content(changes: dict) -> None:
    assert item(story(**changes)).content_hash != item(STORY_1).content_hash


# --- status -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "status", "holds"),
    [
        (None, PubStatus.usable, ()),
        ("Usable", PubStatus.usable, ()),
        ("stat:usable", PubStatus.usable, ()),
        ("http://cv.iptc.org/newscodes/pubstatusg2/canceled", PubStatus.canceled, ()),
        ("withheld", PubStatus.withheld, ()),
        ("withdrawn", PubStatus.withheld, ()),
        ("replaced", PubStatus.withheld, ()),
        ("cancelled", PubStatus.canceled, ()),
        ("KILLED", PubStatus.canceled, ()),
        ("annulled", PubStatus.canceled, ()),
        ("commissioned", PubStatus.hold, ("status-unknown",)),
        ("", PubStatus.hold, ("status-unknown",)),
        (["usable"], PubStatus.hold, ("status-unknown", "field-malformed")),
    ],
)
def test_a_status_word_is_normalised_and_an_unknown_one_holds(
    word: object, status: PubStatus, holds: tuple[str, ...]
) -> None:
    found = item(story(pubstatus=word))
    assert (found.pub_status, found.hold_reason) == (status, holds)


def test_a_profile_may_redefine_a_status_word() -> None:
    agency = profile(status={"withheld": "hold", "open": "usable"})
    assert item(story(pubstatus="withheld"), agency).hold_reason == ("status-held",)
    assert item(story(pubstatus="OPEN"), agency).pub_status is PubStatus.usable


@pytest.mark.parametrize(
    ("types", "status", "partial"),
    [
        (["Kill"], PubStatus.canceled, Partial.none),
        (["Elimination"], PubStatus.canceled, Partial.none),
        (["Withhold"], PubStatus.withheld, Partial.none),
        (["Corrective"], PubStatus.usable, Partial.none),
        (["Writethru", "Lead"], PubStatus.usable, Partial.none),
        (["Add"], PubStatus.usable, Partial.add),
        (["Takes"], PubStatus.usable, Partial.add),
        (["Insert"], PubStatus.usable, Partial.patch),
    ],
)
def test_an_editorial_type_is_stricter_than_a_usable_status(
    types: list[str], status: PubStatus, partial: Partial
) -> None:
    found = item(story(editorialtypes=types))
    assert (found.pub_status, found.partial, found.hold_reason) == (status, partial, ())


def test_an_editorial_type_nobody_knows_holds() -> None:
    assert item(story(editorialtypes=["Kil"])).hold_reason == ("editorial-type-unknown",)


@pytest.mark.parametrize(
    ("signals", "agency", "types", "holds"),
    [
        (["sig:correction"], {}, ("correction",), ()),
        (["http://cv.iptc.org/newscodes/signal/update"], {}, ("update",), ()),
        (["newscontent", "Test"], {}, ("test",), ()),
        (["sig:nonsense"], {}, (), ("signal-unknown",)),
        (["deskonly"], {}, (), ("signal-unknown",)),
        (["deskonly"], {"deskonly": "advisory"}, ("advisory",), ()),
        (["DeskOnly"], {"deskonly": "ignore"}, (), ()),
        (["deskonly"], {"deskonly": "advizory"}, (), ("signal-unknown",)),
        ([7], {}, (), ("field-malformed",)),
        ({"updatetype": "KORR"}, {}, (), ("signal-unknown",)),
        ({"updatetype": "KORR"}, {"KORR": "correction"}, ("correction",), ()),
        ({"pagecode": "x"}, {}, (), ("signal-unknown",)),
        ({"pagecode": "x"}, {"pagecode": "ignore"}, (), ()),
        ({}, {}, (), ()),
    ],
)
def test_a_signal_is_known_or_mapped_or_holds(
    signals: object, agency: dict, types: tuple[str, ...], holds: tuple[str, ...]
) -> None:
    found = item(story(signals=signals), profile(signals=agency))
    assert found.editorial_types == tuple(EditorialType(word) for word in types)
    assert found.hold_reason == holds


def test_a_content_warning_is_carried() -> None:
    found = item(story(signals=["sig:cwarn"]))
    assert (found.content_warning, found.signals[0].known) == ("cwarn", True)


# --- embargo and dates --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["embargoed", "embargoedUntil", "embargoeduntil"])
@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("2025-12-05T06:00:00+01:00", EmbargoState.until),
        ("2025-12-05T06:00:00+0100", EmbargoState.until),
        ("", EmbargoState.indefinite),
        ("2025-12-05T06:00:00", EmbargoState.unparseable),
        ("2025-12-05", EmbargoState.unparseable),
        ("tomorrow noon", EmbargoState.unparseable),
        (True, EmbargoState.unparseable),
        ({"until": "2025-12-05T06:00:00Z"}, EmbargoState.unparseable),
        (None, EmbargoState.none),
    ],
)
def test_an_embargo_is_an_instant_or_it_never_ends(
    name: str, value: object, state: EmbargoState
) -> None:
    found = item(story(**{name: value}), profile(zone="Europe/Oslo", assume_zone=True))
    assert found.embargo.state is state
    assert (found.embargo.until is not None) == (state is EmbargoState.until)


def test_of_two_embargoes_the_later_binds() -> None:
    both = {"embargoed": "2025-12-05T06:00:00Z", "embargoedUntil": "2025-12-05T08:00:00Z"}
    assert item(story(**both)).embargo.until.hour == 8
    assert item(story(**both | {"embargoed": "soon"})).embargo.state is EmbargoState.unparseable


def test_a_status_of_embargoed_without_a_date_is_an_embargo_without_an_end() -> None:
    found = item(story(pubstatus="embargoed", embargoedreason="Speech at noon"))
    assert found.pub_status is PubStatus.usable
    assert found.embargo.state is EmbargoState.indefinite
    assert found.embargo.reason_text == "Speech at noon"


def test_a_date_without_a_zone_has_no_instant_unless_the_profile_gives_one() -> None:
    bare = story(versioncreated="2025-12-04T10:00:00")
    assert item(bare).version_created.instant is None
    found = item(bare, profile(zone="Europe/Oslo", assume_zone=True)).version_created
    assert found.zone_source is ZoneSource.provider_default
    assert found.instant.isoformat() == "2025-12-04T10:00:00+01:00"


def test_a_short_offset_is_repaired_only_where_the_profile_allows_and_is_recorded() -> None:
    short = story(versioncreated="2025-12-04T23:10:05+5:30")
    assert item(short).version_created.instant is None
    found = item(short, profile(repairs=frozenset({"short-offset"})))
    assert found.version_created.instant.isoformat() == "2025-12-04T23:10:05+05:30"
    assert found.repairs == ("short-offset",)


# --- words --------------------------------------------------------------------------------------


def test_line_ends_become_one_kind_and_nothing_else_is_touched() -> None:
    value = "  One\u00a0 \r\nline \u201cas  sent\u201d\r\n\r\nTwo\rlines \u00e9 e\u0301  "
    found = item(story(body_xhtml=None, body_text=value, headline="\r\n A  b \n"))
    assert formats.text_of(found) == (
        "One\u00a0 \nline \u201cas  sent\u201d\n\nTwo\nlines \u00e9 e\u0301\n"
    )
    assert found.headline == "A  b"


@pytest.mark.parametrize(
    ("bodies", "words", "holds"),
    [
        ({"body_main": "Ferries sail."}, "Ferries sail.\n", ()),
        ({"body_main": "<p>Ferries sail.</p>"}, "<p>Ferries sail.</p>\n", ("body-type-unknown",)),
        ({"bodies": [{"value": "Rain & wind"}]}, "Rain & wind\n", ("body-type-unknown",)),
        ({"bodies": [{"role": "html", "value": "<p>Rain</p>"}]}, "Rain\n", ()),
        ({"bodies": [{"contenttype": "application/pdf", "value": "%PDF"}]}, "", ()),
        ({"bodies": [{"contenttype": "text/plain", "value": 7}]}, "", ("field-malformed",)),
        ({"bodies": ["Rain"]}, "", ()),
        ({"body_html": "<p>Rain &lt;3</p>", "body_text": "no"}, "Rain <3\n", ()),
        ({"body_text": "Rain <3"}, "Rain <3\n", ()),
    ],
)
def test_the_richest_body_whose_kind_is_known_is_read(
    bodies: dict, words: str, holds: tuple[str, ...]
) -> None:
    found = item(story(body_xhtml=None, body_text=None) | bodies)
    assert (formats.text_of(found), found.hold_reason) == (words, holds)


def test_a_status_inside_a_body_of_nitf_is_heard() -> None:
    nitf = (
        '<nitf><head><docdata management-status="canceled"/></head><body><body.content>'
        "<p>Used.</p></body.content></body></nitf>"
    )
    body = {"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": nitf}
    assert item(STORY_3 | {"bodies": [body]}).pub_status is PubStatus.canceled


def test_a_body_of_nitf_is_read_as_the_document_it_is() -> None:
    nitf = (
        '<?xml version="1.0"?><nitf><body><body.head><hedline><hl1>No</hl1></hedline></body.head>'
        '<body.content><p>Ferries sail.</p><note type="npa"><p>Desk: call me</p></note>'
        "</body.content></body></nitf>"
    )
    body = {"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": nitf}
    found = item({"uri": "urn:1", "bodies": [body]})
    assert formats.text_of(found) == "Ferries sail.\n"
    assert found.copy.omissions == {"editors-note": 13}


def test_a_body_that_cannot_be_read_holds_and_the_kill_beside_it_is_heard() -> None:
    body = {"contentType": "application/nitf+xml", "value": "<nitf><body>"}
    found = item({"uri": "urn:1", "pubStatus": "canceled", "bodies": [body]})
    assert found.pub_status is PubStatus.canceled
    assert found.hold_reason == ("body-unreadable",)
    assert found.body_kind is BodyKind.none


def test_an_incomplete_representation_is_a_summary() -> None:
    assert item(story(representationtype="incomplete")).body_kind is BodyKind.summary


def test_a_null_character_never_reaches_an_item() -> None:
    found = item(story(headline="Har\0bour", body_xhtml="<p>a\0b</p>"))
    assert "field-malformed" in found.hold_reason
    assert "\0" not in (found.headline or "") + formats.text_of(found)


def test_what_the_profile_names_is_left_out_by_name() -> None:
    markup = '<div class="slug">STORM</div><div class="text"><p>Ferries sail.</p></div>'
    left_out = item(story(body_xhtml=markup), profile(omit={"slug": "slug-line"}))
    assert formats.text_of(left_out) == "Ferries sail.\n"
    assert left_out.copy.omissions == {"slug-line": 5}
    selected = item(story(body_xhtml=markup), profile(body_selector="text"))
    assert formats.text_of(selected) == "Ferries sail.\n"
    assert item(story(body_xhtml=markup)).copy.omissions == {}


def test_a_headline_sent_as_markup_gives_its_characters() -> None:
    headlines = [{"role": "main", "contenttype": "text/html", "value": "Rain &amp; <i>wind</i>"}]
    assert item({"uri": "urn:1", "headlines": headlines}).headline == "Rain & wind"
    assert item({"uri": "urn:1", "headline": "Rain &amp; <wind>"}).headline == "Rain &amp; <wind>"


# --- identity, types, collections ---------------------------------------------------------------


def test_one_bad_item_does_not_lose_its_neighbours() -> None:
    parsed = read([STORY_1, {"headline": "no id"}, 7, {"uri": "urn:2"}])
    assert [found.guid for found in parsed.items] == ["urn:meridian:harbour-7", "urn:2"]
    assert [(bad.index, bad.guid) for bad in parsed.failed] == [(1, None), (2, None)]
    assert "cannot be updated or killed" in parsed.failed[0].error


@pytest.mark.parametrize("value", ["", " ", 7.5, [], None, "a\0b", "x" * 5000])
def test_an_item_without_an_id_is_refused(value: object) -> None:
    assert read([{"uri": value, "headline": "H"}]).items == ()


def test_events_and_plans_are_set_aside() -> None:
    parsed = read([{"uri": "urn:e", "type": "event", "title": "Launch"},
                   {"uri": "urn:p", "plannedCoverage": []},
                   {"uri": "urn:q", "eventDetails": {"dates": {}}}])  # fmt: skip
    assert [(found.guid, found.code) for found in parsed.aside] == [
        ("urn:e", "event-item"),
        ("urn:p", "event-item"),
        ("urn:q", "event-item"),
    ]


def test_an_advisory_sent_as_a_type_is_a_text_for_editors() -> None:
    found = item(story(type="advisory"))
    assert (found.type, found.editorial_types) == ("text", (EditorialType.advisory,))


def test_a_type_nobody_knows_holds() -> None:
    assert item(story(type="hologram")).hold_reason == ("type-unknown",)


def test_replacements_are_named() -> None:
    found = item(story(pubstatus="replaced", replacedby="urn:9", replacing=[{"uri": "urn:5"}]))
    assert (found.replaced_by, found.replaces) == ("urn:9", ("urn:5",))


@pytest.mark.parametrize("version", ["10", 10])
def test_a_version_is_kept_verbatim_and_as_a_number(version: object) -> None:
    found = item(story(version=version))
    assert (found.version, found.version_number) == ("10", 10)


@pytest.mark.parametrize("version", ["1.2", "", "v3", "\u0663", "9" * 30])
def test_a_version_that_is_not_all_digits_is_no_number(version: str) -> None:
    assert item(story(version=version)).version_number is None


# --- parts --------------------------------------------------------------------------------------

PICTURE = {
    "uri": "urn:pic:1",
    "type": "picture",
    "headline": "The quay",
    "description_caption": "Waves at the quay",
    "byline": "Jo Berg",
    "pubstatus": "withheld",
    "embargoed": "",
    "renditions": {"main": {"href": "https://example.org/1.jpg", "mimetype": "image/jpeg",
                            "width": 800, "height": 600, "sizeinbytes": 9}},
}  # fmt: skip


@pytest.mark.parametrize("shape", ["object", "list"])
def test_an_association_keeps_its_own_permission(shape: str) -> None:
    sent = {"lead": PICTURE} if shape == "object" else [{"name": "lead"} | PICTURE]
    found = item(story(associations=sent))
    (picture,) = found.associations
    assert found.pub_status is PubStatus.usable
    assert (picture.name, picture.uri, picture.type) == ("lead", "urn:pic:1", "picture")
    assert picture.pub_status is PubStatus.withheld
    assert picture.embargo.state is EmbargoState.indefinite
    assert (picture.headline, picture.caption, picture.byline) == (
        "The quay",
        "Waves at the quay",
        "Jo Berg",
    )
    (rendition,) = picture.renditions
    assert (rendition.name, rendition.width, rendition.size_in_bytes) == ("main", 800, 9)
    assert rendition.content_type == "image/jpeg"


def test_an_association_with_an_unreadable_status_is_held_and_its_story_is_not() -> None:
    found = item(story(associations={"lead": PICTURE | {"pubstatus": 7}}))
    assert found.associations[0].pub_status is PubStatus.hold
    assert found.hold_reason == ()


def test_a_composite_lists_what_it_is_made_of() -> None:
    found = item(story(type="composite", associations=[{"uri": "urn:a"}, {"uri": "urn:b"}]))
    assert [ref.uri for ref in found.groups[0].refs] == ["urn:a", "urn:b"]


def test_a_credit_line_sent_as_a_description_is_a_credit() -> None:
    sent = [{"role": "creditline", "value": "AP"}, {"role": "caption", "value": "A man"}]
    found = item({"uri": "urn:1", "type": "picture", "descriptions": sent})
    assert (found.credit, found.summary) == ("AP", "A man")


def test_structured_bylines_are_kept_beside_the_line() -> None:
    found = item(story(bylines=[{"by": "Ada Lund", "title": "Reporter"}]))
    assert found.bylines == (Byline(name="Ada Lund", title="Reporter"),)


@pytest.mark.parametrize("name", ["genre", "person", "altids", "renditions", "title", "located"])
@pytest.mark.parametrize("value", [7, "x", [7], ["x"], {"a": 7}, [{"a": [1]}], True])
def test_a_fact_of_the_wrong_type_beside_the_words_never_breaks_an_item(
    name: str, value: object
) -> None:
    found = item(story(**{name: value}))
    assert found.headline == "Harbour reopens after storm"
    assert found.hold_reason == ()


def test_a_part_with_a_property_in_two_spellings_that_differ_holds() -> None:
    body = {"contentType": "text/plain", "value": "One", "Value": "Two"}
    found = item({"uri": "urn:1", "bodies": [body]})
    assert (found.hold_reason, formats.text_of(found)) == (("field-malformed",), "")


@pytest.mark.parametrize("name", ["headline", "byline", "body_xhtml", "usageterms", "ednote"])
@pytest.mark.parametrize("value", [7, {"a": 1}, [7]])
def test_words_and_limits_of_the_wrong_type_hold_the_item(name: str, value: object) -> None:
    assert "field-malformed" in item(story(**{name: value})).hold_reason


# --- which body, and whose permission -------------------------------------------------------------


@pytest.mark.parametrize(
    ("bodies", "words", "kind"),
    [
        ((("short", "text/html"), ("main", "text/plain")), "main\n", BodyKind.full),
        ((("teaser", "text/html"), ("", "text/plain")), "\n", BodyKind.full),
        ((("summary", "text/html"),), "summary\n", BodyKind.summary),
        ((("transcript", "text/html"), ("Main", "text/plain")), "Main\n", BodyKind.full),
        ((("transcript", "text/html"), ("push", "text/plain")), "transcript\n", BodyKind.full),
        ((("text", "text/plain"), ("richhtml5", "text/html")), "richhtml5\n", BodyKind.full),
        ((("main", "application/pdf"), ("short", "text/plain")), "short\n", BodyKind.summary),
    ],
)
def test_the_main_body_wins_over_the_short_ones(
    bodies: tuple[tuple[str, str], ...], words: str, kind: BodyKind
) -> None:
    sent = [{"role": role, "contentType": type_, "value": role or "-"} for role, type_ in bodies]
    found = item({"uri": "urn:1", "bodies": sent})
    expected = words if words.strip() else "-\n"
    assert (formats.text_of(found), found.body_kind) == (expected, kind)


def test_a_word_beside_the_status_counts_when_the_profile_knows_it() -> None:
    sent = story(pubstatus="usable", status="Draft")
    assert item(sent).pub_status is PubStatus.usable
    assert item(sent, profile(status={"draft": "hold"})).hold_reason == ("status-held",)
    assert item(sent, profile(status={"draft": "withheld"})).pub_status is PubStatus.withheld


@pytest.mark.parametrize(
    ("changes", "status", "holds"),
    [
        ({"pubstatus": None}, PubStatus.usable, ()),
        ({"pubstatus": "usable", "editorialtypes": ["Elimination"]}, PubStatus.canceled, ()),
        ({"pubstatus": "usable", "editorialtypes": ["Oddity"]}, PubStatus.hold,
         ("editorial-type-unknown",)),
        ({"pubstatus": "usable", "signals": ["deskonly"]}, PubStatus.hold, ("signal-unknown",)),
        ({"pubstatus": "commissioned"}, PubStatus.hold, ("status-unknown",)),
        ({"pubstatus": "usable", "usageterms": 7}, PubStatus.hold, ("field-malformed",)),
    ],
)  # fmt: skip
def test_a_part_is_judged_by_its_own_words_and_not_its_story(
    changes: dict, status: PubStatus, holds: tuple[str, ...]
) -> None:
    sent = {key: value for key, value in (PICTURE | changes).items() if value is not None}
    found = item(story(associations={"lead": sent}))
    (part,) = found.associations
    assert (part.pub_status, part.hold_reason) == (status, holds)
    assert (found.pub_status, found.hold_reason) == (PubStatus.usable, ())


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"uri": None}, "no uri"),
        ({"name": None}, "no name"),
        ({"restrictedfor": "all"}, "a property that no generation of ninjs has: 'restrictedfor'"),
    ],
)
def test_a_part_that_breaks_the_rules_of_ninjs_holds_the_story(change: dict, detail: str) -> None:
    told = PICTURE | {"name": "lead"} | change
    sent = {key: value for key, value in told.items() if value is not None}
    found = item(story(associations=[sent]))
    assert found.hold_reason == ("association-malformed",)
    assert [r.detail for r in found.warnings if r.code == "association-malformed"] == [detail]


def test_what_agencies_add_to_a_part_is_no_fault() -> None:
    sent = PICTURE | {"name": "lead", "source": "AAP", "priority": 3, "headline_web": "Quay"}
    assert item(story(associations=[sent])).hold_reason == ()


def test_a_part_expires_by_itself() -> None:
    sent = PICTURE | {"expires": "2026-02-01T00:00:00Z"}
    (part,) = item(story(associations=[sent])).associations
    assert part.expires.instant.month == 2


def test_without_words_all_else_is_there() -> None:
    context = formats.Context(received=NOW, words=False)
    for sent in (STORY_1, STORY_2, STORY_3):
        data = formats.parse(_bytes(sent), PROFILE, context)
        bare, whole = data.items[0], item(sent)
        assert (bare.copy.blocks, bare.copy.pieces) == ((), ())
        assert (bare.bodies, bare.body_kind) == (whole.bodies, whole.body_kind)
        assert bare.headlines == whole.headlines


def _bytes(document: dict) -> bytes:
    return json.dumps(document).encode()


# --- dialects, as the shipped profiles tell them --------------------------------------------------


@pytest.mark.parametrize(
    ("name", "word", "status"),
    [
        ("tt", "replaced", PubStatus.withheld),
        ("tt", "commissioned", PubStatus.hold),
        ("tt", "usable", PubStatus.usable),
        ("pa", "privileged", PubStatus.withheld),
        ("ritzau", "Annuleret", PubStatus.canceled),
    ],
)
def test_an_agencys_status_words_mean_what_its_profile_says(
    name: str, word: str, status: PubStatus
) -> None:
    assert item(story(pubstatus=word), agency.load(name)).pub_status is status


@pytest.mark.parametrize("word", ["imext:draft", "imext:done"])
def test_a_status_of_an_editorial_system_is_none(word: str) -> None:
    assert item(story(pubstatus=word)).hold_reason == ("status-unknown",)


def test_an_advisory_of_pa_is_usable_and_not_for_readers() -> None:
    found = item(story(profile="advisory"), agency.load("pa"))
    assert found.editorial_types == (EditorialType.advisory,)


# --- IPTC's own cases ---------------------------------------------------------------------------

SUITE = "iptc-ninjs/validation"


def outcomes(corpus: Path, folder: str) -> dict[str, formats.Parsed | formats.FormatError]:
    """What came of each case that lies in a folder of this name, in every version."""
    found: dict[str, formats.Parsed | formats.FormatError] = {}
    for path in sorted((corpus / SUITE).rglob("*.json")):
        if folder in path.parts:
            try:
                found["/".join(path.parts[-3:])] = read(path.read_bytes())
            except formats.FormatError as error:
                found["/".join(path.parts[-3:])] = error
    return found


def is_live(parsed: formats.Parsed) -> bool:
    """Whether an item of it would be published, alone and sent as news of this hour."""
    sent = [
        Message(item=found, arrival=Arrival(source="inbox", received=NOW)) for found in parsed.items
    ]
    return any(decide([m], [], PROFILE, NOW).state is State.live for m in sent)


def test_everything_that_iptc_lets_pass_is_read(corpus: Path) -> None:
    found = outcomes(corpus, "should_pass")
    assert len(found) > 100
    assert [name for name, o in found.items() if isinstance(o, formats.FormatError)] == []
    assert [name for name, o in found.items() if isinstance(o, formats.Parsed) and o.failed] == []


def test_nothing_that_iptc_refuses_is_published(corpus: Path) -> None:
    found = outcomes(corpus, "should_fail")
    live = {n for n, o in found.items() if isinstance(o, formats.Parsed) and is_live(o)}
    assert len(found) > 50
    assert live == set()
