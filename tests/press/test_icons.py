"""Icons, the manifest that names them, and the two files beside them."""

import io
import json
import runpy
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from PIL import Image

from copytaster.press import Icon
from copytaster.press import favicon
from copytaster.press import icon_files
from copytaster.press import icon_path
from copytaster.press import manifest
from copytaster.press import opensearch
from copytaster.press import security
from tests.press.making import APP
from tests.press.making import SITE
from tests.press.making import page

NOW = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
OWN = Icon(media_type="image/png", data=b"\x89PNG own", size=512)


def test_the_icons_are_the_drawing(project: Path) -> None:
    """They would be stale if somebody changed it: ``scripts/draw-icons`` draws them anew."""
    script = runpy.run_path(str(project / "scripts/draw-icons"))
    folder = project / "src/copytaster/press/icons"
    for name, (side, full) in script["NAMES"].items():
        with Image.open(folder / name) as shipped:
            assert shipped.size == (side, side)
            drawn = script["draw"](side, full=full)
            assert shipped.convert("RGBA").tobytes() == drawn.tobytes(), name
    with Image.open(folder / "favicon.ico") as ico:
        assert ico.info["sizes"] == {(side, side) for side in script["FAVICON"]}


def test_the_manifest_names_icons_that_are_there() -> None:
    told = json.loads(manifest(SITE))
    assert told["name"] == "The Morning Wire"
    assert told["short_name"] == "The Morning"
    assert (told["id"], told["start_url"], told["scope"]) == ("/", "/", "/")
    assert (told["lang"], told["dir"]) == ("en-IN", "ltr")
    files = icon_files(SITE)
    named = {(one["sizes"], one["purpose"]) for one in told["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= named
    for one in told["icons"]:
        if one["sizes"] != "any":
            media_type, data = files[one["src"]]
            assert media_type == one["type"]
            with Image.open(io.BytesIO(data)) as image:
                assert one["sizes"] == f"{image.width}x{image.height}"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("The Morning Wire", "The Morning"),
        ("Vester Post", "Vester Post"),
        ("Hafennachrichten", "Hafennachric"),
        ("Der Hafenanzeiger", "Der"),
    ],
)
def test_a_short_name_is_whole_words_where_they_fit(name: str, short: str) -> None:
    assert json.loads(manifest(msgspec.structs.replace(SITE, name=name)))["short_name"] == short


def test_the_manifest_names_the_app_there_is() -> None:
    both = msgspec.structs.replace(APP, android_package="org.example")
    assert json.loads(manifest(msgspec.structs.replace(SITE, app=both)))[
        "related_applications"
    ] == [
        {"platform": "itunes", "url": "https://apps.apple.com/app/id42"},
        {"platform": "play", "id": "org.example"},
    ]
    assert b"related" not in manifest(msgspec.structs.replace(SITE, app=None))


@pytest.mark.parametrize(("language", "way"), [("ur", "rtl"), ("hi", "ltr")])
def test_the_manifest_is_written_in_the_direction_of_the_site(language: str, way: str) -> None:
    assert json.loads(manifest(msgspec.structs.replace(SITE, language=language)))["dir"] == way


def test_an_icon_of_the_house_stands_for_all() -> None:
    site = msgspec.structs.replace(SITE, icon=OWN)
    path = icon_path(site)
    assert icon_files(site) == {path: ("image/png", OWN.data)}
    assert favicon(site) is None
    assert json.loads(manifest(site))["icons"] == [
        {"src": path, "type": "image/png", "sizes": "512x512", "purpose": "any"}
    ]
    told = page(site=site)
    assert f'<link rel="icon" type="image/png" href="{path}">' in told
    assert f'<link rel="apple-touch-icon" href="{path}">' in told
    drawn = msgspec.structs.replace(SITE, icon=Icon(media_type="image/svg+xml", data=b"<svg/>"))
    assert "apple-touch-icon" not in page(site=drawn), "it must be a bitmap"


def test_every_page_names_the_manifest_the_icons_and_the_search() -> None:
    told = page()
    files = icon_files(SITE)
    assert '<link rel="manifest" href="/manifest.webmanifest">' in told
    assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in told
    assert any(f'<link rel="apple-touch-icon" href="{path}">' in told for path in files)


def test_security_txt_names_a_contact_and_expires_within_a_year() -> None:
    assert security(SITE, NOW) is None
    told = security(msgspec.structs.replace(SITE, security_contact="sec@news.example"), NOW)
    lines = dict(line.split(": ", 1) for line in (told or b"").decode().splitlines())
    assert lines["Contact"] == "mailto:sec@news.example"
    assert lines["Canonical"] == "https://news.example/.well-known/security.txt"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=90) < expires - NOW < timedelta(days=365)
    web = msgspec.structs.replace(SITE, security_contact="https://news.example/security")
    assert b"Contact: https://news.example/security\n" in (security(web, NOW) or b"")


def test_browsers_are_told_how_to_search() -> None:
    odd = msgspec.structs.replace(SITE, name="Wire & <Sons> of the Morning")
    root = etree.fromstring(opensearch(odd))
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert len(root.findtext("o:ShortName", namespaces=names) or "") <= 16
    html = next(u for u in root.findall("o:Url", names) if u.get("type") == "text/html")
    assert html.get("template") == "https://news.example/search?q={searchTerms}"
