"""What a language says around speech: verbs, pronouns, titles. Data, one file a language."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from copytaster.reading.tokens import WORD
from copytaster.reading.tokens import tokens

Cue = tuple[tuple[str, ...], str]
"""words of saying in small letters, and their kind: verb, call or according"""


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file as it is written. Lists of single words stand in one string."""

    cues: str
    phrases: tuple[str, ...] = ()
    calls: str = ""
    according: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    titles: str = ""
    organisations: str = ""
    agencies: tuple[str, ...] = ()
    hearing: tuple[str, ...] = ()
    """words in front of an agency that was told something"""
    scare: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    """words between a subject and its verb"""
    replies: tuple[str, ...] = ()
    also_given: str = ""
    """titles that are given names as well: Prince, Justice"""
    suffixes: tuple[str, ...] = ()
    """of words that stand before a name and are none: "Commuter" """
    given: str = ""
    """given names with such an ending"""
    before: tuple[str, ...] = ()
    """words behind a speaker (Hindi: ने)"""
    openings: tuple[str, ...] = ()
    """endings of a word that opens a phrase beside the sentence: "Speaking to reporters, …" """
    opened: tuple[str, ...] = ()
    """the same as whole words: "Asked about it, …" """
    who: tuple[str, ...] = ()
    """joins to somebody what is told of him or her"""
    beside: tuple[str, ...] = ()
    """joining words that stand beside a verb as well, and then join nothing"""
    unsaid: tuple[str, ...] = ()
    """words before a verb by which nothing is said: "did not", "to" """
    determiners: tuple[str, ...] = ()
    """words before a noun: "the report" says nothing"""
    times: str = ""
    """days, which may stand between a verb and its subject"""
    nobles: tuple[str, ...] = ()
    """particles of names that are prepositions as well: "von" """
    reflexive: tuple[str, ...] = ()
    """small words before a verb: "se félicitait" """
    adjective_ends: tuple[str, ...] = ()
    """endings of an adjective that belongs to the name of a body: "Chambre maritime" """
    fronted: str = ""
    """what may stand in front of a verb and is not its subject: "Das teilte die Polizei mit" """
    opening: tuple[str, ...] = ()
    """those words of "according" that are so only where a sentence begins: "Pour" """
    postposed: tuple[str, ...] = ()
    """those words of "according" that stand behind whoever says it: "zufolge" """
    impersonal: tuple[str, ...] = ()
    """cues without a subject: "hieß es" """
    origins: tuple[str, ...] = ()
    """words before whoever is behind them: "aus dem Ministerium" """
    owned: tuple[str, ...] = ()
    """cues whose subject stands before one of ``owning`` (Hindi: का कहना है)"""
    owning: tuple[str, ...] = ()
    newsrooms: tuple[str, ...] = ()
    """what stands beside the name of another newsroom: "the broadcaster" """
    nobody: tuple[str, ...] = ()
    """words at the beginning of a sentence in which nobody says anything"""
    not_ends: tuple[str, ...] = ()
    """endings of such words: "didn't" """
    joins: tuple[str, ...] = ()
    """small words within the name of a body"""
    joins_small: tuple[str, ...] = ()
    """those of them behind which it may go on in small letters: ``Agence des médicaments``"""
    no_particles: tuple[str, ...] = ()
    """articles that look like a part of a name"""
    title_ends: tuple[str, ...] = ()
    """endings of titles"""
    that: str = ""
    """the word that joins a reported clause"""
    tells: str = ""
    """verbs that name whom something is said to"""
    dropping: bool = False
    """a verb needs no subject (Spanish)"""
    dashes: bool = False
    """speech may stand behind a dash"""
    roles: str = ""
    """words for one person: one of these may be whom a pronoun means"""
    persons_end: tuple[str, ...] = ()
    """endings of more such words"""
    small: str = ""
    """words that are in no name, in small letters"""
    things: str = ""
    """last words of names of what is nobody"""
    things_first: str = ""
    the: str = ""
    """the definite article"""
    bodies: tuple[str, ...] = ()
    """words for a body that has a name elsewhere: "the company" """
    within: tuple[str, ...] = ()
    """words before a place"""
    of: tuple[str, ...] = ()
    """words between somebody and a place or a body"""
    no_persons: str = ""
    """words with such an ending that are for nobody"""
    silent: str = ""
    """what is said of those who say nothing any more"""
    passive: tuple[str, ...] = ()
    """verbs with which a participle says what was done to somebody"""
    participles: str = ""
    """of verbs that have no ending"""
    answering: str = ""
    """participles of those who have something to say: "was asked" """
    placing: tuple[str, ...] = ()
    """words before a name that is rather a place's or a thing's than somebody's"""
    earlier: tuple[str, ...] = ()
    """words before a verb of what was said at an earlier time"""
    finite: str = ""
    """verbs that make a clause of the words beside them"""
    hearers: str = ""
    """words for whom is spoken to"""
    forms: tuple[str, ...] = ()
    """the forms of each pronoun for a person, itself first"""
    separable: bool = False
    """a speaker may stand behind the verb wherever that is (German)"""
    inside: tuple[str, ...] = ()
    """patterns of a cue within the marks: "a-t-il ajouté" """


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """A language, ready for use."""

    language: str
    cues: Mapping[str, tuple[Cue, ...]]
    """words of saying by the first of them; the longest first"""
    pronoun: re.Pattern[str]
    """a pronoun at the end of what stands before a cue"""
    pronouns: frozenset[str]
    relative: frozenset[str]
    articles: frozenset[str]
    cuts: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    agencies: frozenset[str]
    scare: re.Pattern[str] | None
    joining: frozenset[str]
    auxiliary: re.Pattern[str]
    """words between a subject and its verb, at the end of what stands before it"""
    reply: re.Pattern[str] | None
    also_given: frozenset[str]
    suffixes: tuple[str, ...]
    given: frozenset[str]
    hearer: re.Pattern[str] | None
    """somebody told another newsroom; the group is its name"""
    before: frozenset[str]
    roles: frozenset[str]
    persons_end: tuple[str, ...]
    small: frozenset[str]
    things: frozenset[str]
    things_first: frozenset[str]
    the: str
    bodies: frozenset[str]
    within: frozenset[str]
    of: frozenset[str]
    no_persons: frozenset[str]
    silent: frozenset[str]
    passive: frozenset[str]
    participles: frozenset[str]
    answering: frozenset[str]
    placing: frozenset[str]
    earlier: frozenset[str]
    finite: frozenset[str]
    hearers: frozenset[str]
    forms: Mapping[str, str]
    """each form, to the pronoun that it is of"""
    openings: tuple[str, ...]
    opened: frozenset[str]
    who: frozenset[str]
    beside: frozenset[str]
    unsaid: frozenset[str]
    times: frozenset[str]
    nobles: frozenset[str]
    reflexive: frozenset[str]
    adjective_ends: tuple[str, ...]
    fronted: frozenset[str]
    opening: frozenset[str]
    postposed: frozenset[str]
    impersonal: frozenset[str]
    origins: frozenset[str]
    owned: frozenset[str]
    owning: frozenset[str]
    newsrooms: frozenset[str]
    determiners: frozenset[str]
    nobody: frozenset[str]
    not_ends: tuple[str, ...]
    joins: frozenset[str]
    joins_small: frozenset[str]
    no_particles: frozenset[str]
    title_ends: tuple[str, ...]
    that: str
    tells: frozenset[str]
    dropping: bool
    dashes: bool
    separable: bool
    inside: re.Pattern[str] | None


def lexicon(language: str | None) -> Lexicon | None:
    """By a BCP 47 tag; None for a language that nobody wrote a file for."""
    primary = (language or "").partition("-")[0].partition("_")[0].lower()
    return _load(primary) if primary in languages() else None


@cache
def languages() -> frozenset[str]:
    """Primary subtags of the languages that are known."""
    folder = resources.files("copytaster.reading") / "words"
    return frozenset(
        file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")
    )


@cache
def _load(language: str) -> Lexicon:
    data = (resources.files("copytaster.reading") / "words" / f"{language}.toml").read_bytes()
    words = msgspec.toml.decode(data, type=_Words)
    return Lexicon(
        language=language,
        cues=_cues(words),
        pronoun=re.compile(rf"(?<!{WORD})({_either(words.pronouns)})\s*$", re.IGNORECASE),
        pronouns=frozenset(words.pronouns),
        relative=frozenset(words.relative),
        articles=frozenset(words.articles),
        cuts=frozenset(words.cuts),
        titles=frozenset(words.titles.split()),
        organisations=frozenset(words.organisations.split()),
        agencies=frozenset(words.agencies),
        scare=_last(words.scare),
        joining=frozenset(words.joining),
        auxiliary=re.compile(rf"(?:\s+(?:{_either(words.auxiliaries)}))+\s*$", re.IGNORECASE),
        reply=re.compile("|".join(words.replies)) if words.replies else None,
        also_given=frozenset(words.also_given.split()),
        suffixes=words.suffixes,
        given=frozenset(words.given.split()),
        hearer=_hearer(words),
        before=frozenset(words.before),
        roles=frozenset(words.roles.split()),
        persons_end=words.persons_end,
        small=frozenset(words.small.split()),
        things=frozenset(words.things.split()),
        things_first=frozenset(words.things_first.split()),
        the=words.the,
        bodies=frozenset(words.bodies),
        within=frozenset(words.within),
        of=frozenset(words.of),
        no_persons=frozenset(words.no_persons.split()),
        silent=frozenset(words.silent.split()),
        passive=frozenset(words.passive),
        participles=frozenset(words.participles.split()),
        answering=frozenset(words.answering.split()),
        placing=frozenset(words.placing),
        earlier=frozenset(words.earlier),
        finite=frozenset(words.finite.split()),
        hearers=frozenset(words.hearers.split()),
        forms={one: forms.split()[0] for forms in words.forms for one in forms.split()},
        openings=words.openings,
        opened=frozenset(words.opened),
        who=frozenset(words.who),
        beside=frozenset(words.beside),
        unsaid=frozenset(words.unsaid),
        times=frozenset(words.times.split()),
        nobles=frozenset(words.nobles),
        reflexive=frozenset(words.reflexive),
        adjective_ends=words.adjective_ends,
        fronted=frozenset(words.fronted.split()),
        opening=frozenset(words.opening),
        postposed=frozenset(words.postposed),
        impersonal=frozenset(words.impersonal),
        origins=frozenset(words.origins),
        owned=frozenset(words.owned),
        owning=frozenset(words.owning),
        newsrooms=frozenset(words.newsrooms),
        determiners=frozenset(words.determiners),
        nobody=frozenset(words.nobody),
        not_ends=words.not_ends,
        joins=frozenset(words.joins),
        joins_small=frozenset(words.joins_small),
        no_particles=frozenset(words.no_particles),
        title_ends=words.title_ends,
        that=words.that,
        tells=frozenset(words.tells.split()),
        dropping=words.dropping,
        dashes=words.dashes,
        separable=words.separable,
        inside=_inside(words),
    )


def _inside(words: _Words) -> re.Pattern[str] | None:
    """A cue within the marks, between commas: ``…, soupire Ibrahim Sow. …``."""
    if not words.dashes:
        return None
    verbs = sorted({*words.cues.split(), *words.phrases}, key=lambda one: (-len(one), one))
    auxiliary = _either(words.auxiliaries)
    turned = "(?:(?:-t)?-(?:il|elle|on|ils|elles))?"
    told = f"(?:(?:{auxiliary})\\s+)*(?:{_either(tuple(verbs))}){turned}"
    cue = "|".join([*words.inside, told])
    return re.compile(
        rf",\s(?P<cue>{cue})(?!{WORD})(?P<who>[^,.!?«»“”]{{0,90}}(?:,[^,.!?«»“”]{{0,40}})?)(?P<end>[,.])\s"
    )


def _either(words: "tuple[str, ...]") -> str:
    """A pattern for any of these; for nothing at all where there are none."""
    return "|".join(map(re.escape, words)) or "(?!)"


def _hearer(words: _Words) -> re.Pattern[str] | None:
    if not words.agencies or not words.hearing:
        return None
    told, heard = (
        "|".join(map(re.escape, sorted(some, key=len, reverse=True)))
        for some in (words.hearing, words.agencies)
    )
    name = r"[^\W\d_a-z][\w.&'’-]{1,20}(?: [^\W\d_a-z][\w.&'’-]{0,20}){0,3}"
    kinds = _either(words.newsrooms)
    unknown = (
        rf"(?:[\w'’-]{{1,15}}\s+){{0,3}}(?:{kinds})\s+(?P<behind>{name})"
        rf"|(?P<front>{name})\s+(?:{kinds})"
    )
    return re.compile(rf"(?<!{WORD})(?:{told})\s+(?:(?P<known>{heard})|{unknown})(?!{WORD})")


def _cues(words: _Words) -> dict[str, tuple[Cue, ...]]:
    lists = (
        ("according", words.according),
        ("verb", (*words.phrases, *words.cues.split())),
        ("call", tuple(words.calls.split())),
    )
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for kind, phrases in lists:
        for one in phrases:
            parts = tuple(token.lower for token in tokens(one))
            found.setdefault(parts[0], {}).setdefault(parts, kind)
    return {
        first: tuple(sorted(several.items(), key=lambda one: -len(one[0])))
        for first, several in found.items()
    }


def _last(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of these at the end, behind which the quotation mark stands."""
    if not words:
        return None
    longest = sorted(words, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!{WORD})(?:{'|'.join(map(re.escape, longest))})[\s,:]*$", re.IGNORECASE)
