"""Rules and versions to ask them of: each argument says only what its test is about."""

import json
from typing import Any

from copytaster import rules
from copytaster.query import Facts
from copytaster.query import Version
from copytaster.rules import Judgement
from copytaster.rules import Rule
from copytaster.story import State
from tests.verdict.making import clock
from tests.verdict.making import item

STORM = 'phrase:"storm warning"'


def table(name: str = "storms", **fields: Any) -> str:
    """One rule as it stands in a file; a field given as None is left out."""
    said = {"name": name, "when": STORM, "then": "hold", "why": "Ring the weather office."} | fields
    lines = (f"{key} = {json.dumps(value)}" for key, value in said.items() if value is not None)
    return "[[rule]]\n" + "\n".join(lines) + "\n"


def file(*tables: str) -> bytes:
    return "\n".join(tables).encode()


def read(*tables: str) -> tuple[Rule, ...]:
    return rules.read(file(*tables), "rules.toml")


def facts(text: str = "A storm warning for the coast.", agency: str = "seaboard") -> Facts:
    version = Version(item=item(text), source="inbox", received=clock("09:00"))
    return Facts(agency=agency, guid="urn:1", state=State.held, versions=(version,))


def answered(judgement: Judgement) -> list[str]:
    return [rule.name for rule in judgement.matched]
