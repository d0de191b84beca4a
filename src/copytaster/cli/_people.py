"""Persons in a shell: who may sign in at the desk, as what, and by which links and tokens."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import me
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.config import Config
from copytaster.copydesk import Role
from copytaster.newsroom import control
from copytaster.newsroom import people_orders
from copytaster.newsroom.people_orders import Order

_ROLES = click.Choice([role.value for role in Role])


@click.command()
@click.argument("action", type=click.Choice(people_orders.ACTIONS), default="list")
@click.argument("person", required=False)
@click.option("--role", type=_ROLES, help="For invite and role; for a token what it may do.")
@click.option("--reason", default="", help="For disable and enable: why, for the audit trail.")
@click.option("--make", help="For tokens: make one with this name, and print it.")
@click.option("--end", help="For tokens: end the one with this name.")
@click.option("--days", type=click.IntRange(1, 366), default=90, help="A new token's life.")
@common
@as_json_option
def people(
    action: str,
    person: str | None,
    role: str | None,
    reason: str,
    make: str | None,
    end: str | None,
    days: int,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """List who may sign in, invite somebody, disable or enable PERSON, give them another role, a
    link for a lost password, or tokens."""
    order = Order(
        action=action,
        by=me(),
        person=person,
        role=role,
        reason=reason,
        make=make,
        end=end,
        days=days,
    )
    _refuse_misuse(order)
    config, folder = settings(config_file, data)
    with plain_errors():
        told = _carried_out(config, folder, order)
    if as_json:
        click.echo(msgspec.json.encode(told).decode())
    else:
        _TELLING[action](told)


def _refuse_misuse(order: Order) -> None:
    wants_person = order.action in ("disable", "enable", "role", "reset")
    if order.person is None and (wants_person or order.make or order.end):
        raise click.UsageError(f"say of whom: copytaster people {order.action} NAME")
    if order.person is not None and order.action == "list":
        raise click.UsageError("list is of everybody: leave the name out")
    if order.role is None and order.action in ("invite", "role"):
        raise click.UsageError(f"say as what: --role {'|'.join(Role)}")
    if (order.make or order.end) and order.action != "tokens":
        raise click.UsageError("--make and --end go with tokens")
    if order.make and order.end:
        raise click.UsageError("--make and --end are two orders")


def _carried_out(config: Config, folder: Path, order: Order) -> dict[str, Any]:
    if order.action in people_orders.READING and order.make is None and order.end is None:
        with looking_in(config, folder) as desk:
            return people_orders.carry_out(desk, order)
    if control.is_running(folder):
        (told,) = control.ask(folder, "people", **msgspec.structs.asdict(order))
        return dict(told)
    with desk_in(config, known(folder)) as desk:
        return people_orders.carry_out(desk, order)


def _tell_all(told: Mapping[str, Any]) -> None:
    for one in told["people"]:
        say(_line(one))
    for one in told["links"]:
        say(_link_line(one))
    if not told["people"]:
        click.echo("nobody can sign in yet: `copytaster people invite --role admin` prints a link")


def _tell_one(told: Mapping[str, Any]) -> None:
    say(_line(told))


def _line(one: Mapping[str, Any]) -> str:
    state = (
        f"disabled since {one['disabled']}, was {one['role']}" if one["disabled"] else one["role"]
    )
    return (
        f"{one['name']}  {state}  {one['shown']}  since {one['created']}  "
        f"sessions {one['sessions']}  tokens {one['tokens']}"
    )


def _link_line(one: Mapping[str, Any]) -> str:
    what = "another password for" if one["resets"] else f"{one['role']}, link for"
    return f"{what} {one['name'] or 'somebody'}, made by {one['by']}, good until {one['until']}"


def _tell_link(told: Mapping[str, Any]) -> None:
    say(_link_line(told))
    click.echo("It can be used once; it is not shown again:\n")
    say(f"  {told['address']}")


def _tell_tokens(told: Mapping[str, Any]) -> None:
    if "token" in told:
        click.echo("The new token; it is not shown again:\n")
        click.echo(f"  {told['token']}\n")
    for one in told["tokens"]:
        used = f"last used {one['used']}" if one["used"] else "never used"
        say(f"{one['person']}  {one['name']}  {one['role']}  {used}  good until {one['until']}")
    if not told["tokens"]:
        click.echo("no tokens")


_TELLING = {
    "list": _tell_all,
    "invite": _tell_link,
    "reset": _tell_link,
    "disable": _tell_one,
    "enable": _tell_one,
    "role": _tell_one,
    "tokens": _tell_tokens,
}
