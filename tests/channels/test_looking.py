"""Several stories looked for together: what they share is fetched once, and each has its own
sight of it."""

import asyncio
import gc
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime

from copytaster.channels import Seen
from copytaster.channels import Sought
from copytaster.channels import Surface
from copytaster.channels import marks_of
from copytaster.channels import prove_together

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
A, B, C, D = (letter * 16 for letter in "abcd")


def sought(story: str, place: int, *more: Surface) -> Sought:
    """A story that stood at this place of the front."""
    front = Surface(address=f"/?before={place}-{place + 1}", kind="list", place=(place, place))
    return Sought(
        marks=marks_of(story, [f"Words of the story {story}"]),
        surfaces=(
            Surface(address=f"/s/{story}", kind="own", status=410),
            Surface(address="/feed.atom", kind="feed"),
            front,
            *more,
        ),
    )


class Site:
    """Answers by address; what is not said is an empty page, and every story is gone."""

    def __init__(self, pages: Mapping[str, tuple[int, str]]) -> None:
        self._pages = pages
        self.asked: list[str] = []

    async def fetch(self, address: str) -> tuple[int, bytes]:
        self.asked.append(address)
        status, body = self._pages.get(address, (410 if address.startswith("/s/") else 200, ""))
        return status, body.encode()

    def look(self, *stories: Sought) -> dict[str, dict[str, Seen]]:
        found = asyncio.run(prove_together(stories, self.fetch, lambda: NOW))
        return {story: {one.address: one for one in seen} for story, seen in found.items()}


def test_an_address_that_stories_share_is_fetched_once_and_seen_for_each() -> None:
    site = Site({"/feed.atom": (200, f"<entry>/s/{B} Words of the story {B}</entry>")})
    seen = site.look(sought(A, 9), sought(B, 8))
    assert site.asked.count("/feed.atom") == 1
    assert seen[A]["/feed.atom"].clean
    assert not seen[B]["/feed.atom"].clean


def test_a_page_counts_for_every_place_it_reaches_over() -> None:
    site = Site(
        {
            "/?before=9-10": (200, f"<a href='/s/{C}'></a> <a href='/?before=7-7'>older</a>"),
            "/?before=5-6": (200, "the last page"),
        }
    )
    seen = site.look(sought(D, 4), sought(A, 9), sought(C, 5), sought(B, 7))
    assert [address for address in site.asked if "before" in address] == [
        "/?before=9-10",
        "/?before=5-6",
    ]
    pages = {story: next(a for a in there if "before" in a) for story, there in seen.items()}
    assert pages == {A: "/?before=9-10", B: "/?before=9-10", C: "/?before=5-6", D: "/?before=5-6"}
    assert all(seen[story][page].clean for story, page in pages.items())


def test_a_story_still_on_the_page_that_reaches_over_its_place_is_not_clean() -> None:
    site = Site({"/?before=9-10": (200, f"<a href='/s/{B}'></a><a href='/?before=1-1'></a>")})
    seen = site.look(sought(A, 9), sought(B, 5))
    assert seen[A]["/?before=9-10"].clean
    assert not seen[B]["/?before=9-10"].clean


def test_what_is_no_page_reaches_over_one_place_only() -> None:
    site = Site({"/?before=9-10": (404, ""), "/?before=5-6": (500, "")})
    seen = site.look(sought(A, 9), sought(B, 5))
    assert seen[A]["/?before=9-10"].clean
    assert seen[B]["/?before=5-6"].detail == "answered 500, expected 200 or 404 or 410"


def test_a_link_that_leads_back_up_reaches_over_one_place_only() -> None:
    site = Site({"/?before=9-10": (200, "<a href='/?before=99-99'></a><a href='/?before=1-1'>")})
    seen = site.look(sought(A, 9), sought(B, 5))
    assert "/?before=9-10" in seen[A]
    assert "/?before=5-6" in seen[B]


def test_events_of_a_list_are_places_too() -> None:
    def corrected(story: str, event: int) -> Sought:
        page = Surface(address=f"/corrections?before={event + 1}", kind="feed", place=(event, 0))
        return sought(story, event, page)

    site = Site({"/corrections?before=41": (200, "<a href='/corrections?before=12'>")})
    seen = site.look(corrected(A, 40), corrected(B, 12), corrected(C, 11))
    assert "/corrections?before=41" in seen[B]
    assert "/corrections?before=12" in seen[C]


def test_an_address_that_does_not_answer_is_clean_for_nobody() -> None:
    class Down(Site):
        async def fetch(self, address: str) -> tuple[int, bytes]:
            raise ConnectionError("refused")

    seen = Down({}).look(sought(A, 9), sought(B, 5))
    assert not any(one.clean for there in seen.values() for one in there.values())
    assert {one.detail for one in seen[B].values()} == {"no answer: ConnectionError: refused"}


def test_a_look_that_is_stopped_leaves_none_half_begun() -> None:
    """Warnings are errors here: a coroutine that nobody ever awaits would be one."""

    async def never(address: str) -> tuple[int, bytes]:
        await asyncio.Event().wait()
        raise AssertionError(address)

    async def stopped() -> None:
        looking = asyncio.create_task(prove_together([sought(A, 1)], never, lambda: NOW, at_once=1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)

    asyncio.run(stopped())
    gc.collect()
