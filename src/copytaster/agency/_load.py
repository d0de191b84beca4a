"""Read profiles from TOML: the shipped ones, overridden by the house's own folder."""

from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from copytaster.agency import _subjects
from copytaster.agency._acknowledge import unusable
from copytaster.agency._profile import Profile
from copytaster.agency._wording import wordings
from copytaster.subject import Table


class ProfileError(ValueError):
    """A profile file cannot be used; the message names the file, the key and what to do."""


def read(toml: bytes, name: str) -> Profile:
    """A profile from the bytes of a TOML file called ``name``."""
    try:
        return _checked(msgspec.toml.decode(toml, type=Profile))
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ProfileError(
            f"agency profile {name}: {error}; see docs/reference/profiles.md"
        ) from error


def _checked(profile: Profile) -> Profile:
    for language in profile.notice_languages or ():
        if language not in wordings():
            shipped = ", ".join(wordings())
            raise msgspec.ValidationError(
                f"no phrases ship for the language {language!r}, only {shipped} - at"
                " `$.notice_languages`"
            )
    if profile.subjects is not None:
        for fault in _subjects.unusable(profile.subjects):
            raise msgspec.ValidationError(fault)
    if profile.acknowledge is not None:
        for fault in unusable(profile.acknowledge, profile.id):
            raise msgspec.ValidationError(fault)
    return profile


@cache
def _shipped() -> dict[str, Profile]:
    folder = resources.files("copytaster.agency") / "profiles"
    files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    profiles = (read((folder / name).read_bytes(), name) for name in files)
    return {profile.id: profile for profile in profiles}


def known(folder: Path | None = None) -> dict[str, Profile]:
    """All profiles by agency id; files in ``folder`` (``*.toml``) win over shipped ones."""
    profiles = dict(_shipped())
    if folder is not None and folder.is_dir():
        for path in sorted(folder.glob("*.toml")):
            profile = read(path.read_bytes(), str(path))
            profiles[profile.id] = profile
    return profiles


def codes(profile: Profile) -> Table | None:
    """What a profile says of the agency's own codes, under the agency's name."""
    return profile.subjects.table(profile.name) if profile.subjects is not None else None


def load(agency: str, folder: Path | None = None) -> Profile:
    """The profile of ``agency``; one without a profile gets the default rules under its own id."""
    profiles = known(folder)
    if agency in profiles:
        return profiles[agency]
    return msgspec.structs.replace(profiles["default"], id=agency, name=agency)
