"""Pages of the house about itself: those it writes, and how it works.

A page that is not filled in is linked nowhere, and named in no data: a policy's address that
leads nowhere is worse than none. The house writes in its own language, as plain text or as a
little HTML, which comes in through the same allow-list as an agency's copy.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from copytaster.item import Copy
from copytaster.press._chrome import chrome
from copytaster.press._chrome import contact_href
from copytaster.press._chrome import policies
from copytaster.press._chrome import policy_path
from copytaster.press._markup import body_html
from copytaster.press._markup import escape
from copytaster.press._templates import asset
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._types import Reporting
from copytaster.press._types import Site
from copytaster.press._verify import VERIFY
from copytaster.press._words import FALLBACK
from copytaster.press._words import Tongue
from copytaster.press._words import disclosure

_AUTOMATION = "/about/automation"


def policy_page(name: str, copy: Copy, site: Site) -> bytes:
    """One of the house's own pages."""
    spoken = site.tongue(site.language)
    links = dict(policies(site, spoken))
    onward = {"href": written("/corrections"), "name": spoken.words.corrections.title}
    return render(
        "policy.html",
        site,
        **chrome(site, spoken),
        title=links[policy_path(name)],
        url=written(f"{site.url}{policy_path(name)}"),
        body=markup(body_html(copy)),
        onward=onward if name == "corrections" else None,
    )


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    text: tuple[str, ...]


class _Automation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's text of how the site works."""

    lead: str
    transform: str
    """words of the link to the written transformation"""
    agency: str
    """stands for an agency's name in the disclosure"""
    contact: str
    parts: tuple[_Part, ...]
    reserved: _Part
    """what machines may not do, where nothing was allowed"""


@cache
def _texts() -> Mapping[str, _Automation]:
    folder = resources.files("copytaster.press") / "automation"
    return {
        file.name.removesuffix(".toml"): msgspec.toml.decode(file.read_bytes(), type=_Automation)
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


def about_automation(site: Site) -> bytes:
    """``/about/automation``: how a story gets here and what is promised about it, in the site's
    language where there is a text in it, else in English and marked so."""
    spoken = _spoken(site)
    told = _texts()[_primary(spoken.own)]
    fill = _filling(told, spoken, site)
    return render(
        "automation.html",
        site,
        **chrome(site, spoken),
        url=written(f"{site.url}{_AUTOMATION}"),
        lead=markup(escape(told.lead).format_map(fill)),
        parts=[
            {
                "title": part.title,
                "text": [markup(escape(words).format_map(fill)) for words in part.text],
            }
            for part in _parts(told, spoken, site)
        ],
    )


def _spoken(site: Site) -> Tongue:
    own = site.tongue(site.language).own
    return site.tongue(own if _primary(own) in _texts() else FALLBACK)


def _primary(tag: str) -> str:
    return tag.lower().split("-")[0]


def _parts(told: _Automation, spoken: Tongue, site: Site) -> Iterator[_Part]:
    yield from told.parts
    if site.log:
        words = spoken.words.verify
        yield _Part(title=words.log_title, text=(words.log, "{verify}"))
    if not site.uses.train_ai and not site.uses.tdm:
        yield told.reserved
    if site.reporting is not None:
        yield _Part(title=spoken.words.report.title, text=_reporting(site.reporting, spoken))
    if site.contact:
        yield _Part(title=spoken.words.contact, text=(told.contact,))


def _reporting(reporting: Reporting, spoken: Tongue) -> tuple[str, ...]:
    """The way to say that something is wrong, and what is promised where anything is."""
    words, officer = spoken.words.report, reporting.officer
    way = (words.intro, "{report}")
    if officer is None:
        return way
    hours, days = officer.acknowledge_hours, officer.decide_days
    promise = words.terms.sentence.format(hours=hours, days=days)
    return (*way, f"{words.terms.title}: {{officer}}. {promise}")


def _filling(told: _Automation, spoken: Tongue, site: Site) -> Mapping[str, str]:
    sentence = disclosure(spoken.words, told.agency, site.name, reviewed=False)
    officer = site.reporting.officer if site.reporting else None
    return {
        "site": escape(site.name),
        "sentence": escape(sentence),
        "transform": _link(asset("txt", site.theme), told.transform),
        "corrections": _link("/corrections", spoken.words.corrections.title),
        "report": _link("/report", spoken.words.report.link),
        "verify": _link(VERIFY, spoken.words.verify.title),
        "officer": escape(officer.name) if officer else "",
        "contact": _link(contact_href(site.contact), site.contact or ""),
    }


def _link(href: str | None, words: str) -> str:
    return f'<a href="{escape(href)}">{escape(words)}</a>' if href else escape(words)
