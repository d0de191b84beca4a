"""What stands around every page of the desk: where one can go, who one is, what just happened."""

import msgspec

from copytaster.copydesk._assets import asset_path
from copytaster.copydesk._seat import Role
from copytaster.copydesk._seat import Seat
from copytaster.copydesk._templates import render

_PLACES = (
    ("/desk", "The wire", Role.reader),
    ("/desk/queue", "Queue", Role.reader),
    ("/desk/search", "Search", Role.reader),
    ("/desk/recall", "Recall", Role.chief),
    ("/desk/rules", "Rules", Role.reader),
    ("/desk/letters", "Dead letters", Role.reader),
    ("/desk/health", "Health", Role.reader),
    ("/desk/people", "People", Role.admin),
    ("/desk/trail", "Audit trail", Role.chief),
)
"""address, name, and who may go there; in the order of an editor's day"""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The house, and whoever looks."""

    house: str
    """the site's name"""
    seat: Seat | None = None
    """None: nobody is signed in"""
    here: str = ""
    """the address of the page, for the place it belongs to"""
    told: str | None = None
    """what the last order came to"""

    def page(self, template: str, **words: object) -> bytes:
        """A whole page. ``title`` is wanted by every template."""
        seat = self.seat
        places = [
            {"href": href, "name": name, "here": href == self.here}
            for href, name, role in _PLACES
            if seat is not None and seat.role.may(role)
        ]
        return render(
            template,
            house=self.house,
            seat=None if seat is None else {"person": seat.person, "role": seat.role.value},
            places=places,
            told=self.told,
            css=asset_path("css"),
            js=asset_path("js"),
            **words,
        )
