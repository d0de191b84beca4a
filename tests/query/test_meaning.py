"""What is found by a query, and what is not."""

from datetime import UTC
from datetime import datetime
from typing import Any

import msgspec
import pytest

from copytaster.item import Association
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Concept
from copytaster.item import Copy
from copytaster.item import CorrectionText
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Line
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Run
from copytaster.query import Facts
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
    return Facts(agency="seaboard", state=state, versions=versions or (version(),))


def found(text: str, facts: Facts) -> bool:
    return matches(read(text), facts)


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
