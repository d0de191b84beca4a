"""The one TOML file: every key optional, unknown keys refused with a suggestion.

In: bytes of ``copytaster.toml``. Out: a frozen :class:`Config`. Secrets are named here (an
environment variable or a file), never written here. Every key is documented in
``docs/reference/config.md``; a test holds that.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping
from ipaddress import ip_address
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from typing import Any
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from copytaster.agency import DRILL
from copytaster.agency import Contract
from copytaster.agency import is_mailbox
from copytaster.config._erase import EraseTable
from copytaster.config._site import AppTable
from copytaster.config._site import MachinesTable
from copytaster.config._site import SiteTable
from copytaster.config._site import Table
from copytaster.config._site import TrustTable
from copytaster.config._site import unusable

__all__ = [
    "AlertsTable",
    "AppTable",
    "BreakerTable",
    "CommandTable",
    "Config",
    "ConfigError",
    "DrillTable",
    "EraseTable",
    "FolderTable",
    "GrievanceTable",
    "LimitsTable",
    "LogTable",
    "MachinesTable",
    "MailTable",
    "PatrolTable",
    "PicturesTable",
    "PollTable",
    "ProofTable",
    "PushTable",
    "ReportsTable",
    "SiteTable",
    "SourceBreakerTable",
    "SourceTable",
    "TrustTable",
    "WebhookTable",
    "load",
    "read",
]

_SOURCE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ORIGIN = re.compile(r"[A-Za-z0-9._:/\[\]-]{1,200}")
"""a name that a signed note can hold, and a line"""

Count = Annotated[int, msgspec.Meta(ge=1)]
Limit = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
"""0: no limit"""
Port = Annotated[int, msgspec.Meta(ge=1, le=65_535)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Width = Annotated[int, msgspec.Meta(ge=64, le=1920)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_WIDTHS = (320, 480, 640, 960, 1280, 1920)


class ConfigError(ValueError):
    """The configuration cannot be used; one line per fault, each with what to do."""


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


class FolderTable(Table, frozen=True, kw_only=True, tag_field="route", tag="folder"):
    """``[sources.<id>]`` with ``route = "folder"``: a watched folder."""

    agency: str
    path: str
    keep_done: bool = True
    breaker: SourceBreakerTable | None = None
    contract: Contract | None = None


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


class LogTable(Table, frozen=True, kw_only=True):
    """``[log]``: the public log."""

    enabled: bool = True
    """False: nothing that becomes public is logged, and no proof is offered"""
    origin: str | None = None
    """the log's name; without one the host of ``site.url`` and ``/log/1``. Fixed at the first
    start; another one begins another log"""


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


class Config(Table, frozen=True, kw_only=True):
    """Everything a house may set."""

    site: SiteTable = SiteTable()
    sources: Mapping[str, SourceTable] = {}
    limits: LimitsTable = LimitsTable()
    pictures: PicturesTable = PicturesTable()
    proof: ProofTable = ProofTable()
    alerts: AlertsTable = AlertsTable()
    breaker: BreakerTable = BreakerTable()
    drill: DrillTable = DrillTable()
    patrol: PatrolTable = PatrolTable()
    reports: ReportsTable = ReportsTable()
    log: LogTable = LogTable()
    erase: EraseTable = EraseTable()
    listen: str = "127.0.0.1:8420"
    data: str = "data"
    agencies: str | None = None
    """folder with the house's own agency profiles (``*.toml``)"""


def read(toml: bytes, name: str) -> Config:
    """The configuration in the bytes of a TOML file called ``name``."""
    try:
        tables = tomllib.loads(toml.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    _refuse(name, _unknown(tables))
    try:
        config = msgspec.convert(tables, type=Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{name}: {error}; see docs/reference/config.md") from error
    _refuse(name, _unusable(config))
    return config


def _refuse(name: str, faults: Iterator[str]) -> None:
    told = [f"{name}: {fault}" for fault in faults]
    if told:
        raise ConfigError("\n".join(told))


def load(path: Path | None) -> Config:
    """The configuration at ``path``, or the defaults when there is none."""
    if path is None:
        return Config()
    try:
        return read(path.read_bytes(), str(path))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; check --config") from error


def _unusable(config: Config) -> Iterator[str]:
    """Each value of the right type that would fail later, when a story is waiting."""
    yield from unusable(config.site)
    for network in config.pictures.allow_networks:
        if not _is_network(network):
            yield f"pictures.allow_networks: {network!r} is no network; give e.g. 10.1.0.0/16"
    for source in config.sources:
        if not _SOURCE_ID.fullmatch(source):
            yield f"sources.{source}: a source's id is 1 to 64 letters, digits, dots, - and _"
        if config.sources[source].agency == DRILL.id:
            yield f"sources.{source}.agency: {DRILL.id} is the desk's own; name another agency"
    origin = config.log.origin
    if origin is not None and not _ORIGIN.fullmatch(origin):
        yield f"log.origin: {origin!r} is no log's name; give e.g. wire.example.org/log/1"
    yield from _unusable_alerts(config.alerts)
    yield from _unusable_reports(config.reports)


def _unusable_alerts(alerts: AlertsTable) -> Iterator[str]:
    mail, webhook, command = alerts.email, alerts.webhook, alerts.command
    if mail is not None:
        for address in (mail.sender, *mail.to):
            if not is_mailbox(address):
                yield f"alerts.email: {address!r} is no address; give e.g. desk@example.org"
        if mail.tls == "none" and not _is_loopback(mail.host):
            yield f"alerts.email.tls: mail to {mail.host} must not go in the clear; use starttls"
    if webhook is not None:
        if (webhook.url is None) == (webhook.url_env is None):
            yield "alerts.webhook: give url, or url_env where the address is itself a secret"
        elif webhook.url is not None and not _may_be_posted_to(webhook.url):
            yield "alerts.webhook.url: give http(s)://HOST/…, without user, password or fragment"
    if command is not None and not command.argv[0]:
        yield "alerts.command.argv: the first is the program; give its path"


def _unusable_reports(reports: ReportsTable) -> Iterator[str]:
    for network in reports.proxies:
        if not _is_network(network):
            yield f"reports.proxies: {network!r} is no network; give e.g. 10.1.0.0/16"
    officer = reports.grievance
    if officer is None:
        return
    if not is_mailbox(officer.email):
        yield f"reports.grievance.email: {officer.email!r} is no address; give e.g. a@example.org"
    for key, said in (("name", officer.name), ("address", officer.address)):
        if not said.strip():
            yield f"reports.grievance.{key}: readers must be told it; it is empty"
    if reports.keep_days <= officer.decide_days:
        yield (
            f"reports.keep_days: {reports.keep_days} days end before a decision is due "
            f"(reports.grievance.decide_days: {officer.decide_days}); keep reports longer"
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _may_be_posted_to(url: str) -> bool:
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
        return known and not parts.fragment and "@" not in parts.netloc and url.isprintable()
    except ValueError:
        return False


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


_OF_SITE: Mapping[str, type[msgspec.Struct]] = {
    "app": AppTable,
    "machines": MachinesTable,
    "trust": TrustTable,
}


def _unknown(tables: Mapping[str, Any]) -> Iterator[str]:
    """Each key nobody knows, with the nearest known one."""
    yield from _check("", tables, Config)
    for _, table in _table(tables, "site"):
        yield from _check_site(table)
    for name, kind in _FLAT.items():
        for _, table in _table(tables, name):
            yield from _check(f"{name}.", table, kind)
    for _, table in _table(tables, "alerts"):
        yield from _check_alerts(table)
    for _, table in _table(tables, "reports"):
        yield from _check("reports.", table, ReportsTable)
        for key, officer in _table(table, "grievance"):
            yield from _check(f"reports.{key}.", officer, GrievanceTable)
    for _, sources in _table(tables, "sources"):
        for source, table in sources.items():
            yield from _check_source(source, table)


_FLAT: Mapping[str, type[msgspec.Struct]] = {
    "limits": LimitsTable,
    "pictures": PicturesTable,
    "proof": ProofTable,
    "breaker": BreakerTable,
    "drill": DrillTable,
    "patrol": PatrolTable,
}
"""tables without tables in them"""


def _table(tables: Mapping[str, Any], key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    table = tables.get(key)
    if isinstance(table, dict):
        yield key, table


def _check_site(site: Mapping[str, Any]) -> Iterator[str]:
    yield from _check("site.", site, SiteTable)
    for name, kind in _OF_SITE.items():
        for _, table in _table(site, name):
            yield from _check(f"site.{name}.", table, kind)


def _check_alerts(alerts: Mapping[str, Any]) -> Iterator[str]:
    kinds: Mapping[str, type[msgspec.Struct]] = {
        "email": MailTable,
        "webhook": WebhookTable,
        "command": CommandTable,
    }
    yield from _check("alerts.", alerts, AlertsTable)
    for name, kind in kinds.items():
        for _, table in _table(alerts, name):
            yield from _check(f"alerts.{name}.", table, kind)


def _check_source(source: str, table: Any) -> Iterator[str]:
    kinds: Mapping[str, type[msgspec.Struct]] = {
        "push": PushTable,
        "poll": PollTable,
        "folder": FolderTable,
    }
    if not isinstance(table, dict):
        yield f"sources.{source} must be a table, e.g. [sources.{source}]"
    elif str(table.get("route")) not in kinds:
        yield f"sources.{source}.route must be one of push, poll, folder"
    else:
        known = kinds[str(table["route"])]
        rest = {key: value for key, value in table.items() if key != "route"}
        yield from _check(f"sources.{source}.", rest, known)
        for _, breaker in _table(rest, "breaker"):
            yield from _check(f"sources.{source}.breaker.", breaker, SourceBreakerTable)
        for key, contract in _table(rest, "contract"):
            yield from _check(f"sources.{source}.{key}.", contract, Contract)


def _check(prefix: str, table: Mapping[str, Any], kind: type[msgspec.Struct]) -> Iterator[str]:
    known = [field.encode_name for field in msgspec.structs.fields(kind)]
    for key in table:
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean {prefix}{near[0]}?" if near else f"known: {', '.join(known)}"
        yield f"unknown key {prefix}{key}; {hint}"
