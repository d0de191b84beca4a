"""EU DisinfoLab and ANI, 2023: more than two hundred articles of an agency had cited, over two
years, a think tank that had been dissolved in 2014, and people who did not exist (handbook:
agencies §3, row 14).

The agency sent no kill. What a desk can do is find every story that cites the entity, months
back and in every version readers saw, take all of them down with one order, and bring back those
that were taken wrongly. What is not played: the outlets that had republished the articles; the
desk serves its own site only.
"""

from datetime import timedelta

import pytest

from copytaster import query
from copytaster.newsroom.recalls import search
from copytaster.store import Face
from copytaster.story import DecisionKind
from tests.newsroom.conftest import house  # noqa: F401  a fixture
from tests.newsroom.making import House
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

TANK = "Shoreline Council for Strategic Studies"
CITES = (
    f"An expert of the {TANK} said on Monday that the treaty would fail.",
    f"The treaty will fail, the {TANK.upper()}\u2019s director wrote.",
    "The treaty will fail, the Shoreline\u00a0Council for Strategic\nStudies, a think tank, said.",
)
ASKED = query.read(f'agency:seaboard person:"{TANK}"')
MONTHS = 8
"""of the two years, one in three"""
MONTH = timedelta(days=91)


@pytest.fixture
def years(house: House) -> House:  # noqa: F811
    """Two years: now and then a few stories that cite it, one that no longer does, one that
    never did; some name it only in a field."""
    for month in range(MONTHS):
        dated = {"versioncreated": house.now.isoformat()}
        house.receive(
            *(ninjs(f"urn:{month}:{n}", text=text, **dated) for n, text in enumerate(CITES)),
            ninjs(f"urn:{month}:field", organisation=[{"name": TANK}], **dated),
            ninjs(f"urn:{month}:other", text="The strategic council of a shore met.", **dated),
            ninjs(f"urn:{month}:corrected", text=CITES[0], **dated),
        )
        house.now += MONTH
        corrected = {"version": "2", "versioncreated": house.now.isoformat()}
        house.send(f"urn:{month}:corrected", text="The treaty stands.", **corrected)
    return house


def citing(house: House) -> list[str]:  # noqa: F811
    answers = search(house.desk.store, ASKED, house.now)
    return [one.story for one in answers if one is not None]


async def test_every_story_that_cites_the_entity_is_recalled_months_back(years: House) -> None:
    found = citing(years)
    assert len(found) == MONTHS * (len(CITES) + 2)
    batch = years.desk.recalls.begin(
        found, DecisionKind.hold, reason="desk", by="chief", query=query.write(ASKED)
    )
    years.desk.settle()
    store = years.desk.store
    assert {store.story(id).face for id in found} == {Face.hold}
    first = years.story("urn:0:0")
    for address in (f"/s/{first.id}", f"/s/{first.id}/v1.txt", "/feed.atom", "/"):
        page = await years.get(address)
        assert "strategic studies" not in page.text.lower(), address
    old = years.story("urn:0:corrected")
    assert "Shoreline" not in (await years.get(f"/s/{old.id}/v1")).text, "its first edition did"
    for month in (0, MONTHS - 1):
        assert years.story(f"urn:{month}:other").face is Face.live

    years.now += timedelta(hours=1)
    years.desk.recalls.undo(batch.id, reason="the agency showed it right", by="chief")
    years.desk.settle()
    assert {store.story(id).face for id in found} == {Face.live}
    assert "Strategic Studies" in (await years.get(f"/s/{first.id}")).text


async def test_a_release_of_one_story_leaves_the_rest_recalled(years: House) -> None:
    found = citing(years)
    years.desk.recalls.begin(found, DecisionKind.hold, reason="desk", by="chief", query="")
    years.desk.settle()
    years.release("urn:3:0")
    assert years.story("urn:3:0").face is Face.live
    assert years.story("urn:3:1").face is Face.hold
