"""A revision of NewsML 1 that changes nothing but the status, on a desk."""

from typing import Any

import pytest

from copytaster.store import Face
from copytaster.store import Story
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio

GUID = "urn:newsml:seaboard.example:20260302:ferry"
WORDS = """<NewsComponent><NewsLines><HeadLine>Ferry runs again</HeadLine></NewsLines><ContentItem>
<MediaType FormalName="Text"/><DataContent><p>The ferry runs again.</p></DataContent></ContentItem>
</NewsComponent>"""


def revision(
    number: int, status: str, made: str, *, words: str = "", previous: int = 0, update: str = "N"
) -> bytes:
    return f"""<NewsML><NewsItem><Identification><NewsIdentifier>
<ProviderId>seaboard.example</ProviderId><DateId>20260302</DateId><NewsItemId>ferry</NewsItemId>
<RevisionId PreviousRevision="{previous}" Update="{update}">{number}</RevisionId>
</NewsIdentifier></Identification><NewsManagement><NewsItemType FormalName="News"/>
<FirstCreated>20260302T080000Z</FirstCreated>
<ThisRevisionCreated>20260302T{made}00Z</ThisRevisionCreated>
<Status FormalName="{status}"/></NewsManagement>{words}</NewsItem></NewsML>""".encode()


def receive(house: House, *args: Any, **facts: Any) -> Story:
    house.receive(revision(*args, **facts))
    return house.story(GUID)


def test_an_embargo_ends_by_the_update_that_names_its_revision(house: House) -> None:
    assert receive(house, 1, "Embargoed", "0830", words=WORDS).face is Face.none
    early = receive(house, 3, "Usable", "0834", previous=2, update="A")
    assert early.face is Face.none
    assert receive(house, 2, "Usable", "0832", previous=1, update="A").face is Face.live


async def test_a_live_story_is_taken_down_and_put_back_by_updates(house: House) -> None:
    shown = receive(house, 1, "Usable", "0830", words=WORDS)
    assert receive(house, 2, "Withheld", "0835", previous=1, update="A").face is Face.hold
    back = receive(house, 3, "Usable", "0840", previous=2)
    assert (back.face, back.edition) == (Face.live, shown.edition)
    page = await house.get(f"/s/{back.id}")
    assert "The ferry runs again." in page.text
    for file in (house.data / "site").rglob(f"{back.id}.*"):
        file.unlink()
    assert (await house.get(f"/s/{back.id}")).status_code == 200
    assert receive(house, 4, "Canceled", "0845", previous=3, update="A").face is Face.gone
