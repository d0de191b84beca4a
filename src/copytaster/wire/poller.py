"""Polling: the desk asks a feed again and again, as often as news comes and no oftener.

In: sources, and what was remembered of each. Out: one delivery per body not seen before,
durable before the source's state is. When to ask is ``poll.py``'s arithmetic; this is the loop
around it: a heap of due times, one request at a time per origin with a token bucket, and
Retry-After for the whole origin. Not its business: what is in a body; the newsroom says
(``seen``) what it found there.
"""

import asyncio
import base64
import heapq
import logging
import random
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from hashlib import sha256

import msgspec

from copytaster.wire._delivery import SYSTEM
from copytaster.wire._delivery import make
from copytaster.wire._door import Accept
from copytaster.wire._door import Alert
from copytaster.wire._door import Clock
from copytaster.wire._door import FetchError
from copytaster.wire._door import NoRoom
from copytaster.wire._guard import Network
from copytaster.wire._guard import networks
from copytaster.wire.http import LIMIT
from copytaster.wire.http import Client
from copytaster.wire.http import Fetch
from copytaster.wire.http import Fetched
from copytaster.wire.http import Secret
from copytaster.wire.http import origin
from copytaster.wire.http import shown
from copytaster.wire.poll import Limits
from copytaster.wire.poll import Outcome
from copytaster.wire.poll import PollState
from copytaster.wire.poll import Seen
from copytaster.wire.poll import Sort
from copytaster.wire.poll import alarms
from copytaster.wire.poll import conditions
from copytaster.wire.poll import decode
from copytaster.wire.poll import encode
from copytaster.wire.poll import endings
from copytaster.wire.poll import for_url
from copytaster.wire.poll import learn
from copytaster.wire.poll import outcome
from copytaster.wire.poll import plan
from copytaster.wire.poll import sort

Load = Callable[[str], bytes | None]
Keep = Callable[[str, bytes], None]

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.5"
)

_log = logging.getLogger(__name__)
_AT_ONCE = 16
_BURST = 4.0
_REFILL = 1.0
"""tokens a second"""
_LOOK_AT_CLOCK = 30.0
"""never sleep longer: the wall clock may be set meanwhile"""
_FULL_PAUSE = 30.0


class PollSource(msgspec.Struct, frozen=True, kw_only=True):
    """One feed to poll. Times in seconds. Raises ValueError where it contradicts itself."""

    id: str
    agency: str
    url: str
    floor: float = 60.0
    """never more often: the agency's contract"""
    ceiling: float = 3600.0
    first_poll_age: float = 6 * 3600.0
    """a first poll publishes only items newer than this; older ones are archived"""
    allow: tuple[str, ...] = ()
    """networks that are not public and may be spoken to, e.g. ``10.1.0.0/16``"""
    limit: int = LIMIT
    seconds: float = 30.0
    """for one fetch"""
    headers: Mapping[str, str] = {}
    secret_env: str | None = None
    """environment variable with the secret: a header's whole value (``Bearer …``), a bare
    token, or ``user:password``"""
    secret_header: str = "Authorization"
    origin_backoff: bool = True
    """Retry-After and refusals hold for the whole origin; False: for this source alone"""

    def __post_init__(self) -> None:
        if not 0 < self.floor <= self.ceiling:
            raise ValueError(f"source {self.id}: needs 0 < floor <= ceiling")
        try:
            networks(self.allow)
            origin(self.url)
        except (FetchError, ValueError) as error:
            raise ValueError(f"source {self.id}: {error}") from error

    @property
    def limits(self) -> Limits:
        """The bounds of its schedule."""
        return Limits(floor=self.floor, ceiling=self.ceiling)


class _Origin:
    """What one server is owed: one request at a time, few in a burst, silence when asked."""

    def __init__(self, now: datetime) -> None:
        self.lock = asyncio.Lock()
        self.quiet_until = now
        self._tokens = _BURST
        self._at = now

    def wait(self, now: datetime) -> float:
        """Seconds until a request may be made; 0.0 takes a token."""
        quiet = (self.quiet_until - now).total_seconds()
        if quiet > 0:
            return quiet
        passed = max(0.0, (now - self._at).total_seconds())
        self._tokens, self._at = min(_BURST, self._tokens + passed * _REFILL), now
        if self._tokens < 1:
            return (1 - self._tokens) / _REFILL
        self._tokens -= 1
        return 0.0


class Poller:
    """The loop over all polled sources. ``run`` until cancelled; ``poll_now`` is one poll."""

    def __init__(
        self,
        sources: Sequence[PollSource],
        accept: Accept,
        load: Load,
        keep: Keep,
        clock: Clock,
        alert: Alert,
        environ: Mapping[str, str],
        chance: random.Random = SYSTEM,
        agent: str = "Copytaster",
    ) -> None:
        """``load`` and ``keep`` are called in a thread. ``environ`` holds the secrets."""
        self._sources = {source.id: source for source in sources}
        self._accept = accept
        self._load = load
        self._keep = keep
        self._clock = clock
        self._alert = alert
        self._chance = chance
        self._secrets = {source.id: _secret(source, environ) for source in sources}
        self._clients: dict[tuple[Network, ...], Client] = {}
        self._agent = agent
        self._origins: dict[str, _Origin] = {}
        self._states: dict[str, PollState] = {}
        self._reports: dict[str, list[Seen]] = {}
        """what the newsroom found while a poll of the source was under way"""
        self._heap: list[tuple[datetime, str]] = []
        self._changed = asyncio.Event()
        self._keeping = asyncio.Lock()

    async def run(self) -> None:
        """Poll each source when it is due, until cancelled."""
        polls: dict[str, asyncio.Task[None]] = {}
        for source in self._sources.values():
            await self._state(source)
            self._schedule(source.id)
        try:
            while True:
                self._changed.clear()
                self._start_due(polls)
                try:  # not wait_for: before Python 3.12 it can swallow a cancellation (gh-86296)
                    async with asyncio.timeout(self._pause(polls)):
                        await self._changed.wait()
                except TimeoutError:
                    pass  # something is due, or the clock wants a look
        finally:
            for task in polls.values():
                task.cancel()
            await asyncio.gather(*polls.values(), return_exceptions=True)
            await self.aclose()

    async def poll_now(self, source: str) -> PollState:
        """Poll once, due or not (a stopped source too); what is remembered afterwards."""
        config = self._sources[source]
        async with self._origin(config).lock:
            state = await self._turn(config)
        self._schedule(source)
        return state

    async def seen(self, source: str, seen: Seen) -> None:
        """The newsroom found this in a delivery of ``source``."""
        if source in self._reports:
            self._reports[source].append(seen)
            return
        config = self._sources[source]
        await self._state(config)
        await self._learn(config, [seen])
        self._schedule(source)

    async def aclose(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    # --- when -------------------------------------------------------------------------------

    def _schedule(self, source: str) -> None:
        state = self._states[source]
        if not state.stopped:
            heapq.heappush(self._heap, (state.next_poll or self._clock(), source))
            self._changed.set()

    def _start_due(self, polls: dict[str, asyncio.Task[None]]) -> None:
        now = self._clock()
        while self._heap and self._heap[0][0] <= now and len(polls) < _AT_ONCE:
            _, id = heapq.heappop(self._heap)
            if id in polls or not self._is_due(id, now):
                continue  # an entry that a later one replaced
            wait = self._hold(self._sources[id], now)
            if wait > 0:
                heapq.heappush(self._heap, (now + timedelta(seconds=wait), id))
                continue
            polls[id] = asyncio.create_task(self._poll_due(self._sources[id], polls))

    def _is_due(self, id: str, now: datetime) -> bool:
        state = self._states[id]
        return not state.stopped and (state.next_poll is None or state.next_poll <= now)

    def _hold(self, source: PollSource, now: datetime) -> float:
        """Seconds the source's origin must be left alone yet."""
        place = self._origin(source)
        return 0.25 if place.lock.locked() else place.wait(now)

    def _pause(self, polls: Mapping[str, object]) -> float:
        if not self._heap or len(polls) >= _AT_ONCE:
            return _LOOK_AT_CLOCK
        wait = (self._heap[0][0] - self._clock()).total_seconds()
        return min(max(wait, 0.0), _LOOK_AT_CLOCK)

    def _origin(self, source: PollSource) -> _Origin:
        name = origin(source.url)
        if name not in self._origins:
            self._origins[name] = _Origin(self._clock())
        return self._origins[name]

    # --- one poll -----------------------------------------------------------------------------

    async def _poll_due(self, source: PollSource, polls: dict[str, asyncio.Task[None]]) -> None:
        try:
            async with self._origin(source).lock:
                await self._turn(source)
            self._alert.over("feed-fault", source.id)
        except Exception as error:  # noqa: BLE001  one source's fault must not stop the others
            _log.exception("poll broke off source=%s", source.id)
            text = f"{source.id}: polling broke off: {error!r}; see the log"
            self._alert("feed-fault", text, about=source.id)
            self._states[source.id] = plan(
                self._states[source.id],
                Outcome(error=repr(error)),
                source.limits,
                self._clock(),
                self._jitter(),
            )
        finally:
            del polls[source.id]
            self._schedule(source.id)

    async def _turn(self, source: PollSource) -> PollState:
        state = await self._state(source)
        self._reports[source.id] = []
        try:
            came, body = await self._ask(source, state)
            after = plan(state, came, source.limits, self._clock(), self._jitter())
            if body is not None and sort(state, came) is Sort.fresh:
                after = await self._hand_in(source, state, after, body)
            await self._remember(source, state, after)
            self._quiet(source, state, came, after)
            _record(source, state, came, after)
        finally:
            reports = self._reports.pop(source.id)
        return await self._learn(source, reports)

    async def _ask(self, source: PollSource, state: PollState) -> tuple[Outcome, Fetched | None]:
        secret = self._secrets[source.id]
        request = Fetch(
            url=source.url,
            headers={"accept": ACCEPT, **source.headers, **conditions(state)},
            secrets={source.secret_header: secret} if secret else {},
            limit=source.limit,
            seconds=source.seconds,
        )
        try:
            fetched = await self._client(source).fetch(request)
        except FetchError as error:
            return Outcome(error=str(error)), None
        digest = sha256(fetched.body).hexdigest()
        return outcome(fetched, digest, self._clock()), fetched

    async def _hand_in(
        self, source: PollSource, before: PollState, after: PollState, fetched: Fetched
    ) -> PollState:
        """Hand the body in. ``opened`` is kept first: a poll repeated after a crash must make
        the same deliveries. With no room for it, the source is as if not asked."""
        opened = after.opened or self._clock()
        if before.opened is None:
            await self._remember(source, before, _opened(before, opened))
        delivery = make(
            source=source.id,
            agency=source.agency,
            data=fetched.body,
            received=self._clock(),
            content_type=fetched.headers.get("content-type"),
            url=shown(fetched.final_url),
            publish_after=opened - timedelta(seconds=source.first_poll_age),
            chance=self._chance,
        )
        try:
            await self._accept([delivery])
        except NoRoom as error:
            _log.warning("feed waits, the desk is full source=%s reason=%r", source.id, str(error))
            later = self._clock() + timedelta(seconds=max(source.floor, _FULL_PAUSE))
            return msgspec.structs.replace(_opened(before, opened), next_poll=later)
        return after

    async def _learn(self, source: PollSource, reports: Sequence[Seen]) -> PollState:
        for seen in reports:
            before = self._states[source.id]
            after = learn(before, seen, source.limits, self._clock(), self._jitter())
            await self._remember(source, before, after)
        return self._states[source.id]

    # --- what is remembered -------------------------------------------------------------------

    async def _state(self, source: PollSource) -> PollState:
        if source.id not in self._states:
            kept = decode(await asyncio.to_thread(self._load, source.id))
            self._states.setdefault(source.id, for_url(kept, source.url))
        return self._states[source.id]

    async def _remember(self, source: PollSource, before: PollState, after: PollState) -> None:
        self._states[source.id] = after
        for alarm in alarms(source.id, before, after):
            self._alert(alarm.code, alarm.text, about=source.id)
        for code in endings(after):
            self._alert.over(code, source.id)
        async with self._keeping:  # one after the other: an older state must not win
            await asyncio.to_thread(self._keep, source.id, encode(self._states[source.id]))

    def _quiet(
        self, source: PollSource, before: PollState, came: Outcome, after: PollState
    ) -> None:
        """A server that asks for peace gets it for all its feeds."""
        asked = came.retry_after is not None or sort(before, came) is Sort.refused
        if asked and source.origin_backoff and after.next_poll is not None:
            place = self._origin(source)
            place.quiet_until = max(place.quiet_until, after.next_poll)

    def _client(self, source: PollSource) -> Client:
        allow = networks(source.allow)
        if allow not in self._clients:
            self._clients[allow] = Client(allow, self._agent)
        return self._clients[allow]

    def _jitter(self) -> float:
        return self._chance.uniform(-0.1, 0.1)


def _opened(state: PollState, opened: datetime) -> PollState:
    return msgspec.structs.replace(state, opened=opened)


def _secret(source: PollSource, environ: Mapping[str, str]) -> Secret | None:
    """The secret's header value; raises ValueError when the variable is not set."""
    if source.secret_env is None:
        return None
    word = environ.get(source.secret_env, "").strip()
    if not word or not word.isascii() or not word.isprintable():
        raise ValueError(f"source {source.id}: set {source.secret_env} to the feed's secret")
    if source.secret_header.lower() != "authorization" or " " in word:
        return Secret(word)
    if ":" in word:
        return Secret("Basic " + base64.b64encode(word.encode()).decode())
    return Secret(f"Bearer {word}")


def _record(source: PollSource, before: PollState, came: Outcome, after: PollState) -> None:
    """One line for each poll: what it came to and what was decided from it."""
    _log.info(
        "polled source=%s status=%s sort=%s failures=%d gap=%s next=%s error=%r",
        source.id,
        came.status,
        sort(before, came),
        after.failures,
        after.gap,
        after.next_poll and after.next_poll.isoformat(),
        after.error,
    )


__all__ = ["PollSource", "PollState", "Poller", "Seen"]
