"""Following a log, round after round: all that is new in it, and what the site shows of it.

What looks like a lie is looked at again a moment later, after the log was read once more: a kill
hides first and is logged a second later, and a story may move between two requests.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from copytaster.inspection import followed
from copytaster.inspection import sighting
from copytaster.inspection import site as sites
from copytaster.inspection._errors import NoAnswer
from copytaster.inspection.followed import Followed
from copytaster.inspection.memory import Evidence
from copytaster.inspection.memory import Memory
from copytaster.inspection.sighting import Lie
from copytaster.inspection.sighting import Named
from copytaster.inspection.sighting import Whole
from copytaster.inspection.site import Get
from copytaster.inspection.trust import Trust
from copytaster.ledger import Audit
from copytaster.ledger import audit
from copytaster.ledger import checkpoint
from copytaster.ledger import tiles
from copytaster.ledger.auditing import DRIFT
from copytaster.ledger.checking import APPEND_ONLY
from copytaster.ledger.history import Standing
from copytaster.ledger.history import State

GRACE: Final = 10.0
"""seconds between the first look and the second: a kill is in the log within five"""
Progress = Callable[[str, int, int], None]
"""told what is being done, how much of it is, and of how much"""


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What one round found."""

    at: datetime
    entries: int
    """of the log as it stands"""
    fresh: int
    """entries since the round before"""
    stories: int
    """that the log tells of"""
    looked: int
    """stories whose addresses were looked at"""
    left: int
    """stories still to be looked at, in rounds to come"""
    unanswered: int
    """stories of which some address did not answer; nothing is held against them"""
    lies: tuple[Lie, ...] = ()


class Monitor:
    """One site and its log. Every method may raise :class:`NoAnswer`."""

    def __init__(
        self,
        site: str,
        get: Get,
        trust: Trust,
        memory: Memory | None,
        *,
        clock: Callable[[], datetime],
        pause: Callable[[float], None],
    ) -> None:
        """``memory``: where it is kept how far the log was followed; without one each monitor
        begins anew."""
        self._site = site
        self._get = get
        self._trust = trust
        self._memory = memory
        self._clock = clock
        self._pause = pause
        self._followed = Followed() if memory is None else followed.load(memory.place(site))
        self._waiting = dict.fromkeys(self._stories)
        """stories to be looked at, those that changed last first in line"""

    @property
    def _stories(self) -> Mapping[str, Standing]:
        return self._followed.position.stories

    def round(self, *, most: int | None = None, progress: Progress | None = None) -> Round:
        """Read what is new in the log; then look at the lists, and at ``most`` stories, those
        that changed before all others. Nothing is remembered of a log that lies."""
        before = self._followed.position.tree.size
        lies = self._follow(progress)
        looked: tuple[str, ...] = ()
        unanswered: set[str] = set()
        if not lies:
            looked = tuple(self._waiting)[:most]
            suspects = self._look(looked, unanswered, progress)
            if suspects:
                self._pause(GRACE)
                lies = self._follow(None) or self._look_again(suspects, unanswered)
        if not lies:
            self._done(story for story in looked if story not in unanswered)
        elif self._memory is not None:
            self._memory.keep_evidence(self._site, self._evidence(lies))
        return Round(
            at=self._clock(),
            entries=self._followed.position.tree.size,
            fresh=self._followed.position.tree.size - before,
            stories=len(self._stories),
            looked=len(looked),
            left=len(self._waiting),
            unanswered=len(unanswered),
            lies=tuple(lies),
        )

    def _done(self, looked: Iterable[str]) -> None:
        for story in looked:
            self._waiting.pop(story, None)
        if not self._waiting:
            self._waiting = dict.fromkeys(self._stories)

    def _evidence(self, lies: list[Lie]) -> Evidence:
        """Two signed checkpoints that do not go together convict a log without anybody's word."""
        kept = self._followed.checkpoint
        return Evidence(
            at=self._clock(),
            lies=tuple(f"{one.where}: {one.said}" for one in lies),
            kept=None if kept is None else kept.decode(errors="replace"),
            shown=self._get(f"{sites.LOG}{tiles.CHECKPOINT}").body.decode(errors="replace"),
        )

    # --- the log ---------------------------------------------------------------------------

    def _follow(self, progress: Progress | None) -> list[Lie]:
        """Read what is new in the log, and keep how far that is."""
        read = sites.log_of(self._get)
        newest = sites.checkpoint_of(read)
        if newest == self._followed.checkpoint:
            return []
        found = audit(
            read,
            self._trust.policy,
            older=self._followed.checkpoint,
            since=self._followed.position,
            progress=None if progress is None else lambda n, of: progress("the log", n, of),
        )
        wrong = [one for one in found.checks if one.passed is False]
        wrong.sort(key=lambda one: one.name != APPEND_ONLY)  # the one that says most
        lies = [Lie(where=sites.LOG, said=one.said) for one in wrong] + self._of_times(found)
        if found.position is not None and not lies:
            self._followed = Followed(position=found.position, checkpoint=newest)
            self._keep(newest)
            later = [story for story in self._waiting if story not in found.changed]
            self._waiting = dict.fromkeys([*sorted(found.changed), *later])
        return lies

    def _keep(self, newest: bytes) -> None:
        if self._memory is not None:
            self._memory.keep(self._site, vkey=self._trust.vkey, checkpoint=newest)
            followed.save(self._memory.place(self._site), self._followed)

    def _of_times(self, found: Audit) -> list[Lie]:
        latest = None if found.position is None else found.position.latest
        if latest is None or latest <= self._clock() + DRIFT:
            return []
        return [Lie(where=sites.LOG, said=f"an entry is of {latest}, which is yet to come")]

    def _whole(self) -> Whole:
        """The log as it was followed."""
        kept = self._followed.checkpoint
        assert kept is not None, "nothing is looked at before the log was followed"
        said = checkpoint.read(kept).checkpoint
        return Whole(checkpoint=said, read=sites.log_of(self._get), trust=self._trust)

    # --- what the site shows ---------------------------------------------------------------

    def _look(
        self, stories: Iterable[str], unanswered: set[str], progress: Progress | None
    ) -> list[Lie]:
        """What looks wrong at a first look."""
        found = self._of_lists()
        chosen, log = tuple(stories), self._whole()
        for done, story in enumerate(chosen, start=1):
            found += self._of_story(story, log, unanswered)
            if progress is not None:
                progress("stories", done, len(chosen))
        return found

    def _look_again(self, suspects: Iterable[Lie], unanswered: set[str]) -> list[Lie]:
        """What is still wrong with what looked so."""
        wheres, log = {one.where for one in suspects}, self._whole()
        found: list[Lie] = []
        for story in sorted({story for where in wheres if (story := _story_of(where))}):
            if story in self._stories:
                found += self._of_story(story, log, unanswered)
        return found + [one for one in self._of_lists() if one.where in wheres]

    def _of_story(self, story: str, log: Whole, unanswered: set[str]) -> list[Lie]:
        stands = self._stories[story]
        try:
            return list(sighting.of_story(self._site, story, stands, log, self._get))
        except NoAnswer:
            unanswered.add(story)
            return []

    def _of_lists(self) -> list[Lie]:
        found: list[Lie] = []
        unknown: set[str] = set()
        for named in sighting.lists(self._get):
            found += self._of_list(named)
            unknown |= {story for story in named.stories if story not in self._stories}
        begun = self._followed.position.begun
        lies = (sighting.of_unknown(story, begun, self._get) for story in sorted(unknown))
        return found + [one for one in lies if one is not None]

    def _of_list(self, named: Named) -> list[Lie]:
        ended = [
            (story, standing.state)
            for story in sorted(named.stories)
            if (standing := self._stories.get(story)) and standing.state is not State.shown
        ]
        if not ended:
            return []
        story, state = ended[0]
        more = f" (and {len(ended) - 1:,} more)" if len(ended) > 1 else ""
        return [Lie(where=named.where, said=f"names the story {story}, {state}{more}")]


def _story_of(where: str) -> str | None:
    parts = where.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "s" else None
