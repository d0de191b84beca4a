"""What an NITF document says, of itself and of another."""

import pytest

from copytaster import agency
from copytaster import formats
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Place
from copytaster.item import PubStatus
from copytaster.item import Restriction
from copytaster.item import Source
from copytaster.item import Target
from tests.formats.reading import item
from tests.formats.reading import profile

ID = '<doc-id id-string="mer.17" regsrc="MER"/>'
ISSUED = '<date.issue norm="20251204T100000+0100"/>'
WORDS = "<p>The quay <em>opened</em>.</p><p>Ferries sail.</p>"


def nitf(
    docdata: str = ID + ISSUED,
    status: str = 'management-status="usable"',
    head: str = "",
    body_head: str = "",
    content: str = WORDS,
    root: str = "",
) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<nitf {root}><head>{head}<docdata {status}>{docdata}</docdata></head>
<body><body.head>{body_head}</body.head><body.content>{content}</body.content></body></nitf>"""


def document(**parts: str) -> Item:
    return item(nitf(**parts))


def test_a_document_tells_its_facts() -> None:
    found = document(
        root='version="-//IPTC//DTD NITF 3.6//EN" baselang="en-GB" uno="MER:17"',
        head="""<title>quay</title><meta name="anpa-category" content="i"/>
<meta name="anpa-keyword" content="Storm-Quay"/><meta name="anpa-selector" content="a b"/>
<tobject tobject.type="News"><tobject.property tobject.property.type="Current"/>
<tobject.subject tobject.subject.refnum="03000000" tobject.subject.type="Disaster"/>
<tobject.subject tobject.subject.refnum="F1" tobject.subject.ipr="MER"
 tobject.subject.matter="Sea"/>
</tobject>""",
        docdata=ID + ISSUED + """<du-key key="quay" version="4"/><urgency ed-urg="3"/>
<ed-msg info="Pictures follow"/><key-list><keyword key="storm"/><keyword>ferry</keyword></key-list>
<del-list><from-src src-name="MER"/></del-list><date.expire norm="20260104T100000+0100"/>
<doc.copyright holder="Meridian" year="2025"/>
<doc.rights geography="Norway" startdate="20251204" limitations="No archive"/>""",
        body_head="""<hedline><hl1>Quay <em>opens</em></hl1><hl2>From noon</hl2></hedline>
<note type="npa"><body.content><p>Desk only</p></body.content></note>
<note type="std"><body.content><p>Readers too</p></body.content></note>
<byline>By <person>Ada Lund</person>, <byttl>Meridian</byttl></byline>
<distributor>Meridian</distributor>
<dateline><location><city>Bergen</city>, <country>Norway</country></location>
<story.date norm="20251204T090000+0100">Dec 4</story.date></dateline>
<abstract><p>It is open.</p></abstract>""",
    )  # fmt: skip
    assert (found.guid, found.story_chain_id) == ("mer.17", "quay")
    assert found.alt_ids == (
        AltId(role="uno", value="MER:17"),
        AltId(role="regsrc", value="MER"),
        AltId(role="du-key", value="quay"),
    )
    assert (found.version, found.version_number, found.format.version) == ("4", 4, "3.6")
    assert found.version_created.instant.isoformat() == "2025-12-04T10:00:00+01:00"
    assert found.content_created.instant.hour == 9
    assert found.expires.instant.year == 2026
    assert found.headlines == (
        Headline(value="Quay opens"),
        Headline(value="From noon", role="hl2"),
    )
    assert found.by == "By Ada Lund, Meridian"
    assert found.bylines == (Byline(name="Ada Lund", title="Meridian"),)
    assert found.dateline == "Bergen, Norway"
    assert (found.located, found.dateline_detail) == (
        "Bergen",
        Place(city="Bergen", country="Norway"),
    )
    assert (found.language, found.urgency, found.title) == ("en-GB", 3, "quay")
    assert (found.slugline, found.keywords) == ("Storm-Quay", ("storm", "ferry"))
    assert (found.ed_note, found.public_note) == ("Pictures follow\nDesk only", "Readers too")
    assert (found.summary, found.credit) == ("It is open.", "Meridian")
    assert found.subjects == (
        Concept(uri="http://cv.iptc.org/newscodes/subjectcode/03000000", name="Disaster"),
        Concept(literal="F1", name="Sea", scheme="MER"),
    )
    assert found.genres == (Concept(name="Current"),)
    assert (found.anpa_category, found.selector_codes) == ("i", ("a", "b"))
    assert found.copyright_holder == "Meridian"
    assert found.usage_terms == ("No archive",)
    assert found.restrictions == (
        Restriction(kind="territory", value="Norway", source="field"),
        Restriction(kind="time", value="20251204/", source="field"),
    )
    assert found.info_sources == (Source(name="MER", role="from-src"),)
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert (found.hold_reason, found.warnings, found.repairs) == ((), (), ())


# --- status -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ('management-status="usable"', PubStatus.usable),
        ('management-status="Canceled"', PubStatus.canceled),
        ('management-status="withheld"', PubStatus.withheld),
        ('management-status=""', PubStatus.hold),
        ('management-status="draft"', PubStatus.hold),
        ("", PubStatus.hold),
    ],
)
def test_a_status_is_normalised_and_none_is_not_usable(status: str, expected: PubStatus) -> None:
    assert document(status=status).pub_status is expected


def test_a_profile_may_say_that_no_status_means_usable() -> None:
    assert document(status="").hold_reason == ("status-missing",)
    agency = profile(missing_status="usable")
    found = item(nitf(status=""), agency)
    assert (found.pub_status, found.hold_reason) == (PubStatus.usable, ())
    assert item(nitf(status='management-status="draft"'), agency).pub_status is PubStatus.hold


@pytest.mark.parametrize(
    ("idref_status", "expected"),
    [
        ('management-idref-status="canceled"', PubStatus.canceled),
        ('management-idref-status="withheld"', PubStatus.withheld),
        ('management-idref-status="usable"', PubStatus.usable),
        ('management-idref-status="gone"', PubStatus.hold),
        ("", PubStatus.hold),
    ],
)
def test_a_document_may_speak_of_another(idref_status: str, expected: PubStatus) -> None:
    status = f'management-status="usable" management-doc-idref="mer.16" {idref_status}'
    found = document(status=status)
    assert found.targets == (Target(idref="mer.16", new_status=expected),)
    assert found.pub_status is PubStatus.usable


@pytest.mark.parametrize(
    ("status", "release", "state"),
    [
        ("usable", "", EmbargoState.none),
        ("usable", "20251204T100000+0100", EmbargoState.none),
        ("usable", "20251204T085900Z", EmbargoState.none),
        ("usable", "20251204T110000+0100", EmbargoState.until),
        ("usable", "20251204T110000", EmbargoState.unparseable),
        ("usable", "20251205", EmbargoState.unparseable),
        ("usable", "YYYYMMDD000000-HHMM", EmbargoState.unparseable),
        ("embargoed", "", EmbargoState.indefinite),
        ("embargoed", "20251204T100000+0100", EmbargoState.until),
        ("embargoed", "20251205T000100Z", EmbargoState.until),
        ("embargoed", "tomorrow", EmbargoState.unparseable),
    ],
)
def test_a_release_ahead_of_the_issue_is_an_embargo(
    status: str, release: str, state: EmbargoState
) -> None:
    released = f'<date.release norm="{release}"/>' if release else ""
    found = document(status=f'management-status="{status}"', docdata=ID + ISSUED + released)
    assert (found.pub_status, found.embargo.state) == (PubStatus.usable, state)
    assert (found.embargo.until is None) == (state is not EmbargoState.until)


def test_a_release_without_a_zone_that_repeats_the_issue_embargoes_nothing() -> None:
    dates = '<date.issue norm="20251204T100000"/><date.release norm="20251204T100000"/>'
    assert document(docdata=ID + dates).embargo.state is EmbargoState.none


def test_a_release_without_an_issue_is_kept_to() -> None:
    found = document(docdata=ID + '<date.release norm="20251204T110000Z"/>')
    assert found.embargo.until.hour == 11


def test_an_advisory_and_a_correction_are_named() -> None:
    found = document(
        head='<tobject tobject.type="Advisory"/>',
        docdata=ID + '<correction info="1997, not 1992" id-string="mer.12"/>',
    )
    assert found.editorial_types == (EditorialType.advisory, EditorialType.correction)
    assert (found.replaces, found.correction_text.internal) == (("mer.12",), "1997, not 1992")
    assert found.correction_text.public is None


# --- identity -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("root", "docdata", "guid"),
    [
        ('uno="MER:17"', '<doc-id regsrc="MER"/><du-key key="quay"/>', "MER:17"),
        ("", '<doc-id id-string=" "/><du-key key="quay"/>', "quay"),
    ],
)
def test_other_names_stand_in_for_a_missing_id(root: str, docdata: str, guid: str) -> None:
    found = document(root=root, docdata=docdata)
    assert (found.guid, found.hold_reason) == (guid, ())


def test_a_document_without_any_id_is_held_under_the_hash_of_its_bytes() -> None:
    found = document(docdata='<doc-id regsrc="AP"/>')
    assert found.guid == f"sha256:{found.raw_ref.sha256}"
    assert found.hold_reason == ("guid-missing",)
    assert document(docdata='<doc-id regsrc="AP" />').guid != found.guid


def test_a_document_of_nothing_is_an_item_that_is_held() -> None:
    found = item("<nitf/>")
    assert found.hold_reason == ("guid-missing", "status-missing")
    assert (found.headline, formats.text_of(found), found.bodies) == (None, "", ())


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words", "omitted"),
    [
        ("<block><p>One</p><hl2>Two</hl2></block>", "One\n\nTwo\n", {}),
        ("<p>One <person>Ada</person>, <org>MER</org></p>", "One Ada, MER\n", {}),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb\n", {}),
        ('<p>One</p><note type="npa"><p>Desk</p></note>', "One\n", {"editors-note": 4}),
        ('<p>One</p><note noteclass="editorsnote"><p>De</p></note>', "One\n", {"editors-note": 2}),
        ('<p>A</p><note noteclass="editorsnote" type="std"><p>B</p></note>', "A\n\nB\n", {}),
        ("<p>One</p><media><media-caption>Sea</media-caption></media>", "One\n", {"media": 3}),
        ("", "", {}),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_content(
    content: str, words: str, omitted: dict[str, int]
) -> None:
    found = document(content=content)
    assert (formats.text_of(found), found.copy.omissions) == (words, omitted)
    assert found.hold_reason == ()


def test_a_note_in_the_head_is_not_mistaken_for_the_content() -> None:
    note = '<note type="npa"><body.content><p>Desk</p></body.content></note>'
    found = document(body_head=note)
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert found.hold_reason == ()


def test_a_picture_in_the_content_stands_beside_it() -> None:
    media = """<media media-type="image"><media-reference source="q.jpg" mime-type="image/jpeg"
width="8" height="6" alternate-text="A quay"/><media-caption>The quay</media-caption>
<media-producer>Jo Berg</media-producer></media>"""
    (found,) = document(content=WORDS + media).associations
    assert (found.type, found.caption, found.byline) == ("picture", "The quay", "Jo Berg")
    assert (found.alt_text, found.renditions[0].href, found.renditions[0].width) == (
        "A quay",
        "q.jpg",
        8,
    )


def test_dates_of_the_extended_form_are_read() -> None:
    found = document(docdata=ID + '<date.issue norm="2025-12-04T10:00:00+01:00"/>')
    assert found.version_created.instant.hour == 10


def test_a_tagline_is_no_text_and_is_not_lost_silently() -> None:
    end = "<body.end><tagline>desk@example.org</tagline></body.end></body>"
    found = item(nitf().replace("</body>", end))
    assert "desk@" not in formats.text_of(found)
    assert [(remark.code, remark.detail) for remark in found.warnings] == [
        ("tagline-left-out", "desk@example.org")
    ]


def test_an_id_that_is_too_long_is_none() -> None:
    found = document(docdata=f'<doc-id id-string="{"x" * 5000}"/>')
    assert found.hold_reason == ("guid-missing",)


# --- what else a document says ------------------------------------------------------------------


def test_of_two_blocks_of_docdata_the_stricter_status_binds() -> None:
    second = '<docdata management-status="canceled"/>'
    assert document(head=second).pub_status is PubStatus.canceled


def test_a_document_that_names_itself_by_its_other_name_is_itself() -> None:
    status = (
        'management-status="usable" management-doc-idref="{}" management-idref-status="canceled"'
    )
    for name in ("MER:17", "mer.17"):
        found = document(root='uno="MER:17"', status=status.format(name))
        assert found.targets == (Target(idref="mer.17"),)
    other = document(root='uno="MER:17"', status=status.format("MER:16"))
    assert other.targets == (Target(idref="MER:16"),)


def test_the_generation_stands_in_for_a_version() -> None:
    assert document(docdata=ID + '<du-key key="q" generation="14"/>').version_number == 14
    both = document(docdata=ID + '<du-key key="q" generation="14" version="2"/>')
    assert both.version_number == 2


def test_the_last_revision_is_when_the_content_was_changed() -> None:
    history = "".join(
        f'<revision-history norm="{norm}"/>'
        for norm in ("20251203T090000Z", "20251204T083000Z", "20251202T090000Z", "soon", "")
    )
    assert document(head=history).content_modified.instant.day == 4
    assert document(head='<revision-history norm="soon"/>').content_modified is None


@pytest.mark.parametrize(
    ("rights", "day"),
    [
        ('<doc.rights enddate="20260104T000000Z"/>', 4),
        ('<doc.rights enddate="20260104T000000Z"/><doc.rights enddate="20260106T000000Z"/>', 6),
        ('<doc.rights enddate="20260104T000000Z"/><doc.rights owner="MER"/>', None),
        ('<doc.rights enddate="20260104T000000"/>', None),
        ('<doc.rights enddate="20260104"/>', None),
        ("", None),
    ],
)
def test_a_text_may_be_kept_until_the_last_of_its_rights_ends(rights: str, day: int | None) -> None:
    found = document(docdata=ID + rights)
    assert (found.retain_until and found.retain_until.day) == day
    is_read = day is not None or not rights or "owner" in rights
    assert ("rights-not-understood" in found.hold_reason) is not is_read


@pytest.mark.parametrize(
    ("rights", "day"),
    [
        ('<doc.rights startdate="20260104T000000Z"/>', 4),
        ('<doc.rights startdate="20260106T000000Z"/><doc.rights startdate="20260104T000000Z"/>', 4),
        ('<doc.rights startdate="20260104T000000Z"/><doc.rights owner="MER"/>', None),
        ('<doc.rights startdate="soon"/>', None),
    ],
)
def test_a_text_may_be_used_from_the_first_beginning(rights: str, day: int | None) -> None:
    found = document(docdata=ID + rights)
    assert (found.use_from and found.use_from.day) == day
    assert ("rights-not-understood" in found.hold_reason) is ("soon" in rights)


def test_who_and_where_are_told_apart() -> None:
    found = document(
        docdata=ID + """<evloc city="Bergen" iso-cc="NOR"/><evloc state-prov="Vestland"/>
<identified-content><person idsrc="mer" value="p7">Ada Lund</person><org>Harbour Board</org>
<location location-code="5003" code-source="posten.no">Bergen</location><event>Storm</event>
<object.title>The Tide</object.title><person/></identified-content>""",
    )  # fmt: skip
    assert found.people == (Concept(literal="p7", name="Ada Lund", scheme="mer"),)
    assert found.organisations == (Concept(name="Harbour Board"),)
    assert found.places == (
        Concept(name="Bergen", rel="event"),
        Concept(name="Vestland", rel="event"),
        Concept(literal="5003", name="Bergen", scheme="posten.no"),
    )
    assert (found.events, found.objects) == ((Concept(name="Storm"),), (Concept(name="The Tide"),))


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ('<pubdata item-length="00279" unit-of-measure="word"/>', 279),
        ('<pubdata item-length="1400" unit-of-measure="character"/>', None),
        ('<meta name="anpa-wordcount" content="0349"/>', 349),
        ('<pubdata item-length="0" unit-of-measure="word"/>', None),
        ('<pubdata item-length="many" unit-of-measure="word"/>', None),
    ],
)
def test_words_are_counted_as_the_agency_counted_them(head: str, words: int | None) -> None:
    assert document(head=head).bodies[0].word_count == words


PICTURE = """<media media-type="photo"><media-metadata name="Credit" value="Jo Berg/MER"/>
<media-reference source="q.jpg" copyright="Meridian" alternate-text="Quay"/>
<media-caption>One</media-caption><media-caption>Two</media-caption></media>"""


def test_a_picture_is_not_permitted_by_its_story() -> None:
    (found,) = document(content=WORDS + PICTURE).associations
    assert (found.pub_status, found.hold_reason) == (PubStatus.hold, ("status-missing",))
    assert (found.type, found.caption, found.credit) == ("picture", "One\nTwo", "Jo Berg/MER")
    assert found.copyright_notice == "Meridian"
    told = item(nitf(content=WORDS + PICTURE), profile(missing_status="usable"))
    assert told.associations[0].pub_status is PubStatus.usable


def test_a_heading_in_a_note_is_no_headline() -> None:
    note = '<note type="npa"><body.content><hl2>Desk</hl2></body.content></note>'
    head = note + "<hedline><hl1>Quay</hl1></hedline>"
    assert [line.value for line in document(body_head=head).headlines] == ["Quay"]


def test_a_bibliography_is_no_text_and_is_not_lost_silently() -> None:
    end = "<body.end><bibliography>Tides, 1997</bibliography></body.end></body>"
    found = item(nitf().replace("</body>", end))
    assert [remark.code for remark in found.warnings] == ["bibliography-left-out"]


@pytest.mark.parametrize("space", ["http://iptc.org/std/NITF/2006-10-18/"[:n] for n in (36, 35)])
def test_the_namespace_changes_nothing(space: str) -> None:
    assert document(root=f'xmlns="{space}"').content_hash == document().content_hash


def test_without_words_all_else_is_there() -> None:
    context = formats.Context(received=document().version_created.instant, words=False)
    (bare,) = formats.parse(nitf(content=WORDS + PICTURE).encode(), profile(), context).items
    whole = document(content=WORDS + PICTURE)
    assert (bare.copy.blocks, bare.copy.pieces) == ((), ())
    assert (bare.bodies, bare.body_kind) == (whole.bodies, whole.body_kind)
    assert (bare.headlines, bare.associations) == (whole.headlines, whole.associations)


def test_a_zone_that_is_the_agencys_own_dates_a_story_and_opens_no_embargo() -> None:
    dates = '<date.issue norm="20251204T100000"/><date.release norm="20251204T120000"/>'
    found = item(nitf(docdata=ID + dates), agency.load("aap"))
    assert found.version_created.instant.isoformat() == "2025-12-04T10:00:00+11:00"
    assert found.embargo.state is EmbargoState.unparseable


@pytest.mark.parametrize("name", ["aap", "ntb", "cp", "efe"])
def test_no_shipped_profile_guesses_what_a_missing_status_means(name: str) -> None:
    assert "status-missing" in item(nitf(status=""), agency.load(name)).hold_reason


# --- limits --------------------------------------------------------------------------------------


def test_more_media_than_are_kept_are_remarked_on() -> None:
    media = '<media media-type="image"><media-reference source="a.jpg"/></media>'
    kept = document(content=WORDS + media * 200)
    more = document(content=WORDS + media * 201)
    assert (len(kept.associations), len(more.associations)) == (200, 200)
    assert "media-left-out" not in [remark.code for remark in kept.warnings]
    assert "media-left-out" in [remark.code for remark in more.warnings]


@pytest.mark.parametrize(
    "parts",
    [
        {"content": "<p/>" * 15_000},
        {"body_head": f"<abstract>{'<p/>' * 15_000}</abstract>"},
        {"body_head": f"<abstract>{'<q>' * 160}x{'</q>' * 160}</abstract>"},
    ],
    ids=["body", "abstract", "deep abstract"],
)
def test_a_kill_with_words_beyond_the_limits_is_still_a_kill(parts: dict[str, str]) -> None:
    found = document(status='management-status="canceled"', **parts)
    assert found.pub_status is PubStatus.canceled
    assert found.hold_reason == ("body-unreadable",)


def test_a_document_of_more_elements_than_any_story_has_is_refused() -> None:
    with pytest.raises(formats.OverLimit, match="25000 elements"):
        document(content="<p/>" * 25_000)
