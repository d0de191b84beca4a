"""What ties the site to its own app: head tags and the two well-known files (publishing §4)."""

import msgspec

from copytaster.press._types import App
from copytaster.press._types import Site


def app_tags(story: str, site: Site) -> list[tuple[str, str, str]]:
    """(attribute, name, content) of the head's app tags; none without an app."""
    app = site.app
    if app is None:
        return []
    link = f"{app.url}{story}"
    tags = [("property", "al:web:should_fallback", "true")]
    if app.ios_id:
        tags += [
            ("name", "apple-itunes-app", f"app-id={app.ios_id}, app-argument={link}"),
            ("property", "al:ios:url", link),
            ("property", "al:ios:app_store_id", app.ios_id),
            ("property", "al:ios:app_name", app.name),
        ]
    if app.android_package:
        tags += [
            ("property", "al:android:url", link),
            ("property", "al:android:package", app.android_package),
            ("property", "al:android:app_name", app.name),
        ]
    return tags if len(tags) > 1 else []


def apple_app_site_association(site: Site) -> bytes | None:
    """``/.well-known/apple-app-site-association``: story addresses open in the app whose full
    id (team and bundle) is configured; in none where it is not. None without an app."""
    if site.app is None:
        return None
    team = site.app.ios_team
    details = [{"appIDs": [team], "components": [{"/": "/s/*"}]}] if team else []
    return msgspec.json.encode({"applinks": {"details": details}})


def assetlinks(site: Site) -> bytes | None:
    """``/.well-known/assetlinks.json``: a statement for the Android app where its package and
    fingerprints are configured, else none at all. None without an app."""
    if site.app is None:
        return None
    return msgspec.json.encode([_statement(site.app)] if _is_android(site.app) else [])


def _is_android(app: App) -> bool:
    return app.android_package is not None and bool(app.android_fingerprints)


def _statement(app: App) -> dict[str, object]:
    target = {
        "namespace": "android_app",
        "package_name": app.android_package,
        "sha256_cert_fingerprints": app.android_fingerprints,
    }
    return {"relation": ["delegate_permission/common.handle_all_urls"], "target": target}
