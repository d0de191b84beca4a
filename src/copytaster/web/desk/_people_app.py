"""The doors about persons put together."""

from starlette.routing import Route

from copytaster.web.desk._doors import opened
from copytaster.web.desk._entrance import Ways
from copytaster.web.desk._everybody import Everybody
from copytaster.web.desk._forms import Slowly
from copytaster.web.desk._me import Me
from copytaster.web.desk._people import People
from copytaster.web.desk._seats import SignedIn
from copytaster.web.desk._trail import Trail


def people_routes(
    people: People, seats: SignedIn, *, house: str, zone: str | None, url: str
) -> list[Route]:
    """The ways in and out, oneself, everybody, and the audit trail. ``house``: the site's name;
    ``zone``: in which it reads times; ``url``: its public base."""
    slowly = Slowly()
    ways = Ways(people, seats, house, slowly)
    doors = [
        *ways.doors(),
        *Me(people, seats, house, zone, slowly).doors(),
        *Everybody(people, house, zone, url).doors(),
        *Trail(people, house, zone).doors(),
    ]
    return [*ways.routes(), *opened(doors, seats, house)]
