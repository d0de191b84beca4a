"""What documents of NewsML 1 hold: stories, pictures, patches, notices, packages."""

import base64
import json
from datetime import datetime
from html import escape
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.agency import Profile
from copytaster.agency import load
from copytaster.formats import FormatError
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import GroupRef
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import Place
from copytaster.item import PubStatus
from copytaster.item import Restriction
from copytaster.item import Source
from copytaster.item import Target
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import Verdict
from copytaster.verdict import decide
from tests.formats.reading import NOW
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import stories

CREATED = "20251204T100000+0100"
LINES = "<NewsLines><HeadLine>Quay opens</HeadLine></NewsLines>"
NITF = (
    "<nitf><body><body.content><p>The quay <em>opened</em>.</p><p>Ferries sail.</p>"
    "</body.content></body></nitf>"
)
KEY = "urn:newsml:meridian.example:20251204:Q17"


def identification(
    revision: int = 1, update: str = "N", item_id: str = "Q17", more: str = ""
) -> str:
    return f"""<Identification><NewsIdentifier><ProviderId>meridian.example</ProviderId>
<DateId>20251204</DateId><NewsItemId>{item_id}</NewsItemId>
<RevisionId PreviousRevision="{revision - 1}" Update="{update}">{revision}</RevisionId>
<PublicIdentifier>urn:newsml:meridian.example:20251204:{item_id}:{revision}{update}</PublicIdentifier>
</NewsIdentifier>{more}</Identification>"""


def management(status: str = '<Status FormalName="Usable"/>', more: str = "") -> str:
    return f"""<NewsManagement><NewsItemType FormalName="News"/>
<FirstCreated>20251204T090000+0100</FirstCreated>
<ThisRevisionCreated>{CREATED}</ThisRevisionCreated>{status}{more}</NewsManagement>"""


def content(data: str, form: str = '<Format FormalName="NITF"/>', attributes: str = "") -> str:
    return (
        f'<ContentItem {attributes}><MediaType FormalName="Text"/>{form}'
        f"<DataContent>{data}</DataContent></ContentItem>"
    )


def picture(href: str, more: str = "", kind: str = "Photo") -> str:
    return (
        f'<ContentItem Href="{href}"><MediaType FormalName="{kind}"/>'
        f'<MimeType FormalName="image/jpeg"/>{more}</ContentItem>'
    )


def component(*inside: str, role: str = "", attributes: str = "") -> str:
    told = f'<Role FormalName="{role}"/>' if role else ""
    return f"<NewsComponent {attributes}>{told}{''.join(inside)}</NewsComponent>"


def news_item(
    *components: str, identity: str | None = None, control: str | None = None, attributes: str = ""
) -> str:
    identity = identification() if identity is None else identity
    control = management() if control is None else control
    return f"<NewsItem {attributes}>{identity}{control}{''.join(components)}</NewsItem>"


def newsml(*items: str, envelope: str = "", root: str = 'Version="1.2"', before: str = "") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>{before}
<NewsML {root}>{envelope}{"".join(items)}</NewsML>"""


STORY = component(LINES, content(NITF))


def document(*components: str, agency: Profile | None = None, **parts: str) -> Item:
    found = newsml(news_item(*(components or (STORY,)), **parts))
    return item(found) if agency is None else item(found, agency)


def managed(status: str = '<Status FormalName="Usable"/>', more: str = "", **other: object) -> Item:
    return document(control=management(status, more), **other)


# --- where the facts lie -------------------------------------------------------------------------


def test_an_item_tells_its_facts() -> None:
    envelope = """<NewsEnvelope><TransmissionId Repeat="1">77</TransmissionId>
<SentTo><Party FormalName="Clients"/></SentTo><DateAndTime>20251204T101500Z</DateAndTime>
<NewsService FormalName="World"/><NewsProduct FormalName="EN"/><NewsProduct FormalName=""/>
<Priority FormalName="4"/></NewsEnvelope>"""
    story = component(
        """<Comment>Pictures follow</Comment><NewsLines>
<HeadLine xml:lang="en"> Quay opens\n</HeadLine><SubHeadLine>From noon</SubHeadLine>
<ByLine>By Ada Lund</ByLine><ByLineTitle>Harbour writer</ByLineTitle>
<DateLine>BERGEN, Dec 4 (Meridian) -</DateLine><CreditLine>Meridian</CreditLine>
<CopyrightLine>(c) Meridian 2025</CopyrightLine><RightsLine>No archives</RightsLine>
<SlugLine>Storm-Quay</SlugLine><KeywordLine>storm</KeywordLine>
<NewsLine><NewsLineType FormalName="AdvisoryLine"/><NewsLineText>UPDATES throughout</NewsLineText>
</NewsLine><NewsLine><NewsLineType FormalName="ProductLine"/><NewsLineText>(Picture)</NewsLineText>
</NewsLine></NewsLines>
<AdministrativeMetadata><FileName>q17.xml</FileName><Provider><Party FormalName="Meridian"/>
</Provider><Creator><Party FormalName="AL"/></Creator><Source><Party FormalName="Port"/></Source>
</AdministrativeMetadata>
<RightsMetadata><Copyright><CopyrightHolder>Meridian AS</CopyrightHolder></Copyright>
<UsageRights><UsageType>NO RESALE</UsageType><Geography>Norway</Geography>
<Limitations>Print only</Limitations><StartDate>20251204</StartDate></UsageRights>
</RightsMetadata>
<DescriptiveMetadata><Language FormalName="EN"/><Genre FormalName="Current"/>
<SubjectCode><Subject FormalName="03000000"/><SubjectMatter FormalName="03001000"/></SubjectCode>
<SubjectCode><Subject FormalName="03000000"/><SubjectDetail FormalName="SEA" Scheme="MerCodes"/>
</SubjectCode><DateLineDate>20251204T083000Z</DateLineDate>
<Location HowPresent="Origin"><Property FormalName="City" Value="Bergen"/>
<Property FormalName="Country" Value="NOR"/></Location>
<Location HowPresent="Event"><Property FormalName="City" Value="Oslo"/></Location>
<Property FormalName="Keyword" Value="ferry"/></DescriptiveMetadata>""",
        content(
            NITF,
            '<Format FormalName="NITF3.1"/><Characteristics>'
            '<Property FormalName="Words" Value="6"/></Characteristics>',
        ),
    )  # fmt: skip
    identity = identification(
        3, more="<NameLabel>storm-quay</NameLabel><Label><LabelType FormalName='Take'/>"
        "<LabelText>2</LabelText></Label>"
    )  # fmt: skip
    control = management(more='<Urgency FormalName="3"/>')
    found = item(newsml(news_item(story, identity=identity, control=control), envelope=envelope))
    assert (found.guid, found.format.name, found.format.version) == (KEY, "newsml-1", "1.2")
    assert found.alt_ids == (
        AltId(role="PublicIdentifier", value=f"{KEY}:3N"),
        AltId(role="NewsItemId", value="Q17"),
        AltId(role="NameLabel", value="storm-quay"),
        AltId(role="Take", value="2"),
        AltId(role="FileName", value="q17.xml"),
    )
    assert (found.version, found.version_number, found.previous_version) == ("3", 3, "2")
    assert found.version_created.instant.isoformat() == "2025-12-04T10:00:00+01:00"
    assert found.first_created.instant.hour == 9
    assert found.content_created.instant.minute == 30
    assert found.sent.instant.minute == 15
    assert (found.transmit_id, found.priority) == ("77", "4")
    assert (found.services, found.destinations) == (("World", "EN"), ("Clients",))
    assert (found.item_class, found.type) == ("News", "text")
    assert (found.pub_status, found.status_raw) == (PubStatus.usable, "Usable")
    assert found.headlines == (
        Headline(value="Quay opens", lang="en"),
        Headline(value="From noon", role="subheadline"),
    )
    assert (found.slugline, found.title) == ("Storm-Quay", "storm-quay")
    assert found.keywords == ("storm", "ferry")
    assert (found.by, found.bylines) == (
        "By Ada Lund",
        (Byline(name="By Ada Lund", title="Harbour writer"),),
    )
    assert (found.dateline, found.located) == ("BERGEN, Dec 4 (Meridian) -", "Bergen")
    assert found.dateline_detail == Place(city="Bergen", country="NOR")
    assert found.places == (Concept(name="Oslo", rel="Event"),)
    assert found.language == "en"
    assert (found.advisory_line, found.ed_note) == (
        "UPDATES throughout",
        "Pictures follow\n(Picture)",
    )
    assert (found.urgency, found.urgency_raw) == (3, "3")
    assert found.subjects == (
        Concept(uri="http://cv.iptc.org/newscodes/subjectcode/03000000"),
        Concept(uri="http://cv.iptc.org/newscodes/subjectcode/03001000"),
        Concept(literal="SEA", scheme="MerCodes"),
    )
    assert found.genres == (Concept(name="Current"),)
    assert (found.copyright_holder, found.copyright_notice, found.credit) == (
        "Meridian AS",
        "(c) Meridian 2025",
        "Meridian",
    )
    assert found.usage_terms == ("No archives", "NO RESALE", "Print only")
    assert found.restrictions == (
        Restriction(kind="territory", value="Norway", source="field"),
        Restriction(kind="time", value="20251204/", source="field"),
    )
    assert found.info_sources == (
        Source(name="Meridian", role="provider"),
        Source(name="AL", role="creator"),
        Source(name="Port"),
    )
    assert [body.word_count for body in found.bodies] == [6]
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert (found.hold_reason, found.warnings, found.repairs) == ((), (), ())


@pytest.mark.parametrize(
    "root",
    ['Version="1.0"', 'Version="1.1"', "", 'xmlns="http://iptc.org/std/NewsML/2003-10-10/"'],
)
def test_every_generation_and_namespace_is_read_alike(root: str) -> None:
    found = item(newsml(news_item(STORY), root=root))
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"


def test_a_doctype_with_parameter_entities_is_skipped() -> None:
    doctype = """<!DOCTYPE NewsML SYSTEM "NewsMLv1.2.dtd" [
<!ENTITY % nitf SYSTEM "http://example.org/nitf.dtd"> %nitf; <!ENTITY x "boom">]>"""
    found = item(newsml(news_item(STORY), before=doctype))
    assert (found.guid, found.hold_reason) == (KEY, ())


@pytest.mark.parametrize("root", ["<NewsMLx/>", '<NewsML xmlns="http://example.org/"/>'])
def test_another_root_is_not_claimed(root: str) -> None:
    with pytest.raises(FormatError):
        read(root)


def test_many_items_in_one_document_are_all_read() -> None:
    items = [news_item(STORY, identity=identification(item_id=f"Q{n}")) for n in range(20)]
    parsed = read(newsml(*items))
    assert [found.guid[-3:].strip(":") for found in parsed.items] == [f"Q{n}" for n in range(20)]


def test_an_item_inside_a_component_is_an_item_of_its_own() -> None:
    inner = news_item(STORY, identity=identification(item_id="IN"))
    parsed = read(newsml(news_item(component(inner))))
    assert [found.guid for found in parsed.items] == [KEY, KEY.replace("Q17", "IN")]
    assert parsed.items[0].type == "composite"
    assert [ref.uri for ref in parsed.items[0].groups[0].refs] == [KEY.replace("Q17", "IN")]


def test_codes_written_as_the_elements_text_are_read() -> None:
    control = """<NewsManagement><NewsItemType>News</NewsItemType>
<ThisRevisionCreated>20251204T100000Z</ThisRevisionCreated><Status>USABLE</Status>
<Urgency>4</Urgency></NewsManagement>"""
    found = document(control=control)
    assert (found.pub_status, found.urgency, found.hold_reason) == (PubStatus.usable, 4, ())


# --- identity ------------------------------------------------------------------------------------


def test_the_key_is_the_same_in_every_revision() -> None:
    keys = {document(identity=identification(n)).guid for n in range(1, 5)}
    assert keys == {KEY}


def test_a_profile_may_leave_the_date_out_of_the_key() -> None:
    found = document(agency=profile(date_in_id=False))
    assert found.guid == "urn:newsml:meridian.example:Q17"


@pytest.mark.parametrize("revision", ["7", "7N", "7U", "12a"])
def test_a_public_identifier_alone_gives_the_key_without_its_revision(revision: str) -> None:
    identity = f"""<Identification><NewsIdentifier>
<PublicIdentifier>{KEY}:{revision}</PublicIdentifier></NewsIdentifier></Identification>"""
    assert document(identity=identity).guid == KEY


def test_an_item_without_any_id_is_held_under_a_name_of_its_own() -> None:
    items = [news_item(STORY, identity="<Identification/>") for _ in range(2)]
    one, two = read(newsml(*items)).items
    assert one.guid != two.guid
    assert one.hold_reason == two.hold_reason == ("guid-missing",)


def test_the_revision_number_is_read_as_a_number() -> None:
    assert document(identity=identification(10)).version_number == 10


# --- status, embargo, kinds ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "status", "holds"),
    [
        ("Usable", PubStatus.usable, ()),
        ("USABLE", PubStatus.usable, ()),
        ("usable", PubStatus.usable, ()),
        ("Withheld", PubStatus.withheld, ()),
        ("Canceled", PubStatus.canceled, ()),
        ("CANCELLED", PubStatus.canceled, ()),
        ("OPEN", PubStatus.hold, ("status-unknown",)),
        ("", PubStatus.hold, ("status-unknown",)),
    ],
)
def test_the_status_is_read_whatever_its_case(
    word: str, status: PubStatus, holds: tuple[str, ...]
) -> None:
    found = managed(f'<Status FormalName="{word}" Vocabulary="urn:iptc" Scheme="s"/>')
    assert (found.pub_status, found.hold_reason) == (status, holds)


def test_an_item_without_status_is_what_the_profile_says() -> None:
    assert managed("").hold_reason == ("status-missing",)
    assert managed("", agency=profile(missing_status="usable")).pub_status is PubStatus.usable


def test_of_two_statuses_the_stricter_counts() -> None:
    found = managed('<Status FormalName="Canceled"/><Status FormalName="Usable"/>')
    assert found.pub_status is PubStatus.canceled


def will_change(future: str, when: str | None) -> str:
    date = "" if when is None else f"<DateAndTime>{when}</DateAndTime>"
    return f'<StatusWillChange><FutureStatus FormalName="{future}"/>{date}</StatusWillChange>'


@pytest.mark.parametrize(
    ("change", "state", "until"),
    [
        ("", EmbargoState.indefinite, None),
        (will_change("Usable", None), EmbargoState.indefinite, None),
        (will_change("Usable", ""), EmbargoState.indefinite, None),
        (will_change("Withheld", "20251205T060000Z"), EmbargoState.indefinite, None),
        (will_change("Usable", "20251205T060000"), EmbargoState.unparseable, None),
        (will_change("Usable", "20251205"), EmbargoState.unparseable, None),
        (will_change("Usable", "soon"), EmbargoState.unparseable, None),
        (
            will_change("Usable", "20251205T060000+0100"),
            EmbargoState.until,
            "2025-12-05T06:00:00+01:00",
        ),
        (
            will_change("USABLE", "20251205T060000Z"),
            EmbargoState.until,
            "2025-12-05T06:00:00+00:00",
        ),
        (
            will_change("Usable", "20251205T240000Z"),
            EmbargoState.until,
            "2025-12-06T00:00:00+00:00",
        ),
    ],
)
def test_an_embargo_ends_when_the_status_will_be_usable(
    change: str, state: EmbargoState, until: str | None
) -> None:
    found = managed('<Status FormalName="Embargoed"/>', change)
    assert found.pub_status is PubStatus.usable
    assert found.embargo.state is state
    assert found.embargo.until == (datetime.fromisoformat(until) if until else None)


def test_the_default_zone_of_the_profile_opens_no_embargo() -> None:
    found = managed(
        '<Status FormalName="Embargoed"/>',
        will_change("Usable", "20251205T060000"),
        agency=profile(zone="Europe/Oslo", assume_zone=True),
    )
    assert found.embargo.state is EmbargoState.unparseable


def test_a_usable_item_that_will_be_usable_later_waits_until_then() -> None:
    later = managed(more=will_change("Usable", "20251205T060000Z"))
    earlier = managed(more=will_change("Usable", "20251203T060000Z"))
    assert later.embargo.state is EmbargoState.until
    assert earlier.embargo.state is EmbargoState.none


@pytest.mark.parametrize("future", ["Withheld", "Canceled", "Embargoed", "Strange"])
def test_a_usable_item_that_will_be_anything_else_ends_then(future: str) -> None:
    found = managed(more=will_change(future, "20251205T060000Z"))
    assert found.retain_until == datetime.fromisoformat("2025-12-05T06:00:00+00:00")
    assert found.expires.raw == "20251205T060000Z"
    assert found.embargo.state is EmbargoState.none


def test_an_end_that_cannot_be_read_holds_the_item() -> None:
    found = managed(more=will_change("Withheld", "20251205T060000"))
    assert found.hold_reason == ("field-malformed",)
    assert found.warnings[0].path == "NewsManagement/StatusWillChange/DateAndTime"


@pytest.mark.parametrize(
    ("word", "types", "holds"),
    [
        ("News", (), ()),
        ("news", (), ()),
        ("Data", (), ()),
        ("Alert", (EditorialType.alert,), ()),
        ("Flash", (EditorialType.alert,), ()),
        ("Advisory", (EditorialType.advisory,), ()),
        ("Correction", (EditorialType.correction,), ()),
        ("Mystery", (), ("editorial-type-unknown",)),
    ],
)
def test_the_type_of_the_item_says_what_kind_of_message_it_is(
    word: str, types: tuple[EditorialType, ...], holds: tuple[str, ...]
) -> None:
    found = document(control=management().replace('"News"', f'"{word}"'))
    assert (found.editorial_types, found.hold_reason, found.type) == (types, holds, "text")


def test_a_type_that_kills_cancels_whatever_the_status_says() -> None:
    found = document(control=management().replace('"News"', '"Kill"'))
    assert found.pub_status is PubStatus.canceled


def test_the_profile_explains_types_and_instructions() -> None:
    agency = profile(signals={"mystery": "ignore", "Renvoi": "repeat"})
    control = management(more='<Instruction FormalName="Renvoi"/>').replace("News<", "News<")
    found = document(control=control.replace('"News"', '"Mystery"'), agency=agency)
    assert (found.editorial_types, found.hold_reason) == ((EditorialType.repeat,), ())


@pytest.mark.parametrize(
    ("name", "types", "holds"),
    [
        ("Update", (EditorialType.update,), ()),
        ("Rectify", (EditorialType.correction,), ()),
        ("Delete", (), ("editorial-type-unknown",)),
    ],
)
def test_an_instruction_says_what_to_do(
    name: str, types: tuple[EditorialType, ...], holds: tuple[str, ...]
) -> None:
    found = managed(more=f'<Instruction FormalName="{name}"/>')
    assert (found.editorial_types, found.hold_reason) == (types, holds)


def test_a_correction_line_makes_a_correction_for_editors() -> None:
    lines = LINES.replace(
        "</NewsLines>",
        '<NewsLine><NewsLineType FormalName="CorrectionLine"/>'
        "<NewsLineText>Adds the not in para 1</NewsLineText></NewsLine></NewsLines>",
    )
    found = document(component(lines, content(NITF)))
    assert found.editorial_types == (EditorialType.correction,)
    assert found.correction_text.internal == "Adds the not in para 1"
    assert found.correction_text.public is None


# --- patches, management, earlier revisions ------------------------------------------------------


def test_an_item_of_updates_is_a_patch_and_has_no_text() -> None:
    update = '<Update><Replace DuidRef="p1"><p>Not so.</p></Replace></Update>'
    found = document(update, identity=identification(2, "U"))
    assert (found.partial, found.copy.blocks) == (Partial.patch, ())


def test_an_item_that_calls_itself_a_patch_never_passes_for_a_whole_one() -> None:
    assert document(identity=identification(2, "U")).partial is Partial.patch
    found = document("<Update/>", identity=identification(2, "N"))
    assert found.partial is Partial.patch


@pytest.mark.parametrize(("revision", "update"), [(2, "A"), (1, "N")])
@pytest.mark.parametrize("word", ["Usable", "Withheld", "Canceled"])
def test_management_alone_is_a_message_about_the_story(
    revision: int, update: str, word: str
) -> None:
    identity = identification(revision, update)
    control = management(f'<Status FormalName="{word}"/>')
    found = item(newsml(news_item(identity=identity, control=control)))
    assert (found.guid, found.partial) == (KEY, Partial.management_only)
    assert found.pub_status is PubStatus(word.lower())


def test_management_under_the_same_revision_is_not_the_same_message() -> None:
    found = item(newsml(news_item(control=management('<Status FormalName="Withheld"/>'))))
    assert found.version == document().version
    assert found.content_hash != document().content_hash


def revision_status(word: str, revision: str = "") -> str:
    named = f' Revision="{revision}"' if revision else ""
    return (
        f"<Instruction><RevisionStatus{named}>"
        f'<Status FormalName="{word}"/></RevisionStatus></Instruction>'
    )


@pytest.mark.parametrize("revision", ["", "1"])
@pytest.mark.parametrize("word", ["Canceled", "Withheld", "Peculiar"])
def test_a_notice_without_words_speaks_of_the_words_that_came_before(
    word: str, revision: str
) -> None:
    control = management(more=revision_status(word, revision))
    found = item(newsml(news_item(identity=identification(2, "A"), control=control)))
    status = {"Canceled": PubStatus.canceled, "Withheld": PubStatus.withheld}
    assert found.targets == (Target(idref=KEY, new_status=status.get(word, PubStatus.hold)),)


def test_words_that_cancel_their_own_earlier_revisions_wait_for_a_person() -> None:
    control = management(more=revision_status("Canceled"))
    found = document(identity=identification(3), control=control)
    assert (found.pub_status, found.targets) == (PubStatus.usable, ())
    assert found.hold_reason == ("names-another",)


@pytest.mark.parametrize("word", ["Withheld", "Usable", "Embargoed"])
def test_words_that_take_the_place_of_withheld_ones_are_what_their_own_status_says(
    word: str,
) -> None:
    control = management(more=revision_status(word))
    found = document(identity=identification(3), control=control)
    assert (found.pub_status, found.targets, found.hold_reason) == (PubStatus.usable, (), ())


def test_an_instruction_about_this_very_revision_is_its_status() -> None:
    control = management(more=revision_status("Canceled", "3"))
    found = document(identity=identification(3), control=control)
    assert found.pub_status is PubStatus.canceled


# --- NITF inside ---------------------------------------------------------------------------------


def with_docdata(docdata: str, head: str = "") -> Item:
    body = NITF.replace("<body>", f"<head>{head}{docdata}</head><body>", 1)
    return document(component(LINES, content(body)))


@pytest.mark.parametrize("word", ["withheld", "canceled"])
def test_a_stricter_status_of_the_document_inside_wins(word: str) -> None:
    assert with_docdata(f'<docdata management-status="{word}"/>').pub_status is PubStatus(word)


def test_a_looser_status_of_the_document_inside_changes_nothing() -> None:
    body = NITF.replace("<body>", '<head><docdata management-status="usable"/></head><body>', 1)
    control = management('<Status FormalName="Withheld"/>')
    found = document(component(LINES, content(body)), control=control)
    assert found.pub_status is PubStatus.withheld


def test_an_embargo_of_the_document_inside_binds() -> None:
    found = with_docdata(
        '<docdata management-status="embargoed"><date.release norm="20251205T060000Z"/></docdata>'
    )
    assert found.embargo.until == datetime.fromisoformat("2025-12-05T06:00:00+00:00")


def test_a_document_inside_may_name_another_or_itself() -> None:
    other = '<docdata management-doc-idref="mer.9" management-idref-status="canceled"/>'
    assert with_docdata(other).targets == (Target(idref="mer.9"),)
    itself = other.replace("/>", '><doc-id id-string="mer.9"/></docdata>')
    assert with_docdata(itself).pub_status is PubStatus.canceled


@pytest.mark.parametrize("form", ["<![CDATA[{}]]>", "{}"])
def test_a_document_in_a_string_is_heard_too(form: str) -> None:
    inside = NITF.replace("<body>", '<head><docdata management-status="canceled"/></head><body>', 1)
    data = form.format(inside if "CDATA" in form else escape(inside))
    assert document(component(LINES, content(data))).pub_status is PubStatus.canceled


def test_an_advisory_inside_is_an_advisory() -> None:
    found = with_docdata("", head='<tobject tobject.type="Advisory"/>')
    assert found.editorial_types == (EditorialType.advisory,)


def test_the_head_of_the_document_inside_fills_what_the_lines_do_not_tell() -> None:
    body = NITF.replace(
        "<body>",
        "<body><body.head><hedline><hl1>Quay reopens</hl1></hedline><byline>Ada Lund</byline>"
        "<dateline>BERGEN</dateline></body.head>",
        1,
    )
    found = document(component(content(body)))
    assert (found.headline, found.by, found.dateline) == ("Quay reopens", "Ada Lund", "BERGEN")
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"


def test_media_in_the_text_are_beside_it() -> None:
    media = (
        '<media media-type="image"><media-reference source="quay.jpg"/>'
        "<media-caption>The quay</media-caption></media>"
    )
    for data in (NITF.replace("<p>F", media + "<p>F"), f"<p>The quay.</p>{media}<p>Ferries.</p>"):
        found = document(component(LINES, content(data)))
        assert "The quay\n" not in formats.text_of(found)
        assert found.associations[0].caption == "The quay"
        assert found.hold_reason == ()


# --- bodies --------------------------------------------------------------------------------------

XHTML = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>'
    "<body><p>The quay <b>opened</b>.</p><p>Ferries sail.</p></body></html>"
)
BARE_NITF = "<nitf><body><p>The quay opened.</p>Ferries sail.</body></nitf>"
PLAIN = "The quay opened.\n\nFerries sail."


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ('<Format FormalName="NITF3.1"/>', NITF),
        ('<Format FormalName="bcNITF2.5"/>', "<p>The quay opened.</p>\n<p>Ferries sail.</p><p/>"),
        ("", "<p>The quay opened.</p><p>Ferries sail.</p>"),
        ("", "<body.content><p>The quay opened.</p><p>Ferries sail.</p></body.content>"),
        ('<Format FormalName="NITF"/>', BARE_NITF),
        ('<MimeType FormalName="text/xhtml"/>', XHTML),
        ('<Format FormalName="XHTML"/>', XHTML),
        ('<Format FormalName="HTML"/>', "<![CDATA[<P>The quay opened.</P><P>Ferries sail.</P>]]>"),
        ('<MimeType FormalName="text/html"/>', escape("<p>The quay opened.<p>Ferries sail.")),
        ('<Format FormalName="NITF"/>', f"<![CDATA[{NITF}]]>"),
        ('<Format FormalName="NITF"/>', "<![CDATA[<p>The quay opened.</p><p>Ferries sail.</p>]]>"),
        ('<Format FormalName="Text"/>', PLAIN),
        ('<MimeType FormalName="text/plain"/>', f"\n   {PLAIN}\n\n\n"),
        ("", PLAIN),
        ("", f"<![CDATA[{PLAIN}]]>"),
    ],
)  # fmt: skip
def test_every_kind_of_content_gives_the_same_words(form: str, data: str) -> None:
    found = document(component(LINES, content(data, form)))
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert (found.hold_reason, found.repairs) == ((), ())


@pytest.mark.parametrize(
    ("form", "inside"),
    [
        ('<Format FormalName="HTML"/>', "<p>The quay opened.</p><p>Ferries sail.</p>"),
        ('<Format FormalName="NITF"/>', NITF),
        ('<Format FormalName="Text"/>', PLAIN),
    ],
)
@pytest.mark.parametrize("notation", ["Base64", "base64"])
def test_base64_is_undone(form: str, inside: str, notation: str) -> None:
    encoded = base64.encodebytes(inside.encode()).decode()
    data = f'<Encoding Notation="{notation}"><DataContent>\n{encoded}</DataContent></Encoding>'
    found = document(component(LINES, f"<ContentItem>{form}{data}</ContentItem>"))
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"


TWICE_ENCODED = (
    '<Encoding Notation="Base64"><Encoding Notation="Base64">'
    "<DataContent>YQ==</DataContent></Encoding></Encoding>"
)


@pytest.mark.parametrize(
    "data",
    [
        '<Encoding Notation="Base64"><DataContent>no base 64!</DataContent></Encoding>',
        '<Encoding Notation="gzip"><DataContent>H4sI</DataContent></Encoding>',
        TWICE_ENCODED,
    ],
)
def test_an_encoding_that_cannot_be_undone_holds_the_item(data: str) -> None:
    form = '<MediaType FormalName="Text"/><Format FormalName="Text"/>'
    found = document(component(LINES, f"<ContentItem>{form}{data}</ContentItem>"))
    assert (found.copy.blocks, found.hold_reason) == ((), ("body-unreadable",))


def test_an_enormous_encoded_body_is_not_undone() -> None:
    data = f'<Encoding Notation="Base64"><DataContent>{"YWFh" * 2_200_000}</DataContent></Encoding>'
    found = document(
        component(LINES, f'<ContentItem><Format FormalName="Text"/>{data}</ContentItem>')
    )
    assert found.hold_reason == ("body-unreadable",)


@pytest.mark.parametrize("form", ['<Format FormalName="Text"/>', ""])
def test_markup_that_nobody_declared_is_held(form: str) -> None:
    data = escape("<p>The quay opened.</p><p>Ferries sail.</p>")
    found = document(component(LINES, content(data, form)))
    assert found.hold_reason == ("body-type-unknown",)
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"


def test_an_element_nobody_knows_is_read_whole_and_held() -> None:
    found = document(component(LINES, content("<artikel><zeile>The quay</zeile></artikel>", "")))
    assert formats.text_of(found) == "The quay\n"
    assert found.hold_reason == ("body-type-unknown",)


@pytest.mark.parametrize(
    "data", [f"Hidden words {NITF}", f"{NITF} more words", f"{XHTML}and <p>more</p>"]
)
def test_words_beside_a_document_are_never_lost(data: str) -> None:
    found = document(component(LINES, content(data)))
    assert "words" in formats.text_of(found) or "more" in formats.text_of(found)


def test_an_account_that_does_not_add_up_holds_the_item() -> None:
    page = XHTML.replace("</body>", "</body><body><p>Second</p></body>")
    found = document(component(LINES, content(page)))
    assert found.hold_reason == ("words-unaccounted",)


def test_empty_paragraphs_are_layout_and_initials_are_text() -> None:
    found = document(component(LINES, content("<p>The quay.</p><p/><p>al/bo</p><p/><p> </p>")))
    assert formats.text_of(found) == "The quay.\n\nal/bo\n"


def test_a_profile_may_leave_elements_out_by_name() -> None:
    data = '<p>The quay.</p><p class="initials">al/bo</p>'
    found = document(component(LINES, content(data)), agency=profile(omit={"initials": "initials"}))
    assert formats.text_of(found) == "The quay.\n"
    assert found.copy.omissions == {"initials": 5}


def test_without_words_all_else_is_read() -> None:
    context = formats.Context(received=datetime.fromisoformat("2025-12-04T18:00:00Z"), words=False)
    data = newsml(news_item(STORY)).encode()
    (bare,) = formats.parse(data, profile(), context).items
    whole = document()
    assert (bare.copy.blocks, bare.bodies, bare.headlines) == ((), whole.bodies, whole.headlines)
    assert bare.body_kind is whole.body_kind


# --- which content is the text -------------------------------------------------------------------


@pytest.mark.parametrize("role", ["Main", "MAIN TEXT", "Body", "Text", "Story", ""])
def test_the_text_is_found_by_its_role(role: str) -> None:
    found = document(component(LINES, component(content(NITF), role=role)))
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert (found.headline, found.hold_reason) == ("Quay opens", ())


def test_a_text_in_a_role_nobody_knows_is_held() -> None:
    found = document(component(LINES, component(content(NITF), role="Desk talk")))
    assert found.hold_reason == ("body-type-unknown",)
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"


def test_complements_are_one_text_in_their_order() -> None:
    parts = [component(content(f"<p>Part {n}</p>"), role="Main") for n in (1, 2, 3)]
    found = document(component(LINES, *parts))
    assert formats.text_of(found) == "Part 1\n\nPart 2\n\nPart 3\n"
    assert len(found.bodies) == 3


@pytest.mark.parametrize(
    "told", ['EquivalentsList="yes"', "<BasisForChoice>./ContentItem/Format</BasisForChoice>"]
)
def test_of_alternatives_the_richest_is_the_text_and_the_others_are_kept(told: str) -> None:
    inside = [content("Plain words", '<Format FormalName="Text"/>'), content(NITF)]
    attributes = told if told.startswith("E") else ""
    basis = "" if attributes else told
    found = document(
        component(LINES, component(basis, *inside, role="Main", attributes=attributes))
    )
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert [body.content_type for body in found.bodies] == ["application/nitf+xml", "text/plain"]
    assert found.hold_reason == ()


def test_two_kinds_of_text_that_nobody_called_alternatives_are_held() -> None:
    inside = content("Plain words", '<Format FormalName="Text"/>') + content(NITF)
    assert document(component(LINES, inside)).hold_reason == ("body-type-unknown",)


def test_alternatives_in_two_languages_give_the_first() -> None:
    def told(language: str, words: str) -> str:
        meta = f'<DescriptiveMetadata><Language FormalName="{language}"/></DescriptiveMetadata>'
        return component(
            f"<NewsLines><HeadLine>{words}</HeadLine></NewsLines>", meta, content(f"<p>{words}</p>")
        )

    basis = "<BasisForChoice>./NewsComponent/DescriptiveMetadata/Language</BasisForChoice>"
    found = document(component(basis, told("no", "Kaien"), told("en", "The quay")))
    assert (found.headline, formats.text_of(found), found.language) == ("Kaien", "Kaien\n", "no")
    assert len(found.bodies) == 2


def test_roles_beside_the_text_fill_the_facts_they_name() -> None:
    found = document(
        component(
            component(content("Quay opens", ""), role="HeadLine"),
            component(content("<p>From noon</p>"), role="SubHeadLine"),
            component(content("In short", ""), role="Abstract"),
            component(content(NITF), role="Body"),
            component(content("Call us", ""), role="Contact"),
        )
    )
    assert found.headline == "Quay opens"
    assert found.headlines[1] == Headline(value="From noon", role="subheadline")
    assert found.descriptions == (Description(value="In short"),)
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert [body.role for body in found.bodies] == [
        "Body", "HeadLine", "SubHeadLine", "Abstract", "Contact",
    ]  # fmt: skip


def test_an_empty_headline_is_none() -> None:
    found = document(component("<NewsLines><HeadLine/></NewsLines>", content(NITF)))
    assert (found.headline, formats.text_of(found)[:8]) == (None, "The quay")


def test_an_item_without_any_content_has_no_text() -> None:
    found = document(component(LINES))
    assert (found.headline, found.copy.blocks, found.partial) == ("Quay opens", (), Partial.none)
    assert (found.type, found.body_kind) == ("text", "none")


def test_a_text_that_is_elsewhere_is_remarked_on() -> None:
    found = document(
        component(LINES, '<ContentItem Href="a.xml"><MediaType FormalName="Text"/></ContentItem>')
    )
    assert [remark.code for remark in found.warnings] == ["content-elsewhere"]
    assert found.copy.blocks == ()


# --- pictures ------------------------------------------------------------------------------------

SIZES = """<Characteristics><SizeInBytes>4380</SizeInBytes>
<Property FormalName="PixelWidth" Value="70"/><Property FormalName="PixelHeight" Value="40"/>
</Characteristics>"""
PHOTO = component(
    "<NewsLines><HeadLine>The quay at dawn</HeadLine><ByLine>Bo Dahl</ByLine>"
    "<CreditLine>Meridian Photo</CreditLine><CopyrightLine>(c) Dahl</CopyrightLine></NewsLines>",
    component(picture("quay-small.jpg", SIZES), role="Thumbnail"),
    component(picture("quay.jpg"), role="Main"),
    component(content("<p>The quay, Thursday.</p>"), role="Caption"),
    role="Picture",
)


def test_a_picture_of_a_story_is_beside_it_with_its_own_facts() -> None:
    found = document(component(LINES, component(content(NITF), role="Main"), PHOTO))
    (shown,) = found.associations
    assert (found.type, found.renditions, found.headline) == ("text", (), "Quay opens")
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert (shown.role, shown.type, shown.headline) == ("Picture", "picture", "The quay at dawn")
    assert (shown.caption, shown.byline, shown.credit, shown.copyright_notice) == (
        "The quay, Thursday.", "Bo Dahl", "Meridian Photo", "(c) Dahl",
    )  # fmt: skip
    assert [(r.href, r.name, r.width, r.height, r.size_in_bytes) for r in shown.renditions] == [
        ("quay-small.jpg", "Thumbnail", 70, 40, 4380),
        ("quay.jpg", "Main", None, None, None),
    ]


@pytest.mark.parametrize("role", ["Main", "Text", "Body", ""])
def test_words_inside_a_pictures_component_never_become_text(role: str) -> None:
    shot = component(picture("a.jpg"), component(content("<p>Ours.</p>"), role=role), role="Photo")
    found = document(component(LINES, component(content(NITF), role="Main"), shot))
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert found.associations[0].caption == "Ours."
    assert document(component(LINES, shot)).type == "picture"


def test_a_storys_permission_never_leaks_to_its_picture() -> None:
    found = document(component(LINES, component(content(NITF), role="Main"), PHOTO))
    assert (found.pub_status, found.associations[0].pub_status) == (
        PubStatus.usable,
        PubStatus.hold,
    )


def test_a_storys_restriction_binds_its_picture() -> None:
    story = component(LINES, component(content(NITF), role="Main"), PHOTO)
    control = management('<Status FormalName="Withheld"/>')
    shown = document(story, control=control).associations[0]
    assert shown.pub_status is PubStatus.withheld
    control = management('<Status FormalName="Embargoed"/>')
    assert document(story, control=control).associations[0].embargo.state == "indefinite"


RIGHTS = "<RightsMetadata><UsageRights>{}</UsageRights></RightsMetadata>"
ADVISED = (
    "<NewsLines><NewsLine><NewsLineType FormalName='AdvisoryLine'/>"
    "<NewsLineText>RESTRICTED</NewsLineText></NewsLine></NewsLines>"
)


@pytest.mark.parametrize(
    "told",
    [
        RIGHTS.format("<UsageType>One time</UsageType>"),
        RIGHTS.format("<Geography>Not Norway</Geography>"),
        ADVISED,
    ],
)
def test_terms_of_a_picture_hold_the_picture_alone(told: str) -> None:
    shot = component(told, picture("quay.jpg"), role="Photo")
    found = document(
        component(LINES, component(content(NITF), role="Main"), shot),
        agency=profile(missing_status="usable"),
    )
    assert found.hold_reason == ()
    assert found.usage_terms == found.restrictions == ()
    part = found.associations[0]
    assert part.usage_terms or part.restrictions


def test_pictures_side_by_side_are_each_their_own() -> None:
    second = PHOTO.replace("quay", "ferry")
    for pictures in (PHOTO + second, component(PHOTO, second)):
        found = document(component(LINES, component(content(NITF), role="Main"), pictures))
        assert [a.renditions[-1].href for a in found.associations] == ["quay.jpg", "ferry.jpg"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("Photo", "picture"), ("Graphic", "graphic"), ("Video", "video"), ("Audio", "audio")],
)
def test_an_item_of_pictures_alone_is_no_text(kind: str, expected: str) -> None:
    shot = f'<ContentItem Href="quay.bin"><MediaType FormalName="{kind}"/></ContentItem>'
    caption = component(content("<p>The quay.</p>"), role="Caption")
    found = document(component(LINES, component(shot, role="Main"), caption))
    assert (found.type, found.copy.blocks) == (expected, ())
    assert found.renditions[0].href == "quay.bin"
    assert found.descriptions == (Description(value="The quay.", role="caption"),)


def test_the_type_of_the_item_makes_words_a_caption() -> None:
    control = management().replace('"News"', '"Photo"')
    story = component(LINES, picture("quay.jpg"), content("<p>The quay.</p>"))
    found = document(story, control=control)
    assert (found.type, found.copy.blocks, found.hold_reason) == ("picture", (), ())


def test_the_advisory_line_of_a_picture_is_a_term_of_its_use() -> None:
    lines = """<NewsLines><HeadLine>Quay</HeadLine><NewsLine>
<NewsLineType FormalName="AdvisoryLine"/><NewsLineText>RESTRICTED TO EDITORIAL USE</NewsLineText>
</NewsLine></NewsLines>"""
    found = document(component(lines, picture("quay.jpg")))
    assert found.usage_terms == ("RESTRICTED TO EDITORIAL USE",)


@pytest.mark.parametrize(
    ("role", "href", "kind"),
    [("Photo", "a.bin", "picture"), ("", "a.JPG", "picture"), ("", "a.mp4", "video")],
)
def test_a_file_that_says_nothing_is_told_by_its_role_or_its_ending(
    role: str, href: str, kind: str
) -> None:
    shot = component(f'<ContentItem Href="{href}"/>', role=role)
    found = document(component(LINES, component(content(NITF), role="Main"), shot))
    assert [(a.type, a.renditions[0].href) for a in found.associations] == [(kind, href)]


def test_a_picture_beside_the_text_in_one_component_does_not_borrow_the_texts_lines() -> None:
    lines = LINES.replace("</NewsLines>", "<CreditLine>Meridian</CreditLine></NewsLines>")
    found = document(component(lines, content(NITF), picture("quay.jpg")))
    (shown,) = found.associations
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert (shown.headline, shown.credit, shown.renditions[0].href) == (None, None, "quay.jpg")


def test_a_file_inside_the_document_is_remarked_on() -> None:
    data = '<Encoding Notation="Base64"><DataContent>/9j/</DataContent></Encoding>'
    shot = f'<ContentItem><MimeType FormalName="image/jpeg"/>{data}</ContentItem>'
    found = document(component(LINES, component(content(NITF), role="Main"), component(shot)))
    assert [remark.code for remark in found.warnings] == ["media-inline"]
    assert found.associations[0].renditions == ()


# --- rights in time ------------------------------------------------------------------------------


def used(*dates: str) -> Item:
    rights = f"<RightsMetadata><UsageRights>{''.join(dates)}</UsageRights></RightsMetadata>"
    return document(component(LINES, rights, content(NITF)))


def test_a_right_that_ends_ends_the_story() -> None:
    found = used("<EndDate>20260101T000000Z</EndDate>")
    assert found.retain_until == datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    assert found.hold_reason == ()


@pytest.mark.parametrize(
    "date",
    [
        "<EndDate>some day</EndDate>",
        "<EndDate>20260101</EndDate>",
        "<StartDate>next week</StartDate>",
    ],
)
def test_a_right_that_begins_or_ends_nobody_knows_when_is_for_a_person(date: str) -> None:
    assert used(date).hold_reason == ("rights-not-understood",)


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("20251205", "2025-12-05T12:00:00+00:00"),
        ("20251205T060000+0530", "2025-12-05T00:30:00+00:00"),
        ("20251204", None),
    ],
)
def test_a_right_that_begins_later_says_when(date: str, instant: str | None) -> None:
    found = used(f"<StartDate>{date}</StartDate>")
    assert found.use_from == (instant and datetime.fromisoformat(instant))
    assert found.hold_reason == ()


def test_the_language_is_told_by_metadata_or_by_xml_lang() -> None:
    assert document(attributes='xml:lang="pt-BR"').language == "pt-BR"
    assert document(attributes='xml:lang="x-default"').language is None
    assert document(agency=profile(language="fr")).language is None


# --- packages, topics ----------------------------------------------------------------------------


def test_references_alone_are_a_package() -> None:
    refs = '<NewsItemRef NewsItem="urn:newsml:m:20251204:A:2N"/><NewsItemRef NewsItem="b.xml"/>'
    inside = component(LINES, refs, role="Index", attributes='Duid="g1" EquivalentsList="yes"')
    found = document(inside)
    (group,) = found.groups
    assert (found.type, group.id, group.role, group.mode) == ("composite", "g1", "Index", "alt")
    assert group.refs == (
        GroupRef(uri="urn:newsml:m:20251204:A", version="2"),
        GroupRef(uri="b.xml"),
    )


def test_items_that_are_only_named_are_beside_the_story() -> None:
    control = management(
        more='<DerivedFrom NewsItem="urn:newsml:m:20251204:A:2"/>'
        '<AssociatedWith NewsItem="urn:newsml:m:20251204:B"/><AssociatedWith FormalName="Photo"/>'
    )
    found = document(control=control)
    assert [(a.role, a.uri, a.version) for a in found.associations] == [
        ("associatedWith", "urn:newsml:m:20251204:B", None),
        ("derivedFrom", "urn:newsml:m:20251204:A", "2"),
    ]


def test_a_story_names_the_items_it_holds_and_refers_to() -> None:
    inner = news_item(component(picture("a.jpg")), identity=identification(item_id="PIC"))
    held = component(inner, role="Photos")
    ref = component('<NewsItemRef NewsItem="urn:newsml:m:20251204:A:2"/>', role="Related")
    story = component(LINES, component(content(NITF), role="Main"), held, ref)
    found, shown = read(newsml(news_item(story))).items
    assert (found.type, shown.type, shown.guid) == ("text", "picture", KEY.replace("Q17", "PIC"))
    assert [(a.role, a.uri, a.pub_status) for a in found.associations] == [
        ("Photos", shown.guid, PubStatus.hold),
        ("Related", "urn:newsml:m:20251204:A", PubStatus.hold),
    ]


def test_topics_of_the_document_name_codes_and_occurrences() -> None:
    topics = """<TopicSet FormalName="T">
<Topic Duid="t1"><TopicType FormalName="Person"/><FormalName>LUND</FormalName>
<Description Variant="Name">Ada Lund</Description></Topic>
<Topic><TopicType FormalName="Subject"/><FormalName>03000000</FormalName>
<Description xml:lang="no" Variant="Name">Ulykke</Description>
<Description xml:lang="en" Variant="Name">Disaster</Description></Topic></TopicSet>"""
    meta = """<DescriptiveMetadata><Language FormalName="en"/>
<SubjectCode><Subject FormalName="03000000" Scheme="IptcSubjectCodes"/></SubjectCode>
<TopicOccurrence Topic="#t1" HowPresent="Prominent"/></DescriptiveMetadata>"""
    found = document(component(topics, LINES, meta, content(NITF)))
    assert found.subjects[0].name == "Disaster"
    assert found.people == (Concept(literal="LUND", name="Ada Lund", rel="Prominent"),)


def test_vocabularies_are_set_aside() -> None:
    topics = "<TopicSet FormalName='T'><Topic><TopicType FormalName='a'/></Topic></TopicSet>"
    parsed = read(newsml(news_item(topics), news_item(STORY, identity=identification(item_id="B"))))
    assert [(a.guid, a.code) for a in parsed.aside] == [(KEY, "topic-set")]
    assert len(parsed.items) == 1
    assert [a.code for a in read(newsml(topics)).aside] == ["topic-set"]
    assert [a.code for a in read(newsml('<Catalog Href="c.xml"/>')).aside] == ["catalog"]


# --- dates ---------------------------------------------------------------------------------------


def test_times_without_a_zone_are_the_profiles_or_hold_the_item() -> None:
    control = management().replace("+0100", "")
    assert document(control=control).hold_reason == ("date-missing",)
    agency = profile(zone="Europe/Oslo", assume_zone=True)
    found = document(control=control, agency=agency)
    assert found.version_created.instant.isoformat() == "2025-12-04T10:00:00+01:00"
    assert found.hold_reason == ()


def test_an_offset_of_the_extended_form_is_read_and_kept_as_sent() -> None:
    found = document(control=management().replace("+0100", "+01:00"))
    assert found.version_created.instant.isoformat() == "2025-12-04T10:00:00+01:00"
    assert found.version_created.raw == "20251204T100000+01:00"


# --- bad input -----------------------------------------------------------------------------------


def test_one_bad_item_loses_no_neighbour() -> None:
    parsed = read(newsml(news_item(STORY), "<NewsItem><Comment/></NewsItem>", news_item(STORY)))
    assert [found.guid for found in parsed.items] == [KEY, KEY]
    assert [(bad.index, bad.guid) for bad in parsed.failed] == [(1, None)]
    assert "without Identification" in parsed.failed[0].error


def test_a_document_without_items_is_refused_in_one_line() -> None:
    with pytest.raises(FormatError, match="no NewsItem") as refusal:
        read("<NewsML><NewsEnvelope/></NewsML>")
    assert "\n" not in str(refusal.value)


def test_a_truncated_document_is_refused() -> None:
    with pytest.raises(FormatError):
        read(newsml(news_item(STORY))[:-60])


def test_too_many_items_are_refused() -> None:
    with pytest.raises(FormatError, match="limit"):
        read(newsml("<NewsItem/>" * 10_001))


def test_components_in_great_depth_are_read_or_refused() -> None:
    deep = content(NITF)
    for _ in range(150):
        deep = component(deep)
    assert document(deep).hold_reason == ()
    for _ in range(60):
        deep = component(deep)
    with pytest.raises(FormatError, match="deeper"):
        document(deep)


def test_thousands_of_components_are_read_in_little_time() -> None:
    many = "".join(component(picture(f"{n}.jpg"), role="Photo") for n in range(4000))
    found = document(component(LINES, component(content(NITF), role="Main"), many))
    assert len(found.associations) == 4000


def test_an_item_inside_a_content_is_no_item() -> None:
    quoted = content(f"<p>The quay.</p>{news_item(STORY)}", "")
    parsed = read(newsml(news_item(component(LINES, quoted))))
    assert len(parsed.items) == 1


# --- written and read back -----------------------------------------------------------------------


def written(story: Story) -> bytes:
    """The story in NewsML 1.2. The guid stands where the writer has one: in ``NewsItemId``."""

    def basic(moment: str) -> str:
        told = datetime.fromisoformat(moment).strftime("%Y%m%dT%H%M%S%z")
        return told[:20]

    embargoed = story.embargo is not None and story.status == "usable"
    status = f'<Status FormalName="{"Embargoed" if embargoed else story.status.title()}"/>'
    change = will_change("Usable", basic(story.embargo)) if embargoed else ""
    by = "" if story.by is None else f"<ByLine>{escape(story.by)}</ByLine>"
    note = "" if story.note is None else f"<Comment>{escape(story.note)}</Comment>"
    words = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    return f"""<NewsML Version="1.2"><NewsItem><Identification><NewsIdentifier>
<ProviderId>m</ProviderId><DateId>20251204</DateId><NewsItemId>{story.guid}</NewsItemId>
<RevisionId Update="N" PreviousRevision="0">{story.version}</RevisionId></NewsIdentifier>
</Identification><NewsManagement><NewsItemType FormalName="News"/>
<ThisRevisionCreated>{basic(story.created)}</ThisRevisionCreated>{status}{change}</NewsManagement>
<NewsComponent>{note}<NewsLines><HeadLine>{escape(story.headline)}</HeadLine>{by}</NewsLines>
<DescriptiveMetadata><Language FormalName="{story.language}"/></DescriptiveMetadata>
<ContentItem><Format FormalName="NITF"/><DataContent><nitf><body><body.content>{words}
</body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>
""".encode()


@given(story=stories)
def test_what_was_written_is_what_is_read(story: Story) -> None:
    found = item(written(story))
    assert found.guid == f"urn:newsml:m:20251204:{story.guid}"
    assert found.version_number == story.version
    assert found.version_created.instant == datetime.fromisoformat(story.created)
    assert found.headline == story.headline
    assert (found.by, found.ed_note, found.language) == (story.by, story.note, story.language)
    assert formats.text_of(found) == "\n\n".join(story.paragraphs) + "\n"
    assert found.pub_status is PubStatus(story.status)
    assert found.hold_reason == ()
    if story.embargo is not None and story.status == "usable":
        assert found.embargo.until == datetime.fromisoformat(story.embargo)


@given(
    story=stories,
    at=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 60),
    paste=st.sampled_from([b"", b"<", b"]]>", b"<DataContent>", b"&nbsp;", b"\0", b"<NewsItem/>"]),
)
def test_a_mutilated_document_never_crashes(
    story: Story, at: float, cut: int, paste: bytes
) -> None:
    data = written(story)
    begin = int(at * len(data))
    try:
        parsed = read(data[:begin] + paste + data[begin + cut :])
    except FormatError:
        return
    for found in parsed.items:
        assert formats.line(found, file="f")
        assert not found.copy.blocks or found.body_kind != "none"


# --- profiles ------------------------------------------------------------------------------------


def test_belgas_open_is_known_and_held() -> None:
    found = managed('<Status FormalName="OPEN"/>', agency=load("belga"))
    assert (found.pub_status, found.hold_reason) == (PubStatus.hold, ("status-held",))


# --- the same story in two formats ---------------------------------------------------------------

TWINS = {
    "20130515006361": ("1.4",),
    "20130605006126": ("1.4", "2.1", "3.0"),
    "20130612006110": ("1.4",),
    "20130731006140": ("2.1", "3.0"),
}
"""The 1.4 file of 20130731006140 has one key twice in a picture's renditions: nothing binding.

What one of the two cannot say, or its file does not:

* ninjs names the story by the address of its page, NewsML by (provider, date, item);
* the ninjs files hold the first paragraph of the text, NewsML the whole;
* ninjs calls an item with pictures ``composite``; NewsML has no word for the whole;
* ninjs defaults a picture's status to usable; NewsML has no status for a component;
* slugline, dateline, genre, rights, source and dates of creation are in the NewsML files alone.
"""


@pytest.mark.parametrize(("number", "version"), [(n, v) for n, vs in TWINS.items() for v in vs])
def test_the_same_story_in_ninjs_is_the_same_item(corpus: Path, number: str, version: str) -> None:
    examples = corpus / "iptc-ninjs" / "examples"
    name = f"businesswire-newsml-{number}"
    one = item((examples / "NewsML" / f"{name}.xml").read_bytes())
    two = item((examples / version / f"{name}.json").read_bytes())
    assert number in one.guid
    assert number in two.guid
    assert (one.version, one.version_number) == (two.version, two.version_number)
    assert one.version_created.instant == two.version_created.instant
    assert (one.headline, one.language) == (two.headline, two.language)
    assert (one.pub_status, one.embargo) == (two.pub_status, two.embargo)
    assert one.subjects == two.subjects
    assert one.copy.blocks[0].kind == two.copy.blocks[0].kind
    assert formats.text_of(one).startswith(formats.text_of(two).rstrip("\n"))
    shown = {(a.type, _files(a)) for a in one.associations if a.renditions}
    assert {(a.type, _files(a)) for a in two.associations} <= shown
    assert (one.hold_reason, two.hold_reason) == ((), ())


def _files(association: msgspec.Struct) -> tuple[object, ...]:
    return tuple(
        (r.href, r.content_type, r.width, r.height, r.size_in_bytes) for r in association.renditions
    )


def test_every_real_file_is_read_and_every_character_accounted_for(corpus: Path) -> None:
    files = [
        *sorted((corpus / "agency-samples" / "newsml-1").glob("*.xml")),
        *sorted((corpus / "iptc-ninjs" / "examples" / "NewsML").glob("*.xml")),
        corpus / "iptc-ninjs" / "tools" / "xslt" / "afp.com_newsml1.2_sample.xml",
    ]
    assert len(files) == 8
    for path in files:
        found = item(path.read_bytes())
        assert (found.hold_reason, found.pub_status) == ((), PubStatus.usable), path
        assert found.copy.blocks, path
        assert found.copy.omissions == {}, path
        assert json.loads(formats.line(found, file=path.name))["guid"] == found.guid


# --- what it does to a story that is out ----------------------------------------------------------


def verdict(*messages: Item) -> Verdict:
    came = Arrival(source="wire", received=NOW)
    return decide([Message(item=one, arrival=came) for one in messages], [], profile(), NOW)


def again(status: str, more: str = "", revision: int = 1, update: str = "N") -> Item:
    """Identification and management, and nothing else."""
    news = news_item(
        identity=identification(revision, update), control=management(status, more=more)
    )
    return item(newsml(news))


RELEASE = (
    '<StatusWillChange><FutureStatus FormalName="Usable"/>'
    "<DateAndTime>20251209T060000Z</DateAndTime></StatusWillChange>"
)


@pytest.mark.parametrize(
    ("status", "more", "again_so", "next_so"),
    [
        ('<Status FormalName="Canceled"/>', "", State.killed, State.killed),
        ('<Status FormalName="Withheld"/>', "", State.withheld, State.withheld),
        ('<Status FormalName="Embargoed"/>', "", State.held, State.embargoed),
        ('<Status FormalName="Embargoed"/>', RELEASE, State.held, State.embargoed),
        ('<Status FormalName="Usable"/>', RELEASE, State.held, State.embargoed),
        ('<Status FormalName="Queried"/>', "", State.held, State.held),
        ("", "", State.held, State.held),
    ],
)
@pytest.mark.parametrize("revision", [1, 2])
def test_management_alone_takes_back_a_story_that_is_out(
    revision: int, status: str, more: str, again_so: State, next_so: State
) -> None:
    """The same revision, no newer by its date, is doubtful; the next, which names it, is not."""
    story = document()
    assert verdict(story).state is State.live
    update = "N" if revision == 1 else "A"
    told = again(status, more, revision, update)
    state = again_so if revision == 1 else next_so
    assert {verdict(story, told).state, verdict(told, story).state} == {state}


def test_a_kill_of_an_older_revision_by_management_alone_is_for_ever() -> None:
    newer = document(identity=identification(2))
    assert verdict(newer, again('<Status FormalName="Canceled"/>')).state is State.killed
    assert verdict(newer, again('<Status FormalName="Withheld"/>')).state is State.live


def earlier(status: str) -> str:
    told = f'<RevisionStatus><Status FormalName="{status}"/></RevisionStatus>'
    return f"<Instruction>{told}</Instruction>"


@pytest.mark.parametrize(
    ("own", "before", "fate", "state"),
    [
        ("Usable", "Canceled", PubStatus.canceled, State.killed),
        ("Canceled", "Withheld", PubStatus.canceled, State.killed),
        ("Withheld", "Queried", PubStatus.withheld, State.withheld),
        ("Usable", "Embargoed", PubStatus.hold, State.held),
        ("Embargoed", "Embargoed", PubStatus.hold, State.held),
    ],
)
def test_a_message_about_earlier_revisions_is_as_strict_as_its_strictest_word(
    own: str, before: str, fate: PubStatus, state: State
) -> None:
    told = again(f'<Status FormalName="{own}"/>', earlier(before), revision=2)
    assert told.targets == (Target(idref=KEY, new_status=fate),)
    assert verdict(document(), told).state is state


def test_an_alert_without_a_headline_gets_none_from_its_label() -> None:
    lines = "<NewsLines><HeadLine/><SlugLine>Norway-storm</SlugLine></NewsLines>"
    named = identification(more="<NameLabel>Norway-storm-alert</NameLabel>")
    found = document(component(lines, content(NITF)), identity=named)
    assert (found.headlines, found.slugline) == ((), "Norway-storm")
    assert found.title == "Norway-storm-alert"
    assert [reason.code for reason in verdict(found).reasons] == ["no-headline"]


# --- identity without a RevisionId ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "version", "partial"),
    [
        ("4N", "4", Partial.none),
        ("4", "4", Partial.none),
        ("4U", "4", Partial.patch),
        ("4A", "4", Partial.management_only),
    ],
)
def test_a_public_identifier_tells_the_revision_where_nothing_else_does(
    end: str, version: str, partial: Partial
) -> None:
    public = f"<PublicIdentifier>{KEY}:{end}</PublicIdentifier>"
    names = f"<Identification><NewsIdentifier>{public}</NewsIdentifier></Identification>"
    found = document(identity=names)
    assert (found.guid, found.version, found.version_number) == (KEY, version, int(version))
    assert found.partial is partial


def test_a_public_identifier_that_is_no_urn_tells_no_revision() -> None:
    names = "<NewsIdentifier><PublicIdentifier>a:b:c:d:e:7</PublicIdentifier></NewsIdentifier>"
    found = document(identity=f"<Identification>{names}</Identification>")
    assert (found.guid, found.version) == ("a:b:c:d:e:7", None)


# --- strings that say what they are ---------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "\n ", '<?xml version="1.0"?>\n<!DOCTYPE nitf SYSTEM "x">'])
def test_a_string_that_begins_as_a_document_is_that_document(before: str) -> None:
    head = "<nitf><body><body.head><hedline><hl1>Quay</hl1></hedline></body.head>"
    data = before + NITF.replace("<nitf><body>", head)
    found = document(component(LINES, content(escape(data), "")))
    assert formats.text_of(found) == "The quay opened.\n\nFerries sail.\n"
    assert found.hold_reason == ()
    page = "<html><head><title>x</title></head><body><p>The quay.</p></body></html>"
    found = document(component(LINES, content(escape(page), "")))
    assert (formats.text_of(found), found.hold_reason) == ("The quay.\n", ())


@pytest.mark.parametrize("form", ["", '<MimeType FormalName="text/plain"/>'])
def test_the_code_of_a_share_in_brackets_is_text(form: str) -> None:
    said = "Northsea Lines <NSL.OL> rose. Mail <desk@meridian.example>; a<b, c>d.\n"
    found = document(component(LINES, content(escape(said), form)))
    assert (formats.text_of(found), found.hold_reason) == (said, ())


@pytest.mark.parametrize("notation", ["Base64", "base64", "BASE-64"])
def test_an_encoded_document_tells_its_own_charset(notation: str) -> None:
    page = '<?xml version="1.0" encoding="iso-8859-1"?>' + NITF.replace("quay", "quai réparé")
    data = base64.b64encode(page.encode("iso-8859-1")).decode()
    held = f'<Encoding Notation="{notation}"><DataContent>{data}</DataContent></Encoding>'
    form = '<Format FormalName="NITF"/>'
    found = document(component(LINES, f"<ContentItem>{form}{held}</ContentItem>"))
    assert formats.text_of(found).startswith("The quai réparé opened.")
    assert (found.hold_reason, found.repairs) == ((), ())


def test_an_encoded_text_that_is_not_utf_8_is_a_repair() -> None:
    data = base64.b64encode("réparé".encode("windows-1252")).decode()
    held = f'<Encoding Notation="Base64"><DataContent>{data}</DataContent></Encoding>'
    form = '<Format FormalName="Text"/>'
    found = document(component(LINES, f"<ContentItem>{form}{held}</ContentItem>"))
    assert (formats.text_of(found), found.repairs) == ("réparé\n", ("charset",))


def test_two_stories_under_two_headlines_are_not_made_one_without_a_word() -> None:
    other = LINES.replace("Quay opens", "Lock closes")
    pair = component(component(LINES, content(NITF)), component(other, content("<p>Lock.</p>", "")))
    found = document(pair)
    assert found.hold_reason == ("body-type-unknown",)
    assert found.warnings[0].detail == "2 headlines over one text"
    under_one = component(LINES, component(content(NITF)), component(content("<p>More.</p>", "")))
    assert document(under_one).hold_reason == ()


# --- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "told"), [("<NewsComponent/>", "10000 components"), ("<Odd/>", "25000 elements")]
)
def test_an_item_of_more_parts_than_any_story_has_is_told_and_its_neighbours_are_read(
    part: str, told: str
) -> None:
    parsed = read(newsml(news_item(STORY), news_item(part * 25_000), news_item(STORY)))
    assert (len(parsed.items), len(parsed.failed)) == (2, 1)
    assert told in parsed.failed[0].error


def test_words_in_a_second_data_content_hold_the_item() -> None:
    two = content("First.</DataContent><DataContent>Second.", '<Format FormalName="Text"/>')
    found = document(component(LINES, two))
    assert found.hold_reason == ("body-type-unknown",)
    assert found.warnings[0].detail == "2 data in one ContentItem"
