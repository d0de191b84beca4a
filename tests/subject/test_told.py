"""What an item's codes mean, who says so, and that nothing is invented."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import agency
from copytaster import section
from copytaster import shelf
from copytaster import subject
from copytaster.item import Concept
from copytaster.subject import MEDIA_TOPICS
from copytaster.subject import SUBJECT_CODES
from copytaster.subject import TOP_TERMS
from copytaster.subject import Code
from copytaster.subject import Kind
from copytaster.subject import Link
from copytaster.subject import Mappings
from copytaster.subject import Subject
from copytaster.subject import Table
from tests.subject.making import FERRIES
from tests.subject.making import QUAYS
from tests.subject.making import TIDES
from tests.subject.making import about
from tests.subject.making import mappings
from tests.subject.making import topic

VERSION = "IPTC Media Topics 2026-02-03"
OWN = Table(
    name="Seaboard",
    version="3",
    links={
        Code(scheme="dept", code="7"): (Link(topic=FERRIES, kind=Kind.exact),),
        Code(scheme="dept", code="8"): (Link(topic=FERRIES, kind=Kind.close),),
        Code(scheme=SUBJECT_CODES, code="99001001"): (Link(topic=TIDES, kind=Kind.exact),),
    },
)


def told(*concepts: Concept, known: Mappings | None = None) -> tuple[Subject, ...]:
    return subject.told(about(*concepts), mappings() if known is None else known)


def filed(*concepts: Concept, known: Mappings | None = None) -> dict[str, str]:
    """Topics by their code, as named."""
    item = about(*concepts)
    return dict(shelf.topics(item, told(*concepts, known=known)))


def test_a_subject_code_is_told_with_its_media_topic_and_who_says_so() -> None:
    assert told(Concept(uri="subj:99001001", name="ships")) == (
        Subject(
            code="99001001",
            scheme=SUBJECT_CODES,
            name="ships",
            media_topic=FERRIES,
            kind=Kind.exact,
            mapping=VERSION,
        ),
    )


def test_it_is_told_in_the_fields_that_are_documented() -> None:
    (line,) = told(Concept(uri="subj:99001002"))
    assert msgspec.to_builtins(line) == {
        "code": "99001002",
        "scheme": SUBJECT_CODES,
        "name": None,
        "mediaTopic": TIDES,
        "kind": "broad",
        "mapping": VERSION,
    }


def test_a_media_topic_of_the_agencys_own_needs_no_mapping() -> None:
    (own,) = told(Concept(uri=f"medtop:{TIDES}", name="tides"))
    assert (own.media_topic, own.kind, own.mapping) == (TIDES, Kind.exact, None)


def test_what_nobody_maps_is_told_as_it_is() -> None:
    assert told(Concept(literal="dept:9", name="Harbours"), Concept(name="ferries"), Concept()) == (
        Subject(code="9", scheme="dept", name="Harbours"),
        Subject(name="ferries"),
    )


def test_a_code_that_leads_to_several_topics_is_told_once_for_each() -> None:
    known = mappings(topic(TIDES, broadMatch=["99001002"]), topic(QUAYS, broadMatch=["99001002"]))
    found = told(Concept(uri="subj:99001002"), Concept(uri="subj:99001002"), known=known)
    assert [one.media_topic for one in found] == [TIDES, QUAYS]


def test_what_the_agencys_profile_says_comes_first() -> None:
    known = mappings().after(OWN)
    one, other = told(
        Concept(literal="dept:7", name="Boats"), Concept(uri="subj:99001001"), known=known
    )
    assert (one.media_topic, one.mapping) == (FERRIES, "Seaboard 3")
    assert (other.media_topic, other.mapping) == (TIDES, "Seaboard 3")
    assert mappings().after(None) == mappings()


def test_no_more_than_a_hundred_are_looked_at() -> None:
    assert len(told(*(Concept(literal=f"dept:{n}") for n in range(500)))) == subject.MOST


# --- filing -------------------------------------------------------------------------------------


def test_an_exact_match_files_the_story_under_the_agencys_word() -> None:
    assert filed(Concept(uri="subj:99001001", name="ships")) == {FERRIES: "ships"}


@pytest.mark.parametrize("code", ["99001002", "99001003", "99009999"])
def test_no_other_match_moves_it(code: str) -> None:
    assert filed(Concept(uri=f"subj:{code}", name="ships")) == {f"subj-{code}": "ships"}


def test_one_topic_by_two_codes_is_one_shelf() -> None:
    both = (
        Concept(uri="subj:99001001", name="ships"),
        Concept(uri=f"medtop:{FERRIES}", name="boats"),
    )
    assert filed(*both) == {FERRIES: "ships"}


def test_a_code_without_a_name_is_named_by_the_file_where_it_is_certain() -> None:
    nameless = [Concept(uri=f"subj:9900100{n}") for n in range(1, 5)]
    assert filed(*nameless) == {FERRIES: "ferries"}, "29000003 has no English label"
    german = mappings(language="de")
    assert filed(*nameless, known=german) == {FERRIES: "Fähren", QUAYS: "Kais"}
    assert filed(Concept(uri=f"medtop:{QUAYS}"), known=german) == {QUAYS: "Kais"}


def test_a_code_without_a_name_borrows_none_from_another_subject() -> None:
    """The other is a section by its name, and the code alone says nothing to readers."""
    nameless, sport = Concept(uri="medtop:29000001"), Concept(uri="medtop:29000001", name="Sport")
    item = about(nameless, sport)
    assert shelf.of(item, told(nameless, sport, known=Mappings())) == shelf.of(item)
    assert shelf.of(item) == ("section/sport",)


def test_an_exact_top_term_is_a_section_and_no_topic() -> None:
    table = Table(
        name="Seaboard",
        version="1",
        links={Code(scheme="dept", code="16"): (Link(topic="15000000", kind=Kind.exact),)},
    )
    sports = Concept(literal="dept:16", name="Urheilu")
    item = about(sports)
    assert shelf.of(item)[0].startswith("topic/x")
    noted = told(sports, known=Mappings(tables=(table,)))
    assert shelf.of(item, noted) == ("section/sport",)


def test_notes_of_another_item_file_nothing() -> None:
    noted = told(Concept(uri="subj:99001001", name="ships"))
    assert shelf.topics(about(Concept(uri="subj:99001004", name="quays")), noted) == (
        ("subj-99001004", "quays"),
    )


# --- what always holds --------------------------------------------------------------------------


def test_fourteen_of_the_seventeen_top_terms_mean_the_same() -> None:
    known = Mappings(tables=(TOP_TERMS,))
    same, other = [], []
    for number in range(1, 18):
        code = f"{number:02d}000000"
        (line,) = told(Concept(uri=f"subj:{code}"), known=known)
        exact = line.kind is Kind.exact
        assert not exact or line.media_topic == code
        (same if exact else other).append((number, line.kind))
    assert len(same) == 14
    assert other == [(8, Kind.close), (14, None), (16, Kind.broad)]
    (society,) = told(Concept(uri="subj:14025000"), known=known)
    assert (society.media_topic, society.kind) == ("14000000", Kind.exact)


CODES = st.sampled_from(
    [
        *(f"subj:9900100{n}" for n in range(1, 6)),
        *(f"medtop:{number}" for number in (FERRIES, TIDES, QUAYS, "15000000", "20000002")),
        *(f"dept:{n}" for n in range(6, 10)),
        *("subj:15000000", "subj:16000000", "http://x.example/cat/7", "word"),
    ]
)
CONCEPTS = st.builds(
    Concept,
    uri=st.none() | CODES | st.text(max_size=20),
    literal=st.none() | CODES,
    name=st.none() | st.sampled_from(["ships", "Sport", "x"]) | st.text(max_size=20),
    scheme=st.none() | st.just("dept"),
)
KNOWN = st.sampled_from(
    [Mappings(), Mappings(tables=(TOP_TERMS,)), mappings(), mappings().after(OWN)]
)


def stated(known: Mappings, kinds: set[Kind]) -> set[str]:
    return {
        link.topic
        for table in known.tables
        for links in table.links.values()
        for link in links
        if link.kind in kinds
    }


@given(st.lists(CONCEPTS, max_size=8), KNOWN)
def test_no_topic_is_told_that_neither_the_agency_nor_a_mapping_names(
    concepts: list[Concept], known: Mappings
) -> None:
    noted = told(*concepts, known=known)
    said = {found.code for c in concepts if (found := subject.code_of(c)) is not None}
    assert {one.media_topic for one in noted} - {None} <= said | stated(known, set(Kind))
    names = {" ".join(c.name.split()) for c in concepts if c.name} | set(known.labels.values())
    assert {one.name for one in noted} - {None} <= names
    for one in noted:
        assert (one.media_topic is None) == (one.kind is None)
        assert one.mapping is None or one.media_topic is not None


@given(st.lists(CONCEPTS, max_size=8), KNOWN)
def test_a_story_is_filed_as_without_mappings_or_where_one_is_exact(
    concepts: list[Concept], known: Mappings
) -> None:
    item = about(*concepts)
    plain, noted = set(shelf.of(item)), told(*concepts, known=known)
    mapped = {one.media_topic for one in noted if one.kind is Kind.exact}
    for moved in set(shelf.of(item, noted)) - plain:
        kind, _, code = moved.partition("/")
        if kind == "section":
            assert code in {section.of_topic(number) for number in mapped}
        else:
            assert code in mapped
            assert section.of_topic(code) is None
    assert shelf.of(item, told(*concepts, known=Mappings(labels={}))) == shelf.of(item)


@given(st.lists(CONCEPTS, max_size=8), KNOWN)
def test_a_broad_or_close_match_changes_no_shelf(concepts: list[Concept], known: Mappings) -> None:
    only = Mappings(tables=tuple(_inexact(table) for table in known.tables))
    item = about(*concepts)
    assert shelf.of(item, told(*concepts, known=only)) == shelf.of(item)


def _inexact(table: Table) -> Table:
    links: Mapping[Code, tuple[Link, ...]] = {
        code: tuple(msgspec.structs.replace(link, kind=Kind.broad) for link in found)
        for code, found in table.links.items()
    }
    return msgspec.structs.replace(table, links=links)


# --- profiles -----------------------------------------------------------------------------------


def test_a_profile_states_what_its_agencys_codes_mean() -> None:
    profile = agency.read(
        b'id = "seaboard"\nname = "Seaboard"\n[subjects]\nversion = "2026-03"\n'
        b'exact = { "dept:7" = "29000001", "subj:99001001" = "29000002" }\n'
        b'broad = { "http://x.example/cat/7" = "29000003" }\n',
        "seaboard.toml",
    )
    table = agency.codes(profile)
    assert table is not None
    assert table.called == "Seaboard 2026-03"
    assert table.links == {
        Code(scheme="dept", code="7"): (Link(topic=FERRIES, kind=Kind.exact),),
        Code(scheme=SUBJECT_CODES, code="99001001"): (Link(topic=TIDES, kind=Kind.exact),),
        Code(scheme="http://x.example/cat/", code="7"): (Link(topic=QUAYS, kind=Kind.broad),),
    }
    assert agency.codes(agency.load("default")) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('exact = { "dept:7" = "29000001" }', "version"),
        ('version = ""', "version"),
        ('version = "1"\nexact = { "dept:7" = "sport" }', "exact"),
        ('version = "1"\nsame = { "dept:7" = "29000001" }', "same"),
        ('version = "1"\nexact = { "" = "29000001" }', "'' is no code"),
        ('version = "1"\nexact = { "a\\u0007" = "29000001" }', "is no code"),
        (
            f"""version = "1"
            exact = {{ "subj:99001001" = "29000001" }}
            close = {{ "{SUBJECT_CODES}99001001" = "29000001" }}""",
            "is there twice",
        ),
    ],
)
def test_what_no_story_could_be_found_by_is_refused(said: str, why: str) -> None:
    toml = f'id = "seaboard"\nname = "Seaboard"\n[subjects]\n{said}\n'
    with pytest.raises(agency.ProfileError, match=why) as refused:
        agency.read(toml.encode(), "seaboard.toml")
    assert "\n" not in str(refused.value)


def test_shipped_profiles_lead_to_top_terms_only() -> None:
    tables = [table for one in agency.known().values() if (table := agency.codes(one)) is not None]
    assert len(tables) == 3
    for table in tables:
        topics = {link.topic for links in table.links.values() for link in links}
        assert all(section.of_topic(number) for number in topics)
        assert not any(code.scheme in (MEDIA_TOPICS, None) for code in table.links)
