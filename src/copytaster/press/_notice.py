"""What stands in a story's place: who took it down, when, and what to read instead.

A notice is made from :class:`NoticeFacts`, which hold neither headline nor text: it cannot
repeat the claim (publishing §0, point 4).
"""

import msgspec

from copytaster.press import _linked
from copytaster.press import _ninjs
from copytaster.press._chrome import chrome
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._times import Shown
from copytaster.press._told import show
from copytaster.press._types import NoticeFacts
from copytaster.press._types import NoticeFiles
from copytaster.press._types import NoticeKind
from copytaster.press._types import Site
from copytaster.press._verify import verify_path
from copytaster.press._words import NoticeWords
from copytaster.press._words import Tongue


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a notice: a label with words, an instant or a link."""

    label: str
    words: str | None = None
    at: Shown | None = None
    href: str | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in words."""

    tongue: Tongue
    title: str
    """neutral: what a feed shows where the headline was"""
    sentence: str
    facts: tuple[Fact, ...]


def notice(facts: NoticeFacts, site: Site) -> NoticeFiles:
    """The notice as page, plain text and ninjs."""
    told = say(facts, site)
    return NoticeFiles(
        files={
            "page": _page(told, facts, site),
            "text": _text(told).encode(),
            "json": _ninjs.notice(facts, f"{told.title}. {told.sentence}", told.tongue.own, site),
        }
    )


def say(facts: NoticeFacts, site: Site) -> Said:
    """The notice's words in the reader's language."""
    # All of a notice is the page's own words, so it is written in a language we have.
    candidates = (facts.language, facts.agency.language, site.language)
    spoken = site.tongue(site.tongue(*candidates).own)
    title, sentence = _wording(facts, spoken)
    names = {"agency": facts.agency.name, "site": site.name}
    return Said(
        tongue=spoken,
        title=title.format(**names),
        sentence=sentence.format(**names),
        facts=_lines(facts, site, spoken),
    )


def _wording(facts: NoticeFacts, spoken: Tongue) -> tuple[str, str]:
    words = spoken.words
    match facts.kind:
        case NoticeKind.hold:
            return _by_cause(words.hold, facts.cause)
        case NoticeKind.gone:
            return _by_cause(words.gone, facts.cause)
        case NoticeKind.expired:
            return words.expired.title, words.expired.sentence
        case NoticeKind.legal:
            return words.legal.title, words.legal.sentence
        case NoticeKind.version:
            if facts.cause == "agency":
                return words.version.title, words.version.sentence
            return words.version.house_title, words.version.house_sentence


def _by_cause(words: NoticeWords, cause: str) -> tuple[str, str]:
    known = cause if cause in words.titles else "desk"
    return words.titles[known], words.sentences[known]


def _lines(facts: NoticeFacts, site: Site, spoken: Tongue) -> tuple[Fact, ...]:
    labels = spoken.words.facts
    lines = [_source(facts, spoken)]
    for label, at in (
        (labels["first_public"], facts.first_public),
        (labels["last_live"], facts.last_live),
        (labels[facts.kind], facts.since),
    ):
        if at is not None:
            lines.append(Fact(label=label, at=show(at, facts.agency, site, spoken)))
    if facts.reason:
        reason = spoken.words.reasons.get(facts.reason, facts.reason)
        lines.append(Fact(label=labels["reason"], words=reason))
    if facts.substitute:
        link = f"{site.url}/s/{facts.substitute}"
        label, words = labels["substitute"], labels["substitute_link"]
        lines.append(Fact(label=label, words=words, href=link))
    return tuple(lines)


def _source(facts: NoticeFacts, spoken: Tongue) -> Fact:
    """The agency; its own address of the story only when merely the licence ended, since an
    agency's address may tell the headline."""
    label = spoken.words.facts["source"]
    if facts.link is None or facts.kind is not NoticeKind.expired:
        return Fact(label=label, words=facts.agency.name)
    words = spoken.words.expired.link.format(agency=facts.agency.name)
    return Fact(label=label, words=words, href=facts.link)


def _page(told: Said, facts: NoticeFacts, site: Site) -> bytes:
    data = _linked.withdrawn(facts, site)
    return render(
        "notice.html",
        site,
        **chrome(site, told.tongue),
        told=told,
        facts=[
            {
                "label": fact.label,
                "at": fact.at,
                "words": written(fact.words or ""),
                "href": written(fact.href) if fact.href else None,
            }
            for fact in told.facts
        ],
        kind=facts.kind.value,
        proof=_proof(facts, site),
        home=written(f"/s/{facts.story}"),
        check=written(verify_path(facts.story)),
        data=markup(data) if data else None,
    )


def _proof(facts: NoticeFacts, site: Site) -> object | None:
    """The relation of what proves the withdrawal; that of one edition is not the story's."""
    if not site.log or facts.kind is NoticeKind.version:
        return None
    return written(f"{site.url}/rel/tlog-proof")


def _text(told: Said) -> str:
    lines = (f"{fact.label}: {_value(fact)}" for fact in told.facts)
    return f"{told.title}\n\n{told.sentence}\n\n" + "\n".join(lines) + "\n"


def _value(fact: Fact) -> str:
    words = fact.at.words if fact.at else fact.words or ""
    return f"{words}: {fact.href}" if fact.href else words
