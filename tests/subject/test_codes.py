"""One code, whichever way an agency writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import subject
from copytaster.item import Concept
from copytaster.subject import MEDIA_TOPICS
from copytaster.subject import SUBJECT_CODES
from copytaster.subject import Code


@pytest.mark.parametrize(
    ("concept", "scheme", "code"),
    [
        ({"uri": "medtop:20000002"}, MEDIA_TOPICS, "20000002"),
        ({"literal": "medtop:20000002"}, MEDIA_TOPICS, "20000002"),
        ({"uri": "https://cv.iptc.org/newscodes/mediatopic/20000002"}, MEDIA_TOPICS, "20000002"),
        ({"uri": "subj:15054000"}, SUBJECT_CODES, "15054000"),
        ({"uri": f"{SUBJECT_CODES}15054000"}, SUBJECT_CODES, "15054000"),
        ({"uri": "subj:", "literal": "subj:15054000"}, SUBJECT_CODES, "15054000"),
        ({"literal": "15054000", "scheme": "subj"}, SUBJECT_CODES, "15054000"),
        ({"literal": "20000002", "scheme": MEDIA_TOPICS}, MEDIA_TOPICS, "20000002"),
        ({"literal": "20000002"}, None, "20000002"),
        ({"literal": "cat:7"}, "cat", "7"),
        ({"literal": "7", "scheme": "cat"}, "cat", "7"),
        ({"literal": "7", "scheme": "http://x.example/cat/"}, "http://x.example/cat/", "7"),
        ({"uri": "http://x.example/cat/7"}, "http://x.example/cat/", "7"),
        ({"uri": "http://x.example/cat#7"}, "http://x.example/cat#", "7"),
        ({"uri": "urn:x:cat:7"}, "urn:x:cat:", "7"),
        ({"literal": "7"}, None, "7"),
    ],
)
def test_a_code_is_read_with_its_scheme(
    concept: dict[str, str], scheme: str | None, code: str
) -> None:
    assert subject.code_of(Concept(**concept)) == Code(scheme=scheme, code=code)


@pytest.mark.parametrize(
    "concept",
    [
        {},
        {"name": "ferries"},
        {"literal": "x" * 201},
        {"uri": f"{'a' * 30}:{'x' * 201}"},
        {"uri": f"{MEDIA_TOPICS}ferries"},
        {"uri": f"{SUBJECT_CODES}9900F001"},
        {"literal": "7", "scheme": MEDIA_TOPICS},
        {"uri": "medtop:ferries"},
    ],
)
def test_a_name_what_is_too_long_and_what_iptc_has_not_are_no_code(
    concept: dict[str, str],
) -> None:
    assert subject.code_of(Concept(**concept)) is None


def test_a_person_writes_a_code_as_agencies_do() -> None:
    assert subject.code_named("cat:7") == subject.code_of(Concept(literal="7", scheme="cat"))
    assert subject.code_named("") is None


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_a_code_is_bounded(uri: str, literal: str, scheme: str) -> None:
    found = subject.code_of(Concept(uri=uri, literal=literal, scheme=scheme))
    assert found is None or (0 < len(found.code) <= 200 and len(found.scheme or "") <= 200)
