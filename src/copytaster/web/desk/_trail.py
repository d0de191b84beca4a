"""``/desk/trail``: who did what, when, about what and why; for chiefs."""

import re

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Sought
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._people import People
from copytaster.web.desk._told import line

HERE = "/desk/trail"
_PAGE = 100
_SEQUENCE = re.compile(r"[1-9][0-9]{0,15}")


class Trail:
    """The door to the audit trail."""

    def __init__(self, people: People, house: str, zone: str | None) -> None:
        self._trail = people.trail
        self._house = house
        self._zone = zone

    def doors(self) -> list[Door]:
        return [Door(HERE, Role.chief, self.read)]

    async def read(self, request: Request, seat: Seat) -> Response:
        sought = _sought(request)
        found = await to_thread.run_sync(
            lambda: self._trail.deeds(
                before=sought.before,
                by=sought.by or None,
                about=sought.about or None,
                limit=_PAGE + 1,
            )
        )
        lines = [line(deed) for deed in found[:_PAGE]]
        frame = Frame(house=self._house, seat=seat, here=HERE)
        more = len(found) > _PAGE
        return page(copydesk.trail(frame, lines, sought, self._zone, more=more))


def _sought(request: Request) -> Sought:
    """What stands in the address; a place that is none means the newest."""
    asked = request.query_params
    before = asked.get("before", "")
    return Sought(
        by=asked.get("by", "").strip()[:64],
        about=asked.get("about", "").strip()[:200],
        before=int(before) if _SEQUENCE.fullmatch(before) else None,
    )
