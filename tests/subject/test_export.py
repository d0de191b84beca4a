"""IPTC's file: what it states is what is read of it, and nothing else."""

from typing import Any

import pytest

from copytaster import subject
from copytaster.subject import MEDIA_TOPICS
from copytaster.subject import SUBJECT_CODES
from copytaster.subject import Code
from copytaster.subject import ExportError
from copytaster.subject import Kind
from copytaster.subject import Link
from tests.subject.making import FERRIES
from tests.subject.making import LIGHTS
from tests.subject.making import QUAYS
from tests.subject.making import TIDES
from tests.subject.making import export
from tests.subject.making import mappings
from tests.subject.making import topic

RETIRED = {"retired": "2025-03-31T12:00:00+00:00"}


def links(*topics: dict[str, Any]) -> dict[tuple[str, str], set[tuple[str, Kind]]]:
    """(scheme, code) → (topic, kind)."""
    (table,) = mappings(*topics).tables
    return {
        ("medtop" if code.scheme == MEDIA_TOPICS else "subj", code.code): {
            (link.topic, link.kind) for link in found
        }
        for code, found in table.links.items()
    }


def test_matches_to_subject_codes_are_read_with_their_kind() -> None:
    assert links() == {
        ("subj", "99001001"): {(FERRIES, Kind.exact)},
        ("subj", "99001002"): {(TIDES, Kind.broad)},
        ("subj", "99001003"): {(TIDES, Kind.close)},
        ("subj", "99001004"): {(QUAYS, Kind.exact)},
    }


def test_its_version_is_the_day_it_was_released() -> None:
    (table,) = mappings().tables
    assert table.called == "IPTC Media Topics 2026-02-03"


def test_matches_to_other_vocabularies_are_passed_over() -> None:
    other = ["http://www.wikidata.org/entity/Q1", "http://x.example/subjectcode/99001001"]
    assert links(topic(FERRIES) | {"exactMatch": other}) == {}


def test_it_may_be_written_with_https_and_with_what_nobody_knows() -> None:
    data = export(future={"a": [1, {"b": None}]}).replace(b"http://cv.", b"https://cv.")
    (table,) = subject.read(data, "en").tables
    assert table.links[Code(scheme=SUBJECT_CODES, code="99001001")] == (
        Link(topic=FERRIES, kind=Kind.exact),
    )


# --- what is certain ----------------------------------------------------------------------------


def test_an_exact_match_stands_alone() -> None:
    narrower = topic(TIDES, broadMatch=["99001001"])
    found = links(narrower, topic(FERRIES, exactMatch=["99001001"]))
    assert found == {("subj", "99001001"): {(FERRIES, Kind.exact)}}


def test_a_topic_in_use_goes_before_a_retired_one() -> None:
    old = topic(TIDES, exactMatch=["99001001"], **RETIRED)
    found = links(old, topic(FERRIES, exactMatch=["99001001"]))
    assert found == {("subj", "99001001"): {(FERRIES, Kind.exact)}}


def test_two_exact_matches_are_no_more_than_close() -> None:
    found = links(topic(TIDES, exactMatch=["99001001"]), topic(FERRIES, exactMatch=["99001001"]))
    assert found == {("subj", "99001001"): {(TIDES, Kind.close), (FERRIES, Kind.close)}}


def test_a_retired_topic_keeps_its_number() -> None:
    found = links(topic(TIDES, exactMatch=["99001001"], **RETIRED))
    assert found == {("subj", "99001001"): {(TIDES, Kind.exact)}}


@pytest.mark.parametrize("named", [MEDIA_TOPICS + QUAYS, [MEDIA_TOPICS + QUAYS], "medtop:29000003"])
def test_a_successor_in_a_field_is_followed(named: str | list[str]) -> None:
    old = topic(TIDES, exactMatch=["99001001"], isReplacedBy=named, **RETIRED)
    assert links(old, topic(QUAYS)) == {
        ("subj", "99001001"): {(QUAYS, Kind.exact)},
        ("medtop", TIDES): {(QUAYS, Kind.exact)},
    }


def test_successors_are_followed_to_the_last() -> None:
    first = topic(TIDES, isReplacedBy=MEDIA_TOPICS + QUAYS, **RETIRED)
    second = topic(QUAYS, isReplacedBy=MEDIA_TOPICS + LIGHTS, **RETIRED)
    found = links(first, second, topic(LIGHTS))
    assert found[("medtop", TIDES)] == found[("medtop", QUAYS)] == {(LIGHTS, Kind.exact)}


@pytest.mark.parametrize(
    "said",
    [
        {"isReplacedBy": [MEDIA_TOPICS + QUAYS, MEDIA_TOPICS + FERRIES]},
        {"isReplacedBy": MEDIA_TOPICS + "29999999"},
        {"isReplacedBy": "quays"},
        {"isReplacedBy": MEDIA_TOPICS + TIDES},
        {"changeNote": {"en-GB": f"Retired. Use quays (medtop:{QUAYS}) instead."}},
    ],
)
def test_nothing_else_names_a_successor(said: dict[str, Any]) -> None:
    assert links(topic(TIDES, **said, **RETIRED), topic(QUAYS), topic(FERRIES)) == {}


def test_a_topic_in_use_has_no_successor() -> None:
    assert links(topic(TIDES, isReplacedBy=MEDIA_TOPICS + QUAYS), topic(QUAYS)) == {}


def test_topics_that_replace_each_other_stay_what_they_are() -> None:
    one = topic(TIDES, isReplacedBy=MEDIA_TOPICS + QUAYS, **RETIRED)
    other = topic(QUAYS, isReplacedBy=MEDIA_TOPICS + TIDES, **RETIRED)
    assert links(one, other) == {}


# --- labels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "harbour"),
        ("en-IN", "harbour"),
        ("en-US", "harbor"),
        ("de-CH", "Hafen"),
        ("pt", "porto (BR)"),
        ("pt-PT", "porto (PT)"),
        ("sv", "hamn"),
        ("da", "havn (dk)"),
        ("nn", "hamn (nn)"),
        ("no", "havn (nb)"),
        ("zh-Hans-CN", "港口"),
        ("zh", "港口"),
        ("zh-Hant", None),
        ("fr", None),
        ("e", None),
        ("", None),
    ],
)
def test_a_label_is_in_the_language_of_the_site_or_there_is_none(
    language: str, label: str | None
) -> None:
    named = {
        "en-US": "harbor",
        "en-GB": " harbour\n",
        "de": "Hafen",
        "pt-PT": "porto (PT)",
        "pt-BR": "porto (BR)",
        "se": "hamn",
        "dk": "havn (dk)",
        "no-NB": "havn (nb)",
        "no-NN": "hamn (nn)",
        "zh-Hans": "港口",
        "es": " ",
    }
    found = mappings(topic(FERRIES, prefLabel=named), language=language)
    assert found.labels.get(FERRIES) == label


def test_a_label_of_nothing_names_nothing() -> None:
    assert mappings(topic(FERRIES, prefLabel={"es": " "}), language="es").labels == {}


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no export"),
        (b"{}", "no export"),
        (b"[" * 100_000, "no export"),
        (b"<!DOCTYPE html>", "no export"),
        (b"\xff", "no export"),
        (export().replace(b"ferries", b"fe\xbeies"), "no export"),
        (export().replace(b"/mediatopic/29000001", b"/mediatopic/ferries"), "no Media Topic"),
        (export()[:-9], "no export"),
        (export(uri="http://cv.iptc.org/newscodes/genre/"), "not IPTC's Media Topics"),
        (export(dateReleased="lately"), "dateReleased 'lately' is no date"),
        (export(conceptSet=[]), "no export"),
        (export(conceptSet="all"), "no export"),
        (export(topic(FERRIES), topic(FERRIES)), f"{FERRIES} is there twice"),
        (export({"uri": "http://x.example/1"}), "no Media Topic"),
        (export(topic(FERRIES, prefLabel={"de": "x" * 501})), "no export"),
        (export(topic(FERRIES) | {"exactMatch": ["x"] * 1001}), "no export"),
        (export(*({"uri": "x"} for _ in range(20_001))), "no export"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(data: bytes, why: str) -> None:
    with pytest.raises(ExportError, match=why) as refused:
        subject.read(data, "en")
    assert "\n" not in str(refused.value)


def test_deep_nesting_in_what_nobody_knows_ends_in_a_refusal() -> None:
    deep = b"[" * 50_000 + b"]" * 50_000
    with pytest.raises(ExportError, match="no export"):
        subject.read(export().replace(b'"type"', b'"future": ' + deep + b', "type"', 1), "en")
