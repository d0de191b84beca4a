"""The pages of the gallery, one after the other."""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from copytaster import press
from copytaster.gallery import _stories
from copytaster.gallery._asked import asked
from copytaster.gallery._reports import reports
from copytaster.gallery._stories import NOW
from copytaster.gallery._stories import entries
from copytaster.gallery._stories import facts
from copytaster.gallery._stories import item
from copytaster.gallery._stories import profile
from copytaster.gallery._stories import story_id
from copytaster.item import CorrectionText
from copytaster.press import Beside
from copytaster.press import Change
from copytaster.press import Entry
from copytaster.press import Extent
from copytaster.press import Facts
from copytaster.press import NoticeFacts
from copytaster.press import NoticeKind
from copytaster.press import Picture
from copytaster.press import Site
from copytaster.press import Statement
from copytaster.text import plain

PICTURE = "/gallery/picture.jpg"
_NOTE = "In paragraph 4, corrects the cost of the work: a little over four million, not under."
_STATUS = {
    NoticeKind.hold: 200,
    NoticeKind.gone: 410,
    NoticeKind.expired: 410,
    NoticeKind.legal: 451,
    NoticeKind.version: 410,
}
_RIVER = ("harbour", "results", "german", "urdu", "spanish", "short", "hindi", "long", "hostile")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the gallery."""

    name: str
    """its address below ``/gallery/``"""
    group: str
    title: str
    """what it shows, in English: for whoever works on pages"""
    page: bytes
    status: int = 200
    faults: tuple[str, ...] = ()
    """what the gate found"""


def gallery(site: Site) -> tuple[Shown, ...]:
    """Every page, made for this site with its theme."""
    return (
        *_stories_shown(site),
        *_notices(site),
        *_fronts(site),
        *_asked(site),
        *_house(site),
        *_reports(site),
    )


# --- stories -------------------------------------------------------------------------------------


def _stories_shown(site: Site) -> Iterator[Shown]:
    for name, title in (
        ("harbour", "A story with everything: abstract, table, quotation, list"),
        ("alert", "An alert of one line: a flash"),
        ("urgent", "An urgent story"),
        ("results", "Results"),
        ("hindi", "Hindi"),
        ("urdu", "Urdu, from right to left"),
        ("german", "German, with very long words"),
        ("spanish", "Spanish"),
        ("long", "A headline of 400 characters"),
        ("short", "A story of one word"),
        ("hostile", "Markup, mixed direction and emoji in every field"),
    ):
        yield _story(name, title, facts(name), site)
    yield _story("updated", "Updated", _second("update"), site)
    yield _story("corrected", "Corrected, with the agency's note", _second("correction"), site)
    yield _story("refiled", "Refiled", _second("refile"), site)
    yield _story("older", "An edition that is not the newest", facts("harbour", newest=2), site)
    yield _story("released", "Held, and released", _released(), site)
    yield _story("taken-back", "An earlier edition was taken back", _taken_back(), site)
    yield _story("voices", "Who says what, beside the text", _voices(), site)
    yield _story("versions", "Versions of its text, others' and the agency's own", _twins(), site)
    yield _story("joined", "Put together from two messages", _joined(), site)
    yield _story("picture", "With a picture", facts("urgent", pictures=(_picture(),)), site)
    pair = facts("harbour", pictures=(_picture(), _picture(caption=None, alt="A crane")))
    yield _story("pictures", "With two pictures", pair, site)
    yield _story("portrait", "An upright picture", facts("spanish", pictures=(_upright(),)), site)
    ends = facts("harbour", expires=NOW + timedelta(days=30))
    yield _story("licence", "A licence that ends", ends, site)


def _story(name: str, title: str, of: Facts, site: Site) -> Shown:
    pressed = press.edition(of, site)
    page = pressed.files.get("page", b"")
    return Shown(name=name, group="Stories", title=title, page=page, faults=pressed.faults)


def _change(kind: str, minutes: float, **more: Any) -> Change:
    return Change(kind=kind, at=NOW - timedelta(minutes=minutes), **more)


def _second(reason: str) -> Facts:
    """The harbour's story, a second time."""
    note = _NOTE if reason == "correction" else None
    said = item("harbour", correction_text=CorrectionText(public=note)) if note else None
    return facts(
        "harbour",
        of=said,
        edition=2,
        newest=2,
        updated=NOW - timedelta(minutes=30),
        changes=(
            _change("published", 90, edition=1),
            _change("updated", 30, edition=2, reason=reason, note=note),
        ),
    )


def _voices() -> Facts:
    """Statements in a story: one broken by its cue, and one of which nobody knows whose it is."""
    text = plain(item("council").copy)
    said = [(found.start(1), found.end(1)) for found in re.finditer('"([^"]*)"', text)]
    first, again, short, other, last = said
    statements = (
        Statement(speaker="Astrid Lund", spans=(first, again)),
        Statement(speaker="Astrid Lund", spans=(short,)),
        Statement(speaker="Piet Hanssen", spans=(other,)),
        Statement(speaker=None, spans=(last,)),
    )
    return facts("council", statements=statements)


def _twins() -> Facts:
    """One in every extent, some of other agencies and some of the same."""
    others = (("spanish", 80, Extent.longer), ("urdu", 70, Extent.same))
    own = (("alert", 95, Extent.shorter), ("results", 60, Extent.other))
    beside = tuple(
        Beside(
            story=story_id(name),
            agency=profile(name if (name, before, extent) in others else "harbour"),
            published=NOW - timedelta(minutes=before),
            first_public=NOW - timedelta(minutes=before),
            extent=extent,
        )
        for name, before, extent in (*others, *own)
    )
    return facts("harbour", beside=beside)


def _released() -> Facts:
    return facts(
        "harbour",
        changes=(
            _change("published", 90, edition=1),
            _change("held", 60, reason="agency"),
            _change("released", 40, edition=1),
        ),
    )


def _taken_back() -> Facts:
    return facts(
        "harbour",
        edition=3,
        newest=3,
        updated=NOW - timedelta(minutes=20),
        changes=(
            _change("published", 90, edition=1),
            _change("updated", 50, edition=2),
            _change("updated", 20, edition=3),
            _change("withdrawn", 10, edition=2),
        ),
    )


def _joined() -> Facts:
    first, second = item("urgent"), item("results")
    blocks = (*first.copy.blocks, *second.copy.blocks)
    whole = msgspec.structs.replace(first, copy=msgspec.structs.replace(first.copy, blocks=blocks))
    return facts("urgent", of=whole, parts=(first, second))


def _picture(**more: Any) -> Picture:
    given: dict[str, Any] = {
        "id": "urn:newsml:agency.example:picture:harbour",
        "path": PICTURE,
        "media_type": "image/jpeg",
        "width": 1200,
        "height": 800,
        "size": 90_000,
        "caption": "The harbour bridge at Port Hallam, seen from the fish quay on Sunday.",
        "alt": "A steel bridge with three arches over calm water at sunset",
        "byline": "Edwin Lark",
        "credit": "Seaboard News",
    }
    return Picture(**(given | more))


def _upright() -> Picture:
    return _picture(width=800, height=1200, caption="Amparo Ruiz, ante la linterna del faro.")


# --- notices -------------------------------------------------------------------------------------


def _notices(site: Site) -> Iterator[Shown]:
    for kind in (NoticeKind.hold, NoticeKind.gone):
        for cause in ("agency", "desk", "rights", "legal"):
            word = "On hold" if kind is NoticeKind.hold else "Killed"
            name = f"{kind.value}-{cause}"
            yield _notice(name, f"{word}: {cause}", _said(kind, cause=cause), site)
    good = story_id("results")
    killed = _said(NoticeKind.gone, substitute=good, reason="correction")
    yield _notice("gone-substitute", "Killed, with a reason and a substitute", killed, site)
    ended = _said(NoticeKind.expired, link="https://agency.example/story/1")
    yield _notice("expired", "Licence ended", ended, site)
    yield _notice("legal", "A legal order", _said(NoticeKind.legal, cause="legal"), site)
    version = _said(NoticeKind.version, substitute=story_id("harbour"))
    yield _notice("version", "One edition withdrawn", version, site)
    for name in ("hindi", "urdu", "german", "spanish"):
        yield _notice(f"gone-{name}", f"Killed: {name}", _said(NoticeKind.gone, name), site)


def _said(kind: NoticeKind, name: str = "harbour", **more: Any) -> NoticeFacts:
    given: dict[str, Any] = {
        "story": story_id(name),
        "kind": kind,
        "agency": profile(name),
        "cause": "agency",
        "since": NOW - timedelta(minutes=12),
        "first_public": NOW - timedelta(minutes=90),
        "last_live": NOW - timedelta(minutes=12),
        "language": _stories.words()[name].language,
    }
    return NoticeFacts(**(given | more))


def _notice(name: str, title: str, of: NoticeFacts, site: Site) -> Shown:
    page = press.notice(of, site).files["page"]
    return Shown(name=name, group="Notices", title=title, page=page, status=_STATUS[of.kind])


# --- fronts --------------------------------------------------------------------------------------


def _fronts(site: Site) -> Iterator[Shown]:
    yield _front("front-empty", "Nothing published yet", (), site)
    yield _front("front-one", "One story", ("harbour",), site)
    yield _front("front-few", "Four stories", ("spanish", "urgent", "hindi", "short"), site)
    yield _front("front", "An ordinary day", _RIVER * 3, site, pictured=True)
    yield _front("front-urgent", "An urgent story leads", ("short", "urgent", *_RIVER * 3), site)
    yield _front("front-flash", "A flash leads", ("results", "alert", *_RIVER * 3), site)
    yield _front("section", "A section", _RIVER, site, section="culture", pictured=True)
    yield _front("front-versions", "Versions of one text stand as one", _RIVER, site, folded=True)
    yield _front("river", "A later page", _RIVER * 3, site, newer="/", apart=200)


def _front(
    name: str,
    title: str,
    names: Sequence[str],
    site: Site,
    *,
    pictured: bool = False,
    folded: bool = False,
    apart: float = 7,
    newer: str | None = None,
    section: str | None = None,
) -> Shown:
    listed = entries(names, site, apart=apart)
    page = press.front(
        press.section_name(section, site.language, among=site.vocabulary) if section else None,
        listed,
        site,
        path=press.section_path(section) if section else "/",
        now=NOW,
        newer=newer,
        older="/?before=1-1" if len(names) > len(_RIVER) else None,
        sections=("culture", "disaster", "economy", "politics", "science", "society", "sport"),
        pictures={one.story: (_picture(),) for one in listed} if pictured else {},
        versions=_versions(listed) if folded else {},
    )
    return Shown(name=name, group="Fronts", title=title, page=page)


def _versions(listed: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The first stands for two others and one of its own agency's, the third for one."""
    first, second, third, fourth, *_ = listed
    own = msgspec.structs.replace(fourth, agency=first.agency, agency_name=first.agency_name)
    return {first.story: (second, fourth, own), third.story: (second,)}


# --- the house's own pages -----------------------------------------------------------------------


def _house(site: Site) -> Iterator[Shown]:
    pages = (
        ("automation", "How this works", press.about_automation(site), 200),
        ("corrections-empty", "Corrections: none yet", press.corrections((), site), 200),
        ("not-found", "No page at an address", press.not_found(site), 404),
        ("error", "A fault of ours", press.error_page(site), 500),
    )
    for name, title, page, status in pages:
        yield Shown(name=name, group="The house", title=title, page=page, status=status)
    if site.log:
        page = press.verify_page(site)
        yield Shown(name="verify", group="The house", title="Check a story", page=page)


def _reports(site: Site) -> Iterator[Shown]:
    for name, title, page, status in reports(site):
        yield Shown(name=name, group="Readers' reports", title=title, page=page, status=status)


def _asked(site: Site) -> Iterator[Shown]:
    for name, title, page in asked(site):
        yield Shown(name=name, group="Asked for", title=title, page=page)
