"""digitalwires JSON: what an entry says, and that its NewsML-G2 says the same."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import formats
from copytaster.agency import Marker
from copytaster.agency import Where
from copytaster.agency import load
from copytaster.item import BodyKind
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Signal
from copytaster.item import Source
from tests.formats.reading import NOW
from tests.formats.reading import PROFILE
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read
from tests.formats.stories import Story
from tests.formats.stories import stories

URN = "urn:newsml:wire.example:20250101:251204-930-1"
ENTRY = {
    "format": "digitalwires@0.9.1",
    "type": "composite",
    "entry_id": "abc",
    "updated": "2025-12-04T09:01:00Z",
    "urn": URN,
    "version": 3,
    "version_created": "2025-12-04T10:00:00+01:00",
    "pubstatus": "usable",
    "signal": None,
    "embargoed": None,
    "language": "de",
    "urgency": 4,
    "headline": "Hafen nach Sturm wieder offen",
    "kicker": "Schifffahrt",
    "teaser": "Die Fähren fahren wieder.",
    "byline": "Von Ada Lund",
    "dateline": "Bergen (mer) - ",
    "article_html": '<section class="main"><p>Der Hafen ist <b>offen</b>.</p><p>Gut.</p></section>',
    "creditline": "mer",
    "copyrightnotice": "Copyright 2025, mer",
    "usageterms": "Nutzung nur nach Vereinbarung",
    "categories": [],
    "associations": [],
    "ednotes": [],
}
MAIN = profile(id="dpa", body_selector="main")


def entry(**changes: object) -> dict:
    return {**ENTRY, **changes}


def one(agency: object = MAIN, **changes: object) -> Item:
    return item(entry(**changes), agency)


def note(role: str | None, words: object, *, publishable: bool = True) -> dict:
    named = f"dpaednoterole:{role}" if role else None
    return {"role": named, "ednote": words, "is_publishable": publishable}


def category(kind: str, name: str | None, qcode: str | None = None, **more: object) -> dict:
    return {"type": f"dnltype:{kind}", "name": name, "qcode": qcode, **more}


# --- documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [ENTRY, [ENTRY], {"entries": [ENTRY]}, {"entries": [ENTRY], "next": "x"}, [{"a": 1}, ENTRY]],
    ids=["entry", "list", "entries", "page", "after-a-stranger"],
)
def test_an_entry_comes_alone_in_a_list_or_around_entries(document: object) -> None:
    parsed = read(document, MAIN)
    assert parsed.format.name == "digitalwires"
    assert [found.guid for found in parsed.items] == [URN]


def test_an_answer_without_entries_is_no_error() -> None:
    assert read({"entries": []}).items == ()


@pytest.mark.parametrize("bad", [None, 3, [], {}, {"urn": ""}, {"urn": 7}, {"urn": "x" * 5000}])
def test_an_entry_without_urn_does_not_lose_its_neighbours(bad: object) -> None:
    parsed = read([ENTRY, bad, entry(urn="urn:after")])
    assert [found.guid for found in parsed.items] == [URN, "urn:after"]
    assert [failed.index for failed in parsed.failed] == [1]
    assert "digitalwires" in parsed.failed[0].error


def test_an_object_with_urn_and_no_other_mark_is_not_claimed() -> None:
    with pytest.raises(formats.FormatError):
        read({"urn": URN, "title": "x"})


# --- identity, version, dates --------------------------------------------------------------------


def test_the_urn_is_the_story_and_the_version_only_an_attribute() -> None:
    found = one(version=24)
    assert (found.guid, found.version, found.version_number) == (URN, "24", 24)
    assert found.format.version == "0.9.1"
    assert [(alt.role, alt.value) for alt in found.alt_ids] == [("entry_id", "abc")]


def test_the_version_has_its_own_time_and_the_entry_its_time_of_sending() -> None:
    found = one(content_created="2019-12-07")
    assert found.version_created.raw == ENTRY["version_created"]
    assert found.sent.raw == ENTRY["updated"]
    assert found.content_created.instant is None
    assert one(version_created="gestern").hold_reason == ("date-missing",)


# --- what may be published -----------------------------------------------------------------------


def test_ordinary_copy_flows() -> None:
    found = one()
    assert (found.pub_status, found.hold_reason) == (PubStatus.usable, ())
    assert (found.type, found.body_kind, found.repairs) == ("text", BodyKind.full, ())


def test_no_status_is_held_unless_the_profile_says_what_it_means() -> None:
    found = one(pubstatus=None)
    assert (found.pub_status, found.hold_reason) == (PubStatus.hold, ("status-missing",))
    usable = msgspec.structs.replace(MAIN, missing_status="usable")
    assert one(usable, pubstatus=None).pub_status is PubStatus.usable


@pytest.mark.parametrize(
    ("status", "read_as"),
    [
        ("canceled", PubStatus.canceled),
        ("withheld", PubStatus.withheld),
        ("", PubStatus.hold),
        ("planned", PubStatus.hold),
        (3, PubStatus.hold),
    ],
)
def test_a_status_is_read_and_what_is_not_known_is_held(status: object, read_as: PubStatus) -> None:
    assert one(pubstatus=status).pub_status is read_as


def test_the_stricter_of_field_and_category_binds() -> None:
    canceled = category("pubstatus", "canceled", "stat:canceled")
    assert one(categories=[canceled]).pub_status is PubStatus.canceled
    usable = category("pubstatus", "usable", "stat:usable")
    assert one(pubstatus=None, categories=[usable]).pub_status is PubStatus.usable
    assert one(pubstatus="withheld", categories=[usable]).pub_status is PubStatus.withheld


@pytest.mark.parametrize(
    ("word", "kinds", "holds"),
    [
        ("sig:correction", (EditorialType.correction,), ()),
        ("sig:update", (EditorialType.update,), ()),
        ("dpasig:isplanned", (), ("signal-unknown",)),
    ],
)
def test_signals_are_told_once_from_field_and_category(
    word: str, kinds: tuple[EditorialType, ...], holds: tuple[str, ...]
) -> None:
    found = one(signal=word, categories=[category("signal", "x", word)])
    assert (found.editorial_types, found.hold_reason) == (kinds, holds)
    assert len(found.signals) == 1


def test_a_planned_text_is_what_the_profile_says_of_its_signal() -> None:
    planned = msgspec.structs.replace(MAIN, signals={"dpasig:isplanned": "schedule"})
    assert one(planned, signal="dpasig:isplanned").editorial_types == (EditorialType.schedule,)


def test_a_signal_of_iptc_has_its_address() -> None:
    uri = "http://cv.iptc.org/newscodes/signal/update"
    assert one(signal="sig:update").signals == (Signal(uri=uri, literal="sig:update", known=True),)


def test_an_embargo_is_the_field_and_the_note_its_reason() -> None:
    told = note("embargo", "Bitte Sperrfrist beachten")
    found = one(embargoed="2025-12-05T19:00:00+01:00", ednotes=[told])
    assert found.embargo.state is EmbargoState.until
    assert found.embargo.reason_text == "Bitte Sperrfrist beachten"
    assert one(embargoed="heute Abend").embargo.state is EmbargoState.unparseable
    assert one(embargoed="").embargo.state is EmbargoState.indefinite
    assert one(ednotes=[told]).hold_reason == ("embargo-note",)


def test_what_the_agency_says_by_genre_or_note_makes_a_test_or_an_advisory() -> None:
    telling = msgspec.structs.replace(
        MAIN,
        markers=(
            Marker(where=(Where.genre,), equals=("dpatextgenre:27",), means=EditorialType.advisory),
            Marker(where=(Where.note,), contains=("Test-Artikel",), means=EditorialType.test),
        ),
    )
    genre = category("genre", "Achtung", "dpatextgenre:27")
    assert one(telling, categories=[genre]).editorial_types == (EditorialType.advisory,)
    tested = note("genrenote", "Multimedialer Test-Artikel")
    assert one(telling, ednotes=[tested]).editorial_types == (EditorialType.test,)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("headline", 3),
        ("byline", ["a"]),
        ("article_html", {"a": 1}),
        ("version_created", 3),
        ("version", [1]),
        ("usageterms", 3),
        ("signal", 3),
        ("ednotes", 3),
        ("categories", {"a": 1}),
    ],
)
def test_what_bears_on_publishing_holds_when_its_type_is_wrong(name: str, value: object) -> None:
    assert "field-malformed" in one(**{name: value}).hold_reason


# --- notes ---------------------------------------------------------------------------------------


def test_only_the_correction_written_for_readers_is_for_readers() -> None:
    found = one(ednotes=[
        note("correction", "Im 2. Absatz Namen korrigiert"),
        note("correctionshort", "Name korrigiert"),
        note("correction_consumerready", "In einer früheren Fassung stand ein falscher Name."),
        note("dpacontacts", "Redaktion: +47 1", publishable=False),
    ])  # fmt: skip
    assert found.correction_text.public == "In einer früheren Fassung stand ein falscher Name."
    assert found.correction_text.internal == "Im 2. Absatz Namen korrigiert\nName korrigiert"
    assert "Redaktion: +47 1" in found.ed_note
    assert "früheren" not in found.ed_note


def test_several_corrections_for_readers_are_all_kept() -> None:
    sent = [note("correction_consumerready", "Der Name."), note("correction_consumerready", "Ort.")]
    found = one(ednotes=sent)
    assert found.correction_text is not None
    assert found.correction_text.public == "Der Name.\nOrt."


def test_a_type_of_the_wrong_type_holds() -> None:
    assert "field-malformed" in one(type=5).hold_reason


def test_a_correction_for_readers_that_may_not_be_published_is_for_editors() -> None:
    found = one(ednotes=[note("correction_consumerready", "Nein", publishable=False)])
    assert (found.correction_text, found.ed_note) == (None, "Nein")


def test_the_notepad_adds_what_no_note_has_said() -> None:
    notepad = {
        "header_html": "<header><h3>Notizblock</h3></header>",
        "public_html": "<section><h4>Orte</h4><ul><li>Foto geplant</li>"
                       "<li>[Hafen](Kai 1, <a href='x'>Bergen</a>)</li></ul></section>",
        "nonpublic_html": "<section><p>Nicht f&uuml;r Leser</p></section>",
    }  # fmt: skip
    found = one(ednotes=[note("picture", "Foto geplant")], notepad=notepad)
    told = ["Foto geplant", "Orte", "[Hafen](Kai 1, Bergen)", "Nicht für Leser"]
    assert found.ed_note.split("\n") == told
    assert "Hafen](" not in formats.text_of(found)


def test_a_note_without_role_or_object_is_for_editors() -> None:
    assert one(ednotes=[note(None, "Archivbild"), "Achtung"]).ed_note == "Archivbild\nAchtung"


def test_the_notice_for_automatic_publishing_is_a_public_note() -> None:
    assert one(autopublishnotice="© mer, mer:1/1").public_note == "© mer, mer:1/1"


# --- words and editorial facts -------------------------------------------------------------------


def test_the_article_is_the_text() -> None:
    assert formats.text_of(one()) == "Der Hafen ist offen.\n\nGut.\n"
    assert one().copy.omissions == {}


def test_what_stands_beside_the_selected_part_is_left_out_by_name() -> None:
    article = f"<header><h1>Hafen</h1></header>{ENTRY['article_html']}"
    found = one(article_html=article)
    assert formats.text_of(found) == "Der Hafen ist offen.\n\nGut.\n"
    assert found.copy.omissions == {"outside-selection": 5}


def test_an_article_without_the_selected_part_is_read_whole() -> None:
    found = one(article_html="<p>The main harbour is open.</p>")
    assert formats.text_of(found) == "The main harbour is open.\n"


def test_a_box_of_facts_follows_its_article_and_is_no_story_alone() -> None:
    box = "<section><h3>Der Hafen</h3><p>Seit 1070.</p></section>"
    found = one(infobox_html=box)
    assert formats.text_of(found) == "Der Hafen ist offen.\n\nGut.\n\nDer Hafen\n\nSeit 1070.\n"
    assert found.hold_reason == ()
    assert one(article_html=None, infobox_html=box).body_kind is BodyKind.summary


def test_headlines_have_their_roles_and_the_main_one_none() -> None:
    found = one(subhead="Untertitel")
    assert [(h.role, h.value) for h in found.headlines] == [
        (None, ENTRY["headline"]),
        ("subhead", "Untertitel"),
        ("kicker", "Schifffahrt"),
    ]


def test_the_lines_around_the_text_are_kept_as_sent() -> None:
    found = one()
    assert (found.by, found.dateline, found.credit) == ("Von Ada Lund", "Bergen (mer) -", "mer")
    assert [(d.role, d.value) for d in found.descriptions] == [("teaser", ENTRY["teaser"])]
    assert (found.usage_terms, found.urgency) == ((ENTRY["usageterms"],), 4)


def test_without_words_everything_else_is_as_it_is() -> None:
    data = json.dumps(ENTRY).encode()
    bare = formats.parse(data, PROFILE, formats.Context(received=NOW, words=False)).items[0]
    whole = item(data, PROFILE)
    assert bare.copy.blocks == ()
    assert (bare.bodies, bare.body_kind, bare.type) == (whole.bodies, BodyKind.full, "text")


# --- categories ----------------------------------------------------------------------------------


def test_categories_go_where_their_type_says_by_rank() -> None:
    found = one(categories=[
        category("dpasubject", "Krieg", "medtop:20000062", rank=2),
        category("dpasubject", "Hafen", "dpasubject:7", rank=1),
        category("desk", "Politik", "dpacat:pl"),
        category("geosubject", "Bergen", "dpaarea:3", rank=1),
        category("poi", "Kai 1, Bergen", geojson={"properties": {"name": "Kai 1"}}),
        category("genre", "Meldung", "dpatextgenre:1"),
        category("keyword", "Sturm"),
        category("person", "Ada Lund"),
        category("creator", "Bo Ek", "dpaaccno:1"),
        category("creator", "ek.bo"),
        category("wire", "bdt", "dpasrv:bdt"),
        category("rubric", "x", "dnlpath:weblines.x"),
        category("located", "Bergen"),
        category("infosource", "AP", "dpacprh:ap", role="isrol:contentSource"),
        {"name": "without a type"}, 3,
    ])  # fmt: skip
    assert [s.name for s in found.subjects] == ["Politik", "Hafen", "Krieg"]
    assert found.subjects[2].uri == "http://cv.iptc.org/newscodes/mediatopic/20000062"
    assert found.subjects[1] == Concept(literal="dpasubject:7", name="Hafen")
    assert [p.name for p in found.places] == ["Bergen", "Kai 1"]
    assert (found.keywords, found.people[0].name) == (("Sturm",), "Ada Lund")
    assert (found.services, found.channels) == (("dpasrv:bdt",), ("dnlpath:weblines.x",))
    assert (found.located, found.dateline_detail.city) == ("Bergen", "Bergen")
    assert found.bylines == (Byline(name="Bo Ek"),)
    assert found.info_sources == (Source(name="AP", role="contentSource"),)
    assert found.genres[0].literal == "dpatextgenre:1"


# --- media ---------------------------------------------------------------------------------------

IMAGE = {
    "type": "image",
    "urn": "urn:picture",
    "version": 9,
    "headline": "Hafen",
    "is_featureimage": True,
    "caption": "Der Hafen am Morgen.",
    "creditline": "Cy Dal/mer",
    "renditions": [
        {"url": "https://img.example/1.jpg?s=1&x=2", "mimetype": "image/jpeg", "width": 2048,
         "height": 1365, "size": 2048},
        {"url": "javascript:alert(1)"},
    ],
}  # fmt: skip


def test_a_picture_beside_the_text_has_words_and_permission_of_its_own() -> None:
    found = one(associations=[IMAGE, {**IMAGE, "urn": "urn:2", "pubstatus": "usable",
                                      "embargoed": "2025-12-05T00:00:00Z"}])  # fmt: skip
    first, second = found.associations
    assert (first.type, first.role, first.uri, first.version) == (
        "picture",
        "feature",
        "urn:picture",
        "9",
    )
    assert (first.caption, first.credit) == ("Der Hafen am Morgen.", "Cy Dal/mer")
    assert [(r.href, r.width) for r in first.renditions] == [
        ("https://img.example/1.jpg?s=1&x=2", 2048)
    ]
    assert first.pub_status is PubStatus.hold
    assert (second.pub_status, second.embargo.state) == (PubStatus.usable, EmbargoState.until)
    assert found.pub_status is PubStatus.usable


@pytest.mark.parametrize(
    ("kind", "read_as"), [("image", "picture"), ("audio", "audio"), ("video", "video")]
)
def test_an_entry_without_an_article_is_what_it_brings(kind: str, read_as: str) -> None:
    brought = {**IMAGE, "type": kind, "urn": URN}
    found = one(article_html=None, associations=[brought])
    assert (found.type, found.body_kind) == (read_as, BodyKind.none)
    assert [rendition.width for rendition in found.renditions] == [2048]


def test_an_entry_with_nothing_in_it_is_a_text_that_was_taken_out() -> None:
    found = one(article_html=None, pubstatus="canceled")
    assert (found.type, found.pub_status) == ("text", PubStatus.canceled)
    assert one(type="hologram").hold_reason == ("type-unknown",)


def test_links_beside_the_text_are_kept_and_only_safe_ones() -> None:
    box = (
        "<section class='linkbox'><ul><li><a class=x href='https://a.example/?a=1&amp;b=2'>Karte"
        '</a></li><li><a href="javascript:x">Nein</a></li><li><a>Leer</a></li></ul></section>'
    )
    found = one(linkbox_html=box).associations
    assert [(a.role, a.uri, a.headline) for a in found] == [
        ("seeAlso", "https://a.example/?a=1&b=2", "Karte")
    ]


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_truncated_entry_is_refused(cut: int) -> None:
    with pytest.raises(formats.FormatError):
        read(json.dumps(ENTRY).encode()[:-cut])


def test_more_entries_than_the_limit_are_refused() -> None:
    with pytest.raises(formats.OverLimit):
        read([{"urn": str(n), "version_created": None} for n in range(formats.MOST_ITEMS + 1)])


@pytest.mark.parametrize("name", ["article_html", "linkbox_html", "notepad", "infobox_html"])
@pytest.mark.parametrize(
    "markup", ["<a href=" * 60_000, "<a href='' " * 60_000, "<" * 300_000, "<p>" * 9_000]
)
def test_hostile_markup_takes_no_more_than_a_second(name: str, markup: str) -> None:
    value = {"public_html": markup} if name == "notepad" else markup
    began = time.monotonic()
    one(**{name: value})
    assert time.monotonic() - began < 2


def test_a_long_notepad_beside_a_long_note_takes_no_more_than_a_second() -> None:
    lines = "".join(f"<p>{'a' * 200}b</p>" for _ in range(4_000))
    began = time.process_time()
    found = one(ednotes=[note("x", "a" * 1_000_000)], notepad={"public_html": lines})
    assert time.process_time() - began < 1
    assert (found.ed_note or "").count("b") == 4_000


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
_names = st.sampled_from([*ENTRY, "notepad", "linkbox_html", "infobox_html", "descriptions"])
_of_the_format = st.sampled_from(
    [[IMAGE], [category("poi", None, geojson=3)], [note("embargo", 3)], {"public_html": 3}]
)


@given(st.dictionaries(_names, _json | _of_the_format, max_size=6))
def test_whatever_shape_a_fact_has_the_entry_is_heard(changes: dict) -> None:
    """It may be a withdrawal: only what has no id is not read."""
    changed = entry(**changes) | {"urn": URN, "pubstatus": "canceled"}
    parsed = read([changed], format="digitalwires")
    assert parsed.failed == ()
    assert [found.pub_status for found in parsed.items] == [PubStatus.canceled]


# --- round trip ----------------------------------------------------------------------------------


def _written(told: Story) -> dict:
    return {
        "format": "digitalwires@0.9.1",
        "urn": told.guid,
        "version": told.version,
        "version_created": told.created,
        "embargoed": told.embargo,
        "pubstatus": told.status,
        "headline": told.headline,
        "byline": told.by,
        "ednotes": [note("editorialnote", told.note)] if told.note else [],
        "language": told.language,
        "article_html": '<section class="main">'
        + "".join(f"<p>{escape(words)}</p>" for words in told.paragraphs)
        + "</section>",
    }


@given(told=stories)
def test_what_was_written_is_what_is_read(told: Story) -> None:
    found = item(_written(told), MAIN)
    assert (found.guid, found.version_number) == (told.guid, told.version)
    assert found.version_created.instant == datetime.fromisoformat(told.created)
    assert (found.headline, found.by, found.ed_note) == (told.headline, told.by, told.note)
    assert found.language == told.language
    assert found.pub_status is PubStatus(told.status)
    assert formats.text_of(found) == "\n\n".join(told.paragraphs) + "\n"
    assert found.hold_reason == ()
    until = None if told.embargo is None else datetime.fromisoformat(told.embargo)
    assert found.embargo.until == until


# --- the same story in NewsML-G2 -----------------------------------------------------------------

# What differs for reasons of the two formats, and why.
_OF_THE_FORMAT = {
    "raw_ref": "other bytes",
    "format": "other bytes",
    "bodies": "the body as sent, which in G2 has a page around it",
    "content_hash": "it covers the rest of this list",
    "warnings": "they name places in the document",
    "item_class": "G2 only",
    "profile": "G2 names the program that made it",
    "status_raw": "usable, and stat:usable",
    "alt_ids": "the entry's own id: JSON only",
    "sent": "the entry's time of sending: JSON only",
    "public_note": "the notice for automatic publishing: JSON only",
    "channels": "the rubrics: JSON only",
    "people": "JSON only",
}
# What both say, told apart by what each can say of it.
_COMPARED_APART = {
    "copy": "G2 puts teaser and dateline into the text",
    "ed_note": "G2 has the whole notepad in one note",
    "headlines": "G2 has no role for the kicker",
    "associations": "G2 has links only, JSON the media themselves",
    "places": "G2 numbers the points of interest",
    "genres": "G2 has the first only",
    "subjects": "G2 leaves out another agency's subjects",
    "located": "G2 leaves out where a picture was made",
    "dateline_detail": "G2 leaves out where a picture was made",
    "usage_terms": "G2 writes the word None for none",
}
# An entry without a status: held here; its G2 has none either, and there the schema's default.
_OF_NO_STATUS = {"pub_status", "hold_reason"}


def _twins(corpus: Path) -> Iterator[tuple[str, dict, Item, Item]]:
    data = corpus / "dpa-digitalwires/tests/data"
    for path in sorted((data / "input").glob("*.json")):
        sent = json.loads(path.read_text("utf-8"))
        other = item((data / "output" / f"{path.stem}.xml").read_bytes(), MAIN)
        yield path.stem, sent, item(path.read_bytes(), MAIN), other


def test_a_story_in_both_formats_gives_equal_items(corpus: Path) -> None:
    twins = list(_twins(corpus))
    assert len(twins) > 9
    left_out = set(_OF_THE_FORMAT) | set(_COMPARED_APART)
    for name, sent, one_, other in twins:
        differ = {
            field.name
            for field in msgspec.structs.fields(Item)
            if field.name not in left_out
            and getattr(one_, field.name) != getattr(other, field.name)
        }
        assert differ == (_OF_NO_STATUS if sent["pubstatus"] is None else set()), name


def test_both_formats_have_every_paragraph_but_for_teaser_and_dateline(corpus: Path) -> None:
    compared = 0
    for name, sent, one_, other in _twins(corpus):
        paragraphs = formats.text_of(other).rstrip("\n").split("\n\n")
        if sent["teaser"] and paragraphs[0] == sent["teaser"]:
            paragraphs = paragraphs[1:]
        mine = formats.text_of(one_).rstrip("\n").split("\n\n")
        if dateline := sent["dateline"]:
            assert paragraphs[0].startswith(dateline), name
            # Now and then the article has its dateline in the text already.
            paragraphs[0] = paragraphs[0].removeprefix(dateline)
            mine[0] = mine[0].removeprefix(dateline)
        assert mine == paragraphs, name
        compared += len(paragraphs)
    assert compared > 100


def _values(*found: object) -> list[object]:
    return [getattr(each, "value", None) or getattr(each, "name", None) for each in found]


def test_what_the_formats_say_differently_they_say_of_the_same_things(corpus: Path) -> None:
    for name, sent, one_, other in _twins(corpus):
        assert _values(*one_.headlines) == _values(*other.headlines), name
        assert _values(*one_.places) == _values(*other.places), name
        assert one_.genres[: len(other.genres)] == other.genres, name
        assert one_.subjects[: len(other.subjects)] == other.subjects, name
        assert other.located in (None, one_.located), name
        assert other.usage_terms in (one_.usage_terms, ("None",)), name
        linked = {(a.uri, a.version, a.headline) for a in other.associations}
        assert linked <= {(a.uri, a.version, a.headline) for a in one_.associations}, name
        for told in sent["ednotes"]:
            assert told["ednote"].strip() in (one_.ed_note or ""), name


def test_every_character_of_every_article_is_accounted_for(corpus: Path) -> None:
    for name, _, found, _ in _twins(corpus):
        assert not {"words-unaccounted", "body-unreadable"} & set(found.hold_reason), name
        assert found.copy.omissions == {}, name


FOR_EDITORS = {
    "rubix_multimedia_testartikel": EditorialType.test,
    "lesestuecke": EditorialType.advisory,
    "hoerfunk": EditorialType.schedule,
    "tvo_pol": EditorialType.schedule,
}


def test_tests_and_plans_are_never_for_readers_in_either_format(corpus: Path) -> None:
    data = corpus / "dpa-digitalwires/tests/data"
    agency = load("dpa")
    for path in sorted((data / "input").glob("*.json")):
        other = data / "output" / f"{path.stem}.xml"
        for document in (path, other):
            told = set(item(document.read_bytes(), agency).editorial_types)
            expected = FOR_EDITORS.get(path.stem)
            assert told & set(FOR_EDITORS.values()) == ({expected} if expected else set())
