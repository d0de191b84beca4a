"""ninjs, sitemaps and the app's files."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from lxml import etree

from copytaster import text
from copytaster.item import AltId
from copytaster.item import Concept
from copytaster.item import Copy
from copytaster.item import Description
from copytaster.press import NoticeKind
from copytaster.press import Site
from copytaster.press import apple_app_site_association
from copytaster.press import assetlinks
from copytaster.press import edition
from copytaster.press import in_sitemap
from copytaster.press import news_sitemap
from copytaster.press import notice
from copytaster.press import sitemap_index
from copytaster.press import sitemap_part
from copytaster.press import sitemap_path
from tests.press.making import APP
from tests.press.making import COPIES
from tests.press.making import FIRST
from tests.press.making import LATER
from tests.press.making import LINES
from tests.press.making import SITE
from tests.press.making import STORY
from tests.press.making import entry
from tests.press.making import facts
from tests.press.making import item
from tests.press.making import notice_facts
from tests.press.making import picture

MAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
FULL = item(
    alt_ids=(AltId(value="9"), AltId(role="wire", value="A7")),
    subjects=(
        Concept(
            uri="http://cv.iptc.org/newscodes/mediatopic/15000000", name="Sport", relevance=2.5
        ),
        Concept(uri="not a uri", literal="harbours"),
        Concept(),
    ),
    people=(Concept(name="Ann Other"),),
    descriptions=(Description(value="What the quays say of it."),),
    usage_terms=("Not in 2026.", "Not for sale."),
    urgency=4,
    located="New Delhi",
    copyright_notice="© ANI",
)


def _ninjs(of: Any = None, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(edition(facts(of, **more), SITE).files["json"])
    return made


def _conforms(value: object, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> None:
    """As much of JSON Schema as ninjs uses for what we write: types, enums, closed objects."""
    if "$ref" in schema and schema["$ref"].startswith("#/$defs/"):
        referred = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        if isinstance(value, dict):
            own = {**referred.get("properties", {}), **schema.get("properties", {})}
            schema = {**referred, "properties": own, "required": schema.get("required", [])}
        else:
            schema = referred
    kinds = {"string": str, "integer": int, "array": list, "object": dict, "number": (int, float)}
    if "type" in schema:
        assert isinstance(value, kinds[schema["type"]]), at
    if "enum" in schema:
        assert value in schema["enum"], at
    if isinstance(value, dict):
        allowed = schema.get("properties", {})
        assert set(schema.get("required", ())) <= set(value), at
        for name, inner in value.items():
            assert name in allowed, f"{at}/{name}"
            _conforms(inner, allowed[name], root, f"{at}/{name}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            _conforms(inner, schema.get("items", {}), root, f"{at}/{number}")


def test_ninjs_is_what_its_schema_allows(corpus: Path) -> None:
    schema = json.loads((corpus / "iptc-ninjs/specification/ninjs-schema_3.1.json").read_bytes())
    quay = picture(caption="c", alt="a", byline="b", credit="d", rights="r")
    made = [_ninjs(FULL, updated=LATER, pictures=(quay, picture())), _ninjs()]
    made.append(_ninjs(FULL, media_topics=("20000002",)))
    for kind in NoticeKind:
        told = notice_facts(kind, substitute="0" * 16, link="https://ani.example/x")
        made.append(json.loads(notice(told, SITE).files["json"]))
    for one in made:
        _conforms(one, schema, schema)
    with pytest.raises(AssertionError, match="/headline"):
        _conforms({"uri": "x", "headline": "x"}, schema, schema)


def test_ninjs_has_the_media_topics_that_codes_mean_by_their_uri_alone() -> None:
    own = _ninjs(FULL)["subjects"]
    uri = "http://cv.iptc.org/newscodes/mediatopic/20000002"
    assert _ninjs(FULL, media_topics=("20000002",))["subjects"] == [*own, {"uri": uri}]


def test_ninjs_names_the_story_by_its_address_and_keeps_the_agencys_ids() -> None:
    made = _ninjs(FULL, updated=LATER, edition=2, newest=2)
    assert made["uri"] == f"https://news.example/s/{STORY}"
    assert made["altIds"] == [
        {"role": "guid", "value": "urn:example:harbour"},
        {"value": "9"},
        {"role": "wire", "value": "A7"},
    ]
    assert (made["version"], made["pubStatus"], made["by"]) == ("2", "usable", "ANI")
    assert made["versionCreated"] == "2025-12-04T23:10:05+05:30"
    assert made["firstCreated"] == "2025-12-04T23:05:03+05:30"
    assert made["usageTerms"] == "Not in 2026.\nNot for sale."
    assert made["subjects"] == [
        {"name": "Sport", "uri": "http://cv.iptc.org/newscodes/mediatopic/15000000"},
        {"literal": "harbours"},
    ]
    assert made["trustIndicators"][0]["href"] == "https://news.example/about/automation"


@given(copy=COPIES, headline=LINES)
def test_ninjs_carries_the_same_words(copy: Copy, headline: str) -> None:
    made = _ninjs(item(copy, headline))
    assert made["headlines"][0]["value"] == headline
    plain, rich = made["bodies"]
    assert plain["value"] == text.plain(copy)
    marked = f'<div data-copy="body">{rich["value"]}</div>'
    assert text.read_back(marked.encode()).text == text.plain(copy)


def _locations(made: bytes) -> list[tuple[str | None, str | None]]:
    root = etree.fromstring(made)
    found = root.findall("s:url", MAP) + root.findall("s:sitemap", MAP)
    return [
        (one.findtext("s:loc", namespaces=MAP), one.findtext("s:lastmod", namespaces=MAP))
        for one in found
    ]


def test_sitemaps_date_each_story_by_when_its_face_changed() -> None:
    assert _locations(sitemap_part([(STORY, LATER)], SITE)) == [
        (f"https://news.example/s/{STORY}", "2025-12-04T23:10:05+05:30")
    ]
    assert _locations(sitemap_index([(3, FIRST)], SITE)) == [
        (f"https://news.example{sitemap_path(3)}", "2025-12-04T23:05:03+05:30")
    ]
    assert _locations(sitemap_part([], SITE)) == []


@pytest.mark.parametrize(
    ("indexing", "general", "news"),
    [
        ("self", True, True),
        ("news-noindex", True, False),
        ("noindex", False, False),
        ("canonical-to-source", False, False),
    ],
)
def test_only_what_the_contract_allows_is_offered_to_search(
    indexing: str, general: bool, news: bool
) -> None:
    told = msgspec.structs.replace(entry(), indexing=indexing)
    assert in_sitemap(indexing) is general
    assert bool(_locations(news_sitemap([told], SITE))) is news


def test_the_news_sitemap_has_the_agencys_time_and_never_more_than_a_thousand() -> None:
    told = msgspec.structs.replace(entry(updated=LATER), indexing="self", headline="A < B & C")
    made = etree.fromstring(news_sitemap([told] * 1001, SITE))
    assert len(made) == 1000
    news = made[0].find("n:news", MAP)
    assert news is not None
    assert news.findtext("n:title", namespaces=MAP) == "A < B & C"
    assert news.findtext("n:publication_date", namespaces=MAP) == "2025-12-04T23:05:03+05:30"
    assert news.findtext("n:publication/n:name", namespaces=MAP) == "The Morning Wire"
    assert news.findtext("n:publication/n:language", namespaces=MAP) == "en"


def _site(**more: Any) -> Site:
    return msgspec.structs.replace(SITE, app=msgspec.structs.replace(APP, **more))


def test_without_an_app_there_are_no_app_files() -> None:
    without = msgspec.structs.replace(SITE, app=None)
    assert apple_app_site_association(without) is None
    assert assetlinks(without) is None


def test_the_apps_files_name_the_app() -> None:
    apple = json.loads(apple_app_site_association(_site()) or b"")
    assert apple["applinks"]["details"] == [
        {"appIDs": ["T.morning"], "components": [{"/": "/s/*"}]}
    ]
    android = _site(android_package="org.example", android_fingerprints=("AA:BB",))
    assert json.loads(assetlinks(android) or b"")[0]["target"] == {
        "namespace": "android_app",
        "package_name": "org.example",
        "sha256_cert_fingerprints": ["AA:BB"],
    }


def test_an_app_on_one_system_claims_nothing_on_the_other() -> None:
    assert json.loads(assetlinks(_site()) or b"") == []
    without = _site(ios_team=None)
    assert json.loads(apple_app_site_association(without) or b"") == {"applinks": {"details": []}}


def test_the_apps_link_is_on_the_page_and_on_no_notice() -> None:
    android = _site(android_package="org.example", android_fingerprints=("AA:BB",))
    page = edition(facts(), android).files["page"].decode()
    link = f"https://open.example.org/s/{STORY}"
    assert f'<a href="{link}">Open in Morning</a>' in page
    for tag in (
        f'name="apple-itunes-app" content="app-id=42, app-argument={link}"',
        f'property="al:ios:url" content="{link}"',
        'property="al:ios:app_store_id" content="42"',
        f'property="al:android:url" content="{link}"',
        'property="al:android:package" content="org.example"',
        'property="al:web:should_fallback" content="true"',
    ):
        assert f"<meta {tag}>" in page
    for kind in NoticeKind:
        told = notice(notice_facts(kind), android).files["page"].decode()
        assert "open.example.org" not in told
        assert "al:" not in told.replace("principal:", "")
        assert "apple-itunes-app" not in told
