"""Sections: how an item's subjects name them."""

import pytest

from copytaster import section
from copytaster.item import Concept
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef


def item(*subjects: Concept, keywords: tuple[str, ...] = ()) -> Item:
    return Item(
        provider="a",
        guid="g",
        content_hash="h",
        pub_status=PubStatus.usable,
        raw_ref=RawRef(sha256="0", length=0),
        format=FormatName(name="ninjs"),
        subjects=subjects,
        keywords=keywords,
    )


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        (Concept(uri="http://cv.iptc.org/newscodes/mediatopic/15000000"), "sport"),
        (Concept(uri="medtop:04000000"), "economy"),
        (Concept(uri="http://cv.iptc.org/newscodes/subjectcode/04003001"), "economy"),
        (Concept(uri="subj:15054000"), "sport"),
        (Concept(name="Sports"), "sport"),
        (Concept(literal="business"), "economy"),
    ],
)
def test_a_subject_names_its_section(concept: Concept, code: str):
    assert section.of(item(concept)) == (code,)


@pytest.mark.parametrize(
    "concept",
    [
        Concept(uri="medtop:20000344"),
        Concept(uri="http://agency.example/topics/15000000x"),
        Concept(name="Sportswear"),
        Concept(uri="medtop:99000000"),
    ],
)
def test_a_subject_that_is_not_a_top_term_names_none(concept: Concept):
    assert section.of(item(concept)) == ()


def test_each_section_stands_once_in_the_agencys_order():
    subjects = (Concept(name="Weather"), Concept(name="Sport"), Concept(name="weather"))
    assert section.of(item(*subjects, keywords=("sports",))) == ("weather", "sport")
