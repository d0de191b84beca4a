"""The ways in of one house, made from its configuration.

Push endpoints become web routes; folders and polled feeds become jobs. With no configuration
there is one push source, ``inbox`` (design §8).
"""

import asyncio
import os
import random
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.routing import Route

from copytaster.config import ConfigError
from copytaster.config import FolderTable
from copytaster.config import PollTable
from copytaster.config import PushTable
from copytaster.newsroom._intake import Opened
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.orders import told
from copytaster.newsroom.tokens import kept_token
from copytaster.newsroom.tokens import token_in
from copytaster.store import FateState
from copytaster.wire import Accept
from copytaster.wire import Alert
from copytaster.wire import push
from copytaster.wire.folder import Folder
from copytaster.wire.folder import FolderSource
from copytaster.wire.poll import Seen
from copytaster.wire.poller import Poller
from copytaster.wire.poller import PollSource
from copytaster.wire.push import PushSource

INBOX = "inbox"
INBOX_TOKEN_ENV = "COPYTASTER_INBOX_TOKEN"

_GLANCE = 0.05


class RoutesIn:
    """Every way in, ready to run."""

    def __init__(
        self, desk: Desk, data: Path, accept: Accept, alert: Alert, chance: random.Random
    ) -> None:
        self._desk = desk
        self._data = data
        self._accept = accept
        self._alert = alert
        self._chance = chance
        self.inbox_token: str | None = None
        """the token of ``inbox``, when the house has that source"""
        self.inbox_token_file = data / "secrets" / "inbox.token"
        self.inbox_token_in_shell: str | None = None
        """what a shell on this machine turns into that token"""
        self._pollers: dict[str, Poller] = {}
        self._sources = dict(desk.house.config.sources)
        if not any(isinstance(table, PushTable) for table in self._sources.values()):
            self._sources.setdefault(INBOX, PushTable())
        desk.on_opened = self._opened

    def web_routes(self) -> list[Route]:
        """``POST /wire/<source>`` and the fate of what was sent."""
        sources = {
            id: self._push(id, table)
            for id, table in self._sources.items()
            if isinstance(table, PushTable)
        }
        return push.routes(sources, self._accept, self._fate, self._desk.clock, self._chance)

    def jobs(self) -> list[Coroutine[Any, Any, None]]:
        """What runs until cancelled: a watch for each folder, one poller for all feeds."""
        self._loop = asyncio.get_running_loop()
        jobs = [
            self._folder(id, table).run()
            for id, table in self._sources.items()
            if isinstance(table, FolderTable)
        ]
        polled = [
            self._poll(id, table)
            for id, table in self._sources.items()
            if isinstance(table, PollTable)
        ]
        if polled:
            jobs.append(self._poller(polled).run())
        return jobs

    # --- push ------------------------------------------------------------------------------

    def _push(self, id: str, table: PushTable) -> PushSource:
        token, in_shell = self._token(id, table)
        if id == INBOX:
            self.inbox_token, self.inbox_token_in_shell = token, in_shell
        limit = self._desk.house.config.limits.delivery_bytes
        return PushSource(id=id, token=token, agency=table.agency, limit=limit)

    def _token(self, id: str, table: PushTable) -> tuple[str, str]:
        """The token, and what a shell turns into it: from the environment, a file, or (inbox
        only) made once and kept, for its owner only."""
        env = table.token_env or (INBOX_TOKEN_ENV if id == INBOX else None)
        if env and os.environ.get(env):
            return os.environ[env], f"${env}"
        if table.token_file:
            return token_in(Path(table.token_file), f"source {id}"), f'$(cat "{table.token_file}")'
        if id == INBOX:
            return kept_token(
                self.inbox_token_file, f"source {INBOX}"
            ), f'$(cat "{self.inbox_token_file}")'
        wanted = f"{env} is not set" if env else "neither token_env nor token_file is given"
        raise ConfigError(f"source {id}: {wanted}; a push source needs a token")

    def _fate(self, id: str) -> dict[str, Any] | None:
        """What became of a delivery, as its sender is told."""
        fate = self._desk.store.fate(id)
        if fate is None:
            return None
        delivery = self._desk.store.delivery(id)
        found = (self._desk.store.story(story) for story in fate.stories)
        return {
            "id": fate.id,
            "source": delivery.source if delivery else None,
            "state": fate.state.value,
            "received": fate.received.isoformat(),
            "stories": [told(story) for story in found if story is not None],
            "aside": list(fate.aside),
            "error": fate.error,
        }

    # --- folders ---------------------------------------------------------------------------

    def _folder(self, id: str, table: FolderTable) -> Folder:
        source = FolderSource(
            id=id,
            agency=table.agency,
            path=Path(table.path),
            keep_done=table.keep_done,
            limit=self._desk.house.config.limits.delivery_bytes,
        )
        return Folder(
            source, self._accept, self._outcome, self._desk.clock, self._alert, self._chance
        )

    async def _outcome(self, delivery: str) -> str | None:
        """Waits until the delivery was read: None when well, else why not."""
        while True:
            fate = await asyncio.to_thread(self._desk.store.fate, delivery)
            if fate is not None and fate.state is not FateState.waiting:
                return fate.error
            await asyncio.sleep(_GLANCE)

    # --- polling ---------------------------------------------------------------------------

    def _poll(self, id: str, table: PollTable) -> PollSource:
        return PollSource(
            id=id,
            agency=table.agency,
            url=table.url,
            floor=table.floor_seconds,
            ceiling=table.ceiling_seconds,
            first_poll_age=table.first_poll_age_hours * 3600.0,
            allow=table.allow_networks,
            limit=self._desk.house.config.limits.delivery_bytes,
            secret_env=table.authorization_env,
        )

    def _poller(self, sources: list[PollSource]) -> Poller:
        poller = Poller(
            sources,
            accept=self._accept,
            load=self._desk.store.source_state,
            keep=self._desk.store.keep_source_state,
            clock=self._desk.clock,
            alert=self._alert,
            environ=os.environ,
            chance=self._chance,
        )
        self._pollers = {source.id: poller for source in sources}
        return poller

    def _opened(self, opened: Opened, fresh: int) -> None:
        """Called on the desk's thread for each delivery read: tell the poller what was in it."""
        poller = self._pollers.get(opened.delivery.source)
        if poller is None:
            return
        report = poller.seen(opened.delivery.source, _seen(opened, fresh))
        asyncio.run_coroutine_threadsafe(report, self._loop)


def _seen(opened: Opened, fresh: int) -> Seen:
    parsed = opened.parsed
    if parsed is None:
        return Seen(sha256=opened.delivery.sha256, dead=opened.error)
    instants = [instant for a in opened.addressed if (instant := _instant(a.message.item))]
    feed = parsed.feed
    ttl = feed.ttl_minutes if feed else None
    return Seen(
        sha256=opened.delivery.sha256,
        total=len(parsed.items),
        new=fresh,
        oldest=min(instants, default=None),
        newest=max(instants, default=None),
        ttl=ttl * 60.0 if ttl is not None else None,
        skip_hours=feed.skip_hours if feed else (),
        skip_days=feed.skip_days if feed else (),
    )


def _instant(item: Any) -> datetime | None:
    return item.version_created.instant if item.version_created else None
