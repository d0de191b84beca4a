"""What a notice asks for and points at, read from the bytes an agency sent; and what is none."""

import json
import textwrap
from datetime import UTC
from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import agency
from copytaster import formats
from copytaster.agency import Profile
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide
from copytaster.verdict import notices
from copytaster.verdict.notices import NoticeKind
from copytaster.verdict.notices import Pointer
from tests.verdict import harmless
from tests.verdict import told

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
SEABOARD = Profile(id="sea", name="Seaboard", zone=told.ZONE)


def item(headline: str, text: str, profile: Profile = SEABOARD, **fields: object) -> Item:
    """What a ninjs item with these words is read as."""
    said = {
        "uri": "urn:seaboard:notice-1",
        "version": "1",
        "versioncreated": "2026-03-12T19:00:00+01:00",
        "pubstatus": "usable",
        "headline": headline,
        "body_text": text,
    }
    data = json.dumps(said | fields).encode()
    return formats.parse(data, profile, formats.Context(received=NOW)).items[0]


def state(found: Item) -> tuple[State, list[str]]:
    message = Message(item=found, arrival=Arrival(source="wire", received=NOW))
    verdict = decide([message], [], SEABOARD, NOW)
    return verdict.state, [reason.code for reason in verdict.reasons]


def name(notice: told.Told) -> str:
    return f"{notice.headline[:20]} {notice.text[:40]}"


@pytest.mark.parametrize("notice", told.NOTICES, ids=name)
def test_a_notice_in_words_names_exactly_what_it_means(notice: told.Told) -> None:
    fields = {"slugline": notice.slugline} if notice.slugline else {}
    found = item(notice.headline, notice.text, **fields)
    read = notices.read(found, SEABOARD, NOW)
    assert read is not None
    assert (read.kind, read.pointers, read.substitutes) == (
        notice.kind,
        notice.pointers,
        notice.substitutes,
    )


@pytest.mark.parametrize("notice", told.NOTICES, ids=name)
def test_a_notice_in_words_is_never_for_readers(notice: told.Told) -> None:
    found, _ = state(item(notice.headline, notice.text))
    assert found in (State.killed, State.withheld, State.never)


@pytest.mark.parametrize(("headline", "text", "kind"), told.FOR_EDITORS)
def test_what_is_for_editors_is_never_for_readers(
    headline: str, text: str, kind: NoticeKind
) -> None:
    found = item(headline, text)
    read = notices.read(found, SEABOARD, NOW)
    assert read is not None
    assert (read.kind, read.pointers) == (kind, ())
    assert state(found)[0] is State.never


@pytest.mark.parametrize(("headline", "text"), harmless.HARMLESS)
def test_ordinary_copy_with_dangerous_words_is_published(headline: str, text: str) -> None:
    found = item(headline, text)
    assert notices.read(found, SEABOARD, NOW) is None
    assert state(found) == (State.live, [])


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(told.NOTICES) >= 60
    assert len(harmless.SHORT) >= 60


@pytest.mark.parametrize("note", harmless.NOTES)
def test_an_ordinary_note_makes_no_notice(note: str) -> None:
    found = item("Ferry line closed", "The line is closed.", ednote=note)
    assert notices.read(found, SEABOARD, NOW) is None
    assert found.editorial_types == ()


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Please kill the story", "Please kill the story on the harbour."),
        ("STORY WITHDRAWN", "The ferry line closes."),
        ("RETRACTION", "The paper regrets what it printed about the harbour."),
        ("Harbour", "Seaboard is withdrawing the story on the ferry."),
        ("Harbour", "Note to editors: a story on the ferry follows. " + "It is long. " * 200),
        ("Harbour", "Please do not publish the story “Ferry” before Friday."),
        ("ANNULE ET REMPLACE", "Le port ferme pour l'hiver, a dit le maire."),
    ],
)
def test_what_reads_like_a_notice_and_may_be_none_waits_for_a_person(
    headline: str, text: str
) -> None:
    found = item(headline, text)
    assert notices.read(found, SEABOARD, NOW) is None
    assert state(found) == (State.held, ["notice-wording"])


# --- fields -------------------------------------------------------------------------------------


def _with(*targets: Target, **fields: object) -> Item:
    found = item("Notice", "Words.")
    return msgspec.structs.replace(found, targets=targets, **fields)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (PubStatus.canceled, NoticeKind.kill),
        (PubStatus.withheld, NoticeKind.hold),
        (PubStatus.hold, NoticeKind.hold),
        (PubStatus.usable, NoticeKind.release),
    ],
)
def test_a_target_that_a_field_gives_is_a_pointer(status: PubStatus, kind: NoticeKind) -> None:
    found = _with(Target(idref="urn:x:1", new_status=status), Target(service_number="sea 157"))
    read = notices.read(found, SEABOARD, NOW)
    assert read is not None
    assert read.kind is NoticeKind.kill  # the strictest of the two
    assert read.pointers == (Pointer(id="urn:x:1"), Pointer(number="sea 157"))
    alone = notices.read(_with(Target(idref="urn:x:1", new_status=status)), SEABOARD, NOW)
    assert alone is not None
    assert alone.kind is kind


def test_an_item_that_speaks_of_itself_is_no_notice() -> None:
    canceled = item("Ferry line closed", "The line is closed.", pubstatus="canceled")
    withheld = item("Ferry line closed", "The line is closed.", pubstatus="withheld")
    itself = _with(Target(idref="urn:seaboard:notice-1"), pub_status=PubStatus.canceled)
    removed = item(
        "Ferry line closed",
        "The line is closed.",
        pubstatus="canceled",
        ednote="Please kill the story “Ferry line closed”.",
    )
    for found in (canceled, withheld, removed):
        assert notices.read(found, SEABOARD, NOW) is None
    told_ = msgspec.structs.replace(itself, status_raw="canceled")
    assert notices.read(told_, SEABOARD, NOW) is None


def test_a_canceled_item_may_take_another_with_it() -> None:
    found = item("A", "B.", pubstatus="canceled", ednote="Please kill item sea 157 as well.")
    read = notices.read(found, SEABOARD, NOW)
    assert read is not None
    assert read.pointers == (Pointer(number="sea 157"),)


def test_a_number_told_in_a_field_and_in_words_is_one_pointer() -> None:
    found = item("KILL KILL KILL", "Please kill item sea 157 (“Ferry line closed”).")
    both = msgspec.structs.replace(found, targets=(Target(service_number="sea 157"),))
    read = notices.read(both, SEABOARD, NOW)
    assert read is not None
    assert read.pointers == (Pointer(number="sea 157", headline="Ferry line closed"),)


def test_a_story_whose_note_kills_another_is_a_notice_and_stays_a_story() -> None:
    found = item(
        "Ferry line open", "The line is open.", ednote="Please kill item sea 157. It was wrong."
    )
    read = notices.read(found, SEABOARD, NOW)
    assert read is not None
    assert (read.kind, read.pointers) == (NoticeKind.kill, (Pointer(number="sea 157"),))
    assert found.editorial_types == ()
    assert found.pub_status is PubStatus.usable


def test_a_notice_is_said_when_it_was_made_or_else_when_it_came() -> None:
    found = item("KILL KILL KILL", "Please kill item sea 157.")
    read = notices.read(found, SEABOARD, NOW)
    assert read is not None
    assert read.said == NOW
    undated = msgspec.structs.replace(found, version_created=None)
    later = datetime(2026, 3, 12, 20, 0, tzinfo=UTC)
    read = notices.read(undated, SEABOARD, later)
    assert read is not None
    assert read.said == later


def test_a_zone_word_that_nobody_explains_gives_no_zone() -> None:
    text = "Please kill the story “Ferry line closed” that moved at 1756 XST."
    read = notices.read(item("STORY KILL", text), SEABOARD, NOW)
    assert read is not None
    assert read.pointers[0].moved is not None
    assert read.pointers[0].moved.zone is None
    named = msgspec.structs.replace(SEABOARD, zones={"XST": "Asia/Kolkata"})
    read = notices.read(item("STORY KILL", text, named), named, NOW)
    assert read is not None
    assert read.pointers[0].moved is not None
    assert read.pointers[0].moved.zone == "Asia/Kolkata"


def _read(document: str, profile: Profile = SEABOARD) -> tuple[Item, notices.Notice | None]:
    context = formats.Context(received=NOW)
    found = formats.parse(document.encode(), profile, context).items[0]
    return found, notices.read(found, profile, NOW)


def _nitf(docdata: str, **names: str) -> str:
    named = "".join(f' {name}="{value}"' for name, value in names.items())
    return (
        f"<nitf{named}><head><docdata {docdata}><doc-id id-string='nitf-9'/></docdata></head>"
        "<body><body.head/><body.content/></body></nitf>"
    )


def test_nitf_names_another_document_by_either_of_its_names() -> None:
    aim = "management-doc-idref='seaboard-1' management-idref-status='canceled'"
    _, read = _read(_nitf(aim))
    assert read is not None
    assert (read.kind, read.pointers) == (NoticeKind.kill, (Pointer(id="seaboard-1"),))
    meant, itself = _read(_nitf("management-status='canceled'", uno="seaboard-1"))
    assert itself is None
    assert "seaboard-1" in {alt.value for alt in meant.alt_ids}


def test_a_document_inside_a_message_is_known_by_its_own_ids() -> None:
    document = (
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:x:1' version='2'>"
        "<itemMeta><itemClass qcode='ninat:text'/><provider literal='S'/>"
        "<versionCreated>2026-03-12T18:00:00Z</versionCreated></itemMeta><contentMeta><headline>"
        "Ferry</headline></contentMeta><contentSet><inlineXML contenttype='application/nitf+xml'>"
        "<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/' uno='seaboard-1'><head><docdata>"
        "<doc-id id-string='nitf-1'/></docdata></head><body><body.content><p>Words.</p>"
        "</body.content></body></nitf></inlineXML></contentSet></newsItem>"
    )
    found, _ = _read(document)
    assert {alt.value for alt in found.alt_ids} >= {"seaboard-1", "nitf-1"}


def test_a_tombstone_names_its_entry() -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/"
        "1.0'><id>urn:f</id><title>F</title><updated>2026-03-12T18:00:00Z</updated>"
        "<at:deleted-entry ref='urn:x:1' when='2026-03-12T18:00:00Z'/></feed>"
    )
    _, read = _read(feed)
    assert read is not None
    assert (read.kind, read.pointers) == (NoticeKind.kill, (Pointer(id="urn:x:1"),))


def test_a_signal_that_removes_an_item_speaks_of_the_item_itself() -> None:
    stt = agency.load("stt")
    document = (
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:x:1' version='2'>"
        "<itemMeta><itemClass qcode='ninat:text'/><provider literal='STT'/>"
        "<versionCreated>2026-03-12T18:00:00Z</versionCreated><pubStatus qcode='stat:usable'/>"
        "<signal qcode='sttinstruct:remove'/></itemMeta><contentMeta><headline>Ferry</headline>"
        "</contentMeta></newsItem>"
    )
    found, read = _read(document, stt)
    assert (found.pub_status, read) == (PubStatus.canceled, None)


# --- wires --------------------------------------------------------------------------------------


def _wire(top: str, body: str) -> Item:
    """A message of IPTC 7901, its lines broken at the wire's width."""
    lines = textwrap.wrap(body, 60)
    text = "\r\n".join(["\x01mxa0200 4 pl 40  sea 200", "harbour/\r\n\x02" + top + " =", *lines])
    data = f"{text}\r\n\x03121900 Mar 26\r\n\x04".encode()
    context = formats.Context(received=NOW)
    return formats.parse(data, SEABOARD, context, format="iptc-7901").items[0]


@pytest.mark.parametrize(
    ("top", "body", "numbers", "substitutes"),
    [
        ("KILL KILL KILL", "Please kill item sea 0157 which moved at 1756 hours.", ["sea 157"], []),
        ("KILL KILL KILL", "Please kill item sea 157 and use sea 160 instead.", ["sea 157"],
         ["sea 160"]),
        ("HOLD HOLD HOLD", "Item sea 157 of 10 March is being checked.", ["sea 157"], []),
        ("KILL KILL KILL", "Please kill item sea 157 of 10 March. Sea 160 replaces it.",
         ["sea 157"], ["sea 160"]),
        ("Harbour", "Die Meldung sea 157 kann wieder verwendet werden.", ["sea 157"], []),
    ],
)  # fmt: skip
def test_a_notice_of_a_wire_without_fields_names_the_same(
    top: str, body: str, numbers: list[str], substitutes: list[str]
) -> None:
    read = notices.read(_wire(top, body), SEABOARD, NOW)
    assert read is not None
    assert [pointer.number for pointer in read.pointers] == numbers
    assert [pointer.number for pointer in read.substitutes] == substitutes


# --- languages ----------------------------------------------------------------------------------


def test_a_profile_may_hear_only_some_languages() -> None:
    german = msgspec.structs.replace(SEABOARD, notice_languages=("de",))
    assert item("DÉPÊCHE ANNULÉE", "Le port ferme.", german).editorial_types == ()
    assert item("MELDUNG ZURÜCKGEZOGEN", "Der Hafen.", german).editorial_types == ("kill",)


def test_a_language_for_which_nothing_ships_is_refused() -> None:
    with pytest.raises(agency.ProfileError, match=r"notice_languages.*see docs/"):
        agency.read(b'id = "x"\nname = "X"\nnotice_languages = ["tlh"]', "x.toml")


def test_every_list_answers_every_question() -> None:
    for language, wording in agency.wordings().items():
        asked = {asking.means for asking in wording.asking}
        assert asked >= {"kill", "withhold", "release", "elimination", "advisory", "test"}, language
        assert (len(wording.words.months), len(wording.words.weekdays)) == (12, 7), language


# --- anything at all ----------------------------------------------------------------------------

_PARTS = st.sampled_from(
    "KILL|HOLD|Please kill|item|sea 157|V9991|“|”|\"|'|«|»|(|)|.|:|\n|\n\n|17:56|1756 hours|at|"
    "moved|which|story|headlined|substitute|replaces|instead of|Bitte|nicht|verwenden|Meldung|"
    "annule|la série|12h45|10.09.|31.02.|29 February|Sept. 12|on Thursday|STORY_NUMBER: |"
    "99/99/2026|a.m.|25:61|urn:x:1|~|\x00|\x01|İ|ß|ä|🙂|\u2028|slugged|because|it moved at".split(
        "|"
    )
)


@given(st.lists(st.one_of(_PARTS, st.text(max_size=8)), max_size=60), st.booleans())
def test_reading_never_raises(parts: list[str], spaced: bool) -> None:
    words = (" " if spaced else "").join(parts)
    found = item("KILL KILL KILL", "x", ednote=words.encode("utf-8", "replace").decode())
    for one in (found, msgspec.structs.replace(found, editorial_types=(), pub_status="usable")):
        read = notices.read(one, SEABOARD, NOW)
        if read is not None:
            assert len(read.pointers) <= 100
            assert all(pointer != Pointer() for pointer in read.pointers)


@pytest.mark.parametrize(
    "unit",
    ["Please kill ", "“", "please kill item sea 1 ", "moved at 17:56 ", "bitte text nicht ", "a ",
     "- ", "KILL ", "the story A-", "sea 157, 158 and ", "10.09. ", "slugged ", "\n", "'"],
)  # fmt: skip
def test_of_a_text_of_any_length_only_the_beginning_is_read(unit: str) -> None:
    """Two texts with one beginning read the same, however long the one: so nothing behind it costs
    anything.
    """
    beginning = "Please kill item sea 157.\n\n" + (unit * (30_000 // len(unit)))[:30_000]
    for ending in ("", unit * (1_000_000 // len(unit)), "Please kill item sea 999. " * 1000):
        found = item("KILL KILL KILL", "", ednote=beginning + ending)
        read = notices.read(found, SEABOARD, NOW)
        assert read is not None
        assert Pointer(number="sea 157") in read.pointers or unit == "'"
        assert Pointer(number="sea 999") not in read.pointers
