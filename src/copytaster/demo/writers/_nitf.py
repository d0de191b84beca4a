"""NITF 3.x, one document (handbook: formats §1.2)."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from copytaster.demo.writers._version import PROLOGUE
from copytaster.demo.writers._version import Version
from copytaster.demo.writers._version import element
from copytaster.demo.writers._version import lines
from copytaster.demo.writers._version import optional


def write_nitf(versions: Sequence[Version], agency: str) -> str:
    [version] = versions
    return lines(
        PROLOGUE,
        f"<nitf{_said(baselang=version.get('lang'))}>",
        f"<head>{element('title', version.get('slug') or version.get('headline'))}",
        _tobject(version),
        _docdata(version, agency),
        "</head>",
        _body(version),
        "</nitf>",
        "",
    )


def _said(**attributes: str) -> str:
    """Attributes that say something; ``_`` in a name is written ``.``, ``__`` is written ``-``."""
    return "".join(
        f" {name.replace('__', '-').replace('_', '.')}={quoteattr(value)}"
        for name, value in attributes.items()
        if value
    )


def _tobject(version: Version) -> str:
    """``tobject.type`` says News, Data or Advisory."""
    kind = version.get("kind", "News")
    subjects = "".join(
        f"<tobject.subject tobject.subject.refnum={quoteattr(code)}"
        f" tobject.subject.type={quoteattr(name)}/>"
        for code, name in version.sections()
    )
    return f"<tobject{_said(tobject_type=kind)}>{subjects}</tobject>"


def _docdata(version: Version, agency: str) -> str:
    embargo = version.says("embargo")
    status = "embargoed" if embargo else "usable"
    about = _said(
        management__status=version.get("status", status),
        management__doc__idref=version.get("kills"),
        management__idref__status="canceled" if version.says("kills") else "",
    )
    return lines(
        f"<docdata{about}>",
        _empty("correction", info=version.get("correction"), id__string=version.guid)
        if version.says("correction")
        else "",
        _empty("doc-id", regsrc=agency, id__string=version.guid),
        _empty("urgency", ed__urg=version.get("urgency")) if version.says("urgency") else "",
        _empty("date.issue", norm=version.updated) if version.updated else "",
        f"<date.release norm={quoteattr(version.get('embargo'))}/>" if embargo else "",
        _empty("du-key", key=version.guid, version=version.get("version"))
        if version.says("version")
        else "",
        _empty("ed-msg", info=version.get("note")) if version.says("note") else "",
        _empty("doc.copyright", holder=version.get("rights")) if version.says("rights") else "",
        "</docdata>",
    )


def _empty(name: str, **attributes: str) -> str:
    return f"<{name}{_said(**attributes)}/>"


def _body(version: Version) -> str:
    dated = f"<story.date norm={quoteattr(version.published)}/>" if version.published else ""
    place = optional("location", version.get("dateline"))
    headline = optional("hl1", version.get("headline"))
    return lines(
        "<body>",
        "<body.head>",
        f"<hedline>{headline}</hedline>" if headline else "",
        optional("byline", version.get("by")),
        optional("distributor", version.get("credit")),
        f"<dateline>{place}{dated}</dateline>" if place or dated else "",
        f"<abstract>{element('p', version.get('summary'))}</abstract>"
        if version.says("summary")
        else "",
        "</body.head>",
        f"<body.content>\n{version.markup()}\n</body.content>",
        "</body>",
    )
