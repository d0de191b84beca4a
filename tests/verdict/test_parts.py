"""Further parts of a story: what is joined follows from the set, and only what is proven is."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from copytaster import text
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.item import Restriction
from copytaster.item import Target
from copytaster.item import TargetKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import Verdict
from copytaster.verdict import parts
from copytaster.verdict.notices import Candidate
from tests.verdict.making import GUID
from tests.verdict.making import at
from tests.verdict.making import clock
from tests.verdict.making import codes
from tests.verdict.making import item
from tests.verdict.making import message
from tests.verdict.making import moment
from tests.verdict.making import notice
from tests.verdict.making import release
from tests.verdict.making import until

ADD = {"partial": Partial.add, "editorial_types": (EditorialType.add,)}
WHOLE = message("The ferry runs again.", version=None, made="09:00", by="By Ada Quay")


def part(number: int, words: str, made: str, **fields: Any) -> Message:
    """The n-th add of a wire, as its base is told of it."""
    guid = f"{GUID}:add:{words[:5]}"
    facts = {"version": None, "made": made, "received": made, "guid": guid} | ADD | fields
    said = message(words, **facts)
    mine = replace(said.item, version=f"ADD {number}")
    return laid(replace(said, item=mine), guid)


def laid(said: Message, guid: str, **facts: Any) -> Message:
    given = {"new_status": PubStatus.usable, "part": guid} | facts
    return replace(said, target=Target(kind=TargetKind.part, idref=GUID, **given))


ONE = part(1, "It left at seven.", "09:05")
TWO = part(2, "It was full by eight.", "09:10")


def shown(verdict: Verdict) -> list[str]:
    assert verdict.current is not None
    return text.plain(verdict.current.copy).rstrip("\n").split("\n\n")


# --- what a part says of its place --------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "number"),
    [
        ("ADD 1", 1), ("1ST ADD", 1), ("2nd Add", 2), ("1stAdd", 1), ("3. ADD", 3), ("Add-2", 2),
        ("TAKE 2", 1), ("3rd take", 2), ("2ndAdd a0512", 2), ("ADD 1, EILT", 1),
        ("ADD", None), ("TAKE 1", None), ("ADD 0", None), ("ADD 21", None), ("", None),
        ("1stLd-1stAdd", None), ("1ST LEAD, ADD 1", None), ("1ST ADD, 2ND ADD", None),
        ("LADD 1", None),
    ],
)  # fmt: skip
def test_the_number_of_a_part_is_what_it_says(version: str, number: int | None) -> None:
    assert parts.take_of(replace(item(**ADD), version=version)) == number


@pytest.mark.parametrize("kind", [EditorialType.insert, EditorialType.sub])
def test_an_insert_and_a_sub_have_no_number(kind: EditorialType) -> None:
    said = item(partial=Partial.patch, editorial_types=(kind,))
    assert parts.take_of(replace(said, version="ADD 1")) is None


def _base(story: str, number: str | None, made: str = "09:00") -> Candidate:
    whole = message(made=made, version=None, slugline="ferry", transmit_id=number)
    return Candidate(story=story, guid=f"urn:{story}", versions=(whole,))


@pytest.mark.parametrize(
    ("take", "numbers", "found", "is_sure"),
    [
        ("ADD 1", ["a0061"], [0], True),
        ("ADD 1", ["a0061", "a0062"], [0, 1], False),
        ("ADD 1 a0062", ["a0061", "a0062"], [1], True),
        ("ADD 1 a0062", ["a0062"], [0], True),
        ("ADD 1 a0062", ["a0061"], [0], False),
        ("ADD 1 a0062", [None], [0], False),
        ("ADD 1 a0062", ["a0062", "a0062"], [0, 1], False),
    ],
)
def test_a_part_goes_with_the_number_that_it_gives_and_no_other(
    take: str, numbers: list[str | None], found: list[int], is_sure: bool
) -> None:
    said = message(version=None, made="09:05", slugline="ferry", **ADD)
    said = replace(said, item=replace(said.item, version=take))
    candidates = [_base(str(n), number) for n, number in enumerate(numbers)]
    expected = [candidates[n] for n in found]
    assert parts.bases(said, candidates) == (expected, is_sure)


# --- joined -------------------------------------------------------------------------------------

KILLS = {
    "nobody": (),
    "the base": (notice(),),
    "the first add": (laid(notice(guid="urn:kill"), ONE.item.guid, new_status=PubStatus.canceled),),
    "the second": (laid(notice(guid="urn:kill"), TWO.item.guid, new_status=PubStatus.canceled),),
}
LEFT = {"nobody": [WHOLE, ONE, TWO], "the first add": [WHOLE], "the second": [WHOLE, ONE]}


@pytest.mark.parametrize("killed", KILLS)
def test_every_order_of_base_adds_and_kill_ends_the_same(killed: str) -> None:
    verdicts = [at("11:00", order) for order in permutations([WHOLE, ONE, TWO, *KILLS[killed]])]
    assert all(verdict == verdicts[0] for verdict in verdicts)
    if killed == "the base":
        assert verdicts[0].state is State.killed
        return
    assert verdicts[0].state is State.live
    assert shown(verdicts[0]) == [text.plain(m.item.copy).strip() for m in LEFT[killed]]
    gone = {m.item.content_hash for m in (ONE, TWO) if f"{killed}" == _called(m)}
    assert set(verdicts[0].withdrawn) == gone


def _called(one: Message) -> str:
    return "the first add" if one is ONE else "the second"


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=4, unique=True), st.randoms())
def test_what_is_joined_is_each_message_whole_and_in_order(words: list[str], chance: Any) -> None:
    adds = [
        replace(part(n, w, f"09:1{n}"), target=Target(part=f"urn:{n}", kind=TargetKind.part))
        for n, w in enumerate(words, start=1)
    ]
    adds = [
        laid(replace(one, item=replace(one.item, guid=f"urn:{n}")), f"urn:{n}")
        for n, one in enumerate(adds, start=1)
    ]
    sent = [WHOLE, *adds]
    chance.shuffle(sent)
    verdict = at("11:00", sent)
    assert verdict.current is not None
    joined = [WHOLE, *adds][: len(verdict.parts) or 1]
    assert text.plain(verdict.current.copy) == "\n".join(
        text.plain(message.item.copy) for message in joined
    )
    assert verdict.current.headline == WHOLE.item.headline


def test_what_is_joined_is_dated_as_its_last_part_and_has_a_hash_of_its_own() -> None:
    verdict = at("11:00", [WHOLE, ONE])
    assert verdict.current is not None
    assert verdict.current.version_created == ONE.item.version_created
    assert verdict.parts == (WHOLE.item.content_hash, ONE.item.content_hash)
    assert verdict.current.content_hash not in verdict.parts


def test_a_newer_base_stands_without_the_parts_of_the_older() -> None:
    newer = message("The ferry stops again.", version=None, made="09:20")
    assert shown(at("11:00", [WHOLE, ONE, TWO, newer])) == ["The ferry stops again."]


def test_a_hold_on_a_part_may_be_lifted() -> None:
    held = laid(notice(guid="urn:hold"), ONE.item.guid, new_status=PubStatus.withheld)
    free = laid(
        notice(guid="urn:free", made="10:30", received="10:30"),
        ONE.item.guid,
        new_status=PubStatus.usable,
    )
    assert len(at("11:00", [WHOLE, ONE, held]).parts) == 0
    assert len(at("11:00", [WHOLE, ONE, held, free]).parts) == 2


def test_a_part_under_an_embargo_joins_when_it_ends() -> None:
    waiting = part(1, "It left at seven.", "09:05", embargo=until("12:00"))
    before = at("11:00", [WHOLE, waiting])
    assert (len(before.parts), before.look_again) == (0, clock("12:00"))
    assert len(at("12:00", [WHOLE, waiting]).parts) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"pub_status": PubStatus.hold},
        {"hold_reason": ("signal-unknown",)},
        {"by": "By Somebody Else"},
        {"language": "fr"},
        {"dateline": "Elsewhere (sbd) -"},
        {"usage_terms": ("Not for use in print.",)},
        {"restrictions": (Restriction(kind="territory", value="UK", source="field"),)},
        {"ed_note": "Embargoed until noon."},
        {"repairs": ("charset",)},
        {"headlines": (Headline(value="KILL KILL KILL"),)},
        {"editorial_types": (EditorialType.add, EditorialType.correction)},
        {"copy": None},
        {"slugline": "harbour"},
        {"made": "08:59"},
        {"made": "21:30"},
        {"made": None},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_part_that_is_doubted_or_of_another_hand_is_not_joined(fields: dict[str, Any]) -> None:
    given = {"made": "09:05"} | fields
    if "copy" in given:
        given["copy"] = item(words := "The ferry runs again. And more.").copy
        assert words
    verdict = at("21:45", [WHOLE, part(1, "It left at seven.", given.pop("made"), **given)])
    assert (verdict.state, verdict.parts) == (State.live, ())


def test_a_part_that_may_belong_to_another_story_too_is_not_joined() -> None:
    unsure = replace(ONE, target=replace(ONE.target, suspected=True))
    assert at("11:00", [WHOLE, ONE, unsure]).parts == ()


@pytest.mark.parametrize(
    "how", [{"archive": True}, {"publish_after": clock("09:30")}], ids=["archive", "old"]
)
def test_old_copy_is_not_joined(how: dict[str, Any]) -> None:
    old = part(1, "It left at seven.", "09:05", **how)
    verdict = at("11:00", [WHOLE, old])
    assert (verdict.state, verdict.parts) == (State.live, ())
    own = Message(item=old.item, arrival=old.arrival)
    told = laid(own, old.item.guid, evidence="0123456789abcdef")
    assert codes(at("11:00", [own, told])) == ["partial", "backfill"]
    assert shown(at("11:00", [FIRST, version(2, "It left.", "09:05")]))[1:] == ["It left."]
    assert at("11:00", [FIRST, version(2, "It left.", "09:05", **how)]).state is State.held


def test_a_part_that_is_dated_in_the_future_waits_as_a_story_does() -> None:
    waiting = part(1, "It left at seven.", "09:05", first_created=moment(clock("12:00")))
    before = at("11:00", [WHOLE, waiting])
    assert (len(before.parts), before.look_again) == (0, clock("12:00"))
    assert len(at("12:00", [WHOLE, waiting]).parts) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"embargo": until("12:00")},
        {"embargo": Embargo(state=EmbargoState.indefinite, raw="until told")},
        {"embargo": Embargo(state=EmbargoState.unparseable, raw="noon")},
        {"expires": moment(clock("18:00"))},
        {"usage_terms": ("Not for use online.",)},
        {"restrictions": (Restriction(kind="territory", value="UK", source="field"),)},
    ],
    ids=["embargo", "endless", "unread", "expiry", "licence", "territory"],
)
@pytest.mark.parametrize("made", ["09:05", "09:20"])
def test_what_the_agency_closes_late_is_taken_back(made: str, fields: dict[str, Any]) -> None:
    later = part(1, "It left at seven.", made, received="10:00", **fields)
    for order in permutations([WHOLE, ONE, later]):
        verdict = at("11:00", order)
        assert (verdict.state, verdict.parts) == (State.live, ())
        assert set(verdict.withdrawn) == {ONE.item.content_hash, later.item.content_hash}


def test_new_words_of_a_part_take_nothing_back() -> None:
    later = replace(part(1, "It left at seven.", "09:20"), target=ONE.target)
    words = replace(part(1, "It left at eight.", "09:20").item, guid=ONE.item.guid)
    verdict = at("11:00", [WHOLE, ONE, replace(later, item=words)])
    assert (len(verdict.parts), verdict.withdrawn) == (2, ())


def test_an_embargo_that_was_set_late_ends() -> None:
    later = part(1, "It left at seven.", "09:05", received="10:00", embargo=until("12:00"))
    assert at("11:00", [WHOLE, ONE, later]).look_again == clock("12:00")
    verdict = at("12:00", [WHOLE, later])
    assert (len(verdict.parts), verdict.withdrawn) == (2, ())


def test_nothing_is_joined_to_what_an_editor_let_go() -> None:
    assert at("13:00", [WHOLE, ONE], [release(WHOLE)]).parts == ()


# --- as the next version of the base itself -----------------------------------------------------


def version(number: int, words: str, made: str, **fields: Any) -> Message:
    return message(words, version=number, made=made, received=made, **(ADD | fields))


FIRST = message("The ferry runs again.", made="09:00")


def test_the_next_versions_of_a_story_may_be_its_parts() -> None:
    sent = [FIRST, version(2, "It left at seven.", "09:05"), version(3, "It was full.", "09:10")]
    for order in permutations(sent):
        verdict = at("11:00", order)
        assert verdict.state is State.live
        assert shown(verdict) == ["The ferry runs again.", "It left at seven.", "It was full."]


@pytest.mark.parametrize(
    "sent",
    [
        [FIRST, version(3, "It left at seven.", "09:05")],
        [FIRST, version(2, "One.", "09:05"), version(2, "Another.", "09:05")],
        [FIRST, version(2, "The ferry runs again. It left at seven.", "09:05")],
        [FIRST, version(2, "It left.", "09:05", hold_reason=("signal-unknown",))],
        [FIRST, version(2, "It left.", "09:05", partial=Partial.patch)],
    ],
    ids=["a gap", "two of one number", "the whole again", "in doubt", "a patch"],
)
def test_a_version_that_is_a_part_and_is_not_proven_holds_its_story(sent: list[Message]) -> None:
    verdict = at("11:00", sent)
    assert verdict.state is State.held
    assert "partial-of-whole" in codes(verdict)


def test_a_whole_version_ends_the_parts_of_the_one_before() -> None:
    sent = [
        FIRST,
        version(2, "It left at seven.", "09:05"),
        message("New.", version=3, made="10:00"),
    ]
    assert shown(at("11:00", sent)) == ["New."]


def test_a_part_that_is_canceled_as_a_version_kills_its_story() -> None:
    gone = version(2, "It left at seven.", "09:05", pub_status=PubStatus.canceled)
    assert at("11:00", [FIRST, gone]).state is State.killed


def test_a_part_by_itself_waits_as_one() -> None:
    alone: Item = ONE.item
    own = Message(item=alone, arrival=ONE.arrival)
    assert codes(at("11:00", own)) == ["partial"]
    told = laid(own, alone.guid, evidence="0123456789abcdef")
    assert codes(at("11:00", [own, told])) == ["joined"]


def test_a_part_is_told_of_its_place_where_just_one_is_sure() -> None:
    own = Message(item=ONE.item, arrival=ONE.arrival)
    right = laid(own, ONE.item.guid, evidence="right")
    wrong = laid(own, ONE.item.guid, evidence="wrong", suspected=True)
    for order in permutations([own, right, wrong]):
        assert codes(at("11:00", order)) == ["joined"]
    assert codes(at("11:00", [own, wrong])) == ["partial"]
    assert codes(at("11:00", [own, right, laid(own, ONE.item.guid, evidence="b")])) == ["partial"]
