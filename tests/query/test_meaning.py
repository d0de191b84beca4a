"""What is found by a query, and what is not."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from copytaster.item import Association
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Copy
from copytaster.item import CorrectionText
from copytaster.item import Description
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Line
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Run
from copytaster.query import Facts
from copytaster.query import Thing
from copytaster.query import Version
from copytaster.query import matches
from copytaster.query import read
from copytaster.story import State

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def block(*lines: str) -> Block:
    return Block(
        kind=BlockKind.paragraph,
        lines=tuple(Line(cells=((Run(text=line),),)) for line in lines),
    )


def version(
    headline: str = "Ferry runs again",
    *blocks: Block,
    source: str = "push",
    received: datetime = NOON,
    **facts: Any,
) -> Version:
    item = Item(
        provider="seaboard",
        guid="urn:1",
        content_hash="x",
        pub_status=PubStatus.usable,
        headlines=(Headline(value=headline),),
        copy=Copy(blocks=blocks),
        raw_ref=RawRef(sha256="0", length=0),
        format=FormatName(name="ninjs"),
        **facts,
    )
    return Version(item=item, source=source, received=received)


def story(*versions: Version, state: State = State.live) -> Facts:
    return Facts(agency="seaboard", guid="urn:1", state=state, versions=versions or (version(),))


def found(text: str, facts: Facts) -> bool:
    return matches(read(text), facts, NOON)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("storm", "A STORM came."),
        ("Storm Surge", "the storm\u00a0surge of Monday"),
        ("Bjorn Angstrom", "Björn Ångström said"),
        ("Łódź", "in Lodz on Monday"),
        ("strasse", "An der Straße"),
        ("ΟΔΥΣΣΕΑΣ", "ο Οδυσσέας"),
        ("O'Brien", "O\u2019Brien\u2019s boat"),
        ("think tank", "a think-tank of one"),
        ("dissolved", "dis\u00adsol\u200bved"),
        ("Cafe", "Cafe\u0301"),
        ("हिन्दी", "यह हिन्दी है"),
        ("محمد", "قال مُحَمَّد أمس"),
        ("习近平", "国家主席习近平表示"),
        ("กรุงเทพ", "ในกรุงเทพวันนี้"),
        ("disin*", "a disinformation network"),
        ("Ⅳ", "part IV"),
    ],
)
def test_a_phrase_is_found_however_it_is_written(phrase: str, text: str) -> None:
    assert found(f'phrase:"{phrase}"', story(version("Other", block(text))))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("storm", "a brainstorm, and storms"),
        ("think tank", "think. A tank"),
        ("storm*", "a brainstorm"),
        ("हिन्द", "यह हिन्दी है"),
        ("surge storm", "storm surge"),
    ],
)
def test_a_phrase_is_whole_words_in_their_order(phrase: str, text: str) -> None:
    told = story(version("Other", *(block(part) for part in text.split(". "))))
    assert not found(f'phrase:"{phrase}"', told)


@pytest.mark.parametrize(
    "seen",
    [
        version("Vester harbour closed"),
        version("Other", block("Text."), block("In Vester harbour nobody works.")),
        version("Other", block("A line that breaks in Vester", "harbour and goes on")),
        version("Other", descriptions=(Description(value="Vester harbour, in short"),)),
        version("Other", by="Vester Harbour Correspondent"),
        version("Other", correction_text=CorrectionText(public="It was Vester harbour.")),
        version("Other", associations=(Association(caption="Vester harbour by night"),)),
    ],
)
def test_everything_readers_see_is_searched(seen: Version) -> None:
    assert found('phrase:"vester harbour"', story(seen))


def test_notes_that_readers_never_see_are_not_searched() -> None:
    told = story(version("Other", ed_note="Vester harbour", slugline="Vester-harbour"))
    assert not found('phrase:"vester harbour"', told)


def test_a_person_is_found_by_the_agencys_fields_and_by_the_words() -> None:
    by_field = version(organisations=(Concept(name="Shoreline Institute"),))
    by_words = version("Tides", block("The Shoreline Institute, dissolved in 2014, said so."))
    assert found('person:"shoreline institute"', story(by_field))
    assert found('person:"shoreline institute"', story(by_words))
    assert not found('phrase:"shoreline institute"', story(by_field))
    assert not found('person:"shoreline institute"', story())


def test_what_one_version_said_is_true_of_the_story() -> None:
    told = story(version("Storm warning"), version("Calm sea"))
    assert found("phrase:storm phrase:calm", told)
    assert not found("not phrase:storm", told)


def test_a_section_that_a_story_stands_in_need_not_be_named_by_its_items() -> None:
    told = msgspec.structs.replace(story(version(keywords=("Crime",))), sections=("sport",))
    assert found("section:sport section:crime", told)
    assert not found("not section:sport", told)
    assert not found("section:weather", told)


def test_agency_source_section_and_state() -> None:
    told = story(version(keywords=("Sport",), source="feed"), state=State.held)
    assert found("agency:seaboard source:feed section:sport state:held", told)
    for other in ("agency:sea", "source:push", "section:crime", "state:live"):
        assert not found(other, told), other


def test_a_section_is_one_that_an_item_names_or_that_it_is_filed_under() -> None:
    told = msgspec.structs.replace(story(version(keywords=("Sport",))), sections=("crime",))
    assert found("section:sport section:crime", told)
    assert not found("section:people", told)


def test_a_story_is_in_a_time_when_a_version_of_it_came_in_it() -> None:
    told = story(version(received=NOON))
    assert found("since:2026-03-02T12:00Z until:2026-03-02", told)
    assert not found("since:2026-03-02T12:00:00.000001Z", told)
    assert not found("until:2026-03-02T12:00Z", told)


def test_or_binds_less_than_and_and_brackets_bind_most() -> None:
    told = story(version("Storm"))
    assert found("phrase:storm or phrase:calm phrase:dry", told)
    assert not found("(phrase:storm or phrase:calm) phrase:dry", told)
    assert found("phrase:storm and not phrase:calm", told)


def test_a_word_without_a_field_is_a_phrase() -> None:
    told = story(version("Ferry runs again", block("The north quay is open.")))
    assert found('ferry "north quay"', told)
    assert found("-tram ferr*", told)
    assert not found('ferry -"north quay"', told)
    assert not found('"quay north"', told)


def test_words_are_looked_for_where_the_field_says() -> None:
    told = story(
        version(
            "Storm nears",
            block("The ferry waits."),
            by="By Ada Quay",
            bylines=(Byline(name="Ada Quay"), Byline(name="Bo Hill")),
            slugline="WEATHER-Storm/Vester, 2nd Lead",
        )
    )
    assert found('headline:storm by:"ada quay" slug:weather slug:"storm vester"', told)
    assert found('by:"bo hill"', told)
    assert found('"by ada quay"', told)
    for other in ("headline:ferry", "by:ferry", "slug:ferry", "weather", '"bo hill"'):
        assert not found(other, told), other


def test_a_headline_runs_into_nothing_else() -> None:
    told = story(version("Ferry runs", block("again on Monday")))
    assert not found('"runs again"', told)
    assert not found('headline:"ferry runs again"', told)


def test_a_subject_goes_by_its_name_its_code_and_the_keywords() -> None:
    told = story(
        version(
            subjects=(Concept(uri="medtop:20000217", name="Shipping lanes"),),
            keywords=("harbour news",),
        )
    )
    for asked in ("shipping", "20000217", '"medtop:20000217"', '"harbour news"', "lane*"):
        assert found(f"subject:{asked}", told), asked
    assert not found("subject:2000021", told)
    assert not found("subject:ferry", told)
    assert not found("person:20000217", told)


@pytest.mark.parametrize(
    ("said", "asked", "is_it"),
    [
        ("de-AT", "lang:de", True),
        ("de-AT", "lang:de-at", True),
        ("de_AT", "lang:de-AT", True),
        ("de", "lang:de-AT", False),
        ("den", "lang:de", False),
        (None, "lang:de", False),
        (None, "-lang:de", True),
        ("a-" * 3000, "lang:en", False),
    ],
)
def test_a_language_is_a_narrower_one_too(said: str | None, asked: str, is_it: bool) -> None:
    assert found(asked, story(version(language=said))) is is_it


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("urgency:3", {3}),
        ("urgency:<=3", {1, 2, 3}),
        ("urgency:<3", {1, 2}),
        ("urgency:>=8", {8, 9}),
        ("urgency:>8", {9}),
        ("urgency:2-4", {2, 3, 4}),
        ("urgency:2..4", {2, 3, 4}),
        ("-urgency:<=8", {9, None}),
        ("urgency:1-9", set(range(1, 10))),
    ],
)
def test_an_urgency_that_is_not_said_is_none(asked: str, answers: set[int | None]) -> None:
    said = (None, *range(1, 10))
    assert {n for n in said if found(asked, story(version(urgency=n)))} == answers


@pytest.mark.parametrize(
    ("thing", "facts"),
    [
        ("picture", {"associations": (Association(type="picture"),)}),
        ("picture", {"associations": (Association(type="graphic"),)}),
        ("correction", {"correction_text": CorrectionText(internal="see the second line")}),
        ("correction", {"editorial_types": (EditorialType.correction,)}),
        ("embargo", {"embargo": Embargo(state=EmbargoState.unparseable)}),
        ("note", {"ed_note": "Adds a quote"}),
    ],
)
def test_a_story_has_what_its_item_has(thing: str, facts: dict[str, Any]) -> None:
    assert found(f"has:{thing}", story(version(**facts)))
    others = [one for one in Thing if one != thing and found(f"has:{one}", story(version(**facts)))]
    assert others == []
    assert found(f"-has:{thing}", story())


def test_a_headline_alone_is_no_text() -> None:
    assert found("has:text", story(version("Fog", block("Fog."))))
    assert found("-has:text", story(version("Fog")))


def test_a_guid_is_that_guid() -> None:
    assert found('guid:"urn:1"', story())
    assert found("guid:urn:1", story())
    for other in ("guid:urn", "guid:URN:1", "guid:urn:1*"):
        assert not found(other, story()), other


def test_a_span_is_counted_back_from_whenever_it_is_asked() -> None:
    told, asked = story(version(received=NOON)), read("after:2h")
    assert matches(asked, told, NOON + timedelta(hours=2))
    assert not matches(asked, told, NOON + timedelta(hours=2, seconds=1))
    assert found("before:1d", story(version(received=NOON - timedelta(days=2))))
    assert not found("before:1d", told)


def test_a_story_without_a_version_answers_by_its_record_only() -> None:
    told = Facts(agency="seaboard", guid="urn:1", state=State.never, versions=())
    assert found("agency:seaboard state:never guid:urn:1 -ferry", told)
    for other in ("ferry", "after:1970-01-01", "before:2100-01-01", "has:text"):
        assert not found(other, told), other
