"""The command line. Each command is a thin door to a room.

Exit codes: 0 done, 1 some input refused, 2 usage or configuration (design §7). Errors are one
line on stderr: what happened, where, what to do.
"""

from importlib import metadata

import click

from copytaster.cli._calling import alerts
from copytaster.cli._erasing import erase
from copytaster.cli._finding import find
from copytaster.cli._letters import letters
from copytaster.cli._monitoring import monitor
from copytaster.cli._noting import read
from copytaster.cli._noting import reread
from copytaster.cli._people import people
from copytaster.cli._reading import parse
from copytaster.cli._recalling import recall
from copytaster.cli._receiving import receive
from copytaster.cli._receiving import retry
from copytaster.cli._reports import reports
from copytaster.cli._rules import rules
from copytaster.cli._serving import nginx
from copytaster.cli._serving import rebuild
from copytaster.cli._starting import demo
from copytaster.cli._starting import run
from copytaster.cli._stories import hold
from copytaster.cli._stories import kill
from copytaster.cli._stories import release
from copytaster.cli._stories import story
from copytaster.cli._theming import theme
from copytaster.cli._twins import twins
from copytaster.cli._upkeep import backup
from copytaster.cli._upkeep import doctor
from copytaster.cli._upkeep import pause
from copytaster.cli._upkeep import restore
from copytaster.cli._upkeep import resume
from copytaster.cli._verifying import verify
from copytaster.cli._watching import drill
from copytaster.cli._watching import patrol

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("copytaster"), prog_name="copytaster")
def main() -> None:
    """Copytaster: agency copy straight to readers, word for word, and taken back everywhere."""


for _command in (
    run,
    demo,
    parse,
    read,
    reread,
    twins,
    receive,
    retry,
    letters,
    find,
    story,
    kill,
    hold,
    release,
    erase,
    recall,
    pause,
    resume,
    backup,
    restore,
    doctor,
    alerts,
    drill,
    patrol,
    verify,
    monitor,
    theme,
    rules,
    reports,
    people,
    nginx,
    rebuild,
):
    main.add_command(_command)
