"""Commands that start a desk: the real one, and the demonstration."""

import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import uvloop

from copytaster.cli._manners import common
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import settings
from copytaster.newsroom import people_orders
from copytaster.newsroom import running


@click.command()
@common
@click.option("--listen", help="HOST:PORT to serve on (default 127.0.0.1:8420).")
def run(config_file: Path | None, data: Path | None, listen: str | None) -> None:
    """Receive, decide, publish, deliver and serve, until stopped."""
    config, folder = settings(config_file, data, listen)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    with plain_errors():
        uvloop.run(running.serve(config, folder, ready=_say_ready))


async def _say_ready(desk: running.Running) -> None:
    token = desk.routes_in.inbox_token
    click.echo(f"Copytaster is running: {desk.base}/   (Ctrl-C stops it)")
    link = await asyncio.to_thread(people_orders.first_link, desk.desk)
    if link is not None:
        click.echo(
            "Nobody can sign in yet. Open this within 24 hours to become the first admin:\n\n"
            f"  {link}\n"
        )
    if token is None:
        return
    shown = token if sys.stdout.isatty() else desk.routes_in.inbox_token_in_shell
    click.echo(
        "Send it a first story:\n\n"
        f"  curl -X POST '{desk.base}/wire/inbox?agency=example' \\\n"
        f'    -H "Authorization: Bearer {shown}" \\\n'
        "    -H 'Content-Type: application/json' -d '"
        '{"uri":"urn:example:1","version":"1","headline":"A first story",'
        '"byline":"Your Name","body_text":"The first paragraph of a first story."}'
        "'\n"
    )


@click.command()
@click.option("--listen", default="127.0.0.1:8420", show_default=True, help="HOST:PORT.")
@click.option("--data", type=click.Path(path_type=Path), help="Keep the day's data here.")
@click.option("--speed", default=1.0, show_default=True, help="Play the day so many times faster.")
@click.option("--once", is_flag=True, help="Stop when the day has been played.")
def demo(listen: str, data: Path | None, speed: float, once: bool) -> None:
    """Watch a scripted agency day arrive: alerts, a correction, an embargo, a hold, a kill."""
    from copytaster.demo import show

    with plain_errors(), _folder(data) as folder:
        uvloop.run(show.run(folder, listen=listen, speed=speed, once=once))


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        yield data
        return
    folder = Path(tempfile.mkdtemp(prefix="copytaster-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
