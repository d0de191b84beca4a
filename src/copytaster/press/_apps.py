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
    """``/.well-known/apple-app-site-association``; None unless the iOS app is named in full."""
    app = site.app
    if app is None or not app.ios_team or not app.ios_id:
        return None
    details = [{"appIDs": [_ios_app(app)], "components": [{"/": "/s/*"}]}]
    return msgspec.json.encode({"applinks": {"details": details}})


def _ios_app(app: App) -> str:
    return f"{app.ios_team}.{app.ios_id}"


def assetlinks(site: Site) -> bytes | None:
    """``/.well-known/assetlinks.json``; None unless package and fingerprints are configured."""
    app = site.app
    if app is None or not app.android_package or not app.android_fingerprints:
        return None
    target = {
        "namespace": "android_app",
        "package_name": app.android_package,
        "sha256_cert_fingerprints": app.android_fingerprints,
    }
    statement = {"relation": ["delegate_permission/common.handle_all_urls"], "target": target}
    return msgspec.json.encode([statement])
