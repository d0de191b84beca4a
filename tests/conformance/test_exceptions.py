"""Exceptions speak of what they name, and of nothing else."""

from conformance.exceptions import Known
from conformance.exceptions import excused
from conformance.exceptions import known

_BY = (Known(file="feeds/*.xml", error="ValueError", says="no channel", reason="a root alone"),)


def test_an_exception_excuses_the_error_that_it_names() -> None:
    assert excused("feeds/a.xml", _BY, ValueError("there is no channel here")) is _BY[0]


def test_another_error_file_or_message_is_not_excused() -> None:
    assert excused("feeds/a.xml", _BY, ValueError("something else")) is None
    assert excused("feeds/a.xml", _BY, KeyError("no channel")) is None
    assert excused("other/a.xml", _BY, ValueError("no channel")) is None


def test_every_exception_says_why() -> None:
    told = known()
    reasons = [each.reason for group in (told.refused, told.characters) for each in group]
    assert all(len(reason) > 15 for reason in reasons)
