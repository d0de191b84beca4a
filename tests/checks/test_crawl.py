"""What a crawl follows, and what it refuses."""

from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from checks import crawl
from checks import script
from checks.finding import CheckFailed
from checks.saved import Answer
from copytaster.demo.script import Send

BASE = "http://127.0.0.1:1"


def answer(media_type: str, body: str) -> Answer:
    headers = {"content-type": media_type}
    return Answer(base=BASE, address="/", status=200, headers=headers, body=body.encode())


@pytest.mark.parametrize(
    ("media_type", "body", "found"),
    [
        ("text/html", '<a href="/s/1#end">x</a><img src="b.png" srcset="c.png 1x, d.png 2x">', 4),
        ("text/html", '<form action="/search"></form><link rel="icon" href="/i.svg">', 2),
        ("application/atom+xml", f'<feed><id>{BASE}/s/1</id><link href="{BASE}/"/></feed>', 2),
        ("application/xml", "<urlset><loc>http://elsewhere.example/</loc></urlset>", 0),
        ("application/xml", f'<o><Url template="{BASE}/search?q={{terms}}"/></o>', 0),
        ("application/xml", "<torn", 0),
        ("application/json", f'{{"a": ["{BASE}/x", {{"b": "{BASE}/y"}}], "c": "plain"}}', 2),
        ("application/json", "torn", 0),
        ("image/jpeg", f"{BASE}/x", 0),
    ],
)
def test_what_an_answer_names_is_followed(media_type: str, body: str, found: int) -> None:
    assert len(list(crawl.named(answer(media_type, body)))) == found


@pytest.mark.parametrize("base", ["http://192.0.2.1:80", "http://[2001:db8::1]"])
def test_only_loopback_is_crawled(base: str) -> None:
    with pytest.raises(CheckFailed, match="not on loopback"):
        crawl.crawl(base, [])


def test_every_documented_address_without_a_gap_is_asked_for(project: Path) -> None:
    seeds = crawl.documented(project)
    assert {"/", "/feed.atom", "/sitemap.xml", "/corrections", "/robots.txt"} <= set(seeds)
    assert not [seed for seed in seeds if "<" in seed]


def test_the_script_can_be_read_at_any_hour(tmp_path: Path) -> None:
    start = datetime(2026, 3, 1, 23, 40, tzinfo=UTC)
    read = script.written(tmp_path, start, "http://127.0.0.1:1")
    said = (tmp_path / "site.wire").read_text("utf-8")
    assert "{" not in said.replace("{today}", "")
    assert "moved at 0513 hours" in said  # 23:43:40 UTC in Kolkata
    long = next(
        entry
        for step in read.steps
        if isinstance(step.act, Send)
        for entry in step.act.entries
        if entry.story == "thousand"
    )
    assert sum(len(text.split()) for text in long.all("text")) >= 1000
