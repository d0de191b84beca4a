"""Erasure in plain dictionaries: what is not named here stays as it was."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING
from typing import Any

from msgspec.structs import replace

from copytaster.item import Embargo
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Target
from copytaster.store import Destroyed
from copytaster.store import Erasure
from copytaster.store import FateState
from copytaster.store import PictureState
from copytaster.store import Report
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason

if TYPE_CHECKING:
    from tests.store.twin import Twin

KNOWN = {"agency", "desk", "rights", "legal"}
LEFT = (
    "provider item_class type version version_number version_created first_created pub_status "
    "hold_reason status_scope expires editorial_types partial language use_from retain_until "
    "format parser_version"
).split()
ASKED = "kind new_status when suspected tentative turn score substitute".split()


class TwinErasures:
    """:class:`copytaster.store.ErasureStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    @property
    def _kept(self) -> Any:
        return self._twin.kept

    def carriers(self, story: str) -> list[str]:
        brought = {m.arrival.delivery for m in self._kept.messages.get(story, ())}
        return [
            id
            for id, fate in self._kept.fates.items()
            if fate.erased is None
            and fate.state is not FateState.waiting
            and (story in fate.stories or id in brought)
        ]

    def not_all_read(self, agency: str) -> list[str]:
        return [
            id
            for id, fate in self._kept.fates.items()
            if self._kept.deliveries[id].agency == agency
            and fate.erased is None
            and fate.state is not FateState.waiting
            and (fate.error is not None or fate.aside)
        ]

    def erase(self, erasure: Erasure) -> Destroyed:
        with self._twin.turn:
            if erasure.story not in self._kept.stories:
                raise ValueError(f"no story {erasure.story} to erase")
            return _Erasing(self._twin, erasure).done()

    @property
    def is_owed(self) -> bool:
        return bool(self._kept.settings.get("erasure-owed"))

    def sweep(self) -> None:
        self._kept.settings.pop("erasure-owed", None)


class _Erasing:
    def __init__(self, twin: "Twin", erasure: Erasure) -> None:
        self.kept = twin.kept
        self.twins = twin.twins
        self.remarks = twin.remarks
        self.log = twin.log
        self.asked = erasure
        self.story = self.kept.stories[erasure.story]
        self.is_whole = erasure.contents is None
        self.new: dict[str, str] = {}
        self.guid = self.story.guid
        if self.is_whole and not self.guid.startswith("erased:"):
            self.guid = f"erased:{secrets.token_hex(20)}"
            self.kept.erased[self.story.agency, self.story.guid] = self.story.id

    def done(self) -> Destroyed:
        meant = [m for m in self.kept.messages.get(self.story.id, ()) if self.is_meant(m)]
        for one in meant:
            self.kept.window.pop((self.story.id, one.item.content_hash), None)
        notices = [m for m in meant if m.target is not None]
        kept = [m for m in notices if self.means_others(m)]
        self.elsewhere([one for one in notices if one not in kept])
        self.kept.messages[self.story.id] = [
            self.hollow(one, own=True) if one in meant else one
            for one in self.kept.messages.get(self.story.id, ())
        ]
        siblings, deliveries = self.raw()
        editions = self.editions()
        self.marks()
        if self.is_whole:
            self.rest()
            self.twins.drop(self.story.id)
        self.record()
        self.kept.settings["erasure-owed"] = "1"
        self.kept.sequence += 1
        self.kept.amended = self.kept.sequence
        return Destroyed(
            messages=len(meant),
            editions=editions,
            deliveries=deliveries,
            siblings=siblings,
            notices_kept=len({m.item.content_hash for m in kept}),
            pictures=self.pictures() if self.is_whole else (),
        )

    def is_meant(self, message: Message) -> bool:
        return self.asked.contents is None or message.item.content_hash in self.asked.contents

    def is_same(self, one: Message, other: Message) -> bool:
        return (one.arrival.delivery, one.item.content_hash) == (
            other.arrival.delivery,
            other.item.content_hash,
        ) and one.arrival.delivery is not None

    def means_others(self, notice: Message) -> bool:
        return any(
            other.target is not None and self.is_same(notice, other)
            for id, messages in self.kept.messages.items()
            if id != self.story.id
            for other in messages
        )

    def elsewhere(self, notices: list[Message]) -> None:
        for id, messages in self.kept.messages.items():
            if id == self.story.id:
                continue
            for place, one in enumerate(messages):
                if any(self.is_same(one, notice) for notice in notices):
                    self.kept.notices.pop((id, one.item.content_hash), None)
                    messages[place] = self.hollow(one, own=False)
                    story = self.kept.stories[id]
                    self.kept.stories[id] = replace(story, revision=story.revision + 1)

    def hollow(self, message: Message, *, own: bool) -> Message:
        item = message.item
        new = self.new.setdefault(item.content_hash, secrets.token_hex(32))
        is_own = self.is_whole and own and item.guid == self.story.guid
        left = Item(
            guid=self.guid if is_own else item.guid,
            content_hash=new,
            embargo=Embargo(state=item.embargo.state, until=item.embargo.until),
            restrictions=() if self.is_whole else item.restrictions,
            raw_ref=RawRef(sha256=secrets.token_hex(32), length=0),
            **{name: getattr(item, name) for name in LEFT},
        )
        target = message.target
        if target is not None and self.is_whole:
            target = Target(**{name: getattr(target, name) for name in ASKED})
        return replace(message, item=left, target=target)

    def raw(self) -> tuple[tuple[str, ...], int]:
        asked = [id for id in self.asked.deliveries if id in self.kept.deliveries]
        data = {self.kept.deliveries[id].data: secrets.token_bytes(9) for id in asked}
        gone = [id for id, one in self.kept.deliveries.items() if one.data in data]
        touched: set[str] = set()
        for id in gone:
            fate = self.kept.fates[id]
            touched.update(fate.stories)
            one = self.kept.deliveries[id]
            self.kept.deliveries[id] = replace(
                one, data=data[one.data], content_type=None, url=None
            )
            self.kept.fates[id] = replace(
                fate, state=FateState.taken, aside=(), error=None, dismissed=None,
                erased=self.asked.at,
            )  # fmt: skip
        siblings = set()
        for story in touched - {self.story.id}:
            for place, one in enumerate(self.kept.messages.get(story, [])):
                if one.arrival.delivery in gone:
                    ref = replace(one.item.raw_ref, sha256=secrets.token_hex(32))
                    item = replace(one.item, raw_ref=ref)
                    self.kept.messages[story][place] = replace(one, item=item)
                    siblings.add(story)
        return tuple(sorted(siblings)), len(gone)

    def editions(self) -> int:
        wanted = self.asked.editions
        editions = self.kept.editions.get(self.story.id, {})
        meant = [n for n in editions if wanted is None or n in wanted]
        for number in meant:
            parts = tuple(self.renewed(part) for part in editions[number].parts)
            editions[number] = replace(
                editions[number],
                content_hash=self.renewed(editions[number].content_hash),
                parts=parts,
                entry=b"",
                files=(),
                notes=None,
            )
        return len(meant)

    def renewed(self, content: str) -> str:
        return self.new.get(content) or secrets.token_hex(32)

    def marks(self) -> None:
        id, kept = self.story.id, self.kept
        numbers = self.asked.editions
        kept.events = [
            replace(e, note=None)
            if e.story == id and e.kind != "erased" and (numbers is None or e.edition in numbers)
            else e
            for e in kept.events
        ]
        for key, one in kept.receipts.items():
            if one.story == id:
                detail = one.detail if one.detail in ("hash", "fetched") else None
                kept.receipts[key] = replace(one, detail=detail, dirty_detail=None)
        kept.findings = [
            replace(one, detail="erased") if one.story == id else one for one in kept.findings
        ]
        kept.calls = {
            number: replace(one, text=f"story {id} was erased")
            if one.about == id or id in one.text
            else one
            for number, one in kept.calls.items()
        }
        kept.reports = [
            replace(one, text="erased", answer=one.answer and "erased")
            if isinstance(one, Report) and one.story == id
            else one
            for one in kept.reports
        ]
        self.remarks.forget(id)
        kept.verdicts = [
            replace(one, reasons=bare(one.reasons)) if one.story == id else one
            for one in kept.verdicts
        ]
        kept.names[id] = {one.name: (one.first, one.last) for one in self.asked.names}
        kept.decisions[id] = [self.decided(one) for one in kept.decisions.get(id, ())]

    def decided(self, one: Decision) -> Decision:
        if self.is_whole or one.content_hash in (self.asked.contents or ()):
            one = replace(one, content_hash=None)
        if self.is_whole and one.kind is not DecisionKind.erase and one.code is None:
            one = replace(one, reason=one.reason if one.reason in KNOWN else "erased")
        return one

    def rest(self) -> None:
        id, kept = self.story.id, self.kept
        for batch, stories in kept.owed.items():
            if id in stories:
                one = kept.batches[batch]
                kept.batches[batch] = replace(one, query="erased", reason=word(one.reason))
        kept.notices = {key: one for key, one in kept.notices.items() if key[0] != id}
        for chain, stories in list(kept.links.items()):
            if set(stories) == {id}:
                del kept.links[chain]
        kept.acknowledgements = {
            key: replace(one, notices=(), detail=None) if one.story == id else one
            for key, one in kept.acknowledgements.items()
        }
        kept.hung.pop(id, None)
        kept.filed.pop(id, None)

    def record(self) -> None:
        now = replace(self.story, revision=self.story.revision + 1)
        if self.is_whole:
            sections = tuple(one for one in now.shelves if one.startswith("section/"))
            now = replace(
                now,
                guid=self.guid,
                reasons=bare(now.reasons),
                shelves=sections,
                edition_hash=None,
            )
        self.kept.stories[self.story.id] = now
        for event in self.asked.events:
            self.kept.last_event += 1
            self.kept.events.append(replace(event, sequence=self.kept.last_event))
        self.log.destroy_openings(self.story.id, self.asked.editions or ())
        self.log.write(self.story.id, self.asked.leaves)

    def pictures(self) -> tuple[str, ...]:
        hung = {h.picture.sha256 for all in self.kept.hung.values() for h in all if h.picture}
        nowhere = [one for one in self.kept.pictures.values() if one.sha256 not in hung]
        for one in nowhere:
            if one.state is PictureState.good:
                del self.kept.pictures[one.sha256]
        return tuple(one.name for one in nowhere)


def bare(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    left = (one if one.code == "erased" else Reason(code=one.code) for one in reasons)
    return tuple(dict.fromkeys(left))


def word(reason: str) -> str:
    return reason if reason in KNOWN else "erased"
