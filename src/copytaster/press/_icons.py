"""The site's icons, and the web manifest that names them.

Those that ship are drawn from one drawing by ``scripts/draw-icons``. A house's own icon is one
file, which stands for all of them.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources

import msgspec

from copytaster.press._templates import asset
from copytaster.press._types import App
from copytaster.press._types import Icon
from copytaster.press._types import Site
from copytaster.press._words import direction

_PAPER = "#fffefb"
_INK = "#1c1a17"
_SHORT = 12
"""characters of a short name that every phone shows"""
_SUFFIXES = {"image/png": "png", "image/svg+xml": "svg"}
_SHIPPED = ("icon-192.png", "icon-512.png", "maskable-512.png", "touch-180.png")


@cache
def _shipped(name: str) -> bytes:
    return (resources.files("copytaster.press") / "icons" / name).read_bytes()


def favicon(site: Site) -> bytes | None:
    """``/favicon.ico``; None where the house has an icon of its own, which browsers are
    pointed to instead."""
    return _shipped("favicon.ico") if _of_house(site) is None else None


def _of_house(site: Site) -> Icon | None:
    """The house's own icon: the configured one, else that of its theme."""
    if site.icon is not None or site.theme.icon is None:
        return site.icon
    return Icon(media_type="image/svg+xml", data=site.theme.icon.encode())


def icon_files(site: Site) -> Mapping[str, tuple[str, bytes]]:
    """path → (content type, bytes): names hold a digest, so they may be kept for ever."""
    own = _of_house(site)
    if own is not None:
        return {_path(own): (own.media_type, own.data)}
    return {_path(icon): (icon.media_type, icon.data) for icon in map(_own, _SHIPPED)}


def icon_path(site: Site) -> str:
    """What ``link rel="icon"`` names."""
    own = _of_house(site)
    return asset("svg", site.theme) if own is None else _path(own)


def icon_type(site: Site) -> str:
    """Its content type."""
    return "image/svg+xml" if site.icon is None else site.icon.media_type


def touch_path(site: Site) -> str | None:
    """What ``link rel="apple-touch-icon"`` names: only a bitmap will do."""
    icon = _of_house(site) or _own("touch-180.png")
    return _path(icon) if icon.size is not None else None


def short_name(site: Site, most: int) -> str:
    """The site's name in so few characters: the configured one, else as many whole words of the
    name as fit, else its beginning."""
    name = site.short_name or site.name
    if len(name) <= most:
        return name
    words = name[: most + 1].rpartition(" ")[0].strip()
    return words or name[:most].strip()


def manifest(site: Site) -> bytes:
    """``/manifest.webmanifest`` (W3C): the site as an app of its own, and the app it has."""
    own = {
        "id": "/",
        "name": site.name,
        "short_name": short_name(site, _SHORT),
        "description": site.tagline,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "lang": site.language,
        "dir": direction(site.language),
        "background_color": _PAPER,
        "theme_color": _INK,
        "icons": list(_listed(site)),
        "related_applications": list(_related(site.app)) if site.app else None,
    }
    return msgspec.json.encode({name: value for name, value in own.items() if value})


def _listed(site: Site) -> Iterator[dict[str, str]]:
    own = _of_house(site)
    if own is not None:
        yield _line(own, _path(own), "any")
        return
    drawing = asset("svg", site.theme)
    yield {"src": drawing, "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    for name in ("icon-192.png", "icon-512.png"):
        yield _line(_own(name), _path(_own(name)), "any")
    yield _line(_own("maskable-512.png"), _path(_own("maskable-512.png")), "maskable")


def _line(icon: Icon, path: str, purpose: str) -> dict[str, str]:
    sizes = f"{icon.size}x{icon.size}" if icon.size else "any"
    return {"src": path, "type": icon.media_type, "sizes": sizes, "purpose": purpose}


def _related(app: App) -> Iterator[dict[str, str]]:
    if app.ios_id:
        yield {"platform": "itunes", "url": f"https://apps.apple.com/app/id{app.ios_id}"}
    if app.android_package:
        yield {"platform": "play", "id": app.android_package}


@cache
def _own(name: str) -> Icon:
    size = int(name.partition("-")[2].removesuffix(".png"))
    return Icon(media_type="image/png", data=_shipped(name), size=size)


def _path(icon: Icon) -> str:
    digest = sha256(icon.data).hexdigest()[:16]
    return f"/assets/{digest}.{_SUFFIXES[icon.media_type]}"
