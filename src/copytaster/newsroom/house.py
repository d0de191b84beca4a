"""What the newsroom knows of its own house: configuration, site, profiles, identifiers."""

import secrets
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

import msgspec

from copytaster import agency
from copytaster import press
from copytaster.agency import DRILL
from copytaster.agency import Contract
from copytaster.agency import Profile
from copytaster.config import Config
from copytaster.config import ConfigError
from copytaster.item import Copy
from copytaster.newsroom import _house_files
from copytaster.newsroom import theming
from copytaster.press import BARE
from copytaster.press import App
from copytaster.press import Officer
from copytaster.press import Reporting
from copytaster.press import Site
from copytaster.press import Uses
from copytaster.press import Vocabulary
from copytaster.press import WordsError
from copytaster.press import vocabulary
from copytaster.subject import Mappings
from copytaster.subject import Table
from copytaster.verdict import Ground

_WORDS_LIMIT = 1024 * 1024
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class House(msgspec.Struct, frozen=True, kw_only=True):
    """The fixed facts of one desk."""

    config: Config
    site: Site
    profiles: Mapping[str, Profile]
    contracts: Mapping[str, Contract] = {}
    """by source: what narrows its agency's contract"""
    topics: Mappings = Mappings()
    """what is known of codes at every agency"""
    codes: Mapping[str, Table] = {}
    """by profile: what is known of the agency's own"""
    pages: Mapping[str, Copy] = {}
    """the house's own pages, by their names"""

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the ways in; ``inbox`` is always one, for what a shell hands in."""
        return frozenset({*self.config.sources, "inbox"})

    def profile(self, name: str) -> Profile:
        """The agency's profile, or the default rules under the agency's own name."""
        if name == DRILL.id:
            return DRILL
        if name in self.profiles:
            return self.profiles[name]
        return msgspec.structs.replace(self.profiles["default"], id=name, name=name)

    def mappings(self, agency: str) -> Mappings:
        """What is known of the codes in an agency's copy: what its profile says comes first."""
        return self.topics.after(self.codes.get(agency if agency in self.profiles else "default"))

    def uses(self, agency: str) -> Uses:
        """What machines may do with an agency's copy: of copy that may have come by several
        sources, what the strictest of their contracts allows."""
        return press.stricter(self.site.uses, self._contracts_of(agency))

    def shared_uses(self, agencies: Iterable[str]) -> Uses:
        """The same of lists that hold copy of all these agencies."""
        contracts = (one for agency in agencies for one in self._contracts_of(agency))
        return press.shared(self.site.uses, contracts)

    def _contracts_of(self, agency: str) -> Iterator[Contract]:
        yield self.profile(agency).contract
        for source, contract in self.contracts.items():
            if self.config.sources[source].agency in (agency, None):
                yield contract

    @property
    def ground(self) -> Ground:
        """What every licence is held against, before anything is known of a story."""
        territories = frozenset(self.config.site.territories)
        return Ground(territories=territories, contracts=self.contracts)


def house(config: Config, url: str) -> House:
    """The house of a configuration whose site answers at ``url``.

    Raises ConfigError or ``agency.ProfileError`` when its profiles cannot be read.
    """
    folder = Path(config.agencies) if config.agencies else None
    if folder is not None and not folder.is_dir():
        raise ConfigError(f"agencies: {folder} is no folder; name the one with the profiles")
    profiles = agency.known(folder)
    if DRILL.id in profiles:
        raise ConfigError(f"agencies: {DRILL.id} is the desk's own agency; give yours another id")
    contracts = {name: s.contract for name, s in config.sources.items() if s.contract is not None}
    return House(
        config=config,
        site=site(config, url),
        pages=_house_files.pages(config.site.pages),
        profiles=profiles,
        contracts=contracts,
        topics=topics(config),
        codes={id: known for id, one in profiles.items() if (known := agency.codes(one))},
    )


def topics(config: Config) -> Mappings:
    """What is known of codes at every agency. Raises ConfigError for a file that is not IPTC's."""
    return _house_files.topics(config.topics.media_topics, config.site.language)


def site(config: Config, url: str) -> Site:
    """The site as the press sees it. Raises ConfigError for a file that cannot be used."""
    table, machines = config.site, config.site.machines
    return Site(
        name=table.name,
        short_name=table.short_name,
        url=(table.url or url).rstrip("/"),
        language=table.language,
        zone=table.zone,
        tagline=table.tagline,
        imprint=table.imprint,
        contact=table.contact,
        security_contact=table.security_contact,
        app=App(**msgspec.structs.asdict(table.app)) if table.app else None,
        live=table.live,
        theme=theming.read(Path(table.theme)) if table.theme else BARE,
        vocabulary=_vocabulary(table.words),
        reporting=_reporting(config),
        uses=Uses(
            search=machines.search,
            ai_input=machines.ai_input,
            train_ai=machines.train_ai,
            tdm=machines.tdm,
        ),
        tdm_policy=machines.tdm_policy,
        content_signal=machines.content_signal,
        refused=machines.refuse,
        icon=_house_files.icon(table.icon),
        pages=frozenset(_house_files.pages(table.pages)),
        trust=tuple(msgspec.structs.asdict(table.trust).items()),
        log=config.log.enabled,
    )


def _reporting(config: Config) -> Reporting | None:
    table = config.reports
    if not table.enabled:
        return None
    officer = table.grievance
    return Reporting(
        contact=table.contact or config.site.contact,
        keep_days=table.keep_days,
        officer=Officer(**msgspec.structs.asdict(officer)) if officer else None,
    )


def _vocabulary(folder: str | None) -> Vocabulary | None:
    """The languages that ship with those of a folder; None where there is no folder."""
    if folder is None:
        return None
    try:
        return vocabulary({file.name: _small(file) for file in _files(Path(folder))})
    except OSError as error:
        raise ConfigError(f"site.words: {folder}: {error.strerror}; name a folder") from error
    except WordsError as error:
        told = "\n".join(f"site.words: {line}" for line in str(error).split("\n"))
        raise ConfigError(told) from error


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix == ".toml")


def _small(file: Path) -> bytes:
    if file.stat().st_size > _WORDS_LIMIT:
        raise WordsError(f"{file.name}: more than {_WORDS_LIMIT} bytes; no file of words is so big")
    return file.read_bytes()


def new_story_id() -> str:
    """16 characters of lower-case Crockford base32: 80 random bits (design §6)."""
    return _random(16)


def new_ticket() -> str:
    """10 characters of the same: 50 random bits, short enough to be read out on the telephone."""
    return _random(10)


def _random(length: int) -> str:
    number = secrets.randbits(5 * length)
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(5 * length - 5, -5, -5))
