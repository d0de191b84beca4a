"""The corrections page, and a correction as a feed tells it.

A correction shows what it changed and the agency's own note, while its story is live. Of a
story that is not live nothing is said but whose it was, when, and where its notice stands: the
facts the page is made from have no words of it then (publishing §0, point 4).
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from copytaster.agency import Feeds
from copytaster.agency import Profile
from copytaster.item import Item
from copytaster.press._chrome import chrome
from copytaster.press._counting import numbered
from copytaster.press._entries import Same
from copytaster.press._entries import in_feeds
from copytaster.press._front import FEEDS
from copytaster.press._markup import escape
from copytaster.press._notice import say
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._told import byline_of
from copytaster.press._told import show
from copytaster.press._types import Changes
from copytaster.press._types import CorrectionFacts
from copytaster.press._types import CorrectionLine
from copytaster.press._types import Entry
from copytaster.press._types import NoticeFacts
from copytaster.press._types import NoticeKind
from copytaster.press._types import Site
from copytaster.press._words import CorrectionsWords
from copytaster.press._words import Tongue
from copytaster.press._words import tongue
from copytaster.text import Fate
from copytaster.text import Stretch
from copytaster.text import difference
from copytaster.text import plain

PATH = "/corrections"


def corrections(
    lines: Sequence[CorrectionLine],
    site: Site,
    *,
    older: str | None = None,
    newer: str | None = None,
) -> bytes:
    """A page of the list, newest first; ``older`` and ``newer`` are its neighbours' addresses.

    It is kept out of search engines: nobody could make them forget what is withdrawn here.
    """
    spoken = _spoken(site)
    return render(
        "corrections.html",
        site,
        **chrome(site, spoken),
        feeds=[(name, written(f"{PATH}/feed.{suffix}")) for name, suffix in FEEDS],
        lines=[_line(Same(line.story), site) for line in lines],
        older=written(older) if older else None,
        newer=written(newer) if newer else None,
    )


def story_changes(entry: Entry, lines: Sequence[CorrectionFacts], site: Site) -> bytes:
    """How one live story changed from edition to edition, newest first; ``entry``: of its newest.

    Kept out of search engines, as all that may have to be forgotten.
    """
    spoken, said = _spoken(site), tongue(entry.language)
    story = {
        "headline": written(entry.headline),
        "lang": said.tag,
        "dir": said.dir,
        "href": written(f"/s/{entry.story}"),
    }
    told = [_corrected(line, site, spoken) for line in lines]
    return render("changes.html", site, **chrome(site, spoken), story=story, lines=told)


def corrections_title(site: Site) -> str:
    """What the list is called, in the house's language."""
    return _spoken(site).words.corrections.title


def _spoken(site: Site) -> Tongue:
    """All the page says of its own is in one language, one we have."""
    return site.tongue(site.tongue(site.language).own)


@lru_cache(maxsize=256)
def _line(same: Same[CorrectionFacts | NoticeFacts], site: Site) -> Mapping[str, object]:
    """A line as the page tells it, found once: the page is made anew at every kill."""
    line, spoken = same.told, _spoken(site)
    if isinstance(line, CorrectionFacts):
        return _corrected(line, site, spoken)
    return _withdrawn(line, site, spoken)


def _corrected(facts: CorrectionFacts, site: Site, spoken: Tongue) -> dict[str, object]:
    quoted = facts.quoted
    said = tongue(quoted.language, spoken.tag) if quoted else spoken
    words = spoken.words.corrections
    return {
        "what": spoken.words.events[facts.what],
        "href": written(f"/s/{facts.story}"),
        "title": written(quoted.headline) if quoted else spoken.words.events[facts.what],
        "lang": said.tag,
        "dir": said.dir,
        "agency": facts.agency.name,
        "at": show(facts.at, facts.agency, site, spoken),
        "note": written(quoted.note) if quoted and quoted.note else None,
        "changes": [(label, markup(html)) for label, html in _listed(facts, words)],
        "why": _why(facts, spoken, site),
        "facts": [],
        "editions": [(written(path), label) for path, label in _editions(facts, spoken)],
    }


def _withdrawn(facts: NoticeFacts, site: Site, spoken: Tongue) -> dict[str, object]:
    said = say(msgspec.structs.replace(facts, language=spoken.tag), site)
    kind = "held" if facts.kind is NoticeKind.hold else "killed"
    return {
        "what": spoken.words.events[kind],
        "href": written(f"/s/{facts.story}"),
        "title": said.title,
        "lang": spoken.tag,
        "dir": spoken.dir,
        "agency": facts.agency.name,
        "at": show(facts.since, facts.agency, site, spoken),
        "note": None,
        "changes": [],
        "why": said.sentence,
        "facts": [
            {
                "label": fact.label,
                "at": fact.at,
                "words": written(fact.words or ""),
                "href": written(fact.href) if fact.href else None,
            }
            for fact in said.facts
        ],
        "editions": [],
    }


def _editions(facts: CorrectionFacts, spoken: Tongue) -> Iterator[tuple[str, str]]:
    """Addresses of the two editions, and what they are called."""
    if facts.quoted is not None:
        for number in sorted({facts.edition - 1, facts.edition} - facts.gone - {0}):
            yield (
                f"/s/{facts.story}/v{number}",
                spoken.words.edition.format(number=numbered(number, spoken.own)),
            )


# --- what changed --------------------------------------------------------------------------------


def changes(before: Item | None, after: Item | None, agency: Profile) -> Changes:
    """What readers see changed between two editions, by what they were made from; None: it is
    not kept. Dear, as lists go: a caller keeps it, an edition never changes."""
    if before is None or after is None:
        return Changes(rewritten=True)
    found = [(part, difference(old, new)) for part, old, new in _compared(before, after, agency)]
    told = [(part, stretches) for part, stretches in found if stretches is not None]
    if len(told) < len(found):
        return Changes(rewritten=True)
    return Changes(parts=tuple((part, stretches) for part, stretches in told if stretches))


def _compared(before: Item, after: Item, agency: Profile) -> Iterator[tuple[str, str, str]]:
    yield "headline", before.headline or "", after.headline or ""
    yield "byline", byline_of(before, agency), byline_of(after, agency)
    yield "text", plain(before.copy), plain(after.copy)


def _why(facts: CorrectionFacts, spoken: Tongue, site: Site) -> str | None:
    """A sentence, where there is nothing to list."""
    words = spoken.words.corrections
    if facts.quoted is None:
        return words.gone
    if not facts.gone.isdisjoint({facts.edition - 1, facts.edition}):
        version = spoken.words.version
        note = version.house_note if facts.is_houses else version.note
        return note.format(agency=facts.agency.name, site=site.name)
    changes = facts.quoted.changes
    if changes is None:
        return None
    if changes.rewritten:
        return words.rewritten
    return None if changes.parts else words.unchanged


def _listed(facts: CorrectionFacts, words: CorrectionsWords) -> list[tuple[str, str]]:
    """(label, markup) of each part that differs."""
    labels = {"headline": words.headline, "byline": words.byline, "text": words.text}
    changes = facts.quoted.changes if facts.quoted else None
    parts = changes.parts if changes else ()
    return [(labels[part], _html(stretches, words)) for part, stretches in parts]


def _html(stretches: Sequence[Stretch], words: CorrectionsWords) -> str:
    return "".join(_dressed(stretch, words) for stretch in stretches).strip()


def _dressed(stretch: Stretch, words: CorrectionsWords) -> str:
    """Marked for the eye, and said for those who hear the page: few screen readers tell of
    ``del`` and ``ins``."""
    match stretch.kind:
        case Fate.gone:
            return _marked("del", words.removed, stretch.words)
        case Fate.came:
            return _marked("ins", words.added, stretch.words)
        case Fate.skipped:
            return " …"
        case Fate.same:
            return escape(stretch.words)


def _marked(element: str, aloud: str, words: str) -> str:
    blank = " " if words.startswith(" ") else ""
    said = f"{_aloud(f'[{aloud} ')}{escape(words.lstrip(' '))}{_aloud(']')}"
    return f"{blank}<{element}>{said}</{element}>"


def _aloud(words: str) -> str:
    return f'<span class="spoken">{escape(words)}</span>'


# --- in a feed -----------------------------------------------------------------------------------


def correction_in_feeds(
    line: CorrectionLine, entry: Entry | None, contract: Feeds
) -> CorrectionLine | None:
    """The line as feeds may carry it, None where they may not; ``entry`` is its story's."""
    if contract is Feeds.none:
        return None
    facts = line.story
    if entry is None or isinstance(facts, NoticeFacts) or facts.quoted is None:
        return line
    carried = in_feeds(entry, contract)
    if carried is None:
        return None
    if carried is entry:
        return line
    quoted = msgspec.structs.replace(facts.quoted, note=None, changes=None)
    facts = msgspec.structs.replace(facts, quoted=quoted)
    return msgspec.structs.replace(line, story=facts)


def correction_title(facts: CorrectionFacts, site: Site) -> str:
    """``Corrected: Council raises library budget``; without its headline where it is not live."""
    what = _spoken(site).words.events[facts.what]
    return f"{what}: {facts.quoted.headline}" if facts.quoted else f"{what}: {facts.agency.name}"


def correction_html(facts: CorrectionFacts, site: Site) -> str:
    """The note, what changed, and links to both editions; or where the story's notice stands."""
    spoken = _spoken(site)
    words, label = spoken.words.corrections, spoken.words.correction
    why = _why(facts, spoken, site)
    note = facts.quoted.note if facts.quoted else None
    parts = [
        f"<p><strong>{escape(label)}:</strong> {escape(note)}</p>" if note else "",
        *(f"<p>{escape(part)}: {html}</p>" for part, html in _listed(facts, words)),
        f"<p>{escape(why)}</p>" if why else "",
        _links(facts, site, spoken),
    ]
    return "\n".join(part for part in parts if part)


def _links(facts: CorrectionFacts, site: Site, spoken: Tongue) -> str:
    story = (f"/s/{facts.story}", spoken.words.read_current)
    links = [*_editions(facts, spoken), story] if facts.quoted else [(story[0], facts.agency.name)]
    told = (f'<a href="{escape(site.url + path)}">{escape(label)}</a>' for path, label in links)
    return f"<p>{' · '.join(told)}</p>"
