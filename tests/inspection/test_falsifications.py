"""Every falsification is refused, by whoever looks at one story or by whoever follows the log;
and the table of docs/reference/log.md says what each of them says."""

import re
import shutil
import unicodedata
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from copytaster.inspection import Memory
from copytaster.ledger import Event
from copytaster.ledger import SignerKey
from copytaster.ledger import entries
from copytaster.store import Story
from copytaster.story import DecisionKind
from tests.inspection.making import Outside
from tests.newsroom import making

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "log.md"
FERRY = "urn:seaboard:ferry"
CAFE = "urn:seaboard:cafe"
TIDE = "urn:seaboard:tide"
WORDS = "The café at the north quay \u201copens again\u201d at seven, its owner said."
THIEF = bytes(range(32))


class Scene:
    """A site with an old story, a corrected one and a killed one, and what was kept of it."""

    def __init__(self, outside: Outside, folder: Path) -> None:
        self.outside = outside
        house = outside.house
        self.cafe = house.send(CAFE, text=WORDS)
        house.send(FERRY)
        outside.log()
        self.older = outside.checkpoint
        outside.lengthen(300)
        again = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z"}
        self.ferry = house.send(FERRY, text="The ferry to Vester left at eight.", **again)
        house.send(TIDE, text="High water is at noon.")
        self.tide = house.decide(DecisionKind.kill, TIDE)
        outside.log()
        self.newest = outside.checkpoint
        self.memory = Memory(folder=folder)
        found = outside.once(self.memory)
        assert found.lies == ()

    def index_of(self, story: Story) -> int:
        """Of the first entry that tells of it."""
        told = (entries.decode(data) for data in self.outside.entries())
        return next(
            at for at, one in enumerate(told) if isinstance(one, Event) and one.story == story.id
        )


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("falsified")
    with making.house(folder / "data") as house:
        yield Scene(Outside(house), folder / "kept")


class Case(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    """as the table calls it"""
    lie: Callable[[Scene], None]
    of: str = "cafe"
    """the story that is verified"""
    edition: int | None = None
    older: str | None = "older"
    """the checkpoint that the verifier kept"""
    is_new: bool = False
    """whether the monitor comes for the first time: what it has read, it does not read again"""


def _entry(scene: Scene) -> None:
    scene.outside.swaps("/log/tile/entries/000", b"name Wire 77\n", b"name Wire 78\n")


def _level_0(scene: Scene) -> None:
    scene.outside.flips("/log/tile/0/000", 8 * 5 * 32)


def _level_1(scene: Scene) -> None:
    scene.outside.flips("/log/tile/1/000.p/1", 8)


def _bundle(scene: Scene) -> None:
    scene.outside.shows("/log/tile/entries/000", b"", 404)


def _size(scene: Scene) -> None:
    size = str(len(scene.outside.entries())).encode()
    for path in ("/log/checkpoint", f"/s/{scene.cafe.id}.tlog-proof"):
        scene.outside.swaps(path, b"\n" + size + b"\n", b"\n1\n")


def _key(scene: Scene) -> None:
    thief = SignerKey(name=scene.outside.key.name, seed=THIEF)
    scene.outside.rewrites(scene.outside.entries(), thief)


def _history(scene: Scene) -> None:
    """The log now says that another delivery brought the café."""
    told = scene.outside.entries()
    at = scene.index_of(scene.cafe)
    one = entries.decode(told[at])
    assert isinstance(one, Event)
    told[at] = entries.encode(msgspec.structs.replace(one, raw=bytes(32)))
    scene.outside.rewrites(told)


def _rollback(scene: Scene) -> None:
    scene.outside.shows("/log/checkpoint", scene.older)


def _unkilled(scene: Scene) -> None:
    """A past without its last event, and the story as it stood before."""
    scene.outside.rewrites(scene.outside.entries()[:-1])


def _normal(scene: Scene) -> None:
    nfd = unicodedata.normalize("NFD", "café").encode()
    scene.outside.swaps(f"/s/{scene.cafe.id}", "The café".encode(), b"The " + nfd)


def _quote(scene: Scene) -> None:
    scene.outside.swaps(f"/s/{scene.cafe.id}", "\u201copens".encode(), b'"opens')


def _space(scene: Scene) -> None:
    scene.outside.swaps(f"/s/{scene.cafe.id}", b"owner said.</p>", b"owner said. </p>")


def _everywhere(scene: Scene) -> None:
    """Page, text and JSON agree with each other, and not with the log."""
    for suffix in ("", ".txt", ".json"):
        scene.outside.swaps(f"/s/{scene.cafe.id}{suffix}", b"at seven", b"at eight")


def _text_alone(scene: Scene) -> None:
    scene.outside.swaps(f"/s/{scene.cafe.id}.txt", b"at seven", b"at eight")


def _still_text(scene: Scene) -> None:
    scene.outside.shows(f"/s/{scene.tide.id}.txt", b"High water is at noon.\n")


def _still_page(scene: Scene) -> None:
    page = b'<!doctype html><div data-copy="body"><p>High water is at noon.</p></div>'
    scene.outside.shows(f"/s/{scene.tide.id}", page)


def _still_named(scene: Scene) -> None:
    scene.outside.swaps("/api/stories", scene.cafe.id.encode(), scene.tide.id.encode())


def _vanished(scene: Scene) -> None:
    for suffix in ("", ".txt", ".json"):
        scene.outside.shows(f"/s/{scene.cafe.id}{suffix}", b"Gone.\n", 410)


def _other_story(scene: Scene) -> None:
    scene.outside.answers_with(f"/s/{scene.cafe.id}.tlog-proof", f"/s/{scene.ferry.id}.tlog-proof")


def _other_edition(scene: Scene) -> None:
    scene.outside.answers_with(
        f"/s/{scene.ferry.id}/v1.tlog-proof", f"/s/{scene.ferry.id}/v2.tlog-proof"
    )


def _old_edition(scene: Scene) -> None:
    """The newest edition is kept from the readers, its proof with it."""
    for suffix in ("", ".txt", ".json", ".tlog-proof"):
        scene.outside.answers_with(
            f"/s/{scene.ferry.id}{suffix}", f"/s/{scene.ferry.id}/v1{suffix}"
        )


def _unlogged(scene: Scene) -> None:
    """A story that the log was never told of."""
    scene.outside.swaps("/api/stories", scene.cafe.id.encode(), b"0" * 16)
    scene.outside.shows(f"/s/{'0' * 16}", b"<!doctype html><p>Never logged.")


CASES = (
    Case(what="one byte of an entry", lie=_entry, is_new=True),
    Case(what="one bit of a level-0 tile", lie=_level_0, is_new=True),
    Case(what="one bit of a level-1 tile", lie=_level_1, is_new=True),
    Case(what="a bundle is missing", lie=_bundle, is_new=True),
    Case(what="size edited in checkpoint and proof", lie=_size),
    Case(what="signed with another key", lie=_key),
    Case(what="history rewritten, signed with the true key", lie=_history),
    Case(what="the same, for whoever kept nothing", lie=_history, older=None, is_new=True),
    Case(what="rolled back to an old checkpoint", lie=_rollback, older="newest"),
    Case(what="a kill taken out, signed with the true key", lie=_unkilled, older="newest"),
    Case(what="page: é in two code points (NFD)", lie=_normal),
    Case(what="page: a curly quote made straight", lie=_quote),
    Case(what="page: a space behind the last word", lie=_space),
    Case(what="page, text and JSON changed alike", lie=_everywhere),
    Case(what="`.txt` changed alone", lie=_text_alone),
    Case(what="a killed story's `.txt` still served", lie=_still_text, of="tide"),
    Case(what="a killed story's page still served", lie=_still_page, of="tide"),
    Case(what="a killed story still in a list", lie=_still_named, of="tide"),
    Case(what="410 and no `killed` event", lie=_vanished),
    Case(what="a proof moved to another story", lie=_other_story),
    Case(what="a proof moved to another edition", lie=_other_edition, of="ferry", edition=1),
    Case(what="an old edition and its proof in place of the newest", lie=_old_edition, of="ferry"),
    Case(what="a story that the log was never told of", lie=_unlogged),
)
SEEN_BY_MONITOR_ALONE = {
    "one byte of an entry",
    "one bit of a level-1 tile",
    "a bundle is missing",
    "a killed story still in a list",
    "an old edition and its proof in place of the newest",
    "a story that the log was never told of",
}
SEEN_BY_NOBODY = "the same, for whoever kept nothing"


def said(scene: Scene, case: Case, tmp_path: Path) -> tuple[str | None, str | None]:
    """What verify and monitor say; None for nothing."""
    outside = scene.outside
    case.lie(scene)
    try:
        story = getattr(scene, case.of)
        older = None if case.older is None else getattr(scene, case.older)
        verdict = outside.verify(story, case.edition, older=older)
        wrong = [f"`{one.name}`: {one.said}" for one in verdict.checks if one.passed is False]
        memory = Memory(folder=tmp_path / "kept")
        if not case.is_new:
            shutil.copytree(scene.memory.folder, memory.folder)
        lies = [f"`{one.where}`: {one.said}" for one in outside.once(memory).lies]
    finally:
        outside.false.clear()
    return (
        named(scene, wrong[0]) if wrong else None,
        named(scene, lies[0]) if lies else None,
    )


def named(scene: Scene, text: str) -> str:
    for name in ("cafe", "ferry", "tide"):
        text = text.replace(getattr(scene, name).id, name)
    return re.sub(r"0{16}", "other", text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_falsification_is_refused(case: Case, scene: Scene, tmp_path: Path) -> None:
    by_verify, by_monitor = said(scene, case, tmp_path)
    if case.what == SEEN_BY_NOBODY:
        assert (by_verify, by_monitor) == (None, None), "who kept nothing cannot know"
        return
    assert by_monitor is not None
    assert (by_verify is None) == (case.what in SEEN_BY_MONITOR_ALONE)
    row = f"| {case.what} | {by_verify or 'nothing'} | {by_monitor} |"
    assert row in DOCS.read_text().splitlines(), f"docs/reference/log.md needs\n{row}"


def test_nothing_else_stands_in_the_table() -> None:
    table = DOCS.read_text().partition("| falsified |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    assert rows == [case.what for case in CASES]


def test_the_scene_is_honest(scene: Scene) -> None:
    for story in (scene.cafe, scene.ferry, scene.tide):
        assert scene.outside.verify(story, older=scene.older).holds
    assert scene.outside.verify(scene.ferry, 1, older=scene.newest).holds
    assert scene.outside.once().lies == ()
