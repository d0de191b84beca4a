"""Values of the right type that nobody could use, found when the file is read."""

import difflib
import re
from collections.abc import Iterator
from ipaddress import ip_address
from ipaddress import ip_network
from urllib.parse import urlsplit

from copytaster.agency import DRILL
from copytaster.agency import is_mailbox
from copytaster.config import _site
from copytaster.config._tables import AlertsTable
from copytaster.config._tables import Config
from copytaster.config._tables import ReportsTable
from copytaster.verdict.reasons import SOFT

_SOURCE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ORIGIN = re.compile(r"[A-Za-z0-9._:/\[\]-]{1,200}")
"""a name that a signed note can hold, and a line"""


def unusable(config: Config) -> Iterator[str]:
    """Each value of the right type that would fail later, when a story is waiting."""
    yield from _site.unusable(config.site)
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
    for code in config.desk.second_person:
        if code not in SOFT:
            near = difflib.get_close_matches(code, SOFT, 1)
            meant = f"; did you mean {near[0]!r}?" if near else "; see docs/reference/reasons.md"
            yield f"desk.second_person: {code!r} is no reason that an editor lifts{meant}"
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
