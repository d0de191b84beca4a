"""Commands about how pages are served: by another server's files, and made again."""

from pathlib import Path

import click

from copytaster import web
from copytaster.cli._manners import common
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import settings
from copytaster.newsroom import house


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
