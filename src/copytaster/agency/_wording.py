"""The type of the shared lists of phrases in which notices to editors are worded, and the lists.

One TOML file a language, in ``phrases/``. Every agency draws on all of them unless its profile
says otherwise, since an agency writes to editors in the language they read, not in its own.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from copytaster.item import EditorialType


class Asking(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The phrases that ask editors for one thing.

    A phrase in capitals counts only in capitals. ``…`` stands for a few words of the same
    sentence, ``<item>`` for a word, number or quotation that names a piece of copy.
    """

    means: EditorialType
    banners: tuple[str, ...] = ()
    """open a headline, a slugline or a text as nothing but a notice is opened"""
    titles: tuple[str, ...] = ()
    """head a notice, and now and then a story: they need support"""
    orders: tuple[str, ...] = ()
    """ask editors, at the beginning of a sentence"""
    announces: tuple[str, ...] = ()
    """say what the agency does to its own copy: they need support"""


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words with which a notice names what it is about."""

    editors: tuple[str, ...] = ()
    """whom a line is addressed to: ``attention editors``"""
    for_now: tuple[str, ...] = ()
    """make a hold of a kill: ``until further notice``"""
    until: tuple[str, ...] = ()
    """make an embargo of it, with a day or a time: ``before Friday``"""
    articles: tuple[str, ...] = ()
    """may stand before the first word of a sentence"""
    items: tuple[str, ...] = ()
    """a piece of copy: ``story``, ``Meldung``"""
    pictures: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    """all dispatches of an event"""
    substitutes: tuple[str, ...] = ()
    """what is good in place of what was killed"""
    replaces: tuple[str, ...] = ()
    """between the good and the bad"""
    replaced_by: tuple[str, ...] = ()
    """between the bad and the good"""
    instead: tuple[str, ...] = ()
    """after the good"""
    instead_of: tuple[str, ...] = ()
    """between the good and the bad, where one is asked for"""
    moved: tuple[str, ...] = ()
    """say that the time behind them is when a story moved"""
    at: tuple[str, ...] = ()
    """say so right before the time: ``of 17:56``"""
    reasons: tuple[str, ...] = ()
    """begin the reason, where nothing is named any more"""
    titled: tuple[str, ...] = ()
    """before a headline"""
    slugs: tuple[str, ...] = ()
    """before a slug"""
    numbers: tuple[str, ...] = ()
    """label a service number or a story's number"""
    ids: tuple[str, ...] = ()
    """label an id"""
    dates: tuple[str, ...] = ()
    """label the day a story moved, day before month"""
    it: tuple[str, ...] = ()
    """a sentence that begins so goes on about what was named"""
    today: tuple[str, ...] = ()
    yesterday: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    """twelve, each with its short forms"""
    weekdays: tuple[str, ...] = ()
    """seven, from Monday"""


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How notices are worded in one language."""

    language: str
    asking: tuple[Asking, ...]
    words: Words


@cache
def wordings() -> dict[str, Wording]:
    """The shipped lists, by language."""
    folder = resources.files("copytaster.agency") / "phrases"
    files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    found = [msgspec.toml.decode((folder / name).read_bytes(), type=Wording) for name in files]
    return {wording.language: wording for wording in found}


def chosen(languages: Iterable[str] | None) -> list[Wording]:
    """The lists of these languages; None: all."""
    known = wordings()
    return [known[language] for language in (known if languages is None else languages)]
