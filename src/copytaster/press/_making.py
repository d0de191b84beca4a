"""How a page was made, told to its readers: the label in words, with its values for machines."""

import msgspec

from copytaster.press._labels import Label
from copytaster.press._locales import name_of
from copytaster.press._templates import written
from copytaster.press._times import Shown
from copytaster.press._told import Told
from copytaster.press._told import show
from copytaster.press._types import Facts
from copytaster.press._types import Site
from copytaster.press._verify import verify_path


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the panel: a name with a sentence, an instant or a link."""

    name: str
    axis: str | None = None
    """origin, modification, review or status"""
    value: str | None = None
    """of the axis, as data"""
    words: str | None = None
    at: Shown | None = None
    href: object | None = None
    """as it is written in the page"""


def making(told: Told, facts: Facts, site: Site) -> list[Made]:
    """The panel's lines, in order."""
    words, agency = told.tongue.words.making, facts.agency
    lines = [_axis(told, agency.name, axis) for axis in Label.__struct_fields__]
    if told.tongue_detected:
        lines.append(_detected(told, agency.name))
    first = show(facts.first_public, agency, site, told.tongue)
    lines.append(Made(name=words.first_public, at=first))
    if told.expires is not None:
        ends = show(told.expires, agency, site, told.tongue)
        lines.append(Made(name=words.expires, at=ends))
    if agency.url is not None:
        lines.append(Made(name=words.source, words=agency.name, href=written(agency.url)))
    if agency.contract.licence_url is not None:
        licence = written(agency.contract.licence_url)
        lines.append(Made(name=words.license, words=agency.name, href=licence))
    if site.log:
        lines.append(_checked(told, facts))
    return lines


def _checked(told: Told, facts: Facts) -> Made:
    """The way to check it: of an edition that another has replaced, by its number."""
    words = told.tongue.words.verify
    older = facts.edition if facts.newest > facts.edition else None
    href = written(verify_path(facts.story, older))
    return Made(name=words.name, words=words.link, href=href)


def _detected(told: Told, agency: str) -> Made:
    words, spoken = told.tongue.words.making, told.tongue
    sentence = words.detected.format(language=name_of(spoken.tag, spoken.own), agency=agency)
    return Made(name=words.language, words=sentence)


def _axis(told: Told, agency: str, axis: str) -> Made:
    words = told.tongue.words.making
    value = str(getattr(told.label, axis))
    sentence = words.values[value].format(agency=agency)
    return Made(name=getattr(words, axis), axis=axis, value=value, words=sentence)
