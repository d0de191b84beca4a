"""A story, or the notice in its place, as the content of a feed's entry."""

from copytaster.press._entries import disclosure_of
from copytaster.press._markup import escape
from copytaster.press._notice import Fact
from copytaster.press._notice import Said
from copytaster.press._types import Entry
from copytaster.press._types import Site
from copytaster.press._words import Tongue


def content_html(entry: Entry, site: Site) -> str:
    """The whole text between its disclosure and its credit; a correction's note comes first.

    The text is in one element marked ``data-copy="body"``, as on the page, so that anyone can
    read it back; what is the house's own word stands outside it. An entry without a body, of
    which feeds may carry the headline only, has none of it.
    """
    spoken = site.tongue(entry.language)
    words = spoken.words
    about = f'<a href="{escape(site.url)}/about/automation">{escape(words.how)}</a>'
    said = escape(disclosure_of(entry, site))
    parts = [
        _correction(entry, spoken),
        f"<p{_own(spoken)}><em>{said}</em> {about}</p>",
        _body(entry, spoken),
        _credit(entry),
    ]
    return "\n".join(part for part in parts if part)


def _body(entry: Entry, spoken: Tongue) -> str:
    if not entry.body_html:
        return ""
    marks = f'lang="{spoken.tag}" dir="{spoken.dir}" data-copy="body"'
    return f"<div {marks}>\n{entry.body_html}\n</div>"


def notice_html(said: Said) -> str:
    """A notice's sentence and its facts."""
    facts = "".join(f"<li>{escape(fact.label)}: {_value(fact)}</li>" for fact in said.facts)
    return f"<p>{escape(said.sentence)}</p>\n<ul>{facts}</ul>"


def _own(spoken: Tongue) -> str:
    return f' lang="{spoken.own}" dir="ltr"' if spoken.differs else ""


def _correction(entry: Entry, spoken: Tongue) -> str:
    if entry.correction is None:
        return ""
    label = f"<strong{_own(spoken)}>{escape(spoken.words.correction)}:</strong>"
    return f"<p>{label} {escape(entry.correction)}</p>"


def _credit(entry: Entry) -> str:
    lines = [escape(line) for line in (entry.credit, entry.rights) if line]
    return f"<p><small>{'<br>'.join(lines)}</small></p>" if lines else ""


def _value(fact: Fact) -> str:
    if fact.href:
        return f'<a href="{escape(fact.href)}">{escape(fact.words or "")}</a>'
    if fact.at:
        return f'<time datetime="{fact.at.machine}">{escape(fact.at.words)}</time>'
    return escape(fact.words or "")
