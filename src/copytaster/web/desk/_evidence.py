"""``/desk/s/<id>/evidence`` and ``/desk/recall/b/<id>/evidence``: packs to take away.

A pack is written to a folder of its own, sent, and removed; one at a time, because each is as large
as what is kept.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from anyio import CapacityLimiter
from anyio import to_thread
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web.desk._api_answer import fault
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import is_program
from copytaster.web.desk._doors import page
from copytaster.web.desk._office import Office


class Evidence:
    """The doors to packs. Whoever takes one away stands in the audit trail."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._turn: CapacityLimiter | None = None

    def doors(self) -> list[Door]:
        return [
            Door("/desk/s/{id}/evidence", Role.chief, self.story),
            Door("/desk/recall/b/{id}/evidence", Role.chief, self.recall),
        ]

    async def story(self, request: Request, seat: Seat) -> Response:
        """All that is kept of a story."""
        return await self._sent(request, seat, "story", self._office.write_evidence)

    async def recall(self, request: Request, seat: Seat) -> Response:
        """What was seen of each story of a recall."""
        return await self._sent(request, seat, "recall", self._office.write_recall_evidence)

    async def _sent(
        self, request: Request, seat: Seat, of: str, write: Callable[[str, Path], None]
    ) -> Response:
        id = request.path_params["id"]
        if self._turn is None:
            self._turn = CapacityLimiter(1)
        folder = Path(await to_thread.run_sync(mkdtemp))
        try:
            await to_thread.run_sync(write, id, folder / "pack.zip", limiter=self._turn)
            await to_thread.run_sync(self._office.took_evidence, seat, of, id)
        except (LookupError, ValueError) as error:
            _gone(folder)
            return self._refused(request, seat, error)
        except BaseException:
            _gone(folder)
            raise
        return FileResponse(
            folder / "pack.zip",
            headers=dict(HEADERS),
            media_type="application/zip",
            filename=f"{of}-{id}.zip",
            background=BackgroundTask(_gone, folder),
        )

    def _refused(self, request: Request, seat: Seat, error: Exception) -> Response:
        if is_program(request):
            return fault(404 if isinstance(error, LookupError) else 409, str(error))
        frame = Frame(house=self._office.house, seat=seat)
        if isinstance(error, LookupError):
            return page(copydesk.said(frame, "Not found", "There is nothing at this address."), 404)
        return page(copydesk.said(frame, "Not done", f"{error}."), 409)


def _gone(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
