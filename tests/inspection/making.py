"""A desk's site as a stranger reaches it, and every way in which it can be made to lie."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import msgspec

from copytaster.inspection import Answer
from copytaster.inspection import Memory
from copytaster.inspection import Monitor
from copytaster.inspection import Round
from copytaster.inspection import Target
from copytaster.inspection import Trust
from copytaster.inspection import Verdict
from copytaster.inspection import trust
from copytaster.inspection import verify
from copytaster.ledger import Checkpoint
from copytaster.ledger import Event
from copytaster.ledger import SignerKey
from copytaster.ledger import checkpoint
from copytaster.ledger import control
from copytaster.ledger import note
from copytaster.ledger import proof
from copytaster.ledger import tree
from copytaster.ledger.entries import decode
from copytaster.ledger.proof import Extra
from copytaster.ledger.proof import Proof
from copytaster.ledger.proving import Prover
from copytaster.store import ControlDraft
from copytaster.store import Story
from tests.newsroom.logs import keeper
from tests.newsroom.logs import logged
from tests.newsroom.making import BASE
from tests.newsroom.making import House

Change = Callable[[Answer], Answer]


class Outside:
    """What is fetched, with some of it falsified on its way."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.false: dict[str, Change] = {}
        """by address: what becomes of its answer"""
        self.asked: list[str] = []
        self.waited = 0.0
        self.meanwhile: Callable[[], None] = lambda: None
        """what happens while somebody waits"""

    # --- the honest part -------------------------------------------------------------------

    def log(self) -> None:
        """Sign whatever is new."""
        keeper(self.house).step()

    def lengthen(self, entries: int) -> None:
        """Fill the log with entries that tell of no story."""
        for number in range(entries):
            said = control.Feed(time=self.house.now, feed=1, name=f"Wire {number}")
            draft = ControlDraft(
                event=f"wire {number}", at=self.house.now, bytes=control.encode(said)
            )
            self.house.desk.store.log.add(draft)

    def get(self, path: str) -> Answer:
        self.asked.append(path)
        found = asyncio.run(self.house.get(path))
        answer = Answer(
            status=found.status_code,
            body=found.content,
            headers={name.lower(): value for name, value in found.headers.items()},
        )
        return self.false.get(path, lambda one: one)(answer)

    def pause(self, seconds: float) -> None:
        self.waited += seconds
        self.meanwhile()

    def verify(
        self,
        story: Story,
        edition: int | None = None,
        *,
        older: bytes | None = None,
        by: Trust | None = None,
    ) -> Verdict:
        target = Target(site=BASE, story=story.id, edition=edition)
        believed = by or trust.of_site(BASE, self.get, None)
        return verify(target, self.get, believed, older=older, pause=self.pause)

    def monitor(self, memory: Memory | None = None, by: Trust | None = None) -> Monitor:
        believed = by or trust.of_site(BASE, self.get, memory)
        return Monitor(BASE, self.get, believed, memory, clock=lambda: self.now, pause=self.pause)

    def once(self, memory: Memory | None = None, by: Trust | None = None) -> Round:
        return self.monitor(memory, by).round()

    @property
    def now(self) -> datetime:
        return self.house.now

    @property
    def checkpoint(self) -> bytes:
        return self.get("/log/checkpoint").body

    @property
    def key(self) -> SignerKey:
        """The log's own: a liar has it."""
        text = (self.house.data / "secrets" / "log.key").read_text().strip()
        return note.decode_secret(text)

    # --- lies ------------------------------------------------------------------------------

    def shows(self, path: str, body: bytes, status: int = 200) -> None:
        """From now on this is answered there."""
        self.false[path] = lambda _: Answer(status=status, body=body)

    def swaps(self, path: str, old: bytes, new: bytes) -> None:
        """From now on one thing says another at this address; it must have been there."""

        def swapped(answer: Answer) -> Answer:
            assert old in answer.body, f"{path} does not hold {old!r}"
            return msgspec.structs.replace(answer, body=answer.body.replace(old, new))

        self.false[path] = swapped

    def flips(self, path: str, bit: int) -> None:
        def flipped(answer: Answer) -> Answer:
            data = bytearray(answer.body)
            data[bit // 8] ^= 1 << bit % 8
            return msgspec.structs.replace(answer, body=bytes(data))

        self.false[path] = flipped

    def answers_with(self, path: str, other: str) -> None:
        """From now on another address's answer is given there."""
        self.false[path] = lambda _: self.get(other)

    def rewrites(self, entries: list[bytes], key: SignerKey | None = None) -> None:
        """Another past, signed with the true key, in the log's files and in every proof."""
        grown = tree.grow(tree.EMPTY, entries)
        signer = key or self.key
        said = Checkpoint(origin=signer.name, size=len(entries), root=tree.root(grown.tree))
        signed = checkpoint.sign(said, [signer])
        files = dict(grown.files)
        for path, data in files.items():
            self.shows(f"/log/{path}", data)
        self.shows("/log/checkpoint", signed)
        prover = Prover(len(entries), files.get)

        def proves(answer: Answer) -> Answer:
            found = proof.decode(answer.body)
            assert found.extra is not None
            if found.index >= len(entries):
                return answer
            extra = proof.decode_extra(found.extra)
            now = proof.encode_extra(Extra(leaf=entries[found.index], salt=extra.salt))
            told = Proof(
                index=found.index,
                hashes=tuple(prover.inclusion(found.index)),
                checkpoint=signed,
                extra=now,
            )
            return msgspec.structs.replace(answer, body=proof.encode(told))

        told = (decode(data) for data in entries)
        for one in told:
            if isinstance(one, Event):
                self.false[f"/s/{one.story}.tlog-proof"] = proves
                self.false[f"/s/{one.story}/v{one.edition}.tlog-proof"] = proves

    def entries(self) -> list[bytes]:
        return logged(self.house)
