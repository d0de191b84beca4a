"""The tables of the configuration file but ``[site]``, and the whole of them."""

from collections.abc import Mapping
from typing import Annotated
from typing import Literal

import msgspec

from copytaster.agency import Contract
from copytaster.config._site import SiteTable
from copytaster.config._site import Table

Count = Annotated[int, msgspec.Meta(ge=1)]
Limit = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
"""0: no limit"""
Port = Annotated[int, msgspec.Meta(ge=1, le=65_535)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Width = Annotated[int, msgspec.Meta(ge=64, le=1920)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Silent = Annotated[float, msgspec.Meta(ge=0, le=1440)]
"""minutes; 0: nobody is called"""
_WIDTHS = (320, 480, 640, 960, 1280, 1920)


class BreakerTable(Table, frozen=True, kw_only=True):
    """``[breaker]``: bursts that stop a source's publishing and call a person. 0: no limit."""

    items_per_minute: Limit = 0
    kill_share: Share = 0.5
    """of the newest ``kill_sample`` items; more than this share of kills"""
    kill_sample: Annotated[int, msgspec.Meta(ge=2, le=10_000)] = 100
    obituaries: Limit = 15
    changes: Limit = 100
    """live stories whose words changed"""
    old_items: Limit = 20
    old_days: Annotated[float, msgspec.Meta(gt=0)] = 2.0
    """an item is old when its own date is so many days past on arrival"""
    minutes: Annotated[float, msgspec.Meta(gt=0, le=1440)] = 10.0
    """within so many: obituaries, changes and old items"""


class SourceBreakerTable(Table, frozen=True, kw_only=True):
    """``[sources.<id>.breaker]``: what of ``[breaker]`` is otherwise for one source."""

    items_per_minute: Limit | None = None
    kill_share: Share | None = None
    kill_sample: Annotated[int, msgspec.Meta(ge=2, le=10_000)] | None = None
    obituaries: Limit | None = None
    changes: Limit | None = None
    old_items: Limit | None = None
    old_days: Annotated[float, msgspec.Meta(gt=0)] | None = None
    minutes: Annotated[float, msgspec.Meta(gt=0, le=1440)] | None = None


class PushTable(Table, frozen=True, kw_only=True, tag_field="route", tag="push"):
    """``[sources.<id>]`` with ``route = "push"``: an endpoint ``POST /wire/<id>``."""

    agency: str | None = None
    """without one the sender names it with ``?agency=``"""
    token_env: str | None = None
    token_file: str | None = None
    breaker: SourceBreakerTable | None = None
    contract: Contract | None = None
    """narrows the agency's for what comes by this source"""
    silent_minutes: Silent | None = None
    """instead of ``health.silent_minutes``"""


class PollTable(Table, frozen=True, kw_only=True, tag_field="route", tag="poll"):
    """``[sources.<id>]`` with ``route = "poll"``: a feed fetched again and again."""

    agency: str
    url: str
    floor_seconds: Seconds = 60.0
    ceiling_seconds: Seconds = 3600.0
    first_poll_age_hours: float = 6.0
    allow_networks: tuple[str, ...] = ()
    authorization_env: str | None = None
    breaker: SourceBreakerTable | None = None
    contract: Contract | None = None
    silent_minutes: Silent | None = None


class FolderTable(Table, frozen=True, kw_only=True, tag_field="route", tag="folder"):
    """``[sources.<id>]`` with ``route = "folder"``: a watched folder."""

    agency: str
    path: str
    keep_done: bool = True
    breaker: SourceBreakerTable | None = None
    contract: Contract | None = None
    silent_minutes: Silent | None = None


SourceTable = PushTable | PollTable | FolderTable


class LimitsTable(Table, frozen=True, kw_only=True):
    """``[limits]``: what is refused."""

    delivery_bytes: Count = 16 * 1024 * 1024
    disk_reserve_bytes: Annotated[int, msgspec.Meta(ge=0)] = 64 * 1024 * 1024
    """new deliveries are refused (503) below this; publishing and kills go on"""


class PicturesTable(Table, frozen=True, kw_only=True):
    """``[pictures]``: the pictures beside stories."""

    fetch: bool = True
    """False: no picture is fetched, and none shown that was not"""
    largest_bytes: Count = 16 * 1024 * 1024
    seconds: Seconds = 20.0
    """for one picture, redirects included"""
    allow_networks: tuple[str, ...] = ()
    """networks that are not public and may be fetched from, whatever way the story came"""
    widths: Annotated[tuple[Width, ...], msgspec.Meta(max_length=12)] = _WIDTHS
    """of the renditions that are made of each picture, where it is wider"""
    webp: bool = True
    """in WebP as well, which is smaller"""


class ProofTable(Table, frozen=True, kw_only=True):
    """``[proof]``: how public copies are checked."""

    sample: Count = 50
    """fetch one published edition in so many; every kill and hold is fetched whole"""
    alarm_seconds: Seconds = 10.0
    """a withdrawal not clean after this long calls a person"""


class MailTable(Table, frozen=True, kw_only=True):
    """``[alerts.email]``: alerts by e-mail."""

    host: str
    port: Port | None = None
    """without one what is usual for ``tls``: 587, 465 or 25"""
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    """``none`` only to this machine itself"""
    sender: str = msgspec.field(name="from")
    to: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=50)]
    login_env: str | None = None
    """environment variable with ``user:password``"""
    login_file: str | None = None


class WebhookTable(Table, frozen=True, kw_only=True):
    """``[alerts.webhook]``: alerts as JSON, posted."""

    url: str | None = None
    url_env: str | None = None
    """environment variable with the address, where the address itself is the secret"""
    token_env: str | None = None
    """environment variable with a bearer token"""
    token_file: str | None = None
    secret_env: str | None = None
    """environment variable with the key that signs"""
    secret_file: str | None = None


class CommandTable(Table, frozen=True, kw_only=True):
    """``[alerts.command]``: a program that is given alerts as JSON on its standard input."""

    argv: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=100)]
    seconds: Seconds = 10.0
    """killed when it takes longer"""


class AlertsTable(Table, frozen=True, kw_only=True):
    """``[alerts]``: whom to call. Until set, alerts are printed loudly and kept (design §8)."""

    email: MailTable | None = None
    webhook: WebhookTable | None = None
    command: CommandTable | None = None


class DrillTable(Table, frozen=True, kw_only=True):
    """``[drill]``: how often the way of a kill is walked with a story of our own."""

    every_hours: Annotated[float, msgspec.Meta(ge=0)] = 24.0
    """0: only when ``copytaster drill`` is given"""
    slow_seconds: Seconds = 5.0
    """a drill that takes longer to be public, or to be gone, calls a person"""


class PatrolTable(Table, frozen=True, kw_only=True):
    """``[patrol]``: how steadily public copies are fetched again and compared."""

    per_minute: Annotated[int, msgspec.Meta(ge=0, le=60_000)] = 60
    """addresses; 0: no patrol"""


class HealthTable(Table, frozen=True, kw_only=True):
    """``[health]``: when a person is called because nothing comes."""

    silent_minutes: Silent = 120.0
    """so long a source may be quiet: three whole hours in a row without anything, each of which
    usually brings some"""


class LogTable(Table, frozen=True, kw_only=True):
    """``[log]``: the public log."""

    enabled: bool = True
    """False: nothing that becomes public is logged, and no proof is offered"""
    origin: str | None = None
    """the log's name; without one the host of ``site.url`` and ``/log/1``. Fixed at the first
    start; another one begins another log"""


class EraseTable(Table, frozen=True, kw_only=True):
    """``[erase]``: until when something of it may still be in backups."""

    backups_kept_days: Annotated[int, msgspec.Meta(ge=0, le=36_600)] | None = None
    """so many days after a backup was made there is no copy of it"""


class TopicsTable(Table, frozen=True, kw_only=True):
    """``[topics]``: what is known of the codes of subjects beyond what agencies say."""

    media_topics: str | None = None
    """file with IPTC's own export of its Media Topics, as JSON"""


class GrievanceTable(Table, frozen=True, kw_only=True):
    """``[reports.grievance]``: who answers for reports, and by when. The defaults are what
    India's IT Rules 2021 demand of a publisher (Part III, rule 11)."""

    name: str
    address: str
    email: str
    phone: str | None = None
    acknowledge_hours: Annotated[int, msgspec.Meta(ge=1, le=168)] = 24
    decide_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 15


class ReportsTable(Table, frozen=True, kw_only=True):
    """``[reports]``: how readers say that something is wrong."""

    enabled: bool = True
    contact: str | None = None
    """another way to say it; without one ``site.contact``"""
    keep_days: Annotated[int, msgspec.Meta(ge=1, le=3660)] = 60
    """then a report loses its words and its sender"""
    per_day: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 500
    """so many in 24 hours; more are asked to come back"""
    proxies: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    """networks whose ``X-Forwarded-For`` is believed"""
    grievance: GrievanceTable | None = None


class RulesTable(Table, frozen=True, kw_only=True):
    """``[rules]``: which stories wait for an editor, by rules of the house's own."""

    file: str | None = None
    """without one, ``rules.toml`` in the data folder where there is one"""


class DeskTable(Table, frozen=True, kw_only=True):
    """``[desk]``: how the people of the house work together."""

    second_person: tuple[str, ...] = ()
    """codes of reasons; the release of a story that is held for one of them takes two persons, one
    of them a chief"""


class Config(Table, frozen=True, kw_only=True):
    """Everything a house may set."""

    site: SiteTable = SiteTable()
    sources: Mapping[str, SourceTable] = {}
    limits: LimitsTable = LimitsTable()
    topics: TopicsTable = TopicsTable()
    pictures: PicturesTable = PicturesTable()
    proof: ProofTable = ProofTable()
    alerts: AlertsTable = AlertsTable()
    breaker: BreakerTable = BreakerTable()
    drill: DrillTable = DrillTable()
    patrol: PatrolTable = PatrolTable()
    health: HealthTable = HealthTable()
    reports: ReportsTable = ReportsTable()
    log: LogTable = LogTable()
    erase: EraseTable = EraseTable()
    rules: RulesTable = RulesTable()
    desk: DeskTable = DeskTable()
    listen: str = "127.0.0.1:8420"
    data: str = "data"
    agencies: str | None = None
    """folder with the house's own agency profiles (``*.toml``)"""
