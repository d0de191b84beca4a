"""What a NewsML-G2 item, package or message says."""

import base64
from collections.abc import Iterator
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
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Restriction
from copytaster.item import RightsInfo
from copytaster.item import Source
from copytaster.item import Target
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide
from tests.formats.reading import CONTEXT
from tests.formats.reading import NOW
from tests.formats.reading import PROFILE
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
BODY = f"""<inlineXML contenttype="application/xhtml+xml" wordcount="4"><html {XHTML}>
<head><title>Quay opens</title></head><body><p>The quay <em>opened</em>.</p>
<p>Ferries &amp; boats sail.</p></body></html></inlineXML>"""
WORDS = "The quay opened.\n\nFerries & boats sail.\n"


def news(
    meta: str = "", about: str = "", content: str = BODY, attributes: str = "", rights: str = ""
) -> str:
    """A news item; ``meta`` and ``about`` go into itemMeta and contentMeta."""
    return f"""<newsItem {NAR} guid="urn:newsml:meridian:1" version="3" standard="NewsML-G2"
standardversion="2.32" xml:lang="en" {attributes}>{rights}<itemMeta>
<itemClass qcode="ninat:text"/><provider literal="MER"/>
<versionCreated>2025-12-04T10:00:00+01:00</versionCreated>{meta}</itemMeta>
<contentMeta>{about}</contentMeta><contentSet>{content}</contentSet></newsItem>"""


def message(*items: str, header: str = "") -> str:
    inside = f"<header>{header}</header><itemSet>{''.join(items)}</itemSet>"
    return f"<newsMessage {NAR}>{inside}</newsMessage>"


def story(meta: str = "", about: str = "", content: str = BODY, **more: str) -> Item:
    return item(news(meta, about, content, **more))


def test_a_news_item_tells_its_facts() -> None:
    rights = """<rightsInfo><copyrightHolder literal="x"><name>Meridian</name></copyrightHolder>
<copyrightNotice>(c) Meridian</copyrightNotice><usageTerms xml:lang="en">No archive</usageTerms>
<usageTerms xml:lang="de">Kein Archiv</usageTerms><dataMining qcode="dm:no"/></rightsInfo>
<rightsInfo idrefs="p1"><usageTerms>Part only</usageTerms></rightsInfo>"""
    meta = """<firstCreated>2025-12-04T08:00:00Z</firstCreated><pubStatus qcode="stat:usable"/>
<expires>2026-02-01T00:00:00Z</expires><expires>2026-01-01T00:00:00Z</expires>
<service qcode="svc:world"/><title>quay-item</title><profile>text</profile>
<link rel="irel:seeAlso" href="https://example.org/tide"><title>Tides</title></link>"""
    about = """<urgency>4</urgency><contentCreated>2025-12-04</contentCreated>
<located qcode="geo:1"><name>Bergen</name>
<broader type="cptype:country"><name>Norway</name></broader>
</located><altId type="mer:chain">quay</altId><language tag="en-GB"/><genre qcode="genre:Current"/>
<infoSource role="isrol:supplier" literal="NTB"/><keyword>storm</keyword><keyword>ferry</keyword>
<subject qcode="medtop:20000148" type="cpnat:abstract"><name xml:lang="de">Sturm</name>
<name xml:lang="en-GB">storm</name></subject>
<subject qcode="mer:77" type="cpnat:person" relevance="80"><name>Ada Lund</name></subject>
<slugline>storm-quay</slugline><headline rank="2" role="hl:sub">Ferries from noon</headline>
<headline rank="1"> Quay opens</headline><dateline>BERGEN (Meridian)</dateline><by>By Ada Lund</by>
<creditline>Meridian</creditline><description role="drol:summary">It is open.</description>
<digitalSourceType qcode="digsrctype:digitalCreation"/>"""
    found = story(meta, about, rights=rights)
    assert (found.guid, found.version_number) == ("urn:newsml:meridian:1", 3)
    assert found.version_created.instant.isoformat() == "2025-12-04T10:00:00+01:00"
    assert found.content_created.precision == "day"
    assert found.expires.instant.month == 1
    assert (found.pub_status, found.status_raw) == (PubStatus.usable, "stat:usable")
    assert found.headlines == (
        Headline(value="Quay opens"),
        Headline(value="Ferries from noon", role="sub"),
    )
    assert (found.slugline, found.by, found.dateline) == (
        "storm-quay",
        "By Ada Lund",
        "BERGEN (Meridian)",
    )
    assert (found.located, found.dateline_detail.country) == ("Bergen", "Norway")
    assert (found.language, found.credit, found.urgency) == ("en-GB", "Meridian", 4)
    assert found.subjects == (
        Concept(uri="http://cv.iptc.org/newscodes/mediatopic/20000148", name="storm"),
    )
    assert found.people == (Concept(literal="mer:77", name="Ada Lund", relevance=80.0),)
    assert found.genres[0].uri == "http://cv.iptc.org/newscodes/genre/Current"
    assert found.info_sources == (Source(name="NTB", role="supplier"),)
    assert found.alt_ids == (AltId(role="mer:chain", value="quay"),)
    assert found.keywords == ("storm", "ferry")
    assert found.usage_terms == ("No archive", "Kein Archiv")
    assert (found.copyright_holder, found.copyright_notice) == ("Meridian", "(c) Meridian")
    assert (found.data_mining, found.services) == ("dm:no", ("svc:world",))
    assert found.digital_source_type == (
        "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation"
    )
    assert (found.associations[0].role, found.associations[0].headline) == ("seeAlso", "Tides")
    assert (found.title, found.summary, found.profile) == ("quay-item", "It is open.", "text")
    assert formats.text_of(found) == "The quay opened.\n\nFerries & boats sail.\n"
    assert found.bodies[0].word_count == 4
    assert found.bodies[0].value.startswith("<p>The quay <em>")
    assert (found.hold_reason, found.warnings, found.repairs) == ((), (), ())


def test_a_version_that_is_not_stated_is_the_first() -> None:
    assert item(news().replace('version="3" ', "")).version_number == 1


def test_an_item_without_a_status_is_usable_and_an_empty_status_is_not() -> None:
    assert story().pub_status is PubStatus.usable
    assert story("<pubStatus/>").hold_reason == ("status-unknown",)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ('qcode="stat:canceled"', PubStatus.canceled),
        ('uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"', PubStatus.withheld),
        ('qcode="stat:withdrawn"', PubStatus.withheld),
        ('qcode="imext:draft"', PubStatus.hold),
    ],
)
def test_a_status_is_read_by_its_code(status: str, expected: PubStatus) -> None:
    assert story(f"<pubStatus {status}/>").pub_status is expected


@pytest.mark.parametrize(
    ("element", "state"),
    [
        ("", EmbargoState.none),
        ("<embargoed>2025-12-05T06:00:00Z</embargoed>", EmbargoState.until),
        ("<embargoed/>", EmbargoState.indefinite),
        ("<embargoed>\n </embargoed>", EmbargoState.indefinite),
        ("<embargoed>2025-12-05T06:00:00</embargoed>", EmbargoState.unparseable),
        ("<embargoed>noon</embargoed>", EmbargoState.unparseable),
        ("<!-- <embargoed>2025-12-05T06:00:00Z</embargoed> -->", EmbargoState.none),
    ],
)
def test_an_embargo_is_an_instant_or_it_never_ends(element: str, state: EmbargoState) -> None:
    agency = profile(zone="Europe/Oslo", assume_zone=True)
    assert item(news(element), agency).embargo.state is state


def test_an_embargo_in_a_note_alone_holds() -> None:
    note = '<edNote role="x:embargo">Not before 7 pm</edNote>'
    assert story(note).hold_reason == ("embargo-note",)
    dated = story("<embargoed>2025-12-05T18:00:00Z</embargoed>" + note)
    assert (dated.hold_reason, dated.embargo.reason_text) == ((), "Not before 7 pm")


# --- signals and notes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signal", "types", "holds"),
    [
        ('qcode="sig:correction"', (EditorialType.correction,), ()),
        ('uri="http://cv.iptc.org/newscodes/signal/update"', (EditorialType.update,), ()),
        ('qcode="sig:repeat" severity="sev:minor"', (EditorialType.repeat,), ()),
        ('qcode="sig:cwarn"', (), ()),
        ('qcode="sig:unheardof"', (), ("signal-unknown",)),
        ('qcode="mer:n"', (), ("signal-unknown",)),
        ('literal="correction"', (), ("signal-unknown",)),
        ("", (), ("signal-unknown",)),
    ],
)
def test_a_signal_of_iptc_is_known_and_any_other_holds(
    signal: str, types: tuple[EditorialType, ...], holds: tuple[str, ...]
) -> None:
    found = story(f"<signal {signal}/>")
    assert (found.editorial_types, found.hold_reason) == (types, holds)


def test_a_profile_maps_an_agencys_own_signals() -> None:
    agency = profile(signals={"mer:x": "kill", "mer:N": "ignore"})
    found = item(news('<signal qcode="mer:x"/><signal qcode="mer:N"/>'), agency)
    assert (found.pub_status, found.hold_reason) == (PubStatus.canceled, ())


def test_an_alias_means_what_the_item_says_it_means() -> None:
    local = '<catalog><scheme alias="sig" uri="https://example.org/mine/"/></catalog>'
    found = item(news('<signal qcode="sig:update"/>', rights=local))
    assert found.signals[0].uri == "https://example.org/mine/update"
    assert (found.editorial_types, found.hold_reason) == ((), ("signal-unknown",))
    other = local.replace('"sig"', '"s"').replace(
        "https://example.org/mine/", "http://cv.iptc.org/newscodes/signal/"
    )
    assert item(news('<signal qcode="s:update"/>', rights=other)).editorial_types == (
        EditorialType.update,
    )


def test_an_items_own_alias_wins_over_its_messages() -> None:
    mine = '<catalog><scheme alias="s" uri="http://cv.iptc.org/newscodes/signal/"/></catalog>'
    sent = news('<signal qcode="s:update"/>')
    assert item(message(sent, header=mine)).editorial_types == (EditorialType.update,)
    other = '<catalog><scheme alias="s" uri="https://example.org/"/></catalog>'
    own = news('<signal qcode="s:update"/>', rights=other)
    assert item(message(own, header=mine)).hold_reason == ("signal-unknown",)


def test_only_a_correction_written_for_readers_is_for_readers() -> None:
    notes = """<edNote role="dpaednoterole:correction">Para 4: 1997, not 1992</edNote>
<edNote role="dpaednoterole:correction_consumerready">An earlier version gave a wrong year.</edNote>
<edNote>Pictures follow</edNote>"""
    found = story(notes)
    assert found.correction_text.public == "An earlier version gave a wrong year."
    assert found.correction_text.internal == "Para 4: 1997, not 1992"
    assert found.ed_note == "Para 4: 1997, not 1992\nPictures follow"
    limited = story(notes.replace('consumerready"', 'consumerready" pubconstraint="x:no"'))
    assert limited.correction_text.public is None
    assert "An earlier version" in limited.ed_note


@pytest.mark.parametrize("attribute", ['pubconstraint="mer:desk"', 'pubconstrainturi="urn:desk"'])
def test_what_may_not_be_published_reaches_no_public_field(attribute: str) -> None:
    about = f"""<headline {attribute}>For the desk: Ada</headline><headline>Quay opens</headline>
<by {attribute}>Ada, room 7</by><description {attribute}>Ada says</description>"""
    found = story("", about)
    assert [headline.value for headline in found.headlines] == ["Quay opens"]
    assert (found.by, found.descriptions) == (None, ())
    assert sorted(r.path for r in found.warnings if r.code == "not-public") == [
        "by",
        "description",
        "headline",
    ]
    whole = news("", "<headline>Ada</headline>").replace(
        "<contentMeta>", f"<contentMeta {attribute}>"
    )
    assert item(whole).headlines == ()
    body = story(content=BODY.replace("<inlineXML", f"<inlineXML {attribute}"))
    assert (body.body_kind, formats.text_of(body), body.bodies) == (BodyKind.none, "", ())


# --- bodies -------------------------------------------------------------------------------------

NITF = """<inlineXML contenttype="application/nitf+xml"><nitf><body><body.head><hedline>
<hl1>Quay opens</hl1></hedline><byline>By Ada</byline></body.head><body.content>
<p>From <location>NITF</location>.</p></body.content></body></nitf></inlineXML>"""
PLAIN = '<inlineData contenttype="text/plain; charset=utf-8">From\n\nplain &lt; text.</inlineData>'
HTML = (
    '<inlineData contenttype="text/html">&lt;p&gt;From &amp;lt;html&amp;gt;.&lt;/p&gt;</inlineData>'
)
ENCODED = base64.b64encode("From «base64».".encode()).decode()
BASE64 = f'<inlineData contenttype="text/plain" encoding="encd:base64">{ENCODED}</inlineData>'
PICTURE = '<remoteContent contenttype="image/jpeg" href="https://example.org/1.jpg" width="8"/>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PLAIN + HTML + NITF + BODY, WORDS),
        (PLAIN + HTML + NITF, "From NITF.\n"),
        (PLAIN + HTML, "From <html>.\n"),
        (PICTURE + PLAIN, "From\n\nplain < text.\n"),
        (BASE64, "From «base64».\n"),
        (BODY.replace("application/xhtml+xml", "xhtml/xml"), WORDS),
        (BODY.replace(XHTML, ""), WORDS),
        (f"<inlineXML><div {XHTML}><p>One</p>two</div></inlineXML>", "One\n\ntwo\n"),
        ("<inlineData contenttype='text/plain'><![CDATA[a <b> & c]]></inlineData>", "a <b> & c\n"),
        ('<inlineXML contenttype="text/html"><p>One</p></inlineXML>', "One\n"),
    ],
)  # fmt: skip
def test_one_of_the_alternatives_is_read(content: str, words: str) -> None:
    found = story(content=content)
    assert formats.text_of(found) == words
    assert (found.body_kind, found.hold_reason, found.warnings) == (BodyKind.full, (), ())


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("", []),
        (PICTURE, []),
        ('<inlineData contenttype="text/plain"/>', []),
        ("<inlineXML contenttype='application/nitf+xml'> <!-- later --> </inlineXML>", []),
        ('<inlineXML contenttype="application/sportsml+xml"><sports-content/></inlineXML>',
         ["body-unsupported"]),
        ('<inlineData contenttype="application/pdf">JVBERi0=</inlineData>', ["body-unsupported"]),
        (BASE64.replace("base64", "rot13"), ["body-unreadable"]),
        (BASE64.replace(ENCODED, "!!"), ["body-unreadable"]),
        (BASE64.replace(ENCODED, base64.b64encode(b"\xff\xfe\xfd").decode()), ["body-unreadable"]),
    ],
)  # fmt: skip
def test_an_item_without_a_readable_body_has_no_words(content: str, codes: list[str]) -> None:
    found = story(content=content)
    assert (found.body_kind, formats.text_of(found)) == (BodyKind.none, "")
    assert [remark.code for remark in found.warnings] == codes


@pytest.mark.parametrize(
    ("docdata", "field", "value"),
    [
        ('management-status="canceled"', "pub_status", PubStatus.canceled),
        ('management-status="withheld"', "pub_status", PubStatus.withheld),
        ('management-status="ready"', "hold_reason", ("status-unknown",)),
        ('management-status="usable"', "hold_reason", ()),
        ('management-doc-idref="urn:other" management-idref-status="canceled"', "targets",
         (Target(idref="urn:other"),)),
    ],
)  # fmt: skip
def test_nitf_inside_can_only_make_the_item_stricter(
    docdata: str, field: str, value: object
) -> None:
    head = f"<nitf><head><docdata {docdata}/></head>"
    usable, withheld = '<pubStatus qcode="stat:usable"/>', '<pubStatus qcode="stat:withheld"/>'
    content = NITF.replace("<nitf>", head)
    assert getattr(story(usable, content=content), field) == value
    assert story(withheld, content=content).pub_status is not PubStatus.usable


def test_an_embargo_of_nitf_inside_binds() -> None:
    release = '<nitf><head><docdata><date.release norm="20260101T000000Z"/></docdata></head>'
    found = story('<pubStatus qcode="stat:usable"/>', content=NITF.replace("<nitf>", release))
    assert found.embargo.state is EmbargoState.until
    assert found.embargo.raw == "20260101T000000Z"


def test_the_head_of_a_body_in_nitf_tells_what_the_metadata_leaves_out() -> None:
    found = story(content=NITF)
    assert (found.headline, found.by) == ("Quay opens", "By Ada")
    assert story("", "<headline>Mine</headline>", NITF).headline == "Mine"


def test_a_header_inside_the_body_is_text_unless_the_profile_says_otherwise() -> None:
    content = BODY.replace("<body>", "<body><header><h1>Quay opens</h1></header>")
    assert formats.text_of(story(content=content)).startswith("Quay opens\n\n")
    found = item(news(content=content), profile(omit={"header": "page-header"}))
    assert formats.text_of(found).startswith("The quay opened.")
    assert found.copy.omissions == {"page-header": 10}


def test_each_item_of_a_message_has_its_own_body() -> None:
    items = [
        news(content=BODY.replace("The quay", f"Quay {n}")).replace("meridian:1", f"meridian:{n}")
        for n in range(5)
    ]
    hidden = "<!-- <inlineXML>no</inlineXML> -->"
    parsed = read(message(*items[:2], hidden, *items[2:]))
    assert [formats.text_of(i).split("\n")[0] for i in parsed.items] == [
        f"Quay {n} opened." for n in range(5)
    ]
    assert all(i.hold_reason == () for i in parsed.items)


# --- kinds of items -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind", "holds"),
    [
        ("ninat:text", "text", ()),
        ("icls:text", "text", ()),
        ("ninat:picture", "picture", ()),
        ("ninat:graphics", "graphic", ()),
        ("ninat:audio", "audio", ()),
        ("ninat:video", "video", ()),
        ("ninat:composite", "composite", ()),
        ("mer:hologram", "hologram", ("type-unknown",)),
    ],
)
def test_the_nature_of_the_content_is_the_type(
    code: str, kind: str, holds: tuple[str, ...]
) -> None:
    found = item(news().replace("ninat:text", code))
    assert (found.type, found.item_class, found.hold_reason) == (kind, code, holds)


def test_a_picture_has_renditions() -> None:
    sent = """<remoteContent rendition="rnd:highRes" href="https://example.org/h.jpg" width="800"
height="600" size="9000" contenttype="image/jpeg"/><remoteContent residref="urn:no-address"/>
<remoteContent href="https://example.org/desk.jpg" pubconstraint="mer:desk"/>"""
    (found,) = item(news(content=sent)).renditions
    assert (found.name, found.href) == ("highRes", "https://example.org/h.jpg")
    assert (found.width, found.height, found.size_in_bytes) == (800, 600, 9000)


def test_a_package_is_a_composite_with_groups_and_no_words() -> None:
    package = f"""<packageItem {NAR} guid="urn:p">
<itemMeta><itemClass qcode="ninat:text"/></itemMeta>
<groupSet root="G1"><group id="G1" role="group:main" mode="pgrmod:seq"><groupRef idref="G2"/>
<itemRef residref="urn:a" version="4"><pubStatus qcode="stat:withheld"/>
<headline>Quay</headline></itemRef></group><group id="G2"><itemRef href="https://example.org/b"/></group>
</groupSet></packageItem>"""
    found = item(package)
    first, second = found.groups
    assert (found.type, found.body_kind) == ("composite", BodyKind.none)
    assert (first.id, first.role, first.mode, first.groups) == ("G1", "main", "seq", ("G2",))
    assert (first.refs[0].uri, first.refs[0].version) == ("urn:a", "4")
    assert (first.refs[0].pub_status, first.refs[0].headline) == (PubStatus.withheld, "Quay")
    assert (second.mode, second.refs[0].pub_status) == ("bag", None)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("conceptItem", "concept-item"),
        ("knowledgeItem", "knowledge-item"),
        ("planningItem", "planning-item"),
        ("catalogItem", "catalog-item"),
        ("catalog", "catalog"),
    ],
)
def test_what_is_no_story_is_set_aside(name: str, code: str) -> None:
    parsed = read(f'<{name} {NAR} guid="urn:c"/>')
    assert (parsed.items, parsed.failed) == ((), ())
    assert [(found.guid, found.code) for found in parsed.aside] == [("urn:c", code)]


# --- messages -----------------------------------------------------------------------------------

HEADER = """<sent>2025-12-04T10:00:05Z</sent><transmitId> t-9 </transmitId><priority>4</priority>
<destination>DE</destination><destination>FR</destination><channel>TXT</channel>"""


def test_a_message_tells_its_items_how_they_came() -> None:
    found = item(message(news(), header=HEADER))
    assert (found.sent.instant.second, found.transmit_id, found.priority) == (5, "t-9", "4")
    assert (found.destinations, found.channels) == (("DE", "FR"), ("TXT",))
    assert found.atomic_group is None
    assert found.content_hash == item(news()).content_hash


@pytest.mark.parametrize(
    "signal", ['qcode="nmsig:atomic"', 'uri="http://cv.iptc.org/newscodes/newsmsgsignal/atomic"']
)
def test_an_atomic_message_is_one_group(signal: str) -> None:
    second = news().replace("meridian:1", "meridian:2")
    parsed = read(message(news(), second, header=HEADER + f"<signal {signal}/>"))
    assert [found.atomic_group for found in parsed.items] == ["t-9", "t-9"]
    assert all(found.hold_reason == () for found in parsed.items)


def test_a_signal_on_the_message_that_nobody_knows_holds_every_item() -> None:
    parsed = read(message(news(), news(), header='<signal qcode="mer:test"/>'))
    assert [found.hold_reason for found in parsed.items] == [("signal-unknown",)] * 2


def test_one_bad_item_does_not_lose_its_neighbours() -> None:
    bad = f'<newsItem {NAR} guid="urn:bad"> ..... </newsItem>'
    nameless = f"<packageItem {NAR}><itemMeta/></packageItem>"
    parsed = read(
        message(bad, news(), nameless, f"<conceptItem {NAR} guid='c'/>", "<x:y xmlns:x='u'/>")
    )
    assert [found.guid for found in parsed.items] == ["urn:newsml:meridian:1"]
    assert [(bad.index, bad.guid) for bad in parsed.failed] == [(0, "urn:bad"), (2, None)]
    assert [found.code for found in parsed.aside] == ["concept-item", "unknown-item"]


# --- the rest of an item ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "holds"),
    [
        ("Sperrfrist aufgehoben", ()),
        ("Die Sperrfrist ist aufgehoben.", ()),
        ("Keine Sperrfrist", ()),
        ("Embargo lifted", ()),
        ("Die Sperrfrist wird um 15 Uhr aufgehoben", ("embargo-note",)),
        ("Embargo lifted at noon", ("embargo-note",)),
        ("Heute Abend, 19 Uhr", ("embargo-note",)),
    ],
)
def test_a_note_that_an_embargo_is_over_holds_nothing(note: str, holds: tuple[str, ...]) -> None:
    assert story(f'<edNote role="x:embargo">{note}</edNote>').hold_reason == holds


def test_a_note_in_a_public_role_is_for_readers() -> None:
    note = '<edNote role="mer:public">Corrects an earlier version.</edNote>'
    found = story(note)
    assert (found.public_note, found.ed_note) == ("Corrects an earlier version.", None)
    limited = story(note.replace("<edNote", '<edNote pubconstraint="x:no"'))
    assert (limited.public_note, limited.ed_note) == (None, "Corrects an earlier version.")


def test_who_wrote_is_named_as_readers_know_them() -> None:
    about = """<creator role="x:reporter" jobtitle="x:editor"><name>Ada Lund</name></creator>
<creator><name>lund.ada</name></creator><creator literal="MER Desk"/>
<creator pubconstraint="x:no"><name>Jo Berg</name></creator>
<contributor role="x:writer"><name>Kai Moe</name></contributor>
<contributor role="x:lastEditor"><name>Liv Dahl</name></contributor>"""
    assert story("", about).bylines == (
        Byline(name="Ada Lund", title="editor", role="reporter"),
        Byline(name="Kai Moe", role="writer"),
    )


def test_an_item_names_what_it_belongs_to_and_what_it_follows() -> None:
    meta = """<link rel="irel:previousVersion" residref="urn:newsml:meridian:1" version="2"/>
<deliverableOf residref="urn:plan:7"/><memberOf uri="urn:set:storms"/><link rel="x:empty"/>"""
    found = story(meta)
    assert found.previous_version == "2"
    assert [(link.role, link.uri) for link in found.associations] == [
        ("previousVersion", "urn:newsml:meridian:1"),
        ("deliverableOf", "urn:plan:7"),
        ("memberOf", "urn:set:storms"),
    ]


@pytest.mark.parametrize("relation", ["replaces", "supersedes"])
def test_a_link_says_what_an_item_replaces(relation: str) -> None:
    found = story(f"""<link rel="irel:{relation}" residref="urn:newsml:meridian:1"/>
<link rel="irel:{relation}"/><link rel="irel:seeAlso" residref="urn:newsml:meridian:9"/>""")
    assert (found.replaces, found.replaced_by) == (("urn:newsml:meridian:1",), None)


@pytest.mark.parametrize(
    "relation", ["replacedBy", "isReplacedBy", "supersededBy", "isSupersededBy"]
)
def test_a_link_says_what_replaces_an_item(relation: str) -> None:
    found = story(f'<link rel="x:{relation}" residref="urn:newsml:meridian:2"/>')
    assert (found.replaces, found.replaced_by) == ((), "urn:newsml:meridian:2")


@pytest.mark.parametrize(
    ("signal", "types", "holds"),
    [
        ("sig:update", (), ()),
        ("sig:cwarn", (), ()),
        ("mer:kill", (), ("signal-unknown",)),
        ("mer:else", (), ("signal-unknown",)),
    ],
)
def test_a_signal_on_a_part_says_nothing_of_the_whole(
    signal: str, types: tuple[EditorialType, ...], holds: tuple[str, ...]
) -> None:
    part = f'<partMeta partid="p1"><signal qcode="{signal}"/></partMeta><contentSet>'
    sent = news().replace("<contentSet>", part)
    found = item(sent, profile(signals={"mer:kill": "kill"}))
    assert (found.pub_status, found.editorial_types) == (PubStatus.usable, types)
    assert (found.hold_reason, found.signals[0].literal) == (holds, signal)
    assert found.content_warning == ("cwarn" if signal == "sig:cwarn" else None)


@pytest.mark.parametrize(
    ("blocks", "year", "holds"),
    [
        ('<rightsInfo validto="2026-01-01T00:00:00Z"/>', 2026, ()),
        ('<rightsInfo validto="2026-01-01T00:00:00Z"/><rightsInfo/>', None, ()),
        ('<rightsInfo validto="2026-01-01T00:00:00Z"/><rightsInfo validto="2027-01-01T00:00:00Z"/>',
         2027, ()),
        ('<rightsInfo idrefs="p1" validto="2026-01-01T00:00:00Z"/>', None, ()),
        ('<rightsInfo validfrom="2025-01-01T00:00:00Z"/>', None, ()),
        ('<rightsInfo validfrom="2027-01-01T00:00:00Z"/>', None, ()),
        ('<rightsInfo validfrom="soon"/>', None, ("rights-not-understood",)),
        ('<rightsInfo validto="soon"/>', None, ("rights-not-understood",)),
        ('<rightsInfo validto="soon"/><rightsInfo/>', None, ()),
        ('<rightsInfo validfrom="soon"/><rightsInfo/>', None, ()),
    ],
)  # fmt: skip
def test_rights_begin_and_end(blocks: str, year: int | None, holds: tuple[str, ...]) -> None:
    found = story(rights=blocks)
    assert (found.retain_until and found.retain_until.year) == year
    assert found.hold_reason == holds


@pytest.mark.parametrize(
    ("blocks", "year"),
    [
        ('<rightsInfo validfrom="2027-01-01T00:00:00Z"/>', 2027),
        ('<rightsInfo validfrom="soon"/><rightsInfo validfrom="2027-01-01T00:00:00Z"/>', 2027),
        ('<rightsInfo validfrom="2027-01-01T00:00:00Z"/><rightsInfo/>', None),
    ],
)  # fmt: skip
def test_rights_may_be_used_from_the_first_beginning(blocks: str, year: int | None) -> None:
    found = story(rights=blocks)
    assert (found.use_from and found.use_from.year) == year


def test_limits_of_time_and_expressions_of_rights_are_kept() -> None:
    rights = """<rightsInfo scope="riscope:content" validto="2026-01-01T00:00:00Z">
<rightsExpressionData langid="urn:odrl">{"a": 1}</rightsExpressionData>
<link href="https://example.org/rights"/></rightsInfo>"""
    found = story(rights=rights)
    assert found.restrictions == (
        Restriction(kind="time", value="/2026-01-01T00:00:00Z", source="field"),
    )
    assert found.rights_info == (
        RightsInfo(lang_id="urn:odrl", encoded_rights='{"a": 1}'),
        RightsInfo(linked_rights="https://example.org/rights"),
    )


def test_of_two_renditions_of_one_kind_the_original_is_read() -> None:
    two = "".join(
        f'<inlineData id="{name}" contenttype="text/plain">{name}</inlineData>' for name in "ab"
    )
    assert formats.text_of(story(content=two)) == "a\n"
    sent = news(content=two).replace("<contentSet>", '<contentSet original="b">')
    assert formats.text_of(item(sent)) == "b\n"


def test_a_rendition_with_a_signal_of_its_own_is_left_out() -> None:
    sent = '<remoteContent href="https://example.org/1.jpg"><signal qcode="x:y"/></remoteContent>'
    found = story(content=sent + PICTURE)
    assert [r.width for r in found.renditions] == [8]


def test_groups_stand_inside_groups_in_every_mode() -> None:
    modes = ("bag", "seq", "alt")
    inside = "".join(
        f'<group id="G{n}" mode="pgrmod:{mode}"><groupRef idref="G{n + 1}"/>'
        f'<itemRef residref="urn:{n}"/></group>'
        for n, mode in enumerate(modes)
    )
    meta = '<itemMeta><itemClass qcode="ninat:composite"/></itemMeta>'
    found = item(f'<packageItem {NAR} guid="p">{meta}<groupSet>{inside}</groupSet></packageItem>')
    assert [(g.id, g.mode, g.groups, g.refs[0].version) for g in found.groups] == [
        (f"G{n}", mode, (f"G{n + 1}",), None) for n, mode in enumerate(modes)
    ]


def test_an_atomic_message_without_a_name_goes_by_its_bytes() -> None:
    parsed = read(message(news(), news(), header='<signal qcode="nmsig:atomic"/>'))
    groups = {found.atomic_group for found in parsed.items}
    assert groups == {parsed.items[0].raw_ref.sha256}


def test_a_message_names_who_sent_it() -> None:
    found = item(message(news(), header="<sender>MER</sender><origin>Bergen</origin>"))
    assert found.info_sources == (Source(name="MER", role="sender"),
                                  Source(name="Bergen", role="origin"))  # fmt: skip


def test_without_words_all_else_is_there() -> None:
    context = formats.Context(received=CONTEXT.received, words=False)
    for content in (BODY, NITF, PLAIN, HTML, BASE64):
        (bare,) = formats.parse(news(content=content).encode(), PROFILE, context).items
        whole = story(content=content)
        assert (bare.copy.blocks, bare.copy.pieces) == ((), ())
        assert (bare.bodies, bare.body_kind) == (whole.bodies, whole.body_kind)
        assert bare.headlines == whole.headlines


# --- dialects, as the shipped profiles tell them --------------------------------------------------


@pytest.mark.parametrize(
    ("name", "signal", "status", "types"),
    [
        ("reuters", "edStat:N", PubStatus.usable, ()),
        ("reuters", "edStat:U", PubStatus.usable, (EditorialType.update,)),
        ("reuters", "edStat:C", PubStatus.usable, (EditorialType.correction,)),
        ("reuters", "edStat:D", PubStatus.canceled, (EditorialType.kill,)),
        ("stt", "sttinstruct:remove", PubStatus.canceled, (EditorialType.kill,)),
        ("stt", "update:append-major-content", PubStatus.usable, (EditorialType.update,)),
        ("dpa", "dpasig:isplanned", PubStatus.usable, (EditorialType.schedule,)),
        ("ansa", "red-address:TEST", PubStatus.usable, (EditorialType.test,)),
    ],
)
def test_an_agencys_signals_mean_what_its_profile_says(
    name: str, signal: str, status: PubStatus, types: tuple[EditorialType, ...]
) -> None:
    found = item(news(f'<signal qcode="{signal}"/>'), agency.load(name))
    assert (found.pub_status, found.editorial_types, found.hold_reason) == (status, types, ())
    assert item(news(f'<signal qcode="{signal}"/>')).hold_reason == ("signal-unknown",)


def test_a_version_may_have_ten_digits() -> None:
    found = item(news().replace('version="3"', 'version="1132689232"'), agency.load("reuters"))
    assert found.version_number == 1132689232


def test_dpas_text_is_the_main_section_and_its_test_articles_are_tests() -> None:
    page = BODY.replace("<body>", '<body><header><h1>No</h1></header><section class="main">')
    page = page.replace("</body>", "</section></body>")
    note = '<edNote role="dpaednoterole:genrenote">Multimedialer Test-Artikel</edNote>'
    found = item(news(note, content=page), agency.load("dpa"))
    assert formats.text_of(found) == WORDS
    assert found.copy.omissions == {"outside-selection": 2}
    assert found.editorial_types == (EditorialType.test,)


def test_a_date_of_stt_without_a_zone_is_of_helsinki() -> None:
    sent = news().replace("2025-12-04T10:00:00+01:00", "2025-12-04T10:00:00")
    assert item(sent).hold_reason == ("date-missing",)
    found = item(sent, agency.load("stt")).version_created
    assert found.instant.isoformat() == "2025-12-04T10:00:00+02:00"


# --- IPTC's own cases ---------------------------------------------------------------------------

SUITE = "iptc-newsml-g2/tests"


def cases(corpus: Path, folder: str) -> Iterator[Path]:
    """The cases of every version that lie in folders of this name."""
    for path in sorted((corpus / SUITE).rglob("*.xml")):
        if folder in path.parts:
            yield path


def state(found: Item) -> State:
    """What would become of the item, alone and sent as news of this hour."""
    sent = Message(item=found, arrival=Arrival(source="inbox", received=NOW))
    return decide([sent], [], PROFILE, NOW).state


def test_everything_that_iptc_lets_pass_is_read(corpus: Path) -> None:
    outcomes = {path: read(path.read_bytes()) for path in cases(corpus, "should_pass")}
    assert len(outcomes) > 100
    assert [path.name for path, outcome in outcomes.items() if outcome.failed] == []
    assert [p.name for p, o in outcomes.items() if not o.items and not o.aside] == []


def test_nothing_that_iptc_refuses_is_published(corpus: Path) -> None:
    paths = list(cases(corpus, "should_fail"))
    assert len(paths) > 5
    for path in paths:
        try:
            outcome = read(path.read_bytes())
        except formats.FormatError:
            continue
        assert State.live not in {state(found) for found in outcome.items}, path.name


# --- limits --------------------------------------------------------------------------------------


def test_a_kill_with_more_words_than_the_limit_is_still_a_kill() -> None:
    body = BODY.replace("<body>", "<body>" + "<p/>" * 15_000)
    found = story('<pubStatus qcode="stat:canceled"/>', content=body)
    assert found.pub_status is PubStatus.canceled
    assert found.hold_reason == ("body-unreadable",)


def test_an_item_of_more_elements_than_any_story_has_is_told_and_its_neighbours_are_read() -> None:
    parsed = read(message(news(), news(about="<keyword/>" * 25_000), news()))
    assert (len(parsed.items), len(parsed.failed)) == (2, 1)
    assert "25000 elements" in parsed.failed[0].error


def test_an_item_that_describes_itself_very_often_is_told_and_its_neighbours_are_read() -> None:
    again = news().replace("<contentMeta>", "<itemMeta/>" * 100 + "<contentMeta>")
    parsed = read(message(news(), again, news()))
    assert (len(parsed.items), len(parsed.failed)) == (2, 1)
    assert "100 itemMeta" in parsed.failed[0].error
