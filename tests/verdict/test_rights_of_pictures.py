"""Whether one picture may be shown: judged by itself, whatever its story may."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from copytaster.agency import Contract
from copytaster.agency import Medium
from copytaster.item import Association
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import PubStatus
from copytaster.item import Restriction
from copytaster.verdict import Gate
from copytaster.verdict.rights import Rule
from copytaster.verdict.rights import may_show
from tests.verdict.making import PROFILE
from tests.verdict.making import clock
from tests.verdict.making import moment

INDIA = frozenset({"IN"})
NINE = clock("09:00")
NOON = clock("12:00")
SECOND = timedelta(seconds=1)


def shown(began: Any = NINE, now: Any = NOON, **fields: Any) -> Gate:
    contract = fields.pop("contract", Contract())
    profile = msgspec.structs.replace(PROFILE, contract=contract)
    return may_show(Association(**fields), profile, INDIA, now, began=began)


def test_a_picture_that_nothing_restricts_is_shown() -> None:
    gate = shown(caption="The quay on Monday.")
    assert (gate.open, gate.until) == (True, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"pub_status": PubStatus.hold},
        {"pub_status": PubStatus.withheld},
        {"pub_status": PubStatus.canceled},
        {"hold_reason": ("rights-restricted",)},
        {"embargo": Embargo(state=EmbargoState.indefinite)},
        {"embargo": Embargo(state=EmbargoState.unparseable)},
        {"embargo": Embargo(state=EmbargoState.until)},
        {"embargo": Embargo(state=EmbargoState.until, until=clock("12:01"))},
        {"expires": moment(None)},
        {"expires": moment(clock("12:00"))},
        {"usage_terms": ("INDIA OUT",)},
        {"usage_terms": ("RURITANIA OUT",)},
        {"usage_terms": ("NO INTERNET",)},
        {"usage_terms": ("NO PICTURES",)},
        {"usage_terms": ("MANDATORY CREDIT: JANE DOE",)},
        {"caption": "The quay. (Seaboard)\nINDIA OUT"},
        {"caption": "The quay == RESTRICTED TO EDITORIAL USE == FOR USE IN RURITANIA =="},
        {"restrictions": (Restriction(kind="territory", value="deny IN", source="field"),)},
        {"contract": Contract(pictures=False)},
        {"contract": Contract(media=(Medium.print,))},
        {"contract": Contract(not_in=("IN",))},
        {"contract": Contract(retention_hours=3)},
    ],
)
def test_whatever_closes_it_closes_it(fields: dict[str, Any]) -> None:
    gate = shown(**fields)
    assert not gate.open
    assert gate.words


@pytest.mark.parametrize(
    "fields",
    [
        {"usage_terms": ("TURKEY OUT",)},
        {"usage_terms": ('RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT "AFP PHOTO / X"',)}
        | {"credit": "AFP Photo / X"},
        {"usage_terms": ("NO SALES. TV OUT. EDITORIAL USE ONLY",)},
        {"caption": "Only two ferries sail; no use of the quay was made in Turkey."},
        {"restrictions": (Restriction(kind="territory", value="deny TR", source="field"),)}
        | {"usage_terms": ("territory: deny TR",)},
        {"embargo": Embargo(state=EmbargoState.until, until=clock("12:00"))},
    ],
)
def test_what_does_not_concern_the_house_closes_nothing(fields: dict[str, Any]) -> None:
    assert shown(**fields).open


def test_a_picture_expires_to_the_second() -> None:
    end = clock("13:00")
    gate = shown(now=end - SECOND, expires=moment(end))
    assert (gate.open, gate.until) == (True, end)
    assert not shown(now=end, expires=moment(end)).open


def test_the_time_of_a_picture_counts_from_its_story() -> None:
    end = clock("09:00") + timedelta(days=14)
    told = {"usage_terms": ("use within 14 days",)}
    assert shown(now=end - SECOND, **told).open
    assert not shown(now=end, **told).open


def test_a_time_that_nobody_can_count_closes_the_picture() -> None:
    gate = shown(began=None, usage_terms=("use within 14 days",))
    assert (gate.open, gate.rule) == (False, Rule.item)
    assert shown(began=None, usage_terms=("use until 31 December 2026",)).open
