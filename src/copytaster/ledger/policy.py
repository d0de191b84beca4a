"""Whose signatures make a checkpoint believed (C2SP tlog-policy, as of 2026-06-22).

A policy file names logs, witnesses and groups of them, and a quorum. A checkpoint is believed
when one of the logs has signed it and the quorum of witnesses has cosigned it.
"""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from copytaster.ledger import checkpoint
from copytaster.ledger import cosignature
from copytaster.ledger import note
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Unproved
from copytaster.ledger._spelling import shown
from copytaster.ledger.checkpoint import Signed
from copytaster.ledger.note import VerifierKey

LARGEST: Final = 262_144
"""bytes of a policy file"""
MOST: Final = 256
"""lines of each kind; 32 is the least that is asked for"""
NONE: Final = "none"
"""the quorum that asks for no witness"""

_ALLOWED = re.compile(rb"[\t\n\x20-\x7e\x80-\xff]*")
_THRESHOLD = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_BLANKS = re.compile(r"[ \t]+")


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """A log that is trusted."""

    key: VerifierKey
    url: str | None = None


class Witness(msgspec.Struct, frozen=True, kw_only=True):
    """A witness, under the name that it has in this file."""

    name: str
    key: VerifierKey
    url: str | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Witnesses and groups of which ``threshold`` must have seen a checkpoint."""

    name: str
    threshold: int
    members: tuple[str, ...]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A policy file. Names are bytes to it: those that are no UTF-8 are kept as surrogates."""

    logs: tuple[Log, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE


class Believed(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint that a policy holds true."""

    signed: Signed
    witnesses: tuple[tuple[str, int], ...]
    """who has seen it, and when in seconds since 1970"""


def encode(policy: Policy) -> bytes:
    """A policy file that says this. Raises :class:`Malformed` for what no file can say."""
    lines = [
        *(_words("log", note.encode_vkey(log.key), log.url) for log in policy.logs),
        *(
            _words("witness", witness.name, note.encode_vkey(witness.key), witness.url)
            for witness in policy.witnesses
        ),
        *(_words("group", g.name, str(g.threshold), *g.members) for g in policy.groups),
        _words("quorum", policy.quorum),
    ]
    text = "".join(f"{line}\n" for line in lines)
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise Malformed(f"a name in the policy is no text: {error}") from error
    if decode(data) != policy:
        raise Malformed("the policy says something that no policy file can say")
    return data


def _words(*words: str | None) -> str:
    return " ".join(word for word in words if word is not None)


def decode(data: bytes) -> Policy:
    """The policy in a file. Raises :class:`Malformed` with the number of the line."""
    if len(data) > LARGEST:
        raise Malformed(f"a policy has {len(data):,} bytes, more than {LARGEST:,}")
    if not _ALLOWED.fullmatch(data):
        raise Malformed("a policy holds a control character; only tabs and line feeds may be there")
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if lines.pop():
        raise Malformed("the last line of a policy is not ended by a line feed; add one")
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        words = _BLANKS.split(line.strip(" \t"))
        if not words[0] or words[0].startswith("#"):
            continue
        try:
            reading.line(words)
        except Malformed as error:
            raise Malformed(f"line {number} of the policy: {error}") from error
    return reading.done()


class _Reading:
    """A policy file's lines so far; lives inside :func:`decode` only."""

    def __init__(self) -> None:
        self._logs: list[Log] = []
        self._witnesses: list[Witness] = []
        self._groups: list[Group] = []
        self._quorum: str | None = None
        self._free: dict[str, bool] = {}
        """names that are defined, and whether no group has them as member yet"""

    def line(self, words: list[str]) -> None:
        kinds: dict[str, Callable[[list[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._set_quorum,
        }
        if words[0] not in kinds:
            raise Malformed(f"{words[0][:40]!r} is none of {', '.join(kinds)}")
        kinds[words[0]](words[1:])

    def _log(self, words: list[str]) -> None:
        if not 1 <= len(words) <= 2:
            raise Malformed("a log is a vkey and perhaps an address")
        key = note.decode_vkey(words[0])
        if key.kind not in {note.ED25519, note.ML_DSA_44}:
            raise Malformed(f"the key of {key.name!r} has a type that signs for no log")
        _refuse_twice(key, [log.key for log in self._logs])
        self._logs.append(Log(key=key, url=_second(words)))

    def _witness(self, words: list[str]) -> None:
        if not 2 <= len(words) <= 3:
            raise Malformed("a witness is a name, a vkey and perhaps an address")
        key = note.decode_vkey(words[1])
        if key.kind not in cosignature.KINDS:
            raise Malformed(f"the key of {key.name!r} has a type that does not cosign")
        _refuse_twice(key, [witness.key for witness in self._witnesses])
        self._define(words[0])
        self._witnesses.append(Witness(name=words[0], key=key, url=_second(words[1:])))

    def _group(self, words: list[str]) -> None:
        if len(words) < 3:
            raise Malformed("a group is a name, how many of it are needed, and its members")
        name, needed, *members = words
        for member in members:
            if not self._free.get(member, False):
                raise Malformed(f"{member[:40]!r} is not defined above, or a member already")
            self._free[member] = False
        self._define(name)
        group = Group(name=name, threshold=_threshold(needed, len(members)), members=tuple(members))
        self._groups.append(group)

    def _define(self, name: str) -> None:
        if name == NONE or name in self._free:
            raise Malformed(f"the name {name[:40]!r} is taken")
        if len(self._free) >= 2 * MOST:
            raise Malformed(f"more than {2 * MOST} witnesses and groups")
        self._free[name] = True

    def _set_quorum(self, words: list[str]) -> None:
        if len(words) != 1 or self._quorum is not None:
            raise Malformed("a policy has one quorum, which is one name")
        if words[0] != NONE and words[0] not in self._free:
            raise Malformed(f"the quorum {words[0][:40]!r} is not defined above")
        self._quorum = words[0]

    def done(self) -> Policy:
        if self._quorum is None:
            raise Malformed("a policy without a quorum; write 'quorum none' to ask no witness")
        if len(self._logs) > MOST:
            raise Malformed(f"a policy has {len(self._logs)} logs, more than {MOST}")
        return Policy(
            logs=tuple(self._logs),
            witnesses=tuple(self._witnesses),
            groups=tuple(self._groups),
            quorum=self._quorum,
        )


def _second(words: list[str]) -> str | None:
    return words[1] if len(words) > 1 else None


def _refuse_twice(key: VerifierKey, known: list[VerifierKey]) -> None:
    if any(key.public == other.public for other in known):
        raise Malformed(f"the key of {key.name!r} is there twice")


def _threshold(needed: str, count: int) -> int:
    if needed in {"all", "any"}:
        return count if needed == "all" else 1
    if not _THRESHOLD.fullmatch(needed) or int(needed) > count:
        raise Malformed(f"of {count} members {needed[:20]!r} cannot be needed")
    return int(needed)


def believe(policy: Policy, data: bytes) -> Believed:
    """The checkpoint in these bytes, if the policy holds it true.

    Raises :class:`Malformed` for what is no checkpoint and :class:`Unproved` where a signature
    is false, no trusted log has signed, or the quorum is not there.
    """
    signed = of_log(policy, data)
    return Believed(signed=signed, witnesses=witnessed(policy, signed))


def of_log(policy: Policy, data: bytes) -> Signed:
    """The checkpoint in these bytes, signed by one of the logs; whoever has seen it.

    Raises :class:`Malformed` and :class:`Unproved`.
    """
    return checkpoint.verify(data, [log.key for log in policy.logs])


def witnessed(policy: Policy, signed: Signed) -> tuple[tuple[str, int], ...]:
    """Which witnesses have seen the checkpoint, and when, if they are the quorum.

    Raises :class:`Unproved`.
    """
    times = {w.name: cosignature.seen(signed, w.key) for w in policy.witnesses}
    seen = {name: time for name, time in times.items() if time is not None}
    if not _is_reached(policy, set(seen)):
        who = ", ".join(map(shown, sorted(seen))) or "nobody"
        raise Unproved(f"the quorum {policy.quorum[:100]!r} is not reached: cosigned by {who}")
    return tuple(sorted(seen.items()))


def _is_reached(policy: Policy, reached: set[str]) -> bool:
    """Groups stand behind their members in the file, so one pass settles them all."""
    for group in policy.groups:
        if sum(member in reached for member in group.members) >= group.threshold:
            reached.add(group.name)
    return policy.quorum == NONE or policy.quorum in reached
