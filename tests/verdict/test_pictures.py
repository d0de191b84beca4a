"""A picture has its own permission: nothing of its story's, and nothing is guessed."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest

from copytaster.item import AltId
from copytaster.item import Association
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import PubStatus
from copytaster.item import Restriction
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.moment import ZoneSource
from copytaster.verdict import pictures
from tests.verdict.making import PROFILE
from tests.verdict.making import item

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
EARLIER = NOW - timedelta(hours=1)


def picture(**facts: Any) -> Association:
    given = {"name": "main", "uri": "urn:harbour:quay", "type": "picture"}
    return Association(**(given | facts))


def moment(instant: datetime | None) -> Moment:
    return Moment(
        instant=instant,
        precision=Precision.second,
        zone_source=ZoneSource.explicit,
        raw="as sent",
    )


def decide(association: Association, now: datetime = NOW) -> pictures.PictureVerdict:
    return pictures.decide(association, PROFILE, frozenset({"GB"}), now, began=EARLIER)


def codes(association: Association, now: datetime = NOW) -> list[str]:
    return [reason.code for reason in decide(association, now).reasons]


def test_a_usable_picture_of_which_nothing_is_said_may_be_shown() -> None:
    assert decide(picture()) == pictures.PictureVerdict()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"pub_status": PubStatus.canceled}, "picture-killed"),
        ({"pub_status": PubStatus.withheld}, "picture-withheld"),
        ({"pub_status": PubStatus.hold}, "picture-doubtful"),
        ({"hold_reason": ("signal-unknown",)}, "picture-doubtful"),
        ({"hold_reason": ("rights-restricted",)}, "picture-restricted"),
        ({"embargo": Embargo(state=EmbargoState.indefinite)}, "picture-embargoed"),
        ({"embargo": Embargo(state=EmbargoState.unparseable)}, "picture-embargoed"),
        ({"embargo": Embargo(state=EmbargoState.until)}, "picture-embargoed"),
        ({"embargo": Embargo(state=EmbargoState.until, until=LATER)}, "picture-embargoed"),
        ({"expires": moment(NOW)}, "picture-expired"),
        ({"expires": moment(None)}, "picture-expired"),
        (
            {"usage_terms": ("Not to be used without the consent of the Guild",)},
            "picture-restricted",
        ),
        (
            {"restrictions": (Restriction(kind="territory", value="deny gb", source="field"),)},
            "picture-restricted",
        ),
    ],
)
def test_whatever_is_told_against_a_picture_closes_it(facts: dict[str, Any], code: str) -> None:
    assert codes(picture(**facts)) == [code]


def test_time_opens_an_embargo_and_ends_a_licence() -> None:
    embargo = Embargo(state=EmbargoState.until, until=LATER)
    waiting = picture(embargo=embargo, expires=moment(LATER + timedelta(hours=1)))
    assert decide(waiting, NOW).look_again == LATER
    assert codes(waiting, LATER) == []
    assert decide(waiting, LATER).look_again == LATER + timedelta(hours=1)
    assert codes(waiting, LATER + timedelta(hours=1)) == ["picture-expired"]


@pytest.mark.parametrize("terms", ["RESTRICTED TO EDITORIAL USE", "For editorial use only."])
def test_what_a_news_page_keeps_by_being_one_is_no_limit(terms: str) -> None:
    assert codes(picture(usage_terms=(terms,), hold_reason=("rights-restricted",))) == []


@pytest.mark.parametrize("words", ["UK OUT", "Use restricted to subscribers"])
def test_a_limit_that_binds_here_or_is_not_understood_closes_a_picture(words: str) -> None:
    closed = decide(picture(usage_terms=(words,))).reasons
    assert [reason.code for reason in closed] == ["picture-restricted"]
    assert closed[0].detail


def test_a_picture_for_a_time_only_goes_when_it_is_over() -> None:
    timed = picture(usage_terms=("NO ARCHIVE",))
    assert decide(timed).reasons == ()
    end = decide(timed).look_again
    assert end is not None
    assert codes(timed, end) == ["picture-restricted"]


@pytest.mark.parametrize(
    "caption",
    [
        "Ada Quay walks out of the harbour office (H. Eye/Harbour Photo)",
        "The lights go out over Port Hallam; no sale was made, the archive stays shut.",
        "PORT HALLAM, Vester - A ferry leaves on Monday.",
        "FILE PHOTO: The ferry in 2019",
    ],
)
def test_ordinary_captions_close_nothing(caption: str) -> None:
    assert codes(picture(caption=caption)) == []


def test_a_film_or_another_story_is_no_picture() -> None:
    kinds = ("picture", "graphic", "video", "text", None)
    assert [pictures.is_picture(picture(type=kind)) for kind in kinds] == [True, True] + [False] * 3


# --- taken back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "final"),
    [
        ({"pub_status": PubStatus.canceled}, True),
        ({"editorial_types": (EditorialType.elimination,)}, True),
        ({"editorial_types": (EditorialType.kill,)}, True),
        ({"pub_status": PubStatus.withheld}, False),
    ],
)
def test_a_message_under_a_pictures_own_id_takes_it_back(
    facts: dict[str, Any], final: bool
) -> None:
    said = item(guid="urn:p", type="picture", alt_ids=(AltId(value="XNP101"),), **facts)
    back = pictures.taken_back(said)
    assert [(one.id, one.final) for one in back] == [("urn:p", final), ("XNP101", final)]


def test_a_usable_picture_takes_nothing_back() -> None:
    assert pictures.taken_back(item(type="picture")) == ()


def test_a_story_may_take_back_a_picture_beside_it() -> None:
    killed = picture(pub_status=PubStatus.canceled)
    beside = (killed, picture(uri="urn:other"), picture(uri=None, pub_status=PubStatus.canceled))
    (back,) = pictures.taken_back(item(associations=beside))
    assert (back.id, back.final) == ("urn:harbour:quay", True)


def test_a_withheld_picture_beside_a_story_is_left_out_there_alone() -> None:
    withheld = picture(pub_status=PubStatus.withheld)
    assert pictures.taken_back(item(associations=(withheld,))) == ()


def test_a_killed_story_takes_back_no_picture_of_other_stories() -> None:
    killed = item(
        pub_status=PubStatus.canceled, associations=(picture(pub_status=PubStatus.canceled),)
    )
    assert pictures.taken_back(killed) == ()
