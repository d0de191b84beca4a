"""What a page and a front say of other versions of a text."""

import re
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from copytaster import press
from copytaster.press import Beside
from copytaster.press import Extent
from tests.press.making import ANI
from tests.press.making import FIRST
from tests.press.making import SITE
from tests.press.making import UNKNOWN
from tests.press.making import facts
from tests.press.making import item

HARBOUR = replace(UNKNOWN, id="harbour", name="Harbour")


def one(minutes: float = 1, **more: Any) -> Beside:
    """Another agency's, seen so long before the page's own."""
    at = FIRST - timedelta(minutes=minutes)
    given: dict[str, Any] = {
        "story": f"{int(minutes) % 10**6:016d}",
        "agency": HARBOUR,
        "published": at,
        "first_public": at,
        "extent": Extent.longer,
    }
    return Beside(**(given | more))


def told(*beside: Beside, **more: Any) -> list[str]:
    """The lines of the page about other versions, without markup."""
    pressed = press.edition(facts(beside=beside, **more), SITE)
    assert not pressed.faults
    lines = LexborHTMLParser(pressed.files["page"]).css("ul.more li:has(.twin)")
    return [re.sub(r"\s+", " ", line.text()).strip() for line in lines]


def test_a_story_that_is_alone_says_nothing() -> None:
    assert told() == []


def test_others_are_named_and_own_versions_have_their_times() -> None:
    others = (one(5), one(3, extent=Extent.same))
    own = (one(9, agency=ANI, extent=Extent.shorter), one(-4, agency=ANI, extent=Extent.other))
    assert told(*others, *own) == [
        "Also reported by Harbour, 11:00 pm, longer · Harbour, 11:02 pm, the same text",
        "Other versions 10:56 pm, earlier, shorter · 11:09 pm, newer, partly different",
    ]


def test_another_day_is_said() -> None:
    assert told(one(24 * 60)) == ["Also reported by Harbour, 3 Dec, 11:05 pm, longer"]


def test_what_came_at_the_same_instant_has_an_order_too() -> None:
    page = facts().story
    before, after = one(0, agency=ANI, story="0" * 16), one(0, agency=ANI, story="z" * 16)
    assert before.story < page < after.story
    assert [line.split(", ")[1] for line in told(before)] == ["earlier"]
    assert [line.split(", ")[1] for line in told(after)] == ["newer"]


def test_an_agency_s_name_is_text_and_nothing_else() -> None:
    name = "<img src=x onerror=alert(1)> & \u202eSons"
    pressed = press.edition(facts(beside=(one(agency=replace(HARBOUR, name=name)),)), SITE)
    assert not pressed.faults
    assert b"<img src=x" not in pressed.files["page"]
    assert name in told(one(agency=replace(HARBOUR, name=name)))[0]


@pytest.mark.parametrize("language", ["de", "fr", "es", "hi", "ur"])
def test_every_language_has_its_words(language: str) -> None:
    spoken = item(language=language)
    (line,) = told(one(), of=spoken)
    assert "Also" not in line
    assert "longer" not in line


def test_a_front_names_the_others_below_the_one_that_stands_for_them() -> None:
    entries = [
        press.edition(facts(story=f"{n:016d}", agency=agency), SITE).entry
        for n, agency in enumerate((ANI, HARBOUR, ANI))
    ]
    first, other, own = entries
    page = press.front(
        None, [first], SITE, path="/", now=FIRST, versions={first.story: (other, own)}
    )
    (entry,) = LexborHTMLParser(page).css("article.entry")
    lines = [re.sub(r"\s+", " ", line.text()).strip() for line in entry.css("p.times")]
    assert lines[1:] == ["Also reported by Harbour, 5:35 pm", "Other versions 5:35 pm"]
    assert [link.attributes["href"] for link in entry.css("p a")] == [
        f"/s/{other.story}",
        f"/s/{own.story}",
    ]
    alone = press.front(None, [first], SITE, path="/", now=FIRST)
    assert b"Also reported" not in alone
