"""Every bomb is read or refused within a second and within bounds, in every format."""

import pytest

from copytaster import agency
from copytaster.formats import FormatError
from tests.fuzz import bombs
from tests.fuzz import hunt
from tests.fuzz import oracle

pytestmark = pytest.mark.fuzz


@pytest.mark.parametrize("body", [*bombs.BODIES])
@pytest.mark.parametrize("name", hunt.NAMES)
def test_no_body_costs_more_than_a_second(name: str, body: str) -> None:
    found = oracle.outcome(bombs.with_body(name, bombs.BODIES[body]), agency.load("bench"))
    assert not isinstance(found, FormatError) or oracle.is_told(str(found))


@pytest.mark.parametrize("name", hunt.NAMES)
def test_no_document_costs_more_than_a_second(name: str) -> None:
    profile = agency.load("bench")
    for bomb, document in bombs.shapes(name):
        try:
            found = oracle.outcome(document, profile)
        except oracle.Wrong as wrong:
            pytest.fail(f"{bomb}: {wrong}")
        assert not isinstance(found, FormatError) or oracle.is_told(str(found)), bomb
