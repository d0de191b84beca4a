"""Every command, argument and option is in docs/reference/cli.md, and nothing else is."""

import re
from collections.abc import Callable

import click
import pytest

from copytaster.cli import main

LEAVES: dict[str, click.Command] = {
    name: command
    for called, given in main.commands.items()
    for name, command in (
        {f"{called} {one}": leaf for one, leaf in given.commands.items()}
        if isinstance(given, click.Group)
        else {called: given}
    ).items()
}
"""by what is typed: a group's commands, not the group"""
COMMANDS = sorted(LEAVES)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_documented(
    name: str, section: Callable[[str, str], str]
) -> None:
    told = section("reference/cli.md", f"`copytaster {name}`")
    missing = [
        option
        for parameter in LEAVES[name].params
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if f"`{option}`" not in told
    ]
    assert missing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_usage_line_names_every_parameter(
    name: str, section: Callable[[str, str], str]
) -> None:
    told = section("reference/cli.md", f"`copytaster {name}`")
    usage = told.split("```")[1]
    wanted = {
        parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
        for parameter in LEAVES[name].params
    }
    named = set(re.findall(r"--[a-z-]+", usage))
    arguments = set(re.findall(r"\b[A-Z]+\b", re.sub(r"--[a-z-]+ [A-Z:]+", "", usage)))
    assert named == {w for w in wanted if w.startswith("--")}
    assert arguments == {word for w in wanted if not w.startswith("--") for word in w.split("|")}


def test_no_command_is_documented_that_is_not_there(page: Callable[[str], str]) -> None:
    told = re.findall(r"^## `copytaster ([\w ]+)`$", page("reference/cli.md"), flags=re.MULTILINE)
    assert sorted(told) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = LEAVES[name]
    assert command.help
    silent = [
        parameter.name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert silent == []
