"""The ways to an agency: a letter by the house's mail server, or a signed post.

An agency's web address is outside the house, whoever entered it: it is posted to only where it
is public, by the client that every feed is fetched with.
"""

import os
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Protocol

import msgspec

from copytaster.agency import Profile
from copytaster.config import ConfigError
from copytaster.newsroom.acknowledging._words import letter
from copytaster.newsroom.acknowledging._words import packed
from copytaster.newsroom.acknowledging._words import subject
from copytaster.newsroom.calling import Mail
from copytaster.newsroom.calling import Unreached
from copytaster.newsroom.calling import Webhook
from copytaster.newsroom.calling import by_mail
from copytaster.newsroom.calling import signing_key
from copytaster.newsroom.calling import written
from copytaster.newsroom.house import House
from copytaster.press import Site
from copytaster.store import Acknowledgement
from copytaster.wire import Network
from copytaster.wire import Secret


class Way(Protocol):
    """One way to one agency."""

    @property
    def agency(self) -> str:
        """Its id."""

    @property
    def route(self) -> str:
        """``email`` or ``webhook``."""

    @property
    def shown(self) -> str:
        """Where it leads, for people: no secret."""

    def send(self, owed: Acknowledgement) -> None:
        """Send it. Raises :class:`Unreached`."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """To the agency's mailbox."""

    agency: str
    shown: str
    """the mailbox"""
    mail: Mail | None
    """None: the house has set no mail server"""
    site: Site
    route: str = "email"

    def send(self, owed: Acknowledgement) -> None:
        """The same letter has the same Message-ID: a mail program shows it once."""
        if self.mail is None:
            raise Unreached("no mail server is set; add [alerts.email]")
        table = self.mail.table
        made = written(table, [self.shown], subject(owed, self.site), letter(owed, self.site))
        made["Message-ID"] = f"<{owed.id}@{table.sender.rpartition('@')[2]}>"
        self.mail.send(made, [self.shown])


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """To the agency's web address."""

    agency: str
    hook: Webhook
    site: Site
    route: str = "webhook"

    @property
    def shown(self) -> str:
        return self.hook.shown

    def send(self, owed: Acknowledgement) -> None:
        """Post it under its id, in the header ``webhook-id`` where it is signed."""
        self.hook.post(packed(owed, self.site), owed.id)


def ways(
    house: House,
    *,
    allow: tuple[Network, ...] = (),
    environ: Mapping[str, str] = os.environ,
) -> list[Way]:
    """Every way that a profile asks for. ``allow``: networks beside the public ones.

    Raises ConfigError when a secret that is named is not there.
    """
    table, site = house.config.alerts.email, house.site
    found: list[Way] = []
    for profile in _asking(house):
        wanted = profile.acknowledge
        if wanted is not None and wanted.email is not None:
            mail = by_mail(table, site.name, environ) if table is not None else None
            found.append(Letter(agency=profile.id, shown=wanted.email, mail=mail, site=site))
        if wanted is not None and wanted.url is not None:
            what = f"agency {profile.id}: acknowledge.secret"
            hook = Webhook(
                url=Secret(wanted.url),
                site=site.name,
                key=signing_key(what, wanted.secret_env, wanted.secret_file, environ),
                allow=allow,
            )
            found.append(Post(agency=profile.id, hook=hook, site=site))
    return found


def _asking(house: House) -> list[Profile]:
    asking = [one for one in house.profiles.values() if one.acknowledge is not None]
    return sorted(asking, key=lambda profile: profile.id)


def faults(house: House, environ: Mapping[str, str] = os.environ) -> Iterator[str]:
    """What would keep an agency from being told, for ``doctor``."""
    try:
        ways(house, environ=environ)
    except ConfigError as error:
        yield f"{error}; the desk does not start without it"
    for profile in _asking(house):
        wanted = profile.acknowledge
        if wanted is not None and wanted.email and house.config.alerts.email is None:
            yield (
                f"agency {profile.id}: its profile asks for acknowledgements by e-mail, and there "
                "is no [alerts.email] to send them by; add it, or take acknowledge.email out"
            )
