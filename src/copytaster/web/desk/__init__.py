"""The editors' app: doors to what the newsroom knows and does, for those who are signed in.

Every door says who may go through it (:mod:`copytaster.web.desk._doors`); the same table is what
the tests try every role on.
"""

from copytaster.web.desk._app import app
from copytaster.web.desk._app import app_doors
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import Seats
from copytaster.web.desk._doors import opened
from copytaster.web.desk._live import Watched
from copytaster.web.desk._people_app import people_routes
from copytaster.web.desk._seats import SignedIn

__all__ = [
    "Door",
    "Seats",
    "SignedIn",
    "Watched",
    "app",
    "app_doors",
    "opened",
    "people_routes",
]
