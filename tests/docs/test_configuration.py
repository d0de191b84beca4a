"""Every key of the configuration is in docs/reference/config.md with its default."""

import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from copytaster import config

TABLES: dict[str, type[msgspec.Struct]] = {
    "Top level": config.Config,
    "`[site]`": config.SiteTable,
    "`[site.app]`": config.AppTable,
    "`[site.machines]`": config.MachinesTable,
    "`[site.trust]`": config.TrustTable,
    '`[sources.<id>]` with `route = "push"`': config.PushTable,
    '`[sources.<id>]` with `route = "poll"`': config.PollTable,
    '`[sources.<id>]` with `route = "folder"`': config.FolderTable,
    "`[sources.<id>.breaker]`": config.SourceBreakerTable,
    "`[breaker]`": config.BreakerTable,
    "`[alerts.email]`": config.MailTable,
    "`[alerts.webhook]`": config.WebhookTable,
    "`[alerts.command]`": config.CommandTable,
    "`[limits]`": config.LimitsTable,
    "`[topics]`": config.TopicsTable,
    "`[pictures]`": config.PicturesTable,
    "`[proof]`": config.ProofTable,
    "`[drill]`": config.DrillTable,
    "`[patrol]`": config.PatrolTable,
    "`[health]`": config.HealthTable,
    "`[log]`": config.LogTable,
    "`[reports]`": config.ReportsTable,
    "`[erase]`": config.EraseTable,
    "`[rules]`": config.RulesTable,
    "`[desk]`": config.DeskTable,
    "`[reports.grievance]`": config.GrievanceTable,
}


def _is_table(field: msgspec.structs.FieldInfo) -> bool:
    tables = {
        "site",
        "sources",
        "limits",
        "topics",
        "pictures",
        "proof",
        "app",
        "machines",
        "trust",
        "alerts",
        "breaker",
        "drill",
        "patrol",
        "health",
        "log",
        "reports",
        "grievance",
        "erase",
        "rules",
        "desk",
    }
    return field.name in tables


def _told(text: str) -> dict[str, str]:
    """Key → default, from the first table of a section."""
    rows = re.findall(r"^\| `([a-z_]+)` \| (.+?) \|", text, flags=re.MULTILINE)
    return dict(rows)


@pytest.mark.parametrize("heading", TABLES)
def test_the_keys_of_a_table_are_those_documented(
    heading: str, section: Callable[[str, str], str]
) -> None:
    fields = msgspec.structs.fields(TABLES[heading])
    wanted = [field.encode_name for field in fields if not _is_table(field)]
    assert list(_told(section("reference/config.md", heading))) == wanted


@pytest.mark.parametrize("heading", TABLES)
def test_documented_defaults_are_the_defaults(
    heading: str, section: Callable[[str, str], str]
) -> None:
    told = _told(section("reference/config.md", heading))
    fields = [f for f in msgspec.structs.fields(TABLES[heading]) if not _is_table(f)]
    wrong = {
        field.name: told[field.encode_name]
        for field in fields
        if not _says(told[field.encode_name], field)
    }
    assert wrong == {}


def _says(told: str, field: msgspec.structs.FieldInfo) -> bool:
    default: Any = field.default
    if default is msgspec.NODEFAULT:
        return told == "required"
    if default is None:
        return told == "none" or (field.name, told) in _FALLBACKS
    return told == f"`{json.dumps(default)}`"


_FALLBACKS = {
    ("url", "the listening address"),
    ("check_url", "`url`"),
    ("origin", "the host of `site.url` and `/log/1`"),
}


def test_every_table_of_the_configuration_is_looked_at() -> None:
    structs = {
        value
        for value in vars(config).values()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__.startswith(config.__name__)
    }
    assert structs == {*TABLES.values(), config.AlertsTable}, "[alerts] itself has no keys"


def test_the_example_is_a_configuration(page: Callable[[str], str]) -> None:
    example = page("reference/config.md").split("```toml\n")[1].split("```")[0]
    read = config.read(example.encode(), "example")
    assert set(read.sources) == {"ani", "ministry"}
