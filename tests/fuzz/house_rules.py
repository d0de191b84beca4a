"""Rules files, hunted: refused in one line, or read; and what is read can be asked."""

import random
import time

from copytaster import rules
from copytaster.rules import RulesError
from tests.fuzz import oracle
from tests.fuzz.hunt import FEWEST
from tests.fuzz.hunt import Hunt
from tests.fuzz.hunt import keep
from tests.fuzz.hunt import kind_of
from tests.fuzz.mutations import Mutator
from tests.rules.making import facts
from tests.rules.making import file
from tests.rules.making import table

NAME = "house-rules"
SEEDS = [
    rules.begun(),
    file(
        table(),
        table("calls", then="notify", priority=3, stop=True, since="March"),
        table("lets", when="agency:a or (source:b and not person:c)", then="pass", enabled=False),
    ),
]
_FACTS = facts()


def judge(data: bytes) -> None:
    """Raises where what the reader does is not what was promised."""
    try:
        found = rules.read(data, "rules.toml")
    except RulesError as error:
        if not oracle.is_told(str(error)):
            raise oracle.Wrong(f"an error in one short line: {str(error)[:200]!r}") from error
        return
    if len(found) > rules.MOST or len({rule.name for rule in found}) != len(found):
        raise oracle.Wrong("does not hold: so many rules, and no two alike")
    if [rule.priority for rule in found] != sorted((r.priority for r in found), reverse=True):
        raise oracle.Wrong("does not hold: higher priority first")
    judgement = rules.judged(found, _FACTS)
    if any(not rule.enabled for rule in judgement.matched):
        raise oracle.Wrong("does not hold: a rule that is not enabled is not asked")


def hunt(lasting: float, begun: str) -> Hunt:
    """Read changed files until the time is over; stop early at three kinds of failure."""
    mutator = Mutator(random.Random(f"{begun}/{NAME}"), SEEDS)
    caught: dict[str, str] = {}
    readings = 0
    end = time.monotonic() + lasting
    while (readings < FEWEST or time.monotonic() < end) and len(caught) < 3:
        data = mutator.next()
        readings += 1
        try:
            judge(data)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is hunted)
            caught.setdefault(kind_of(error), keep(NAME, data, error))
    return Hunt(name=NAME, seed=begun, readings=readings, caught=tuple(caught.values()))
