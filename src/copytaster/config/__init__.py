"""The one TOML file: every key optional, unknown keys refused with a suggestion.

In: bytes of ``copytaster.toml``. Out: a frozen :class:`Config`. Secrets are named here (an
environment variable or a file), never written here. Every key is documented in
``docs/reference/config.md``; a test holds that.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

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
from copytaster.config._tables import SourceTable
from copytaster.config._tables import TopicsTable
from copytaster.config._tables import WebhookTable
from copytaster.config._unknown import unknown
from copytaster.config._unusable import unusable

__all__ = [
    "AlertsTable",
    "AppTable",
    "BreakerTable",
    "CommandTable",
    "Config",
    "ConfigError",
    "DeskTable",
    "DrillTable",
    "EraseTable",
    "FolderTable",
    "GrievanceTable",
    "HealthTable",
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
    "RulesTable",
    "SiteTable",
    "SourceBreakerTable",
    "SourceTable",
    "TopicsTable",
    "TrustTable",
    "WebhookTable",
    "load",
    "read",
]


class ConfigError(ValueError):
    """The configuration cannot be used; one line per fault, each with what to do."""


def read(toml: bytes, name: str) -> Config:
    """The configuration in the bytes of a TOML file called ``name``."""
    try:
        tables = tomllib.loads(toml.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    _refuse(name, unknown(tables))
    try:
        config = msgspec.convert(tables, type=Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{name}: {error}; see docs/reference/config.md") from error
    _refuse(name, unusable(config))
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
