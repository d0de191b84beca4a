"""Keys that nobody knows, each with the nearest that is known."""

import difflib
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

import msgspec

from copytaster.agency import Contract
from copytaster.config._site import AppTable
from copytaster.config._site import MachinesTable
from copytaster.config._site import SiteTable
from copytaster.config._site import TrustTable
from copytaster.config._tables import AlertsTable
from copytaster.config._tables import BreakerTable
from copytaster.config._tables import CommandTable
from copytaster.config._tables import Config
from copytaster.config._tables import DeskTable
from copytaster.config._tables import DrillTable
from copytaster.config._tables import EraseTable
from copytaster.config._tables import FolderTable
from copytaster.config._tables import GrievanceTable
from copytaster.config._tables import HealthTable
from copytaster.config._tables import LimitsTable
from copytaster.config._tables import LogTable
from copytaster.config._tables import MailTable
from copytaster.config._tables import PatrolTable
from copytaster.config._tables import PicturesTable
from copytaster.config._tables import PollTable
from copytaster.config._tables import ProofTable
from copytaster.config._tables import PushTable
from copytaster.config._tables import ReportsTable
from copytaster.config._tables import RulesTable
from copytaster.config._tables import SourceBreakerTable
from copytaster.config._tables import TopicsTable
from copytaster.config._tables import WebhookTable

_OF_SITE: Mapping[str, type[msgspec.Struct]] = {
    "app": AppTable,
    "machines": MachinesTable,
    "trust": TrustTable,
}


def unknown(tables: Mapping[str, Any]) -> Iterator[str]:
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
    "topics": TopicsTable,
    "pictures": PicturesTable,
    "proof": ProofTable,
    "breaker": BreakerTable,
    "desk": DeskTable,
    "drill": DrillTable,
    "patrol": PatrolTable,
    "health": HealthTable,
    "log": LogTable,
    "erase": EraseTable,
    "rules": RulesTable,
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
