"""What the app's doors need of the newsroom."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import Protocol

from copytaster.copydesk import Answers
from copytaster.copydesk import Candidate
from copytaster.copydesk import Deed
from copytaster.copydesk import Health
from copytaster.copydesk import Listing
from copytaster.copydesk import Look
from copytaster.copydesk import Pane
from copytaster.copydesk import Proofs
from copytaster.copydesk import Row
from copytaster.copydesk import Saved
from copytaster.copydesk import Seat
from copytaster.copydesk import SourcePage
from copytaster.copydesk import Waiting
from copytaster.delivery import Delivery
from copytaster.query import Facts
from copytaster.store import Story
from copytaster.web.desk._rules_office import RulesOffice


class Remarks(Protocol):
    """Takes what somebody says of a story; each raises ValueError with what is wrong."""

    def note(self, seat: Seat, story: str, words: str) -> None: ...

    def give(self, seat: Seat, story: str, person: str | None) -> None: ...


class Presets(Protocol):
    """Keeps searches; raises ValueError with what is wrong."""

    def of(self, seat: Seat) -> Sequence[Saved]: ...

    def keep(self, seat: Seat, name: str, asked: str, *, shared: bool) -> None: ...

    def drop(self, seat: Seat, number: int) -> None: ...


class Office(Protocol):
    """A running desk, as the app sees it; reading is safe from any thread."""

    @property
    def house(self) -> str:
        """The site's name."""

    @property
    def zone(self) -> str | None:
        """The zone in which the house reads times."""

    @property
    def rules(self) -> RulesOffice:
        """The rules of the house, and changes of them."""

    def story(self, id: str) -> Story | None: ...

    def delivery(self, id: str) -> Delivery | None:
        """The bytes that came; None where they are not kept (any more)."""

    def listing(self, *, kind: str | None = None, before: int | None = None) -> Listing:
        """A page of the wire, or of one kind of the queue."""

    def search(self, asked: str, *, before: int | None = None) -> Answers:
        """What answers a query now, a page of it; or where the query is wrong."""

    def theirs(self, person: str, *, before: int | None = None) -> Listing:
        """A page of what waits and is this person's to see to."""

    def candidates(self, stories: Sequence[str]) -> tuple[Candidate, ...]:
        """Those of these stories that there are, as they are now."""

    def facts(self, story: str) -> Facts | None:
        """What a query is asked of, of a story as it is now."""

    def wanted(self, asked: str) -> Callable[[Facts], bool]:
        """Whether a story answers this query, asked now. Raises ValueError for what is none."""

    @property
    def presets(self) -> Presets:
        """Searches that editors keep."""

    def waiting(self, person: str) -> tuple[Waiting, ...]:
        """How many stories of each kind are in the queue, and how many of this person's."""

    @property
    def last(self) -> int:
        """The newest place of the wire; cheap to ask for."""

    def since(self, place: int) -> list[Row]:
        """What happened after this place, the oldest first."""

    def health(self) -> Health:
        """Who was called for what, what each source brings, the last drill, the patrol."""

    def source(self, id: str) -> SourcePage:
        """All that is known of one source. Raises LookupError when there is none."""

    def proofs(self) -> Proofs:
        """What drills, kills and holds came to in the last ninety days."""

    def letters(self) -> Sequence[Mapping[str, Any]]:
        """The dead letters, the newest first."""

    def begin_look(self, asked: str) -> str:
        """Look through everything for what answers a query; the look's id. Raises ValueError."""

    def look(self, id: str) -> Look | None:
        """How far a look is, and what it has found."""

    def looked(self, id: str) -> tuple[str, list[str]] | None:
        """The query and the stories of a look that has ended."""

    def batches(self) -> Sequence[Mapping[str, Any]]:
        """The newest recalls."""

    def batch(self, id: str) -> Mapping[str, Any]:
        """One recall, and how far it has come. Raises LookupError."""

    def write_evidence(self, story: str, target: Path) -> None:
        """All that is kept of a story. Raises LookupError, ValueError."""

    def write_recall_evidence(self, batch: str, target: Path) -> None:
        """What was seen of each story of a recall. Raises LookupError, ValueError."""

    def took_evidence(self, seat: Seat, of: str, id: str) -> None:
        """Enter in the audit trail that somebody took a pack away."""

    def pane(self, id: str) -> Pane:
        """Everything that is known of a story. Raises LookupError when there is none."""

    @property
    def remarks(self) -> Remarks:
        """What editors say to each other of stories."""

    def dossier(self, id: str) -> Mapping[str, Any]:
        """The facts of it alone (``copytaster story --json``). Raises LookupError."""

    async def order(self, deed: Deed, **arguments: Any) -> Any:
        """Give an order, and note who did; its first answer, or ``{"asked": True}`` where another
        person has to agree first. Raises ValueError with the desk's own words."""
