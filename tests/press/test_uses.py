"""What machines are told that they may do: never more than every contract and the site allow."""

import itertools
import json
import re
from urllib.robotparser import RobotFileParser

import msgspec
import pytest

from copytaster.agency import Contract
from copytaster.agency import Indexing
from copytaster.agency import narrowed
from copytaster.press import Uses
from copytaster.press import robots
from copytaster.press import shared
from copytaster.press import stricter
from copytaster.press import tdmrep
from copytaster.press import trust
from copytaster.press import usage_headers
from copytaster.press._uses import Purpose
from copytaster.press._uses import crawlers
from tests.press.making import SITE

ALL = Uses(search=True, ai_input=True, train_ai=True, tdm=True)
OPEN = Contract(train_ai=True, ai_input=True, tdm=True, indexing=Indexing.own)


def test_what_nobody_allowed_is_reserved() -> None:
    assert stricter(SITE.uses, [Contract()]) == Uses(search=True)
    assert stricter(ALL, [Contract()]) == Uses(search=True)
    assert stricter(SITE.uses, [OPEN]) == Uses(search=True)


@pytest.mark.parametrize("name", ["train_ai", "ai_input", "tdm"])
def test_the_strictest_of_site_agency_and_source_holds(name: str) -> None:
    for site, agency, source in itertools.product([False, True], repeat=3):
        uses = msgspec.structs.replace(ALL, **{name: site})
        contracts = [msgspec.structs.replace(OPEN, **{name: said}) for said in (agency, source)]
        wanted = site and agency and source
        assert getattr(stricter(uses, contracts), name) is wanted
        assert getattr(shared(uses, contracts), name) is wanted
        assert getattr(narrowed(contracts[0], contracts[1:]), name) is (agency and source)


def test_search_is_refused_story_by_story_and_never_for_the_whole_site() -> None:
    kept_out = msgspec.structs.replace(OPEN, indexing=Indexing.noindex)
    assert stricter(ALL, [OPEN, kept_out]).search is False
    assert shared(ALL, [OPEN, kept_out]).search is True
    assert shared(msgspec.structs.replace(ALL, search=False), [OPEN]).search is False


def test_headers_say_it_in_the_words_of_the_drafts() -> None:
    assert usage_headers(Uses(), SITE) == {
        "content-usage": "train-ai=n",
        "tdm-reservation": "1",
    }
    with_page = msgspec.structs.replace(SITE, pages=frozenset({"reuse"}))
    assert usage_headers(Uses(search=False), with_page) == {
        "content-usage": "train-ai=n, search=n",
        "tdm-reservation": "1",
        "tdm-policy": "https://news.example/about/reuse",
    }
    own = msgspec.structs.replace(with_page, tdm_policy="https://rights.example/tdm")
    assert usage_headers(Uses(), own)["tdm-policy"] == "https://rights.example/tdm"
    assert usage_headers(ALL, own) == {"content-usage": "train-ai=y", "tdm-reservation": "0"}


def test_the_file_for_text_and_data_mining_says_the_same() -> None:
    assert json.loads(tdmrep(Uses(), SITE)) == [{"location": "/", "tdm-reservation": 1}]
    own = msgspec.structs.replace(SITE, tdm_policy="https://rights.example/tdm")
    assert json.loads(tdmrep(Uses(), own))[0]["tdm-policy"] == "https://rights.example/tdm"
    assert json.loads(tdmrep(ALL, own)) == [{"location": "/", "tdm-reservation": 0}]


def _reader(uses: Uses, **more: object) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(robots(uses, msgspec.structs.replace(SITE, **more)).decode().splitlines())
    return parser


@pytest.mark.parametrize(
    ("purpose", "name"),
    [(Purpose.train, "train_ai"), (Purpose.search, "search"), (Purpose.assist, "ai_input")],
)
def test_a_crawler_is_sent_away_where_its_purpose_is_refused(purpose: Purpose, name: str) -> None:
    tokens = [one.token for one in crawlers().crawlers if one.purpose is purpose]
    others = [one.token for one in crawlers().crawlers if one.purpose is not purpose]
    assert tokens
    refusing = _reader(msgspec.structs.replace(ALL, **{name: False}))
    assert not any(refusing.can_fetch(token, "/s/x") for token in tokens)
    assert all(refusing.can_fetch(token, "/s/x") for token in others)
    assert all(_reader(ALL).can_fetch(token, "/s/x") for token in tokens)


def test_every_other_robot_may_read_stories_and_none_of_the_desk() -> None:
    for uses in (Uses(), Uses(search=False), ALL):
        reader = _reader(uses)
        assert reader.can_fetch("Googlebot", "/s/0123456789abcdef")
        assert reader.can_fetch("Googlebot", "/api/stories")
        for path in ("/desk", "/wire/inbox", "/api/desk/stories/x", "/search?q=x"):
            assert not reader.can_fetch("Googlebot", path), path


def test_a_crawler_may_be_refused_by_name() -> None:
    reader = _reader(ALL, refused=("RudeBot",))
    assert not reader.can_fetch("RudeBot", "/")
    assert reader.can_fetch("GPTBot", "/")


def test_robots_are_told_of_training_and_of_the_sitemaps() -> None:
    lines = robots(Uses(), SITE).decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Content-Usage: train-ai=n"]
    maps = [line for line in lines if line.startswith("Sitemap: ")]
    assert maps == [
        "Sitemap: https://news.example/sitemap.xml",
        "Sitemap: https://news.example/news-sitemap.xml",
    ]
    assert b"Sitemap" not in robots(Uses(search=False), SITE)
    assert b"Content-Signal" not in robots(Uses(), SITE)
    signal = robots(Uses(), msgspec.structs.replace(SITE, content_signal=True)).decode()
    assert "\nContent-Signal: search=yes, ai-input=no, ai-train=no\n" in signal


def test_the_crawlers_are_told_once_each_and_dated() -> None:
    known = crawlers()
    tokens = [one.token.casefold() for one in known.crawlers]
    assert len(set(tokens)) == len(tokens)
    assert all(re.fullmatch(r"[A-Za-z_-]+", one.token) for one in known.crawlers), "RFC 9309"
    assert all(one.operator for one in known.crawlers)
    assert f"crawlers as of {known.as_of}" in robots(Uses(), SITE).decode()


def test_trust_txt_names_relations_and_says_whether_models_may_be_trained() -> None:
    site = msgspec.structs.replace(
        SITE,
        contact="desk@news.example",
        trust=(("member", ("https://guild.example/",)), ("control", ())),
    )
    assert trust(Uses(), site).decode().splitlines() == [
        "member=https://guild.example/",
        "contact=desk@news.example",
        "disclosure=https://news.example/about/automation",
        "disclosure=https://news.example/corrections",
        "datatrainingallowed=no",
    ]
    assert trust(ALL, SITE).decode().endswith("datatrainingallowed=yes\n")
