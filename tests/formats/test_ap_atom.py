"""AP's extensions of Atom: their status is heard wherever they are declared."""

from html import escape

import pytest
from hypothesis import given

from copytaster.formats import text_of
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Place
from copytaster.item import PubStatus
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import stories

NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:m="http://ap.org/schemas/03/2005/apnm" '
    'xmlns:c="http://ap.org/schemas/03/2005/apcm" xmlns:x="http://www.w3.org/1999/xhtml"'
)
MANAGED = "<m:ManagementId>urn:chain:7</m:ManagementId>"
USABLE = f"{MANAGED}<m:PublishingStatus>Usable</m:PublishingStatus>"
NITF = (
    '<content type="text/xml"><nitf><body><body.head/><body.content>'
    '<block id="Brief"><p>In short.</p></block>'
    '<block id="Main"><p>QUAYTOWN (XX) — Ships &amp; boats.</p><p>More.</p></block>'
    "</body.content></body></nitf></content>"
)


def entry(inside: str = "", managed: str = USABLE, described: str = "") -> str:
    return (
        f"<entry {NAMESPACES}><id>urn:item:1</id><title>QUAY-OPENS</title>{inside}"
        f"<c:ContentMetadata>{described}</c:ContentMetadata>"
        f"<m:NewsManagement>{managed}</m:NewsManagement></entry>"
    )


def one(inside: str = "", managed: str = USABLE, described: str = "", **more: object) -> Item:
    return item(entry(inside, managed, described), **more)  # type: ignore[arg-type]  # agency only


def test_all_versions_of_a_story_share_the_chains_id() -> None:
    first = one(managed=f"{USABLE}<m:ManagementSequenceNumber>0</m:ManagementSequenceNumber>")
    later = one(managed=f"{USABLE}<m:ManagementSequenceNumber>12</m:ManagementSequenceNumber>")
    assert first.guid == later.guid == first.story_chain_id == "urn:chain:7"
    assert [one.value for one in first.alt_ids] == ["urn:item:1"]
    assert (first.version, first.version_number, first.editorial_types) == ("0", 0, ())
    assert (later.version_number, later.editorial_types) == (12, (EditorialType.writethru,))
    assert (first.format.name, first.format.dialect) == ("atom", "ap")


def test_a_picture_keeps_the_id_of_its_own_entry() -> None:
    found = one(described='<c:Characteristics MediaType="Photo"/>')
    assert (found.guid, found.type, found.story_chain_id) == (
        "urn:item:1",
        "picture",
        "urn:chain:7",
    )


def test_content_of_an_unknown_kind_is_held() -> None:
    found = one(described='<c:Characteristics MediaType="Hologram"/>')
    assert found.hold_reason == ("type-unknown",)


@pytest.mark.parametrize(
    ("word", "status", "embargo", "holds"),
    [
        ("Usable", PubStatus.usable, EmbargoState.none, ()),
        ("Canceled", PubStatus.canceled, EmbargoState.none, ()),
        ("Withheld", PubStatus.withheld, EmbargoState.none, ()),
        ("Embargoed", PubStatus.usable, EmbargoState.indefinite, ()),
        ("Resting", PubStatus.hold, EmbargoState.none, ("status-unknown",)),
    ],
)
def test_the_publishing_status_is_heard(
    word: str, status: PubStatus, embargo: EmbargoState, holds: tuple[str, ...]
) -> None:
    found = one(managed=f"{MANAGED}<m:PublishingStatus>{word}</m:PublishingStatus>")
    assert (found.pub_status, found.embargo.state, found.hold_reason) == (status, embargo, holds)


def test_a_management_block_without_a_status_opens_nothing() -> None:
    assert one(managed=MANAGED).hold_reason == ("status-missing",)
    agency = profile(missing_status="usable")
    assert item(entry(managed=MANAGED), agency).hold_reason == ()


def test_of_two_statuses_the_strictest_binds_in_any_order() -> None:
    words = ("Usable", "Withheld")
    for order in (words, words[::-1]):
        stated = "".join(f"<m:PublishingStatus>{word}</m:PublishingStatus>" for word in order)
        assert one(managed=MANAGED + stated).pub_status is PubStatus.withheld


def test_a_deletion_among_the_management_types_cancels() -> None:
    found = one(managed=f"{USABLE}<m:ManagementType>Delete</m:ManagementType>")
    assert found.pub_status is PubStatus.canceled


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("2025-12-05T08:00:00Z", EmbargoState.until),
        ("2025-12-05T08:00:00-05:00", EmbargoState.until),
        ("2025-12-05T08:00:00", EmbargoState.unparseable),
        ("tomorrow", EmbargoState.unparseable),
        ("", EmbargoState.indefinite),
    ],
)
def test_an_embargo_opens_by_itself_only_at_a_time_with_a_zone(
    raw: str, state: EmbargoState
) -> None:
    stated = f'<m:PublishingStatus statusChangeOn="{raw}">Embargoed</m:PublishingStatus>'
    document = entry(managed=MANAGED + stated)
    # The zone an agency's times are in by default is no word on this one (formats §3.6).
    agency = profile(zone="America/New_York", assume_zone=True)
    assert item(document).embargo.state is state
    assert item(document, agency).embargo.state is state


def test_the_status_is_heard_in_an_rss_feed_too() -> None:
    found = item(
        f'<rss version="2.0" {NAMESPACES.partition(" ")[2]}><channel><item><guid>a</guid>'
        "<m:NewsManagement><m:PublishingStatus>Canceled</m:PublishingStatus></m:NewsManagement>"
        "</item></channel></rss>"
    )
    assert found.pub_status is PubStatus.canceled


def test_the_words_about_a_story_are_read_from_the_metadata() -> None:
    found = one(
        described="""<c:HeadLine>Quay opens</c:HeadLine>
<c:OriginalHeadLine>Quay to open</c:OriginalHeadLine>
<c:ByLine Title="Harbour Writer">By JANE DOE</c:ByLine><c:ByLine> </c:ByLine>
<c:DateLine>QUAYTOWN, Harbourland (XX)</c:DateLine>
<c:DateLineLocation City="Quaytown" CountryAreaName="Shore" CountryName="Harbourland"/>
<c:Keywords>quay,ships</c:Keywords><c:Selector>acoon</c:Selector>
<c:Priority Numeric="4" Legacy="r"/><c:ItemContentType>Spot Development</c:ItemContentType>
<c:SubjectClassification Authority="XX Subject" Id="s1" Value="Harbours"/>
<c:SubjectClassification Authority="XX Category Code" Id="a" Value="a"/>
<c:EntityClassification Authority="XX Party" Id="p1" Value="Jane Roe"/>
<c:EntityClassification Authority="XX Geography" Id="g1" Value="Quaytown"/>
<c:EntityClassification Authority="XX Company" Id="c1" Value="Quay Ltd"/>"""
    )
    assert found.headlines == (
        Headline(value="Quay opens"),
        Headline(value="Quay to open", role="original"),
    )
    assert (found.slugline, found.by) == ("QUAY-OPENS", "By JANE DOE")
    assert found.bylines[0].title == "Harbour Writer"
    assert (found.dateline, found.located) == ("QUAYTOWN, Harbourland (XX)", "Quaytown")
    assert found.dateline_detail == Place(city="Quaytown", area="Shore", country="Harbourland")
    assert (found.keywords, found.selector_codes) == (("quay", "ships"), ("acoon",))
    assert (found.urgency, found.priority, found.anpa_category) == (4, "r", "a")
    assert [one.name for one in found.genres] == ["Spot Development"]
    assert [one.name for one in found.subjects] == ["Harbours"]
    shelves = (found.people, found.places, found.organisations)
    assert [shelf[0].name for shelf in shelves] == ["Jane Roe", "Quaytown", "Quay Ltd"]


def test_a_slugline_of_its_own_goes_before_the_title() -> None:
    assert one(described="<c:SlugLine>BC-Quay</c:SlugLine>").slugline == "BC-Quay"


def test_a_correction_is_told_by_its_headline() -> None:
    found = one(described="<c:HeadLine>Correction: Quay story</c:HeadLine>")
    assert found.editorial_types == (EditorialType.correction,)


def test_an_advisory_is_told_by_its_content_type() -> None:
    found = one(described="<c:ItemContentType>Advisory</c:ItemContentType>")
    assert found.editorial_types == (EditorialType.advisory,)


def test_special_instructions_are_notes_to_editors_and_none_is_lost() -> None:
    notes = "".join(
        f"<m:PublishingSpecialInstructions>{note}</m:PublishingSpecialInstructions>"
        for note in ("Eds: updates.", "HOLD for release.")
    )
    assert one(managed=USABLE + notes).ed_note == "Eds: updates.\n\nHOLD for release."


def test_the_story_is_the_main_block_and_the_rest_is_left_out_by_name() -> None:
    found = one(NITF)
    assert text_of(found) == "QUAYTOWN (XX) — Ships & boats.\n\nMore.\n"
    assert found.copy.omissions == {"outside-selection": len("In short.")}
    assert (found.hold_reason, found.bodies[0].selector) == ((), "Main")


def test_a_body_in_xhtml_is_read_without_its_wrapper() -> None:
    found = one('<content type="xhtml"><x:div><x:p>One.</x:p><x:p>Two.</x:p></x:div></content>')
    assert text_of(found) == "One.\n\nTwo.\n"


def test_a_feed_of_several_entries_loses_no_neighbour_of_a_bad_one() -> None:
    long_id = f"<m:ManagementId>{'x' * 5000}</m:ManagementId>"
    found = read(
        f"<feed {NAMESPACES}><title>Wire</title>{entry(managed=long_id)}{entry(NITF)}</feed>"
    )
    assert ([one.guid for one in found.items], len(found.failed)) == (["urn:chain:7"], 1)


def written(story: Story) -> str:
    """A story in AP's Atom, as far as that can say it."""
    paragraphs = "".join(f"<x:p>{escape(paragraph)}</x:p>" for paragraph in story.paragraphs)
    by = f"<c:ByLine>{escape(story.by)}</c:ByLine>" if story.by else ""
    note = (
        f"<m:PublishingSpecialInstructions>{escape(story.note)}</m:PublishingSpecialInstructions>"
        if story.note
        else ""
    )
    return (
        f'<entry {NAMESPACES} xml:lang="{story.language}"><id>urn:item</id><title>slug</title>'
        f"<updated>{story.created}</updated>"
        f'<content type="xhtml"><x:div>{paragraphs}</x:div></content>'
        f"<c:ContentMetadata><c:HeadLine>{escape(story.headline)}</c:HeadLine>{by}"
        "</c:ContentMetadata><m:NewsManagement>"
        f"<m:ManagementId>{escape(story.guid)}</m:ManagementId>"
        f"<m:ManagementSequenceNumber>{story.version}</m:ManagementSequenceNumber>"
        f"<m:PublishingStatus>{story.status}</m:PublishingStatus>{note}"
        "</m:NewsManagement></entry>"
    )


@given(stories)
def test_a_story_written_in_aps_atom_is_given_back(story: Story) -> None:
    found = item(written(story))
    assert (found.guid, found.version_number) == (story.guid, story.version)
    assert found.version_created is not None
    assert found.version_created.raw == story.created
    assert (found.pub_status.value, found.language) == (story.status, story.language)
    assert (found.headline, found.by, found.ed_note) == (story.headline, story.by, story.note)
    assert text_of(found) == "\n\n".join(story.paragraphs) + "\n"
