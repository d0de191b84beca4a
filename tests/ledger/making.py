"""Entries, keys and logs for the tests of this room."""

import hashlib
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from copytaster.ledger import Checkpoint
from copytaster.ledger import Entry
from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import SignerKey
from copytaster.ledger import Tree
from copytaster.ledger import checkpoint
from copytaster.ledger import control
from copytaster.ledger import entries
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger import tree

ORIGIN = "desk.example/log/1"
KEY = SignerKey(name=ORIGIN, seed=bytes(range(32)))
THIEF = SignerKey(name=ORIGIN, seed=bytes(range(1, 33)))
WITNESSES = tuple(
    SignerKey(name=f"witness{n}.example/w", kind=note.COSIGNATURE, seed=bytes([n]) * 32)
    for n in range(1, 4)
)
NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
STORY = "7k2m9qx4e0v8tn3c"


def hashed(word: str) -> bytes:
    """Any hash, the same for the same word."""
    return hashlib.sha256(word.encode()).digest()


def event(kind: Kind = Kind.published, **said: Any) -> Event:
    """What such an event must say, and what is asked for."""
    rule = leaf.RULES[kind]
    needed: dict[str, Any] = {
        "feed": 3,
        "story": STORY,
        "edition": None if rule.edition == "-" else 1,
        "prev": None if rule.first else 0,
        "time": NOON,
        "reason": rule.reasons[0] if rule.reasons else None,
    }
    if rule.opens:
        needed |= {name: hashed(name) for name in ("transform", "raw", "text", "meta")}
    return Event(kind=kind, **(needed | said))


def story_id(number: int) -> str:
    """A public id, another one for each number."""
    digits = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join(digits[number >> (5 * at) & 31] for at in reversed(range(16)))


def history(count: int) -> list[Entry]:
    """A log that is in order: a feed's name, stories, and now and then another edition."""
    made: list[Entry] = [control.Feed(time=NOON, feed=3, name="Vasant Wire")]
    last: dict[int, tuple[int, int]] = {}
    for index in range(1, count):
        number = index if index % 3 else index - 1
        at = NOON + timedelta(seconds=index)
        said: dict[str, Any] = {"story": story_id(number), "time": at, "text": hashed(f"{index}")}
        before = last.get(number)
        if before is None:
            made.append(event(**said))
        else:
            made.append(event(Kind.updated, prev=before[0], edition=before[1] + 1, **said))
        last[number] = (index, before[1] + 1 if before else 1)
    return made[:count]


def plain(count: int) -> list[bytes]:
    """Short entries for trees whose entries nobody reads."""
    return [b"entry %d" % number for number in range(count)]


class Log:
    """A log in memory: its files by path, and a way to grow and sign it."""

    def __init__(self, grown: Sequence[Entry] | Sequence[bytes] = ()) -> None:
        self.files: dict[str, bytes] = {}
        self.tree: Tree = tree.EMPTY
        self.add(grown)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def add(self, grown: Sequence[Entry] | Sequence[bytes]) -> None:
        """Append and sign."""
        data = [e if isinstance(e, bytes) else entries.encode(e) for e in grown]
        growth = tree.grow(self.tree, data)
        self.files |= dict(growth.files)
        self.tree = growth.tree
        self.sign()

    def sign(self, *keys: SignerKey) -> bytes:
        """With the log's own key if with no other."""
        signed = checkpoint.sign(self.checkpoint, keys or (KEY,))
        self.files["checkpoint"] = signed
        return signed

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint(origin=ORIGIN, size=self.tree.size, root=tree.root(self.tree))


HASHES = st.binary(min_size=32, max_size=32)
TIMES = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
STORIES = st.text(alphabet="0123456789abcdefghjkmnpqrstvwxyz", min_size=16, max_size=16)
NUMBERS = st.integers(min_value=0, max_value=2**63 - 1)
NAMES = st.text(
    alphabet=st.characters(
        exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+"
    ),
    min_size=1,
    max_size=20,
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Every event that a leaf can hold."""
    kind = draw(st.sampled_from(Kind))
    rule = leaf.RULES[kind]
    numbers = st.integers(min_value=1, max_value=10**9 - 1)
    editions = {"-": st.none(), "n": numbers, "n|all": numbers | st.just("all")}
    opened = {name: draw(HASHES) for name in ("transform", "raw", "text", "meta") if rule.opens}
    if rule.notice:
        opened["raw"] = draw(st.none() | HASHES)
    return Event(
        kind=kind,
        feed=draw(numbers),
        story=draw(STORIES),
        edition=draw(editions[rule.edition]),
        prev=None if rule.first else draw(NUMBERS),
        time=draw(TIMES),
        reason=draw(st.sampled_from(rule.reasons)) if rule.reasons else None,
        **opened,
    )


@st.composite
def controls(draw: st.DrawFn) -> control.Control:
    """Every control entry that a log can hold."""
    time = draw(TIMES)
    vkeys = st.builds(
        lambda name, seed: note.encode_vkey(SignerKey(name=name, seed=seed).verifier), NAMES, HASHES
    )
    counts = st.fixed_dictionaries(dict.fromkeys(("deliveries", *Kind), NUMBERS))
    feeds = st.integers(min_value=1, max_value=10**9 - 1)
    return draw(
        st.one_of(
            st.builds(control.Feed, time=st.just(time), feed=feeds, name=NAMES),
            st.builds(control.Transform, time=st.just(time), transform=HASHES),
            st.builds(control.Key, time=st.just(time), old=st.none() | vkeys, new=vkeys),
            st.builds(control.Policy, time=st.just(time), policy=HASHES),
            st.builds(
                lambda said, feed, day, ids: control.Tally(
                    time=time, feed=feed, day=day, ids=ids, **said
                ),
                counts,
                feeds,
                st.dates(),
                HASHES,
            ),
        )
    )
