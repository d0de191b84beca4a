"""The port: what is kept, and the operations on it. Engines implement :class:`Store`.

Each job of the store has its part in a module of its own. Every instant is an aware datetime in
UTC. Every operation is safe to call from any thread. Writing operations are durable when they
return.
"""

from pathlib import Path
from typing import Protocol

from copytaster.store._call_port import CallStore
from copytaster.store._delivery_port import DeliveryStore
from copytaster.store._erasure_port import ErasureStore
from copytaster.store._figure_port import FigureStore
from copytaster.store._list_port import ListStore
from copytaster.store._log_port import LogStore
from copytaster.store._name_port import NameStore
from copytaster.store._outbox import Outbox
from copytaster.store._patrol import PatrolStore
from copytaster.store._people_port import PeopleStore
from copytaster.store._picture_port import PictureStore
from copytaster.store._preset_port import PresetStore
from copytaster.store._press_port import PressStore
from copytaster.store._recall_port import RecallStore
from copytaster.store._remark_port import RemarkStore
from copytaster.store._report_port import ReportStore
from copytaster.store._story_port import StoryStore
from copytaster.store._told_port import ToldStore
from copytaster.store._twin_port import TwinStore
from copytaster.store._window_port import WindowStore
from copytaster.store._wire_port import WireStore


class Store(
    DeliveryStore,
    StoryStore,
    NameStore,
    PressStore,
    RecallStore,
    ListStore,
    PatrolStore,
    Protocol,
):
    """The only memory of the desk."""

    @property
    def pictures(self) -> PictureStore:
        """What is kept of pictures."""

    @property
    def outbox(self) -> Outbox:
        """What agencies are to be told."""

    @property
    def calls(self) -> CallStore:
        """Whom persons are to be called for."""

    @property
    def reports(self) -> ReportStore:
        """What readers say is wrong."""

    @property
    def people(self) -> PeopleStore:
        """Who may sign in at the desk, and what was done by whom."""

    @property
    def remarks(self) -> RemarkStore:
        """What editors say to each other of stories."""

    @property
    def presets(self) -> PresetStore:
        """Searches that editors keep."""

    @property
    def log(self) -> LogStore:
        """What the public log says."""

    @property
    def erasures(self) -> ErasureStore:
        """What is destroyed for good."""

    @property
    def twins(self) -> TwinStore:
        """Which stories are versions of one text."""

    @property
    def wire(self) -> WireStore:
        """Every story by what happened to it last."""

    @property
    def window(self) -> WindowStore:
        """What the texts of the last days have in common."""

    @property
    def told(self) -> ToldStore:
        """What the desk finds stories by."""

    @property
    def figures(self) -> FigureStore:
        """What is counted of sources and drills, and what a day brought."""

    def counts(self) -> dict[str, int]:
        """Stories by state, deliveries waiting (``waiting``), dead letters (``dead``), work."""

    def source_state(self, source: str) -> bytes | None:
        """What a way in remembers between runs (wire owns its meaning)."""

    def keep_source_state(self, source: str, state: bytes) -> None: ...

    def setting(self, key: str) -> str | None: ...

    def keep_setting(self, key: str, value: str | None) -> None: ...

    def backup(self, target: Path) -> None:
        """A consistent copy of everything, while the desk runs. Refuses an existing file."""

    def check(self) -> list[str]:
        """What is wrong with the files, in sentences; empty when sound."""

    def close(self) -> None: ...
