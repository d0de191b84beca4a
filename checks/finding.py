"""What a check found, and what of it is ignored for a reason."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

IGNORED = Path(__file__).parent / "ignored.toml"
_LONGEST = 300


class CheckFailed(RuntimeError):
    """A check could not be made: the message says what is missing and how to get it."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong at one address."""

    tool: str
    address: str
    rule: str
    text: str

    def line(self) -> str:
        """All of it in one line."""
        told = " ".join(self.text.split())
        short = told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
        return f"{self.tool}: {self.address}: {self.rule}: {short}"


class Ignored(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Findings that are no fault; ``rule``, ``address`` and ``text`` are shell patterns."""

    tool: str
    rule: str
    reason: str
    address: str = "*"
    text: str = "*"

    def covers(self, finding: Finding) -> bool:
        return (
            finding.tool == self.tool
            and fnmatchcase(finding.rule, self.rule)
            and fnmatchcase(finding.address, self.address)
            and fnmatchcase(" ".join(finding.text.split()), self.text)
        )


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ignored: tuple[Ignored, ...] = ()


class Sorted(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of a run."""

    faults: tuple[Finding, ...]
    ignored: tuple[tuple[Ignored, int], ...]
    """what was ignored, how often"""


def read_ignored(file: Path = IGNORED) -> tuple[Ignored, ...]:
    """The ignored findings. Raises CheckFailed where one has no reason."""
    try:
        read = msgspec.toml.decode(file.read_bytes(), type=_File).ignored
    except msgspec.MsgspecError as error:
        raise CheckFailed(f"{file.name}: {error}") from error
    for one in read:
        if not one.reason.strip():
            raise CheckFailed(f"{file.name}: {one.tool} {one.rule}: say why it is ignored")
    return read


def sort(findings: Iterable[Finding], known: Sequence[Ignored], tools: Iterable[str]) -> Sorted:
    """Faults apart from what is ignored.

    An entry that covers nothing although its tool ran is itself a fault: what it excused is
    mended, and the next of its kind would pass unseen.
    """
    faults: list[Finding] = []
    seen: Counter[Ignored] = Counter()
    for finding in findings:
        covering = next((one for one in known if one.covers(finding)), None)
        if covering is None:
            faults.append(finding)
        else:
            seen[covering] += 1
    ran = set(tools)
    faults += [_stale(one) for one in known if one.tool in ran and not seen[one]]
    return Sorted(faults=tuple(faults), ignored=tuple(seen.items()))


def _stale(one: Ignored) -> Finding:
    text = f"{one.tool} {one.rule} was not found any more: take it out"
    return Finding(tool="ignored", address=IGNORED.name, rule="covers-nothing", text=text)
