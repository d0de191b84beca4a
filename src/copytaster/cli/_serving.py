"""Commands about how pages are served: by another server's files, and made again."""

import os
from pathlib import Path

import click
import msgspec

from copytaster import web
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import complain
from copytaster.cli._manners import known
from copytaster.cli._manners import measured
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import settings
from copytaster.newsroom import house
from copytaster.newsroom import rebuilding


@click.command()
@click.option("--server-name", help="The host name (default: that of [site] url).")
@click.option("--listen", help="[HOST:]PORT where nginx listens (default: 80, all addresses).")
@common
def nginx(
    config_file: Path | None, data: Path | None, server_name: str | None, listen: str | None
) -> None:
    """Print a configuration with which nginx serves the pages, and asks the desk for the rest."""
    config, folder = settings(config_file, data)
    with plain_errors():
        told = web.nginx(
            site=house.site(config, f"http://{config.listen}"),
            root=str((folder / "site").resolve()),
            listen=listen,
            server_name=server_name,
            desk=config.listen,
            largest=config.limits.delivery_bytes,
        )
    click.echo(told, nl=False)


@click.command()
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes (default: one for each core).")
@click.option("--again", is_flag=True, help="Make all, also after a rebuilding that was cut off.")
@common
@as_json_option
def rebuild(
    config_file: Path | None, data: Path | None, jobs: int | None, again: bool, as_json: bool
) -> None:
    """Make the files of all stories again from the store. No desk may be running on it."""
    config, folder = settings(config_file, data)
    with plain_errors(), measured("Making pages", quiet=as_json) as (begun, step):
        told = rebuilding.rebuild(
            known(folder),
            config,
            jobs=jobs or os.cpu_count() or 1,
            url=f"http://{config.listen}",
            again=again,
            begun=begun,
            step=step,
        )
    if as_json:
        click.echo(msgspec.json.encode(told).decode())
    else:
        click.echo(f"{told.stories} stories: the files of {told.made} were made again")
        if told.removed:
            click.echo(f"removed the files of {told.removed} that this desk does not show")
        if told.log is not None:
            click.echo(f"the public log has {told.log} entries, and all their files")
    for one in told.failed:
        complain(f"copytaster: story {one.story}: its files were not made: {one.why}")
    if told.log_refused is not None:
        complain(f"copytaster: the public log is not signed: {told.log_refused}")
    if told.failed or told.log_refused is not None:
        raise SystemExit(REFUSED)
