"""The demo's house: a morning paper with an app, and the invented agencies' profiles."""

from pathlib import Path

from copytaster.config import AppTable
from copytaster.config import Config
from copytaster.config import DrillTable
from copytaster.config import PatrolTable
from copytaster.config import SiteTable

PROFILES = Path(__file__).parent / "profiles"


def config(listen: str = "127.0.0.1:8420") -> Config:
    """The configuration of the demo's desk, serving on ``listen`` (``HOST:PORT``)."""
    return Config(
        site=SiteTable(
            name="The Morning Wire",
            language="en-GB",
            zone="Europe/London",
            territories=("GB", "IE"),
            tagline="Straight from the agencies, word for word",
            imprint="The Morning Wire is an invented newspaper. It is printed nowhere.",
            contact="desk@morningwire.example",
            app=AppTable(name="Morning Wire", url="https://open.morningwire.example/s/"),
        ),
        drill=DrillTable(every_hours=0),  # the day shows a story's life, not the desk's own care
        patrol=PatrolTable(per_minute=0),
        agencies=str(PROFILES),
        listen=listen,
    )
