"""The app's doors put together."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import copydesk
from copytaster.web import _answer
from copytaster.web.desk._api import api_doors
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import Seats
from copytaster.web.desk._doors import opened
from copytaster.web.desk._evidence import Evidence
from copytaster.web.desk._figures import Figures
from copytaster.web.desk._health import Healths
from copytaster.web.desk._letters import Letters
from copytaster.web.desk._live import Watched
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import Recalling
from copytaster.web.desk._recall import Recalls
from copytaster.web.desk._rules import Rules
from copytaster.web.desk._several import Several
from copytaster.web.desk._story import Stories
from copytaster.web.desk._wire import Lists


def app(office: Office, seats: Seats, watched: Watched) -> list[Route]:
    """The routes of the editors' app."""
    return [*opened(app_doors(office, watched), seats, office.house), *_assets()]


def app_doors(office: Office, watched: Watched) -> list[Door]:
    """What stands behind the guard, and who may go there."""
    recalling, evidence = Recalling(office), Evidence(office)
    return [
        *Lists(office).doors(),
        *Stories(office).doors(),
        *Several(office).doors(),
        *Recalls(office, recalling).doors(),
        *evidence.doors(),
        *Rules(office).doors(),
        *Letters(office).doors(),
        *Healths(office).doors(),
        *Figures(office).doors(),
        *watched.doors(),
        *api_doors(office, watched, recalling, evidence),
    ]


def _assets() -> list[Route]:
    """Style sheet and script, for anybody: they say nothing, and the way in leans on them too."""

    async def asset(request: Request) -> Response:
        found = copydesk.assets().get(request.url.path)
        if found is None:
            return Response("no such file\n", 404, dict(HEADERS), media_type=_answer.TEXT)
        media_type, body = found
        headers = {**HEADERS, "cache-control": _answer.YEAR}
        return Response(body, headers=headers, media_type=media_type)

    return [Route("/desk/assets/{name}", asset, methods=["GET"])]
