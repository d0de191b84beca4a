"""From what a notice names to the stories it means."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.item import AltId
from copytaster.item import Headline
from copytaster.item import PubStatus
from copytaster.verdict import notices
from copytaster.verdict.notices import Candidate
from copytaster.verdict.notices import Moved
from copytaster.verdict.notices import NameKind
from copytaster.verdict.notices import Notice
from copytaster.verdict.notices import NoticeKind
from copytaster.verdict.notices import Pointer
from copytaster.verdict.notices import Resolution
from copytaster.verdict.notices import ask
from copytaster.verdict.notices import ask_minutes
from copytaster.verdict.notices import calls_of
from copytaster.verdict.notices import resolve
from copytaster.verdict.notices import series
from tests.verdict.making import DAY
from tests.verdict.making import clock
from tests.verdict.making import message
from tests.verdict.making import moment

LONDON = "Europe/London"
"""no summer time on the day of the tests: its clock shows UTC"""


def story(
    name: str,
    made: str | datetime = "09:00",
    headline: str = "Ferry runs again",
    **facts: Any,
) -> Candidate:
    """A candidate of one version."""
    facts.setdefault("guid", f"urn:newsml:seaboard.example:{name}")
    facts.setdefault("received", made)
    version = message(
        f"Words of {name}.", made=made, headlines=(Headline(value=headline),), **facts
    )
    return Candidate(story=name, guid=facts["guid"], versions=(version,))


def moved(at: str, **facts: Any) -> Moved:
    hour, minute = map(int, at.split(":"))
    return Moved(at=time(hour, minute), raw=at, **facts)


def notice(*pointers: Pointer, kind: NoticeKind = NoticeKind.kill, **facts: Any) -> Notice:
    return Notice(kind=kind, said=clock("12:00"), pointers=pointers, **facts)


def means(resolution: Resolution) -> dict[str, bool]:
    """Story → whether it is sure."""
    return {found.story: not found.target.suspected for found in resolution.found}


def resolved(told: Notice, *candidates: Candidate, zone: str | None = LONDON) -> Resolution:
    return resolve(told, candidates, zone)


# --- each way of naming -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pointer", "facts"),
    [
        (Pointer(id="urn:newsml:seaboard.example:a"), {}),
        (Pointer(id="URN:NEWSML:seaboard.example:A"), {}),
        (Pointer(id="L1N32B20C"), {"guid": "tag:wire.example,2026:newsml_L1N32B20C"}),
        (Pointer(id="708212-4f"), {"alt_ids": (AltId(value="urn:x:708212-4f"),)}),
        (
            Pointer(number="sbd 157"),
            {"alt_ids": (AltId(role="service-number", value="sbd 0157"),)},
        ),
        (Pointer(number="157"), {"alt_ids": (AltId(role="service-number", value="sbd 157"),)}),
        (Pointer(number="V9991"), {"transmit_id": "v9991"}),
        (Pointer(headline="Ferry runs again"), {}),
        (Pointer(headline="FERRY RUNS AGAIN."), {}),
        (Pointer(headline="Ferry runs again", moved=moved("09:00")), {}),
        (Pointer(headline="Ferry runs again", moved=moved("09:01")), {}),
    ],
)
def test_one_story_that_answers_is_meant(pointer: Pointer, facts: dict[str, Any]) -> None:
    wanted = story("a", **facts)
    other = story("b", headline="Something else", made="08:00", slugline="Mayor")
    assert means(resolved(notice(pointer), wanted, other)) == {"a": True}
    asked = {one.name for one in ask(notice(pointer), LONDON)}
    assert asked & set(calls_of(wanted.versions[0])), "the store would not have found it"


@pytest.mark.parametrize(
    ("pointer", "facts"),
    [
        (Pointer(slug="Ferry-Quay"), {"slugline": "BC-UK--Ferry-Quay, 1st Ld-Writethru"}),
        (Pointer(slug="ferry quay"), {"slugline": "AM-Ferry-Quay"}),
        (Pointer(slug="Ferry-Quay", series=True), {"slugline": "Ferry-Quay"}),
        (
            Pointer(headline="Ferry to Vester runs again after a week"),
            {"headline": "Ferry to Vester runs again after a week in the dock"},
        ),
        (Pointer(headline="Ferry runs again", number="sbd 157"), {}),
        (Pointer(headline="Ferry runs again", id="L1N32B20C"), {}),
        (Pointer(headline="Ferry runs again", moved=moved("09:03")), {}),
    ],
)
def test_what_something_still_to_come_may_fit_better_is_only_suspected(
    pointer: Pointer, facts: dict[str, Any]
) -> None:
    wanted = story("a", **facts)
    found = resolved(notice(pointer), wanted, story("b", headline="Something else", made="08:00"))
    assert means(found) == {"a": False}
    assert not found.is_unique
    asked = {one.name for one in ask(notice(pointer), LONDON)}
    assert asked & set(calls_of(wanted.versions[0])), "the store would not have found it"


def test_an_id_outweighs_the_headline_of_another() -> None:
    pointer = Pointer(id="urn:newsml:seaboard.example:a", headline="Ferry runs again")
    one, other = story("a", headline="Renamed since"), story("b")
    assert means(resolved(notice(pointer), one, other)) == {"a": True}


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ("https://www.news24.example/a/ferry", "https://www.news24.example/a/mayor"),
        ("https://wire.example/world-cup-2026/ferry", "https://wire.example/world-cup-2026/mayor"),
        ("tag:news24.example,2026:ferry", "tag:news24.example,2026:mayor"),
        ("urn:seaboard:desk-2026:1", "urn:seaboard:desk-2026:2"),
    ],
)
def test_what_ids_have_in_common_names_no_story(wanted: str, other: str) -> None:
    found = resolved(notice(Pointer(id=wanted)), story("a", guid=wanted), story("b", guid=other))
    assert means(found) == {"a": True}


@pytest.mark.parametrize(
    ("address", "id_"),
    [
        ("https://wire.example/ferry-runs/4711089/?from=feed#top", "4711089"),
        ("https://wire.example/story?id=4711089", "4711089"),
        ("https://wire.example/a/ferry-4711089.html", "ferry-4711089.html"),
    ],
)
def test_the_end_of_an_address_names_its_story(address: str, id_: str) -> None:
    assert means(resolved(notice(Pointer(id=id_)), story("a", guid=address))) == {"a": True}


def test_headline_and_minute_tell_two_of_one_headline_apart() -> None:
    pointer = Pointer(headline="Ferry runs again", moved=moved("09:00"))
    early, late = story("a", "09:00"), story("b", "09:48")
    assert means(resolved(notice(pointer), early, late)) == {"a": True}


def test_a_few_minutes_apart_is_too_close_only_when_both_fit() -> None:
    pointer = Pointer(headline="Ferry runs again", moved=moved("09:00"))
    assert means(resolved(notice(pointer), story("a", "09:01"))) == {"a": True}
    assert means(resolved(notice(pointer), story("a", "09:00"), story("b", "09:04"))) == {"a": True}
    assert means(resolved(notice(pointer), story("a", "09:00"), story("b", "09:01"))) == {
        "a": False,
        "b": False,
    }


def test_a_headline_alone_that_two_have_suspends_both() -> None:
    found = resolved(notice(Pointer(headline="Ferry runs again")), story("a"), story("b"))
    assert means(found) == {"a": False, "b": False}
    assert not found.is_unique
    assert found.missing == ()


def test_minutes_are_asked_for_last_and_only_in_a_zone() -> None:
    told = notice(Pointer(moved=moved("09:00")))
    asked = ask_minutes(told, told.pointers, LONDON)
    assert ask(told, LONDON) == ()
    assert {one.name.kind for one in asked} == {NameKind.minute}
    assert {one.name for one in asked} & set(calls_of(story("a").versions[0]))
    assert ask_minutes(told, told.pointers, None) == ()


def test_a_minute_alone_never_makes_sure() -> None:
    found = resolved(notice(Pointer(moved=moved("09:00"))), story("a"))
    assert means(found) == {"a": False}


def test_a_minute_under_another_headline_never_makes_sure() -> None:
    """The story that is meant may never have come here, and another moved when it did."""
    pointer = Pointer(headline="Mayor steps down", moved=moved("09:00"))
    assert means(resolved(notice(pointer), story("a"))) == {"a": False}


def test_a_headline_cut_short_is_still_found() -> None:
    whole = "Ferry to Vester runs again after three weeks in the dock"
    pointer = Pointer(headline="Ferry to Vester runs again after three weeks")
    wanted = story("a", headline=whole)
    assert means(resolved(notice(pointer), wanted)) == {"a": False}
    asked = {one.name.kind for one in ask(notice(pointer), LONDON)}
    assert NameKind.opening in asked


def test_a_number_of_last_week_is_another_story_s() -> None:
    week_ago = DAY - timedelta(days=7)
    old = story("a", week_ago, received=week_ago, transmit_id="sbd157")
    found = resolved(notice(Pointer(number="sbd 157")), old)
    assert found.found == ()
    assert found.missing == (Pointer(number="sbd 157"),)


def numbered(name: str, made: str | datetime, number: str = "sbd157") -> Candidate:
    return story(name, made, headline=f"Of {name}", transmit_id=number)


YESTERDAY = DAY - timedelta(hours=15)
"""nine in the morning; the notice is made at noon"""


def test_a_number_of_yesterday_is_only_suspected() -> None:
    """Agencies count anew each day: today's may still come."""
    pointer = Pointer(number="sbd 157")
    assert means(resolved(notice(pointer), numbered("a", "09:00"))) == {"a": True}
    assert means(resolved(notice(pointer), numbered("a", YESTERDAY))) == {"a": False}
    both = resolved(notice(pointer), numbered("a", "09:00"), numbered("b", YESTERDAY))
    assert means(both) == {"a": True}, "today's is here"


def test_a_number_of_a_named_day_is_that_day_s() -> None:
    today, yesterday = numbered("a", "09:00"), numbered("b", YESTERDAY)
    said = Pointer(number="sbd 157", day=YESTERDAY.date())
    assert means(resolved(notice(said), today, yesterday)) == {"b": True}
    last_week = DAY - timedelta(days=6)
    said = Pointer(number="sbd 157", day=last_week.date())
    asked = next(one for one in ask(notice(said), LONDON) if one.name.kind is NameKind.number)
    assert asked.since is not None
    assert asked.until is not None
    assert asked.since < last_week < asked.until
    assert means(resolved(notice(said), today, numbered("c", last_week))) == {"c": True}


def test_a_part_of_an_id_is_only_suspected() -> None:
    """``…:1`` shares all but its end with ``…:2``, which may still come."""
    pointer = Pointer(id="tag:sbd.example:newsml_L1N32B20C:2")
    one, two = (story(name, guid=f"tag:sbd.example:newsml_L1N32B20C:{name}") for name in "12")
    assert means(resolved(notice(pointer), one)) == {"1": False}
    assert means(resolved(notice(pointer), one, two)) == {"2": True}
    assert means(resolved(notice(Pointer(id="L1N32B20C")), one)) == {"1": True}


def test_a_number_and_the_slug_of_yesterday_are_only_suspected() -> None:
    """One of today may still come that has both; one that has the number alone is not meant."""
    pointer = Pointer(number="V9991", slug="Ferry-Quay")
    wanted = story("a", YESTERDAY, transmit_id="v9991", slugline="Ferry-Quay")
    assert means(resolved(notice(pointer), wanted, numbered("b", "09:00", "v9991"))) == {"a": False}


def test_the_agency_s_day_counts_and_not_that_of_utc() -> None:
    """20:00 UTC is half past one on the next day in Kolkata."""
    pointer = Pointer(number="sbd 157")
    late = numbered("a", DAY - timedelta(hours=4))
    assert means(resolved(notice(pointer), late, zone="Asia/Kolkata")) == {"a": True}
    assert means(resolved(notice(pointer), late)) == {"a": False}


def test_a_slug_with_a_minute_is_asked_for_at_that_minute() -> None:
    """A hundred newer stories of the same slug do not hide the one that moved then."""
    told = notice(Pointer(slug="Ferry-Quay", moved=moved("09:00")))
    [asked] = ask(told, LONDON)
    assert asked.since is not None
    assert asked.until is not None
    assert asked.until - asked.since < timedelta(minutes=15)
    assert asked.since < clock("09:00") < asked.until
    substituted = notice(*told.pointers, substitutes=(Pointer(moved=moved("09:48")),))
    assert ask(substituted, LONDON)[0].until > clock("09:48")  # type: ignore[operator]
    other = Pointer(slug="Ferry-Quay", moved=moved("10:30"))
    assert ask(notice(*told.pointers, other), LONDON)[0].until > clock("10:30")  # type: ignore[operator]


def test_what_nothing_answers_to_is_missing() -> None:
    found = resolved(notice(Pointer(headline="Nobody wrote this")), story("a"))
    assert found.found == ()
    assert found.missing == (Pointer(headline="Nobody wrote this"),)
    assert found.is_unique


def test_each_pointer_finds_its_own_story() -> None:
    first, second = Pointer(headline="Ferry runs again"), Pointer(headline="Mayor steps down")
    found = resolved(notice(first, second), story("a"), story("b", headline="Mayor steps down"))
    assert means(found) == {"a": True, "b": True}


# --- times --------------------------------------------------------------------------------------


def test_a_time_of_day_is_the_last_such_time_before_the_notice() -> None:
    pointer = Pointer(headline="Ferry runs again", moved=moved("23:10"))
    yesterday = story("a", made=DAY - timedelta(minutes=50), received="09:00")
    assert means(resolved(notice(pointer), yesterday)) == {"a": True}


def test_a_day_in_the_words_counts() -> None:
    pointer = Pointer(headline="Ferry runs again", moved=moved("09:00", on=date(2026, 2, 27)))
    friday = DAY - timedelta(days=3) + timedelta(hours=9)
    old = message(
        "x", made=friday, received=friday, headlines=(Headline(value="Ferry runs again"),)
    )
    candidates = (Candidate(story="a", guid="a", versions=(old,)), story("b"))
    assert means(resolve(notice(pointer), candidates, LONDON)) == {"a": True}


def test_a_zone_in_the_words_outranks_the_agency_s() -> None:
    pointer = Pointer(headline="Ferry runs again", moved=moved("14:30", zone="Asia/Kolkata"))
    assert means(resolved(notice(pointer), story("a", "09:00"), story("b", "10:30"))) == {"a": True}


def test_where_nobody_says_the_zone_minutes_tell_and_hours_do_not() -> None:
    pointer = Pointer(headline="Ferry runs again", moved=moved("14:56"))
    fits, not_ = story("a", "09:26"), story("b", "09:48")
    assert means(resolved(notice(pointer), fits, not_, zone=None)) == {"a": True}


# --- substitutes, series, releases --------------------------------------------------------------


def test_a_declared_substitute_is_spared_and_linked() -> None:
    told = notice(
        Pointer(headline="Ferry runs again"),
        substitutes=(Pointer(moved=moved("09:48")),),
    )
    bad, good = story("a", "09:00"), story("b", "09:48")
    found = resolved(told, bad, good)
    assert means(found) == {"a": True}
    assert found.substitutes == ("b",)
    assert found.found[0].target.substitute == "b"


def two_versions(first: str = "09:00", second: str = "09:48", **facts: Any) -> Candidate:
    """A story whose later version may be the substitute of its first."""
    one, other = (
        message(text, made=made, version=n, received=made, headlines=HEADLINES, **facts)
        for n, (text, made) in enumerate([("Bad words.", first), ("Good words.", second)], start=1)
    )
    return Candidate(story="a", guid=one.item.guid, versions=(one, other))


HEADLINES = (Headline(value="Ferry runs again"),)
BY_HEADLINE = Pointer(headline="Ferry runs again")
BY_MINUTE = Pointer(headline="Ferry runs again", moved=moved("09:00"))
AT_0948 = Pointer(moved=moved("09:48"))


@pytest.mark.parametrize("pointer", [BY_HEADLINE, BY_MINUTE])
def test_a_later_version_may_be_the_substitute_of_the_story_itself(pointer: Pointer) -> None:
    split = two_versions()
    found = resolved(notice(pointer, substitutes=(AT_0948,)), split)
    assert means(found) == {"a": True}
    assert found.is_unique
    assert found.missing_substitutes == ()
    assert found.found[0].target.spares == (split.versions[1].item.content_hash,)


def test_that_a_story_first_moved_then_is_true_of_all_its_versions() -> None:
    split = two_versions(first_created=moment(clock("09:00")))
    found = resolved(notice(BY_MINUTE, substitutes=(AT_0948,)), split)
    assert found.found[0].target.spares == (split.versions[1].item.content_hash,)


@pytest.mark.parametrize(
    ("told", "candidate"),
    [
        (notice(BY_MINUTE, substitutes=(AT_0948,)), two_versions(second="09:30")),
        (notice(BY_MINUTE, substitutes=(AT_0948,)), two_versions("09:47", "09:48")),
        (notice(BY_MINUTE, substitutes=(BY_HEADLINE,)), two_versions()),
        (notice(BY_MINUTE), two_versions()),
        (notice(BY_MINUTE, kind=NoticeKind.hold, substitutes=(AT_0948,)), two_versions()),
    ],
    ids=["not here", "both then", "both called so", "none declared", "a hold"],
)
def test_versions_that_are_not_told_apart_are_not_spared(
    told: Notice, candidate: Candidate
) -> None:
    assert [found.target.spares for found in resolved(told, candidate).found] in ([()], [])


def test_a_substitute_that_is_still_to_come_is_missing() -> None:
    follows = Pointer(moved=moved("11:58"))
    told = notice(Pointer(headline="Ferry runs again"), substitutes=(follows,))
    found = resolved(told, story("a"))
    assert means(found) == {"a": True}
    assert found.missing_substitutes == (follows,)


def test_the_story_to_be_killed_is_not_its_own_substitute() -> None:
    """The substitute is still on its way: its number is nobody's, its headline the bad story's."""
    follows = Pointer(number="sbd 158")
    told = notice(Pointer(headline="Ferry runs again"), substitutes=(follows,))
    found = resolved(told, story("a", transmit_id="sbd157"))
    assert means(found) == {"a": True}
    assert found.missing_substitutes == (follows,)


def test_what_may_be_the_bad_or_the_good_one_is_suspended() -> None:
    told = notice(
        Pointer(headline="Ferry runs again"), substitutes=(Pointer(moved=moved("09:03")),)
    )
    bad, good = story("a", "09:00"), story("b", "09:03")
    assert means(resolved(told, bad)) == {"a": False}
    both = resolved(told, bad, good)
    assert means(both) == {"a": True}
    assert both.substitutes == ("b",)


@pytest.mark.parametrize("substitute", ["09:30", "09:48"])
def test_a_substitute_to_come_spares_nobody_where_no_zone_is_known(substitute: str) -> None:
    told = notice(
        Pointer(headline="Ferry runs again", moved=moved("09:00")),
        substitutes=(Pointer(moved=moved(substitute)),),
    )
    assert means(resolved(told, story("a"), zone=None))


def test_two_that_may_be_the_substitute_spare_neither() -> None:
    told = notice(
        Pointer(headline="Ferry runs again"), substitutes=(Pointer(moved=moved("09:48")),)
    )
    found = resolved(told, story("a", "09:00"), story("b", "09:48"), story("c", "09:48"))
    assert found.substitutes == ()
    assert set(means(found)) == {"a", "b", "c"}


def test_a_series_takes_the_chain_surely_and_suspects_what_shares_a_slug() -> None:
    told = notice(Pointer(headline="Builder is dead", series=True))
    slug = {"slugline": "France-people-builder"}
    alert = story("a", headline="Builder is dead", story_chain_id="chain-1", **slug)
    urgent = story("b", headline="Builder dead: family", story_chain_id="chain-1")
    lead = story("c", headline="Death of a builder", **slug)
    more = series([alert], told)
    assert {one.name.key for one in more} == {"france people builder", "chain 1"}
    found = resolve(told, [alert], LONDON, related=[alert, urgent, lead])
    assert means(found) == {"a": True, "b": True, "c": False}
    assert not found.is_unique


def test_the_series_of_what_only_may_be_meant_only_may_be_meant() -> None:
    told = notice(Pointer(slug="France-people-builder", series=True))
    tied = {"slugline": "France-people-builder", "story_chain_id": "chain-1"}
    alert, urgent = story("a", **tied), story("b", "09:05", **tied)
    found = resolve(told, [alert], LONDON, related=[alert, urgent])
    assert means(found) == {"a": False, "b": False}


def test_no_keyword_makes_a_series() -> None:
    told = notice(Pointer(headline="Builder is dead", series=True))
    alert = story("a", headline="Builder is dead", keywords=("Politics", "France"))
    assert series([alert], told) == ()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (NoticeKind.kill, PubStatus.canceled),
        (NoticeKind.hold, PubStatus.withheld),
        (NoticeKind.release, PubStatus.usable),
    ],
)
def test_a_notice_gives_the_status_it_asks_for(kind: NoticeKind, status: PubStatus) -> None:
    found = resolved(notice(Pointer(headline="Ferry runs again"), kind=kind), story("a"))
    assert found.found[0].target.new_status is status
    assert "headline" in (found.found[0].target.evidence or "")


# --- always and never ---------------------------------------------------------------------------

_HEADLINES = ["Ferry runs again", "Mayor steps down", "Ferry runs again after a month"]
_STORIES = st.lists(
    st.builds(
        lambda name, minute, headline, number: story(
            name, f"09:{minute:02}", headline, transmit_id=f"sbd{number}"
        ),
        st.sampled_from("abcdef"),
        st.sampled_from([0, 1, 4, 30]),
        st.sampled_from(_HEADLINES),
        st.integers(1, 3),
    ),
    max_size=5,
    unique_by=lambda candidate: candidate.story,
)
_POINTERS = st.lists(
    st.builds(
        Pointer,
        headline=st.none() | st.sampled_from(_HEADLINES),
        number=st.none() | st.sampled_from(["sbd1", "sbd 2"]),
        moved=st.none() | st.sampled_from([moved("09:00"), moved("09:30")]),
        series=st.booleans(),
    ),
    min_size=1,
    max_size=3,
)


@given(_STORIES, _POINTERS, st.randoms())
def test_the_order_of_candidates_does_not_matter(
    candidates: list[Candidate], pointers: list[Pointer], chance: Any
) -> None:
    told = notice(*pointers)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert resolve(told, shuffled, LONDON) == resolve(told, candidates, LONDON)


@given(_STORIES, _POINTERS)
def test_every_pointer_is_answered_or_missing_never_ignored(
    candidates: list[Candidate], pointers: list[Pointer]
) -> None:
    found = resolve(notice(*pointers), candidates, LONDON)
    for pointer in pointers:
        alone = resolve(notice(pointer), candidates, LONDON)
        assert bool(alone.found) != bool(alone.missing)
    assert set(found.missing) <= set(pointers)


@given(_STORIES, _POINTERS, _STORIES)
def test_another_story_never_frees_one_that_may_be_meant_equally(
    candidates: list[Candidate], pointers: list[Pointer], more: list[Candidate]
) -> None:
    """A second story that fits as well turns sure into suspected, for both; never into free. And
    what was sure while it was alone is never outweighed: it would be killed in any order."""
    known = {candidate.story for candidate in candidates}
    grown = [*candidates, *(one for one in more if one.story not in known)]
    before = resolve(notice(*pointers), candidates, LONDON)
    after = resolve(notice(*pointers), grown, LONDON)
    best = {found.story: found.score for found in after.found}
    for found in before.found:
        others = [score for story, score in best.items() if story != found.story]
        assert found.story in best or max(others) >= found.score
        assert found.story in best or found.target.suspected


@given(_STORIES, _POINTERS, st.lists(st.builds(Pointer, moved=st.just(moved("09:30"))), max_size=1))
def test_reading_only_the_likeliest_changes_no_judgement(
    candidates: list[Candidate], pointers: list[Pointer], good: list[Pointer]
) -> None:
    told = notice(*pointers, substitutes=tuple(good))
    asked = {one.name for one in ask(told, LONDON)}
    called = {c.story: asked & set(calls_of(c.versions[0])) for c in candidates}
    unread = {story: frozenset(names) for story, names in called.items() if names}
    read: list[Candidate] = []
    heard = [candidate for candidate in candidates if candidate.story in unread]
    while likeliest := notices.likeliest(told, unread, read, LONDON):
        read += [candidate for candidate in candidates if candidate.story in likeliest]
        for one in likeliest:
            del unread[one]
    assert resolve(told, read, LONDON) == resolve(told, heard, LONDON)


def test_of_a_crowd_that_shares_a_slug_only_the_numbered_one_is_read() -> None:
    told = notice(Pointer(slug="Ferry-Quay", number="V9991"))
    slug, number = (
        one.name for one in sorted(ask(told, LONDON), key=lambda one: one.name.kind)[::-1]
    )
    unread = {f"s{n}": frozenset({slug}) for n in range(100)}
    unread["meant"] = frozenset({slug, number})
    assert notices.likeliest(told, unread, [], LONDON) == ["meant"]
    meant = story("meant", slugline="Ferry-Quay", transmit_id="v9991")
    del unread["meant"]
    assert notices.likeliest(told, unread, [meant], LONDON) == []


@given(_STORIES, _POINTERS)
def test_what_is_sure_of_one_pointer_is_one_story(
    candidates: list[Candidate], pointers: list[Pointer]
) -> None:
    for pointer in pointers:
        found = resolve(notice(pointer), candidates, LONDON)
        sure = [one for one in found.found if not one.target.suspected]
        assert len(sure) <= 1 or pointer.series


def test_what_has_many_ids_is_still_found_by_its_headline() -> None:
    ids = tuple(AltId(value=f"urn:wire:{n}123456:{n}234567:{n}345678") for n in range(30))
    names = calls_of(story("a", alt_ids=ids).versions[0])
    assert {one.name for one in ask(notice(Pointer(headline="Ferry runs again")), LONDON)} & set(
        names
    )


@given(st.text(max_size=500), st.integers(0, 10**9))
def test_names_are_few_and_short_whatever_the_headline(words: str, seconds: int) -> None:
    made = DAY - timedelta(seconds=seconds)
    headline = (Headline(value=words),)
    version = message(words, made=made, headlines=headline, slugline=words, guid=words or "x")
    names = calls_of(version)
    assert len(names) <= 60
    assert all(len(name.key) <= 400 * 3 for name in names)
    assert all(-(2**63) <= name.digest("a") < 2**63 for name in names)
