"""Every bomb is read or refused within a second and within bounds, in every format.

Here a twentieth of each; ``make fuzz`` throws them whole.
"""

import pytest

from tests.fuzz import hunt
from tests.fuzz.siege import siege


@pytest.mark.fuzz
@pytest.mark.parametrize("name", hunt.NAMES)
def test_no_document_costs_more_than_a_second(name: str) -> None:
    stood = siege(name)
    assert stood.caught == ()
    assert stood.thrown > 40
